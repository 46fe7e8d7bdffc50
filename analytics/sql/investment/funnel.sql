-- name: way
-- Common table: the stages of the way in their order.
way AS (
    SELECT value AS stage, ordinal
    FROM enumeration
    WHERE dataset = 'stage_event' AND column_name = 'stage' AND value NOT IN ('暂停', '终止')
)

-- name: passed
-- Common tables, after that of reached: the first day on which each project entered each stage, and the first by which it
-- had come so far, by that stage or a later one, so that a skipped stage is passed.
-- include: way
,
entered AS (
    SELECT project_id, ordinal, min(entered_on) AS entered_on
    FROM reached
    WHERE stage NOT IN ('暂停', '终止')
    GROUP BY project_id, ordinal
),
passed AS (
    SELECT
        p.project_id, p.track, w.stage, w.ordinal, n.entered_on,
        min(n.entered_on) OVER (PARTITION BY p.project_id ORDER BY w.ordinal DESC) AS reached_on
    FROM investment_project p
    CROSS JOIN way w
    LEFT JOIN entered n ON n.project_id = p.project_id AND n.ordinal = w.ordinal
)

-- name: stage_steps
-- How many projects came to each stage of their own track, of all tracks and of each: how many went on to the next, and of
-- how many the outcome is known, as they went on, are ended, or came longer ago than nine tenths took for that step; a
-- step that few made says nothing of that. What left before a stage was on record had been a lead; of how many that ended
-- so it is not known how far they came stands beside every stage. Only projects on new land have the stages from the land to completion.
WITH
-- include: current
,
-- include: passed
,
own AS (
    SELECT
        *, lead(stage) OVER own_way AS next_stage, lead(reached_on) OVER own_way AS next_on,
        date_diff('day', reached_on, CAST($as_of AS DATE)) AS days_since,
        max(reached_on) OVER (PARTITION BY project_id) IS NULL AS is_unplaced
    FROM passed
    WHERE track = '供地类' OR stage NOT IN ('拿地', '开工', '主体施工', '封顶', '竣工')
    WINDOW own_way AS (PARTITION BY project_id ORDER BY ordinal)
),
aged AS (
    SELECT stage, next_stage, percentile_disc(0.9) WITHIN GROUP (ORDER BY date_diff('day', entered_on, next_on)) AS days
    FROM own
    WHERE entered_on <= next_on
    GROUP BY stage, next_stage
    HAVING count(*) >= $stage_cases
)
SELECT
    o.track, o.stage, grouping(o.track) = 1 AS is_total, count(o.next_stage) > 0 AS has_next,
    count(CASE WHEN o.reached_on IS NOT NULL OR o.stage = '储备' THEN c.stage END) AS reached,
    count(CASE
        WHEN o.next_on IS NOT NULL OR o.days_since > a.days THEN c.stage
        WHEN c.stage = '终止' AND (o.reached_on IS NOT NULL OR o.stage = '储备') THEN c.stage
    END) AS known,
    count(o.next_on) AS moved_on, count(CASE WHEN o.is_unplaced AND c.stage = '终止' THEN 1 END) AS unplaced
FROM own o
JOIN current c ON c.project_id = o.project_id
LEFT JOIN aged a ON a.stage = o.stage AND a.next_stage = o.next_stage
GROUP BY GROUPING SETS ((o.stage, o.ordinal), (o.track, o.stage, o.ordinal))
ORDER BY is_total DESC, o.track, o.ordinal

-- name: stage_spells
-- Every stay of a project in a stage: its days until the project entered another or until the day, and how it ended.
-- What is entered again without another stage between is one stay; a stage without any stay is a row without days.
WITH
-- include: reached
,
-- include: way
,
run AS (
    SELECT
        project_id, stage, ordinal, entered_on,
        lag(stage) OVER (PARTITION BY project_id ORDER BY entered_on, ordinal) AS stage_before
    FROM reached
),
stay AS (
    SELECT
        stage, ordinal, entered_on, lead(entered_on) OVER course AS next_on,
        lead(ordinal) OVER course > ordinal AND lead(stage) OVER course NOT IN ('暂停', '终止') AS has_moved_on
    FROM run
    WHERE stage_before IS DISTINCT FROM stage
    WINDOW course AS (PARTITION BY project_id ORDER BY entered_on, ordinal)
)
SELECT
    w.stage, date_diff('day', s.entered_on, coalesce(s.next_on, CAST($as_of AS DATE))) AS days,
    coalesce(s.has_moved_on, FALSE) AS has_moved_on, s.entered_on IS NOT NULL AND s.next_on IS NULL AS is_there
FROM way w
LEFT JOIN stay s ON s.stage = w.stage
WHERE w.stage <> '投产纳统'
ORDER BY w.ordinal

