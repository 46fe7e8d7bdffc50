-- name: photos
-- Every photo that reports of works and steps of issues name by the day, the newest first, with its file where there is
-- one. A cell may name several; the ending of a file is no part of a name.
WITH named AS (
    SELECT '整治前' AS stage, p.on_date AS day, w.river_id, p.work_id, NULL AS issue_id, p.photo_before AS cell
    FROM work_progress p
    JOIN work w ON w.work_id = p.work_id
    UNION ALL
    SELECT '整治后', p.on_date, w.river_id, p.work_id, NULL, p.photo_after
    FROM work_progress p
    JOIN work w ON w.work_id = p.work_id
    UNION ALL
    SELECT v.step, CAST(v.happened_at AS DATE), i.river_id, NULL, v.issue_id, v.photo
    FROM issue_event v
    JOIN issue i ON i.issue_id = v.issue_id
),
single AS (
    SELECT stage, day, river_id, work_id, issue_id, trim(unnest(string_split_regex(cell, '[、,，;；\n]'))) AS photo
    FROM named
    WHERE day <= $as_of
),
word AS (
    SELECT *, lower(regexp_replace(photo, '\.(jpe?g|jpe|jfif|png|webp|heic)$', '', 'i')) AS called FROM single
    WHERE photo <> ''
),
kept AS (
    SELECT
        lower(regexp_replace(photo_name, '\.(jpe?g|jpe|jfif|png|webp|heic)$', '', 'i')) AS called,
        arg_max({'digest': digest, 'width': pixel_width, 'height': pixel_height}, batch_id) AS file
    FROM photo
    GROUP BY ALL
)
SELECT
    n.stage, n.day, r.name AS river, w.name AS work, i.category, i.problem, n.photo, k.file.digest AS digest,
    k.file.width AS pixel_width, k.file.height AS pixel_height, n.river_id, n.work_id, n.issue_id
FROM word n
JOIN river r ON r.river_id = n.river_id
LEFT JOIN work w ON w.work_id = n.work_id
LEFT JOIN issue i ON i.issue_id = n.issue_id
LEFT JOIN kept k ON k.called = n.called
ORDER BY n.day DESC, n.work_id, n.issue_id, n.stage, n.photo
