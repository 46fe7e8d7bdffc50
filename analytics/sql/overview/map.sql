-- name: base_map
-- What the map is drawn on, areas before lines and points.
SELECT f.kind, f.name, coalesce(f.name_en, f.name) AS name_en, f.village_id, f.shape, f.lon, f.lat
FROM map_feature f
JOIN enumeration e ON e.dataset = 'map_feature' AND e.column_name = 'kind' AND e.value = f.kind
ORDER BY e.ordinal, f.name
