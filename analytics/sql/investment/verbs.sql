-- name: introduced
-- Common table, after that of current: the projects under contract that signed in the year of the day.
introduced AS (
    SELECT
        c.project_id, c.project, c.investor, c.verb, c.signed_on, c.stage, c.investment, p.expected_tax,
        p.expected_tax >= $quality_tax AS is_high_quality
    FROM current c
    JOIN investment_project p ON p.project_id = c.project_id
    WHERE c.is_under_contract AND c.signed_on >= date_trunc('year', CAST($as_of AS DATE))
)

-- name: material_state
-- Common table: the versions of the material published by the day; 《投资庄桥》 is what counts, its newest version in place 1.
material_state AS (
    SELECT
        *, coalesce(name LIKE '%投资庄桥%', false) AS is_counted,
        date_diff('day', published_on, CAST($as_of AS DATE)) AS days_old,
        100.0 * plots_covered / nullif(plots_total, 0) AS covered_rate,
        row_number() OVER (
            PARTITION BY coalesce(name LIKE '%投资庄桥%', false) ORDER BY published_on DESC, material_id DESC
        ) AS place
    FROM promotion_material
    WHERE published_on <= $as_of
)

-- name: survey_state
-- Common tables: the firms of the subdistrict by the day with their newest survey of the year, and since when each has
-- meant to expand; what a survey became after the day is not known yet.
firm AS (
    SELECT enterprise_id, name AS enterprise
    FROM enterprise
    WHERE listed_on <= $as_of AND (trades_in = '本街道' OR registered_in = '本街道')
),
survey AS (
    SELECT
        s.enterprise_id, s.survey_id, s.surveyed_on, s.method, s.intent,
        CASE WHEN s.intent = '明确' THEN s.amount END AS amount,
        CASE WHEN s.converted_on <= $as_of THEN s.converted_on END AS converted_on,
        CASE WHEN s.converted_on <= $as_of THEN s.converted_project_id END AS converted_project_id,
        row_number() OVER (PARTITION BY s.enterprise_id ORDER BY s.surveyed_on DESC, s.survey_id DESC) AS place
    FROM expansion_survey s
    JOIN firm f ON f.enterprise_id = s.enterprise_id
    WHERE s.surveyed_on <= $as_of
),
intended AS (
    SELECT
        enterprise_id, min(surveyed_on) AS intended_on, max(converted_on) AS converted_on,
        max(converted_project_id) AS converted_project_id
    FROM survey
    WHERE intent = '明确'
    GROUP BY enterprise_id
),
survey_state AS (
    SELECT
        f.enterprise_id, f.enterprise, s.surveyed_on, s.method, s.intent, s.amount,
        coalesce(s.surveyed_on >= date_trunc('year', CAST($as_of AS DATE)), false) AS is_this_year,
        i.intended_on, i.converted_on, i.converted_project_id,
        coalesce(date_diff('day', i.intended_on, CAST($as_of AS DATE)) > $intent_days, false) AS is_old_intent
    FROM firm f
    LEFT JOIN survey s ON s.enterprise_id = f.enterprise_id AND s.place = 1
    LEFT JOIN intended i ON i.enterprise_id = f.enterprise_id
)

-- name: relocation_state
-- Common table: the changes of registration on record by the day, each of the firm's own wish or required by law, with
-- what had come of it by then; those done or withdrawn in earlier years are over.
relocation_state AS (
    SELECT
        r.relocation_id, e.name AS enterprise, r.found_on, r.consent_basis, r.service,
        CASE WHEN r.applied_on <= $as_of THEN r.applied_on END AS applied_on,
        CASE WHEN r.done_on <= $as_of THEN r.done_on END AS done_on,
        CASE WHEN r.withdrawn_on <= $as_of THEN r.withdrawn_on END AS withdrawn_on,
        CASE WHEN r.done_on <= $as_of THEN date_diff('day', r.applied_on, r.done_on) END AS days_taken,
        coalesce(r.done_on > $as_of, true) AND coalesce(r.withdrawn_on > $as_of, true) AS is_open
    FROM relocation r
    JOIN enterprise e ON e.enterprise_id = r.enterprise_id
    WHERE r.found_on <= $as_of AND r.consent_basis IN ('企业自愿', '依法应当变更')
        AND coalesce(least(r.done_on, r.withdrawn_on) >= date_trunc('year', CAST($as_of AS DATE)), true)
)

