-- name: difficulty_day
-- Common tables: the difficulties raised by the day as they stand then; what was closed later is open.
difficulty_day AS (
    SELECT
        d.difficulty_id, d.household_id, h.project_id, d.difficulty_reason, d.department, d.raised_on, d.due_on,
        CASE WHEN d.closed_on <= $as_of THEN d.closed_on END AS closed_on,
        CASE WHEN d.closed_on <= $as_of THEN d.outcome END AS outcome,
        coalesce(d.closed_on <= $as_of, false) AS is_closed,
        coalesce(d.due_on < $as_of, false) AND NOT coalesce(d.closed_on <= $as_of, false) AS is_overdue
    FROM household_difficulty d
    JOIN household h ON h.household_id = d.household_id
    WHERE d.raised_on <= $as_of
)

-- name: last_visit
-- Common tables: the newest visit of each household by the day, with how many there were; of one day the later half.
numbered_visit AS (
    SELECT
        v.*, count(*) OVER (PARTITION BY v.household_id) AS visits,
        row_number() OVER (
            PARTITION BY v.household_id ORDER BY v.visited_on DESC, o.ordinal DESC NULLS LAST, v.visit_id DESC
        ) AS back
    FROM visit v
    LEFT JOIN enumeration o ON o.dataset = 'visit' AND o.column_name = 'half' AND o.value = v.half
    WHERE v.visited_on <= $as_of
),
last_visit AS (
    SELECT * FROM numbered_visit WHERE back = 1
)

-- name: unsigned_household
-- Common tables: the registered households without an agreement in force, of the projects whose signing has begun. The
-- days without a visit count from the start of signing at the earliest. A visit that was agreed upon is missed when its
-- day is over and nobody has come since.
-- include: signing
,
-- include: difficulty_day
,
-- include: last_visit
,
open_reason AS (
    SELECT
        household_id, difficulty_reason, count(*) AS difficulties, min(raised_on) AS raised_on, min(due_on) AS due_on
    FROM difficulty_day
    WHERE NOT is_closed
    GROUP BY household_id, difficulty_reason
),
open_difficulty AS (
    SELECT
        household_id, string_agg(difficulty_reason, ',' ORDER BY due_on NULLS LAST, raised_on, difficulty_reason) AS reasons,
        CAST(sum(difficulties) AS BIGINT) AS difficulties, min(raised_on) AS raised_on, min(due_on) AS due_on
    FROM open_reason
    GROUP BY household_id
),
unsigned_household AS (
    SELECT
        p.project_id, p.project, p.sign_end, p.sign_end < $as_of AS is_late,
        date_diff('day', CAST($as_of AS DATE), p.sign_end) AS days_left, s.household_id, s.village_id, s.block,
        t.status, s.side_state, coalesce(s.team_id, v.team_id) AS team_id,
        d.reasons AS open_reasons, coalesce(d.difficulties, 0) AS open_difficulties, d.raised_on AS difficulty_since,
        d.due_on AS promised_on, nullif(greatest(0, date_diff('day', d.due_on, CAST($as_of AS DATE))), 0) AS days_overdue,
        v.visited_on, v.kind AS visit_kind, v.attitude, coalesce(v.visits, 0) AS visits,
        date_diff('day', greatest(p.sign_start, coalesce(v.visited_on, p.sign_start)), CAST($as_of AS DATE))
            AS days_unvisited,
        v.next_on, v.next_step, coalesce(v.next_on < $as_of AND v.next_on > v.visited_on, false) AS is_missed
    FROM household_step s
    JOIN signing p ON p.project_id = s.project_id
    LEFT JOIN status_step t ON t.ordinal = s.ordinal
    LEFT JOIN open_difficulty d ON d.household_id = s.household_id
    LEFT JOIN last_visit v ON v.household_id = s.household_id
    WHERE NOT s.has_agreement
)

-- name: unsigned_households
-- Every household that has not signed, worst first: its project is past the deadline, what it was promised is overdue
-- longest, nobody came for the longest time.
WITH
-- include: unsigned_household
SELECT
    u.household_id, u.project, u.block, u.status, u.side_state, u.open_reasons, u.open_difficulties, u.difficulty_since,
    u.promised_on, u.days_overdue, u.visited_on AS last_visited_on, u.visit_kind, u.attitude, u.days_unvisited,
    u.days_unvisited > $unvisited_days AS is_unvisited, u.visits = 0 AS is_never_visited, u.visits, u.next_step,
    u.next_on, u.is_missed, m.name AS team, u.days_left, u.is_late, u.sign_end, u.project_id
