-- name: reported_day
-- Common table: which batch brought a row of which day, or an earlier version of one: a correction is no second report.
reported_day AS (
    SELECT y.dataset, y.day, y.batch_id, b.is_sample, b.loaded_by, CAST(b.loaded_at AS DATE) AS loaded_on
    FROM (
        -- each dated column: SELECT '{ledger}' AS dataset, {day} AS day, batch_id FROM {table}
        UNION ALL
        -- each dated column: SELECT '{ledger}', {day}, batch_id FROM {undo_table}
    ) AS y
    JOIN batch AS b ON b.batch_id = y.batch_id
    WHERE y.day <= $as_of AND y.dataset IN (SELECT dataset FROM reporting_duty)
    GROUP BY y.dataset, y.day, y.batch_id, b.is_sample, b.loaded_by, CAST(b.loaded_at AS DATE)
)

-- name: duty_period
-- Common tables: the duties that have begun, and the periods of each that began in the last $reporting_days_back days;
-- what is reported as it happens has one without an end, in which nothing falls due. A period is due from whoever has the
-- duty when it ends: `units` tells how many these are.
duty AS (
    SELECT *,
        CAST(greatest(starts_on, CAST($as_of AS DATE) - CAST($reporting_days_back AS INTEGER)) AS DATE) AS begins_on,
        CAST(least(coalesce(ends_on, $as_of), $as_of) AS DATE) AS until_on
    FROM reporting_duty
    WHERE starts_on <= $as_of
),
begun_period AS (
    SELECT *, period_start AS period_end
    FROM (
        SELECT *, CAST(unnest(generate_series(begins_on, until_on, INTERVAL 1 DAY)) AS DATE) AS period_start
        FROM duty
        WHERE frequency = '日报'
    ) AS daily
    UNION ALL
    SELECT *, period_start + 6
    FROM (
        SELECT *,
            CAST(unnest(generate_series(date_trunc('week', begins_on), until_on, INTERVAL 7 DAY)) AS DATE)
                AS period_start
        FROM duty
        WHERE frequency = '周报'
    ) AS weekly
    UNION ALL
    SELECT *, last_day(period_start)
    FROM (
        SELECT *,
            CAST(unnest(generate_series(date_trunc('month', begins_on), until_on, INTERVAL 1 MONTH)) AS DATE)
                AS period_start
        FROM duty
        WHERE frequency = '月报'
    ) AS monthly
    UNION ALL
    SELECT *, CAST(NULL AS DATE), CAST(NULL AS DATE)
    FROM duty
    WHERE frequency = '即报'
),
duty_period AS (
    SELECT *,
        (
            SELECT count(*)
            FROM duty AS o
            WHERE o.dataset = p.dataset AND o.starts_on <= coalesce(p.period_end, $as_of)
                AND (o.ends_on IS NULL OR o.ends_on >= coalesce(p.period_end, $as_of))
        ) AS units
    FROM begun_period AS p
    WHERE ends_on IS NULL OR ends_on >= coalesce(period_end, $as_of)
)

-- name: report_state
-- Common tables: each duty and period with its first report, the first batch with a row dated in it that was loaded by
-- the day; what was loaded later came later. Of what is reported as it happens it is the last one.
-- include: reported_day
,
-- include: duty_period
,
candidate AS (
    SELECT
        p.dataset, p.unit, p.period_start, r.batch_id,
        CASE WHEN r.is_sample THEN max(r.day) ELSE r.loaded_on END AS reported_on
    FROM duty_period AS p
    JOIN reported_day AS r
        ON r.dataset = p.dataset AND r.day BETWEEN coalesce(p.period_start, p.starts_on) AND
            coalesce(p.period_end, p.until_on)
    WHERE p.units = 1 OR r.is_sample OR r.loaded_by IN (p.unit, p.person)
    GROUP BY p.dataset, p.unit, p.period_start, r.batch_id, r.is_sample, r.loaded_on
),
report AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY dataset, unit, period_start
            ORDER BY CASE WHEN period_start IS NOT NULL THEN reported_on END, reported_on DESC, batch_id
        ) AS place
    FROM candidate
    WHERE reported_on <= $as_of
),
later_report AS (
    SELECT dataset, unit, period_start, min(reported_on) AS came_later_on
    FROM candidate
    WHERE reported_on > $as_of
    GROUP BY dataset, unit, period_start
),
first_report AS (
    SELECT
        p.*, p.period_end + CAST(p.due_within AS INTEGER) AS due_on, r.reported_on, r.batch_id AS batch,
        CASE WHEN r.batch_id IS NULL THEN l.came_later_on END AS came_later_on
    FROM duty_period AS p
    LEFT JOIN report AS r
        ON r.dataset = p.dataset AND r.unit = p.unit AND r.period_start IS NOT DISTINCT FROM p.period_start
        AND r.place = 1
    LEFT JOIN later_report AS l
        ON l.dataset = p.dataset AND l.unit = p.unit AND l.period_start IS NOT DISTINCT FROM p.period_start
),
report_state AS (
    SELECT
        dataset, unit, person, frequency, period_start, period_end, CAST(due_on AS DATE) AS due_on, reported_on, batch,
        came_later_on,
        CASE
            WHEN reported_on > due_on THEN '迟报'
            WHEN reported_on IS NOT NULL THEN '已报'
            WHEN due_on < $as_of THEN '未报'
            ELSE '未到期'
        END AS report_state
    FROM first_report
)

-- name: reporting_status
-- Each duty and period with its report and whether it came in time; outstanding are those at the end of the periods that
-- fell due which have not come at all, up to the last one.
WITH
-- include: report_state
SELECT
    *,
    coalesce(due_on < $as_of, false) AND bool_and(
        due_on IS NULL OR due_on >= $as_of OR (report_state = '未报' AND came_later_on IS NULL)
    ) OVER (
        PARTITION BY dataset, unit ORDER BY due_on ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS is_outstanding
FROM report_state
ORDER BY dataset, unit, period_start

-- name: reporting_by_unit
-- The reports that fell due in the month of the day and by the day, unit by unit, those who miss most first.
WITH
-- include: report_state
SELECT
    unit, count(*) AS due, count(CASE WHEN report_state = '已报' THEN 1 END) AS in_time,
    count(CASE WHEN report_state = '迟报' THEN 1 END) AS late, count(CASE WHEN report_state = '未报' THEN 1 END) AS missing,
    CAST(date_trunc('month', CAST($as_of AS DATE)) AS DATE) AS period_from, CAST($as_of AS DATE) AS period_to
FROM report_state
WHERE due_on BETWEEN date_trunc('month', CAST($as_of AS DATE)) AND $as_of AND report_state <> '未到期'
GROUP BY unit
ORDER BY missing DESC, late DESC, unit
