-- name: kinds
-- Common tables: `section_water`, each section with its river, its target and whether it is a river or a lake.
-- What is registered counts first, then the noun of the water body. A section named like a lake is one unless its
-- automatic station leaves out chlorophyll, as stations on rivers do; a reservoir on a river is still told by its
-- settled phosphorus. Where no name tells, chlorophyll does.
registered AS (
    SELECT
        s.section_id, s.name AS section, r.name AS river, s.river_id, s.reach_id,
        coalesce(s.target_class, r.target_class) AS target_class, coalesce(s.water_type, r.water_type) AS water_type,
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
noun AS (
    SELECT p.section_id, p.part, arg_min(w.water, p.place + w.rank - length(w.word) / 100.0) AS water
    FROM spoken p
    JOIN water_name w
        ON (w.match = 'end' AND suffix(p.name, w.word)) OR (w.match = 'inside' AND contains(p.name, w.word))
    GROUP BY p.section_id, p.part
),
measures AS (
    SELECT
        section_id,
        greatest(count(CASE WHEN parameter = 'CHLA' THEN 1 END), count(CASE WHEN parameter = 'ALGAE' THEN 1 END))
            >= $lake_chlorophyll * greatest(count(CASE WHEN parameter = 'DO' THEN 1 END), 1) AS has_chlorophyll,
        count(CASE WHEN parameter IN ('EC', 'NTU') THEN 1 END) > 0 AS is_automatic,
        coalesce(median(CASE WHEN parameter = 'TP' THEN value END) <= $lake_phosphorus, false) AS is_settled
    FROM reading
    WHERE parameter IN ('CHLA', 'ALGAE', 'DO', 'EC', 'NTU', 'TP') AND sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
        AND section_id IN (SELECT section_id FROM registered WHERE water_type IS NULL)
    GROUP BY section_id
),
section_water AS (
    SELECT
        g.section_id, g.section, g.river, g.river_id, g.reach_id, g.target_class,
        CASE
            WHEN g.water_type IN ('湖泊', '水库') THEN 'lake'
            WHEN g.water_type IS NOT NULL THEN 'river'
            WHEN b.water = 'lake' THEN 'lake'
            WHEN n.water = 'lake' AND (coalesce(m.has_chlorophyll OR NOT m.is_automatic, true)
                OR (b.water = 'river' AND m.is_settled)) THEN 'lake'
            WHEN coalesce(b.water, n.water) IS NULL AND m.has_chlorophyll THEN 'lake'
            ELSE 'river'
        END AS water
    FROM registered g
    LEFT JOIN noun b ON b.section_id = g.section_id AND b.part = 'body'
    LEFT JOIN noun n ON n.section_id = g.section_id AND n.part = 'section'
    LEFT JOIN measures m ON m.section_id = g.section_id
)

-- name: grading
-- Common tables for a class: `measured (section_id, period, sampled_on, parameter, least, most)` and `section_water`
-- in, `graded` and `item_rank` out. What is only known to lie between `least` and `most` has the best class that it
-- surely keeps, or none (无法判定).
valid_limit AS (
    SELECT m.section_id, m.period, m.parameter, max(l.effective_from) AS effective_from
    FROM measured m
    JOIN standard_limit l ON l.parameter = m.parameter AND l.effective_from <= m.sampled_on
    GROUP BY m.section_id, m.period, m.parameter
),
judged AS (
    SELECT
        m.section_id, m.period, m.parameter, l.class_rank, l.low, l.high, m.sampled_on >= l.rounded_from AS is_rounded,
        power(10, l.decimals) AS places, m.least, m.most
    FROM measured m
    JOIN section_water w ON w.section_id = m.section_id
    JOIN valid_limit v ON v.section_id = m.section_id AND v.period = m.period AND v.parameter = m.parameter
    JOIN standard_limit l
        ON l.parameter = m.parameter AND l.water = w.water AND l.effective_from = v.effective_from
),
rounded AS (
    SELECT
        section_id, period, parameter, class_rank, low, high,
        CASE WHEN is_rounded THEN CAST(round_even(CAST(least * places AS DECIMAL(38, 6)), 0) AS DOUBLE) / places
            ELSE least END AS least,
        CASE WHEN is_rounded THEN CAST(round_even(CAST(most * places AS DECIMAL(38, 6)), 0) AS DOUBLE) / places
            ELSE most END AS most
    FROM judged
),
kept AS (
    SELECT
        section_id, period, parameter, class_rank,
        (low IS NULL OR least >= low) AND (high IS NULL OR coalesce(most <= high, false)) AS is_kept,
        coalesce(most < low, false) OR coalesce(least > high, false) AS is_broken
    FROM rounded
),
item_rank AS (
    SELECT
        section_id, period, parameter,
        coalesce(min(CASE WHEN is_kept THEN class_rank END), CASE WHEN bool_and(is_broken) THEN 6 END) AS class_rank
    FROM kept
    GROUP BY section_id, period, parameter
),
section_rank AS (
    SELECT
        section_id, period, max(class_rank) AS class_rank, count(class_rank) AS items,
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
graded AS (
    SELECT
        w.section_id, w.section, w.river, w.river_id, w.reach_id, w.water, s.period, c.class, s.class_rank, s.items,
        d.worst, s.unjudged, w.target_class, t.class_rank AS target_rank, s.class_rank <= t.class_rank AS is_met
    FROM section_rank s
    JOIN section_water w ON w.section_id = s.section_id
    JOIN class_name c ON c.class_rank = s.class_rank
    JOIN deciding d ON d.section_id = s.section_id AND d.period = s.period
    LEFT JOIN class_name t ON t.class = w.target_class
)

-- name: samples
-- Common table: the items of each sample; below a detection limit a value lies between 0 and the limit.
measured AS (
    SELECT
        section_id, sampled_at AS period, CAST(sampled_at AS DATE) AS sampled_on, parameter, value,
        CASE WHEN qualifier = '<' THEN 0 ELSE value END AS least, CASE WHEN qualifier = '>' THEN NULL ELSE value END AS most
    FROM reading
    WHERE sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
)

-- name: monthly
-- Common table: the mean of each item in each month; pH through the mean of H+, half of the detection limit where
-- nothing was detected. A month without any detection lies between 0 and its largest limit, `detection`.
estimated AS (
    SELECT
        section_id, CAST(date_trunc('month', sampled_at) AS DATE) AS period,
        CAST(max(sampled_at) AS DATE) AS sampled_on, parameter,
        CASE WHEN parameter = 'PH' THEN -log10(avg(power(10, -value)))
            ELSE avg(CASE WHEN qualifier = '<' THEN value / 2 ELSE value END) END AS value,
        count(*) AS samples, CASE WHEN bool_and(coalesce(qualifier = '<', false)) THEN max(value) END AS detection
    FROM reading
    WHERE sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
    GROUP BY section_id, CAST(date_trunc('month', sampled_at) AS DATE), parameter
),
measured AS (
    SELECT *, CASE WHEN detection IS NULL THEN value ELSE 0 END AS least, coalesce(detection, value) AS most
    FROM estimated
)

-- name: sample_class
-- The class of each sample: the worst class among the items present.
WITH
-- include: samples
,
-- include: kinds
,
-- include: grading
SELECT section, period AS sampled_at, class, items, worst, unjudged, section_id
FROM graded
ORDER BY section, sampled_at, section_id

-- name: section_class
-- The class of each section in each month: the worst class among the monthly means. One row for each item over Ⅲ, one
-- in all for a month without any; the main pollutants are made of them.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
SELECT
    g.section, g.river, g.period AS month, g.class, g.items, n.samples, g.worst, g.target_class, g.is_met, g.unjudged,
    g.class_rank, g.section_id, g.water, i.parameter, m.value, i.class_rank AS item_rank
FROM graded g
JOIN (SELECT section_id, period, max(samples) AS samples FROM measured GROUP BY section_id, period) n
    ON n.section_id = g.section_id AND n.period = g.period
LEFT JOIN item_rank i ON i.section_id = g.section_id AND i.period = g.period AND i.class_rank > 3
LEFT JOIN measured m ON m.section_id = i.section_id AND m.period = i.period AND m.parameter = i.parameter
ORDER BY g.river, g.section, month, g.section_id, item_rank DESC, i.parameter

-- name: river_means
-- Common table: the mean of each item over the sections of a river in each month, and whether all are in a lake.
river_mean AS (
    SELECT
        w.river_id, w.river, m.period, max(m.sampled_on) AS sampled_on, m.parameter,
        CASE WHEN m.parameter = 'PH' THEN -log10(avg(power(10, -m.value))) ELSE avg(m.value) END AS value,
        CASE WHEN bool_and(w.water = 'lake') THEN 'lake' ELSE 'river' END AS water
    FROM (
        WITH
        -- include: monthly
        SELECT * FROM measured
    ) m
    JOIN (
        WITH
        -- include: kinds
        SELECT * FROM section_water
    ) w ON w.section_id = m.section_id
    WHERE w.river_id IS NOT NULL
    GROUP BY w.river_id, w.river, m.period, m.parameter
)

-- name: river_grade
-- The class of every section of a river in each month, one row for each of its items over Ⅲ or one in all, and
-- `mean_rank`, the class of the means over the sections.
SELECT
    g.river, g.period AS month, g.section_id, g.class_rank, g.parameter, g.item_rank, m.class_rank AS mean_rank,
    g.river_id
FROM (
    WITH
    -- include: monthly
    ,
    -- include: kinds
    ,
    -- include: grading
    SELECT g.*, i.parameter, i.class_rank AS item_rank
    FROM graded g
    LEFT JOIN item_rank i ON i.section_id = g.section_id AND i.period = g.period AND i.class_rank > 3
    WHERE g.river_id IS NOT NULL
) g
LEFT JOIN (
    WITH
    -- include: river_means
    ,
    measured AS (
        SELECT river_id AS section_id, period, sampled_on, parameter, value AS least, value AS most FROM river_mean
    ),
    section_water AS (
        SELECT
            river_id AS section_id, river AS section, river, river_id, NULL AS reach_id, NULL AS target_class,
            min(water) AS water
        FROM river_mean
        GROUP BY river_id, river
    ),
    -- include: grading
    SELECT section_id, period, class_rank FROM graded
) m ON m.section_id = g.river_id AND m.period = g.period
ORDER BY g.river, month, g.section_id

-- name: cwqi
-- The mean of each item over the sections of a river in each month.
WITH
-- include: river_means
SELECT river, period AS month, parameter, value, water, river_id
FROM river_mean
ORDER BY river, month, parameter

-- name: water_change
-- The class of every section in each month, to be compared with a month and a year before.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
SELECT river, period AS month, section_id, class_rank FROM graded ORDER BY river, month, section_id

-- name: water_trend
-- The monthly means of each section's items that have a limit; `detection` where nothing was detected.
WITH
-- include: monthly
SELECT s.name AS section, r.name AS river, m.parameter, m.period AS month, m.value, m.detection, m.section_id
FROM measured m
JOIN section s ON s.section_id = m.section_id
LEFT JOIN river r ON r.river_id = s.river_id
WHERE m.parameter IN (SELECT parameter FROM standard_limit)
ORDER BY river, section, m.parameter, month

-- name: before_after
-- The monthly means of the sections of a river beside each of its works that was begun: when it began to be reported
-- and when its quantity was first full, if it was.
WITH
-- include: monthly
,
span AS (
    SELECT
        w.work_id, w.name AS work, w.river_id, least(w.start_on, min(p.on_date)) AS began_on,
        min(CASE WHEN p.done >= w.quantity THEN p.on_date END) AS finished_on
    FROM work w
    JOIN work_progress p ON p.work_id = w.work_id AND p.on_date <= $as_of AND p.done > 0
    GROUP BY w.work_id, w.name, w.river_id, w.start_on
)
SELECT
    x.work, r.name AS river, s.name AS section, m.parameter, x.began_on, x.finished_on, m.period AS month, m.value,
    x.work_id, m.section_id
FROM span x
JOIN river r ON r.river_id = x.river_id
JOIN section s ON s.river_id = x.river_id
JOIN measured m ON m.section_id = s.section_id
WHERE m.parameter IN (SELECT parameter FROM standard_limit)
ORDER BY river, work, section, m.parameter, month

-- name: black_odour
-- What is measured of 黑臭 in rivers that are assessed so.
SELECT
    r.name AS river, s.name AS section, r.assess_rule AS rule,
    CAST(date_trunc('month', m.sampled_at) AS DATE) AS month, m.sampled_at, m.parameter, m.value, s.section_id
FROM reading m
JOIN section s ON s.section_id = m.section_id
JOIN river r ON r.river_id = s.river_id
WHERE r.assess_rule IN ('城市黑臭', '农村黑臭') AND m.parameter IN ('SD', 'DO', 'ORP', 'NH3N', 'DEPTH')
    AND m.sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
ORDER BY river, month, section, m.sampled_at

-- name: rebound
-- Months in which a section fell behind its target after keeping it in each of the months before, or was worse than Ⅴ.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
history AS (
    SELECT
        *, count(CASE WHEN is_met THEN 1 END) OVER (
            PARTITION BY section_id ORDER BY period
            RANGE BETWEEN to_months(CAST($rebound_months AS INTEGER)) PRECEDING AND INTERVAL 1 MONTH PRECEDING
        ) AS months_met
    FROM graded
),
event AS (
    SELECT *, '反弹' AS event FROM history WHERE NOT is_met AND months_met >= $rebound_months
    UNION ALL
    SELECT *, '劣Ⅴ' FROM history WHERE class_rank = 6
)
SELECT section, river, period AS month, event, class, target_class, months_met, worst, items, section_id
FROM event
ORDER BY month DESC, river, section, event

-- name: readings
-- The measured values of one section, newest first.
SELECT r.sampled_at, r.parameter, r.value, r.method
FROM reading r
WHERE r.section_id = $section_id AND r.sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
ORDER BY r.sampled_at DESC, r.parameter
LIMIT 500

-- name: work_state
-- Common tables: what each work has done and should have done by the day; the plan runs straight between its dates.
node AS (
    SELECT work_id, on_date, planned FROM work_plan
    UNION ALL
    SELECT w.work_id, w.start_on, 0 FROM work w
    WHERE NOT EXISTS (SELECT 1 FROM work_plan p WHERE p.work_id = w.work_id AND p.on_date <= w.start_on)
    UNION ALL
    SELECT w.work_id, w.end_on, w.quantity FROM work w
    WHERE NOT EXISTS (SELECT 1 FROM work_plan p WHERE p.work_id = w.work_id AND p.on_date >= w.end_on)
),
around AS (
    SELECT
        work_id, max(CASE WHEN on_date <= $as_of THEN on_date END) AS from_date,
        min(CASE WHEN on_date > $as_of THEN on_date END) AS to_date
    FROM node
    GROUP BY work_id
),
due AS (
    SELECT
        a.work_id,
        CASE
            WHEN a.from_date IS NULL THEN 0
            WHEN a.to_date IS NULL THEN f.planned
            ELSE f.planned + (t.planned - f.planned)
                * date_diff('day', a.from_date, CAST($as_of AS DATE)) / date_diff('day', a.from_date, a.to_date)
        END AS planned
    FROM around a
    LEFT JOIN (SELECT work_id, on_date, max(planned) AS planned FROM node GROUP BY work_id, on_date) f
        ON f.work_id = a.work_id AND f.on_date = a.from_date
    LEFT JOIN (SELECT work_id, on_date, max(planned) AS planned FROM node GROUP BY work_id, on_date) t
        ON t.work_id = a.work_id AND t.on_date = a.to_date
),
newest AS (
    SELECT work_id, max(on_date) AS reported_on FROM work_progress WHERE on_date <= $as_of GROUP BY work_id
),
work_state AS (
    SELECT
        w.work_id, w.name AS work, w.river_id, r.name AS river, w.kind, w.owner, w.quantity_unit, w.quantity,
        w.start_on, w.end_on, w.budget, p.done, p.cost, d.planned, n.reported_on,
        100.0 * p.done / nullif(w.quantity, 0) AS rate, 100.0 * d.planned / nullif(w.quantity, 0) AS planned_rate
    FROM work w
    LEFT JOIN river r ON r.river_id = w.river_id
    LEFT JOIN due d ON d.work_id = w.work_id
    LEFT JOIN newest n ON n.work_id = w.work_id
    LEFT JOIN work_progress p ON p.work_id = n.work_id AND p.on_date = n.reported_on
)

-- name: dredging_progress
-- Dredged quantity of each river over its planned quantity: sums over works, never a mean of percentages.
-- A river of which nothing was reported has no rate; works that never reported are counted.
WITH
-- include: work_state
SELECT
    river, sum(done) AS done, sum(quantity) AS quantity, sum(planned) AS planned,
    100.0 * sum(done) / nullif(sum(quantity), 0) AS rate,
    100.0 * sum(planned) / nullif(sum(quantity), 0) AS planned_rate,
    100.0 * (sum(done) - sum(planned)) / nullif(sum(quantity), 0) AS gap,
    count(*) - count(done) AS unreported, max(reported_on) AS reported_on, quantity_unit, river_id
FROM work_state
WHERE kind = '清淤'
GROUP BY river, river_id, quantity_unit
ORDER BY gap NULLS LAST, river

-- name: works_progress
-- Each work: done, planned to date and in all; a work that never reported has no rate.
WITH
-- include: work_state
SELECT
    work, river, kind, done, quantity, planned, rate, planned_rate, rate - planned_rate AS gap, quantity_unit, start_on,
    end_on, owner, reported_on, work_id
FROM work_state
ORDER BY gap NULLS LAST, work

-- name: source_state
-- Common table: the sources found by the day, closed or open then; a relapsed one is open.
closure AS (
    SELECT *, coalesce(closed_on <= $as_of AND state <> '反弹', false) AS is_closed
    FROM source
    WHERE found_on <= $as_of
),
source_state AS (
    SELECT *, coalesce(due_on < $as_of, false) AND NOT is_closed AS is_overdue FROM closure
)

-- name: source_closure
-- Pollution sources closed by the day over those found by then, by river and kind.
WITH
-- include: source_state
SELECT
    r.name AS river, s.kind, count(CASE WHEN s.is_closed THEN 1 END) AS closed, count(*) AS registered,
    100.0 * count(CASE WHEN s.is_closed THEN 1 END) / count(*) AS rate,
    count(CASE WHEN s.is_overdue THEN 1 END) AS overdue
FROM source_state s
JOIN river r ON r.river_id = s.river_id
GROUP BY r.name, s.kind
ORDER BY rate, river, s.kind

-- name: plant_connection
-- Households connected to each micro plant over those to be connected.
SELECT
    p.name AS plant, v.name AS village, p.capacity, p.households_connected, p.households_design,
    100.0 * p.households_connected / nullif(p.households_design, 0) AS rate, p.is_running, p.commissioned_on
FROM plant p
LEFT JOIN village v ON v.village_id = p.village_id
WHERE p.commissioned_on IS NULL OR p.commissioned_on <= $as_of
ORDER BY rate NULLS FIRST, plant

-- name: saving_activities
-- Water-saving activities by kind: how often, how many people, running taps found and mended.
SELECT
    kind, count(*) AS activities, sum(headcount) AS headcount, sum(units_visited) AS units_visited,
    sum(leaks_found) AS leaks_found, sum(leaks_fixed) AS leaks_fixed, max(held_on) AS held_on
FROM saving_activity
WHERE held_on <= $as_of
GROUP BY kind
ORDER BY activities DESC, kind

-- name: reach_map
-- The course of every reach with the newest class among its sections in the month of the day or the two before.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
recent AS (
    SELECT reach_id, max(period) AS month FROM graded
    WHERE period > CAST($as_of AS DATE) - INTERVAL 3 MONTH AND reach_id IS NOT NULL
    GROUP BY reach_id
),
reach_class AS (
    SELECT g.reach_id, g.period AS month, max(g.class_rank) AS class_rank, max(g.items) AS items
    FROM graded g
    JOIN recent c ON c.reach_id = g.reach_id AND c.month = g.period
    GROUP BY g.reach_id, g.period
)
SELECT
    h.reach_id, h.name AS reach, h.length, h.course, r.river_id, r.name AS river, r.target_class, v.name AS village,
    c.class_rank, n.class, c.month, c.items
FROM reach h
JOIN river r ON r.river_id = h.river_id
LEFT JOIN village v ON v.village_id = h.village_id
LEFT JOIN reach_class c ON c.reach_id = h.reach_id
LEFT JOIN class_name n ON n.class_rank = c.class_rank
WHERE h.course IS NOT NULL
ORDER BY r.name, h.sequence

-- name: source_map
-- Every pollution source found by the day, with its place and whether it was open then.
WITH
-- include: source_state
SELECT
    s.source_id, s.name AS source, s.kind, s.state, s.action, r.name AS river, v.name AS village, s.lon, s.lat,
    s.found_on, s.due_on, s.closed_on, s.is_closed, s.is_overdue
FROM source_state s
JOIN river r ON r.river_id = s.river_id
LEFT JOIN village v ON v.village_id = s.village_id
ORDER BY s.source_id

-- name: duties
-- Who answers for each river or reach on the day, the highest level first.
SELECT d.river_id, d.reach_id, c.post, c.level, d.role
FROM chief_duty d
JOIN chief c ON c.chief_id = d.chief_id
JOIN enumeration e ON e.dataset = 'chief' AND e.column_name = 'level' AND e.value = c.level
WHERE d.valid_from <= $as_of AND (d.valid_to IS NULL OR d.valid_to >= $as_of)
ORDER BY d.river_id, e.ordinal, c.post
