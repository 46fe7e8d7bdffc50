-- name: household_step
-- Common tables: `status_step`, the steps of the way; `agreement_in_force`, the one agreement of a household that was
-- signed by the day and not withdrawn by it; `household_step`, each household with the furthest step of its statuses by
-- the day and whether it has an agreement in force. 退回 takes back what was reached of signing and after by its day;
-- `side_state` is the newest of the states beside the way, if no step came after it.
status_step AS (
    SELECT value AS status, ordinal
    FROM enumeration
    WHERE dataset = 'status_event' AND column_name = 'status' AND ordinal <= (
        SELECT ordinal FROM enumeration
        WHERE dataset = 'status_event' AND column_name = 'status' AND value = '已交付'
    )
),
agreement_in_force AS (
    SELECT *
    FROM agreement
    WHERE signed_on <= $as_of AND (withdrawn_on IS NULL OR withdrawn_on > $as_of)
),
last_return AS (
    SELECT household_id, max(on_date) AS returned_on
    FROM status_event
    WHERE status = '退回' AND on_date <= $as_of
    GROUP BY household_id
),
reached_step AS (
    SELECT
        s.household_id, max(s.on_date) AS last_step_on,
        max(CASE
            WHEN r.returned_on IS NULL OR s.on_date > r.returned_on THEN p.ordinal
            ELSE least(p.ordinal, (SELECT ordinal FROM status_step WHERE status = '已评估'))
        END) AS ordinal
    FROM status_event s
    JOIN status_step p ON p.status = s.status
    LEFT JOIN last_return r ON r.household_id = s.household_id
    WHERE s.on_date <= $as_of
    GROUP BY s.household_id
),
side_event AS (
    SELECT s.household_id, max(s.on_date) AS side_on, arg_max(s.status, (s.on_date, e.ordinal)) AS side_state
    FROM status_event s
    JOIN enumeration e ON e.dataset = 'status_event' AND e.column_name = 'status' AND e.value = s.status
    WHERE s.on_date <= $as_of AND s.status NOT IN (SELECT status FROM status_step)
    GROUP BY s.household_id
),
household_step AS (
    SELECT
        h.project_id, h.household_id, h.village_id, h.block, h.team_id, h.legal_area, h.use, h.needs_support,
        r.ordinal, a.signed_on, CASE WHEN a.audited_on <= $as_of THEN a.audited_on END AS audited_on,
        a.signed_on IS NOT NULL AS has_agreement,
        coalesce(r.ordinal >= (SELECT ordinal FROM status_step WHERE status = '已签约'), false) AS has_status,
        CASE WHEN r.last_step_on IS NULL OR e.side_on >= r.last_step_on THEN e.side_state END AS side_state
    FROM household h
    LEFT JOIN agreement_in_force a ON a.household_id = h.household_id
    LEFT JOIN reached_step r ON r.household_id = h.household_id
    LEFT JOIN side_event e ON e.household_id = h.household_id
)

-- name: signing
-- Common tables: `signing`, each project whose signing has begun, with its households and how many have signed. To have
-- signed is to have an agreement in force on the day, whatever the statuses say; how many differ is told. The households
-- are the greater of the total that was declared and the codes that are registered.
-- include: household_step
,
counted AS (
    SELECT
        p.project_id, p.name AS project, p.kind, p.level, p.sign_start, p.sign_end, p.owner, p.note,
        p.floor_area_total, greatest(p.households_total, count(h.household_id)) AS households, count(h.household_id) AS registered,
        count(CASE WHEN h.has_agreement THEN 1 END) AS signed, max(h.signed_on) AS signed_on,
        count(CASE WHEN h.signed_on > CAST($as_of AS DATE) - INTERVAL 7 DAY THEN 1 END) AS signed_last_week,
        count(CASE WHEN h.has_agreement AND NOT h.has_status THEN 1 END) AS agreement_only,
        count(CASE WHEN h.has_status AND NOT h.has_agreement THEN 1 END) AS status_only
    FROM demolition_project p
    LEFT JOIN household_step h ON h.project_id = p.project_id
    WHERE p.sign_start <= $as_of
    GROUP BY
        p.project_id, p.name, p.kind, p.level, p.households_total, p.sign_start, p.sign_end, p.owner, p.note,
        p.floor_area_total
),
signing AS (
    SELECT
        *, households - signed AS households_left, 100.0 * signed / nullif(households, 0) AS rate,
        1.0 * signed_last_week / least(7, date_diff('day', sign_start, CAST($as_of AS DATE)) + 1) AS pace_per_day,
        100.0 * least(1.0, date_diff('day', sign_start, CAST($as_of AS DATE)) * 1.0
            / nullif(date_diff('day', sign_start, sign_end), 0)) AS planned_rate
    FROM counted
)