-- name: signed_projects
-- The projects that have signed, by the quarter of it, and how far each has come.
WITH
-- include: current
,
-- include: passed
SELECT
    CAST(date_trunc('quarter', c.signed_on) AS DATE) AS cohort, c.investment, c.received,
    max(CASE WHEN p.stage = '开工' THEN p.reached_on END) IS NOT NULL AS is_started,
    max(CASE WHEN p.stage = '投产纳统' THEN p.reached_on END) IS NOT NULL AS is_producing, c.stage = '终止' AS is_ended
FROM current c
JOIN passed p ON p.project_id = c.project_id
WHERE c.signed_on IS NOT NULL
GROUP BY c.project_id, c.signed_on, c.investment, c.received, c.stage
ORDER BY cohort

-- name: pipeline_projects
-- Every project of which a stage is on record: where it stands, how far it ever came, and the days from its first stage
-- to its signing, or until it was suspended or ended, or until the day; without days where it began with the signing.
WITH
-- include: current
,
-- include: passed
,
course AS (
    SELECT n.project_id, max(n.ordinal) AS furthest, min(n.entered_on) AS first_on,
        min(CASE WHEN n.ordinal < s.ordinal THEN n.entered_on END) AS unsigned_on
    FROM entered n
    CROSS JOIN (SELECT ordinal FROM way WHERE stage = '正式签约') s
    GROUP BY n.project_id
)
SELECT
    c.project_id, c.stage, f.stage AS furthest, c.investment, c.signed_on IS NOT NULL AS is_signed,
    date_diff('day',
        CASE WHEN u.unsigned_on = u.first_on AND u.unsigned_on <= coalesce(c.signed_on, u.unsigned_on) THEN u.first_on END,
        coalesce(c.signed_on, CASE WHEN c.stage IN ('暂停', '终止') THEN c.entered_on END, CAST($as_of AS DATE))) AS days
FROM current c
LEFT JOIN course u ON u.project_id = c.project_id
LEFT JOIN way f ON f.ordinal = u.furthest
WHERE c.stage IS NOT NULL
ORDER BY c.project_id

-- name: pipeline_moves
-- Every project of which a stage is on record by the day: how it stood before the period began and how on the day, and
-- its investment at both; before it first entered a stage it is not there. A period is that of the target of signed
-- money that holds on the day, or else the year of the day.
WITH
-- include: current
,
period AS (
    SELECT
        coalesce(max(period_start), CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE)) AS period_from,
        max(period_start) IS NOT NULL AS is_of_target
    FROM target
    WHERE metric = 'contract_value' AND period_start <= $as_of AND period_end >= $as_of
),
former AS (
    SELECT
        r.project_id, r.stage, row_number() OVER (PARTITION BY r.project_id ORDER BY r.entered_on DESC, r.ordinal DESC) AS place
    FROM reached r
    JOIN period t ON r.entered_on < t.period_from
),
beginning AS (
    SELECT r.project_id, greatest(min(r.entered_on), t.period_from - 1) AS counted_from
    FROM reached r
    CROSS JOIN period t
    GROUP BY r.project_id, t.period_from
),
first_change AS (
    SELECT h.project_id, h.old_amount, row_number() OVER (PARTITION BY h.project_id ORDER BY h.changed_on, h.change_id) AS place
    FROM project_change h
    JOIN beginning b ON b.project_id = h.project_id AND h.changed_on > b.counted_from
    WHERE h.changed = '总投资' AND h.old_amount IS NOT NULL AND h.changed_on <= $as_of
)
SELECT
    t.period_from, t.is_of_target, CASE WHEN c.investment IS NOT NULL THEN coalesce(h.old_amount, c.investment) END AS investment_before,
    c.investment,
    CASE
        WHEN f.stage IS NULL THEN '未入库'
        WHEN f.stage = '终止' THEN '终止'
        WHEN c.signed_on < t.period_from THEN '已签约'
        WHEN f.stage = '暂停' THEN '暂停'
        ELSE '在谈'
    END AS stood,
    CASE
        WHEN c.stage = '终止' THEN '终止'
        WHEN c.signed_on IS NOT NULL THEN '已签约'
        WHEN c.stage = '暂停' THEN '暂停'
        ELSE '在谈'
    END AS stands,
    coalesce(c.signed_on < t.period_from, FALSE) AS was_signed
FROM current c
CROSS JOIN period t
LEFT JOIN former f ON f.project_id = c.project_id AND f.place = 1
LEFT JOIN first_change h ON h.project_id = c.project_id AND h.place = 1
WHERE c.stage IS NOT NULL
ORDER BY c.project_id

-- name: contracts
-- The projects under contract, the first signed first.
WITH
-- include: current
SELECT project, investor, signed_on, stage, investment, project_id
FROM current
WHERE is_under_contract
ORDER BY signed_on, project_id
