-- name: kinds
-- Common tables: `section_water`, each section with its river, its target and whether it is a river or a lake;
-- `guessed_by` tells by what where that is not registered.
-- What is registered counts first, then the noun of the water body. A section named like a lake is one unless its
-- automatic station leaves out chlorophyll, as stations on rivers do; on a river (镇海 on 甬江) it has to say so
-- outright (水库, 湖心, 坝前) or measure chlorophyll. Where no name tells, chlorophyll does. Phosphorus does not tell: it
-- is what the choice judges.
registered AS (
    SELECT
        s.section_id, s.name AS section, r.name AS river, s.river_id, s.reach_id,
        coalesce(s.target_class, r.target_class) AS target_class, s.min_items,
        coalesce(s.water_type, r.water_type) AS water_type,
        coalesce(s.water_body, r.name) AS body
    FROM section s
    LEFT JOIN river r ON r.river_id = s.river_id
),
called AS (
    SELECT section_id, 'body' AS part, body AS name FROM registered WHERE water_type IS NULL
    UNION ALL
    SELECT section_id, 'section', section FROM registered WHERE water_type IS NULL
),
spoken AS (
    SELECT section_id, part, 0 AS place, trim(regexp_replace(name, '[(（][^)）]*[)）]*', '', 'g')) AS name FROM called
    UNION ALL
    SELECT section_id, part, 10, regexp_extract(name, '[(（]([^)）]*)', 1) FROM called
),
word AS (
    SELECT *
    FROM water_name
    WHERE effective_from = (
        SELECT max(effective_from)
        FROM water_name
        WHERE effective_from <= greatest(CAST($as_of AS DATE), (SELECT min(effective_from) FROM water_name))
    )
),
noun AS (
    SELECT
        p.section_id, p.part, arg_min(w.water, p.place + w.rank - length(w.word) / 100.0) AS water,
        arg_min(w.is_outright, p.place + w.rank - length(w.word) / 100.0) AS is_outright,
        arg_min(w.match, p.place + w.rank - length(w.word) / 100.0) = 'start' AS is_known
    FROM spoken p
    JOIN word w
        ON (w.match = 'end' AND suffix(p.name, w.word)) OR (w.match = 'inside' AND contains(p.name, w.word))
            OR (w.match = 'start' AND prefix(p.name, w.word)) OR (w.match = 'whole' AND p.name = w.word)
    GROUP BY p.section_id, p.part
),
measures AS (
    SELECT
        section_id,
        greatest(count(CASE WHEN parameter = 'CHLA' THEN 1 END), count(CASE WHEN parameter = 'ALGAE' THEN 1 END))
            >= $lake_chlorophyll * greatest(count(CASE WHEN parameter = 'DO' THEN 1 END), 1) AS has_chlorophyll,
        count(CASE WHEN parameter IN ('EC', 'NTU') THEN 1 END) > 0 AS is_automatic
    FROM reading
    WHERE parameter IN ('CHLA', 'ALGAE', 'DO', 'EC', 'NTU') AND sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
        AND section_id IN (SELECT section_id FROM registered WHERE water_type IS NULL)
    GROUP BY section_id
),
section_water AS (
    SELECT
        g.section_id, g.section, g.river, g.river_id, g.reach_id, g.target_class, g.min_items,
        CASE
            WHEN g.water_type IN ('湖泊', '水库') THEN 'lake'
            WHEN g.water_type IS NOT NULL THEN 'river'
            WHEN b.water = 'lake' OR (b.water IS NULL AND n.water = 'lake' AND n.is_known) THEN 'lake'
            WHEN n.water = 'lake' AND (b.water IS NULL OR n.is_outright)
                AND coalesce(m.has_chlorophyll OR NOT m.is_automatic, true) THEN 'lake'
            WHEN n.water = 'lake' AND b.water = 'river' AND m.has_chlorophyll THEN 'lake'
            WHEN coalesce(b.water, n.water) IS NULL AND m.has_chlorophyll THEN 'lake'
            ELSE 'river'
        END AS water,
        CASE
            WHEN g.water_type IS NOT NULL THEN NULL
            WHEN b.water = 'lake' OR (b.water IS NULL AND n.water = 'lake' AND n.is_known) THEN '名称'
            WHEN (n.water = 'lake' OR coalesce(b.water, n.water) IS NULL)
                AND coalesce(m.has_chlorophyll OR (m.is_automatic AND n.water = 'lake'), false) THEN '监测项目'
            WHEN coalesce(b.water, n.water) IS NOT NULL THEN '名称'
            ELSE '没有依据'
        END AS guessed_by
    FROM registered g
    LEFT JOIN noun b ON b.section_id = g.section_id AND b.part = 'body'
    LEFT JOIN noun n ON n.section_id = g.section_id AND n.part = 'section'
    LEFT JOIN measures m ON m.section_id = g.section_id
)