-- name: signing_rate
-- Households that have signed over all households of each project, beside the share of the signing period gone by: those
-- past their deadline first, the longest in front; then those behind their plan or too slow for their deadline, the
-- furthest behind in front; then the nearest deadline; at last those that are complete.
WITH
-- include: signing
,
judged AS (
    SELECT
        *, rate - planned_rate AS gap, date_diff('day', CAST($as_of AS DATE), sign_end) AS days_left,
        households_left > 0 AND sign_end < $as_of AS is_overdue,
        households_left > 0 AND sign_end >= $as_of
            AND pace_per_day * date_diff('day', CAST($as_of AS DATE), sign_end) < households_left AS is_too_slow,
        households_left > 0 OR greatest(sign_end, coalesce(signed_on, sign_end)) >= date_trunc('year', CAST($as_of AS DATE))
            AS is_this_year
    FROM signing
),
ordered AS (
    SELECT *, NOT is_overdue AND households_left > 0 AND (is_too_slow OR gap < 0) AS will_miss FROM judged
)
SELECT
    project, signed, households, rate, planned_rate, gap, households_left, agreement_only, status_only, sign_start,
    sign_end, days_left, is_overdue, is_too_slow, is_this_year, signed_on, note, kind, level, owner, project_id
FROM ordered
ORDER BY
    is_overdue DESC, CASE WHEN is_overdue THEN days_left END, households_left = 0, will_miss DESC,
    CASE WHEN will_miss THEN gap END, days_left, project

-- name: signing_curve
-- The running count of agreements in force on each day on which one was signed or withdrawn, from the first day on to
-- the day itself, or to the deadline where all have signed.
WITH
-- include: signing
,
day AS (
    SELECT h.project_id, a.signed_on AS on_date, count(*) AS signed_on_day
    FROM agreement a
    JOIN household h ON h.household_id = a.household_id
    WHERE a.signed_on <= $as_of
    GROUP BY h.project_id, a.signed_on
    UNION ALL
    SELECT h.project_id, a.withdrawn_on, -count(*)
    FROM agreement a
    JOIN household h ON h.household_id = a.household_id
    WHERE a.withdrawn_on <= $as_of
    GROUP BY h.project_id, a.withdrawn_on
    UNION ALL
    SELECT project_id, sign_start, 0 FROM signing
    UNION ALL
    SELECT project_id, CASE WHEN households_left > 0 THEN CAST($as_of AS DATE) ELSE least(sign_end, CAST($as_of AS DATE)) END, 0
    FROM signing
),
daily AS (
    SELECT project_id, on_date, sum(signed_on_day) AS signed_on_day FROM day GROUP BY project_id, on_date
),
running AS (
    SELECT project_id, on_date, sum(signed_on_day) OVER (PARTITION BY project_id ORDER BY on_date) AS signed FROM daily
)
SELECT
    s.project, r.on_date, CAST(r.signed AS BIGINT) AS signed, s.households,
    CAST(s.households - r.signed AS BIGINT) AS households_left, 100.0 * r.signed / nullif(s.households, 0) AS rate,
    s.project_id
FROM running r
JOIN signing s ON s.project_id = r.project_id
ORDER BY s.project, r.on_date

-- name: households_left
-- Households not signed yet, the days left to the deadline and the signings a day that would be needed.
WITH
-- include: signing
SELECT
    project, households_left, households, signed, greatest(0, date_diff('day', CAST($as_of AS DATE), sign_end)) AS days_left,
    CASE
        WHEN sign_end > CAST($as_of AS DATE)
            THEN 1.0 * households_left / date_diff('day', CAST($as_of AS DATE), sign_end)
    END AS needed_per_day,
    pace_per_day, sign_end, owner, project_id
FROM signing
ORDER BY households_left DESC, project

-- name: status_chain
-- How many households have reached each step by the day, over all households of the project. 已签约 is those with an
-- agreement, as in signing_rate; an agreement counts for the steps before it too, and the later steps are those of the
-- ledger of statuses.
WITH
-- include: signing
,
step AS (
    SELECT
        s.project_id, s.project, s.households, s.agreement_only, s.status_only, p.status, p.ordinal,
        n.ordinal AS signed_ordinal
    FROM signing s
    CROSS JOIN status_step p
    JOIN status_step n ON n.status = '已签约'
    WHERE p.status <> '待摸底'
)
SELECT
    t.project, t.status, count(h.household_id) AS reached, t.households,
    100.0 * count(h.household_id) / nullif(t.households, 0) AS rate,
    CASE WHEN t.ordinal = t.signed_ordinal THEN t.agreement_only END AS agreement_only,
    CASE WHEN t.ordinal = t.signed_ordinal THEN t.status_only END AS status_only, t.project_id
FROM step t
LEFT JOIN household_step h
    ON h.project_id = t.project_id
    AND CASE
        WHEN t.ordinal = t.signed_ordinal THEN h.has_agreement
        WHEN t.ordinal < t.signed_ordinal THEN h.has_agreement OR coalesce(h.ordinal >= t.ordinal, false)
        ELSE coalesce(h.ordinal >= t.ordinal, false)
    END
GROUP BY
    t.project, t.status, t.households, t.project_id, t.ordinal, t.signed_ordinal, t.agreement_only, t.status_only
ORDER BY t.project, t.ordinal

-- name: compensation_mix
-- Signed households by way of compensation and estate.
WITH
-- include: signing
SELECT
    p.project, a.mode, s.estate, count(*) AS signed, p.households,
    100.0 * count(*) / nullif(p.households, 0) AS rate, p.project_id
FROM agreement_in_force a
JOIN household h ON h.household_id = a.household_id
JOIN signing p ON p.project_id = h.project_id
LEFT JOIN housing_source s ON s.housing_source_id = a.housing_source_id
GROUP BY p.project, p.project_id, p.households, a.mode, s.estate
ORDER BY p.project, count(*) DESC, a.mode, s.estate
