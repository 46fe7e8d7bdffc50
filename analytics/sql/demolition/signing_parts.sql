-- name: signing_by_area
-- Lawful floor area of the households that have signed over that of all, beside the rate by household. The area of all is
-- the greater of what the project declares and what its households have together; those without an area are counted.
WITH
-- include: signing
,
summed AS (
    SELECT
        project_id, count(*) - count(legal_area) AS without_area, sum(legal_area) AS registered_area,
        sum(CASE WHEN has_agreement THEN legal_area ELSE 0 END) AS area_signed
    FROM household_step
    GROUP BY project_id
),
measured AS (
    SELECT
        s.*, coalesce(a.without_area, 0) AS without_area, a.registered_area,
        CASE WHEN a.registered_area IS NOT NULL THEN a.area_signed END AS area_signed,
        greatest(s.floor_area_total, a.registered_area) AS area
    FROM signing s
    LEFT JOIN summed a ON a.project_id = s.project_id
)
SELECT
    project, area_signed, area, 100.0 * area_signed / nullif(area, 0) AS area_rate, signed, households, rate, registered_area,
    floor_area_total, without_area, households - registered AS unregistered, project_id
FROM measured
ORDER BY area_rate, project

-- name: signing_breakdown
-- The households of each project by block, by village and by team: signed, vacated, razed, handed over, their areas. Those
-- of which the group is not written are a group, and so are those that are declared and not registered, so that the
-- groups of a dimension add up to the households of the project.
WITH
-- include: signing
,
step_ordinal AS (
    SELECT
        max(CASE WHEN status = '已腾空' THEN ordinal END) AS vacated, max(CASE WHEN status = '已拆除' THEN ordinal END) AS razed,
        max(CASE WHEN status = '已交付' THEN ordinal END) AS delivered
    FROM status_step
),
labelled AS (
    SELECT h.*, '片区' AS dimension, h.block AS group_name FROM household_step h
    UNION ALL
    SELECT h.*, '村社', v.name FROM household_step h LEFT JOIN village v ON v.village_id = h.village_id
    UNION ALL
    SELECT h.*, '小组', t.name FROM household_step h LEFT JOIN demolition_team t ON t.team_id = h.team_id
),
part AS (
    SELECT
        h.project_id, h.dimension, coalesce(h.group_name, '未写' || h.dimension) AS group_name, count(*) AS households,
        count(CASE WHEN h.has_agreement THEN 1 END) AS signed, sum(h.legal_area) AS area,
        sum(CASE WHEN h.legal_area IS NOT NULL THEN CASE WHEN h.has_agreement THEN h.legal_area ELSE 0 END END) AS area_signed,
        count(*) - count(h.legal_area) AS without_area, count(CASE WHEN h.ordinal >= o.vacated THEN 1 END) AS vacated,
        count(CASE WHEN h.ordinal >= o.razed THEN 1 END) AS razed,
        count(CASE WHEN h.ordinal >= o.delivered THEN 1 END) AS delivered, false AS is_unregistered
    FROM labelled h
    CROSS JOIN step_ordinal o
    GROUP BY h.project_id, h.dimension, h.group_name
    UNION ALL
    SELECT
        s.project_id, d.dimension, '未登记', s.households - s.registered, 0, NULL, NULL, s.households - s.registered, 0, 0, 0, true
    FROM signing s
    CROSS JOIN (SELECT DISTINCT dimension FROM (VALUES ('片区'), ('村社'), ('小组')) AS v (dimension)) d
    WHERE s.households > s.registered
)
SELECT
    s.project, p.dimension, p.group_name, p.signed, p.households AS group_households, 100.0 * p.signed / p.households AS rate,
    p.households - p.signed AS households_left, p.area_signed, p.area, 100.0 * p.area_signed / nullif(p.area, 0) AS area_rate,
    p.without_area, p.vacated, p.razed, p.delivered, p.is_unregistered, p.project_id
FROM part p
JOIN signing s ON s.project_id = p.project_id
ORDER BY s.project, p.dimension, p.is_unregistered, p.households - p.signed DESC, rate, p.group_name

-- name: reward_countdown
-- The reward periods of each project: past, running or to come, days to the end, how many signed in each and are in force,
-- and in the running ones the households that would lose the reward: all that have not signed.
WITH
-- include: signing
,
one_short AS (
    SELECT project_id, count(*) AS blocks_one_short
    FROM (
        SELECT project_id, block
        FROM household_step
        WHERE block IS NOT NULL
        GROUP BY project_id, block
        HAVING count(*) - count(CASE WHEN has_agreement THEN 1 END) = 1
    ) AS b
    GROUP BY project_id
),
dated AS (
    SELECT
        i.*, CASE WHEN i.ends_on < $as_of THEN '已结束' WHEN i.starts_on > $as_of THEN '未开始' ELSE '进行中' END AS period_state
    FROM incentive_period i
),
signed_within AS (
    SELECT i.project_id, i.sequence, count(h.household_id) AS signed
    FROM incentive_period i
    LEFT JOIN household_step h ON h.project_id = i.project_id AND h.signed_on BETWEEN i.starts_on AND i.ends_on
    GROUP BY i.project_id, i.sequence
)
SELECT
    s.project, d.sequence, d.period_state, d.starts_on, d.ends_on,
    CASE WHEN d.period_state = '进行中' THEN date_diff('day', CAST($as_of AS DATE), d.ends_on) END AS days_left,
    CASE WHEN d.period_state = '进行中' THEN s.households_left END AS households_at_risk,
    CASE WHEN d.period_state = '进行中' THEN coalesce(o.blocks_one_short, 0) END AS blocks_one_short,
    w.signed, s.households, d.reward_basis, d.reward, d.project_id
FROM dated d
JOIN signing s ON s.project_id = d.project_id
JOIN signed_within w ON w.project_id = d.project_id AND w.sequence = d.sequence
LEFT JOIN one_short o ON o.project_id = d.project_id
ORDER BY d.period_state <> '进行中', d.ends_on, s.project, d.sequence
