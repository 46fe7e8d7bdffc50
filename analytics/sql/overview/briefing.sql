-- name: last_issued
-- The figures of the last briefing of each kind issued for an earlier day, the newest briefing first. One that was issued
-- on the day on which its figures were loaded was so at that moment.
SELECT
    i.kind, i.as_of, i.target_id, i.value, i.done, i.total, i.after_batch,
    CASE WHEN CAST(b.loaded_at AS DATE) = i.issued_on THEN b.loaded_at ELSE i.issued_on END AS issued_at
FROM issued_figure i
JOIN (
    SELECT kind, max(as_of) AS as_of, max_by(batch_id, as_of) AS batch_id
    FROM issued_figure
    WHERE as_of < $as_of
    GROUP BY kind
) newest_issue ON newest_issue.kind = i.kind AND newest_issue.as_of = i.as_of
JOIN batch b ON b.batch_id = i.batch_id
ORDER BY i.as_of DESC, newest_issue.batch_id DESC, i.target_id

-- name: target_batch
-- The batch that wrote each target that counts on the day, of the whole subdistrict and of its parts.
WITH
-- include: running_target
,
-- include: part_target
,
-- include: wanted_target
SELECT w.target_id, coalesce(b.batch_id, t.batch_id) AS batch
FROM wanted w
LEFT JOIN target_breakdown b ON b.target_code = w.target_code
LEFT JOIN target t ON w.target_code IS NULL AND t.metric = w.metric AND t.period_start = w.period_start
ORDER BY w.target_id