FROM unsigned_household u
LEFT JOIN demolition_team m ON m.team_id = u.team_id
ORDER BY u.is_late DESC, coalesce(u.days_overdue, 0) DESC, u.days_unvisited DESC, u.open_difficulties DESC, u.sign_end,
    u.household_id

-- name: difficulty_outcomes
-- Every difficulty raised by the day: how long it took or has taken so far, and of those solved long enough ago whether
-- the household, which had not signed before, signed within the days looked at.
WITH
-- include: difficulty_day
,
followed AS (
    SELECT
        d.difficulty_id,
        max(CASE WHEN a.signed_on < d.closed_on AND (a.withdrawn_on IS NULL OR a.withdrawn_on > d.closed_on) THEN 1 ELSE 0 END)
            AS was_signed,
        max(CASE WHEN a.signed_on >= d.closed_on AND a.signed_on <= d.closed_on + CAST($solved_signing_days AS INTEGER)
            THEN 1 ELSE 0 END) AS has_signed
    FROM difficulty_day d
    LEFT JOIN agreement a ON a.household_id = d.household_id AND a.signed_on <= $as_of
    WHERE d.outcome = '已解决' AND d.closed_on + CAST($solved_signing_days AS INTEGER) <= $as_of
    GROUP BY d.difficulty_id
)
SELECT
    d.project_id, p.name AS project, d.difficulty_reason, d.is_closed, d.is_overdue, d.outcome,
    date_diff('day', d.raised_on, coalesce(d.closed_on, CAST($as_of AS DATE))) AS days,
    coalesce(f.was_signed = 0, false) AS is_followed, coalesce(f.was_signed = 0 AND f.has_signed = 1, false) AS is_signed
FROM difficulty_day d
JOIN demolition_project p ON p.project_id = d.project_id
LEFT JOIN followed f ON f.difficulty_id = d.difficulty_id
JOIN enumeration e ON e.dataset = 'household_difficulty' AND e.column_name = 'difficulty_reason'
    AND e.value = d.difficulty_reason
ORDER BY e.ordinal, d.difficulty_id

