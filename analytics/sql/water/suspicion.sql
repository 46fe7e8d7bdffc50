-- name: suspect
-- Common table: readings that are possible and yet hard to believe, one row for each reason, with what they are held
-- against (a number of readings, or a value). They stay in every class and mean. Equal values running do not count
-- where they are the lowest of the section, which mostly is a detection limit without its sign.
-- include: classed_item
,
reading_until AS (
    SELECT section_id, sampled_at, parameter, value, qualifier
    FROM reading
    WHERE sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
),
usual AS (
    SELECT section_id, parameter, median(value) AS value, min(value) AS lowest
    FROM reading_until
    WHERE parameter = 'TN' OR parameter IN (SELECT parameter FROM classed_item)
    GROUP BY section_id, parameter
),
stepped AS (
    SELECT
        *, CASE WHEN lag(value) OVER series = value AND lag(qualifier) OVER series IS NULL THEN 0 ELSE 1 END AS is_new
    FROM reading_until
    WHERE parameter = 'TN' OR parameter IN (SELECT parameter FROM classed_item)
    WINDOW series AS (PARTITION BY section_id, parameter ORDER BY sampled_at)
),
numbered AS (
    SELECT *, sum(is_new) OVER (PARTITION BY section_id, parameter ORDER BY sampled_at) AS run
    FROM stepped
    WHERE qualifier IS NULL
),
stuck AS (
    SELECT n.section_id, n.parameter, n.run, count(*) AS times
    FROM numbered n
    JOIN usual u ON u.section_id = n.section_id AND u.parameter = n.parameter
    WHERE n.value > u.lowest OR n.parameter IN (SELECT parameter FROM classed_item WHERE has_low)
    GROUP BY n.section_id, n.parameter, n.run
    HAVING count(*) >= $stuck_readings
),
nitrogen AS (
    SELECT section_id, sampled_at, value FROM reading_until
    WHERE parameter = 'TN' AND coalesce(qualifier, '<') = '<'
),
logged AS (
    SELECT section_id, sampled_at, parameter, value, ln(value) AS log_value
    FROM reading_until
    WHERE value > 0 AND coalesce(qualifier, '>') = '>'
        AND (parameter = 'TN' OR parameter IN (SELECT parameter FROM classed_item WHERE NOT has_low))
),
middle AS (
    SELECT section_id, parameter, median(log_value) AS middle
    FROM logged
    GROUP BY section_id, parameter
    HAVING count(*) >= $outlier_values
),
spread AS (
    SELECT m.section_id, m.parameter, m.middle, median(abs(l.log_value - m.middle)) AS spread
    FROM middle m
    JOIN logged l ON l.section_id = m.section_id AND l.parameter = m.parameter
    GROUP BY m.section_id, m.parameter, m.middle
),
height AS (
    SELECT l.*, s.middle, l.log_value - s.middle > greatest(ln($outlier_ratio), $outlier_spread * s.spread) AS is_high
    FROM logged l
    JOIN spread s ON s.section_id = l.section_id AND s.parameter = l.parameter
),
neighbour AS (
    SELECT
        *, lag(is_high) OVER series AS was_high, lead(is_high) OVER series AS stays_high
    FROM height
    WINDOW series AS (PARTITION BY section_id, parameter ORDER BY sampled_at)
),
suspect AS (
    SELECT n.section_id, n.sampled_at, n.parameter, n.value, '连续相同' AS suspicion, CAST(s.times AS DOUBLE) AS against
    FROM numbered n
    JOIN stuck s ON s.section_id = n.section_id AND s.parameter = n.parameter AND s.run = n.run
    UNION ALL
    SELECT r.section_id, r.sampled_at, r.parameter, r.value, '氨氮大于总氮', n.value
    FROM reading_until r
    JOIN nitrogen n ON n.section_id = r.section_id AND n.sampled_at = r.sampled_at
    WHERE r.parameter = 'NH3N' AND coalesce(r.qualifier, '>') = '>' AND r.value > n.value
    UNION ALL
    SELECT r.section_id, r.sampled_at, r.parameter, r.value, '总磷大于总氮', n.value
    FROM reading_until r
    JOIN nitrogen n ON n.section_id = r.section_id AND n.sampled_at = r.sampled_at
    WHERE r.parameter = 'TP' AND coalesce(r.qualifier, '>') = '>' AND r.value > n.value * $phosphorus_nitrogen
    UNION ALL
    SELECT section_id, sampled_at, parameter, value, '溶解氧过高', $oxygen_highest
    FROM reading_until
    WHERE parameter = 'DO' AND coalesce(qualifier, '>') = '>' AND value > $oxygen_highest
    UNION ALL
    SELECT r.section_id, r.sampled_at, r.parameter, r.value, '疑似单位错', u.value
    FROM reading_until r
    JOIN usual u ON u.section_id = r.section_id AND u.parameter = r.parameter
    WHERE r.parameter <> 'PH' AND r.qualifier IS NULL AND u.value > 0
        AND (r.value >= u.value * $unit_slip OR (r.value > 0 AND r.value * $unit_slip <= u.value))
    UNION ALL
    SELECT section_id, sampled_at, parameter, value, '单个偏高', exp(middle)
    FROM neighbour
    WHERE is_high AND NOT coalesce(was_high, false) AND NOT coalesce(stays_high, false)
        AND value < exp(middle) * $unit_slip
)

-- name: suspicious_readings
-- Readings that are possible and yet hard to believe, newest first, each with its reason.
WITH
-- include: suspect
SELECT
    s.name AS section, r.name AS river, x.sampled_at, x.parameter, x.value, x.suspicion, x.against, x.section_id
FROM suspect x
JOIN section s ON s.section_id = x.section_id
LEFT JOIN river r ON r.river_id = s.river_id
ORDER BY x.sampled_at DESC, section, x.parameter, x.suspicion, x.section_id
