-- name: legal_step_rows
-- The legal steps of the projects of which one had been taken by the day; what lies after the day is not known yet, but
-- for what is planned. Beside each stand the households of its project, and of a step that concerns one household
-- whether it has an agreement in force and when it first went for review or to court.
WITH
-- include: household_step
,
known_step AS (
    SELECT
        s.step_id, s.project_id, s.household_id, s.step, s.planned_on, s.document_number,
        CASE WHEN s.started_on <= $as_of THEN s.started_on END AS started_on,
        CASE WHEN s.done_on <= $as_of THEN s.done_on END AS done_on
    FROM legal_step s
),
project_size AS (
    SELECT project_id, count(*) AS registered FROM household GROUP BY project_id
),
first_suit AS (
    SELECT household_id, min(on_date) AS suit_on
    FROM status_event
    WHERE status = '复议诉讼' AND on_date <= $as_of
    GROUP BY household_id
)
SELECT
    s.step_id, s.project_id, p.name AS project, p.kind, p.owner, p.sign_end, s.household_id, s.step, s.planned_on,
    s.started_on, s.done_on, s.document_number, greatest(p.households_total, coalesce(z.registered, 0)) AS households,
    a.household_id IS NOT NULL AS has_agreement, f.suit_on
FROM known_step s
JOIN demolition_project p ON p.project_id = s.project_id
LEFT JOIN project_size z ON z.project_id = s.project_id
LEFT JOIN agreement_in_force a ON a.household_id = s.household_id
LEFT JOIN first_suit f ON f.household_id = s.household_id
WHERE s.project_id IN (SELECT project_id FROM known_step WHERE coalesce(started_on, done_on) IS NOT NULL)
ORDER BY s.project_id, s.step, coalesce(s.done_on, s.started_on, s.planned_on), s.step_id

-- name: preparation_state
-- Common table: every item of every project that has begun to sign or to prepare by the day. To be ready is to be done
-- before the first day of signing.
preparation_project AS (
    SELECT project_id, name AS project, kind, owner, sign_start
    FROM demolition_project
    WHERE sign_start <= $as_of
        OR project_id IN (SELECT project_id FROM preparation_item WHERE due_on <= $as_of OR done_on <= $as_of)
),
preparation_case AS (
    SELECT
        p.project_id, p.project, p.kind, p.owner, p.sign_start, e.value AS preparation, e.ordinal, i.due_on,
        i.document_number, CASE WHEN i.done_on <= $as_of THEN i.done_on END AS done_on,
        i.preparation IS NOT NULL AS is_registered
    FROM preparation_project p
    JOIN enumeration e ON e.dataset = 'preparation_item' AND e.column_name = 'preparation'
    LEFT JOIN preparation_item i ON i.project_id = p.project_id AND i.preparation = e.value
),
preparation_state AS (
    SELECT
        *, coalesce(done_on < sign_start, false) AS is_ready,
        CASE
            WHEN NOT is_registered THEN '未登记'
            WHEN done_on >= sign_start THEN '签约后完成'
            WHEN done_on > due_on THEN '晚于期限完成'
            WHEN done_on IS NOT NULL THEN '按期完成'
            WHEN due_on < $as_of OR sign_start <= $as_of THEN '逾期未完成'
            ELSE '未到期'
        END AS state
    FROM preparation_case
)

-- name: preparation_list
-- Every item of every project with its state, in the order of the items, the least ready projects first.
WITH
-- include: preparation_state
SELECT
    project, preparation, state, due_on, done_on, sign_start, document_number, kind, owner, ordinal, project_id,
    CASE WHEN state = '逾期未完成' THEN nullif(date_diff('day', least(due_on, sign_start), CAST($as_of AS DATE)), 0) END
        AS days_overdue
FROM preparation_state
ORDER BY sign_start DESC, project_id, ordinal

