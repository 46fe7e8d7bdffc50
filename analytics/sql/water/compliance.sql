-- name: standing
-- Common table: every registered section in every month in which anything was measured anywhere, with its class or
-- without. `ranked` in.
standing AS (
    SELECT
        w.section_id, w.river_id, w.river, w.target_class, m.period AS month, g.class_rank, g.is_met, g.items_lacking
    FROM section_water w
    JOIN (SELECT DISTINCT period FROM ranked) m ON m.period BETWEEN w.valid_from AND w.valid_to
    LEFT JOIN ranked g ON g.section_id = w.section_id AND g.period = m.period
)

-- name: target_met
-- Sections that keep their target over those that were judged by it, month by month, of each river and of all.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
-- include: standing
SELECT
    river, grouping(river_id) = 1 AS is_total, month,
    count(CASE WHEN is_met THEN 1 END) AS met, count(is_met) AS evaluated,
    100.0 * count(CASE WHEN is_met THEN 1 END) / nullif(count(is_met), 0) AS met_share,
    count(CASE WHEN class_rank IS NOT NULL AND is_met IS NULL THEN 1 END) AS no_target,
    count(*) - count(class_rank) AS no_data, count(CASE WHEN is_met IS NOT NULL THEN items_lacking END) AS few_items,
    count(*) AS sections, river_id
FROM standing
GROUP BY GROUPING SETS ((month), (month, river_id, river))
HAVING grouping(river_id) = 1 OR river_id IS NOT NULL
ORDER BY month, grouping(river_id) DESC, met_share NULLS LAST, river

-- name: class_shares
-- Sections of class Ⅰ–Ⅲ and worse than Ⅴ over those with a class, month by month, of each river and of all.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
-- include: standing
SELECT
    river, grouping(river_id) = 1 AS is_total, month,
    count(CASE WHEN class_rank <= 3 THEN 1 END) AS good, count(CASE WHEN class_rank = 6 THEN 1 END) AS bad,
    count(class_rank) AS classed,
    100.0 * count(CASE WHEN class_rank <= 3 THEN 1 END) / nullif(count(class_rank), 0) AS good_share,
    100.0 * count(CASE WHEN class_rank = 6 THEN 1 END) / nullif(count(class_rank), 0) AS bad_share,
    count(*) - count(class_rank) AS no_data, river_id
FROM standing
GROUP BY GROUPING SETS ((month), (month, river_id, river))
HAVING grouping(river_id) = 1 OR river_id IS NOT NULL
ORDER BY month, grouping(river_id) DESC, good_share NULLS LAST, river

-- name: data_completeness
-- Of the newest months that are over, or in which a section was already sampled, those in which it was sampled; from
-- the month of its first reading on. A section that was never sampled has no rate.
WITH
-- include: section_in_force
,
sampled AS (
    SELECT section_id, CAST(date_trunc('month', sampled_at) AS DATE) AS month, max(sampled_at) AS last_at
    FROM reading
    WHERE sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
    GROUP BY section_id, CAST(date_trunc('month', sampled_at) AS DATE)
),
today AS (
    SELECT
        CAST(date_trunc('month', CAST($as_of AS DATE)) AS DATE) AS month,
        CAST(date_trunc('month', CAST($as_of AS DATE) + INTERVAL 1 DAY) AS DATE) > CAST($as_of AS DATE) AS is_over
),
span AS (
    SELECT
        s.section_id, min(s.month) AS began, CAST(max(s.last_at) AS DATE) AS newest,
        CASE WHEN bool_or(s.month = t.month) OR bool_or(t.is_over) THEN max(t.month)
            ELSE CAST(max(t.month) - INTERVAL 1 MONTH AS DATE) END AS ends
    FROM sampled s
    CROSS JOIN today t
    GROUP BY s.section_id
),
due AS (
    SELECT
        *, greatest(began, CAST(ends - to_months(CAST($completeness_months AS INTEGER) - 1) AS DATE)) AS begins
    FROM span
),
counted AS (
    SELECT
        d.section_id, d.newest, d.ends, date_diff('month', d.begins, d.ends) + 1 AS months_due,
        count(s.month) AS months
    FROM due d
    LEFT JOIN sampled s ON s.section_id = d.section_id AND s.month BETWEEN d.begins AND d.ends
    GROUP BY d.section_id, d.newest, d.begins, d.ends
)
SELECT
    x.name AS section, r.name AS river, c.months, c.months_due, 100.0 * c.months / c.months_due AS measured_share,
    c.newest, date_diff('day', c.newest, CAST($as_of AS DATE)) AS days_silent, x.section_id, x.river_id
