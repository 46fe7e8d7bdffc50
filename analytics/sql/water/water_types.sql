-- name: water_type_guess
-- Each section with readings whose type of water is not registered: what it is taken for and by what, and in how many
-- months its class would be another one were it of the other type; the newest of these months with both classes. The
-- months are those since its river or target last changed, which a type that is registered now would judge.
WITH
-- include: monthly
,
-- include: kinds
,
guessed AS (
    SELECT * FROM section_water WHERE guessed_by IS NOT NULL AND CAST($as_of AS DATE) BETWEEN valid_from AND valid_to
),
as_taken AS (
    WITH section_water AS (SELECT * FROM guessed),
    -- include: grading
    SELECT section_id, period, class, class_rank FROM ranked
),
as_other AS (
    WITH section_water AS (
        SELECT * REPLACE (CASE WHEN water = 'lake' THEN 'river' ELSE 'lake' END AS water) FROM guessed
    ),
    -- include: grading
    SELECT section_id, period, class, class_rank FROM ranked
),
compared AS (
    SELECT
        t.section_id, t.period, t.class, o.class AS other_class,
        t.class_rank IS DISTINCT FROM o.class_rank AS is_changed
    FROM as_taken t
    LEFT JOIN as_other o ON o.section_id = t.section_id AND o.period = t.period
)
SELECT
    g.section, g.river, CASE WHEN g.water = 'lake' THEN '湖库' ELSE '河流' END AS water, g.guessed_by,
    count(*) AS months, count(CASE WHEN c.is_changed THEN 1 END) AS months_changed,
    max(CASE WHEN c.is_changed THEN c.period END) AS month,
    arg_max(c.class, CASE WHEN c.is_changed THEN c.period END) AS class,
    arg_max(c.other_class, CASE WHEN c.is_changed THEN c.period END) AS other_class, g.section_id, g.river_id
FROM guessed g
JOIN compared c ON c.section_id = g.section_id
GROUP BY g.section_id, g.section, g.river, g.river_id, g.water, g.guessed_by
ORDER BY months_changed DESC, months DESC, g.section, g.section_id
