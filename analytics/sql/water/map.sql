-- name: river_middle
-- Common table: the middle point of each river's longest course, where a work lies of which no place is registered.
river_middle AS (
    SELECT
        river_id, CAST(split_part(point, ' ', 1) AS DOUBLE) AS lon, CAST(split_part(point, ' ', 2) AS DOUBLE) AS lat
    FROM (
        SELECT
            river_id, trim(points[CAST(ceil(len(points) / 2.0) AS BIGINT)]) AS point,
            row_number() OVER (PARTITION BY river_id ORDER BY length DESC NULLS LAST, reach_id) AS place
        FROM (SELECT river_id, reach_id, length, string_split(course, ';') AS points FROM reach WHERE course IS NOT NULL) c
    ) middle
    WHERE place = 1
)

-- name: section_map
-- Every section with its place and its class in the newest month with one, of the month of the day and the two before;
-- the worst first.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
recent AS (
    SELECT section_id, max(period) AS month FROM graded
    WHERE period > CAST($as_of AS DATE) - INTERVAL 3 MONTH
    GROUP BY section_id
)
SELECT
    s.section_id, s.name AS section, r.name AS river, s.level, s.kind AS section_kind, w.target_class, g.class, c.month,
    g.items, g.is_met, s.lon, s.lat, g.class AS standing, w.river_id
FROM section s
LEFT JOIN recent c ON c.section_id = s.section_id
LEFT JOIN graded g ON g.section_id = c.section_id AND g.period = c.month
JOIN section_water w
    ON w.section_id = s.section_id
    AND coalesce(c.month, CAST($as_of AS DATE), DATE 'infinity') BETWEEN w.valid_from AND w.valid_to
LEFT JOIN river r ON r.river_id = w.river_id
ORDER BY g.class_rank DESC NULLS LAST, s.name, s.section_id

-- name: outfall_map
-- Every outfall found by the day, with its place and how it stood then: overdue, open, closed.
WITH
-- include: outfall_state
SELECT
    s.outfall_id, s.name AS outfall, s.kind, s.state_then AS state, s.dry_weather_flow, r.name AS river,
    v.name AS village, s.lon, s.lat, s.found_on, s.due_on, CASE WHEN s.closed_on <= $as_of THEN s.closed_on END AS closed_on,
    CASE WHEN s.is_closed THEN 'closed' WHEN s.is_overdue THEN 'overdue' ELSE 'open' END AS standing, s.river_id
FROM outfall_state s
JOIN river r ON r.river_id = s.river_id
LEFT JOIN village v ON v.village_id = s.village_id
ORDER BY s.is_overdue DESC, s.is_closed, s.due_on NULLS LAST, s.outfall_id

-- name: work_map
-- Every work with its place and its progress; one without a place lies at the middle of its river's longest course.
WITH
-- include: work_state
,
-- include: river_middle
SELECT
    s.work_id, s.work, s.river, s.kind, s.done, s.quantity, s.quantity_unit, s.rate, s.planned_rate,
    s.rate - s.planned_rate AS gap, s.reported_on, s.is_waiting, s.end_on,
    date_diff('day', CAST($as_of AS DATE), s.end_on) AS days_left, s.owner, coalesce(w.lon, m.lon) AS lon,
    coalesce(w.lat, m.lat) AS lat, w.lon IS NULL AND m.lon IS NOT NULL AS is_placed_by_river, s.river_id
FROM work_state s
JOIN work w ON w.work_id = s.work_id
LEFT JOIN river_middle m ON m.river_id = s.river_id
ORDER BY gap NULLS LAST, s.work, s.work_id

-- name: reach_works
-- Every reach with its course beside each work of its river, of which its light is made; one row where there is none.
WITH
-- include: work_state
SELECT
    h.reach_id, h.name AS reach, h.length, h.course, r.name AS river, v.name AS village, s.work_id, s.kind, s.done,
    s.quantity, s.quantity_unit, s.rate, s.rate - s.planned_rate AS gap, s.is_waiting,
    date_diff('day', CAST($as_of AS DATE), s.end_on) AS days_left, h.river_id
FROM reach h
JOIN river r ON r.river_id = h.river_id
LEFT JOIN village v ON v.village_id = h.village_id
LEFT JOIN work_state s ON s.river_id = h.river_id
ORDER BY r.name, h.river_id, h.sequence, h.reach_id, s.work_id

-- name: plant_map
-- Every micro plant that had begun by the day, with its place and whether it ran on its last reported day.
WITH run AS (
-- include: plant_run
)
SELECT
    n.plant_id, n.plant, n.village, r.name AS river, p.process, p.capacity, p.households_connected, p.households_design, n.run_state,
    n.reported_on, n.idle_since, n.idle_days, p.om_unit, p.lon, p.lat,
    CASE
        WHEN n.reported_on IS NULL THEN 'unknown'
        WHEN n.idle_since IS NOT NULL THEN 'stopped'
        WHEN n.is_silent THEN 'silent'
        ELSE 'running'
    END AS standing,
    p.river_id