FROM section_in_force x
LEFT JOIN river r ON r.river_id = x.river_id
LEFT JOIN counted c ON c.section_id = x.section_id
WHERE coalesce(CAST($as_of AS DATE), DATE 'infinity') BETWEEN x.valid_from AND x.valid_to
ORDER BY measured_share NULLS FIRST, days_silent DESC, section, x.section_id

-- name: section_means
-- The monthly means of one section's items with the limits of its target class, or of Ⅲ where it has no target.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
SELECT
    w.section, w.river, m.parameter, m.period AS month, m.value, m.detection, m.beyond, m.samples,
    l.low AS limit_low, l.high AS limit_high,
    CASE WHEN l.parameter IS NOT NULL THEN c.class END AS limit_class,
    coalesce(k.is_broken OR (k.is_over AND i.class_rank IS NOT NULL), false) AS is_over, m.section_id
FROM measured m
JOIN section_water w ON w.section_id = m.section_id AND m.period BETWEEN w.valid_from AND w.valid_to
LEFT JOIN valid_limit v ON v.section_id = m.section_id AND v.period = m.period AND v.parameter = m.parameter
LEFT JOIN class_name c ON c.class = coalesce(w.target_class, 'Ⅲ')
LEFT JOIN standard_limit l
    ON l.parameter = m.parameter AND l.water = w.water AND l.effective_from = v.effective_from
    AND l.class_rank = c.class_rank
LEFT JOIN kept k
    ON k.section_id = m.section_id AND k.period = m.period AND k.parameter = m.parameter AND k.class_rank = c.class_rank
LEFT JOIN item_rank i ON i.section_id = m.section_id AND i.period = m.period AND i.parameter = m.parameter
WHERE m.section_id = $section_id
ORDER BY m.parameter, month

-- name: compared_class
-- Common tables: the samples whose file bears a class, with that class and ours; what it calls 未评价 bears none.
printed AS (
    SELECT section_id, sampled_at, max(printed_class) AS printed_class
    FROM reading
    WHERE printed_class <> '未评价' AND sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
    GROUP BY section_id, sampled_at
),
measured AS (
    SELECT m.*
    FROM (
        WITH
        -- include: samples
        SELECT * FROM measured
    ) m
    JOIN printed p ON p.section_id = m.section_id AND p.sampled_at = m.period
),
-- include: kinds
,
-- include: grading
,
compared AS (
    SELECT r.*, p.sampled_at, p.printed_class, coalesce(r.class = p.printed_class, false) AS is_same
    FROM ranked r
    JOIN printed p ON p.section_id = r.section_id AND p.sampled_at = r.period
)

-- name: class_agreement
-- Samples whose printed class is ours over the samples with a printed class, of each section.
WITH
-- include: compared_class
SELECT
    section, river, count(CASE WHEN is_same THEN 1 END) AS agreed, count(*) AS samples,
    100.0 * count(CASE WHEN is_same THEN 1 END) / count(*) AS agreed_share, section_id
FROM compared
GROUP BY section, river, section_id
ORDER BY agreed_share, section, section_id

-- name: class_difference
-- The samples whose printed class is not ours, the newest first.
WITH
-- include: compared_class
SELECT section, river, sampled_at, printed_class, class, items, worst, unjudged, section_id
FROM compared
WHERE NOT is_same
ORDER BY sampled_at DESC, section, section_id

-- name: section_samples
-- The class of each of the newest 1,000 samples of one section, newest first, as sample_class has it for all; `total`
-- is how many samples there are of it in all.
WITH taken AS (
    SELECT DISTINCT sampled_at AS period
    FROM reading
    WHERE section_id = $section_id AND sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
),
measured AS (
    SELECT *
    FROM (
        WITH
        -- include: samples
        SELECT * FROM measured
    ) AS every_sample
    WHERE section_id = $section_id AND period IN (SELECT period FROM taken ORDER BY period DESC LIMIT 1000)
),
-- include: kinds
,
-- include: grading
SELECT
    section, period AS sampled_at, class, items, worst, unjudged, items_lacking, section_id,
    (SELECT count(*) FROM taken) AS total
FROM ranked
ORDER BY sampled_at DESC
