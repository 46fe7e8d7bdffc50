-- name: area_entry
-- Common table: floor area razed and renovated by the day, an unlawful building with the day on which it was razed, a
-- month of renovation with the day up to which it was told.
area_entry AS (
    SELECT 'razed_area' AS metric, '拆违' AS kind, village_id, razed_on AS done_on, area
    FROM violation
    WHERE razed_on <= $as_of
    UNION ALL
    SELECT 'renovated_area', kind, village_id, through_on, done_area
    FROM renovation
    WHERE through_on <= $as_of
)

-- name: area_progress
-- Common tables, after overview.running_target and overview.street_milestone: what was razed and renovated in the period of the target, or of the
-- calendar year where there is none, against the target and the days gone. Renovation is reported by the month, so that
-- it is held against the plan on the day of its last report; where that is long ago, the next one is waited for. What
-- nobody reported is missing, and not 0.
-- include: area_entry
,
area_part AS (
    SELECT 'razed_area' AS metric, '拆违' AS kind, true AS is_whole, 1 AS place
    UNION ALL
    SELECT 'renovated_area', '三改', true, 2
    UNION ALL
    SELECT 'renovated_area', value, false, 2 + ordinal
    FROM enumeration
    WHERE dataset = 'renovation' AND column_name = 'kind'
),
area_goal AS (
    SELECT
        p.metric, p.kind, p.is_whole, p.place, CASE WHEN p.is_whole THEN t.value END AS target,
        CASE WHEN p.is_whole THEN t.owner END AS owner, t.time_basis,
        coalesce(t.period_start, CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE)) AS period_start,
        coalesce(t.period_end,
            CAST(date_trunc('year', CAST($as_of AS DATE)) + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE)) AS period_end
    FROM area_part p
    LEFT JOIN running t ON t.metric = p.metric
),
area_sum AS (
    SELECT g.metric, g.kind, sum(e.area) AS area, max(e.done_on) AS last_on, count(*) AS entries
    FROM area_goal g
    JOIN area_entry e
        ON e.metric = g.metric AND (g.is_whole OR e.kind = g.kind) AND e.done_on BETWEEN g.period_start AND g.period_end
    GROUP BY g.metric, g.kind
),
area_newest AS (
    SELECT metric, max(day) AS newest
    FROM (
        SELECT 'razed_area' AS metric, found_on AS day FROM violation WHERE found_on <= $as_of
        UNION ALL
        SELECT metric, done_on FROM area_entry
    ) day_of_entry
    GROUP BY metric
),
area_known AS (
    SELECT
        g.metric, g.kind, g.is_whole, g.place, g.target, g.owner, g.time_basis, g.period_start, g.period_end, n.newest,
        s.last_on,
        coalesce(s.entries, 0) AS entries,
        CASE WHEN g.metric = 'razed_area' AND n.newest IS NOT NULL THEN coalesce(s.area, 0) ELSE s.area END AS done,
        CASE WHEN g.metric = 'renovated_area' AND s.last_on IS NOT NULL THEN s.last_on ELSE CAST($as_of AS DATE) END
            AS judged_on,
        g.metric = 'renovated_area' AND date_diff('day', coalesce(s.last_on, g.period_start),
            least(CAST($as_of AS DATE), g.period_end)) > $report_days AS is_waiting
    FROM area_goal g
    LEFT JOIN area_sum s ON s.metric = g.metric AND s.kind = g.kind
    LEFT JOIN area_newest n ON n.metric = g.metric
),
area_progress AS (
    SELECT
        *, 100.0 * done / nullif(target, 0) AS rate,
        CASE
            WHEN target IS NULL THEN NULL
            WHEN judged_on >= period_end THEN 100.0
            WHEN time_basis = '按月末' THEN greatest(0.0, 100.0 * date_diff('month', period_start, judged_on + 1)
                / (date_diff('month', period_start, period_end) + 1))
            WHEN time_basis = '按节点' THEN (
                SELECT CASE WHEN count(*) > 0 THEN coalesce(max(CASE WHEN m.due_on <= judged_on THEN m.due_share END), 0.0) END
                FROM street_milestone m
                WHERE m.metric = area_known.metric AND m.period_start = area_known.period_start
            )
            ELSE greatest(0.0, 100.0 * date_diff('day', period_start, judged_on)
                / nullif(date_diff('day', period_start, period_end), 0))
        END AS planned_rate
    FROM area_known
)

-- name: area_targets
-- Floor area razed and renovated in the period of the target, in all and of each kind, against target and days gone.
WITH
-- include: overview.running_target
,
-- include: overview.street_milestone
,
-- include: area_progress
SELECT
    kind, is_whole, done, target, rate, planned_rate, rate - planned_rate AS gap, CASE WHEN done < target THEN target - done WHEN done >= target THEN 0 END AS area_left,
    entries, period_start, period_end, date_diff('day', CAST($as_of AS DATE), period_end) AS days_left, judged_on,
    is_waiting, newest, owner
