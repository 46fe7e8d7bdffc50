-- name: river_in_force
-- Common table: what each river holds from a day to a day. The last row is that of the register, those before are its
-- former values; together they cover all days.
river_version AS (
    SELECT river_id, level, water_type, target_class, assess_rule, valid_to FROM river_history
    UNION ALL
    SELECT river_id, level, water_type, target_class, assess_rule, DATE 'infinity' FROM river
),
river_in_force AS (
    SELECT
        v.*, r.name,
        coalesce(lag(v.valid_to) OVER (PARTITION BY v.river_id ORDER BY v.valid_to) + 1, DATE '-infinity') AS valid_from
    FROM river_version v
    JOIN river r ON r.river_id = v.river_id
)

-- name: section_in_force
-- Common table: what each section holds from a day to a day, in the same way. A month is judged by its first day, a
-- sample by its own.
section_version AS (
    SELECT section_id, river_id, reach_id, water_type, target_class, valid_to FROM section_history
    UNION ALL
    SELECT section_id, river_id, reach_id, water_type, target_class, DATE 'infinity' FROM section
),
section_in_force AS (
    SELECT
        v.*, s.name, s.water_body, s.min_items,
        coalesce(lag(v.valid_to) OVER (PARTITION BY v.section_id ORDER BY v.valid_to) + 1, DATE '-infinity')
            AS valid_from
    FROM section_version v
    JOIN section s ON s.section_id = v.section_id
)

-- name: work_in_force
-- Common table: each work with what is planned for it on the day.
work_version AS (
    SELECT work_id, quantity, quantity_unit, budget, start_on, end_on, valid_to FROM work_history
    UNION ALL
    SELECT work_id, quantity, quantity_unit, budget, start_on, end_on, DATE 'infinity' FROM work
),
work_in_force AS (
    SELECT w.work_id, w.name, w.river_id, w.kind, w.owner, v.quantity, v.quantity_unit, v.budget, v.start_on, v.end_on
    FROM work_version v
    JOIN (
        SELECT work_id, min(valid_to) AS valid_to
        FROM work_version
        WHERE valid_to >= coalesce(CAST($as_of AS DATE), DATE 'infinity')
        GROUP BY work_id
    ) f ON f.work_id = v.work_id AND f.valid_to = v.valid_to
    JOIN work w ON w.work_id = v.work_id
)

-- name: plan_in_force
-- Common table: the curve of each work that holds on the day, as a whole: the former one, or that of the ledger.
plan_version AS (
    SELECT p.work_id, p.on_date, p.planned, p.valid_to
    FROM work_plan_history p
    JOIN (
        SELECT work_id, min(valid_to) AS valid_to
        FROM work_plan_history
        WHERE valid_to >= CAST($as_of AS DATE)
        GROUP BY work_id
    ) f ON f.work_id = p.work_id AND f.valid_to = p.valid_to
),
plan_in_force AS (
    SELECT work_id, on_date, planned FROM plan_version
    UNION ALL
    SELECT work_id, on_date, planned FROM work_plan WHERE work_id NOT IN (SELECT work_id FROM plan_version)
)

-- name: section_versions
-- What one section held one time after the other, each with its last day; the last is what holds now, without one.
WITH
-- include: section_in_force
SELECT
    CASE WHEN isfinite(v.valid_to) THEN v.valid_to END AS valid_to, r.name AS river, h.name AS reach, v.water_type,
    v.target_class
FROM section_version v
LEFT JOIN river r ON r.river_id = v.river_id
LEFT JOIN reach h ON h.reach_id = v.reach_id
WHERE v.section_id = $section_id
ORDER BY v.valid_to

-- name: river_versions
-- What one river held one time after the other, in the same way.
WITH
-- include: river_in_force
SELECT
    CASE WHEN isfinite(valid_to) THEN valid_to END AS valid_to, level, water_type, target_class, assess_rule
FROM river_version
WHERE river_id = $river_id
ORDER BY river_version.valid_to

-- name: work_versions
-- What was planned for one work one time after the other, in the same way.
WITH
-- include: work_in_force
SELECT
    CASE WHEN isfinite(valid_to) THEN valid_to END AS valid_to, quantity, quantity_unit, budget, start_on, end_on
FROM work_version
WHERE work_id = $work_id
ORDER BY work_version.valid_to
