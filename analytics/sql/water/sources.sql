-- name: source_state_then
-- Common tables: the sources found by each of `days_shown (shown_on)`, closed or open then; a relapsed one is open. Of what
-- was closed after the day the ledger does not say whether it had been begun by then.
closure AS (
    SELECT
        s.*, d.shown_on, coalesce(s.closed_on <= d.shown_on AND s.state <> '反弹', false) AS is_closed,
        s.state = '反弹' AND (s.closed_on IS NULL OR s.closed_on <= d.shown_on) AS is_relapsed
    FROM source s
    JOIN days_shown d ON s.found_on <= d.shown_on
),
source_state AS (
    SELECT
        *, coalesce(due_on < shown_on, false) AND NOT is_closed AS is_overdue,
        CASE
            WHEN is_closed AND coalesce(accepted_on <= shown_on, false) THEN '已验收'
            WHEN is_closed THEN '已完成'
            WHEN is_relapsed OR state IN ('未启动', '整治中') THEN state
            ELSE '尚未完成'
        END AS state_then
    FROM closure
)

-- name: source_state
-- Common tables: the sources found by the day, as they stood then.
-- include: today_shown
,
-- include: source_state_then

-- name: source_standing
-- Column: how a source of `source_state`, called `s`, is drawn on the map.
    CASE WHEN s.is_closed THEN 'closed' WHEN s.is_overdue THEN 'overdue' ELSE 'open' END AS standing

-- name: today_shown
-- Common table: the day alone.
days_shown AS (SELECT CAST($as_of AS DATE) AS shown_on)

-- name: outfall_state
-- Common tables: the outfalls found by the day, closed (sealed, connected, brought to standard) or open then.
outfall_closure AS (
    SELECT *, coalesce(closed_on <= $as_of AND state IN ('已封堵', '已纳管', '已规范'), false) AS is_closed
    FROM outfall
    WHERE found_on <= $as_of
),
outfall_state AS (
    SELECT
        *, coalesce(due_on < $as_of, false) AND NOT is_closed AS is_overdue,
        CASE WHEN is_closed OR state IN ('未整治', '整治中') THEN state ELSE '尚未完成' END AS state_then
    FROM outfall_closure
)

-- name: source_closure
-- Pollution sources closed by the day over those found by then, by river and kind.
WITH
-- include: source_state
SELECT
    r.name AS river, s.kind, count(CASE WHEN s.is_closed THEN 1 END) AS closed, count(*) AS registered,
    100.0 * count(CASE WHEN s.is_closed THEN 1 END) / count(*) AS rate,
    count(CASE WHEN s.is_overdue THEN 1 END) AS overdue,
    count(CASE WHEN s.state_then = '已验收' THEN 1 END) AS accepted, count(CASE WHEN s.is_relapsed THEN 1 END) AS relapsed,
    r.river_id
FROM source_state s
JOIN river r ON r.river_id = s.river_id
GROUP BY r.river_id, r.name, s.kind
ORDER BY rate, river, s.kind

-- name: source_list
-- Every pollution source found by the day: what is longest overdue first, then what relapsed, then what is due next.
WITH
-- include: source_state
SELECT
    s.name AS source, s.kind, s.state_then AS state, v.name AS village, r.name AS river, s.scale, s.scale_unit,
    s.action, s.found_on, s.due_on, CASE WHEN s.closed_on <= $as_of THEN s.closed_on END AS closed_on,
    CASE WHEN s.accepted_on <= $as_of THEN s.accepted_on END AS accepted_on,
    CASE WHEN s.is_overdue THEN date_diff('day', s.due_on, CAST($as_of AS DATE)) END AS days_overdue, s.is_closed,
    s.source_id, s.river_id
FROM source_state s
LEFT JOIN river r ON r.river_id = s.river_id
LEFT JOIN village v ON v.village_id = s.village_id
ORDER BY s.is_closed, days_overdue DESC NULLS LAST, NOT s.is_relapsed, s.due_on NULLS LAST, s.source_id

