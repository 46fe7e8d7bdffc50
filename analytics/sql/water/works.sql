-- name: work_state
-- Common tables: what each work has done, and should have done by the day of its last report: between two reports nothing
-- is known, so the plan does not run on. A work that is done is held against the plan on the day of the last report of any
-- work, one that never reported against that on the day itself. The plan runs straight between its dates.
-- Quantity, dates, budget and curve are those that hold on the day.
-- include: work_in_force
,
-- include: plan_in_force
,
node AS (
    SELECT work_id, on_date, planned FROM plan_in_force
    UNION ALL
    SELECT w.work_id, w.start_on, 0 FROM work_in_force w
    WHERE NOT EXISTS (SELECT 1 FROM plan_in_force p WHERE p.work_id = w.work_id AND p.on_date <= w.start_on)
    UNION ALL
    SELECT w.work_id, w.end_on, w.quantity FROM work_in_force w
    WHERE NOT EXISTS (SELECT 1 FROM plan_in_force p WHERE p.work_id = w.work_id AND p.on_date >= w.end_on)
),
newest AS (
    SELECT work_id, max(on_date) AS reported_on FROM work_progress WHERE on_date <= $as_of GROUP BY work_id
),
reported AS (
    SELECT
        w.work_id, n.reported_on, p.done, p.cost, coalesce(p.done >= w.quantity, false) AS is_done,
        CASE
            WHEN p.done >= w.quantity THEN (SELECT max(reported_on) FROM newest)
            ELSE coalesce(n.reported_on, CAST($as_of AS DATE))
        END AS judged_on
    FROM work_in_force w
    LEFT JOIN newest n ON n.work_id = w.work_id
    LEFT JOIN work_progress p ON p.work_id = n.work_id AND p.on_date = n.reported_on
),
around AS (
    SELECT
        n.work_id, r.judged_on, max(CASE WHEN n.on_date <= r.judged_on THEN n.on_date END) AS from_date,
        min(CASE WHEN n.on_date > r.judged_on THEN n.on_date END) AS to_date
    FROM node n
    JOIN reported r ON r.work_id = n.work_id
    GROUP BY n.work_id, r.judged_on
),
due AS (
    SELECT
        a.work_id,
        CASE
            WHEN a.from_date IS NULL THEN 0
            WHEN a.to_date IS NULL THEN f.planned
            ELSE f.planned + (t.planned - f.planned)
                * date_diff('day', a.from_date, a.judged_on) / date_diff('day', a.from_date, a.to_date)
        END AS planned
    FROM around a
    LEFT JOIN (SELECT work_id, on_date, max(planned) AS planned FROM node GROUP BY work_id, on_date) f
        ON f.work_id = a.work_id AND f.on_date = a.from_date
    LEFT JOIN (SELECT work_id, on_date, max(planned) AS planned FROM node GROUP BY work_id, on_date) t
        ON t.work_id = a.work_id AND t.on_date = a.to_date
),
work_state AS (
    SELECT
        w.work_id, w.name AS work, w.river_id, r.name AS river, w.kind, w.owner, w.quantity_unit, w.quantity,
        w.start_on, w.end_on, w.budget, p.done, p.cost, d.planned, p.reported_on, p.judged_on, p.is_done,
        coalesce(p.done IS NULL AND w.start_on <= $as_of, false) AS is_unreported,
        coalesce(NOT p.is_done AND w.start_on <= $as_of
            AND date_diff('day', coalesce(p.reported_on, w.start_on), CAST($as_of AS DATE)) > $report_days, false)
            AS is_waiting,
        100.0 * p.done / nullif(w.quantity, 0) AS rate, 100.0 * d.planned / nullif(w.quantity, 0) AS planned_rate,
        100.0 * p.cost / nullif(w.budget, 0) AS money_rate
    FROM work_in_force w
    LEFT JOIN river r ON r.river_id = w.river_id
    LEFT JOIN due d ON d.work_id = w.work_id
    LEFT JOIN reported p ON p.work_id = w.work_id
)

