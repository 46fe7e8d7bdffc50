-- name: target_progress
-- The newest target of each metric and how much of its time is over. A target whose period is over stays until the next
-- one begins. Amounts of money are summed up over the period; what metrics say of their targets is added afterwards.
WITH
-- include: investment.counted_receipt
,
running AS (
    SELECT t.*
    FROM target t
    JOIN (
        SELECT metric, max(period_start) AS period_start FROM target WHERE period_start <= $as_of GROUP BY metric
    ) newest_target ON newest_target.metric = t.metric AND newest_target.period_start = t.period_start
),
amount AS (
    SELECT t.metric, coalesce(sum(p.investment), 0) AS done, max(s.entered_on) AS newest
    FROM running t
    LEFT JOIN stage_event s
        ON s.stage = '正式签约' AND s.entered_on BETWEEN t.period_start AND least(t.period_end, CAST($as_of AS DATE))
    LEFT JOIN investment_project p ON p.project_id = s.project_id
    WHERE t.metric = 'contract_value'
    GROUP BY t.metric
    UNION ALL
    SELECT t.metric, coalesce(sum(f.amount), 0), max(f.received_on)
    FROM running t
    LEFT JOIN counted_receipt f ON f.is_counted
    WHERE t.metric = 'funds_in_place'
    GROUP BY t.metric
)
SELECT
    t.metric, a.done AS actual, t.value AS target, a.done, CAST(NULL AS DOUBLE) AS total,
    100.0 * least(1.0, date_diff('day', t.period_start, CAST($as_of AS DATE)) * 1.0
        / nullif(date_diff('day', t.period_start, t.period_end), 0)) AS elapsed_rate,
    t.period_start, t.period_end, date_diff('day', CAST($as_of AS DATE), t.period_end) AS days_left, a.newest, t.owner
FROM running t
LEFT JOIN amount a ON a.metric = t.metric
ORDER BY t.metric

-- name: behind
-- What is behind its plan, worst first: works and signings that are still open, with the lead unit and the days left.
-- A work that should have begun and never reported is listed without a rate.
WITH
-- include: water.work_state
,
-- include: demolition.signing
,
open_item AS (
    SELECT 'water' AS stream, work AS item, done, quantity AS total, quantity_unit, rate, planned_rate, end_on AS due_on,
        owner
    FROM work_state
    UNION ALL
    SELECT 'demolition', project, signed, households, '户', rate, planned_rate, sign_end, owner
    FROM signing
    WHERE signed < households
)
SELECT
    stream, item, done, total, quantity_unit, rate, planned_rate, rate - planned_rate AS gap, due_on,
    date_diff('day', CAST($as_of AS DATE), due_on) AS days_left, owner
FROM open_item
WHERE coalesce(rate, 0) < planned_rate
ORDER BY gap NULLS LAST, item