-- name: source_by_village
-- Sources and outfalls of each village, closed by the day over found by then; those without a village are a row too.
-- How many outfalls flow in dry weather is not said where there are some and none was looked at.
WITH
-- include: source_state
,
-- include: outfall_state
,
found AS (
    SELECT
        village_id, 1 AS is_source, 0 AS is_outfall, CAST(is_closed AS INTEGER) AS is_closed,
        CAST(is_overdue AS INTEGER) AS is_overdue, CAST(state_then = '已验收' AS INTEGER) AS is_accepted,
        CAST(is_relapsed AS INTEGER) AS is_relapsed, 0 AS is_dry, 0 AS is_dry_unknown
    FROM source_state
    UNION ALL
    SELECT
        village_id, 0, 1, CAST(is_closed AS INTEGER), CAST(is_overdue AS INTEGER), 0, 0,
        CAST(coalesce(dry_weather_flow, false) AS INTEGER), CAST(dry_weather_flow IS NULL AS INTEGER)
    FROM outfall_state
)
SELECT
    v.name AS village, CAST(sum(is_source * is_closed) AS BIGINT) AS closed, CAST(sum(is_source) AS BIGINT) AS registered,
    100.0 * sum(is_source * is_closed) / nullif(sum(is_source), 0) AS rate,
    CAST(sum(is_source * is_overdue) AS BIGINT) AS overdue, CAST(sum(is_accepted) AS BIGINT) AS accepted,
    CAST(sum(is_relapsed) AS BIGINT) AS relapsed, CAST(sum(is_outfall * is_closed) AS BIGINT) AS outfalls_closed,
    CAST(sum(is_outfall) AS BIGINT) AS outfalls,
    100.0 * sum(is_outfall * is_closed) / nullif(sum(is_outfall), 0) AS outfall_rate,
    CAST(sum(is_outfall * is_overdue) AS BIGINT) AS outfalls_overdue,
    CAST(CASE WHEN sum(is_outfall) = 0 OR sum(is_dry_unknown) < sum(is_outfall) THEN sum(is_dry) END AS BIGINT) AS dry,
    CAST(sum(is_dry_unknown) AS BIGINT) AS dry_unknown, f.village_id
FROM found f
LEFT JOIN village v ON v.village_id = f.village_id
GROUP BY v.name, f.village_id
ORDER BY registered - closed + outfalls - outfalls_closed DESC, village

-- name: outfall_closure
-- Outfalls sealed, connected or brought to standard by the day over those found by then, by river and kind.
WITH
-- include: outfall_state
SELECT
    r.name AS river, s.kind, count(CASE WHEN s.is_closed THEN 1 END) AS closed, count(*) AS registered,
    100.0 * count(CASE WHEN s.is_closed THEN 1 END) / count(*) AS rate,
    count(CASE WHEN s.is_overdue THEN 1 END) AS overdue,
    CAST(sum(CAST(s.dry_weather_flow AS INTEGER)) AS BIGINT) AS dry,
    count(CASE WHEN s.dry_weather_flow IS NULL THEN 1 END) AS dry_unknown,
    count(CASE WHEN s.is_closed AND s.evidence IS NOT NULL THEN 1 END) AS with_evidence,
    count(CASE WHEN s.is_closed AND s.evidence IS NULL THEN 1 END) AS without_evidence
FROM outfall_state s
JOIN river r ON r.river_id = s.river_id
GROUP BY r.name, s.kind
ORDER BY rate, river, s.kind

-- name: outfall_list
-- Every outfall found by the day: open ones first, the longest overdue at the top, then what flows in dry weather.
WITH
-- include: outfall_state
SELECT
    s.name AS outfall, s.kind, s.state_then AS state, v.name AS village, r.name AS river, s.dry_weather_flow, s.found_on,
    s.due_on, CASE WHEN s.closed_on <= $as_of THEN s.closed_on END AS closed_on,
    CASE WHEN s.is_closed THEN s.evidence END AS evidence, s.has_sign,
    CASE WHEN s.is_overdue THEN date_diff('day', s.due_on, CAST($as_of AS DATE)) END AS days_overdue, s.is_closed,
    s.outfall_id, s.river_id
