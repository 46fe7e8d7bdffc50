-- name: last_issued
-- The figures of the last briefing issued for an earlier day, whichever its kind; of several for that day, the latest.
SELECT i.kind, i.as_of, i.target_id, i.value, i.done, i.total, i.after_batch, i.issued_on
FROM issued_figure i
JOIN (
    SELECT kind, as_of, row_number() OVER (ORDER BY as_of DESC, max(batch_id) DESC) AS place
    FROM issued_figure
    WHERE as_of < $as_of
    GROUP BY kind, as_of
) newest_issue ON newest_issue.kind = i.kind AND newest_issue.as_of = i.as_of
WHERE newest_issue.place = 1
ORDER BY i.target_id
