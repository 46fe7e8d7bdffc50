"""What turned out otherwise in signing, 示例: an agreement withdrawn, one withdrawn and signed anew, a decision."""

from datetime import date

from data.sample.rows import Row, named_rows

# S2-009 withdrew and signed anew, S2-003 withdrew and has not signed since
WITHDRAWN = named_rows(
    "household_id signed_on withdrawn_on mode amount move_due_on",
    ("S2-009", date(2014, 6, 17), date(2014, 6, 20), "货币补偿", 148.6, date(2014, 8, 16)),
    ("S2-003", date(2014, 6, 19), date(2014, 6, 25), "货币补偿", 88.1, date(2014, 8, 18)),
)
SIDE_STEPS = (
    ("S2-009", "已签约", date(2014, 6, 17)),
    ("S2-009", "退回", date(2014, 6, 20)),
    ("S2-003", "已签约", date(2014, 6, 19)),
    ("S2-003", "退回", date(2014, 6, 25)),
    ("S1-075", "已签约", date(2014, 6, 28)),  # of which the agreement is not registered yet
    ("S3-037", "补偿决定", date(2014, 5, 20)),
)


def with_floor_areas(projects: list[Row], households: list[Row]) -> list[Row]:
    """Return projects with the lawful floor area of their households together."""
    return [
        project
        | {
            "floor_area_total": round(
                sum(h["legal_area"] for h in households if h["project_id"] == project["project_id"]), 1
            )
        }
        for project in projects
    ]
