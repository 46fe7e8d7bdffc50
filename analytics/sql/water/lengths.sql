-- name: reach_courses
-- Every reach with its registered length and its course, for measuring it.
WITH
-- include: river_in_force
SELECT h.reach_id, r.name AS river, h.name AS reach, v.name AS village, h.length, h.course
FROM reach h
JOIN river_in_force r
    ON r.river_id = h.river_id AND coalesce(CAST($as_of AS DATE), DATE 'infinity') BETWEEN r.valid_from AND r.valid_to
LEFT JOIN village v ON v.village_id = h.village_id
ORDER BY h.river_id, h.sequence NULLS LAST, h.reach_id
