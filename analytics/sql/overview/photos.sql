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
    SELECT *, lower(regexp_replace(photo, '\.(jpg|jpeg|jpe|jfif|png|webp|heic)$', '', 'i')) AS called FROM single
    WHERE photo <> ''
),
taken AS (
    SELECT
        lower(regexp_replace(photo_name, '\.(jpg|jpeg|jpe|jfif|png|webp|heic)$', '', 'i')) AS called, digest,
        pixel_width, pixel_height, batch_id, photo_name
    FROM photo
),
kept AS (
    SELECT *, row_number() OVER (PARTITION BY called ORDER BY batch_id DESC, photo_name) AS back FROM taken
)
SELECT
    n.stage, n.day, r.name AS river, w.name AS work, i.category, i.problem, n.photo, k.digest, k.pixel_width,
    k.pixel_height, n.river_id, n.work_id, n.issue_id
FROM word n
JOIN river r ON r.river_id = n.river_id
LEFT JOIN work w ON w.work_id = n.work_id
LEFT JOIN issue i ON i.issue_id = n.issue_id
LEFT JOIN kept k ON k.called = n.called AND k.back = 1
ORDER BY n.day DESC, n.work_id, n.issue_id, n.stage, n.photo