-- name: merchant_state
-- Common tables: the merchants on record by the day, when each was last spoken to by then as far as is known, and what
-- had become of it. Where the register names a later contact only and no activity an earlier one, it is not known.
talks_begun AS (
    SELECT DISTINCT s.project_id
    FROM stage_event s
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = s.stage
    JOIN enumeration k ON k.dataset = 'stage_event' AND k.column_name = 'stage' AND k.value = '洽谈'
    WHERE s.entered_on <= $as_of AND e.ordinal >= k.ordinal AND s.stage NOT IN ('暂停', '终止')
),
met AS (
    SELECT merchant_id, max(held_on) AS met_on
    FROM investment_activity
    WHERE held_on <= $as_of AND merchant_id IS NOT NULL
    GROUP BY merchant_id
),
contacted AS (
    SELECT
        m.*,
        CASE
            WHEN m.last_contact_on <= $as_of THEN greatest(m.last_contact_on, coalesce(a.met_on, m.last_contact_on))
            ELSE a.met_on
        END AS contact_on,
        coalesce(m.last_contact_on > $as_of, false) AND a.met_on IS NULL AS is_unknown,
        coalesce(m.converted_on <= $as_of, false) AS is_converted, coalesce(m.lapsed_on <= $as_of, false) AS is_lapsed
    FROM merchant m
    LEFT JOIN met a ON a.merchant_id = m.merchant_id
    WHERE m.first_on <= $as_of
),
merchant_state AS (
    SELECT
        c.merchant_id, c.name AS merchant, c.grade, c.channel, c.industry, c.first_on, c.contact_on,
        CASE WHEN c.next_contact_on >= c.contact_on OR c.contact_on IS NULL THEN c.next_contact_on END AS next_contact_on,
        CASE WHEN c.is_converted THEN c.project_id END AS project_id,
        CASE WHEN c.is_converted THEN c.converted_on END AS converted_on,
        CASE WHEN c.is_lapsed THEN c.lapsed_on END AS lapsed_on,
        CASE
            WHEN NOT c.is_unknown THEN date_diff('day', coalesce(c.contact_on, c.first_on), CAST($as_of AS DATE))
        END AS days_silent,
        NOT c.is_converted AND NOT c.is_lapsed AS is_in_reserve, c.is_converted AND t.project_id IS NOT NULL AS is_in_talks
    FROM contacted c
    LEFT JOIN talks_begun t ON t.project_id = c.project_id
),
reserve AS (
    SELECT
        *, coalesce(is_in_reserve AND days_silent > $lost_contact_days, false) AS is_lost,
        coalesce(
            is_in_reserve AND contact_on IS NOT NULL
            AND (grade = 'A' AND days_silent <= $contact_days_a OR grade = 'B' AND days_silent <= $contact_days_b),
            false
        ) AS is_active
    FROM merchant_state
)

-- name: early_talk
-- Common tables: the key projects that have come to their land, those without new land to their production, by the day:
-- when, and the first talk before that. What came before the first activity on record cannot be known, and is left out.
came AS (
    SELECT p.project_id, p.name AS project, p.track, p.investment, min(s.entered_on) AS came_on
    FROM investment_project p
    JOIN stage_event s ON s.project_id = p.project_id AND s.entered_on <= $as_of AND s.stage NOT IN ('暂停', '终止')
    JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = s.stage
    JOIN enumeration k ON k.dataset = 'stage_event' AND k.column_name = 'stage'
        AND k.value = CASE WHEN p.track = '供地类' THEN '拿地' ELSE '投产纳统' END
    WHERE p.investment >= $key_project_investment AND e.ordinal >= k.ordinal
    GROUP BY p.project_id, p.name, p.track, p.investment
),
early_talk AS (
    SELECT c.*, min(a.held_on) AS talked_on
    FROM came c
    LEFT JOIN investment_activity a ON a.project_id = c.project_id AND a.kind = '座谈' AND a.held_on < c.came_on
    WHERE c.came_on > (SELECT min(held_on) FROM investment_activity)
    GROUP BY c.project_id, c.project, c.track, c.investment, c.came_on
)

-- name: partner_state
-- Common table: the partners by the day; figures reported after it are not known yet.
partner_state AS (
    SELECT
        p.partner_id, p.enterprise_id, e.name AS enterprise, p.since, p.joint_plan, p.shared_resources,
        CASE WHEN p.reported_on <= $as_of THEN p.leads END AS leads,
        CASE WHEN p.reported_on <= $as_of THEN p.deals END AS deals,
        CASE WHEN p.reported_on <= $as_of THEN p.tax_kept END AS tax_kept,
        CASE WHEN p.reported_on <= $as_of THEN p.reported_on END AS reported_on
    FROM joint_partner p
    JOIN enterprise e ON e.enterprise_id = p.enterprise_id
    WHERE p.since <= $as_of
)

