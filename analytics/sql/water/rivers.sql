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
