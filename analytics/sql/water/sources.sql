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
