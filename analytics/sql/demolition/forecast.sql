-- name: signing_days
-- Each project whose signing has begun, one row for each day (from the first, numbered 0) on which the number of its
-- agreements in force changed; a project without an agreement has one row without a day. `reward_days` are the last days
-- of its reward periods, numbered likewise.
WITH
-- include: signing
,
event AS (
    SELECT household_id, signed_on AS on_date, 1 AS change FROM agreement WHERE signed_on <= $as_of
    UNION ALL
    SELECT household_id, withdrawn_on, -1 FROM agreement WHERE signed_on <= $as_of AND withdrawn_on <= $as_of
),
daily AS (
    SELECT h.project_id, e.on_date, sum(e.change) AS change
    FROM event e
    JOIN household h ON h.household_id = e.household_id
    GROUP BY h.project_id, e.on_date
),
reward AS (
    SELECT
        p.project_id,
        string_agg(CAST(date_diff('day', p.sign_start, i.ends_on) AS VARCHAR), ',' ORDER BY i.ends_on) AS reward_days
    FROM incentive_period i
    JOIN demolition_project p ON p.project_id = i.project_id
    GROUP BY p.project_id
)
SELECT
    s.project, s.project_id, s.households, s.signed, s.pace_per_day, s.sign_start, s.sign_end,
    date_diff('day', s.sign_start, s.sign_end) AS last_day, date_diff('day', s.sign_start, CAST($as_of AS DATE)) AS today,
    r.reward_days, date_diff('day', s.sign_start, d.on_date) AS day_number, CAST(d.change AS BIGINT) AS change
FROM signing s
LEFT JOIN daily d ON d.project_id = s.project_id
LEFT JOIN reward r ON r.project_id = s.project_id
ORDER BY s.sign_end, s.project, s.project_id, d.on_date
