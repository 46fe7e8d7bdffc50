-- name: reached
-- Common table: every stage that a project entered up to the day, its newest in place 1; on one day the later stage counts.
reached AS (
    SELECT s.project_id, s.stage, s.entered_on, e.ordinal,
        row_number() OVER (PARTITION BY s.project_id ORDER BY s.entered_on DESC, e.ordinal DESC) AS place
    FROM stage_event s
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = s.stage
    WHERE s.entered_on <= $as_of
)

-- name: current
-- Common table: the newest stage of each project on the day; on one day the later stage counts. A project at any stage
-- from 正式签约 on has signed; one without a stage row has no stage. Under contract is what has signed and is not ended: what
-- is suspended is, and so is what went on after its end. Of a project with receipts, `received` are those verified, 0 where
-- none is; without any receipt it is unknown.
-- include: reached
,
signed AS (
    SELECT r.project_id, min(r.entered_on) AS signed_on
    FROM reached r
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = '正式签约'
    WHERE r.ordinal >= e.ordinal AND r.stage NOT IN ('暂停', '终止')
    GROUP BY r.project_id
),
received AS (
    SELECT
        project_id, sum(CASE WHEN is_verified THEN amount ELSE 0 END) AS received,
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

-- name: late_land
-- Common table: the parcels whose agreed start has passed without one, with the days since.
late_land AS (
    SELECT
        parcel_id, project_id, area, agreed_start_on, actual_start_on,
        date_diff('day', agreed_start_on, CAST($as_of AS DATE)) AS days_overdue, exempt_reason
    FROM parcel
    WHERE agreed_start_on < $as_of AND (actual_start_on IS NULL OR actual_start_on > $as_of)
)

-- name: counted_receipt
-- Common table, after that of current: every receipt up to the day, and whether the newest target of 本期到位资金 counts
-- it: only what a project under contract received in its period and is verified.
counted_receipt AS (
    SELECT
        f.funding_id, f.project_id, f.received_on, f.amount, f.proof, f.is_verified, t.period_start, t.period_end,
        coalesce(
            c.is_under_contract AND f.is_verified AND f.received_on BETWEEN t.period_start AND t.period_end, FALSE
        ) AS is_counted
    FROM funding f
    LEFT JOIN current c ON c.project_id = f.project_id
    LEFT JOIN (
        SELECT period_start, period_end
        FROM target
        WHERE metric = 'funds_in_place' AND period_start <= $as_of
        ORDER BY period_start DESC
        LIMIT 1
    ) t ON TRUE
    WHERE f.received_on <= $as_of
)

-- name: pipeline_stages
-- Projects and their total investment by the stage in which they are, and how many passed the stage over; those without
-- a stage stand last.
WITH
-- include: current
,
furthest AS (
    SELECT r.project_id, p.track = '供地类' AS is_on_land, max(r.ordinal) AS ordinal
    FROM reached r
    JOIN investment_project p ON p.project_id = r.project_id
    WHERE r.stage NOT IN ('暂停', '终止')
    GROUP BY r.project_id, p.track
),
beyond AS (SELECT is_on_land, ordinal, count(*) AS projects FROM furthest GROUP BY is_on_land, ordinal),
entered AS (
    SELECT r.stage, f.is_on_land, count(DISTINCT r.project_id) AS projects
    FROM reached r
    JOIN furthest f ON f.project_id = r.project_id AND f.ordinal > r.ordinal
    GROUP BY r.stage, f.is_on_land
),
passed AS (
    SELECT e.value AS stage, b.is_on_land, sum(b.projects) AS projects
    FROM enumeration e
    JOIN beyond b ON b.ordinal > e.ordinal
    WHERE e.dataset = 'stage_event' AND e.column_name = 'stage'
        AND (b.is_on_land OR e.value NOT IN ('拿地', '开工', '主体施工', '封顶', '竣工'))
    GROUP BY e.value, b.is_on_land
),
skipped AS (
    SELECT p.stage, sum(p.projects - coalesce(n.projects, 0)) AS projects
    FROM passed p
    LEFT JOIN entered n ON n.stage = p.stage AND n.is_on_land = p.is_on_land
    GROUP BY p.stage
),
bucket AS (
    SELECT
        e.value AS stage, e.ordinal, count(c.project_id) AS projects, coalesce(sum(c.investment), 0) AS investment,
        count(c.project_id) - count(c.investment) AS unpriced
    FROM enumeration e
    LEFT JOIN current c ON c.stage = e.value
    WHERE e.dataset = 'stage_event' AND e.column_name = 'stage'
    GROUP BY e.value, e.ordinal
    UNION ALL
    SELECT NULL, NULL, count(*), coalesce(sum(investment), 0), count(*) - count(investment) FROM current WHERE stage IS NULL HAVING count(*) > 0
)
SELECT
    b.stage, b.projects, b.investment, b.unpriced,
    CASE WHEN b.stage NOT IN ('暂停', '终止') THEN coalesce(s.projects, 0) END AS skipped
FROM bucket b
LEFT JOIN skipped s ON s.stage = b.stage
ORDER BY b.ordinal NULLS LAST

-- name: projects_by_origin
-- Projects and their total investment by the origin of their capital; those of which none is written stand last, so
-- that the parts add up to all.
WITH
-- include: current
SELECT
    coalesce(p.origin, '未分类') AS origin, count(*) AS projects, coalesce(sum(p.investment), 0) AS investment,
    count(*) - count(p.investment) AS unpriced
FROM current p
LEFT JOIN enumeration e
    ON e.dataset = 'investment_project' AND e.column_name = 'origin' AND e.value = p.origin
GROUP BY p.origin, e.ordinal
ORDER BY e.ordinal NULLS LAST

-- name: funds_in_place
-- Verified receipts over the total investment of the signed projects that are not ended; one without any receipt has no
-- rate of its own, and stays in that of all.
WITH
-- include: current
SELECT
    project, signed_on, received, investment, 100.0 * received / nullif(investment, 0) AS rate, unverified, stage,
    project_id
FROM current
WHERE is_under_contract
ORDER BY rate NULLS LAST, project

-- name: receipts
-- Every receipt up to the day, the newest first, and whether the target counts it.
WITH
-- include: current
,
-- include: counted_receipt
SELECT
    p.name AS project, r.received_on, r.amount, r.proof, r.is_verified, r.is_counted, r.period_start, r.period_end,
    r.project_id
FROM counted_receipt r
JOIN investment_project p ON p.project_id = r.project_id
ORDER BY r.received_on DESC, r.funding_id DESC

-- name: project_stages
-- The stages that one project entered up to the day, the newest first, how long it was in each, and how many stages of
-- its track it had passed over on coming there, of those that it never entered.
WITH
way AS (
    SELECT
        s.stage, s.entered_on, e.ordinal, s.stage IN ('暂停', '终止') AS is_exit, s.date_basis, s.evidence,
        lead(s.entered_on) OVER (ORDER BY s.entered_on, e.ordinal) AS left_on,
        max(CASE WHEN s.stage NOT IN ('暂停', '终止') THEN e.ordinal END) OVER (
            ORDER BY s.entered_on, e.ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS furthest
    FROM stage_event s
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = s.stage
    WHERE s.project_id = $project_id AND s.entered_on <= $as_of
),
missed AS (
    SELECT e.ordinal
    FROM enumeration e
    JOIN investment_project p ON p.project_id = $project_id
    WHERE e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value NOT IN (SELECT stage FROM way)
        AND (p.track = '供地类' OR e.value NOT IN ('拿地', '开工', '主体施工', '封顶', '竣工'))
)
SELECT
    w.stage, w.entered_on, date_diff('day', w.entered_on, coalesce(w.left_on, CAST($as_of AS DATE))) AS days_in_stage,
    CASE WHEN NOT w.is_exit THEN count(m.ordinal) END AS skipped, w.date_basis, w.evidence
FROM way w
LEFT JOIN missed m ON NOT w.is_exit AND m.ordinal < w.ordinal AND m.ordinal > coalesce(w.furthest, 0)
GROUP BY w.stage, w.entered_on, w.ordinal, w.left_on, w.is_exit, w.date_basis, w.evidence
ORDER BY w.entered_on DESC, w.ordinal DESC

-- name: project_land
-- The parcels of one project, with the days since the agreed start of those without a start.
WITH
-- include: late_land
SELECT
    c.parcel_id, c.area, c.agreed_start_on, CASE WHEN c.actual_start_on <= $as_of THEN c.actual_start_on END AS actual_start_on,
    l.days_overdue, c.agreed_finish_on, c.exempt_reason
FROM parcel c
LEFT JOIN late_land l ON l.parcel_id = c.parcel_id
WHERE c.project_id = $project_id
ORDER BY c.agreed_start_on, c.parcel_id
