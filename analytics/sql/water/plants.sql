-- name: plant_connection
-- Households connected to each micro plant over those to be connected.
SELECT
    p.name AS plant, v.name AS village, p.capacity, p.households_connected, p.households_design,
    100.0 * p.households_connected / nullif(p.households_design, 0) AS rate, p.is_running, p.commissioned_on
FROM plant p
LEFT JOIN village v ON v.village_id = p.village_id
WHERE p.commissioned_on IS NULL OR p.commissioned_on <= $as_of
ORDER BY rate NULLS FIRST, plant