FROM run n
JOIN plant p ON p.plant_id = n.plant_id
LEFT JOIN river r ON r.river_id = p.river_id
ORDER BY n.idle_since NULLS LAST, NOT n.is_silent, n.plant, n.plant_id

-- name: issue_map
-- Every issue that is open on the day, with its place, the longest overdue first.
WITH
-- include: issue_state
SELECT
    s.issue_id, coalesce(s.problem, s.category) AS issue, s.category, s.urgency, s.river, v.name AS village, s.location,
    s.step, s.handler, CAST(s.found_at AS DATE) AS found_on, s.due_on,
    CASE WHEN s.is_due THEN date_diff('day', s.due_on, CAST($as_of AS DATE)) END AS days_overdue, s.lon, s.lat,
    CASE WHEN s.is_due THEN 'overdue' ELSE 'open' END AS standing, s.river_id
FROM issue_state s
LEFT JOIN village v ON v.village_id = s.village_id
WHERE NOT s.is_closed
ORDER BY days_overdue DESC NULLS LAST, s.due_on NULLS LAST, found_on, s.issue_id

-- name: river_card
-- What the map tells of each river: its first chief, its worst class of late, its last reading, what is open and closed.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
-- include: source_state
,
-- include: outfall_state
,
-- include: issue_state
,
-- include: in_office
,
recent AS (
    SELECT river_id, max(period) AS month FROM graded
    WHERE period > CAST($as_of AS DATE) - INTERVAL 3 MONTH AND river_id IS NOT NULL
    GROUP BY river_id
),
river_class AS (
    SELECT c.river_id, c.month, max(g.class_rank) AS class_rank, count(*) AS sections
    FROM recent c
    JOIN graded g ON g.river_id = c.river_id AND g.period = c.month
    GROUP BY c.river_id, c.month
),
read_on AS (
    SELECT w.river_id, CAST(v.sampled_at AS DATE) AS day, v.parameter
    FROM reading v
    JOIN section_water w ON w.section_id = v.section_id AND CAST(v.sampled_at AS DATE) BETWEEN w.valid_from AND w.valid_to
    WHERE v.sampled_at < CAST($as_of AS DATE) + INTERVAL 1 DAY AND w.river_id IS NOT NULL
),
last_reading AS (
    SELECT o.river_id, o.day, count(DISTINCT o.parameter) AS parameters
    FROM read_on o
    JOIN (SELECT river_id, max(day) AS day FROM read_on GROUP BY river_id) l ON l.river_id = o.river_id AND l.day = o.day
    GROUP BY o.river_id, o.day
),
chief_of AS (
    SELECT d.river_id, arg_min(d.post, (coalesce(o.ordinal, 1000), e.ordinal, d.post)) AS post
    FROM in_office d
    JOIN enumeration e ON e.dataset = 'chief' AND e.column_name = 'level' AND e.value = d.level
    LEFT JOIN enumeration o ON o.dataset = 'chief_duty' AND o.column_name = 'role' AND o.value = d.role
    WHERE d.reach_id IS NULL
    GROUP BY d.river_id
),
of_sources AS (
    SELECT
        river_id, count(*) AS sources, count(CASE WHEN is_closed THEN 1 END) AS sources_closed,
        count(CASE WHEN is_overdue THEN 1 END) AS sources_overdue
    FROM source_state
    GROUP BY river_id
),
of_outfalls AS (
    SELECT river_id, count(*) AS outfalls, count(CASE WHEN is_closed THEN 1 END) AS outfalls_closed
    FROM outfall_state
    GROUP BY river_id
),
of_issues AS (
    SELECT
        river_id, count(*) AS issues_open, count(CASE WHEN is_due THEN 1 END) AS issues_overdue
    FROM issue_state
    WHERE NOT is_closed
    GROUP BY river_id
)
SELECT
    r.river_id, r.name AS river, x.post, f.target_class, n.class, c.month, c.sections, l.day AS sampled_on, l.parameters,
    coalesce(s.sources_closed, 0) AS sources_closed, coalesce(s.sources, 0) AS sources,
    coalesce(s.sources_overdue, 0) AS sources_overdue, coalesce(o.outfalls_closed, 0) AS outfalls_closed,
    coalesce(o.outfalls, 0) AS outfalls, coalesce(i.issues_open, 0) AS issues_open,
    coalesce(i.issues_overdue, 0) AS issues_overdue
FROM river r
LEFT JOIN river_class c ON c.river_id = r.river_id
JOIN river_in_force f
    ON f.river_id = r.river_id AND coalesce(c.month, CAST($as_of AS DATE), DATE 'infinity') BETWEEN f.valid_from AND f.valid_to
LEFT JOIN class_name n ON n.class_rank = c.class_rank
LEFT JOIN last_reading l ON l.river_id = r.river_id
LEFT JOIN chief_of x ON x.river_id = r.river_id
LEFT JOIN of_sources s ON s.river_id = r.river_id
LEFT JOIN of_outfalls o ON o.river_id = r.river_id
LEFT JOIN of_issues i ON i.river_id = r.river_id
ORDER BY c.class_rank DESC NULLS LAST, r.name, r.river_id
