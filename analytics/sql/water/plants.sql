-- name: plant_connection
-- Households connected to each micro plant over those to be connected.
SELECT
    p.name AS plant, v.name AS village, p.capacity, p.households_connected, p.households_design,
    100.0 * p.households_connected / nullif(p.households_design, 0) AS rate, p.is_running, p.commissioned_on,
    p.plant_id
FROM plant p
LEFT JOIN village v ON v.village_id = p.village_id
WHERE p.commissioned_on IS NULL OR p.commissioned_on <= $as_of
ORDER BY rate NULLS FIRST, plant

-- name: plant_period
-- Common table: the plants that had begun by the day, and the months before it since each began.
plant_period AS (
    SELECT
        p.plant_id, p.name AS plant, v.name AS village, p.capacity, p.discharge_standard,
        greatest(
            CAST(CAST($as_of AS DATE) - to_months(CAST($plant_months AS INTEGER)) + INTERVAL 1 DAY AS DATE),
            coalesce(p.commissioned_on, DATE '1900-01-01')
        ) AS period_from,
        CAST($as_of AS DATE) AS period_to
    FROM plant p
    LEFT JOIN village v ON v.village_id = p.village_id
    WHERE p.commissioned_on IS NULL OR p.commissioned_on <= $as_of
)

-- name: plant_day
-- Common tables: the days that plants reported, and those of them that lie in the period of each. `plant_period` in.
-- A day worked when the plant ran as normal and neither its hours nor its inflow are known to be 0.
reported AS (
    SELECT
        *,
        run_state = '正常' AND coalesce(run_hours, 1) > 0 AND coalesce(inflow, 1) > 0 AS has_worked
    FROM plant_daily
    WHERE on_date <= $as_of
),
plant_day AS (
    SELECT d.*
    FROM reported d
    JOIN plant_period p ON p.plant_id = d.plant_id AND d.on_date >= p.period_from
)

-- name: plant_load
-- Mean inflow of the days with an inflow over the capacity, in the period, and how it stands to the presets.
WITH
-- include: plant_period
,
-- include: plant_day
,
flow AS (
    SELECT plant_id, avg(inflow) AS inflow_mean, count(*) AS inflow_days, sum(inflow) AS inflow
    FROM plant_day
    WHERE inflow > 0
    GROUP BY plant_id
),
load AS (
    SELECT p.*, f.inflow_mean, f.inflow_days, f.inflow, 100.0 * f.inflow_mean / nullif(p.capacity, 0) AS load_rate
    FROM plant_period p
    LEFT JOIN flow f ON f.plant_id = p.plant_id
)
SELECT
    plant, village, inflow_mean, capacity, load_rate,
    CASE
        WHEN load_rate IS NULL THEN '无数据'
        WHEN load_rate < $plant_load_low THEN '负荷偏低'
        WHEN load_rate > $plant_load_high THEN '超负荷'
        ELSE '负荷正常'
    END AS load_level,
    coalesce(inflow_days, 0) AS inflow_days, CASE WHEN capacity > 0 THEN inflow END AS inflow,
    CASE WHEN inflow IS NOT NULL THEN capacity * inflow_days END AS capacity_days, period_from, period_to, plant_id
FROM load
ORDER BY load_rate NULLS FIRST, plant

-- name: plant_run
-- Days worked over days reported in the period, days not reported apart; what stands still now, and since when.
-- A plant stands still since the first day reported after the last one on which it worked.
WITH
-- include: plant_period
,
-- include: plant_day
,
counted AS (
    SELECT
        plant_id, count(*) AS days_reported, count(CASE WHEN has_worked THEN 1 END) AS days_worked,
        count(CASE WHEN run_state = '停运' THEN 1 END) AS days_stopped,
        count(CASE WHEN run_state = '检修' THEN 1 END) AS days_repair,
        count(CASE WHEN run_state = '故障' THEN 1 END) AS days_broken
    FROM plant_day
    GROUP BY plant_id
),
last_day AS (
    SELECT plant_id, max(on_date) AS reported_on, max(CASE WHEN has_worked THEN on_date END) AS worked_on
    FROM reported
    GROUP BY plant_id
),
standstill AS (
    SELECT l.plant_id, min(d.on_date) AS idle_since
    FROM last_day l
    JOIN reported d ON d.plant_id = l.plant_id AND (l.worked_on IS NULL OR d.on_date > l.worked_on)
    GROUP BY l.plant_id
)
SELECT
    p.plant, p.village, coalesce(n.run_state, '无数据') AS run_state, s.idle_since,
    date_diff('day', s.idle_since, l.reported_on) + 1 AS idle_days, n.note, l.reported_on,
    coalesce(date_diff('day', l.reported_on, p.period_to) > $plant_silent, true) AS is_silent,
    coalesce(c.days_worked, 0) AS days_worked, coalesce(c.days_reported, 0) AS days_reported,
    100.0 * c.days_worked / c.days_reported AS run_rate, coalesce(c.days_stopped, 0) AS days_stopped,
    coalesce(c.days_repair, 0) AS days_repair, coalesce(c.days_broken, 0) AS days_broken,
    date_diff('day', p.period_from, p.period_to) + 1 - coalesce(c.days_reported, 0) AS days_unreported,
    p.period_from, p.period_to, p.plant_id
