-- name: village_signing
-- Common tables: `project_on_day`, each project whose signing has begun on a `ranking_day`, which the query gives, and
-- whether it counts: it runs in the year of that day, or was late when the year began; `village_project`, the households
-- of a village in it and how many have signed, that is, have an agreement in force as in `agreement_in_force`, here on
-- several days at once; `village_signing`, a village over all projects that count; `ranked_village`, its place by gap.
-- A village is measured by the codes that are registered: of a total that was declared nobody knows the village. Gaps
-- are compared to nine decimals, for fractions that are equal may differ in the last binary digit.
ranking_year AS (
    SELECT on_date, CAST(date_trunc('year', on_date) AS DATE) AS year_from FROM ranking_day
),
village_registered AS (
    SELECT project_id, village_id, count(*) AS households FROM household GROUP BY project_id, village_id
),
village_signed AS (
    SELECT
        d.on_date, h.project_id, h.village_id,
        count(CASE WHEN a.withdrawn_on IS NULL OR a.withdrawn_on > d.on_date THEN 1 END) AS signed,
        count(CASE WHEN a.signed_on < d.year_from AND (a.withdrawn_on IS NULL OR a.withdrawn_on >= d.year_from) THEN 1 END)
            AS signed_before
    FROM ranking_year d
    JOIN agreement a ON a.signed_on <= d.on_date
    JOIN household h ON h.household_id = a.household_id
    GROUP BY d.on_date, h.project_id, h.village_id
),
project_registered AS (
    SELECT project_id, sum(households) AS registered FROM village_registered GROUP BY project_id
),
project_signed AS (
    SELECT on_date, project_id, sum(signed_before) AS signed_before FROM village_signed GROUP BY on_date, project_id
),
project_on_day AS (
    SELECT
        d.on_date, p.project_id, p.name AS project, p.sign_start, p.sign_end,
        100.0 * least(1.0, date_diff('day', p.sign_start, d.on_date) * 1.0
            / nullif(date_diff('day', p.sign_start, p.sign_end), 0)) AS planned_rate,
        p.sign_end >= d.year_from
            OR greatest(p.households_total, coalesce(r.registered, 0)) > coalesce(s.signed_before, 0) AS is_counted
    FROM ranking_year d
    JOIN demolition_project p ON p.sign_start <= d.on_date
    LEFT JOIN project_registered r ON r.project_id = p.project_id
    LEFT JOIN project_signed s ON s.on_date = d.on_date AND s.project_id = p.project_id
),
village_project AS (
    SELECT p.*, v.village_id, v.households, coalesce(s.signed, 0) AS signed
    FROM project_on_day p
    JOIN village_registered v ON v.project_id = p.project_id
    LEFT JOIN village_signed s
        ON s.on_date = p.on_date AND s.project_id = p.project_id AND s.village_id IS NOT DISTINCT FROM v.village_id
),
village_signing AS (
    SELECT
        on_date, village_id, count(*) AS projects, CAST(sum(households) AS BIGINT) AS households,
        CAST(sum(signed) AS BIGINT) AS signed,
        CAST(sum(CASE WHEN sign_end < on_date THEN households - signed ELSE 0 END) AS BIGINT) AS overdue_left,
        100.0 * sum(signed) / sum(households) AS rate,
        sum(households * planned_rate) / sum(households) AS planned_rate
    FROM village_project
    WHERE is_counted
    GROUP BY on_date, village_id
),
village_gap AS (
    SELECT
        *, rate - planned_rate AS gap,
        village_id IS NOT NULL AND households >= $ranking_households AS is_ranked
    FROM village_signing
),
ranked_village AS (
    SELECT
        *, CASE WHEN is_ranked THEN rank() OVER (PARTITION BY on_date, is_ranked ORDER BY round(gap, 9) DESC) END AS position
    FROM village_gap
)

-- name: village_ranking
-- The villages by gap to their own plan, the first place first, then those of too few households, at last the households
-- of no village; beside each its place in the ranking that was published last before the day, or else a week before.
WITH published_day AS (
    SELECT max(ranked_on) AS on_date FROM published_ranking WHERE ranked_on < $as_of
),
compared_day AS (
    SELECT
        coalesce(on_date, CAST(CAST($as_of AS DATE) - INTERVAL 7 DAY AS DATE)) AS on_date,
        CASE WHEN on_date IS NULL THEN '一周前' ELSE '已公布的排名' END AS compared_with
    FROM published_day
),
ranking_day AS (
    SELECT CAST($as_of AS DATE) AS on_date
    UNION ALL
    SELECT on_date FROM compared_day WHERE compared_with = '一周前'
),
-- include: village_signing
,
former_ranking AS (
    SELECT r.village_id, r.position, r.signed, r.households
    FROM published_ranking r
    JOIN published_day d ON d.on_date = r.ranked_on
    UNION ALL
    SELECT r.village_id, r.position, r.signed, r.households
    FROM ranked_village r
    JOIN compared_day d ON d.on_date = r.on_date AND d.compared_with = '一周前'
)
SELECT
    r.position, coalesce(v.name, '未写村社') AS village, f.position - r.position AS change, f.position AS former_position,
    c.on_date AS compared_on, c.compared_with, r.gap, r.signed, r.households, r.rate, r.planned_rate,
    r.households - r.signed AS households_left, r.overdue_left, f.signed AS former_signed, f.households AS former_households, r.projects,
    CASE WHEN r.village_id IS NULL THEN '未写村社' WHEN r.is_ranked THEN '参加排名' ELSE '样本不足' END AS ranking,
    r.village_id
