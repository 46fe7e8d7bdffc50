-- name: counting_first
-- Order of targets that have begun: those whose period holds the day, of these the one begun last, of one day the one that
-- ends first; then those whose period is over, the last to end first. So a target within the period of another counts
-- while it runs, and the other one before and after it.
period_end >= $as_of DESC, CASE WHEN period_end >= $as_of THEN period_start ELSE period_end END DESC,
CASE WHEN period_end >= $as_of THEN period_end END, period_start DESC

-- name: running_target
-- Common table: the target of each metric that counts on the day; one that is over stays until the next one begins.
running AS (
    SELECT *
    FROM (
        SELECT *, row_number() OVER (PARTITION BY metric ORDER BY
-- include: counting_first
        ) AS place
        FROM target
        WHERE period_start <= $as_of
    ) counting
    WHERE place = 1
)

-- name: street_milestone
-- Common table: the milestones of the whole subdistrict, each with the start of the target by milestones that it belongs
-- to: of those whose period holds its day the one that begins last. One outside of all of them belongs to none.
street_milestone AS (
    SELECT m.metric, max(t.period_start) AS period_start, m.due_on, m.due_share
    FROM target_milestone m
    JOIN target t ON t.metric = m.metric AND t.time_basis = '按节点' AND m.due_on BETWEEN t.period_start AND t.period_end
    WHERE m.target_code IS NULL
    GROUP BY m.milestone_code, m.metric, m.due_on, m.due_share
)

-- name: target_amount
-- Common table, after those of investment.current, investment.counted_receipt and running_target: the money that the
-- targets of signed investment and of funds count by the day.
amount AS (
    SELECT t.metric, coalesce(sum(c.investment), 0) AS done
    FROM running t
    LEFT JOIN current c ON c.is_under_contract AND c.signed_on BETWEEN t.period_start AND t.period_end
    WHERE t.metric = 'contract_value'
    GROUP BY t.metric
    UNION ALL
    SELECT t.metric, coalesce(sum(f.amount), 0)
    FROM running t
    LEFT JOIN counted_receipt f ON f.is_counted
    WHERE t.metric = 'funds_in_place'
    GROUP BY t.metric
)

-- name: part_target
-- Common table: the target that counts on the day of each metric in each village, unit, river or project.
part AS (
    SELECT
        target_code, metric, value, period_start, period_end, time_basis, is_level, owner,
        CASE
            WHEN village_id IS NOT NULL THEN 'village'
            WHEN unit IS NOT NULL THEN 'unit'
            WHEN river_id IS NOT NULL THEN 'river'
            ELSE 'project'
        END AS scope_kind,
        coalesce(village_id, unit, river_id, demolition_project_id, investment_project_id) AS scope
    FROM target_breakdown
    WHERE period_start <= $as_of
),
part_target AS (
    SELECT *
    FROM (
        SELECT
            *, row_number() OVER (PARTITION BY metric, scope_kind, scope ORDER BY
-- include: counting_first
            , target_code) AS place
        FROM part
    ) counting
    WHERE place = 1
)

-- name: part_amount
-- Common tables, after those of investment.current, demolition.area_entry and part_target: the money and the floor areas
-- that the targets of parts count by the day, as those of the whole subdistrict do. A month of renovation that nobody
-- reported is missing, and not 0.
part_money AS (
    SELECT t.target_code, coalesce(sum(c.investment), 0) AS done
    FROM part_target t
    LEFT JOIN current c
        ON c.is_under_contract AND c.signed_on BETWEEN t.period_start AND t.period_end AND c.owner = t.scope
    WHERE t.metric = 'contract_value' AND t.scope_kind = 'unit'
    GROUP BY t.target_code
    UNION ALL
    SELECT t.target_code, coalesce(sum(f.amount), 0)
    FROM part_target t
    LEFT JOIN current c
        ON c.is_under_contract AND t.scope = CASE WHEN t.scope_kind = 'unit' THEN c.owner ELSE c.project_id END
    LEFT JOIN funding f
        ON f.project_id = c.project_id AND f.is_verified AND f.received_on <= $as_of
        AND f.received_on BETWEEN t.period_start AND t.period_end
    WHERE t.metric = 'funds_in_place'
    GROUP BY t.target_code
),
part_area AS (
    SELECT t.target_code, sum(e.area) AS area, max(e.done_on) AS last_on
    FROM part_target t
    JOIN area_entry e
        ON e.metric = t.metric AND e.village_id = t.scope AND e.done_on BETWEEN t.period_start AND t.period_end
    WHERE t.scope_kind = 'village'
    GROUP BY t.target_code
)