-- name: seven_verbs
-- The indicators of the seven verbs that rest on their own ledgers: what was counted, of how many, how many are not known,
-- and the newest day in what they rest on. Shares and sentences are made of these.
WITH
-- include: current
,
-- include: introduced
,
-- include: material_state
,
-- include: survey_state
,
-- include: relocation_state
,
-- include: merchant_state
,
-- include: early_talk
,
-- include: partner_state
,
signing AS (SELECT max(entered_on) AS newest FROM stage_event WHERE entered_on <= $as_of),
surveying AS (SELECT max(surveyed_on) AS newest FROM expansion_survey WHERE surveyed_on <= $as_of),
talking AS (SELECT max(held_on) AS newest FROM investment_activity WHERE held_on <= $as_of AND kind = '座谈'),
known AS (SELECT max(greatest(first_on, contact_on)) AS newest FROM reserve),
relocating AS (
    SELECT
        greatest(
            max(found_on), max(CASE WHEN applied_on <= $as_of THEN applied_on END),
            max(CASE WHEN done_on <= $as_of THEN done_on END),
            max(CASE WHEN withdrawn_on <= $as_of THEN withdrawn_on END)
        ) AS newest
    FROM relocation
    WHERE found_on <= $as_of
),
edition AS (SELECT * FROM material_state WHERE is_counted AND place = 1),
done AS (SELECT * FROM relocation_state WHERE done_on IS NOT NULL)
SELECT 'Y1' AS code, 1 AS part, count(*) AS numerator, NULL AS denominator, NULL AS median, 0 AS missing,
    (SELECT newest FROM signing) AS newest
FROM introduced
UNION ALL
SELECT 'Y1', 2, sum(investment), NULL, NULL, count(*) - count(investment), (SELECT newest FROM signing) FROM introduced
UNION ALL
SELECT 'Y2', 1, count(CASE WHEN is_high_quality THEN 1 END), count(*), NULL,
    count(CASE WHEN expected_tax IS NULL THEN 1 END), (SELECT newest FROM signing)
FROM introduced
UNION ALL
SELECT 'Y3', 1, min(days_old), NULL, NULL, 0, max(published_on) FROM edition
UNION ALL
SELECT 'Y3', 2, min(plots_covered), min(plots_total), NULL, 0, max(published_on) FROM edition
UNION ALL
SELECT 'Z1', 1, count(CASE WHEN is_this_year THEN 1 END), count(*), NULL, 0, (SELECT newest FROM surveying)
FROM survey_state
UNION ALL
SELECT 'Z2', 1, sum(amount), count(*), NULL, count(CASE WHEN amount IS NULL THEN 1 END), (SELECT newest FROM surveying)
FROM survey_state
WHERE is_this_year AND intent = '明确'
UNION ALL
SELECT 'Z3', 1, count(converted_on), count(*), NULL, 0, (SELECT newest FROM surveying)
FROM survey_state
WHERE is_old_intent
UNION ALL
SELECT 'C4', 1, count(done_on), count(*), NULL, 0, (SELECT newest FROM relocating)
FROM relocation_state
UNION ALL
SELECT 'C4', 2, count(days_taken), count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY days_taken),
    count(*) - count(days_taken), (SELECT newest FROM relocating)
FROM done
UNION ALL
SELECT 'S1', 1, count(CASE WHEN is_active THEN 1 END), count(*), NULL, count(CASE WHEN days_silent IS NULL THEN 1 END),
    (SELECT newest FROM known)
FROM reserve
WHERE is_in_reserve AND grade IN ('A', 'B')
UNION ALL
SELECT 'S3', 1, count(CASE WHEN is_in_talks THEN 1 END), count(*), NULL, 0, (SELECT newest FROM known)
FROM reserve
UNION ALL
SELECT 'S3', 2, count(CASE WHEN is_lost THEN 1 END), count(days_silent), NULL, count(*) - count(days_silent),
    (SELECT newest FROM known)
FROM reserve
WHERE is_in_reserve
UNION ALL
SELECT 'L1', 1, count(DISTINCT enterprise_id), NULL, NULL, 0, max(greatest(since, reported_on)) FROM partner_state
UNION ALL
SELECT 'L2', 1, count(talked_on), count(*), NULL, 0,
    greatest((SELECT newest FROM signing), (SELECT newest FROM talking))