FROM plant_period p
LEFT JOIN counted c ON c.plant_id = p.plant_id
LEFT JOIN last_day l ON l.plant_id = p.plant_id
LEFT JOIN reported n ON n.plant_id = l.plant_id AND n.on_date = l.reported_on
LEFT JOIN standstill s ON s.plant_id = p.plant_id
ORDER BY s.idle_since NULLS LAST, run_rate NULLS FIRST, p.plant

-- name: plant_energy
-- Electricity for each m³, of the days with an inflow whose electricity is known; what was used on other days is apart.
WITH
-- include: plant_period
,
-- include: plant_day
,
used AS (
    SELECT
        plant_id, sum(CASE WHEN inflow > 0 THEN power END) AS power,
        sum(CASE WHEN inflow > 0 AND power IS NOT NULL THEN inflow END) AS inflow,
        count(CASE WHEN inflow > 0 AND power IS NOT NULL THEN 1 END) AS energy_days,
        sum(CASE WHEN coalesce(inflow, 0) = 0 THEN power END) AS idle_power
    FROM plant_day
    GROUP BY plant_id
)
SELECT
    p.plant, p.village, u.power / nullif(u.inflow, 0) AS energy, u.power, u.inflow,
    coalesce(u.energy_days, 0) AS energy_days, u.idle_power, p.period_from, p.period_to, p.plant_id
FROM plant_period p
LEFT JOIN used u ON u.plant_id = p.plant_id
ORDER BY energy DESC NULLS LAST, p.plant

-- name: effluent
-- Every result of the effluent of each plant in the period; a plant without any has one empty row.
WITH
-- include: plant_period
SELECT
    p.plant, p.village, p.discharge_standard, s.sampled_at, s.parameter, s.value, s.qualifier, p.period_from,
    p.period_to, p.plant_id
FROM plant_period p
LEFT JOIN plant_sample s
    ON s.plant_id = p.plant_id AND s.point = '出水' AND s.sampled_at >= p.period_from
    AND s.sampled_at < p.period_to + INTERVAL 1 DAY AND (s.qualifier IS NULL OR s.value <> 0 OR s.parameter = 'WT')
ORDER BY p.plant, p.plant_id, s.sampled_at, s.parameter

-- name: plant_removal
-- What each plant took out of the water: each month's inflow times the difference of the samples of that month that
-- were taken of inflow and effluent on one day. Months with an inflow but no such pair count nothing, and are told.
WITH
-- include: plant_period
,
-- include: plant_day
,
bounded AS (
    SELECT
        plant_id, parameter, CAST(sampled_at AS DATE) AS day, point,
        -- include: value_bounds
    FROM plant_sample
    WHERE parameter NOT IN ('WT', 'PH', 'FC') AND (qualifier IS NULL OR (qualifier <> '>' AND value <> 0))
),
sampled AS (
    SELECT
        s.plant_id, s.parameter, s.day, s.point,
        -- include: mean_bounds
    FROM bounded s
    JOIN plant_period p ON p.plant_id = s.plant_id AND s.day BETWEEN p.period_from AND p.period_to
    GROUP BY s.plant_id, s.parameter, s.day, s.point
),
pair AS (
    SELECT
        i.plant_id, i.parameter, CAST(date_trunc('month', i.day) AS DATE) AS month, count(*) AS pairs,
        sum(CAST(i.least - o.least AS DECIMAL(38, 10))) AS taken, sum(CAST(i.value AS DECIMAL(38, 10))) AS total_in,
        sum(CAST(o.value AS DECIMAL(38, 10))) AS total_out
    FROM sampled i
    JOIN sampled o
        ON o.plant_id = i.plant_id AND o.parameter = i.parameter AND o.day = i.day AND o.point = '出水'
    WHERE i.point = '进水'
    GROUP BY i.plant_id, i.parameter, date_trunc('month', i.day)
),
flow AS (
    SELECT plant_id, CAST(date_trunc('month', on_date) AS DATE) AS month, sum(inflow) AS inflow
    FROM plant_day
    WHERE inflow > 0
    GROUP BY plant_id, date_trunc('month', on_date)
),
whole AS (
    SELECT plant_id, sum(inflow) AS inflow FROM flow GROUP BY plant_id
)
SELECT
    p.plant, p.village, q.parameter, 100.0 * sum(q.total_in - q.total_out) / nullif(sum(q.total_in), 0)
        AS removal_rate,
    sum(f.inflow * CAST(q.taken AS DOUBLE) / q.pairs) / 1000 AS removed, sum(q.total_in) / sum(q.pairs) AS inflow_mg,
    sum(q.total_out) / sum(q.pairs) AS effluent_mg, CAST(sum(q.pairs) AS BIGINT) AS pairs,
    sum(f.inflow) AS inflow_paired, w.inflow, p.period_from, p.period_to, p.plant_id
FROM plant_period p
JOIN pair q ON q.plant_id = p.plant_id
LEFT JOIN flow f ON f.plant_id = q.plant_id AND f.month = q.month
LEFT JOIN whole w ON w.plant_id = p.plant_id
GROUP BY p.plant, p.village, q.parameter, w.inflow, p.period_from, p.period_to, p.plant_id
ORDER BY p.plant, p.plant_id, q.parameter

-- name: plant_days
-- How one plant ran on each day of the period that it reported.
WITH
-- include: plant_period
,
-- include: plant_day
SELECT d.on_date AS day, d.run_state, d.inflow, d.run_hours, d.power, d.note, p.capacity, p.period_from, p.period_to
FROM plant_period p
JOIN plant_day d ON d.plant_id = p.plant_id
WHERE p.plant_id = $plant_id
ORDER BY day
