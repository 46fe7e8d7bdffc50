-- name: value_bounds
-- Columns: what is known of a value: it lies between `least` and `most` (none: no bound), and means reckon with `estimate`,
-- half of a detection limit; a pH has no half.
    CASE WHEN qualifier = '<' AND parameter <> 'PH' THEN value / 2 ELSE value END AS estimate,
    CASE WHEN qualifier = '<' THEN 0 ELSE value END AS least, CASE WHEN qualifier = '>' THEN NULL ELSE value END AS most

-- name: mean_bounds
-- Columns: the mean of the `estimate`s as `value`, and of the bounds, of one `parameter`: sums of decimals, so that 0.2
-- three times is 0.2, rounded to twelve places; pH through the mean of H+. Means of means are rounded to ten before they
-- are compared, far below the last place of any measurement.
    CASE WHEN parameter = 'PH' THEN round(-log10(avg(CASE WHEN parameter = 'PH' THEN power(10, -estimate) END)), 12)
        ELSE round(CAST(sum(CAST(estimate AS DECIMAL(38, 12))) AS DOUBLE) / count(*), 12) END AS value,
    CASE WHEN parameter = 'PH' THEN round(-log10(avg(CASE WHEN parameter = 'PH' THEN power(10, -least) END)), 12)
        ELSE round(CAST(sum(CAST(least AS DECIMAL(38, 12))) AS DOUBLE) / count(*), 12) END AS least,
    CASE WHEN count(most) < count(*) THEN NULL
        WHEN parameter = 'PH' THEN round(-log10(avg(CASE WHEN parameter = 'PH' THEN power(10, -most) END)), 12)
        ELSE round(CAST(sum(CAST(most AS DECIMAL(38, 12))) AS DOUBLE) / count(*), 12) END AS most

-- name: valid_reading
-- Common table: the readings up to the day and their bounds. A limit of 0 bounds nothing, but for what may be below 0.
valid_reading AS (
    SELECT
        section_id, sampled_at, parameter, value, qualifier,
        -- include: value_bounds
    FROM reading
    WHERE sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
        AND (qualifier IS NULL OR value <> 0 OR parameter IN ('ORP', 'WT'))
)

-- name: samples
-- Common table: the items of each sample, with their bounds.
-- include: valid_reading
,
measured AS (
    SELECT
        section_id, sampled_at AS period, CAST(sampled_at AS DATE) AS sampled_on, parameter, value, least, most,
        false AS is_estimated
    FROM valid_reading
)

-- name: monthly
-- Common table: the mean of each item in each month with its bounds. A month without any detection lies between 0 and its
-- largest limit, `detection`; one with a value above a range has no upper bound, and `beyond` is the lowest such value.
-- include: valid_reading
,
averaged AS (
    SELECT
        section_id, CAST(date_trunc('month', sampled_at) AS DATE) AS period,
        CAST(max(sampled_at) AS DATE) AS sampled_on, parameter, count(*) AS samples,
        CASE WHEN bool_and(coalesce(qualifier = '<', false)) THEN max(value) END AS detection,
        min(CASE WHEN qualifier = '>' THEN value END) AS beyond,
        -- include: mean_bounds
    FROM valid_reading
    GROUP BY section_id, CAST(date_trunc('month', sampled_at) AS DATE), parameter
),
measured AS (
    SELECT
        section_id, period, sampled_on, parameter, value, samples, detection, beyond,
        CASE WHEN detection IS NULL THEN least ELSE 0 END AS least, coalesce(detection, most) AS most,
        detection IS NULL AND beyond IS NULL AS is_estimated
    FROM averaged
)