-- name: grading
-- Common tables for a class: `measured (section_id, period, sampled_on, parameter, value, least, most, is_estimated)` and
-- `section_water` in, `item_rank`, `ranked` and `graded` out. What is only known to lie between `least` and `most` (none:
-- no bound) has the best class that it surely keeps, 劣Ⅴ where it is surely beyond all limits, or none (无法判定). Where
-- some class is sure, a mean of which only a part was not detected (`is_estimated`) has the class of its `value`. An open
-- bound lies beyond the limit that it equals: >2.0 is above 2.0. `is_over` tells what is beyond a class, and of an item
-- beyond Ⅲ. `ranked` has a row without a class where no item can be judged, or where one that cannot is surely worse than
-- those that can; `graded` has none.
valid_limit AS (
    SELECT m.section_id, m.period, m.parameter, max(l.effective_from) AS effective_from
    FROM measured m
    JOIN standard_limit l ON l.parameter = m.parameter AND l.effective_from <= m.sampled_on
    GROUP BY m.section_id, m.period, m.parameter
),
judged AS (
    SELECT
        m.section_id, m.period, m.parameter, l.class_rank, l.low, l.high, m.sampled_on >= l.rounded_from AS is_rounded,
        power(10, l.decimals) AS places, round(m.value, 10) AS value, round(m.least, 10) AS least,
        round(m.most, 10) AS most, m.is_estimated
    FROM measured m
    JOIN section_water w ON w.section_id = m.section_id
    JOIN valid_limit v ON v.section_id = m.section_id AND v.period = m.period AND v.parameter = m.parameter
    JOIN standard_limit l
        ON l.parameter = m.parameter AND l.water = w.water AND l.effective_from = v.effective_from
),
rounded AS (
    SELECT
        section_id, period, parameter, class_rank, low, high, is_estimated,
        CASE WHEN is_rounded THEN CAST(round_even(CAST(value * places AS DECIMAL(38, 9)), 0) AS DOUBLE) / places
            ELSE value END AS value,
        CASE WHEN is_rounded THEN CAST(round_even(CAST(least * places AS DECIMAL(38, 9)), 0) AS DOUBLE) / places
            ELSE least END AS least,
        CASE WHEN is_rounded THEN CAST(round_even(CAST(most * places AS DECIMAL(38, 9)), 0) AS DOUBLE) / places
            ELSE most END AS most,
        coalesce(most <= low AND least < most, false) OR coalesce(least >= high AND most IS NULL, false)
            AS is_open_beyond
    FROM judged
),
held AS (
    SELECT
        section_id, period, parameter, class_rank, is_estimated,
        (low IS NULL OR least >= low) AND (high IS NULL OR coalesce(most <= high, false)) AS is_kept,
        (low IS NULL OR value >= low) AND (high IS NULL OR value <= high) AS is_value_kept,
        is_open_beyond OR coalesce(most < low, false) OR coalesce(least > high, false) AS is_broken
    FROM rounded
),
kept AS (
    SELECT *, is_broken OR (is_estimated AND NOT is_value_kept) AS is_over FROM held
),
item_rank AS (
    SELECT
        section_id, period, parameter,
        CASE
            WHEN bool_or(is_kept) THEN min(CASE WHEN is_kept OR (is_estimated AND is_value_kept) THEN class_rank END)
            WHEN bool_and(is_broken) THEN 6
        END AS class_rank,
        coalesce(min(CASE WHEN NOT is_broken THEN class_rank END), 6) AS best_rank,
        bool_or(class_rank = 3 AND is_over) AS is_over
    FROM kept
    GROUP BY section_id, period, parameter
),
section_rank AS (
    SELECT
        section_id, period,
        CASE WHEN coalesce(max(CASE WHEN class_rank IS NULL THEN best_rank END), 0) <= max(class_rank)
            THEN max(class_rank) END AS class_rank,
        count(class_rank) AS items,
        string_agg(CASE WHEN class_rank IS NULL THEN parameter END, ',' ORDER BY parameter) AS unjudged
    FROM item_rank
    GROUP BY section_id, period
),
deciding AS (
    SELECT i.section_id, i.period, string_agg(i.parameter, ',' ORDER BY e.ordinal) AS worst
    FROM item_rank i
    JOIN section_rank s ON s.section_id = i.section_id AND s.period = i.period AND s.class_rank = i.class_rank
    JOIN enumeration e ON e.dataset = 'reading' AND e.column_name = 'parameter' AND e.value = i.parameter
    GROUP BY i.section_id, i.period
),
class_name AS (
    SELECT ordinal AS class_rank, value AS class
    FROM enumeration
    WHERE dataset = 'section' AND column_name = 'target_class'
),
ranked AS (
    SELECT
        w.section_id, w.section, w.river, w.river_id, w.reach_id, w.water, s.period, c.class, s.class_rank, s.items,
        CASE WHEN s.items < w.min_items THEN w.min_items - s.items END AS items_lacking, d.worst, s.unjudged, w.target_class, t.class_rank AS target_rank, s.class_rank <= t.class_rank AS is_met
    FROM section_rank s
    JOIN section_water w ON w.section_id = s.section_id
    LEFT JOIN class_name c ON c.class_rank = s.class_rank
    LEFT JOIN deciding d ON d.section_id = s.section_id AND d.period = s.period
    LEFT JOIN class_name t ON t.class = w.target_class
),
graded AS (
    SELECT * FROM ranked WHERE class_rank IS NOT NULL
)

