"""Result rows in, the sentence that answers the page's question out."""

from __future__ import annotations

import pandas as pd

from data.fields import WORDS
from data.text import Text, join_texts, untranslated
from ui import formats, phrases

WORST_RANK = 6  # the rank of 劣Ⅴ
QUALITY = Text("{month}：{bad} 个断面劣Ⅴ类，{met}", "{month}: {bad} sections worse than Ⅴ, {met}")
MET = Text("{met} / {judged} 个断面达标", "{met} of {judged} sections meet their target")
NONE_JUDGED = Text("没有可判定达标的断面", "no section has a target to be judged by")
WORKS = Text("最落后的工程：{work} {rate}，{gap}", "Furthest behind: {work}, {rate} done, {gap}")
SILENT_WORKS = Text("{count} 项工程已到开工日而从未上报", "{count} works should have begun and never reported")
NO_REPORT = Text("{count} 项工程都还没有上报进度", "None of {count} works has reported yet")
WORKS_ON_PLAN = Text("上报的工程都达到序时进度", "Every work that reports is on plan")
SOURCES = Text("{open} 处污染源未整治，{overdue} 处逾期", "{open} sources open, {overdue} overdue")
NO_SOURCE = Text("没有登记污染源", "No pollution source is registered")
REACHES = Text("{judged} 段有水质数据的河道中 {bad} 段劣Ⅴ类", "{bad} of {judged} reaches with data worse than Ⅴ")
NOT_JUDGED = Text("{reaches} 段河道近来都没有水质数据", "{reaches} reaches, none with data of late")
NO_REACH = Text("没有登记河段", "no reach is registered")
SEMICOLON = Text("；", "; ")
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
NO_PLAN = Text(
    "没有可与序时相比的目标任务，也没有落后事项",
    "No target can be held against its plan; nothing is known to be behind",
)


def quality_headline(rows: pd.DataFrame) -> Text:
    """Say how the newest month of section_class stands."""
    if rows.empty:
        return phrases.NOTHING_YET
    newest = rows[rows["month"] == rows["month"].max()]
    judged = newest["is_met"].dropna()
    met = MET.fill(met=int(judged.sum()), judged=len(judged)) if len(judged) else NONE_JUDGED
    return QUALITY.fill(
        month=f"{newest['month'].iloc[0]:%Y-%m}", bad=int((newest["class_rank"] == WORST_RANK).sum()), met=met
    )


def works_headline(rows: pd.DataFrame) -> Text:
    """Name the work that is furthest behind its plan; without any say that works are silent or on plan."""
    if rows.empty:
        return phrases.NOTHING_YET
    late, silent = rows[rows["gap"] < 0], int(rows["is_unreported"].sum())
    if late.empty and (silent or rows["gap"].isna().all()):
        return SILENT_WORKS.fill(count=silent) if silent else NO_REPORT.fill(count=len(rows))
    if late.empty:
        return WORKS_ON_PLAN
    worst = late.nsmallest(1, "gap").iloc[0]
    return WORKS.fill(
        work=worst["work"], rate=formats.format_percent(worst["rate"]), gap=formats.format_gap(worst["gap"])
    )


def map_headline(reaches: pd.DataFrame, sources: pd.DataFrame) -> Text:
    """Count the open and overdue sources and the worst reaches."""
    if reaches.empty and sources.empty:
        return phrases.NOTHING_YET
    return join_texts([_sources_clause(sources), _reaches_clause(reaches)], SEMICOLON)


def _sources_clause(rows: pd.DataFrame) -> Text:
    if rows.empty:
        return NO_SOURCE
    return SOURCES.fill(open=int((~rows["is_closed"].astype(bool)).sum()), overdue=int(rows["is_overdue"].sum()))


def _reaches_clause(rows: pd.DataFrame) -> Text:
    if rows.empty:
        return NO_REACH
    judged = int(rows["class_rank"].notna().sum())
    if not judged:
        return NOT_JUDGED.fill(reaches=len(rows))
    return REACHES.fill(judged=judged, bad=int((rows["class_rank"] == WORST_RANK).sum()))


def pipeline_headline(stages: pd.DataFrame, funds: pd.DataFrame) -> Text:
    """Sum up the pipeline and the funds of the signed projects."""
    known = funds[funds["received"].notna()]
    received, contracted = float(known["received"].sum()), float(known["investment"].sum())
    return PIPELINE.fill(
        counted=len(known),
        unknown=len(funds) - len(known),
        projects=int(stages["projects"].sum()),
        money=formats.format_money(float(stages["investment"].sum())),
        rate=formats.format_percent(100 * received / contracted if contracted else None),
        received=formats.format_money(received),
        contracted=formats.format_money(contracted),
    )


def signing_headline(row: pd.Series) -> Text:
    """Say how one project of signing_rate stands."""
    template = ALL_SIGNED if row["households_left"] == 0 else SIGNING
    blanks = {
        "project": row["project"],
        "rate": formats.format_percent(row["rate"]),
        "left": formats.format_count(row["households_left"]),
        "signed": formats.format_count(row["signed"]),
        "households": formats.format_count(row["households"]),
    }
    return template.fill(**blanks)


def cockpit_headline(behind: pd.DataFrame, targets: pd.DataFrame) -> Text:
    """Name the item that is furthest behind, or else the target; without targets nothing is on plan for sure."""
    late = targets[targets["gap"] < 0]
    if behind.empty and late.empty:
        return ON_PLAN if targets["gap"].notna().any() else NO_PLAN
    worst = late.iloc[0] if behind.empty else behind.iloc[0]
    item = WORDS[worst["metric"]] if behind.empty else untranslated(worst["item"])
    said = Text("{item}（{gap}）", "{item} ({gap})").fill(item=item, gap=formats.format_gap(worst["gap"]))
    return COCKPIT.fill(behind=len(late) if behind.empty else len(behind), worst=said)
