-- name: running_target
-- Common table: the newest target of each metric that has begun; it stays until the next one begins.
running AS (
    SELECT t.*
    FROM target t
    JOIN (
        SELECT metric, max(period_start) AS period_start FROM target WHERE period_start <= $as_of GROUP BY metric
    ) newest_target ON newest_target.metric = t.metric AND newest_target.period_start = t.period_start
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

-- name: target_progress
-- The newest target of each metric and how much of its time is over. A target whose period is over stays until the next
-- one begins. Amounts of money are summed up over the period, of the same projects as the share of funds; floor areas
-- are those of the area targets. What metrics say of their targets is added afterwards.
WITH
-- include: investment.current
,
-- include: investment.counted_receipt
,
-- include: running_target
,
known_until AS (
    SELECT max(day) AS newest
    FROM (
        SELECT max(entered_on) AS day FROM stage_event WHERE entered_on <= $as_of
        UNION ALL
        SELECT max(received_on) FROM funding WHERE received_on <= $as_of
    ) day_of_ledger
),
-- include: target_amount
,
-- include: demolition.area_progress
SELECT
    t.metric, coalesce(a.done, r.done) AS actual, t.value AS target, coalesce(a.done, r.done) AS done,
    CAST(NULL AS DOUBLE) AS total, t.period_start, t.period_end,
    date_diff('day', CAST($as_of AS DATE), t.period_end) AS days_left,
    CASE WHEN a.metric IS NOT NULL THEN k.newest ELSE r.newest END AS newest, t.owner,
    coalesce(r.judged_on, CAST($as_of AS DATE)) AS judged_on, coalesce(r.is_waiting, false) AS is_waiting
FROM running t
LEFT JOIN amount a ON a.metric = t.metric
LEFT JOIN area_progress r ON r.metric = t.metric AND r.is_whole
CROSS JOIN known_until k
ORDER BY t.metric

-- name: share_target
-- The newest target of each metric as target_progress has it, without the amounts of money and area that it sums up.
WITH
-- include: running_target
SELECT
    t.metric, CAST(NULL AS DOUBLE) AS actual, t.value AS target, CAST(NULL AS DOUBLE) AS done,
    CAST(NULL AS DOUBLE) AS total, t.period_start, t.period_end,
    date_diff('day', CAST($as_of AS DATE), t.period_end) AS days_left, CAST(NULL AS DATE) AS newest, t.owner,
    CAST($as_of AS DATE) AS judged_on, false AS is_waiting
FROM running t
ORDER BY t.metric

-- name: last_note
-- What was last noted of each work in its reports up to the day.
SELECT '工程' AS kind, p.work_id AS item_id, p.note, p.on_date AS noted_on
FROM work_progress p
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
        'water' AS stream, '工程' AS kind, work AS item, work_id AS item_id, done, quantity AS total, quantity_unit, rate,
        planned_rate, judged_on, is_waiting, end_on AS ends_on, owner
    FROM work_state
    UNION ALL
    SELECT
        'demolition', '征迁项目', project, project_id, signed, households, '户', rate, planned_rate,
        CAST($as_of AS DATE), false, sign_end, owner
    FROM signing
)
SELECT
    stream, kind, item, item_id, done, total, quantity_unit, rate, planned_rate, rate - planned_rate AS gap, judged_on,
    is_waiting, false AS is_level, ends_on, date_diff('day', CAST($as_of AS DATE), ends_on) AS days_left, owner
FROM item
ORDER BY gap NULLS LAST, item
