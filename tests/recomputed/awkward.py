"""Ledgers in which every row is true and hardly one is usual: returns, skipped stages, non-detects, one of 2,000 left.

A project of 2,000 households of which 1,999 are registered and signed, one without a plan, one signed and ended,
values known only by a limit: what stands beside this file, and the households, which are counted up here.
"""

from __future__ import annotations

from pathlib import Path

from data.datasets import DATASETS
from tests.recomputed.awkward_readings import awkward_readings

FOLDER = Path(__file__).parent / "awkward_ledgers"
REGISTERED = 1999  # households of the large project, which has 2,000
LATE_PROJECT = {"HX1": "2014-04-20", "HX2": "", "HX3": ""}  # its households, and when they signed
# of a project that declares one household and an area smaller than theirs: village, block, team, area of each
REGISTERED_MORE = (
    ("HY1", "V1", "甲片", "T1", "100.5"),
    ("HY2", "V1", "甲片", "", "80"),
    ("HY3", "", "甲片", "T1", ""),
    ("HY4", "V2", "", "T1", "60"),
    ("HY5", "V2", "乙片", "", ""),
)
# signed, withdrawn: of one that signed anew, one that did not, one withdrawn later, one moved too early
WITHDRAWALS = (
    ("HY1", "2014-02-10", "2014-03-01"),
    ("HY1", "2014-03-01", ""),
    ("HY2", "2014-02-20", "2014-05-20"),
    ("HY4", "2014-04-05", "2014-07-15"),
)
# villages by project: households, how many of them signed, and when; V3 has four households, V4 five, V6 two projects,
# V7 households of a project that has not begun, V8 one that was complete before the year; W3 has no village
VILLAGE_HOUSEHOLDS = (
    *(("D14", "V3", 4, 4, "2014-04-02"), ("D14", "V4", 5, 3, "2014-05-20"), ("D14", "V5", 10, 6, "2014-05-20")),
    *(("D14", "V6", 3, 1, "2014-06-29"), ("D15", "V6", 7, 5, "2013-12-31"), ("D14", "", 6, 2, "2014-04-02")),
    *(("D16", "V7", 8, 0, ""), ("D17", "V8", 6, 6, "2013-12-30"), ("D15", "V5", 1, 1, "2014-01-02")),
    ("D31", "", 3, 1, "2014-05-20"),
)


def awkward_ledgers() -> dict[str, str]:
    """Return the content of the ledgers by their names, parents first."""
    files = {file.stem: file.read_text(encoding="utf-8-sig") for file in FOLDER.glob("*.csv")}
    files |= {"household": _households(), "agreement": _agreements()}
    files["reading"] += awkward_readings()
    return {name: files[name] for name in DATASETS if name in files}


def _households() -> str:
    rows = [f"H{n:04},D1,,,," for n in range(REGISTERED)] + [f"{code},D3,,,," for code in LATE_PROJECT]
    rows += [f"{code},D4,{','.join(rest)}" for code, *rest in REGISTERED_MORE]
    rows += [f"{code},{project},{village},,," for code, project, village, _ in _village_households()]
    return "\n".join(["户编号,项目,所在村社,片区,负责小组,合法建筑面积", *rows, ""])


def _village_households() -> list[tuple[str, str, str, str]]:
    """Return the households of `VILLAGE_HOUSEHOLDS`: code, project, village, and when each signed."""
    return [
        (f"{project}-{village or 'W3'}-{n}", project, village, day if n < signed else "")
        for project, village, households, signed, day in VILLAGE_HOUSEHOLDS
        for n in range(households)
    ]


def _agreements() -> str:
    """Return an agreement of every registered household, 28 days of May in turn, and of one of the late project."""
    signed = {f"H{n:04}": f"2014-05-{n % 28 + 1:02}" for n in range(REGISTERED)}
    signed |= {code: day for code, day in LATE_PROJECT.items() if day}
    signed |= {code: day for code, _, _, day in _village_households() if day}
    rows = [f"{code},{day},,货币补偿" for code, day in signed.items()]
    rows += [f"{code},{day},{withdrawn},货币补偿" for code, day, withdrawn in WITHDRAWALS]
    return "\n".join(["户编号,签约日期,撤销日期,补偿方式", *rows, ""])
