-- name: reach_map
-- Every reach, its course if registered, the newest class among its sections in the month of the day or the two before;
-- the worst first.
WITH
-- include: monthly
,
-- include: kinds
,
-- include: grading
,
-- include: today_shown
,
-- include: reach_class_then
SELECT
    h.reach_id, h.name AS reach, h.length, h.course, r.river_id, r.name AS river, r.target_class, v.name AS village,
    c.class_rank, n.class, c.month, c.items, n.class AS standing
FROM reach h
LEFT JOIN reach_class c ON c.reach_id = h.reach_id
JOIN river_in_force r
    ON r.river_id = h.river_id
    AND coalesce(c.month, CAST($as_of AS DATE), DATE 'infinity') BETWEEN r.valid_from AND r.valid_to
LEFT JOIN village v ON v.village_id = h.village_id
LEFT JOIN class_name n ON n.class_rank = c.class_rank
ORDER BY c.class_rank DESC NULLS LAST, r.name, h.sequence, h.reach_id

-- name: source_map
-- Every pollution source found by the day, with its place and how it stood then: overdue, open, closed.
WITH
-- include: source_state
SELECT
    s.source_id, s.name AS source, s.kind, s.state_then AS state, s.action, r.name AS river, v.name AS village, s.lon,
    s.lat, s.found_on, s.due_on, CASE WHEN s.closed_on <= $as_of THEN s.closed_on END AS closed_on, s.is_closed,
    s.is_overdue, s.river_id,
    -- include: source_standing
FROM source_state s
JOIN river r ON r.river_id = s.river_id
LEFT JOIN village v ON v.village_id = s.village_id
ORDER BY s.is_overdue DESC, s.is_closed, s.due_on NULLS LAST, s.source_id

-- name: duties
-- Who answers for each river or reach on the day, the first responsible and the highest level first.
WITH
-- include: in_office
SELECT d.river_id, d.reach_id, d.post, d.level, d.role, h.name AS reach, d.valid_from, d.chief_id
FROM in_office d
JOIN enumeration e ON e.dataset = 'chief' AND e.column_name = 'level' AND e.value = d.level
LEFT JOIN enumeration o ON o.dataset = 'chief_duty' AND o.column_name = 'role' AND o.value = d.role
LEFT JOIN reach h ON h.reach_id = d.reach_id
ORDER BY d.river_id, o.ordinal NULLS LAST, e.ordinal, h.sequence, d.post

-- name: river_facts
-- What is registered of every river, as it holds on the day.
WITH
-- include: river_in_force
SELECT
    r.river_id, r.name AS river, f.level, f.water_type, r.length, r.mean_width, r.from_place, r.to_place,
    f.target_class, f.assess_rule, r.status_flag, r.note
FROM river r
JOIN river_in_force f
    ON f.river_id = r.river_id AND coalesce(CAST($as_of AS DATE), DATE 'infinity') BETWEEN f.valid_from AND f.valid_to
ORDER BY r.river_id

-- name: river_reaches
-- The reaches of one river from its head, with their villages.
SELECT h.sequence, h.name AS reach, h.length, v.name AS village, h.reach_id
FROM reach h
LEFT JOIN village v ON v.village_id = h.village_id
WHERE h.river_id = $river_id
ORDER BY h.sequence NULLS LAST, h.name

-- name: river_outfalls
-- The outfalls of one river found by the day, by kind: closed by then, and still open with a flow in dry weather.
SELECT
    kind, count(CASE WHEN closed_on <= $as_of THEN 1 END) AS closed, count(*) AS registered,
    count(CASE WHEN dry_weather_flow AND coalesce(closed_on > $as_of, true) THEN 1 END) AS flowing
FROM outfall
WHERE river_id = $river_id AND found_on <= $as_of
GROUP BY kind
ORDER BY closed - registered, kind

-- name: river_issues
-- The issues of one river found by the day whose last step by then is not 销号, the longest due first.
WITH step AS (
    SELECT
        v.issue_id, v.step,
        row_number() OVER (PARTITION BY v.issue_id ORDER BY v.happened_at DESC, o.ordinal DESC) AS back
    FROM issue_event v
    JOIN enumeration o ON o.dataset = 'issue_event' AND o.column_name = 'step' AND o.value = v.step
    WHERE v.happened_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
)
SELECT
    i.issue_id, i.category, i.problem, i.location, i.found_at, i.due_on, coalesce(i.due_on < $as_of, false) AS is_overdue,
    s.step, i.handler
FROM issue i
LEFT JOIN step s ON s.issue_id = i.issue_id AND s.back = 1
WHERE i.river_id = $river_id AND i.found_at < CAST($as_of AS DATE) + INTERVAL 1 DAY
    AND coalesce(s.step, '发现') <> '销号'
ORDER BY i.due_on NULLS LAST, i.found_at

-- name: river_signboards
-- The signboards of one river as they were last checked by the day.
SELECT h.name AS reach, b.location, b.condition, b.checked_on, b.info_as_of
FROM signboard b
LEFT JOIN reach h ON h.reach_id = b.reach_id
WHERE b.river_id = $river_id AND b.checked_on <= $as_of
ORDER BY h.sequence NULLS LAST, b.signboard_id

-- name: river_photos
-- The photos that reports of a river's works name, newest first.
SELECT w.name AS work, p.on_date AS reported_on, p.photo_before, p.photo_after
FROM work_progress p
JOIN work w ON w.work_id = p.work_id
WHERE w.river_id = $river_id AND p.on_date <= $as_of AND (p.photo_before IS NOT NULL OR p.photo_after IS NOT NULL)
ORDER BY p.on_date DESC, w.work_id
