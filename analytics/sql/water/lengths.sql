-- name: reach_courses
-- Every reach with its registered length and its course, for measuring it.
SELECT h.reach_id, r.name AS river, h.name AS reach, v.name AS village, h.length, h.course
FROM reach h
JOIN river r ON r.river_id = h.river_id
LEFT JOIN village v ON v.village_id = h.village_id
ORDER BY h.river_id, h.sequence NULLS LAST, h.reach_id
