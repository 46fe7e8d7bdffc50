-- name: saving_activities
-- Water-saving activities by kind: how often, how many people, running taps found and mended.
SELECT
    kind, count(*) AS activities, sum(headcount) AS headcount, sum(units_visited) AS units_visited,
    sum(leaks_found) AS leaks_found, sum(leaks_fixed) AS leaks_fixed, max(held_on) AS held_on
FROM saving_activity
WHERE held_on <= $as_of
GROUP BY kind
ORDER BY activities DESC, kind

-- name: saving_coverage
-- Each village's activities from 1 January to the day, 0 where there were none, nothing where the year has no row at
-- all; all villages first, activities that name no village last.
WITH held AS (
    SELECT * FROM saving_activity
    WHERE held_on BETWEEN CAST(date_trunc('year', CAST($as_of AS DATE)) AS DATE) AND $as_of
),
each AS (
    SELECT
        v.village_id, v.name AS village, v.kind, 1 AS villages,
        CASE WHEN count(h.activity_id) > 0 THEN 1 ELSE 0 END AS covered, count(h.activity_id) AS activities,
        coalesce(sum(h.headcount), 0) AS headcount, coalesce(sum(h.units_visited), 0) AS units_visited,
        max(h.held_on) AS held_on
    FROM village v
    LEFT JOIN held h ON h.village_id = v.village_id
    GROUP BY v.village_id, v.name, v.kind
    UNION ALL
    SELECT
        NULL, '未写村社', NULL, 0, 0, count(*), coalesce(sum(headcount), 0), coalesce(sum(units_visited), 0),
        max(held_on)
    FROM held
    WHERE village_id IS NULL
    HAVING count(*) > 0
),
listed AS (
    SELECT 1 AS place, village_id, village, kind, villages, covered, activities, headcount, units_visited, held_on
    FROM each
    UNION ALL
    SELECT
        0, NULL, NULL, NULL, sum(villages), sum(covered), sum(activities), sum(headcount), sum(units_visited),
        max(held_on)
    FROM each
    HAVING count(*) > 0
)
SELECT
    l.village, l.place = 0 AS is_total, l.kind, CASE WHEN y.activities > 0 THEN l.covered END AS covered, l.villages,
    CASE WHEN y.activities > 0 THEN 100.0 * l.covered / nullif(l.villages, 0) END AS rate,
    CASE WHEN y.activities > 0 THEN l.activities END AS activities,
    CASE WHEN y.activities > 0 THEN l.headcount END AS headcount,
    CASE WHEN y.activities > 0 THEN l.units_visited END AS units_visited, l.held_on, l.village_id
FROM listed l
CROSS JOIN (SELECT count(*) AS activities FROM held) y
ORDER BY l.place, l.villages DESC, l.activities DESC, l.village

