-- name: last_issued
-- The figures of the last briefing of each kind issued for an earlier day, the newest briefing first.
SELECT i.kind, i.as_of, i.target_id, i.value, i.done, i.total, i.after_batch, i.issued_on
FROM issued_figure i
JOIN (
    SELECT kind, max(as_of) AS as_of, max_by(batch_id, as_of) AS batch_id
    FROM issued_figure
    WHERE as_of < $as_of
    GROUP BY kind
) newest_issue ON newest_issue.kind = i.kind AND newest_issue.as_of = i.as_of
ORDER BY i.as_of DESC, newest_issue.batch_id DESC, i.target_id

-- name: undone_since
-- The batches that were undone since a briefing was issued, of those that it counted; one that was issued on the day on
-- which its figures were loaded was so at that moment.
SELECT b.batch_id, b.dataset
FROM batch b
WHERE b.batch_id <= $after_batch AND b.inserted + b.updated + b.deleted > 0 AND b.undone_at >= (
    SELECT max(CASE WHEN CAST(issue.loaded_at AS DATE) = i.issued_on THEN issue.loaded_at ELSE i.issued_on END)
    FROM issued_figure i
    JOIN batch issue ON issue.batch_id = i.batch_id
    WHERE i.kind = $kind AND i.as_of = $as_of
)
ORDER BY b.batch_id