-- name: preparation_readiness
-- Items that were ready before signing over all items of each project, and which are not: the least ready first, those of
-- which nothing is on record last.
WITH
-- include: preparation_state
SELECT
    project, CASE WHEN count(CASE WHEN is_registered THEN 1 END) > 0 THEN count(CASE WHEN is_ready THEN 1 END) END AS ready,
    count(*) AS needed,
    CASE
        WHEN count(CASE WHEN is_registered THEN 1 END) > 0 THEN 100.0 * count(CASE WHEN is_ready THEN 1 END) / count(*)
    END AS rate,
    string_agg(CASE WHEN state = '逾期未完成' THEN preparation END, ',' ORDER BY ordinal) AS overdue_items,
    string_agg(CASE WHEN state IN ('签约后完成', '晚于期限完成') THEN preparation END, ',' ORDER BY ordinal) AS late_items,
    string_agg(CASE WHEN state = '未到期' THEN preparation END, ',' ORDER BY ordinal) AS waiting_items,
    string_agg(CASE WHEN state = '未登记' THEN preparation END, ',' ORDER BY ordinal) AS unregistered_items,
    sign_start, kind, owner, project_id
FROM preparation_state
GROUP BY project, project_id, sign_start, kind, owner
ORDER BY rate NULLS LAST, sign_start DESC, project_id

-- name: housing_supply
-- Homes free on the day by estate, and in all; against them the households that look for one and have none: those with an
-- agreement on a home in exchange but none allotted, and those unsigned that have an open difficulty about the homes.
-- Free is what there is less the agreements in force; where the number of homes is not known, neither is what is free, and
-- its agreements are not in the total.
WITH
-- include: household_step
,
taken AS (
    SELECT housing_source_id, count(*) AS taken FROM agreement_in_force GROUP BY housing_source_id
),
estate_row AS (
    SELECT
        s.housing_source_id, s.estate, s.kind, s.units_total, coalesce(t.taken, 0) AS taken,
        CASE WHEN s.units_total IS NOT NULL THEN greatest(0, s.units_total - coalesce(t.taken, 0)) END AS free
    FROM housing_source s
    LEFT JOIN taken t ON t.housing_source_id = s.housing_source_id
),
asking AS (
    SELECT DISTINCT household_id
    FROM household_difficulty
    WHERE difficulty_reason IN ('安置房位置', '安置房面积户型') AND raised_on <= $as_of
        AND (closed_on IS NULL OR closed_on > $as_of)
),
looking AS (
    SELECT
        count(CASE WHEN a.mode IN ('产权调换', '混合') AND a.housing_source_id IS NULL THEN 1 END) AS unplaced,
        count(CASE WHEN NOT h.has_agreement AND q.household_id IS NOT NULL THEN 1 END) AS asking,
        count(CASE WHEN NOT h.has_agreement AND q.household_id IS NULL THEN 1 END) AS undecided
    FROM household_step h
    JOIN demolition_project p ON p.project_id = h.project_id AND p.sign_start <= $as_of
    LEFT JOIN agreement_in_force a ON a.household_id = h.household_id
    LEFT JOIN asking q ON q.household_id = h.household_id
),
total_row AS (
    SELECT
        sum(e.units_total) AS units_total, sum(CASE WHEN e.units_total IS NOT NULL THEN e.taken END) AS taken,
        sum(e.free) AS free, count(*) AS sources,
        count(CASE WHEN e.units_total IS NULL THEN 1 END) AS sources_unknown
    FROM estate_row e
)
SELECT
    true AS is_total, NULL AS estate, NULL AS kind, t.units_total, t.taken, t.free, t.sources_unknown, k.unplaced,
    k.asking, k.undecided, k.unplaced + k.asking AS looking,
    100.0 * t.free / nullif(k.unplaced + k.asking, 0) AS rate, NULL AS housing_source_id
FROM total_row t
CROSS JOIN looking k
WHERE t.sources > 0
UNION ALL
SELECT
    false, estate, kind, units_total, taken, free, CASE WHEN units_total IS NULL THEN 1 ELSE 0 END, NULL, NULL, NULL,
    NULL, NULL, housing_source_id
FROM estate_row
ORDER BY is_total DESC, free NULLS LAST, housing_source_id
