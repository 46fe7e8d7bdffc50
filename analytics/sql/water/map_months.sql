-- name: reach_class_then
-- Common tables: `reach_class`, the class of each reach on each of `days_shown (shown_on)`: the newest among its sections
-- in the month of the day or the two before.
recent AS (
    SELECT d.shown_on, g.reach_id, max(g.period) AS month
    FROM graded g
    JOIN days_shown d ON g.period > d.shown_on - INTERVAL 3 MONTH AND g.period <= d.shown_on
    WHERE g.reach_id IS NOT NULL
    GROUP BY d.shown_on, g.reach_id
),
reach_class AS (
    SELECT c.shown_on, g.reach_id, g.period AS month, max(g.class_rank) AS class_rank, max(g.items) AS items
    FROM graded g
    JOIN recent c ON c.reach_id = g.reach_id AND c.month = g.period
    GROUP BY c.shown_on, g.reach_id, g.period
)

-- name: map_months
-- From which month on each reach and each pollution source stood as it did at the end of the month, or on the day.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
first_day AS (
    SELECT min(day) AS day FROM (
        SELECT min(g.period) AS day FROM graded g WHERE g.reach_id IS NOT NULL
        UNION ALL
        SELECT min(found_on) FROM source WHERE found_on <= $as_of
    )
),
days_shown AS (
    SELECT m.month AS map_month, least(last_day(m.month), CAST($as_of AS DATE)) AS shown_on
    FROM (
        SELECT CAST(unnest(generate_series(date_trunc('month', day), CAST($as_of AS DATE), INTERVAL 1 MONTH)) AS DATE)
            AS month
        FROM first_day
    ) m
    WHERE m.month > CAST($as_of AS DATE) - to_months(CAST($map_months AS INTEGER))
),
-- include: reach_class_then
,
-- include: source_state_then
,
stood AS (
    SELECT
        '河段' AS layer, h.reach_id AS object_id, h.name AS title, h.river_id, d.map_month, n.class AS standing, n.class,
        NULL AS is_closed, NULL AS is_overdue
    FROM reach h
    CROSS JOIN days_shown d
    LEFT JOIN reach_class c ON c.reach_id = h.reach_id AND c.shown_on = d.shown_on
    LEFT JOIN class_name n ON n.class_rank = c.class_rank
    UNION ALL
    SELECT
        '污染源', s.source_id, s.name, s.river_id, d.map_month,
        -- include: source_standing
        , NULL, s.is_closed, s.is_overdue
    FROM source_state s
    JOIN days_shown d ON d.shown_on = s.shown_on
),
changed AS (
    SELECT
        *, lag(standing) OVER earlier AS before, row_number() OVER earlier AS place
    FROM stood
    WINDOW earlier AS (PARTITION BY layer, object_id ORDER BY map_month)
)
SELECT
    c.layer, c.title, r.name AS river, c.map_month AS month, c.class, c.is_closed, c.is_overdue, c.standing, c.object_id,
    c.river_id
FROM changed c
JOIN river r ON r.river_id = c.river_id
WHERE c.place = 1 OR c.standing IS DISTINCT FROM c.before
ORDER BY c.layer, c.object_id, c.map_month
