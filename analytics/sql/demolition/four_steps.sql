-- name: four_steps
-- The four steps in their order, and the metric that counts the indicators of each.
SELECT step, metric, CAST($as_of AS DATE) AS counted_on
FROM (
    SELECT 1 AS place, '谋' AS step, 'plan_indicators' AS metric
    UNION ALL
    SELECT 2, '宣', 'publicity_indicators'
    UNION ALL
    SELECT 3, '疏', 'persuasion_indicators'
    UNION ALL
    SELECT 4, '拆', 'clearance_indicators'
) AS listed
ORDER BY place
