-- name: issue_state
-- Common tables: how far each issue is by the day, from its steps; steps of one time stand in the order of the list.
issue_step AS (
    SELECT s.issue_id, s.step, s.happened_at,
        row_number() OVER (PARTITION BY s.issue_id ORDER BY s.happened_at DESC, e.ordinal DESC) AS place
    FROM issue_event s
    JOIN enumeration e ON e.dataset = 'issue_event' AND e.column_name = 'step' AND e.value = s.step
    WHERE CAST(s.happened_at AS DATE) <= $as_of
),
issue_count AS (
    SELECT
        issue_id, count(CASE WHEN step = '退回' THEN 1 END) AS times_returned,
        count(CASE WHEN step = '重办' THEN 1 END) AS times_redone
    FROM issue_step
    GROUP BY issue_id
),
issue_state AS (
    SELECT
        i.*, r.name AS river, coalesce(l.step, '发现') AS step, coalesce(l.happened_at, i.found_at) AS reached_at,
        coalesce(l.step = '销号', false) AS is_closed,
        CASE WHEN l.step = '销号' THEN CAST(l.happened_at AS DATE) END AS closed_on,
        coalesce(i.due_on < $as_of, false) AS is_due, coalesce(c.times_returned, 0) AS times_returned,
        coalesce(c.times_redone, 0) AS times_redone
    FROM issue i
    JOIN river r ON r.river_id = i.river_id
    LEFT JOIN issue_step l ON l.issue_id = i.issue_id AND l.place = 1
    LEFT JOIN issue_count c ON c.issue_id = i.issue_id
    WHERE CAST(i.found_at AS DATE) <= $as_of
)

-- name: issue_closure
-- The issues found in each month, of all rivers and of each: settled by the day, open, overdue, on time, sent back.
-- The rate of the year is summed up over its months.
WITH
-- include: issue_state
,
cohort AS (
    SELECT
        CAST(date_trunc('month', found_at) AS DATE) AS month, river, river_id,
        grouping(river) = 1 AS is_total, min(CAST(found_at AS DATE)) >= date_trunc('year', CAST($as_of AS DATE)) AS is_this_year,
        count(*) AS found, count(CASE WHEN is_closed THEN 1 END) AS closed,
        count(CASE WHEN NOT is_closed THEN 1 END) AS open,
        count(CASE WHEN NOT is_closed AND is_due THEN 1 END) AS overdue,
        count(CASE WHEN is_due THEN 1 END) AS due, count(CASE WHEN is_due AND closed_on <= due_on THEN 1 END) AS on_time,
        count(CASE WHEN times_returned > 0 THEN 1 END) AS returned, count(CASE WHEN times_redone > 0 THEN 1 END) AS redone
    FROM issue_state
    GROUP BY GROUPING SETS (
        (CAST(date_trunc('month', found_at) AS DATE), river, river_id), (CAST(date_trunc('month', found_at) AS DATE))
    )
)
SELECT
    month, river, is_total, is_this_year, found, closed, 100.0 * closed / found AS rate, open, overdue, due, on_time,
    100.0 * on_time / nullif(due, 0) AS on_time_rate, returned, redone, river_id
FROM cohort
ORDER BY month, is_total DESC, river

-- name: issue_spans
-- The issues found in the last months: how many days each took to be settled, or has been open by the end of the day.
-- A step of which only the day is written may seem to come before the time at which the issue was found: 0 days.
WITH
-- include: issue_state
SELECT
    river, is_closed,
    greatest(
        0,
        date_diff('minute', found_at, CASE WHEN is_closed THEN reached_at ELSE CAST($as_of AS DATE) + INTERVAL 1 DAY END)
    ) / 1440.0 AS days
FROM issue_state
WHERE found_at >= CAST($as_of AS DATE) + INTERVAL 1 DAY - INTERVAL 1 MONTH * CAST($issue_months AS INTEGER)
ORDER BY river

-- name: overdue_issues
-- The issues that are open on the day, the longest overdue first, then by when they fall due.
WITH
-- include: issue_state
SELECT
    issue_id, river, category, problem, urgency, step, handler, CAST(found_at AS DATE) AS found_on, due_on,
    CASE WHEN is_due THEN date_diff('day', due_on, CAST($as_of AS DATE)) END AS days_overdue, is_due AS is_overdue,
    date_diff('day', CAST(found_at AS DATE), CAST($as_of AS DATE)) AS days_open, times_returned, times_redone,
    river_id, chief_id
FROM issue_state
WHERE NOT is_closed
ORDER BY days_overdue DESC NULLS LAST, due_on NULLS LAST, found_on, issue_id

-- name: issue_facts
-- One issue as it is by the day: what, where, who, how far, how long; its days end when it is settled.
WITH
-- include: issue_state
SELECT
    s.issue_id, s.river, s.category, s.problem, h.name AS reach, s.location, s.description,
    CAST(s.found_at AS DATE) AS found_on, s.found_through, s.urgency, s.handler, c.post, s.due_on, s.step,
    CAST(s.reached_at AS DATE) AS reached_on, s.closed_on, s.is_closed, s.is_due AND NOT s.is_closed AS is_overdue,
    nullif(greatest(0, date_diff('day', s.due_on, coalesce(s.closed_on, CAST($as_of AS DATE)))), 0) AS days_overdue,
    date_diff('day', CAST(s.found_at AS DATE), coalesce(s.closed_on, CAST($as_of AS DATE))) AS days_open,
    date_diff('day', CAST(s.reached_at AS DATE), CAST($as_of AS DATE)) AS days_in_step, s.river_id, s.chief_id
FROM issue_state s
LEFT JOIN reach h ON h.reach_id = s.reach_id
LEFT JOIN chief c ON c.chief_id = s.chief_id
WHERE s.issue_id = $issue_id

-- name: issue_steps
-- The steps of one issue by the day, the newest first, each with the days since the one before.
WITH step AS (
    SELECT v.*, e.ordinal, CAST(v.happened_at AS DATE) AS day
    FROM issue_event v
    JOIN enumeration e ON e.dataset = 'issue_event' AND e.column_name = 'step' AND e.value = v.step
    WHERE v.issue_id = $issue_id AND CAST(v.happened_at AS DATE) <= $as_of
)
SELECT
    happened_at, step, actor, date_diff('day', lag(day) OVER (ORDER BY happened_at, ordinal), day) AS days_since, photo,
    note
FROM step
ORDER BY happened_at DESC, ordinal DESC
