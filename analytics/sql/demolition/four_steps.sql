-- name: four_steps
-- The four steps in their order, and the metric that counts the indicators of each.
SELECT '宣' AS step, 'publicity_indicators' AS metric
