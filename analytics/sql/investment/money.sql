-- name: money_by_month
-- What the targets of signed investment and of funds count, by month, and the milestones of those that are counted
-- by them; a target of which nothing came has one row without a month.
WITH
-- include: current
,
-- include: counted_receipt
,
-- include: overview.running_target
,
-- include: overview.street_milestone
,
money AS (
    SELECT t.metric, CAST(date_trunc('month', c.signed_on) AS DATE) AS month, c.investment AS amount
    FROM running t
    JOIN current c ON c.is_under_contract AND c.signed_on BETWEEN t.period_start AND t.period_end
    WHERE t.metric = 'contract_value'
    UNION ALL
    SELECT t.metric, CAST(date_trunc('month', f.received_on) AS DATE), f.amount
    FROM running t
    JOIN counted_receipt f ON f.is_counted
    WHERE t.metric = 'funds_in_place'
),
month_sum AS (
    SELECT metric, month, sum(amount) AS amount, CAST(NULL AS DATE) AS due_on, CAST(NULL AS DOUBLE) AS due_share
    FROM money
    GROUP BY metric, month
    UNION ALL
    SELECT m.metric, NULL, NULL, m.due_on, m.due_share
    FROM street_milestone m
    JOIN running t ON t.metric = m.metric AND t.period_start = m.period_start
)
SELECT
    t.metric, t.period_start, t.period_end, t.value AS target, coalesce(t.time_basis, '按日') AS time_basis, m.month,
    m.amount, m.due_on, m.due_share
FROM running t
LEFT JOIN month_sum m ON m.metric = t.metric
WHERE t.metric IN ('contract_value', 'funds_in_place')
ORDER BY t.metric, m.month, m.due_on

-- name: target_coverage
-- What is missing to the targets of signed investment and of funds, and the money that may still come: of the first the
-- investment of the unsigned projects that go on, of the second what projects under contract have yet to receive.
WITH
-- include: current
,
-- include: counted_receipt
,
-- include: overview.running_target
,
-- include: overview.target_amount
,
-- include: expected_day
,
pending AS (
    SELECT
        t.metric, c.project_id, c.investment AS amount,
        coalesce(e.newest_on >= $as_of AND e.newest_on <= t.period_end, FALSE) AS is_due
    FROM running t
    JOIN current c ON c.signed_on IS NULL AND c.stage NOT IN ('暂停', '终止')
    LEFT JOIN expected_day e ON e.project_id = c.project_id AND e.changed = '预计签约日期'
    WHERE t.metric = 'contract_value'
    UNION ALL
    SELECT t.metric, c.project_id,
        CASE WHEN c.investment IS NOT NULL THEN greatest(c.investment - coalesce(c.received, 0), 0) END, NULL
    FROM running t
    JOIN current c ON c.is_under_contract
    WHERE t.metric = 'funds_in_place'
),
pipeline AS (
    SELECT
        metric, count(*) AS open_projects, sum(amount) AS open_amount, count(*) - count(amount) AS unpriced,
        count(CASE WHEN is_due THEN 1 END) AS due_projects,
        sum(CASE WHEN is_due THEN amount END) AS due_amount
    FROM pending
    GROUP BY metric
),
known AS (
    SELECT
        t.metric, t.period_start, t.period_end, t.value AS target, a.done AS actual, greatest(t.value - a.done, 0) AS missing,
        coalesce(p.open_projects, 0) AS open_projects, coalesce(p.open_amount, 0) AS open_amount,
        coalesce(p.unpriced, 0) AS unpriced,
        CASE WHEN t.metric = 'contract_value' THEN coalesce(p.due_projects, 0) END AS due_projects,
        CASE WHEN t.metric = 'contract_value' THEN coalesce(p.due_amount, 0) END AS due_amount, t.owner
    FROM running t
    JOIN amount a ON a.metric = t.metric
    LEFT JOIN pipeline p ON p.metric = t.metric
)
SELECT
    metric, period_start, period_end, target, actual, missing, missing = 0 AS is_reached, due_projects, due_amount,
    due_amount / nullif(missing, 0) AS due_times, open_projects, open_amount, unpriced, open_amount / nullif(missing, 0) AS open_times,
    owner
FROM known
ORDER BY metric