-- name: classed_item
-- Common tables: the items that take part in a class as the standard stands on the day; `has_low` where less is worse.
newest_limit AS (
    SELECT parameter, max(effective_from) AS effective_from
    FROM standard_limit
    WHERE effective_from <= greatest(CAST($as_of AS DATE), (SELECT min(effective_from) FROM standard_limit))
    GROUP BY parameter
),
classed_item AS (
    SELECT l.parameter, bool_or(l.low IS NOT NULL) AS has_low
    FROM standard_limit l
    JOIN newest_limit n ON n.parameter = l.parameter AND n.effective_from = l.effective_from
    GROUP BY l.parameter
)

-- name: sample_class
-- The class of each sample: the worst class among the items present; none where not one of them can be judged.
WITH
-- include: samples
,
-- include: kinds
,
-- include: grading
SELECT section, period AS sampled_at, class, items, worst, unjudged, items_lacking, section_id
FROM ranked
ORDER BY section, sampled_at, section_id

-- name: section_class
-- The class of each section in each month: the worst class among the monthly means, none where no item can be judged.
-- One row for each item over Ⅲ, one in all for a month without any; the main pollutants are made of them.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
SELECT
    g.section, g.river, g.period AS month, g.class, g.items, g.items_lacking, n.samples, g.worst, g.target_class,
    g.is_met, g.unjudged,
    g.class_rank, g.section_id, g.river_id, g.reach_id, g.water, i.parameter, m.value, i.class_rank AS item_rank
FROM ranked g
JOIN (SELECT section_id, period, max(samples) AS samples FROM measured GROUP BY section_id, period) n
    ON n.section_id = g.section_id AND n.period = g.period
LEFT JOIN item_rank i ON i.section_id = g.section_id AND i.period = g.period AND i.is_over AND i.class_rank > 3
LEFT JOIN measured m ON m.section_id = i.section_id AND m.period = i.period AND m.parameter = i.parameter
ORDER BY g.river, g.section, month, g.section_id, item_rank DESC, i.parameter