FROM outfall_state s
LEFT JOIN river r ON r.river_id = s.river_id
LEFT JOIN village v ON v.village_id = s.village_id
ORDER BY
    s.is_closed, days_overdue DESC NULLS LAST, NOT coalesce(s.dry_weather_flow, false), s.due_on NULLS LAST, s.outfall_id

-- name: zero_discharge
-- Blocks accepted by the day over the blocks registered by then, and defects mended over found, by kind of block.
SELECT
    kind, count(CASE WHEN accepted_on <= $as_of THEN 1 END) AS blocks_accepted, count(*) AS blocks,
    100.0 * count(CASE WHEN accepted_on <= $as_of THEN 1 END) / count(*) AS rate,
    CAST(sum(CASE WHEN defects_found IS NOT NULL THEN defects_fixed END) AS BIGINT) AS defects_fixed,
    CAST(sum(CASE WHEN defects_fixed IS NOT NULL THEN defects_found END) AS BIGINT) AS defects_found,
    100.0 * sum(CASE WHEN defects_found IS NOT NULL THEN defects_fixed END)
        / nullif(sum(CASE WHEN defects_fixed IS NOT NULL THEN defects_found END), 0) AS defect_rate,
    count(CASE WHEN defects_found IS NULL OR defects_fixed IS NULL THEN 1 END) AS defects_unknown,
    max(reported_on) AS reported_on
FROM zero_discharge
WHERE reported_on <= $as_of
GROUP BY kind
ORDER BY rate, kind

-- name: zero_discharge_list
-- Every block by its phase, the least advanced first: households connected, defects mended, the day of acceptance.
SELECT
    z.name AS area, z.kind, z.phase, v.name AS village, z.households_connected, z.households_design,
    100.0 * z.households_connected / nullif(z.households_design, 0) AS rate, z.defects_fixed, z.defects_found,
    100.0 * z.defects_fixed / nullif(z.defects_found, 0) AS defect_rate,
    CASE WHEN z.accepted_on <= $as_of THEN z.accepted_on END AS accepted_on, z.reported_on, z.block_id
FROM zero_discharge z
JOIN enumeration e ON e.dataset = 'zero_discharge' AND e.column_name = 'phase' AND e.value = z.phase
LEFT JOIN village v ON v.village_id = z.village_id
WHERE z.reported_on <= $as_of
ORDER BY e.ordinal, rate NULLS FIRST, area

-- name: connection_rate
-- Households connected over those that should be, of blocks and of plants, each by village; the two are never added.
WITH connected AS (
    SELECT '零直排区块' AS ledger, village_id, households_connected, households_design
    FROM zero_discharge
    WHERE reported_on <= $as_of
    UNION ALL
    SELECT '微型污水处理厂', village_id, households_connected, households_design
    FROM plant
    WHERE commissioned_on IS NULL OR commissioned_on <= $as_of
),
known AS (
    SELECT *, households_connected IS NOT NULL AND coalesce(households_design, 0) > 0 AS is_known FROM connected
)
SELECT
    k.ledger, v.name AS village, CAST(sum(CASE WHEN is_known THEN households_connected END) AS BIGINT)
        AS households_connected,
    CAST(sum(CASE WHEN is_known THEN households_design END) AS BIGINT) AS households_design,
    100.0 * sum(CASE WHEN is_known THEN households_connected END) / sum(CASE WHEN is_known THEN households_design END)
        AS rate,
    count(CASE WHEN is_known THEN 1 END) AS counted, count(CASE WHEN NOT is_known THEN 1 END) AS uncounted, k.village_id
FROM known k
LEFT JOIN village v ON v.village_id = k.village_id
GROUP BY k.ledger, v.name, k.village_id
ORDER BY k.ledger, rate NULLS FIRST, village
