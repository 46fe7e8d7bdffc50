-- name: target_progress
-- The newest target of each metric: what is done, how much of its time is over, and the gap in percentage points.
-- Dredging is summed in m³. A target whose period is over stays until the next one begins. What other metrics say
-- of their targets is not summed up here.
WITH
-- include: water.work_state
,
-- include: water.source_state
,
-- include: demolition.signing
,
running AS (
    SELECT t.*
    FROM target t
    JOIN (
        SELECT metric, max(period_start) AS period_start FROM target WHERE period_start <= $as_of GROUP BY metric
    ) newest_target ON newest_target.metric = t.metric AND newest_target.period_start = t.period_start
),
actual AS (
    SELECT 'dredging_progress' AS metric, 'water' AS stream, CAST(NULL AS DATE) AS period_start, sum(done) AS done,
        sum(quantity) AS total, max(reported_on) AS newest
    FROM work_state
    WHERE kind = '清淤' AND quantity_unit = 'm³'
    UNION ALL
    SELECT 'source_closure', 'water', NULL, count(CASE WHEN is_closed THEN 1 END), count(*),
        max(greatest(found_on, CASE WHEN is_closed THEN closed_on END))
    FROM source_state
    UNION ALL
    SELECT 'signing_rate', 'demolition', NULL, sum(signed), sum(households), max(signed_on)
    FROM signing
    UNION ALL
    SELECT 'contract_value', 'investment', t.period_start, coalesce(sum(p.investment), 0), NULL, max(s.entered_on)
    FROM running t
    LEFT JOIN stage_event s
        ON s.stage = '正式签约' AND s.entered_on BETWEEN t.period_start AND least(t.period_end, CAST($as_of AS DATE))
    LEFT JOIN investment_project p ON p.project_id = s.project_id
    WHERE t.metric = 'contract_value'
    GROUP BY t.period_start
    UNION ALL
    SELECT 'funds_in_place', 'investment', t.period_start, coalesce(sum(f.amount), 0), NULL, max(f.received_on)
    FROM running t
    LEFT JOIN funding f
        ON f.is_verified AND f.received_on BETWEEN t.period_start AND least(t.period_end, CAST($as_of AS DATE))
    WHERE t.metric = 'funds_in_place'
    GROUP BY t.period_start
),
measured AS (
    SELECT
        t.metric, a.stream, t.owner, t.period_start, t.period_end, t.value AS target, a.done, a.total, a.newest,
        CASE WHEN a.total IS NULL THEN a.done ELSE 100.0 * a.done / nullif(a.total, 0) END AS actual,
        100.0 * least(1.0, date_diff('day', t.period_start, CAST($as_of AS DATE)) * 1.0
            / nullif(date_diff('day', t.period_start, t.period_end), 0)) AS elapsed_rate,
        date_diff('day', CAST($as_of AS DATE), t.period_end) AS days_left
    FROM running t
    LEFT JOIN actual a ON a.metric = t.metric AND (a.period_start IS NULL OR a.period_start = t.period_start)
)
SELECT
    stream, metric, actual, target, done, total, 100.0 * actual / nullif(target, 0) AS rate, elapsed_rate,
    100.0 * actual / nullif(target, 0) - elapsed_rate AS gap, period_start, period_end, days_left, newest, owner
FROM measured
ORDER BY gap NULLS FIRST, metric

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
