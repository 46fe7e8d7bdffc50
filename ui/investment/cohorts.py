"""The cohorts by quarter of signing: how much of their money came, how many started and produce."""

from __future__ import annotations

from datetime import date

import pandas as pd
from markupsafe import Markup

from data.result_rows import part_rows
from data.text import Text
from ui import formats
from ui.blocks import Html
from ui.investment.project_rows import BAR_COLOUR, COUNT_AND_MONEY, money_and_lacking
from ui.markup import bullet_bar, element, words
from ui.page import PageRequest, sentence_block
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

SHOWN_COHORTS = 7  # measured: four screens of a phone
QUARTER = Text("{year} 年 {number} 季度", "Q{number} {year}")
COHORT_HEADINGS = {
    "cohort": Text("签约季度", "Signed in"),
    "size": Text("签约", "Signed"),
    "funds": Text("资金到位", "Funds in place"),
    "start": Text("开工", "Started"),
    "production": Text("投产", "In production"),
}
ALL_COHORTS = Text("全部签约项目", "All signed")
ENDED_OF_THEM = Text("其中终止 {count} 个", "{count} of them ended")
SHARE_OF_COUNT = Text("{rate}（{part} / {whole} 个）", "{rate} ({part} of {whole})")
SHARE_OF_MONEY = Text("{rate}（{part} / {whole}）", "{rate} ({part} of {whole})")
NO_RECEIPTS = Text("没有到资记录（总投资 {whole}）", "no receipt on record (worth {whole})")
NONE_SIGNED = Text("还没有签约的项目", "No project has signed yet")


def cohort_days(cohorts: pd.DataFrame) -> list[str]:
    """Return the first day of each quarter in which a project signed."""
    return [f"{day:%Y-%m-%d}" for day in part_rows(cohorts)["cohort"]]


def quarter_text(first: date) -> Text:
    return QUARTER.fill(year=first.year, number=(first.month + 2) // 3)


def cohort_list(request: PageRequest, cohorts: DatedResult) -> Html:
    """Return all signed projects and those of each quarter, the newest first: funds, start, production as bars."""
    if cohorts.rows.empty:
        return sentence_block(NONE_SIGNED)
    table = list_block(
        cohorts,
        [*COHORT_HEADINGS],
        href=lambda row: _cohort_href(request, row),
        cells={
            "cohort": _cohort_name,
            "size": _size_cell,
            "funds": _funds_cell,
            "start": lambda row: _share_cell(row, "started", "start_rate"),
            "production": lambda row: _share_cell(row, "producing", "production_rate"),
        },
        headings=COHORT_HEADINGS,
        shown=SHOWN_COHORTS,
        more_href=same_page_href(request, open="cohorts"),
    )
    return Html(element("div", table.markup, class_="fl-cohorts"))


def _cohort_href(request: PageRequest, row: Row) -> str:
    if row["is_total"]:
        return same_page_href(request, open="cohorts")
    return same_page_href(request, cohort=f"{row['cohort']:%Y-%m-%d}", stage=None, open=None)


def _cohort_name(row: Row) -> Markup:
    return words(ALL_COHORTS if row["is_total"] else quarter_text(row["cohort"]))


def _size_cell(row: Row) -> Markup:
    money = money_and_lacking(row["investment"], int(row["unpriced"]))
    said = words(COUNT_AND_MONEY.fill(count=int(row["projects"]), money=money))
    return said + element("small", words(ENDED_OF_THEM.fill(count=int(row["ended"])))) if row["ended"] else said


def _funds_cell(row: Row) -> Markup:
    whole = money_and_lacking(row["investment"], int(row["unpriced"]))
    if formats.is_missing(row["funds_rate"]):
        return element("small", words(NO_RECEIPTS.fill(whole=whole)))
    part, rate = formats.format_money(row["received"], row["investment"]), formats.format_percent(row["funds_rate"])
    said = SHARE_OF_MONEY.fill(rate=rate, part=part, whole=whole)
    return bullet_bar(row["funds_rate"], None, BAR_COLOUR, said) + element("small", words(said))


def _share_cell(row: Row, part: str, rate: str) -> Markup:
    shown = formats.format_percent(row[rate])
    said = SHARE_OF_COUNT.fill(rate=shown, part=int(row[part]), whole=int(row["projects"]))
    return bullet_bar(row[rate], None, BAR_COLOUR, said) + element("small", words(said))