-- name: visit_intensity
-- Visits of the last weeks over the weeks that households stood without an agreement: of each household the days of the
-- window, from the start of signing on, less those on which an agreement was in force.
WITH
-- include: unsigned_household
,
visit_window AS (
    SELECT
        *, greatest(sign_start, CAST($as_of AS DATE) - CAST(7 * $visit_weeks AS INTEGER) + 1) AS period_from,
        CAST($as_of AS DATE) AS period_to
    FROM signing
),
signed_span AS (
    SELECT
        h.household_id,
        sum(greatest(0, date_diff(
            'day', greatest(a.signed_on, w.period_from), least(coalesce(a.withdrawn_on, w.period_to + 1), w.period_to + 1)
        ))) AS signed_days
    FROM agreement a
    JOIN household h ON h.household_id = a.household_id
    JOIN visit_window w ON w.project_id = h.project_id
    WHERE a.signed_on <= $as_of
    GROUP BY h.household_id
),
recent_visit AS (
    SELECT h.household_id, count(*) AS visits
    FROM visit v
    JOIN household h ON h.household_id = v.household_id
    JOIN visit_window w ON w.project_id = h.project_id AND v.visited_on >= w.period_from AND v.visited_on <= w.period_to
    WHERE NOT EXISTS (
        SELECT 1
        FROM agreement a
        WHERE a.household_id = v.household_id AND a.signed_on < v.visited_on
            AND (a.withdrawn_on IS NULL OR a.withdrawn_on > v.visited_on)
    )
    GROUP BY h.household_id
),
exposure AS (
    SELECT
        w.project_id, w.project, w.sign_end, w.period_from, w.period_to, u.household_id IS NOT NULL AS is_unsigned,
        coalesce(u.days_unvisited > $unvisited_days, false) AS is_unvisited, coalesce(u.visits = 0, false) AS is_never_visited,
        CASE
            WHEN h.household_id IS NULL THEN 0
            ELSE date_diff('day', w.period_from, w.period_to) + 1 - coalesce(s.signed_days, 0)
        END AS unsigned_days,
        coalesce(r.visits, 0) AS visits
    FROM visit_window w
    LEFT JOIN household h ON h.project_id = w.project_id
    LEFT JOIN unsigned_household u ON u.household_id = h.household_id
    LEFT JOIN signed_span s ON s.household_id = h.household_id
    LEFT JOIN recent_visit r ON r.household_id = h.household_id
),
summed AS (
    SELECT
        project_id, project, false AS is_total, min(period_from) AS period_from, max(period_to) AS period_to,
        CAST(sum(visits) AS BIGINT) AS recent_visits, sum(unsigned_days) / 7.0 AS household_weeks,
        count(CASE WHEN is_unsigned THEN 1 END) AS unsigned, count(CASE WHEN is_unvisited THEN 1 END) AS unvisited,
        count(CASE WHEN is_never_visited THEN 1 END) AS never_visited, max(sign_end) AS sign_end
    FROM exposure
    GROUP BY project_id, project
    UNION ALL
    SELECT
        NULL, NULL, true, min(period_from), max(period_to), CAST(sum(visits) AS BIGINT), sum(unsigned_days) / 7.0,
        count(CASE WHEN is_unsigned THEN 1 END), count(CASE WHEN is_unvisited THEN 1 END),
        count(CASE WHEN is_never_visited THEN 1 END), NULL
    FROM exposure
    HAVING count(*) > 0
)
SELECT
    project, is_total, recent_visits, household_weeks,
    CASE WHEN household_weeks >= $step_cases THEN recent_visits / household_weeks END AS visits_per_week,
    unsigned, unvisited, never_visited, period_from, period_to,
    date_diff('day', CAST($as_of AS DATE), sign_end) AS days_left, project_id
FROM summed
ORDER BY is_total DESC, unvisited DESC, unsigned DESC, project

-- name: attitude_changes
-- Households by their first and their newest attitude, of those with two visits or more that tell it: of all projects,
-- and of each.
WITH told AS (
    SELECT
        v.household_id, v.attitude, count(*) OVER (PARTITION BY v.household_id) AS visits,
        row_number() OVER (
            PARTITION BY v.household_id ORDER BY v.visited_on, o.ordinal NULLS FIRST, v.visit_id
        ) AS place
    FROM visit v
    LEFT JOIN enumeration o ON o.dataset = 'visit' AND o.column_name = 'half' AND o.value = v.half
    WHERE v.visited_on <= $as_of AND v.attitude IS NOT NULL
),
compared AS (
    SELECT h.project_id, f.attitude AS first_attitude, l.attitude
    FROM told f
    JOIN told l ON l.household_id = f.household_id AND l.place = l.visits
    JOIN household h ON h.household_id = f.household_id
    WHERE f.place = 1 AND f.visits > 1
),
counted AS (
    SELECT NULL AS project_id, true AS is_total, first_attitude, attitude, count(*) AS households
    FROM compared
    GROUP BY first_attitude, attitude
    UNION ALL
    SELECT project_id, false, first_attitude, attitude, count(*)
    FROM compared
    GROUP BY project_id, first_attitude, attitude
)
SELECT
    p.name AS project, c.is_total, c.first_attitude, c.attitude AS newest_attitude, c.first_attitude <> c.attitude AS is_changed, c.households,
    CAST(sum(c.households) OVER (PARTITION BY c.is_total, c.project_id) AS BIGINT) AS compared, c.project_id
FROM counted c
LEFT JOIN demolition_project p ON p.project_id = c.project_id
JOIN enumeration f ON f.dataset = 'visit' AND f.column_name = 'attitude' AND f.value = c.first_attitude
JOIN enumeration n ON n.dataset = 'visit' AND n.column_name = 'attitude' AND n.value = c.attitude
ORDER BY c.is_total DESC, p.name, f.ordinal DESC, n.ordinal DESC

