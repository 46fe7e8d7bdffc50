-- name: water_change
-- The class of every section in each month, to be compared with a month and a year before.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
SELECT river, section, period AS month, section_id, class, class_rank FROM graded ORDER BY river, month, section_id

-- name: water_trend
-- The monthly means of each section's items that have a limit; `detection` where nothing was detected, `beyond` where a
-- value lies above a range.
WITH
-- include: monthly
,
-- include: classed_item
,
-- include: section_in_force
SELECT s.name AS section, r.name AS river, m.parameter, m.period AS month, m.value, m.detection, m.beyond,
    m.section_id
FROM measured m
JOIN section_in_force s ON s.section_id = m.section_id AND $as_of BETWEEN s.valid_from AND s.valid_to
LEFT JOIN river r ON r.river_id = s.river_id
WHERE m.parameter IN (SELECT parameter FROM classed_item)
ORDER BY river, section, m.parameter, month

-- name: before_after
-- The monthly means of the sections of a river beside each of its works that was begun: when it began to be reported
-- and when its quantity was first full, if it was. A month counts for the river on which the section lay in it.
WITH
-- include: monthly
,
-- include: classed_item
,
-- include: section_in_force
,
-- include: work_in_force
,
span AS (
    SELECT
        w.work_id, w.name AS work, w.river_id, least(w.start_on, min(p.on_date)) AS began_on,
        min(CASE WHEN p.done >= w.quantity THEN p.on_date END) AS finished_on
    FROM work_in_force w
    JOIN work_progress p ON p.work_id = w.work_id AND p.on_date <= $as_of AND p.done > 0
    GROUP BY w.work_id, w.name, w.river_id, w.start_on
)
SELECT
    x.work, r.name AS river, s.name AS section, m.parameter, x.began_on, x.finished_on, m.period AS month, m.value,
    m.detection, m.beyond, x.work_id, m.section_id
FROM span x
JOIN river r ON r.river_id = x.river_id
JOIN section_in_force s ON s.river_id = x.river_id
JOIN measured m ON m.section_id = s.section_id AND m.period BETWEEN s.valid_from AND s.valid_to
WHERE m.parameter IN (SELECT parameter FROM classed_item)
ORDER BY river, work, section, m.parameter, month

-- name: black_odour
-- What is measured of 黑臭 in rivers that were assessed so on the day of the sample.
WITH
-- include: valid_reading
,
-- include: river_in_force
,
-- include: section_in_force
SELECT
    r.name AS river, s.name AS section, r.assess_rule AS rule,
    CAST(date_trunc('month', m.sampled_at) AS DATE) AS month, m.sampled_at, m.parameter, m.value, m.qualifier,
    s.section_id
FROM valid_reading m
JOIN section_in_force s
    ON s.section_id = m.section_id AND CAST(m.sampled_at AS DATE) BETWEEN s.valid_from AND s.valid_to
JOIN river_in_force r ON r.river_id = s.river_id AND CAST(m.sampled_at AS DATE) BETWEEN r.valid_from AND r.valid_to
WHERE r.assess_rule IN ('城市黑臭', '农村黑臭') AND m.parameter IN ('SD', 'DO', 'ORP', 'NH3N', 'DEPTH')
ORDER BY river, month, section, m.sampled_at, m.parameter

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
SELECT
    e.section, e.river, e.period AS month, e.event, e.class, e.target_class, e.months_met, e.worst, e.items,
    (SELECT max(sampled_on) FROM measured m WHERE m.section_id = e.section_id AND m.period = e.period) AS sampled_on,
    NOT EXISTS (
        SELECT 1 FROM graded g WHERE g.section_id = e.section_id AND g.period > e.period AND g.is_met
    ) AS is_standing,
    e.section_id
FROM event e
ORDER BY month DESC, river, section, event
