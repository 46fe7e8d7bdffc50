-- name: stages_of_month
-- The stages that projects entered in the month of the day, up to it, the furthest first.
SELECT s.stage, s.entered_on, p.name AS project, s.project_id
FROM stage_event s
JOIN enumeration e ON e.dataset = 'stage_event' AND e.column_name = 'stage' AND e.value = s.stage
JOIN investment_project p ON p.project_id = s.project_id
WHERE s.entered_on BETWEEN CAST(date_trunc('month', CAST($as_of AS DATE)) AS DATE) AND $as_of
ORDER BY e.ordinal DESC, s.entered_on DESC, project

-- name: project_facts
-- What the register says of one project.
SELECT
    name, investor, origin, track, industry, verb, channel, investment, first_phase, expected_tax, has_incentive_clause,
    review_passed, owner, note, project_id
FROM investment_project
WHERE project_id = $project_id

-- name: project_activities
-- The activities for one project up to the day, the newest first.
SELECT held_on, kind, verb, partner_role, outcome
FROM investment_activity
WHERE project_id = $project_id AND held_on <= $as_of
ORDER BY held_on DESC, activity_id DESC