-- name: wanted_target
-- Common table, after running_target and those of part_target: the targets of the whole subdistrict and of its parts.
wanted AS (
    SELECT
        metric AS target_id, metric, 'street' AS scope_kind, CAST(NULL AS VARCHAR) AS scope,
        CAST(NULL AS VARCHAR) AS target_code, value, period_start, period_end, time_basis, is_level, owner
    FROM running
    UNION ALL
    SELECT
        metric || ':' || scope_kind || ':' || scope, metric, scope_kind, scope, target_code, value, period_start,
        period_end, time_basis, is_level, owner
    FROM part_target
)

-- name: target_progress
-- The target of each metric that counts on the day, in all and of each part; one with milestones has a row for each of
-- them. A target whose period is over stays until the next one begins. Amounts of money are summed up
-- over the period, of the same projects as the share of funds, and are missing where their ledger has no row by the day;
-- floor areas are those of the area targets. What metrics say of their targets is added afterwards.
WITH
-- include: investment.current
,
-- include: investment.counted_receipt
,
-- include: running_target
,
-- include: street_milestone
,
money_day AS (
    SELECT 'contract_value' AS metric, max(entered_on) AS day FROM stage_event WHERE entered_on <= $as_of
    UNION ALL
    SELECT 'funds_in_place', max(received_on) FROM funding WHERE received_on <= $as_of
),
known_until AS (SELECT max(day) AS newest FROM money_day),
-- include: target_amount
,
-- include: demolition.area_progress
,
-- include: part_target
,
-- include: part_amount
,
-- include: wanted_target
,
milestone AS (
    SELECT metric AS target_id, period_start, due_on, due_share FROM street_milestone
    UNION ALL
    SELECT t.target_id, t.period_start, m.due_on, m.due_share
    FROM wanted t
    JOIN target_milestone m
        ON t.time_basis = '按节点' AND m.target_code = t.target_code AND m.due_on BETWEEN t.period_start AND t.period_end
),
reached_amount AS (
    SELECT
        metric AS target_id, CASE WHEN d.day IS NOT NULL THEN done END AS done, NULL AS newest,
        CAST(NULL AS DATE) AS judged_on, false AS is_waiting, true AS is_money
    FROM amount
    JOIN money_day d USING (metric)
    UNION ALL
    SELECT metric, done, newest, judged_on, is_waiting, false FROM area_progress WHERE is_whole
    UNION ALL
    SELECT
        t.metric || ':' || t.scope_kind || ':' || t.scope, CASE WHEN d.day IS NOT NULL THEN m.done END, NULL, NULL, false, true
    FROM part_money m
    JOIN part_target t ON t.target_code = m.target_code
    JOIN money_day d ON d.metric = t.metric
    UNION ALL
    SELECT
        t.metric || ':' || t.scope_kind || ':' || t.scope,
        CASE WHEN t.metric = 'razed_area' AND n.newest IS NOT NULL THEN coalesce(a.area, 0) ELSE a.area END, n.newest,
        CASE WHEN t.metric = 'renovated_area' THEN a.last_on END,
        t.metric = 'renovated_area' AND date_diff('day', coalesce(a.last_on, t.period_start),
            least(CAST($as_of AS DATE), t.period_end)) > $report_days,
        false
    FROM part_target t
    LEFT JOIN part_area a ON a.target_code = t.target_code
    LEFT JOIN area_newest n ON n.metric = t.metric
    WHERE t.metric IN ('razed_area', 'renovated_area')
)
SELECT
    t.target_id, t.metric, t.scope_kind, t.scope, coalesce(v.name, r.name, d.name, i.name, t.scope) AS scope_name,
    coalesce(t.time_basis, '按日') AS time_basis, t.is_level, a.done AS actual, t.value AS target, a.done,
    CAST(NULL AS DOUBLE) AS total, t.period_start, t.period_end,
    date_diff('day', CAST($as_of AS DATE), t.period_end) AS days_left,
    CASE WHEN a.is_money THEN k.newest ELSE a.newest END AS newest, t.owner,
    coalesce(a.judged_on, CAST($as_of AS DATE)) AS judged_on, coalesce(a.is_waiting, false) AS is_waiting,
    m.due_on, m.due_share
FROM wanted t
LEFT JOIN reached_amount a ON a.target_id = t.target_id
LEFT JOIN target_breakdown b ON b.target_code = t.target_code
LEFT JOIN village v ON v.village_id = b.village_id
LEFT JOIN river r ON r.river_id = b.river_id
LEFT JOIN demolition_project d ON d.project_id = b.demolition_project_id
LEFT JOIN investment_project i ON i.project_id = b.investment_project_id
LEFT JOIN milestone m ON m.target_id = t.target_id AND m.period_start = t.period_start
CROSS JOIN known_until k
ORDER BY t.target_id, m.due_on

