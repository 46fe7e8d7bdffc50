-- name: project_map
-- Every demolition project whose signing has begun, with its place and how far the signing of all its households is.
WITH signed AS (
-- include: signing_rate
)
SELECT
    s.project_id, s.project, p.kind, s.signed, s.households, s.rate, s.planned_rate, s.gap, s.households_left,
    s.sign_start, s.sign_end, s.days_left, s.is_overdue, s.owner, p.lon, p.lat
FROM signed s
JOIN demolition_project p ON p.project_id = s.project_id
ORDER BY s.is_overdue DESC, s.gap, s.days_left, s.project, s.project_id

-- name: violation_map
-- Every unlawful building found by the day with its place and how it stood then: overdue, open, closed (razed).
WITH
-- include: violation_state
SELECT
    d.violation_id, d.violation_id AS violation, d.kind, d.village, d.area, d.found_on, d.notified_on, d.due_on,
    d.days_overdue, d.razed_on, d.reuse, v.lon, v.lat,
    CASE WHEN d.is_razed THEN 'closed' WHEN d.is_overdue THEN 'overdue' ELSE 'open' END AS standing, d.village_id
FROM violation_day d
JOIN violation v ON v.violation_id = d.violation_id
ORDER BY d.is_razed, CASE WHEN NOT d.is_razed THEN d.days_overdue END DESC NULLS LAST, d.due_on NULLS LAST, d.found_on,
    d.violation_id

-- name: renovation_map
-- What was renovated and razed in each village in the calendar year up to the day, with the outline of the village; a
-- village without an entry has no row.
WITH
-- include: area_entry
,
outline AS (
    SELECT village_id, min(shape) AS shape FROM map_feature WHERE kind = '村社界' AND village_id IS NOT NULL GROUP BY village_id
)
SELECT
    e.village_id, v.name AS village, sum(CASE WHEN e.metric = 'renovated_area' THEN e.area END) AS renovated,
    sum(CASE WHEN e.kind = '旧住宅区' THEN e.area END) AS old_housing,
    sum(CASE WHEN e.kind = '旧厂区' THEN e.area END) AS old_factories,
    sum(CASE WHEN e.kind = '城中村' THEN e.area END) AS town_villages,
    sum(CASE WHEN e.metric = 'razed_area' THEN e.area END) AS razed,
    max(CASE WHEN e.metric = 'renovated_area' THEN e.done_on END) AS through_on, o.shape, 'done' AS standing
FROM area_entry e
JOIN village v ON v.village_id = e.village_id
LEFT JOIN outline o ON o.village_id = e.village_id
WHERE e.done_on >= date_trunc('year', CAST($as_of AS DATE))
GROUP BY e.village_id, v.name, o.shape
HAVING count(CASE WHEN e.metric = 'renovated_area' THEN 1 END) > 0
ORDER BY renovated DESC, v.name, e.village_id