-- name: dredging_progress
-- Dredged quantity of each river over its planned quantity: sums over works, never a mean of percentages.
-- A river of which nothing was reported has no rate; works that should have begun and never reported are counted.
-- Money is held against the quantity of the same works: those with a budget and a cost. The day on which it is judged is
-- the earliest last report of its open works; it waits for reports when all of these are overdue.
WITH
-- include: work_state
SELECT
    river, sum(done) AS done, sum(quantity) AS quantity, sum(planned) AS planned,
    100.0 * sum(done) / nullif(sum(quantity), 0) AS rate,
    100.0 * sum(planned) / nullif(sum(quantity), 0) AS planned_rate,
    100.0 * (sum(done) - sum(planned)) / nullif(sum(quantity), 0) AS gap,
    sum(done) / nullif(sum(planned), 0) AS spi, sum(CASE WHEN money_rate IS NOT NULL THEN cost END) AS cost,
    sum(CASE WHEN money_rate IS NOT NULL THEN budget END) AS budget,
    100.0 * sum(CASE WHEN money_rate IS NOT NULL THEN cost END)
        / nullif(sum(CASE WHEN money_rate IS NOT NULL THEN budget END), 0) AS money_rate,
    100.0 * sum(CASE WHEN money_rate IS NOT NULL THEN cost END)
        / nullif(sum(CASE WHEN money_rate IS NOT NULL THEN budget END), 0)
        - 100.0 * sum(CASE WHEN money_rate IS NOT NULL THEN done END)
        / nullif(sum(CASE WHEN money_rate IS NOT NULL THEN quantity END), 0) AS money_gap,
    count(CASE WHEN is_unreported THEN 1 END) AS unreported, max(reported_on) AS reported_on,
    coalesce(min(CASE WHEN NOT is_done AND NOT is_waiting THEN reported_on END), max(judged_on)) AS judged_on,
    count(CASE WHEN is_waiting THEN 1 END) > 0
        AND count(CASE WHEN NOT is_done AND NOT is_waiting THEN reported_on END) = 0 AS is_waiting,
    quantity_unit, river_id
FROM work_state
WHERE kind = '清淤'
GROUP BY river, river_id, quantity_unit
ORDER BY gap NULLS LAST, river

-- name: works_progress
-- Each work: done, planned to date and in all, money beside quantity; a work that never reported has no rate.
WITH
-- include: work_state
SELECT
    work, river, kind, done, quantity, planned, rate, planned_rate, rate - planned_rate AS gap,
    done / nullif(planned, 0) AS spi, quantity_unit, cost, budget, money_rate, money_rate - rate AS money_gap,
    money_rate - rate >= $money_ahead AS is_money_ahead, start_on, end_on,
    date_diff('day', CAST($as_of AS DATE), end_on) AS days_left, owner, reported_on, judged_on, is_unreported, is_waiting,
    work_id, river_id
FROM work_state
ORDER BY gap NULLS LAST, work

-- name: work_curve
-- The dates of each work's plan and those of its reports up to the day, with what was planned or done by then.
WITH
-- include: work_state
,
dated AS (
    SELECT work_id, on_date, planned, CAST(NULL AS DOUBLE) AS done, CAST(NULL AS DOUBLE) AS cost FROM node
    UNION ALL
    SELECT work_id, on_date, NULL, done, cost FROM work_progress WHERE on_date <= $as_of
)
SELECT
    s.work, s.river, s.kind, d.on_date AS day, d.planned, d.done, d.cost, s.quantity, s.quantity_unit, s.budget,
    s.end_on, s.work_id, s.river_id
FROM dated d
JOIN work_state s ON s.work_id = d.work_id
ORDER BY s.work, s.work_id, day

-- name: work_forecast
-- The reports of each work up to the day, for a forecast of its finish; a work that never reported has one empty row.
WITH
-- include: work_in_force
SELECT
    w.name AS work, r.name AS river, w.kind, w.quantity, w.quantity_unit, w.end_on, p.on_date AS day, p.done, w.work_id
FROM work_in_force w
LEFT JOIN river r ON r.river_id = w.river_id
LEFT JOIN work_progress p ON p.work_id = w.work_id AND p.on_date <= $as_of
ORDER BY w.name, w.work_id, day

-- name: work_reports
-- What one work reported up to the day, the newest first, with the photos that were named.
SELECT on_date AS day, done, cost, photo_before, photo_after, note
FROM work_progress
WHERE work_id = $work_id AND on_date <= $as_of
ORDER BY day DESC
