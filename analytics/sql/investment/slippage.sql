-- name: expected_day
-- Common tables, after that of reached: the expected days of each project as they stood on the day, and how often each
-- was moved later. The ledger of changes tells: the newest day of the last change up to the day; before the first change
-- the day from which that moved it; without any change the day of the register.
moved AS (
    SELECT
        project_id, changed, old_day, new_day, changed_on, change_reason, changed_on <= $as_of AS is_known,
        row_number() OVER (PARTITION BY project_id, changed, changed_on <= $as_of ORDER BY changed_on, change_id) AS place,
        row_number() OVER (
            PARTITION BY project_id, changed, changed_on <= $as_of ORDER BY changed_on DESC, change_id DESC
        ) AS place_from_end
    FROM project_change
    WHERE changed <> '总投资'
),
push AS (
    SELECT project_id, changed, count(*) AS pushes FROM moved WHERE is_known AND new_day > old_day GROUP BY project_id, changed
),
registered AS (
    SELECT project_id, '预计签约日期' AS changed, '正式签约' AS stage, expected_sign_on AS expected_on FROM investment_project
    UNION ALL
    SELECT project_id, '预计开工日期', '开工', expected_start_on FROM investment_project
    UNION ALL
    SELECT project_id, '预计投产日期', '投产纳统', expected_production_on FROM investment_project
),
come AS (
    SELECT g.project_id, g.changed, min(r.entered_on) AS reached_on
    FROM registered g
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = g.stage
    JOIN reached r ON r.project_id = g.project_id AND r.ordinal >= e.ordinal AND r.stage NOT IN ('暂停', '终止')
    GROUP BY g.project_id, g.changed
),
expected_day AS (
    SELECT
        g.project_id, g.changed,
        CASE
            WHEN f.project_id IS NOT NULL THEN coalesce(f.old_day, f.new_day)
            WHEN n.project_id IS NOT NULL THEN n.old_day
            ELSE g.expected_on
        END AS first_on,
        CASE
            WHEN l.project_id IS NOT NULL THEN l.new_day
            WHEN n.project_id IS NOT NULL THEN n.old_day
            ELSE g.expected_on
        END AS newest_on,
        coalesce(p.pushes, 0) AS pushes, coalesce(p.pushes, 0) >= $slip_pushes AS is_pushed_often, c.reached_on,
        l.changed_on, l.change_reason
    FROM registered g
    LEFT JOIN moved f ON f.project_id = g.project_id AND f.changed = g.changed AND f.is_known AND f.place = 1
    LEFT JOIN moved l ON l.project_id = g.project_id AND l.changed = g.changed AND l.is_known AND l.place_from_end = 1
    LEFT JOIN moved n ON n.project_id = g.project_id AND n.changed = g.changed AND NOT n.is_known AND n.place = 1
    LEFT JOIN push p ON p.project_id = g.project_id AND p.changed = g.changed
    LEFT JOIN come c ON c.project_id = g.project_id AND c.changed = g.changed
)

-- name: slippage
-- Every expected day of a project: as first written, as it stands on the day, how often it was moved later. What has come
-- already stands last.
WITH
-- include: reached
,
-- include: expected_day
SELECT
    p.name AS project, e.changed, e.first_on, e.newest_on, date_diff('day', e.first_on, e.newest_on) AS days_moved,
    e.pushes, e.is_pushed_often, e.reached_on, e.changed_on, e.change_reason, e.project_id
FROM expected_day e
JOIN investment_project p ON p.project_id = e.project_id
WHERE e.first_on IS NOT NULL OR e.newest_on IS NOT NULL
ORDER BY e.reached_on IS NOT NULL, e.pushes DESC, days_moved DESC NULLS LAST, project, e.newest_on, e.changed

-- name: project_changes
-- The changes of one project up to the day, the newest first.
SELECT changed_on, changed, old_amount, new_amount, old_day, new_day, change_reason
FROM project_change
WHERE project_id = $project_id AND changed_on <= $as_of
ORDER BY changed_on DESC, change_id DESC
