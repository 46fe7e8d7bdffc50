-- name: answering_chief
-- Common table, after water.in_office: the chief who answers for a river, the first responsible and the highest level.
answering_chief AS (
    SELECT river_id, chief_id, post
    FROM (
        SELECT
            d.river_id, d.chief_id, d.post,
            row_number() OVER (
                PARTITION BY d.river_id
                ORDER BY o.ordinal NULLS LAST, e.ordinal, d.reach_id NULLS FIRST, d.chief_id
            ) AS place
        FROM in_office d
        JOIN enumeration e ON e.dataset = 'chief' AND e.column_name = 'level' AND e.value = d.level
        LEFT JOIN enumeration o ON o.dataset = 'chief_duty' AND o.column_name = 'role' AND o.value = d.role
    ) duty
    WHERE place = 1
)

-- name: water_item
-- Common tables, after those of the states of issues, sources, outfalls and taps: what is open of the water, each with
-- its unit, its village and its river. Works and plants are those of the ledger: whether they are open is told elsewhere.
water_item AS (
    SELECT
        '河道问题' AS kind, issue_id AS item_id, river AS item, problem AS matter, handler AS unit, '承办单位' AS unit_kind,
        village_id, river_id, chief_id, CAST(found_at AS DATE) AS since, due_on, description AS note
    FROM issue_state
    WHERE NOT is_closed
    UNION ALL
    SELECT '污染源', source_id, name, kind, NULL, NULL, village_id, river_id, NULL, found_on, due_on, NULL
    FROM source_state
    WHERE NOT is_closed
    UNION ALL
    SELECT '排口', outfall_id, name, kind, NULL, NULL, village_id, river_id, NULL, found_on, due_on, NULL
    FROM outfall_state
    WHERE NOT is_closed
    UNION ALL
    SELECT
        '漏水设施', l.facility_id, l.facility, l.finding, l.keeper_unit, '管护单位', f.village_id, NULL, NULL, l.found_on,
        NULL, NULL
    FROM leak_state l
    JOIN facility f ON f.facility_id = l.facility_id
    WHERE NOT l.is_fixed
    UNION ALL
    SELECT '工程', work_id, name, kind, owner, '牵头单位', NULL, river_id, NULL, start_on, end_on, NULL FROM work_in_force
    UNION ALL
    SELECT '停运厂站', plant_id, name, NULL, om_unit, '运维单位', village_id, river_id, NULL, NULL, NULL, NULL FROM plant
)

-- name: demolition_item
-- Common table, after those of the states of buildings, difficulties and preparations: what is open of the demolition.
-- Projects and petitions are those of the ledger: whether they are open is told elsewhere.
demolition_item AS (
    SELECT
        '违法建筑' AS kind, violation_id AS item_id, village AS item, kind AS matter, NULL AS unit, NULL AS unit_kind,
        village_id, project_id, found_on AS since, due_on, note
    FROM violation_day
    WHERE NOT is_razed
    UNION ALL
    SELECT
        '住户难题', d.difficulty_id, p.name, d.difficulty_reason, d.department, '承办单位', h.village_id, d.project_id,
        d.raised_on, d.due_on, NULL
    FROM difficulty_day d
    JOIN household h ON h.household_id = d.household_id
    JOIN demolition_project p ON p.project_id = d.project_id
    WHERE NOT d.is_closed
    UNION ALL
    SELECT
        '签约准备', project_id || '·' || preparation, project, preparation, owner, '牵头单位', NULL, project_id, NULL,
        least(due_on, sign_start), NULL
    FROM preparation_state
    WHERE done_on IS NULL AND is_registered
    UNION ALL
    SELECT '征迁项目', project_id, name, kind, owner, '牵头单位', NULL, project_id, sign_start, sign_end, NULL
    FROM demolition_project
    UNION ALL
    SELECT
        '信访事项', r.petition_id, coalesce(p.name, v.name), r.petition_class, p.owner, '牵头单位', r.village_id, r.project_id,
        r.received_on, NULL, NULL
    FROM petition r
    LEFT JOIN demolition_project p ON p.project_id = r.project_id
    LEFT JOIN village v ON v.village_id = r.village_id
)

-- name: investment_item
-- Common table, after those of the states of requests and tasks: what is open of the investment. A task begins on the
-- day of its baseline or its plan, whichever is the earlier.
investment_item AS (
    SELECT
        '企业诉求' AS kind, request_id AS item_id, coalesce(firm, project) AS item, category AS matter, department AS unit,
        '承办单位' AS unit_kind, project_id, raised_on AS since, due_on, description AS note
    FROM request_state
    WHERE NOT is_closed
    UNION ALL
    SELECT
        '宝典任务', task_id, project || ' ' || name, workstream, owner, '责任人', project_id,
        least(baseline_on, planned_on),
        CAST(CAST($as_of AS DATE) + INTERVAL 1 DAY * CAST(floor(due_at / 2.0) AS INTEGER) AS DATE), blocker
    FROM playbook_state
    WHERE NOT is_done
)

-- name: open_item
-- Everything that may be open in the three lines of work, with whoever acts: the unit that the ledger names, without one
-- the chief who answers for the river, then the village. The chief of an issue is the one that its ledger names, as long
-- as he is in office.
WITH
-- include: water.in_office
,
-- include: answering_chief
,
-- include: water.issue_state
,
-- include: water.source_state
,
-- include: water.outfall_state
,
-- include: water.leak_state
,
-- include: water.work_in_force
,
-- include: water_item
,
-- include: demolition.violation_state
,
-- include: demolition.difficulty_day
,
-- include: demolition.preparation_state
,
-- include: demolition_item
,
-- include: investment.request_state
,
-- include: investment.playbook_state
,
-- include: investment_item
,
item AS (
    SELECT
        'water' AS stream, kind, item_id, item, matter, unit, unit_kind, village_id, river_id, chief_id, NULL AS project_id,
        since, due_on, note
    FROM water_item
    UNION ALL
    SELECT
        'demolition', kind, item_id, item, matter, unit, unit_kind, village_id, NULL, NULL, project_id, since, due_on, note
    FROM demolition_item
    UNION ALL
    SELECT 'investment', kind, item_id, item, matter, unit, unit_kind, NULL, NULL, NULL, project_id, since, due_on, note
    FROM investment_item
)
SELECT
    i.stream, i.kind, i.item, i.matter, coalesce(i.unit, c.post, a.post, v.name) AS owner,
    CASE
        WHEN i.unit IS NOT NULL THEN i.unit_kind
        WHEN coalesce(c.post, a.post) IS NOT NULL THEN '河长'
        WHEN v.name IS NOT NULL THEN '村社'
    END AS owner_kind,
    v.name AS village, coalesce(c.post, a.post) AS chief, i.since, i.due_on, i.note, i.item_id, i.village_id,
    coalesce(c.chief_id, a.chief_id) AS chief_id, i.project_id
FROM item i
LEFT JOIN village v ON v.village_id = i.village_id
LEFT JOIN chief c ON c.chief_id = i.chief_id
    AND (c.active_from IS NULL OR c.active_from <= $as_of) AND (c.active_to IS NULL OR c.active_to >= $as_of)
LEFT JOIN answering_chief a ON a.river_id = i.river_id
ORDER BY i.stream, i.kind, i.item_id
