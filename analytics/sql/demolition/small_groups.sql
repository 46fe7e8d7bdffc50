-- name: household_atoms
-- The households of each project that no table of blocks, villages or teams tells apart.
SELECT
    h.project_id, coalesce(h.block, '未写片区') AS 片区, coalesce(v.name, '未写村社') AS 村社,
    coalesce(t.name, '未写小组') AS 小组, count(*) AS households
FROM household h
LEFT JOIN village v ON v.village_id = h.village_id
LEFT JOIN demolition_team t ON t.team_id = h.team_id
GROUP BY h.project_id, h.block, v.name, t.name
