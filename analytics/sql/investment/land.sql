-- name: land_clock
-- Common tables: every parcel by the day, from its dates alone: late, started, stopped, idle by which test. What is built and
-- invested counts from the day on which it was checked; of a stop, only what was checked since.
land_progress AS (
    SELECT
        parcel_id, project_id, area, price, agreed_start_on, agreed_finish_on, exempt_reason, due_floor_area,
        planned_investment, CASE WHEN actual_start_on <= $as_of THEN actual_start_on END AS started_on,
        CASE WHEN actual_start_on <= $as_of AND stopped_on <= $as_of THEN stopped_on END AS halted_on,
        CASE WHEN checked_on <= $as_of THEN checked_on END AS seen_on,
        CASE WHEN checked_on <= $as_of THEN built_floor_area END AS built,
        CASE WHEN checked_on <= $as_of THEN invested END AS spent
    FROM parcel
),
land_test AS (
    SELECT
        g.*, l.days_overdue,
        CASE WHEN g.started_on IS NULL AND l.days_overdue IS NULL
            THEN date_diff('day', CAST($as_of AS DATE), g.agreed_start_on) END AS days_to_start,
        date_diff('day', g.halted_on, CAST($as_of AS DATE)) AS days_stopped,
        coalesce(date_diff('day', g.halted_on, CAST($as_of AS DATE)) >= $land_stopped_days, FALSE) AS is_halted,
        CASE WHEN g.seen_on >= g.halted_on THEN g.built * $land_built_parts < g.due_floor_area END AS is_built_short,
        CASE WHEN g.seen_on >= g.halted_on
            THEN 100 * g.spent < $land_invested_share * g.planned_investment END AS is_spent_short
    FROM land_progress g
    LEFT JOIN late_land l ON l.parcel_id = g.parcel_id
),
land_judged AS (
    SELECT
        *,
        CASE
            WHEN days_overdue >= $land_fee_days THEN '未动工'
            WHEN is_halted AND is_built_short AND is_spent_short THEN '建设投资都不足'
            WHEN is_halted AND is_built_short THEN '建设不足'
            WHEN is_halted AND is_spent_short THEN '投资不足'
            WHEN is_halted AND (is_built_short IS NULL OR is_spent_short IS NULL) THEN '停工未核查'
        END AS idle_test
    FROM land_test
),
land_clock AS (
    SELECT
        *,
        CASE
            WHEN days_overdue >= $land_recall_days THEN '可无偿收回'
            WHEN days_overdue >= $land_fee_days THEN '可征闲置费'
            WHEN idle_test = '停工未核查' THEN '停工未核查'
            WHEN idle_test IS NOT NULL THEN '停工闲置'
            WHEN days_overdue IS NOT NULL THEN '超期未动工'
            WHEN started_on IS NOT NULL THEN '已动工'
            WHEN days_to_start <= $land_soon_days THEN '临近动工'
            ELSE '未到期'
        END AS band,
        coalesce(idle_test <> '停工未核查', FALSE) AND exempt_reason IS NULL AS is_idle
    FROM land_judged
)

-- name: land_clocks
-- Every parcel with its clock: those in breach first, the gravest band and the longest before others; exempt ones after them.
WITH
-- include: late_land
,
-- include: land_clock
SELECT
    c.parcel_id, c.project_id, p.name AS project, c.area, c.agreed_start_on, c.started_on AS actual_start_on,
    c.days_overdue, c.days_to_start,
    CASE WHEN c.started_on > c.agreed_start_on THEN date_diff('day', c.agreed_start_on, c.started_on) END
        AS days_started_late,
    c.band, c.idle_test, c.is_idle,
    c.exempt_reason IS NULL AND (c.days_overdue IS NOT NULL OR c.is_idle) AS is_breach, c.exempt_reason,
    c.halted_on AS stopped_on, c.days_stopped, c.built AS built_floor_area, c.due_floor_area,
    100.0 * c.built / nullif(c.due_floor_area, 0) AS built_share, c.spent AS invested, c.planned_investment,
    100.0 * c.spent / nullif(c.planned_investment, 0) AS invested_share, c.seen_on AS checked_on, c.price,
    CASE WHEN c.exempt_reason IS NULL AND c.days_overdue >= $land_fee_days THEN c.price * $land_fee_rate / 100 END
        AS highest_fee,
    c.agreed_finish_on, p.owner
FROM land_clock c
JOIN investment_project p ON p.project_id = c.project_id
JOIN (
    SELECT '可无偿收回' AS band, 1 AS place
    UNION ALL SELECT '可征闲置费', 2
    UNION ALL SELECT '停工闲置', 3
    UNION ALL SELECT '超期未动工', 4
    UNION ALL SELECT '停工未核查', 5
    UNION ALL SELECT '临近动工', 6
    UNION ALL SELECT '未到期', 7
    UNION ALL SELECT '已动工', 8
) b ON b.band = c.band
ORDER BY is_breach DESC, b.place, c.days_overdue DESC NULLS LAST, c.days_stopped DESC NULLS LAST,
    c.days_to_start NULLS LAST, c.agreed_start_on, c.parcel_id

