-- name: playbook_plan
-- Common tables: every task of a playbook in half-days, and what it waits for at the end of the day. Half-days are counted from the day: 0 is its
-- morning, 1 its afternoon, 2 the next morning; a half that is not written is the afternoon. A task takes the half-days
-- from its first one on, a milestone of length 0 none, and is late from the half-day after its last one.
playbook_task_at AS (
    SELECT
        t.*, p.name AS project, coalesce(t.half_days, 1) AS length, coalesce(t.actual_on <= $as_of, FALSE) AS is_done,
        2 * date_diff('day', CAST($as_of AS DATE), t.planned_on) + CASE WHEN t.planned_half = '上午' THEN 0 ELSE 1 END
            AS planned_from,
        2 * date_diff('day', CAST($as_of AS DATE), t.baseline_on) + CASE WHEN t.baseline_half = '上午' THEN 0 ELSE 1 END
            AS baseline_from,
        2 * date_diff('day', CAST($as_of AS DATE), CASE WHEN t.actual_on <= $as_of THEN t.actual_on END)
            + CASE WHEN t.actual_half = '上午' THEN 0 ELSE 1 END AS actual_at
    FROM playbook_task t
    JOIN investment_project p ON p.project_id = t.project_id
),
playbook_time AS (
    SELECT
        *, planned_from + greatest(length, 1) - 1 AS planned_to, baseline_from + greatest(length, 1) - 1 AS baseline_to,
        coalesce(baseline_from, planned_from) + greatest(length, 1) - 1 AS due_at
    FROM playbook_task_at
),
playbook_predecessor AS (
    SELECT DISTINCT n.task_id, n.code, b.task_id AS known_id, b.is_done, b.planned_to
    FROM (
        SELECT
            task_id, project_id,
            unnest(string_to_array(regexp_replace(predecessors, '[、,，;；\s　]+', '、', 'g'), '、')) AS code
        FROM playbook_time
        WHERE predecessors IS NOT NULL
    ) n
    LEFT JOIN playbook_time b ON b.task_id = n.code AND b.project_id = n.project_id
    WHERE n.code <> ''
),
playbook_waiting AS (
    SELECT
        task_id, string_agg(CASE WHEN NOT is_done THEN code END, '、' ORDER BY code) AS waits_for,
        string_agg(CASE WHEN known_id IS NULL THEN code END, '、' ORDER BY code) AS unknown_predecessors,
        count(CASE WHEN NOT is_done AND planned_to <= 1 AND code <> task_id THEN 1 END) AS overdue_predecessors
    FROM playbook_predecessor
    GROUP BY task_id
)