-- name: river_means
-- Common table: the mean of each item over the sections of a river in each month with its bounds, and `water`, lake where
-- all of them are in one. `is_beyond` tells that a value above a range is in it.
river_mean AS (
    SELECT
        w.river_id, w.river, m.period, max(m.sampled_on) AS sampled_on, m.parameter,
        CASE WHEN bool_and(bool_and(w.water = 'lake')) OVER (PARTITION BY w.river_id, m.period) THEN 'lake'
            ELSE 'river' END AS water,
        bool_or(m.is_beyond) AS is_beyond,
        bool_or(m.is_detected) AND NOT bool_or(m.is_beyond) AS is_estimated,
        -- include: mean_bounds
    FROM (
        WITH
        -- include: monthly
        SELECT
            section_id, period, sampled_on, parameter, value AS estimate, least, most, beyond IS NOT NULL AS is_beyond,
            detection IS NULL AS is_detected
        FROM measured
    ) m
    JOIN (
        WITH
        -- include: kinds
        SELECT * FROM section_water
    ) w ON w.section_id = m.section_id
    WHERE w.river_id IS NOT NULL
    GROUP BY w.river_id, w.river, m.period, m.parameter
)

-- name: river_ranks
-- Common tables: what `grading` makes of the means over the sections of a river, a river in the place of a section.
-- include: river_means
,
measured AS (
    SELECT river_id AS section_id, period, sampled_on, parameter, value, least, most, is_estimated FROM river_mean
),
section_water AS (
    SELECT
        river_id AS section_id, river AS section, river, river_id, NULL AS reach_id, NULL AS target_class,
        NULL AS min_items, max(water) AS water
    FROM river_mean
    GROUP BY river_id, river
),
-- include: grading

-- name: river_grade
-- The class of every section of a river in each month, one row for each of its items over Ⅲ or one in all, and
-- `mean_rank`, the class of the means over the sections, with the items of which there is none.
SELECT
    g.river, g.period AS month, g.section_id, g.class_rank, g.water, g.parameter, g.value, g.item_rank,
    m.class_rank AS mean_rank, m.unjudged AS mean_unjudged, g.river_id
FROM (
    WITH
    -- include: monthly
    ,
    -- include: kinds
    ,
    -- include: grading
    SELECT g.*, i.parameter, e.value, i.class_rank AS item_rank
    FROM graded g
    LEFT JOIN item_rank i ON i.section_id = g.section_id AND i.period = g.period AND i.is_over AND i.class_rank > 3
    LEFT JOIN measured e ON e.section_id = i.section_id AND e.period = i.period AND e.parameter = i.parameter
    WHERE g.river_id IS NOT NULL
) g
LEFT JOIN (
    WITH
    -- include: river_ranks
    SELECT section_id, period, class_rank, unjudged FROM ranked
) m ON m.section_id = g.river_id AND m.period = g.period
ORDER BY g.river, month, g.section_id

-- name: cwqi
-- The mean of each item over the sections of a river in each month, and whether it has a value above a range in it, or
-- cannot be judged (无法判定) without.
WITH
-- include: river_ranks
SELECT
    m.river, m.period AS month, m.parameter, m.value, m.water,
    i.parameter IS NOT NULL AND i.class_rank IS NULL AND NOT m.is_beyond AS is_unjudged,
    i.parameter IS NOT NULL AND m.is_beyond AS is_beyond, m.river_id
FROM river_mean m
LEFT JOIN item_rank i ON i.section_id = m.river_id AND i.period = m.period AND i.parameter = m.parameter
ORDER BY m.river, month, m.parameter

-- name: readings
-- The newest 1,000 measured values of one section, newest first; `total` is how many there are of it in all.
WITH of_section AS (
    SELECT sampled_at, parameter, value, qualifier, method
    FROM reading
    WHERE section_id = $section_id AND sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
)
SELECT sampled_at, parameter, value, qualifier, method, (SELECT count(*) FROM of_section) AS total
FROM of_section
ORDER BY sampled_at DESC, parameter
LIMIT 1000