FROM ranked_village r
CROSS JOIN compared_day c
LEFT JOIN village v ON v.village_id = r.village_id
LEFT JOIN former_ranking f ON f.village_id = r.village_id
WHERE r.on_date = $as_of
ORDER BY r.position NULLS LAST, r.village_id IS NULL, village, r.village_id

-- name: published_rankings
-- Every published place beside what the ledgers of today give as of the same day, the newest ranking first; villages that
-- would be in it now and were not published have no published figures.
WITH ranking_day AS (
    SELECT DISTINCT ranked_on AS on_date FROM published_ranking WHERE ranked_on <= $as_of
),
-- include: village_signing
,
published AS (
    SELECT * FROM published_ranking WHERE ranked_on <= $as_of
),
recomputed AS (
    SELECT * FROM ranked_village WHERE village_id IS NOT NULL
)
SELECT
    coalesce(p.ranked_on, n.on_date) AS ranked_on, v.name AS village, p.position, p.signed, p.households, p.rate,
    p.planned_rate, p.gap, n.position AS position_now, n.signed AS signed_now, n.households AS households_now,
    n.rate AS rate_now, n.planned_rate AS planned_rate_now, n.gap AS gap_now,
    p.village_id IS NULL OR n.village_id IS NULL OR p.position IS DISTINCT FROM n.position OR p.signed <> n.signed
        OR p.households <> n.households OR abs(p.planned_rate - n.planned_rate) > 0.051 AS is_different,
    coalesce(p.village_id, n.village_id) AS village_id
FROM published p
FULL JOIN recomputed n ON n.on_date = p.ranked_on AND n.village_id = p.village_id
LEFT JOIN village v ON v.village_id = coalesce(p.village_id, n.village_id)
ORDER BY 1 DESC, p.position NULLS LAST, n.position NULLS LAST, village, village_id

-- name: village_projects
-- The projects of one village whose signing has begun by the day, with its own households in each: those that count in
-- the ranking first, the furthest behind in front.
WITH ranking_day AS (
    SELECT CAST($as_of AS DATE) AS on_date
),
-- include: village_signing
SELECT
    project, signed, households, 100.0 * signed / households AS rate, planned_rate,
    100.0 * signed / households - planned_rate AS gap, households - signed AS households_left, is_counted, sign_start,
    sign_end, project_id
FROM village_project
WHERE village_id = $village_id
ORDER BY is_counted DESC, gap, project_id

-- name: village_names
-- The villages of the ledger, whether anything is known of them or not.
SELECT name AS village, village_id FROM village ORDER BY village_id

-- name: village_awards
-- The assessment of each village and year as far as it was issued by the day: its score by weight, the weights added up,
-- and how often it was commended or criticised; the newest year first, the lowest score in front.
WITH issued AS (
    SELECT
        *, CASE WHEN score IS NOT NULL AND weight IS NOT NULL THEN weight END AS scored_weight,
        CASE WHEN (score IS NULL) <> (weight IS NULL) THEN 1 END AS lacks_one
    FROM village_assessment
    WHERE issued_on <= $as_of
)
SELECT
    a.year, v.name AS village, sum(a.scored_weight * a.score) / nullif(sum(a.scored_weight), 0) AS score,
    count(a.score) AS scored, sum(a.weight) AS weight_total, round(sum(a.weight), 2) = 100 AS is_weight_whole,
    count(a.lacks_one) AS incomplete, count(CASE WHEN a.award = '嘉奖' THEN 1 END) AS commended,
    count(CASE WHEN a.award = '通报批评' THEN 1 END) AS criticised, max(a.issued_on) AS issued_on, a.village_id
FROM issued a
JOIN village v ON v.village_id = a.village_id
GROUP BY a.year, v.name, a.village_id
ORDER BY a.year DESC, criticised DESC, score NULLS LAST, village, a.village_id

-- name: village_assessments
-- The assessment of one village row by row, as issued by the day, the newest first.
SELECT year, assessed_for, weight, score, award, issued_on, village_id
FROM village_assessment
WHERE issued_on <= $as_of AND village_id = $village_id
ORDER BY year DESC, issued_on DESC, weight DESC NULLS LAST, assessed_for