-- name: playbook_state
-- Common tables: every task of a playbook as it is at the end of the day, held against its baseline, and against the plan
-- where it has none. What is registered as its state holds from the newest completion in the ledger on; before, nobody
-- knows.
-- include: playbook_plan
,
playbook_neighbour AS (
    SELECT
        task_id, owner, planned_from, planned_to,
        max(planned_to) OVER (
            PARTITION BY owner ORDER BY planned_from, task_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS owner_busy_to,
        lead(planned_from) OVER (PARTITION BY owner ORDER BY planned_from, task_id) AS owner_next_from
    FROM playbook_time
    WHERE NOT is_done AND length > 0
),
playbook_overlap AS (
    SELECT task_id, owner, planned_from, planned_to
    FROM playbook_neighbour
    WHERE owner_busy_to >= planned_from OR owner_next_from <= planned_to
),
playbook_conflict AS (
    SELECT a.task_id, string_agg(b.task_id, '、' ORDER BY b.task_id) AS conflicts_with
    FROM playbook_overlap a
    JOIN playbook_overlap b ON b.owner = a.owner AND b.task_id <> a.task_id
        AND b.planned_from <= a.planned_to AND b.planned_to >= a.planned_from
    GROUP BY a.task_id
),
playbook_judged AS (
    SELECT
        t.*, due_at <= 1 AS is_due, coalesce(due_at <= 1 AND actual_at <= due_at, FALSE) AS is_on_time,
        coalesce(actual_at, greatest(planned_to, 2)) - baseline_to AS slip,
        CASE
            WHEN t.is_done THEN '完成'
            WHEN t.state <> '完成' AND coalesce(n.newest <= $as_of, TRUE) THEN t.state
            ELSE '尚未完成'
        END AS state_on_day
    FROM playbook_time t
    CROSS JOIN (SELECT max(actual_on) AS newest FROM playbook_task) n
),
playbook_state AS (
    SELECT
        j.*, CASE WHEN j.is_due AND NOT j.is_on_time THEN coalesce(j.actual_at, 2) - j.due_at END AS late_by,
        w.waits_for, w.unknown_predecessors,
        j.state_on_day = '受阻' OR (NOT j.is_done AND coalesce(w.overdue_predecessors, 0) > 0) AS is_blocked,
        c.task_id IS NOT NULL AS has_conflict, c.conflicts_with
    FROM playbook_judged j
    LEFT JOIN playbook_waiting w ON w.task_id = j.task_id
    LEFT JOIN playbook_conflict c ON c.task_id = j.task_id
)

-- name: playbook_tasks
-- Every task of every playbook as it is at the end of the day, in no order.
WITH
-- include: playbook_state
SELECT
    project, task_id, name, workstream, owner, assistants, location, state_on_day AS state, baseline_on, baseline_half,
    planned_on, planned_half, length AS half_days, CASE WHEN is_done THEN actual_on END AS actual_on,
    CASE WHEN is_done THEN actual_half END AS actual_half, predecessors, is_done, is_due, is_on_time, late_by, slip, waits_for,
    unknown_predecessors, is_blocked, blocker, has_conflict, conflicts_with, coalesce(is_milestone, FALSE) AS is_milestone,
    deliverable, project_id, planned_from, planned_to
FROM playbook_state

-- name: playbook_punctuality
-- The playbook of each project and all together: how many tasks are due by the end of the day and were done by their
-- half-day, how far those due slipped, how many are blocked or collide. Too few due have neither rate nor mean.
WITH
-- include: playbook_state
,
counted AS (
    SELECT
        project_id, project, grouping(project_id) = 1 AS is_total, count(*) AS tasks, count(CASE WHEN is_done THEN 1 END) AS done,
        count(CASE WHEN is_due THEN 1 END) AS due, count(CASE WHEN is_on_time THEN 1 END) AS on_time,
        count(CASE WHEN is_due AND NOT is_done THEN 1 END) AS late, avg(CASE WHEN is_due THEN slip END) AS mean_slip,
        count(CASE WHEN is_blocked THEN 1 END) AS blocked, count(CASE WHEN has_conflict THEN 1 END) AS conflicts,
        count(CASE WHEN baseline_from IS NULL THEN 1 END) AS without_baseline
    FROM playbook_state
    GROUP BY GROUPING SETS ((project_id, project), ())
    HAVING count(*) > 0
)
SELECT
    project, is_total, tasks, done, due, on_time, CASE WHEN due >= $ranked_cases THEN 100.0 * on_time / due END AS rate,
    CASE WHEN due >= $ranked_cases THEN mean_slip END AS mean_slip, late, blocked, conflicts, without_baseline, project_id
FROM counted
ORDER BY is_total DESC, late DESC, blocked DESC, rate NULLS LAST, project, project_id

-- name: critical_path
-- The tasks of every playbook that are not done by the end of the day, with those that each waits for, in no order.
WITH
-- include: playbook_plan
SELECT
    t.project, t.task_id, t.name, t.owner, t.length AS half_days, t.planned_on, t.planned_half, t.planned_to, w.waits_for,
    w.unknown_predecessors, t.project_id
FROM playbook_time t
LEFT JOIN playbook_waiting w ON w.task_id = t.task_id
WHERE NOT t.is_done
