"""The page of the stages: where projects stand, how many go on and how long it takes; which signed when and started."""

from __future__ import annotations

from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS
from data.result_rows import total_rows
from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.cards import percentage_or_none
from ui.colours import MISSING_COLOUR
from ui.investment.cohorts import quarter_text
from ui.investment.funnel_cards import days_text
from ui.investment.project_rows import BAR_COLOUR, NO_STAGE, PROJECT_PAGE, listed_projects, money_and_lacking, under_way
from ui.markup import bullet_bar, element, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest, sentence_block
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(label=Text("项目漏斗", "Pipeline"), icon=":material/filter_alt:", place=20, choices=("stage", "cohort"))
SHOWN_PROJECTS, SHOWN_STAGES = 8, 14  # measured: four screens of a phone
AND = Text("；", "; ")
NARROWEST = Text(
    "最难走过的阶段是“{stage}”：已有结果的 {known} 个中 {moved_on} 个进入下一阶段（{rate}），现在停着 {there} 个、"
    "{worth}",
    "The stage hardest to pass is {stage}: of {known} with a known outcome {moved_on} went on ({rate}); {there}, "
    "worth {worth}, stand there",
)
ALL_WENT_ON = Text(
    "知道结果的各阶段都走得过去；在推进的 {live} 个项目最多停在“{stage}”（{there} 个、{worth}）",
    "Every stage of which enough is known was passed by all; of {live} under way most stand at {stage} ({there}, "
    "worth {worth})",
)
UNKNOWN = Text(
    "样本不足，说不出哪个阶段最难走过；在推进的 {live} 个项目最多停在“{stage}”（{there} 个、{worth}）",
    "Too little is known to say which stage is hardest to pass; of {live} under way most stand at {stage} ({there}, "
    "worth {worth})",
)
LONGEST = Text("最久 {days} 天", "the longest for {days} days")
STUCK = Text("全部在推进的 {live} 个中 {stuck} 个卡住", "{stuck} of all {live} under way are stuck")
NONE_LIVE = Text("没有在推进的项目", "No project is under way")
STAGES = Text(
    "各阶段停着多少、走到下一步的有多少、要多久", "What stands at each stage, how much goes on, how long it takes"
)
STAGE_HEADINGS = {
    "stage": Text("阶段", "Stage"),
    "count": Text("现在停着", "Standing there"),
    "money": Text("总投资", "Investment"),
    "conversion": Text("进入下一阶段", "Went on"),
    "days": Text("停留天数", "Days there"),
}
COUNT, MONEY = Text("{count} 个", "{count}"), Text("{money}", "{money}")
CONVERTED = Text("↓ {rate}（{moved_on} / {known} 个）", "↓ {rate} ({moved_on} of {known})")
TOO_FEW_KNOWN = Text("样本不足（已有结果 {known} 个）", "too few ({known} with an outcome)")
TIMES = Text("半数 {half} 天，85 % {most}", "half {half} days, 85 % {most}")
NOT_YET = Text("还没有", "not yet")
THERE_LONGEST = Text("还在的最久 {days} 天", "longest there {days} days")
OVER_P85 = Text("，{count} 个超过", ", {count} over")
NARROW_MARK = Text("▼ 转化最低", "▼ lowest")
PICTURE_NOTE = Text(
    "停着 = 当日最新阶段在此；进入下一阶段 = 到过此阶段、已有结果的项目中到过下一阶段的，与停着的个数不是一回事；"
    "半数、85 % = 按至今还在的也算在内估计",
    "Standing there = it is the newest stage on the day; went on = of those that ever came so far and have a known "
    "outcome, another number than those standing there; half and 85 % take those still there into account",
)
IN_STAGE = Text("{stage}的项目", "Projects in stage {stage}")
SIGNED_IN = Text("{quarter}签约的项目", "Projects signed in {quarter}")
BACK = Text("← 各签约批次", "← All cohorts")
CHOOSE_STAGE, CHOOSE_COHORT = Text("阶段", "stage"), Text("签约季度", "quarter of signing")
COHORTS = Text("各季度签约的项目到了哪一步", "What became of the projects signed in each quarter")
ALL_COLUMNS = Text("签约批次全表", "All columns of the cohorts")
TRACKS = Text("各类项目的阶段转化率", "Stage conversion by track")
WEIGHTED = Text("在谈项目加权：概率从哪里来", "The open pipeline, weighted: where the probabilities come from")
FLOW = Text("在谈项目从期初到现在", "The open pipeline from the start of the period to the day")
ORIGINS = Text("各来源的项目", "Projects by origin of capital")
REPEATED = Text("疑似重复签约", "Signed more than once?")
REPEATED_NOTICE = Text(
    "{groups} 组疑似重复签约，重复计 {money}",
    "Signed more than once by the look of it: {groups}, {money} counted again",
)
REPEATED_GROUPS = Text("{groups} 组疑似重复签约", "signed more than once by the look of it: {groups}")
NO_REPEATED = Text(
    "没有投资方和金额相同、名称相同或相近的签约项目", "No contracts look alike by investor and amount or by name"
)
CONVERSION_COLUMNS = ("track", "stage", "reached", "known", "moved_on", "rate")
WEIGHTED_COLUMNS = (
    *(
        "outcome",
        "stage",
        "projects",
        "investment",
        "unpriced",
        "known",
        "signed",
        "probability",
        "weighted",
        "unweighted",
    ),
)
VELOCITY_COLUMNS = (
    *("open", "unpriced", "median_investment", "known", "signed", "win_rate", "timed", "median_days", "velocity"),
)
ORIGIN_COLUMNS = ("origin", "projects", "investment", "unpriced")
COHORT_COLUMNS = (
    *("cohort", "projects", "investment", "unpriced", "received", "funds_rate", "without_receipts"),
    *("started", "start_rate", "producing", "production_rate", "ended"),
)
TIME_COLUMNS = (
    *("stage", "spells", "moved_on", "still_there", "left_otherwise", "median_days", "p85_days", "over_p85"),
    "longest_days",
)