-- name: petition_day
-- Every petition received by the day as it stands then; its clocks are those of the rule of the day it was received.
SELECT
    r.petition_id, r.petition_class, r.channel, p.name AS project, v.name AS village, r.received_on,
    CASE WHEN r.notified_on <= $as_of THEN r.notified_on END AS notified_on,
    CASE WHEN r.closed_on <= $as_of THEN r.closed_on END AS closed_on,
    r.extended_days, coalesce(r.is_repeat, false) AS is_repeat, r.risk, r.project_id, r.village_id
FROM petition r
LEFT JOIN demolition_project p ON p.project_id = r.project_id
LEFT JOIN village v ON v.village_id = r.village_id
JOIN enumeration e ON e.dataset = 'petition' AND e.column_name = 'petition_class' AND e.value = r.petition_class
WHERE r.received_on <= $as_of
ORDER BY e.ordinal, r.received_on, r.petition_id

-- name: household_card
-- One household as it stands on the day; nothing where no household bears the code.
WITH
-- include: household_step
SELECT
    s.household_id, p.name AS project, v.name AS village, s.block, h.use, h.tenure, m.name AS team, t.status, s.side_state,
    s.has_agreement, s.signed_on, a.mode, e.estate, a.move_due_on, p.sign_start, p.sign_end,
    date_diff('day', CAST($as_of AS DATE), p.sign_end) AS days_left, s.project_id
FROM household_step s
JOIN household h ON h.household_id = s.household_id
JOIN demolition_project p ON p.project_id = s.project_id
LEFT JOIN village v ON v.village_id = s.village_id
LEFT JOIN demolition_team m ON m.team_id = s.team_id
LEFT JOIN status_step t ON t.ordinal = s.ordinal
LEFT JOIN agreement_in_force a ON a.household_id = s.household_id
LEFT JOIN housing_source e ON e.housing_source_id = a.housing_source_id
WHERE s.household_id = $household_id

-- name: household_history
-- What happened to one household by the day, the oldest first: its steps, agreements, difficulties and visits.
WITH happened AS (
    SELECT
        on_date, '户状态' AS event, 1 AS place, status AS word, NULL AS half, NULL AS attitude, NULL AS team_id,
        CAST(NULL AS DATE) AS agreed_on, NULL AS said
    FROM status_event
    WHERE household_id = $household_id
    UNION ALL
    SELECT raised_on, '难题提出', 2, difficulty_reason, NULL, NULL, NULL, due_on, department
    FROM household_difficulty
    WHERE household_id = $household_id
    UNION ALL
    SELECT visited_on, '走访', 3, kind, half, attitude, team_id, next_on, next_step
    FROM visit
    WHERE household_id = $household_id
    UNION ALL
    SELECT closed_on, '难题办结', 4, difficulty_reason || ',' || outcome, NULL, NULL, NULL, NULL, solution
    FROM household_difficulty
    WHERE household_id = $household_id
    UNION ALL
    SELECT withdrawn_on, '协议撤销', 5, mode, NULL, NULL, NULL, NULL, NULL
    FROM agreement
    WHERE household_id = $household_id
    UNION ALL
    SELECT signed_on, '协议签订', 6, mode, NULL, NULL, NULL, NULL, NULL
    FROM agreement
    WHERE household_id = $household_id
)
SELECT n.on_date, n.event, n.word, n.half, n.attitude, m.name AS team, n.agreed_on, n.said
FROM happened n
LEFT JOIN demolition_team m ON m.team_id = n.team_id
WHERE n.on_date <= $as_of
ORDER BY n.on_date, n.place, n.word

-- name: persuasion_ledgers
-- The newest day by the day in each of the ledgers of 疏; nothing in one that has no row yet.
SELECT 'household_difficulty' AS ledger, max(CASE WHEN closed_on <= $as_of THEN closed_on ELSE raised_on END) AS newest
FROM household_difficulty
WHERE raised_on <= $as_of
UNION ALL
SELECT 'visit', max(visited_on)
FROM visit
WHERE visited_on <= $as_of
UNION ALL
SELECT 'petition', max(greatest(
    received_on, CASE WHEN notified_on <= $as_of THEN notified_on ELSE received_on END,
    CASE WHEN closed_on <= $as_of THEN closed_on ELSE received_on END
))
FROM petition
WHERE received_on <= $as_of
ORDER BY ledger