FROM area_progress
ORDER BY place

-- name: area_months
-- Floor area razed and renovated in each of the twelve months up to the day; a month without an entry has no row.
WITH
-- include: area_entry
SELECT CAST(date_trunc('month', done_on) AS DATE) AS month, kind, sum(area) AS month_area, count(*) AS entries
FROM area_entry
WHERE done_on > CAST($as_of AS DATE) - INTERVAL 1 YEAR
GROUP BY CAST(date_trunc('month', done_on) AS DATE), metric, kind
ORDER BY month, kind

-- name: violation_state
-- Common table: the unlawful buildings found by the day as they stand on it. The ledger holds what is known at its
-- newest, so that a term that was set, a building that was razed or land that came into use after the day is not there
-- yet.
violation_state AS (
    SELECT
        v.violation_id, v.village_id, coalesce(g.name, '未写村社') AS village, v.project_id, p.name AS project, v.kind, v.area,
        v.found_on, CASE WHEN v.notified_on <= $as_of THEN v.notified_on END AS notified_on,
        CASE WHEN coalesce(v.notified_on, v.found_on) <= $as_of THEN v.due_on END AS due_on,
        CASE WHEN v.razed_on <= $as_of THEN v.razed_on END AS razed_on, v.land_area,
        CASE WHEN v.reused_on <= $as_of THEN v.reuse WHEN v.razed_on <= $as_of THEN '未用' END AS reuse,
        CASE WHEN v.reused_on <= $as_of THEN v.reused_on END AS reused_on,
        CASE WHEN v.reused_on <= $as_of THEN v.reused_area END AS reused_area, v.note
    FROM violation v
    LEFT JOIN village g ON g.village_id = v.village_id
    LEFT JOIN demolition_project p ON p.project_id = v.project_id
    WHERE v.found_on <= $as_of
),
violation_day AS (
    SELECT
        *, razed_on IS NOT NULL AS is_razed, coalesce(due_on < $as_of, false) AS is_due,
        razed_on IS NULL AND coalesce(due_on < $as_of, false) AS is_overdue,
        date_diff('day', found_on, coalesce(razed_on, CAST($as_of AS DATE))) AS days_open,
        nullif(greatest(0, date_diff('day', due_on, coalesce(razed_on, CAST($as_of AS DATE)))), 0) AS days_overdue
    FROM violation_state
)

-- name: violation_list
-- Every unlawful building found by the day, those that stand first, the longest overdue in front.
WITH
-- include: violation_state
SELECT
    violation_id, village, kind, area, found_on, notified_on, due_on, razed_on, is_razed, is_overdue, days_overdue,
    days_open, land_area, reuse, reused_on, reused_area, project, note, village_id, project_id
FROM violation_day
ORDER BY is_razed, CASE WHEN NOT is_razed THEN days_overdue END DESC NULLS LAST,
    CASE WHEN NOT is_razed THEN due_on END NULLS LAST, razed_on DESC, found_on, violation_id

-- name: violations_reuse
-- The unlawful buildings found by the day as they stand on it, out of which the figures of the villages are made.
WITH
-- include: violation_state
SELECT
    violation_id, village_id, village, kind, area, is_razed, is_due, is_overdue, days_open, days_overdue, due_on, razed_on,
    CASE WHEN is_razed THEN land_area END AS land_area, reused_on IS NOT NULL AS is_reused, reused_area
FROM violation_day
ORDER BY violation_id

-- name: operations_safety
-- The operations begun by the day, with what their teams have.
SELECT
    o.operation_id, o.kind, o.started_at, CASE WHEN CAST(o.ended_at AS DATE) <= $as_of THEN o.ended_at END AS ended_at,
    o.razed_area, o.departments, o.is_waste_cleared, o.accidents, o.team_id, t.vehicles, t.machines
FROM demolition_operation o
LEFT JOIN demolition_team t ON t.team_id = o.team_id
WHERE CAST(o.started_at AS DATE) <= $as_of
ORDER BY o.started_at, o.operation_id

-- name: operation_list
-- Every operation begun by the day, the newest first, with its village, project and team.
SELECT
    o.operation_id, o.started_at, CASE WHEN CAST(o.ended_at AS DATE) <= $as_of THEN o.ended_at END AS ended_at, o.kind,
    coalesce(g.name, '未写村社') AS village, p.name AS project, t.name AS team, t.vehicles, t.machines, o.departments,
    o.razed_area, o.is_waste_cleared, o.accidents, o.note, o.village_id, o.project_id
FROM demolition_operation o
LEFT JOIN village g ON g.village_id = o.village_id
LEFT JOIN demolition_project p ON p.project_id = o.project_id
LEFT JOIN demolition_team t ON t.team_id = o.team_id
WHERE CAST(o.started_at AS DATE) <= $as_of
ORDER BY o.started_at DESC, o.operation_id
