-- name: open_difficulty
-- Common table: the difficulties of projects that are not overcome on the day; one without a date was always there.
open_difficulty AS (
    SELECT
        project_id, difficulty, answer,
        row_number() OVER (PARTITION BY project_id ORDER BY opened_on DESC NULLS LAST, difficulty_id DESC) AS place
    FROM project_difficulty
    WHERE (opened_on <= $as_of OR opened_on IS NULL) AND (closed_on > $as_of OR closed_on IS NULL)
)

-- name: stuck_projects
-- Every project with its stage and money, and all that may hold it up but the time in its stage: land, the next expected
-- day and how often that was moved later, the last contact, the newest difficulty.
WITH
-- include: current
,
-- include: late_land
,
-- include: expected_day
,
-- include: open_difficulty
,
land AS (
    SELECT project_id, max(days_overdue) AS days_overdue FROM late_land WHERE exempt_reason IS NULL GROUP BY project_id
),
started AS (
    SELECT project_id FROM come WHERE changed = '预计开工日期'
),
contact AS (
    SELECT project_id, max(held_on) AS contacted_on FROM investment_activity WHERE held_on <= $as_of GROUP BY project_id
),
judged AS (
    SELECT
        c.*, coalesce(c.stage IN ('投产纳统', '终止'), FALSE) AS is_ended,
        CASE
            WHEN c.signed_on IS NULL THEN '预计签约日期'
            WHEN c.track = '供地类' AND s.project_id IS NULL THEN '预计开工日期'
            ELSE '预计投产日期'
        END AS expected
    FROM current c
    LEFT JOIN started s ON s.project_id = c.project_id
)
SELECT
    j.project, j.investor, j.origin, j.track, j.verb, j.stage, j.entered_on, j.days_in_stage, l.days_overdue,
    CASE WHEN NOT j.is_ended THEN j.expected END AS expected, CASE WHEN NOT j.is_ended THEN e.newest_on END AS expected_on,
    CASE WHEN NOT j.is_ended AND e.newest_on < $as_of THEN date_diff('day', e.newest_on, CAST($as_of AS DATE)) END AS days_missed,
    CASE WHEN NOT j.is_ended AND e.newest_on IS NOT NULL THEN e.pushes END AS pushes,
    e.is_pushed_often, a.contacted_on, date_diff('day', a.contacted_on, CAST($as_of AS DATE)) AS days_since_contact,
    d.difficulty, j.signed_on, j.investment, j.received, j.unverified,
    100.0 * j.received / nullif(CASE WHEN j.is_under_contract THEN j.investment END, 0) AS rate, j.is_ended, j.owner,
    j.note, j.project_id
FROM judged j
LEFT JOIN land l ON l.project_id = j.project_id
LEFT JOIN expected_day e ON e.project_id = j.project_id AND e.changed = j.expected
LEFT JOIN contact a ON a.project_id = j.project_id
LEFT JOIN open_difficulty d ON d.project_id = j.project_id AND d.place = 1
ORDER BY j.project_id

-- name: project_difficulties
-- The difficulties of one project with their answers, those not overcome first.
SELECT
    difficulty, answer, owner, opened_on, CASE WHEN closed_on <= $as_of THEN closed_on END AS closed_on, note
FROM project_difficulty
WHERE project_id = $project_id AND (opened_on <= $as_of OR opened_on IS NULL)
ORDER BY coalesce(closed_on <= $as_of, FALSE), opened_on NULLS LAST, difficulty_id