FROM early_talk
UNION ALL
SELECT 'L3', 1, sum(deals), sum(leads), NULL, count(CASE WHEN deals IS NULL THEN 1 END), max(reported_on) FROM partner_state
UNION ALL
SELECT 'L3', 2, sum(tax_kept), count(*), NULL, count(CASE WHEN tax_kept IS NULL THEN 1 END), max(reported_on)
FROM partner_state
ORDER BY code, part

-- name: introduced_list
-- The projects under contract that signed in the year of the day, the newest first.
WITH
-- include: current
,
-- include: introduced
SELECT project, investor, verb, signed_on, stage, investment, expected_tax, is_high_quality, project_id
FROM introduced
ORDER BY signed_on DESC, project_id

-- name: material_list
-- The versions of the material that were published by the day, the newest first, how old each is and what it covers.
WITH
-- include: material_state
SELECT
    material_id, name, version, published_on, days_old, plots_covered, plots_total, covered_rate, copies_sent, topics,
    is_counted
FROM material_state
ORDER BY is_counted DESC, published_on DESC, material_id

-- name: survey_list
-- The firms of the subdistrict with their newest survey: old definite intents without a project first, then those that
-- the year has not surveyed yet, the largest intents first.
WITH
-- include: survey_state
SELECT
    s.enterprise, s.surveyed_on, s.method, s.intent, s.amount, s.intended_on,
    date_diff('day', s.intended_on, CAST($as_of AS DATE)) AS days_intended, p.name AS project, s.converted_on,
    s.is_this_year, s.is_old_intent AND s.converted_on IS NULL AS is_waiting, s.enterprise_id,
    s.converted_project_id AS project_id
FROM survey_state s
LEFT JOIN investment_project p ON p.project_id = s.converted_project_id
ORDER BY is_waiting DESC, s.is_this_year, s.amount DESC NULLS LAST, s.surveyed_on, s.enterprise_id

-- name: relocation_list
-- The changes of registration that were open in the year of the day: those open longest first, then those done.
WITH
-- include: relocation_state
SELECT
    relocation_id, enterprise, consent_basis, found_on, applied_on, done_on, withdrawn_on, days_taken,
    CASE WHEN is_open THEN date_diff('day', coalesce(applied_on, found_on), CAST($as_of AS DATE)) END AS days_open,
    service, is_open
FROM relocation_state
ORDER BY is_open DESC, days_open DESC, done_on DESC NULLS LAST, relocation_id

-- name: merchant_list
-- The merchants in reserve on the day, those silent longest first; their contact may be unknown on that day.
WITH
-- include: merchant_state
SELECT
    merchant_id, merchant, grade, channel, industry, first_on, contact_on, days_silent, next_contact_on, is_lost,
    is_active
FROM reserve
WHERE is_in_reserve
ORDER BY is_lost DESC, days_silent DESC NULLS LAST, grade, merchant_id

-- name: activity_list
-- The activities from 1 January to the day, the newest first.
SELECT
    a.held_on, a.kind, a.verb, a.partner_role, p.name AS project, m.name AS merchant, e.name AS enterprise, a.outcome,
    a.activity_id, a.project_id
FROM investment_activity a
LEFT JOIN investment_project p ON p.project_id = a.project_id
LEFT JOIN merchant m ON m.merchant_id = a.merchant_id
LEFT JOIN enterprise e ON e.enterprise_id = a.enterprise_id
WHERE a.held_on BETWEEN CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE) AND $as_of
ORDER BY a.held_on DESC, a.activity_id DESC

-- name: early_talk_list
-- The key projects that have come to their land or their production by the day, those without an earlier talk first.
WITH
-- include: early_talk
SELECT
    project, track, investment, came_on, talked_on, date_diff('day', talked_on, came_on) AS days_before, project_id
FROM early_talk
ORDER BY talked_on IS NOT NULL, investment DESC, project_id

-- name: partner_list
-- The partners by the day, those with the fewest deals first.
WITH
-- include: partner_state
SELECT enterprise, since, joint_plan, shared_resources, leads, deals, tax_kept, reported_on, partner_id
FROM partner_state
ORDER BY deals NULLS FIRST, since, partner_id

-- name: merchant_activities
-- What was done with one merchant up to the day, the newest first.
SELECT a.held_on, a.kind, a.partner_role, p.name AS project, a.outcome, a.project_id
FROM investment_activity a
LEFT JOIN investment_project p ON p.project_id = a.project_id
WHERE a.merchant_id = $merchant_id AND a.held_on <= $as_of
ORDER BY a.held_on DESC, a.activity_id DESC
