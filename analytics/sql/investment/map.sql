-- name: parcel_map
-- Every parcel with its place and how its clock stands on the day, those in breach first.
WITH clock AS (
-- include: land_clocks
)
SELECT
    c.parcel_id, c.project, c.area, c.band, c.agreed_start_on, c.actual_start_on, c.days_overdue, c.days_to_start,
    c.days_stopped, c.exempt_reason, c.owner, p.lon, p.lat,
    CASE
        WHEN c.is_breach THEN 'breach'
        WHEN c.exempt_reason IS NOT NULL AND (c.days_overdue IS NOT NULL OR c.idle_test IS NOT NULL) THEN 'exempt'
        WHEN c.band = '停工未核查' THEN 'unchecked'
        WHEN c.band = '已动工' THEN 'started'
        ELSE 'waiting'
    END AS standing,
    c.project_id
FROM clock c
JOIN parcel p ON p.parcel_id = c.parcel_id
ORDER BY c.is_breach DESC, c.days_overdue DESC NULLS LAST, c.days_stopped DESC NULLS LAST, c.agreed_start_on, c.parcel_id

-- name: resource_map
-- Every idle resource listed by the day with its place and how far it is, those not yet in use first.
WITH listed AS (
-- include: idle_resource_list
)
SELECT
    l.resource_id, l.resource, l.kind, l.village, l.owner_kind, l.state, l.days_idle, l.land_area, l.floor_area,
    l.vacant_area, l.asking_rent, l.agent, l.revived_on, r.lon, r.lat, l.state AS standing
FROM listed l
JOIN idle_resource r ON r.resource_id = l.resource_id
ORDER BY l.revived_on IS NOT NULL, l.days_idle DESC NULLS LAST, l.found_on, l.resource_id
