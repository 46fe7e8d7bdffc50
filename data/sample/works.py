"""示例 remediation works: what was planned month by month, and what was done."""

from datetime import date
from random import Random

from data.sample.rivers import RIVERS
from data.sample.rows import Ledgers, Row, iso_date, month_ends, named_rows, sample_generator, topic_rng

OWNER = "农村工作服务中心"

# budget is left out where the river is real; `reached` is the share done on `reached_on`, its last report
WORKS = named_rows(
    "work_id river_id kind quantity quantity_unit budget start_on end_on reached reached_on note",
    ("W-01", "HJXH", "清淤", 15500, "m³", None, "2013-10-01", "2014-09-30", 0.8, "2014-06-30", "示例：工程量"),
    ("W-02", "HJXH", "挡墙护岸", 420, "m", None, "2013-08-15", "2013-12-31", 1, "2013-12-31", "示例：工程量"),
    ("W-03", "HJXH", "箱涵", 60, "m", None, "2013-07-15", "2013-11-30", 1, "2013-11-30", "示例：工程量"),
    ("W-04", "HJXH", "绿化公园", 2000, "㎡", None, "2014-09-01", "2014-12-31", 0, "", ""),
    ("W-05", "SL1", "清淤", 12000, "m³", 180, "2013-11-01", "2014-09-30", 0.89, "2014-06-30", ""),
    ("W-06", "SL1", "截污纳管", 260, "户", 310, "2013-12-01", "2014-10-31", 0.7, "2014-06-30", ""),
    ("W-07", "SL2", "清淤", 18000, "m³", 290, "2013-10-15", "2014-08-31", 0.47, "2014-06-30", "示例：淤泥无处堆放"),
    ("W-08", "SL2", "截污纳管", 180, "户", 240, "2014-01-10", "2014-07-31", 0.75, "2014-06-30", "示例：管材供应推迟"),
    ("W-09", "SL3", "清淤", 6000, "m³", 85, "2013-08-01", "2013-12-31", 1, "2013-12-31", ""),
    ("W-10", "SL3", "生态修复", 3500, "㎡", 95, "2014-03-01", "2014-08-31", 0.82, "2014-06-30", ""),
    ("W-11", "SL4", "清淤", 8000, "m³", 120, "2014-02-15", "2014-09-15", 0.68, "2014-06-30", ""),
    ("W-12", "SL4", "挡墙护岸", 350, "m", 88, "2013-11-15", "2014-05-31", 0.88, "2014-06-30", "示例：已过计划完工日期"),
    ("W-13", "SL5", "违章清除", 14, "个", 20, "2013-09-01", "2013-12-31", 1, "2013-12-31", ""),
    ("W-14", "SL5", "挡墙护岸", 300, "m", 75, "2014-08-01", "2014-11-30", 0, "", ""),
)

DIMENSIONS = {"截污纳管": "截", "绿化公园": "截", "违章清除": "治"}
TITLES = {"W-02": "支流挡墙", "W-04": "休闲公园（计划）"}


def work_row(row: Row) -> Row:
    """Return the register entry of a work."""
    kept = {k: v for k, v in row.items() if k not in ("reached", "reached_on", "note")}
    river = next(r["name"] for r in RIVERS if r["river_id"] == row["river_id"])
    dim = DIMENSIONS.get(row["kind"], "洁")
    return kept | {"name": river + TITLES.get(row["work_id"], row["kind"]), "owner": OWNER, "dim": dim}


def due_share(row: Row, on_date: date) -> float:
    """Return the share of a work due by a date: slow at first and at the end, as an S."""
    start, end = iso_date(row["start_on"]), iso_date(row["end_on"])
    elapsed = min(max((on_date - start).days / (end - start).days, 0), 1)
    return elapsed**2 * (3 - 2 * elapsed)


def rounded_quantity(row: Row, share: float) -> int:
    """Return a share of the quantity, to ten units where the quantity is large."""
    quantity: int = row["quantity"]
    step = 10 if quantity >= 1000 else 1
    return round(quantity * share / step) * step


def plan_rows(row: Row) -> list[Row]:
    """Return the cumulative plan: nothing at the start, then a node at each end of month."""
    start, end = iso_date(row["start_on"]), iso_date(row["end_on"])
    nodes = [(row["work_id"], d, rounded_quantity(row, due_share(row, d))) for d in (start, *month_ends(start, end))]
    return named_rows("work_id on_date planned", *nodes)


def progress_rows(rng: Random, row: Row) -> list[Row]:
    """Return the monthly reports: the plan's curve at the work's own pace, never falling, exact at the last."""
    if not row["reached"]:
        return []
    last = iso_date(row["reached_on"])
    pace, price = row["reached"] / due_share(row, last), rng.uniform(0.9, 1.02)
    rows, share = [], 0.0
    for on_date in month_ends(iso_date(row["start_on"]), last):
        share = max(share, min(due_share(row, on_date) * pace * (1 if on_date == last else rng.uniform(0.93, 1)), 1))
        cost = round(row["budget"] * share * price, 1) if row["budget"] else None
        rows.append(
            (row["work_id"], on_date, rounded_quantity(row, share), cost, row["note"] if on_date == last else "")
        )
    reports = named_rows("work_id on_date done cost note", *rows)
    reports[0]["photo_before"] = f"示例照片 {row['work_id']} 前"
    if row["reached"] == 1:
        reports[-1]["photo_after"] = f"示例照片 {row['work_id']} 后"
    return reports


@sample_generator
def work_ledgers() -> Ledgers:
    """Return the works with their plans and progress."""
    rng = topic_rng("works")
    return {
        "work": [work_row(row) for row in WORKS],
        "work_plan": [node for row in WORKS for node in plan_rows(row)],
        "work_progress": [report for row in WORKS for report in progress_rows(rng, row)],
    }
