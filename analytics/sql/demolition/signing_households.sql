-- name: household_days
-- Common tables: `household_days`, for each household the first day of its survey and of its vacating by the day.
household_days AS (
    SELECT
        household_id, min(CASE WHEN status = '已摸底' THEN on_date END) AS surveyed_on,
        min(CASE WHEN status = '已腾空' THEN on_date END) AS vacated_on
    FROM status_event
    WHERE on_date <= $as_of
    GROUP BY household_id
),
first_agreement AS (
    SELECT household_id, min(signed_on) AS first_signed_on, max(CASE WHEN withdrawn_on <= $as_of THEN withdrawn_on END) AS withdrawn_on
    FROM agreement
    WHERE signed_on <= $as_of
    GROUP BY household_id
)

-- name: household_differences
-- The households whose agreements and statuses disagree, a row for each disagreement, with what each ledger says.
WITH
-- include: signing
,
-- include: household_days
,
compared AS (
    SELECT
        h.*, p.status, d.surveyed_on, d.vacated_on, a.first_signed_on,
        CASE WHEN NOT h.has_agreement THEN a.withdrawn_on END AS withdrawn_on,
        h.ordinal >= (SELECT ordinal FROM status_step WHERE status = '已腾空') AS has_vacated
    FROM household_step h
    LEFT JOIN status_step p ON p.ordinal = h.ordinal
    LEFT JOIN household_days d ON d.household_id = h.household_id
    LEFT JOIN first_agreement a ON a.household_id = h.household_id
),
found AS (
    SELECT 1 AS rank, '已腾空而没有协议' AS difference, * FROM compared WHERE has_vacated AND NOT has_agreement
    UNION ALL
    SELECT 2, '状态已签约而没有协议', * FROM compared WHERE has_status AND NOT has_agreement AND NOT has_vacated
    UNION ALL
    SELECT 3, '有协议而状态未到签约', * FROM compared WHERE has_agreement AND NOT has_status
    UNION ALL
    SELECT 4, '腾空早于签约', * FROM compared WHERE has_agreement AND vacated_on < first_signed_on
    UNION ALL
    SELECT 5, '签约早于摸底', * FROM compared WHERE first_signed_on < surveyed_on
)
SELECT
    s.project, f.household_id, f.difference, f.signed_on, f.withdrawn_on, f.status, f.side_state, f.surveyed_on, f.vacated_on,
    f.project_id
FROM found f
JOIN signing s ON s.project_id = f.project_id
ORDER BY f.rank, s.project, f.household_id

-- name: household_steps
-- Each household of a project, $project_id, with the step at which it stands: those that have not signed first. To have
-- signed is to have an agreement in force; the step of one that has none is the last before 已签约 at most, and
-- `is_differing` tells where the two ledgers disagree on that.
WITH
-- include: household_step
SELECT
    h.household_id, h.block, v.name AS village, h.has_agreement AS is_signed, h.side_state,
    CASE
        WHEN h.has_agreement THEN greatest(h.ordinal, g.ordinal)
        ELSE least(coalesce(h.ordinal, 1), g.ordinal - 1)
    END AS step_ordinal,
    h.has_agreement <> h.has_status AS is_differing, h.signed_on
FROM household_step h
CROSS JOIN (SELECT ordinal FROM status_step WHERE status = '已签约') AS g
LEFT JOIN village v ON v.village_id = h.village_id
WHERE h.project_id = $project_id
ORDER BY h.has_agreement, step_ordinal, h.household_id
