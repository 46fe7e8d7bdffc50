-- name: ranking_parts
-- What villages and units are ranked by: of each measure how many there are, how many are done, how many should be by the
-- plan of their own, and the gap of the two. Of what has a deadline should be done what is past it; issues, requests and
-- difficulties are those of the year. A work counts as one, with the gap that it has on the day of its last report.
WITH ranking_day AS (
    SELECT CAST($as_of AS DATE) AS on_date
),
-- include: demolition.village_signing
,
-- include: water.source_state
,
-- include: water.outfall_state
,
-- include: water.issue_state
,
-- include: demolition.violation_state
,
-- include: demolition.difficulty_day
,
-- include: investment.request_state
,
-- include: water.work_state
,
dated AS (
    SELECT
        'village' AS scope, '污染源和排口整治' AS measure, village_id AS code, is_closed,
        coalesce(due_on < $as_of, false) AS is_due
    FROM source_state
    WHERE due_on IS NOT NULL
    UNION ALL
    SELECT 'village', '污染源和排口整治', village_id, is_closed, due_on < $as_of FROM outfall_state WHERE due_on IS NOT NULL
    UNION ALL
    SELECT 'village', '违法建筑拆除', village_id, is_razed, is_due FROM violation_day WHERE due_on IS NOT NULL
    UNION ALL
    SELECT 'unit', '河道问题办理', handler, is_closed, is_due
    FROM issue_state
    WHERE due_on IS NOT NULL AND found_at >= date_trunc('year', CAST($as_of AS DATE))
    UNION ALL
    SELECT 'unit', '企业诉求办理', department, is_closed, is_due
    FROM request_state
    WHERE due_on IS NOT NULL AND raised_on >= date_trunc('year', CAST($as_of AS DATE))
    UNION ALL
    SELECT 'unit', '住户难题办理', department, is_closed, due_on < $as_of
    FROM difficulty_day
    WHERE due_on IS NOT NULL AND raised_on >= date_trunc('year', CAST($as_of AS DATE))
),
part AS (
    SELECT
        scope, measure, code, count(*) AS pieces, 1.0 * count(CASE WHEN is_closed THEN 1 END) AS done,
        1.0 * count(CASE WHEN is_due THEN 1 END) AS planned
    FROM dated
    GROUP BY scope, measure, code
    UNION ALL
    SELECT 'village', '征迁签约', village_id, households, 1.0 * signed, households * planned_rate / 100
    FROM village_signing
    UNION ALL
    SELECT
        'unit', '征迁签约', p.owner, CAST(sum(v.households) AS BIGINT), 1.0 * sum(v.signed),
        sum(v.households * v.planned_rate) / 100
    FROM village_project v
    JOIN demolition_project p ON p.project_id = v.project_id
    WHERE v.is_counted
    GROUP BY p.owner
    UNION ALL
    SELECT 'unit', '工程进度', owner, count(*), sum(least(rate, 100)) / 100, sum(planned_rate) / 100
    FROM work_state
    WHERE rate IS NOT NULL AND planned_rate IS NOT NULL AND start_on <= $as_of AND NOT is_waiting
    GROUP BY owner
)
SELECT
    p.scope, p.measure, coalesce(v.name, p.code) AS ranked_name, p.pieces, p.done, p.planned AS due,
    100.0 * (p.done - p.planned) / p.pieces AS gap, p.code AS ranked_id
FROM part p
LEFT JOIN village v ON p.scope = 'village' AND v.village_id = p.code
WHERE p.code IS NOT NULL
ORDER BY p.scope, p.measure, p.code

-- name: published_standings
-- Every place of the overall rankings that were published for the day or before it, the newest ranking first.
SELECT ranked_on, scope, position, ranked_name, score, measures, pieces, weights_from, parts, ranked_id,
    batch_id
FROM published_standing
WHERE ranked_on <= $as_of
ORDER BY ranked_on DESC, scope DESC, position NULLS LAST, ranked_id
