-- name: saving_activities
-- Water-saving activities by kind: how often, how many people, running taps found and mended.
SELECT
    kind, count(*) AS activities, sum(headcount) AS headcount, sum(units_visited) AS units_visited,
    sum(leaks_found) AS leaks_found, sum(leaks_fixed) AS leaks_fixed, max(held_on) AS held_on
FROM saving_activity
WHERE held_on <= $as_of
GROUP BY kind
ORDER BY activities DESC, kind