def joined_stages(stages: pd.DataFrame, conversion: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    """Return each stage with what stands there, the conversion of all tracks and the days; the narrowest is "
    "marked."""
    converted = total_rows(conversion)[["stage", "known", "moved_on", "rate"]]
    days = times[["stage", "median_days", "p85_days", "over_p85", "longest_days", "sentence", "sentence_en"]]
    found = stages.merge(converted, on="stage", how="left").merge(days, on="stage", how="left")
    return found.assign(is_narrowest=found.index == _narrowest_place(found))


def _narrowest_place(stages: pd.DataFrame) -> int | None:
    """Return the place of the stage with the lowest conversion below 100 % of those where a project stands, of several
    that where most money stands; None without one."""
    rated = stages.assign(rate=pd.to_numeric(stages["rate"]))
    lossy = rated[(rated["rate"] < 100) & (rated["projects"] > 0)]
    return None if lossy.empty else int(lossy.sort_values(["rate", "investment"], ascending=[True, False]).index[0])


def title_sentence(projects: pd.DataFrame, stages: pd.DataFrame, repeated: pd.DataFrame) -> Text:
    """Say which stage is hardest to pass and what stands there, how many are stuck and how many look signed twice."""
    if projects.empty:
        return phrases.NOTHING_YET
    live = under_way(projects)
    stuck = int(live["is_stuck"].astype(bool).sum())
    counts = STUCK.fill(live=len(live), stuck=stuck) if stuck else None
    again = None if repeated.empty else REPEATED_GROUPS.fill(groups=int(repeated["group"].nunique()))
    return join_texts([said for said in (*_loss_sentences(stages, len(live)), counts, again) if said], AND)


def _loss_sentences(stages: pd.DataFrame, live: int) -> list[Text]:
    narrowest = stages[stages["is_narrowest"].astype(bool)]
    if len(narrowest):
        row = narrowest.iloc[0]
        longest = (
            None
            if formats.is_missing(row["longest_days"])
            else LONGEST.fill(days=formats.format_count(row["longest_days"]))
        )
        counts = {"known": int(row["known"]), "moved_on": int(row["moved_on"])}
        said = NARROWEST.fill(**_standing_there(row), **counts, rate=formats.format_percent(row["rate"]))
        return [join_texts([part for part in (said, longest) if part], Text("，", ", "))]
    under_way = stages[~stages["stage"].isin([*EXITS, "投产纳统"]) & stages["stage"].notna()]
    if not under_way["projects"].sum():
        return [NONE_LIVE]
    most = under_way.loc[under_way["projects"].idxmax()]
    said = ALL_WENT_ON if pd.to_numeric(stages["rate"]).notna().any() else UNKNOWN
    return [said.fill(live=live, **_standing_there(most))]


def _standing_there(row: pd.Series) -> dict[str, object]:
    return {
        "stage": WORDS[row["stage"]],
        "there": int(row["projects"]),
        "worth": money_and_lacking(float(row["investment"]), int(row["unpriced"])),
    }


def repeated_sentence(repeated: pd.DataFrame) -> Text:
    """Say how many groups of contracts look alike and how much money is counted again, or that none does."""
    if repeated.empty:
        return NO_REPEATED
    money = formats.format_money(float(repeated["counted_again"].sum()))
    return REPEATED_NOTICE.fill(groups=int(repeated["group"].nunique()), money=money)


def repeated_notice(request: PageRequest, repeated: pd.DataFrame) -> Html:
    """Return a line that leads to the contracts that look alike; nothing where none does."""
    if repeated.empty:
        return Html(Markup(""))
    said = words(repeated_sentence(repeated)) + element("b", " →")
    return Html(link(said, same_page_href(request, open="repeated"), class_="fl-item"))


def stage_picture(request: PageRequest, stages: DatedResult, rows: pd.DataFrame) -> Html:
    """Return a row for each stage: a bar of its projects and of its money, how many went on, how long it takes."""
    most, worth = float(rows["projects"].max()), float(rows["investment"].max())
    table = list_block(
        stages,
        [*STAGE_HEADINGS],
        rows.assign(most=most, worth=worth),
        href=lambda row: _stage_href(request, row),
        cells={"stage": _stage_name, "count": _count_cell, "money": _money_cell,
               "conversion": _conversion_cell, "days": _days_cell},
        headings=STAGE_HEADINGS,
        shown=SHOWN_STAGES,
    )  # fmt: skip
    drawn = element("div", table.markup, class_="fl-funnel")
    return Html(drawn + element("p", words(PICTURE_NOTE), class_="fl-caption"))


def _stage_href(request: PageRequest, row: Row) -> str:
    if formats.is_missing(row["stage"]) or not row["projects"]:
        return ""
    return same_page_href(request, stage=row["stage"], cohort=None, open=None)


def _stage_name(row: Row) -> Markup:
    known = not formats.is_missing(row["stage"])
    return words(tables.word_label(row["stage"], reader_language()) if known else NO_STAGE)


def _bar_with_words(part: float, whole: float, row: Row, said: Text) -> Markup:
    """Return a bar with its figure below it; what left the way is grey."""
    colour = MISSING_COLOUR if row["stage"] in EXITS else BAR_COLOUR
    return bullet_bar(percentage_or_none(part, whole), None, colour, said) + element("small", words(said))


def _count_cell(row: Row) -> Markup:
    return _bar_with_words(row["projects"], row["most"], row, COUNT.fill(count=int(row["projects"])))


def _money_cell(row: Row) -> Markup:
    said = money_and_lacking(row["investment"], int(row["unpriced"]))
    return _bar_with_words(row["investment"], row["worth"], row, said)


def _conversion_cell(row: Row) -> Markup:
    """Return the share that went on with both counts, or that too few are known; nothing where no stage follows."""
    if formats.is_missing(row["known"]):
        return Markup("")
    counts = {"known": int(row["known"]), "moved_on": int(row["moved_on"])}
    if formats.is_missing(row["rate"]):
        return element("small", words(TOO_FEW_KNOWN.fill(**counts)))
    said = words(CONVERTED.fill(rate=formats.format_percent(row["rate"]), **counts))
    mark = element("small", element("strong", words(NARROW_MARK))) if row["is_narrowest"] else Markup("")
    return said + mark


def _days_cell(row: Row) -> Markup:
    """Return the median and the P85 of the days in a stage, and how long the longest has been there."""
    if formats.is_missing(row["sentence"]):
        return Markup("")
    return words(_usual_days(row)) + element("small", words(_longest_there(row)))


def _usual_days(row: Row) -> Text:
    if formats.is_missing(row["median_days"]):
        return Text(row["sentence"], row["sentence_en"])
    most = NOT_YET if formats.is_missing(row["p85_days"]) else days_text(row["p85_days"])
    return TIMES.fill(half=f"{row['median_days']:.0f}", most=most)


def _longest_there(row: Row) -> Text:
    if formats.is_missing(row["longest_days"]):
        return untranslated("")
    over = None if formats.is_missing(row["over_p85"]) or not row["over_p85"] else int(row["over_p85"])
    said = THERE_LONGEST.fill(days=formats.format_count(row["longest_days"]))
    return join_texts((said, OVER_P85.fill(count=over))) if over else said


def staged_projects(request: PageRequest, projects: DatedResult, stage: str) -> Html:
    """Return the projects of a stage, stuck ones first, with the way back."""
    rows = projects.rows[projects.rows["stage"] == stage]
    said = IN_STAGE.fill(stage=tables.word_label(stage, reader_language()))
    return _project_part(request, said, projects, rows)


def signed_projects(request: PageRequest, projects: DatedResult, cohort: str) -> Html:
    """Return the projects that signed in a quarter, given as its first day, with the way back."""
    rows = projects.rows
    signed = rows[rows["signed_on"].dt.to_period("Q").dt.start_time == pd.Timestamp(cohort)]
    return _project_part(request, SIGNED_IN.fill(quarter=quarter_text(date.fromisoformat(cohort))), projects, signed)


def _project_part(request: PageRequest, title: Text, projects: DatedResult, rows: pd.DataFrame) -> Html:
    back = element("p", link(words(BACK), same_page_href(request, stage=None, cohort=None)))
    listed = listed_projects(projects, rows, SHOWN_PROJECTS, same_page_href(request, open="all"))
    return Html(element("h2", words(title)) + back + listed.markup)


def repeated_list(repeated: DatedResult) -> Html:
    """Return the contracts that look alike, group by group, each a link to its project."""
    if repeated.rows.empty:
        return sentence_block(NO_REPEATED)
    return list_block(
        repeated,
        ["project", "group", "ground", "investor", "investment", "signed_on", "stage", "counted_again"],
        href=lambda row: page_href(PROJECT_PAGE, project=row["project_id"]),
    )
