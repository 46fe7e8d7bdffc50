-- name: acknowledgement
-- Who acknowledged which alert, when, and as of which day: name and time are those of the batch.
SELECT a.rule, a.kind, a.item_id, a.seen_on, b.loaded_by AS acknowledged_by, b.loaded_at AS acknowledged_at
FROM alert_acknowledgement a
JOIN batch b ON b.batch_id = a.batch_id
WHERE a.seen_on <= $as_of
ORDER BY a.seen_on DESC, a.rule, a.kind, a.item_id
