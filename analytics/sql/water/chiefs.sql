-- name: in_office
-- Common table: the duties that hold on the day, of chiefs who are in office on it.
in_office AS (
    SELECT d.river_id, d.reach_id, d.role, d.valid_from, c.post, c.level, c.chief_id
    FROM chief_duty d
    JOIN chief c ON c.chief_id = d.chief_id
    WHERE d.valid_from <= $as_of AND (d.valid_to IS NULL OR d.valid_to >= $as_of)
        AND (c.active_from IS NULL OR c.active_from <= $as_of) AND (c.active_to IS NULL OR c.active_to >= $as_of)
)

-- name: chief_coverage
-- Reaches with a chief in office on the day over all reaches of each river; a duty for the river covers its reaches;
-- police officers and inspectors do not answer for one.
WITH
-- include: in_office
,
-- include: river_in_force
,
covered AS (
    SELECT h.reach_id
    FROM reach h
    WHERE EXISTS (
        SELECT 1 FROM in_office d
        WHERE d.river_id = h.river_id AND (d.reach_id IS NULL OR d.reach_id = h.reach_id)
            AND (d.role IS NULL OR d.role IN ('第一责任人', '联系人'))
    )
)
SELECT
    r.name AS river, r.level, count(c.reach_id) AS covered, count(h.reach_id) AS reaches,
    100.0 * count(c.reach_id) / nullif(count(h.reach_id), 0) AS covered_rate, r.river_id
FROM river_in_force r
LEFT JOIN reach h ON h.river_id = r.river_id
LEFT JOIN covered c ON c.reach_id = h.reach_id
WHERE coalesce(CAST($as_of AS DATE), DATE 'infinity') BETWEEN r.valid_from AND r.valid_to
GROUP BY r.river_id, r.name, r.level
ORDER BY covered_rate NULLS LAST, river

-- name: patrol_ledger
-- The duties that began by the day, each until the chief left, and the patrols up to the day; a duty has no patrol_id.
SELECT
    d.chief_id, c.post, c.level, d.river_id, r.name AS river, d.reach_id, d.role,
    greatest(d.valid_from, coalesce(c.active_from, d.valid_from)) AS valid_from,
    least(coalesce(d.valid_to, c.active_to), coalesce(c.active_to, d.valid_to)) AS valid_to, d.patrol_quota,
    d.patrol_period, CAST(NULL AS VARCHAR) AS patrol_id, CAST(NULL AS TIMESTAMP) AS start_at,
    CAST(NULL AS TIMESTAMP) AS end_at, CAST(NULL AS DOUBLE) AS patrol_length, CAST(NULL AS BOOLEAN) AS has_track,
    CAST(NULL AS BIGINT) AS findings
FROM chief_duty d
JOIN chief c ON c.chief_id = d.chief_id
JOIN river r ON r.river_id = d.river_id
WHERE d.valid_from <= $as_of
UNION ALL
SELECT
    p.chief_id, c.post, c.level, p.river_id, r.name, p.reach_id, NULL, NULL, NULL, NULL, NULL, p.patrol_id, p.start_at,
    p.end_at, p.patrol_length, p.has_track, p.findings
FROM patrol p
JOIN chief c ON c.chief_id = p.chief_id
JOIN river r ON r.river_id = p.river_id
WHERE CAST(p.start_at AS DATE) <= $as_of

-- name: chief_duties
-- One chief and the duties that began by the day, those in force first; a chief without any has one row.
SELECT
    c.post, c.level, r.name AS river, h.name AS reach, d.role, d.valid_from, d.valid_to, d.patrol_quota, d.patrol_period,
    c.chief_id, d.river_id
FROM chief c
LEFT JOIN chief_duty d ON d.chief_id = c.chief_id AND d.valid_from <= $as_of
LEFT JOIN river r ON r.river_id = d.river_id
LEFT JOIN reach h ON h.reach_id = d.reach_id
WHERE c.chief_id = $chief_id
ORDER BY d.valid_to DESC NULLS FIRST, river, d.valid_from DESC

-- name: signboards
-- Signboards of each river by condition at their newest check by the day; a river without any is listed with 0.
SELECT
    r.name AS river, count(CASE WHEN s.condition = '完好' THEN 1 END) AS intact, count(s.signboard_id) AS boards,
    100.0 * count(CASE WHEN s.condition = '完好' THEN 1 END) / nullif(count(s.signboard_id), 0) AS intact_rate,
    count(CASE WHEN s.condition = '缺失' THEN 1 END) AS absent,
    count(CASE WHEN s.condition = '信息过期' THEN 1 END) AS outdated,
    count(CASE WHEN s.condition = '破损' THEN 1 END) AS damaged, min(s.checked_on) AS checked_on, r.river_id
FROM river r
LEFT JOIN signboard s ON s.river_id = r.river_id AND s.checked_on <= $as_of
GROUP BY r.river_id, r.name
ORDER BY intact_rate NULLS LAST, river

-- name: satisfaction_rate
-- Satisfied over valid forms of the newest day of survey at each river, or at the village where no river is named;
-- forms of a survey that did not count the satisfied do not count.
WITH surveyed AS (
    SELECT
        river_id, CASE WHEN river_id IS NULL THEN village_id END AS village_id, surveyed_on, forms_sent, forms_valid,
        satisfied,
        rank() OVER (
            PARTITION BY river_id, CASE WHEN river_id IS NULL THEN village_id END ORDER BY surveyed_on DESC
        ) AS place
    FROM satisfaction
    WHERE surveyed_on <= $as_of
)
SELECT
    r.name AS river, v.name AS village, s.surveyed_on, sum(s.satisfied) AS satisfied,
    sum(CASE WHEN s.satisfied IS NOT NULL THEN s.forms_valid END) AS forms_valid, sum(s.forms_sent) AS forms_sent,
    100.0 * sum(s.satisfied) / nullif(sum(CASE WHEN s.satisfied IS NOT NULL THEN s.forms_valid END), 0)
        AS satisfied_rate,
    s.river_id
FROM surveyed s
LEFT JOIN river r ON r.river_id = s.river_id
LEFT JOIN village v ON v.village_id = s.village_id
WHERE s.place = 1
GROUP BY s.river_id, r.name, v.name, s.surveyed_on
ORDER BY satisfied_rate NULLS LAST, river, village