-- name: idle_state
-- Common table: the idle resources listed by the day; how far each is comes from its dates, not from what a clerk last wrote.
-- What is vacant of one that came into use later was written after that, and is unknown on the day.
idle_state AS (
    SELECT
        r.resource_id, r.name, r.kind, r.village_id, r.owner_kind, r.land_area, r.floor_area, r.asking_rent, r.found_on,
        r.idle_reason, r.defects, r.in_brochure, r.viewings, r.agent_id,
        CASE WHEN r.revived_on > $as_of THEN NULL ELSE r.vacant_area END AS vacant_area,
        CASE WHEN r.idle_since <= $as_of THEN r.idle_since END AS idle_since,
        CASE WHEN r.marketed_on <= $as_of THEN r.marketed_on END AS marketed_on,
        CASE WHEN r.intended_on <= $as_of THEN r.intended_on END AS intended_on,
        CASE WHEN r.revived_on <= $as_of THEN r.revived_on END AS revived_on,
        CASE WHEN r.revived_on <= $as_of THEN r.revived_area END AS revived_area,
        CASE WHEN r.revived_on <= $as_of THEN r.revived_land END AS revived_land,
        r.tax_before,
        CASE WHEN r.revived_on <= $as_of THEN r.tax_after END AS tax_after,
        CASE WHEN r.revived_on <= $as_of THEN r.tenant_registered END AS tenant_registered,
        CASE
            WHEN r.revived_on <= $as_of THEN '已盘活'
            WHEN r.intended_on <= $as_of THEN '意向'
            WHEN r.marketed_on <= $as_of THEN '已推介'
            ELSE '待包装'
        END AS state,
        CASE WHEN r.idle_since <= $as_of
            THEN date_diff('day', r.idle_since, CASE WHEN r.revived_on <= $as_of THEN r.revived_on ELSE CAST($as_of AS DATE) END)
        END AS days_idle
    FROM idle_resource r
    WHERE r.found_on <= $as_of
)

-- name: idle_resource_list
-- The idle resources listed by the day: those not yet in use first, the longest idle before others.
WITH
-- include: idle_state
SELECT
    s.resource_id, s.name AS resource, s.kind, v.name AS village, s.owner_kind, s.state, s.days_idle, s.idle_since,
    s.land_area, s.floor_area, s.vacant_area, 100.0 * s.vacant_area / nullif(s.floor_area, 0) AS vacancy_rate, s.asking_rent,
    a.name AS agent, s.in_brochure, s.viewings, s.found_on, s.marketed_on, s.intended_on, s.revived_on, s.revived_area,
    s.revived_land, s.tax_before, s.tax_after, s.tenant_registered, s.idle_reason, s.defects, s.agent_id
FROM idle_state s
LEFT JOIN village v ON v.village_id = s.village_id
LEFT JOIN investment_agent a ON a.agent_id = s.agent_id
ORDER BY s.revived_on IS NOT NULL, s.days_idle DESC NULLS LAST, s.found_on, s.resource_id

-- name: idle_resource_rows
-- What the summary is made of: a row for each resource listed by the day, beside them the leads and deals of the agents that
-- had reported both by then; one row without a resource where none is listed.
WITH
-- include: idle_state
,
agent_total AS (
    SELECT
        count(*) AS agents, count(CASE WHEN leads IS NOT NULL AND deals IS NOT NULL THEN 1 END) AS agents_reported,
        sum(CASE WHEN deals IS NOT NULL THEN leads END) AS leads, sum(CASE WHEN leads IS NOT NULL THEN deals END) AS deals
    FROM (
        SELECT
            CASE WHEN reported_on <= $as_of THEN leads END AS leads, CASE WHEN reported_on <= $as_of THEN deals END AS deals
        FROM investment_agent
        WHERE hired_on <= $as_of
    ) reported
),
period AS (SELECT CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE) AS period_from, CAST($as_of AS DATE) AS period_to)
SELECT
    p.period_from, p.period_to, t.agents, t.agents_reported, t.leads, t.deals, s.resource_id, s.found_on, s.days_idle,
    s.revived_on, s.vacant_area, s.revived_area, s.revived_land, s.tax_before, s.tax_after, s.tenant_registered
FROM agent_total t
CROSS JOIN period p
LEFT JOIN idle_state s ON TRUE
ORDER BY s.resource_id

-- name: agent_list
-- The agents engaged by the day, the most deals first; their counts from the day on which they were reported.
SELECT
    name AS agent, kind, hired_on, CASE WHEN reported_on <= $as_of THEN leads END AS leads,
    CASE WHEN reported_on <= $as_of THEN deals END AS deals,
    CASE WHEN reported_on <= $as_of THEN 100.0 * deals / nullif(leads, 0) END AS deal_rate,
    CASE WHEN reported_on <= $as_of THEN reported_on END AS reported_on, agent_id
FROM investment_agent
WHERE hired_on <= $as_of
ORDER BY deals DESC NULLS LAST, leads, agent_id
