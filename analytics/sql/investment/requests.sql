-- name: request_state
-- Common tables: how each request of a firm stands on the day. The ledger holds the newest closing. Of a request that
-- came back the first closing has a column of its own; where that is empty and the request was closed again, nobody
-- knows when it was closed first, so that it counts as open until it came back. What a former closing had for a result
-- is not on record.
request_closing AS (
    SELECT
        r.*, CAST(r.raised_at AS DATE) AS raised_on, coalesce(r.reopened_on <= $as_of, false) AS is_reopened,
        coalesce(r.first_closed_on IS NOT NULL OR r.closed_on > r.reopened_on, false) AS is_second_closing
    FROM firm_request r
    WHERE CAST(r.raised_at AS DATE) <= $as_of
),
request_day AS (
    SELECT
        *,
        CASE
            WHEN is_reopened AND is_second_closing AND closed_on <= $as_of THEN closed_on
            WHEN NOT is_reopened AND NOT is_second_closing AND closed_on <= $as_of THEN closed_on
            WHEN NOT is_reopened AND first_closed_on <= $as_of THEN first_closed_on
        END AS shut_on
    FROM request_closing
),
request_state AS (
    SELECT
        d.request_id, d.enterprise_id, e.name AS firm, d.project_id, p.name AS project, d.channel, d.category,
        d.department, d.description, d.raised_at, d.raised_on, d.due_on,
        CASE WHEN CAST(d.replied_at AS DATE) <= $as_of THEN d.replied_at END AS replied_at,
        CASE WHEN d.is_reopened THEN coalesce(d.first_closed_on, CASE WHEN NOT d.is_second_closing THEN d.closed_on END) END
            AS former_closed_on,
        CASE WHEN d.is_reopened THEN d.reopened_on END AS reopened_on, d.shut_on,
        CASE WHEN d.shut_on = d.closed_on THEN d.result END AS result,
        CASE WHEN d.shut_on = d.closed_on THEN d.satisfaction END AS satisfaction,
        d.shut_on IS NOT NULL AS is_closed, d.is_reopened, d.note,
        CASE WHEN d.shut_on IS NOT NULL THEN '已办结' WHEN d.is_reopened THEN '重提未办结' ELSE '未办结' END AS state,
        coalesce(d.due_on < $as_of, false) AS is_due,
        coalesce(d.due_on < $as_of, false) AND d.shut_on IS NULL AS is_overdue,
        coalesce(d.due_on < $as_of AND d.shut_on <= d.due_on, false) AS is_in_time,
        nullif(greatest(0, date_diff('day', d.due_on, coalesce(d.shut_on, CAST($as_of AS DATE)))), 0) AS days_overdue
    FROM request_day d
    LEFT JOIN enterprise e ON e.enterprise_id = d.enterprise_id
    LEFT JOIN investment_project p ON p.project_id = d.project_id
)

-- name: request_list
-- Every request raised by the day, open ones first, the longest overdue in front; its days end when it is closed.
WITH
-- include: request_state
SELECT
    request_id, enterprise_id, firm, project_id, project, category, channel, department, description, raised_at,
    raised_on, due_on, replied_at, state, is_closed, is_overdue,
    days_overdue, date_diff('day', raised_on, coalesce(shut_on, CAST($as_of AS DATE))) AS days_open, former_closed_on, reopened_on,
    shut_on AS closed_on, result, satisfaction, note
FROM request_state
ORDER BY is_closed, CASE WHEN NOT is_closed THEN days_overdue END DESC NULLS LAST,
    CASE WHEN NOT is_closed THEN due_on END NULLS LAST, shut_on DESC, raised_at, request_id

-- name: request_outcomes
-- The requests raised in the last months, with what became of each by the day.
WITH
-- include: request_state
SELECT
    category, raised_at, replied_at, is_closed, is_due, is_overdue, is_in_time, is_reopened, result, satisfaction
FROM request_state
WHERE raised_at >= CAST($as_of AS DATE) + INTERVAL 1 DAY - INTERVAL 1 MONTH * CAST($request_months AS INTEGER)
ORDER BY category, request_id

-- name: firm_visits
-- How often each firm was visited in a month, of the last months; more often than the cap stands first.
WITH visit_count AS (
    SELECT a.enterprise_id, CAST(date_trunc('month', a.held_on) AS DATE) AS month, count(*) AS visits
    FROM investment_activity a
    WHERE a.kind = '走访' AND a.enterprise_id IS NOT NULL AND a.held_on <= $as_of
        AND a.held_on >= date_trunc('month', CAST($as_of AS DATE)) - INTERVAL 1 MONTH * (CAST($request_months AS INTEGER) - 1)
    GROUP BY a.enterprise_id, date_trunc('month', a.held_on)
)
SELECT
    v.month, v.enterprise_id, e.name AS firm, v.visits, CAST($visit_cap AS INTEGER) AS cap, v.visits > $visit_cap AS is_over_cap
FROM visit_count v
JOIN enterprise e ON e.enterprise_id = v.enterprise_id
ORDER BY v.visits DESC, v.month DESC, v.enterprise_id
