"""示例 ledgers of the assessment of villages: 示例 villages only, and the rankings that were published of them."""

from collections import Counter
from datetime import date

from data.sample.demolition import demolition_ledgers
from data.sample.rows import Ledgers, Row, days_after, iso_date, named_rows, sample_generator

PUBLISHED_ON = ("2014-04-30", "2014-05-31")
RANKED_FROM = 5  # households; as ranking_households in data/standards/demolition_rule.csv
DECIMALS = 4  # of what is stored; places follow the figures before they are rounded

# the assessment of 2013: weight, and the score of each village; the marks of 2014 so far
ITEMS_2013 = (("签约进度", 40), ("拆违控违", 30), ("信访化解", 20), ("宣传发动", 10))
SCORES_2013 = {
    "V-A": (92, 88, 95, 90),
    "V-B": (85, 90, 86, 92),
    "V-C": (88, 84, 90, 86),
    "V-D": (95, 93, 92, 96),
    "V-E": (74, 70, 82, 78),
    "V-F": (90, 87, 84, 88),
}
AWARDS_2013 = {("V-D", "签约进度"): "嘉奖", ("V-E", "拆违控违"): "通报批评"}
ISSUED_2013 = "2014-01-20"
AWARDS_2014 = named_rows(
    "village_id year assessed_for award issued_on",
    ("V-C", 2014, "签约启动", "嘉奖", "2014-05-06"),
    ("V-E", 2014, "逾期未签完", "通报批评", "2014-05-06"),
    ("V-F", 2014, "签约启动", "嘉奖", "2014-06-27"),
)


def assessment_rows() -> list[Row]:
    """Return the assessment of 2013, an item a row, and the marks of 2014."""
    scored = [
        (village, 2013, item, weight, score, AWARDS_2013.get((village, item)), ISSUED_2013)
        for village, scores in SCORES_2013.items()
        for (item, weight), score in zip(ITEMS_2013, scores, strict=True)
    ]
    return [*named_rows("village_id year assessed_for weight score award issued_on", *scored), *AWARDS_2014]


def plan_to_date(project: Row, day: date) -> float:
    """Return the share of the signing period that is over, in percent."""
    start, end = iso_date(project["sign_start"]), iso_date(project["sign_end"])
    return 100 * min(1.0, (day - start).days / (end - start).days) if end > start else 100.0


def signed_households(ledgers: Ledgers, day: date) -> set[str]:
    """Return the households that have an agreement in force on a day."""
    return {
        a["household_id"]
        for a in ledgers["agreement"]
        if str(a["signed_on"]) <= day.isoformat() < str(a.get("withdrawn_on") or "9999")
    }


def counted_projects(ledgers: Ledgers, day: date) -> list[Row]:
    """Return the projects that count in the ranking of a day: signing, or late when the year began."""
    new_year = date(day.year, 1, 1)
    signed = signed_households(ledgers, days_after(new_year, -1))
    before = Counter(h["project_id"] for h in ledgers["household"] if h["household_id"] in signed)
    return [
        p
        for p in ledgers["demolition_project"]
        if iso_date(p["sign_start"]) <= day
        and (iso_date(p["sign_end"]) >= new_year or before[p["project_id"]] < p["households_total"])
    ]


def village_figures(ledgers: Ledgers, day: date) -> list[Row]:
    """Return households, signed, rate, plan and gap of each village in the projects that count."""
    plans = {p["project_id"]: plan_to_date(p, day) for p in counted_projects(ledgers, day)}
    signed = signed_households(ledgers, day)
    homes = [h for h in ledgers["household"] if h["project_id"] in plans and h["village_id"]]
    rows = []
    for village in sorted({h["village_id"] for h in homes}):
        own = [h for h in homes if h["village_id"] == village]
        count = sum(h["household_id"] in signed for h in own)
        rate, planned = 100 * count / len(own), sum(plans[h["project_id"]] for h in own) / len(own)
        rows.append((day, village, count, len(own), rate, planned, rate - planned))
    return named_rows("ranked_on village_id signed households rate planned_rate gap", *rows)


def published_rows(ledgers: Ledgers, day: date) -> list[Row]:
    """Return the ranking of a day as it was published: who is furthest ahead of plan first, equal ones side by side."""
    rows = village_figures(ledgers, day)
    gaps = [round(row["gap"], 9) for row in rows if row["households"] >= RANKED_FROM]
    for row in rows:
        is_ranked = row["households"] >= RANKED_FROM
        row["position"] = 1 + sum(gap > round(row["gap"], 9) for gap in gaps) if is_ranked else None
        row |= {name: round(row[name], DECIMALS) for name in ("rate", "planned_rate", "gap")}
    return sorted(rows, key=lambda row: (row["position"] is None, row["position"], row["village_id"]))


@sample_generator
def assessment_ledgers() -> Ledgers:
    """Return the ledgers of the assessment of villages."""
    ledgers = demolition_ledgers()
    return {
        "village_assessment": assessment_rows(),
        "published_ranking": [row for day in PUBLISHED_ON for row in published_rows(ledgers, iso_date(day))],
    }
