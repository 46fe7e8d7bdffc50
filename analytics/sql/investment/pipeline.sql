-- name: current
-- Common table: the newest stage of each project on the day; on one day the later stage counts. A project at any stage
-- from 正式签约 on has signed; one without a stage row has no stage. Under contract is what has signed and was not ended.
reached AS (
    SELECT s.project_id, s.stage, s.entered_on, e.ordinal,
        row_number() OVER (PARTITION BY s.project_id ORDER BY s.entered_on DESC, e.ordinal DESC) AS place
    FROM stage_event s
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = s.stage
    WHERE s.entered_on <= $as_of
),
signed AS (
    SELECT r.project_id, min(r.entered_on) AS signed_on
    FROM reached r
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = '正式签约'
    WHERE r.ordinal >= e.ordinal AND r.stage NOT IN ('暂停', '终止')
    GROUP BY r.project_id
),
received AS (
    SELECT
        project_id, sum(CASE WHEN is_verified THEN amount END) AS received,
        sum(CASE WHEN NOT is_verified THEN amount END) AS unverified, max(received_on) AS received_on
    FROM funding
    WHERE received_on <= $as_of
    GROUP BY project_id
),
current AS (
    SELECT
        p.project_id, p.name AS project, p.investor, p.origin, p.track, p.verb, p.investment, p.owner, p.note,
        r.stage, r.ordinal, r.entered_on, s.signed_on,
        coalesce(s.signed_on IS NOT NULL AND r.stage <> '终止', false) AS is_under_contract, f.received, f.unverified,
        date_diff('day', r.entered_on, CAST($as_of AS DATE)) AS days_in_stage
    FROM investment_project p
    LEFT JOIN reached r ON r.project_id = p.project_id AND r.place = 1
    LEFT JOIN signed s ON s.project_id = p.project_id
    LEFT JOIN received f ON f.project_id = p.project_id
)

-- name: pipeline_stages
-- Projects and their total investment by the stage in which they are; those without a stage stand last.
WITH
-- include: current
,
bucket AS (
    SELECT e.value AS stage, e.ordinal, count(c.project_id) AS projects, coalesce(sum(c.investment), 0) AS investment
    FROM enumeration e
    LEFT JOIN current c ON c.stage = e.value
    WHERE e.dataset = 'stage_event' AND e.column_name = 'stage'
    GROUP BY e.value, e.ordinal
    UNION ALL
    SELECT NULL, NULL, count(*), sum(investment) FROM current WHERE stage IS NULL HAVING count(*) > 0
)
SELECT stage, projects, investment FROM bucket ORDER BY ordinal NULLS LAST

-- name: project_list
-- Every project with its stage, how long it has been there, and its money.
WITH
-- include: current
SELECT
    project, investor, origin, track, verb, stage, entered_on, days_in_stage, investment, received,
    100.0 * received / nullif(CASE WHEN signed_on IS NOT NULL THEN investment END, 0) AS rate, signed_on, owner, note,
    project_id
FROM current
ORDER BY ordinal DESC NULLS LAST, investment DESC, project

-- name: funds_in_place
-- Verified receipts over the total investment of the signed projects; one without any receipt has no rate.
WITH
-- include: current
SELECT
    project, signed_on, received, investment, 100.0 * received / nullif(investment, 0) AS rate, unverified, stage,
    project_id
FROM current
WHERE is_under_contract
ORDER BY rate NULLS LAST, project

-- name: parcel_clock
-- Parcels whose agreed start has passed without one: days overdue on the day.
SELECT
    c.parcel_id, p.name AS project, c.area, c.agreed_start_on, c.actual_start_on,
    date_diff('day', c.agreed_start_on, CAST($as_of AS DATE)) AS days_overdue, c.exempt_reason, p.owner
FROM parcel c
JOIN investment_project p ON p.project_id = c.project_id
WHERE c.agreed_start_on < $as_of AND (c.actual_start_on IS NULL OR c.actual_start_on > $as_of)
ORDER BY days_overdue DESC
