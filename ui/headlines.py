"""Result rows in, the sentence that answers the page's question out."""

from __future__ import annotations

import pandas as pd

from data.text import Text, same
from ui import formats, phrases

QUALITY = Text(
    "{month}：{bad} 个断面劣Ⅴ类，{met} / {judged} 个断面达标",
    "{month}: {bad} sections worse than Ⅴ, {met} of {judged} sections meet their target",
)
WORKS = Text("最落后的工程：{work} {rate}，{gap}", "Furthest behind: {work}, {rate} done, {gap}")
SILENT_WORKS = Text("{count} 项工程已到开工日而从未上报", "{count} works should have begun and never reported")
WORKS_ON_PLAN = Text("上报的工程都达到序时进度", "Every work that reports is on plan")
MAP = Text(
    "{open} 处污染源未整治，{overdue} 处逾期；{reaches} 段河道中 {bad} 段劣Ⅴ类",
    "{open} sources open, {overdue} overdue; {bad} of {reaches} reaches worse than Ⅴ",
)
PIPELINE = Text(
    "{projects} 个项目总投资 {money}；{counted} 个签约项目资金到位 {rate}（{received} / {contracted}），"
    "{unknown} 个没有到资记录",
    "{projects} projects worth {money}; {counted} signed ones have {rate} of their funds ({received} / {contracted}), "
    "{unknown} have no record of funds",
)
SIGNING = Text("{project}签约 {rate}，还差 {left} 户", "{project}: {rate} signed, {left} households left")
ALL_SIGNED = Text(
    "{project}签约 100 %（{signed} / {households} 户）", "{project}: 100 % signed ({signed} of {households} households)"
)
COCKPIT = Text("{behind} 项落后于序时，最落后的是{worst}", "{behind} items behind plan, the furthest is {worst}")
ON_PLAN = Text("各项工作都达到序时进度", "Everything is on plan")


def quality(rows: pd.DataFrame) -> Text:
    """Say how the newest month of section_class stands."""
    if rows.empty:
        return phrases.NOTHING_YET
    newest = rows[rows["month"] == rows["month"].max()]
    return QUALITY.fill(
        month=f"{newest['month'].iloc[0]:%Y-%m}",
        bad=int((newest["class_rank"] == 6).sum()),
        met=int(newest["is_met"].fillna(False).sum()),
        judged=int(newest["is_met"].notna().sum()),
    )


def works(rows: pd.DataFrame) -> Text:
    """Name the work that is furthest behind its plan; without any say that works are silent or on plan."""
    if rows.empty:
        return phrases.NOTHING_YET
    late, silent = rows[rows["gap"] < 0], int(rows["is_unreported"].sum())
    if late.empty:
        return SILENT_WORKS.fill(count=silent) if silent else WORKS_ON_PLAN
    worst = late.nsmallest(1, "gap").iloc[0]
    return WORKS.fill(work=worst["work"], rate=formats.percent(worst["rate"]), gap=formats.points(worst["gap"]))


def river_map(reaches: pd.DataFrame, sources: pd.DataFrame) -> Text:
    """Count the open and overdue sources and the worst reaches."""
    if reaches.empty and sources.empty:
        return phrases.NOTHING_YET
    return MAP.fill(
        open=int((~sources["is_closed"].fillna(False).astype(bool)).sum()),
        overdue=int(sources["is_overdue"].fillna(False).astype(bool).sum()),
        reaches=len(reaches),
        bad=int((reaches["class_rank"] == 6).sum()),
    )


def pipeline(stages: pd.DataFrame, funds: pd.DataFrame) -> Text:
    """Sum up the pipeline and the funds of the signed projects."""
    known = funds[funds["received"].notna()]
    received, contracted = float(known["received"].sum()), float(known["investment"].sum())
    return PIPELINE.fill(
        counted=len(known),
        unknown=len(funds) - len(known),
        projects=int(stages["projects"].sum()),
        money=formats.money(float(stages["investment"].sum())),
        rate=formats.percent(100 * received / contracted if contracted else None),
        received=formats.money(received),
        contracted=formats.money(contracted),
    )


def signing(row: pd.Series) -> Text:
    """Say how one project of signing_rate stands."""
    template = ALL_SIGNED if row["households_left"] == 0 else SIGNING
    blanks = {
        "project": row["project"],
        "rate": formats.percent(row["rate"]),
        "left": formats.count(row["households_left"]),
        "signed": formats.count(row["signed"]),
        "households": formats.count(row["households"]),
    }
    return template.fill(**blanks)


def cockpit(behind: pd.DataFrame) -> Text:
    """Name the item that is furthest behind."""
    if behind.empty:
        return ON_PLAN
    worst = behind.iloc[0]
    said = Text("{item}（{gap}）", "{item} ({gap})").fill(item=same(worst["item"]), gap=formats.points(worst["gap"]))
    return COCKPIT.fill(behind=len(behind), worst=said)
