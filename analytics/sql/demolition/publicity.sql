-- name: publicity_reach
-- The households of each project whose signing has begun that heard of the policy. Activities reach the same households
-- again, so they are not added up: what counts is the greatest of the single activities that go to households.
WITH
-- include: signing
,
told AS (
    SELECT
        project_id, count(*) AS activities, max(held_on) AS newest,
        max(CASE WHEN kind = '宣传册' THEN households_reached END) AS brochure_reached,
        max(CASE WHEN kind = '座谈会' THEN households_reached END) AS meeting_reached,
        count(CASE WHEN kind IN ('宣传册', '座谈会') AND households_reached IS NULL THEN 1 END) AS unreported
    FROM publicity
    WHERE held_on <= $as_of AND project_id IS NOT NULL
    GROUP BY project_id
),
greatest_single AS (
    SELECT
        s.project_id, s.project, s.households, s.households_left, t.brochure_reached, t.meeting_reached, t.newest,
        coalesce(t.activities, 0) AS activities, coalesce(t.unreported, 0) AS unreported,
        greatest(coalesce(t.brochure_reached, t.meeting_reached), coalesce(t.meeting_reached, t.brochure_reached)) AS most
    FROM signing s
    LEFT JOIN told t ON t.project_id = s.project_id
),
reach AS (
    SELECT
        *, CASE WHEN most > households THEN households ELSE most END AS reached, coalesce(most > households, false) AS is_over
    FROM greatest_single
)
SELECT
    project, reached, households, 100.0 * reached / nullif(households, 0) AS rate, households - reached AS unreached,
    brochure_reached, meeting_reached, activities, unreported, is_over, households_left, newest, project_id
FROM reach
ORDER BY households_left = 0, reached IS NOT NULL, 100.0 * reached / nullif(households, 0), project

-- name: publicity_mix
-- What was done in the year of the day, by kind; kinds without any too.
SELECT
    e.value AS kind, count(p.publicity_id) AS activities,
    CASE WHEN count(p.publicity_id) = 0 THEN 0 ELSE sum(p.quantity) END AS quantity,
    count(CASE WHEN p.publicity_id IS NOT NULL AND p.quantity IS NULL THEN 1 END) AS uncounted, max(p.held_on) AS newest
FROM enumeration e
LEFT JOIN publicity p
    ON p.kind = e.value AND p.held_on <= $as_of AND p.held_on >= date_trunc('year', CAST($as_of AS DATE))
WHERE e.dataset = 'publicity' AND e.column_name = 'kind'
GROUP BY e.value, e.ordinal
ORDER BY e.ordinal

-- name: publicity_by_month
-- How often something was done in each month of the last twelve in which anything was.
SELECT CAST(date_trunc('month', held_on) AS DATE) AS month, count(*) AS activities
FROM publicity
WHERE held_on <= $as_of AND held_on >= date_trunc('month', CAST($as_of AS DATE)) - INTERVAL 11 MONTH
GROUP BY date_trunc('month', held_on)
ORDER BY month

-- name: publicity_list
-- What was done by the day, the newest first.
SELECT
    a.held_on, a.kind, p.name AS project, v.name AS village, a.quantity, a.households_reached, a.cost, a.note,
    a.publicity_id, a.project_id
FROM publicity a
LEFT JOIN demolition_project p ON p.project_id = a.project_id
LEFT JOIN village v ON v.village_id = a.village_id
WHERE a.held_on <= $as_of
ORDER BY a.held_on DESC, a.publicity_id DESC

-- name: first_visit
-- Common tables: the first visit of each household by the day; of one day the earlier half, then the earlier code.
half_day AS (
    SELECT value AS half, ordinal FROM enumeration WHERE dataset = 'visit' AND column_name = 'half'
),
visit_in_order AS (
    SELECT
        v.household_id, v.visited_on, v.attitude,
        row_number() OVER (
            PARTITION BY v.household_id ORDER BY v.visited_on, h.ordinal NULLS LAST, v.visit_id
        ) AS place
    FROM visit v
    LEFT JOIN half_day h ON h.half = v.half
    WHERE v.visited_on <= $as_of
),
first_visit AS (
    SELECT h.project_id, v.household_id, v.visited_on, v.attitude
    FROM visit_in_order v
    JOIN household h ON h.household_id = v.household_id
    WHERE v.place = 1
)

-- name: first_visit_attitudes
-- Of the households first visited by the day, how many already had a mind of their own, by project.
WITH
-- include: first_visit
SELECT
    p.name AS project, count(*) AS visited, count(CASE WHEN f.attitude <> '未知' THEN 1 END) AS informed,
    count(CASE WHEN f.attitude = '未知' THEN 1 END) AS uninformed,
    count(CASE WHEN f.attitude IS NULL THEN 1 END) AS attitude_missing,
    100.0 * count(CASE WHEN f.attitude <> '未知' THEN 1 END) / nullif(count(f.attitude), 0) AS rate,
    max(f.visited_on) AS newest, f.project_id
FROM first_visit f
JOIN demolition_project p ON p.project_id = f.project_id
GROUP BY f.project_id, p.name
ORDER BY 100.0 * count(CASE WHEN f.attitude <> '未知' THEN 1 END) / nullif(count(f.attitude), 0) NULLS LAST, p.name