-- name: amount_part
-- What the targets of amounts are summed up from on a day: the project of a contract or of verified receipts, the
-- village of a floor area razed or renovated; those of parts as those of the whole.
WITH
-- include: investment.current
,
-- include: demolition.area_entry
,
-- include: running_target
,
-- include: part_target
,
-- include: wanted_target
,
summed AS (
    SELECT t.target_id, 'project_id' AS part, c.project_id AS code, c.project AS name, c.investment AS done
    FROM wanted t
    JOIN current c ON c.is_under_contract AND c.signed_on BETWEEN t.period_start AND t.period_end
    WHERE t.metric = 'contract_value' AND (t.scope IS NULL OR c.owner = t.scope)
    UNION ALL
    SELECT t.target_id, 'project_id', c.project_id, c.project, f.amount
    FROM wanted t
    JOIN current c
        ON c.is_under_contract
        AND coalesce(t.scope = CASE WHEN t.scope_kind = 'unit' THEN c.owner ELSE c.project_id END, t.scope IS NULL)
    JOIN funding f
        ON f.project_id = c.project_id AND f.is_verified AND f.received_on <= $as_of
        AND f.received_on BETWEEN t.period_start AND t.period_end
    WHERE t.metric = 'funds_in_place'
    UNION ALL
    SELECT t.target_id, 'village_id', e.village_id, coalesce(v.name, e.village_id), e.area
    FROM wanted t
    JOIN area_entry e ON e.metric = t.metric AND e.done_on BETWEEN t.period_start AND t.period_end
    LEFT JOIN village v ON v.village_id = e.village_id
    WHERE t.scope IS NULL OR e.village_id = t.scope
)
SELECT target_id, part, code, name, sum(done) AS done
FROM summed
GROUP BY target_id, part, code, name
ORDER BY target_id, code

-- name: share_target
-- The targets as target_progress has them, without what it sums up by itself, names and milestones: those of shares, of
-- which only what is reached is asked.
WITH
-- include: running_target
,
-- include: part_target
,
-- include: wanted_target
SELECT
    t.target_id, t.metric, t.scope_kind, t.scope, CAST(NULL AS VARCHAR) AS scope_name, '按日' AS time_basis, t.is_level,
    CAST(NULL AS DOUBLE) AS actual, t.value AS target, CAST(NULL AS DOUBLE) AS done, CAST(NULL AS DOUBLE) AS total,
    t.period_start, t.period_end, date_diff('day', CAST($as_of AS DATE), t.period_end) AS days_left,
    CAST(NULL AS DATE) AS newest, t.owner, CAST($as_of AS DATE) AS judged_on, false AS is_waiting,
    CAST(NULL AS DATE) AS due_on, CAST(NULL AS DOUBLE) AS due_share
FROM wanted t
ORDER BY t.target_id

-- name: last_note
-- What was last noted of each work in its reports up to the day, and who committed the report.
SELECT '工程' AS kind, p.work_id AS item_id, p.note, p.on_date AS noted_on, b.loaded_by AS noted_by
FROM work_progress p
JOIN batch b ON b.batch_id = p.batch_id
JOIN (
    SELECT work_id, max(on_date) AS on_date FROM work_progress WHERE note IS NOT NULL AND on_date <= $as_of GROUP BY work_id
) newest ON newest.work_id = p.work_id AND newest.on_date = p.on_date
ORDER BY p.work_id

-- name: plan_item
-- Works and signings, done or not, with their rate against the plan, the lead unit and the days left. A work is held
-- against the plan on the day of its last report; signings are registered day by day and held against the day itself.
WITH
-- include: water.work_state
,
-- include: demolition.signing
,
item AS (
    SELECT
        'water' AS stream, '工程' AS kind, work AS item, work_id AS item_id, done AS actual, quantity AS target, quantity_unit, rate,
        planned_rate, judged_on, is_waiting, end_on AS ends_on, owner
    FROM work_state
    UNION ALL
    SELECT
        'demolition', '征迁项目', project, project_id, signed, households, '户', rate, planned_rate,
        CAST($as_of AS DATE), false, sign_end, owner
    FROM signing
)
SELECT
    stream, kind, item, item_id, actual, target, quantity_unit, rate, planned_rate, rate - planned_rate AS gap, judged_on,
    is_waiting, false AS is_level, ends_on, date_diff('day', CAST($as_of AS DATE), ends_on) AS days_left, owner
FROM item
ORDER BY gap NULLS LAST, item