-- name: leak_state
-- Common tables: the taps found running, dripping or broken by the day. One found again before it was mended is the
-- same leak, which ends with the latest repair that any of its rows names; one found in order afterwards was mended, on
-- a day that nobody wrote. The loss is the smallest estimate.
check_row AS (
    SELECT
        facility_id, checked_on, finding, loss, CASE WHEN fixed_on <= $as_of THEN fixed_on END AS fixed_on,
        lag(finding) OVER (PARTITION BY facility_id ORDER BY checked_on) AS former_finding,
        lag(checked_on) OVER (PARTITION BY facility_id ORDER BY checked_on) AS former_checked_on,
        lag(fixed_on) OVER (PARTITION BY facility_id ORDER BY checked_on) AS former_fixed_on,
        max(fixed_on) OVER (
            PARTITION BY facility_id ORDER BY checked_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS mended_on,
        lead(finding) OVER (PARTITION BY facility_id ORDER BY checked_on) AS next_finding
    FROM facility_check
    WHERE checked_on <= $as_of
),
numbered AS (
    SELECT
        *,
        sum(
            CASE
                WHEN finding = '正常' THEN 0
                WHEN former_finding IS NULL OR former_finding = '正常' THEN 1
                WHEN mended_on <= checked_on AND (mended_on > former_checked_on OR former_fixed_on IS NOT NULL) THEN 1
                ELSE 0
            END
        ) OVER (PARTITION BY facility_id ORDER BY checked_on ROWS UNBOUNDED PRECEDING) AS leak
    FROM check_row
),
leak AS (
    SELECT
        facility_id, leak, min(checked_on) AS found_on, max(fixed_on) AS fixed_on, min(loss) AS loss,
        max(CASE WHEN next_finding = '正常' THEN 1 ELSE 0 END) AS is_right_later
    FROM numbered
    WHERE finding <> '正常'
    GROUP BY facility_id, leak
),
leak_state AS (
    SELECT
        l.facility_id, f.name AS facility, coalesce(v.name, '未写村社') AS village, f.kind, f.keeper_unit, f.check_days,
        n.finding,
        l.found_on, l.fixed_on, l.loss, l.fixed_on IS NOT NULL OR l.is_right_later = 1 AS is_fixed,
        date_diff('day', l.found_on, l.fixed_on) AS days,
        CASE
            WHEN l.fixed_on IS NULL AND l.is_right_later = 0
                THEN date_diff('day', l.found_on, CAST($as_of AS DATE))
        END AS days_open,
        CASE
            WHEN l.fixed_on IS NOT NULL
                THEN least(date_diff('day', l.fixed_on, CAST($as_of AS DATE)), coalesce(f.check_days, $avoided_days))
        END AS days_avoided
    FROM leak l
    JOIN facility f ON f.facility_id = l.facility_id
    JOIN numbered n ON n.facility_id = l.facility_id AND n.checked_on = l.found_on
    LEFT JOIN village v ON v.village_id = f.village_id
)

-- name: leak_fix
-- Leaks found and mended by the day, by village and finding, with the sums of each and of all: an empty village or
-- finding stands for all of them.
WITH
-- include: leak_state
,
summed AS (
    SELECT
        village, finding, grouping(village) AS is_all, grouping(finding) AS is_any, count(*) AS found, count(CASE WHEN is_fixed THEN 1 END) AS fixed,
        count(CASE WHEN NOT is_fixed THEN 1 END) AS open, count(days) AS timed, avg(days) AS mean_days,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median_days, max(days_open) AS longest_open
    FROM leak_state
    GROUP BY GROUPING SETS ((village, finding), (village), (finding), ())
    HAVING count(*) > 0
)
SELECT
    village, is_all = 1 AND is_any = 1 AS is_total, finding, found, fixed, 100.0 * fixed / found AS rate, open, timed,
    CASE WHEN timed >= $ranked_cases THEN mean_days END AS mean_days,
    CASE WHEN timed >= $ranked_cases THEN median_days END AS median_days, longest_open
FROM summed
ORDER BY is_all DESC, village, is_any DESC, finding

-- name: leak_list
-- The taps that leak on the day, the longest first.
WITH
-- include: leak_state
SELECT
    facility, village, kind, finding, found_on, days_open, loss, keeper_unit, facility_id,
    days_open > coalesce(check_days, $avoided_days) AS is_past_check
FROM leak_state
WHERE NOT is_fixed
ORDER BY days_open DESC, facility

-- name: saving_estimate
-- Estimated water that did not run away because taps were mended, and what still runs a day, by village and in all.
WITH
-- include: leak_state
,
summed AS (
    SELECT
        village, grouping(village) = 1 AS is_total, sum(loss * days_avoided) AS saved,
        count(CASE WHEN fixed_on IS NOT NULL AND loss IS NOT NULL THEN 1 END) AS counted,
        count(CASE WHEN is_fixed AND (fixed_on IS NULL OR loss IS NULL) THEN 1 END) AS not_counted,
        sum(CASE WHEN is_fixed THEN 0 ELSE loss END) AS losing, count(CASE WHEN NOT is_fixed THEN 1 END) AS open,
        count(CASE WHEN NOT is_fixed AND loss IS NULL THEN 1 END) AS open_unknown
    FROM leak_state
    GROUP BY GROUPING SETS ((village), ())
    HAVING count(*) > 0
)
SELECT village, is_total, saved, counted, not_counted, losing, open, open_unknown
FROM summed
ORDER BY is_total DESC, village

-- name: taps
-- Every tap in a public place: where it is, who keeps it, how often it is checked.
SELECT f.name AS facility, v.name AS village, f.kind, f.keeper_unit, f.check_days, f.facility_id
FROM facility f
LEFT JOIN village v ON v.village_id = f.village_id
ORDER BY facility, f.facility_id

-- name: tap_checks
-- The checks of one tap up to the day, the newest first, with the repairs known by then.
SELECT checked_on, finding, CASE WHEN fixed_on <= $as_of THEN fixed_on END AS fixed_on, loss, note
FROM facility_check
WHERE facility_id = $facility_id AND checked_on <= $as_of
ORDER BY checked_on DESC
