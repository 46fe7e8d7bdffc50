"""示例 preparation items and legal steps: all days are made up, breaches are of fictional projects alone."""

from data.sample.rows import Ledgers, Row, named_rows, sample_generator

NOTE = "示例"
ITEMS = ("领导小组", "办公室", "工作方案", "风险评估", "资金专户", "应急预案", "房源筹集")

# due and done of each item in order; “-” is a day that is not there, of an item not on record both are
PREPARATION = {
    "DEM-BH": (
        *("2013-05-31 2013-05-20", "2013-05-31 2013-05-22", "2013-06-30 2013-06-25", "2013-07-31 2013-07-19"),
        *("2013-08-15 2013-08-09", "2013-08-31 2013-08-28", "2013-08-31 2013-08-30"),
    ),
    "DEM-S1": (
        *("2014-01-31 2014-01-20", "2014-01-31 2014-01-24", "2014-02-28 2014-03-12", "2014-03-31 2014-03-27"),
        *("2014-04-15 2014-04-14", "2014-04-15 2014-04-29", "2014-04-20 -"),
    ),
    "DEM-S2": (
        *("2014-03-31 2014-03-18", "2014-03-31 2014-03-18", "2014-04-30 2014-04-22", "2014-04-30 2014-04-10"),
        *("2014-05-31 2014-05-06", "2014-06-10 -", "- -"),
    ),
    "DEM-P3": (
        *("2012-01-31 2012-01-16", "2012-01-31 2012-01-16", "2012-02-29 2012-02-29", "2012-03-31 2012-03-20"),
        *("2012-03-31 2012-03-28", "2012-04-10 2012-04-09", "2012-04-10 2012-04-06"),
    ),
    "DEM-P4": (
        *("2012-05-31 2012-05-18", "2012-05-31 2012-05-18", "2012-06-30 2012-06-21", "2012-07-15 2012-07-12"),
        *("2012-08-10 2012-08-07", "2012-08-31 2012-08-24", "2012-08-31 2012-09-12"),
    ),
}

# step, planned, begun, done
STEPS = {
    "DEM-BH": """暂停办理 - 2013-04-15 2013-12-20
        方案征求意见 - 2013-05-27 2013-07-01
        社会稳定风险评估 - 2013-06-20 2013-07-19
        补偿费用到位 - - 2013-08-09
        征收决定 - - 2013-08-16
        征收决定公告 - - 2013-08-19
        评估机构协商 - 2013-08-19 2013-08-27
        评估机构选定 - - 2013-08-27
        分户补偿公布 - - 2013-09-25""",
    "DEM-S1": """征地批准 - - 2014-03-10
        征收土地公告 - - 2014-03-31
        安置方案公告 - 2014-04-01 2014-05-05
        征地批准 - - 2014-06-23
        征收土地公告 2014-07-04 - -""",
    "DEM-S2": """暂停办理 - 2013-07-18 -
        方案征求意见 - - 2014-03-20
        社会稳定风险评估 - 2014-03-03 2014-04-10
        补偿费用到位 - - 2014-05-06
        征收决定 - - 2014-05-12
        征收决定公告 - - 2014-05-14
        评估机构协商 - 2014-05-15 2014-05-23
        分户补偿公布 2014-07-31 - -""",
    "DEM-P1": """暂停办理 - 2010-10-08 2011-06-30
        方案征求意见 - 2010-12-20 2011-01-28
        社会稳定风险评估 - 2011-01-10 2011-02-15
        补偿费用到位 - - 2011-02-22
        征收决定 - - 2011-02-25
        分户补偿公布 - - 2011-04-08""",
    "DEM-P2": """征地批准 - - 2011-08-29
        征收土地公告 - - 2011-09-05""",
    "DEM-P3": """征地批准 - - 2012-02-27
        征收土地公告 - - 2012-03-06""",
    "DEM-P4": """暂停办理 - 2012-04-09 2012-12-31
        方案征求意见 - 2012-05-02 2012-06-08
        社会稳定风险评估 - 2012-06-11 2012-07-12
        补偿费用到位 - - 2012-08-07
        征收决定 - - 2012-08-15
        征收决定公告 - - 2012-08-17
        分户补偿公布 - - 2012-10-12""",
}


def _day(written: str) -> str:
    return "" if written == "-" else written


def preparation_rows() -> list[Row]:
    """Return the items on record of each project."""
    rows = [
        (project, item, *map(_day, days.split()), NOTE)
        for project, listed in PREPARATION.items()
        for item, days in zip(ITEMS, listed, strict=True)
        if days != "- -"
    ]
    return named_rows("project_id preparation due_on done_on note", *rows)


def step_rows() -> list[Row]:
    """Return the legal steps of each project, numbered."""
    lines = [(project, *line.split()) for project, lines in STEPS.items() for line in lines.splitlines()]
    rows = [
        (f"LEGAL-{number:03}", project, step, *map(_day, days), NOTE)
        for number, (project, step, *days) in enumerate(lines, 1)
    ]
    return named_rows("step_id project_id step planned_on started_on done_on note", *rows)


@sample_generator
def preparation_ledgers() -> Ledgers:
    """Return what was ready before signing, and the steps of the law."""
    return {"preparation_item": preparation_rows(), "legal_step": step_rows()}
