"""One household by its code: how it stands, and what happened: steps, difficulties, visits, agreement."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.demolition.difficulties import pressing_reasons
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import facts_block
from ui.results import DatedResult

NOT_SIGNED = Text("{household}（{project}）未签约：{why}", "{household} ({project}) has not signed: {why}")
WAITING = Text("{household}（{project}）还没有签约", "{household} ({project}) has not signed")
SIGNED = Text("{household}（{project}）{day} 签约，{mode}", "{household} ({project}) signed on {day}: {mode}")
SIGNED_WITH_HOME = Text(
    "{household}（{project}）{day} 签约，{mode}，{estate}", "{household} ({project}) signed on {day}: {mode}, {estate}"
)
TO_ALL = Text("← 全部未签约户", "← All households not signed")
OF_PROJECT = Text("{project}的未签约户", "those of {project} not signed")
TO_SIGNING = Text("签约进度", "signing of this project")
FACTS, HISTORY = Text("登记内容", "As it is registered"), Text("经过", "What happened")
NOTHING_HAPPENED = Text("还没有登记任何经过。", "Nothing is on record yet.")
CODES_ONLY = Text(
    "只用户编号：不登记姓名、证件、电话、门牌、亲属和人脉。",
    "Codes only: no names, numbers, telephones, doors, relatives or contacts.",
)
SAID = Text("{event}：{what}", "{event}: {what}")
PROMISED, AGREED = Text("承诺 {day}", "promised for {day}"), Text("约下次 {day}", "next agreed for {day}")
FACT_COLUMNS = (
    *("status", "side_state", "village", "block", "use", "tenure", "team", "signed_on", "mode", "estate"),
    *("move_due_on", "sign_start", "sign_end"),
)
SEPARATOR = Text("，", ", ")


def household_title(row: pd.Series, unsigned: pd.DataFrame) -> Text:
    """Say that a household has signed and how, or what presses; `unsigned` is its row among those not signed, if "
    "any."""
    named = {"household": row["household_id"], "project": row["project"]}
    if row["has_agreement"]:
        template = SIGNED if formats.is_missing(row["estate"]) else SIGNED_WITH_HOME
        day, mode = formats.format_date(row["signed_on"]), WORDS[row["mode"]]
        return template.fill(**named, day=day, mode=mode, estate=row["estate"])
    if unsigned.empty:
        return WAITING.fill(**named)
    return NOT_SIGNED.fill(**named, why=join_texts(pressing_reasons(unsigned.iloc[0]), SEPARATOR))


def household_links(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back, the other households of the project, and the signing of the project."""
    project = row["project_id"]
    parts = (
        link(words(TO_ALL), same_page_href(request, household=None, project=None, open=None)),
        link(
            words(OF_PROJECT.fill(project=row["project"])),
            same_page_href(request, household=None, project=project, open=None),
        ),
        link(words(TO_SIGNING), page_href("demolition/signing.py", project=project)),
    )
    return Html(element("p", joined(parts, " · ")))


def household_facts(card: DatedResult, row: pd.Series) -> Html:
    """Return what is registered of a household; what is not written down is left out."""
    return facts_block(card, row, [name for name in FACT_COLUMNS if not formats.is_missing(row[name])])


def household_timeline(history: DatedResult) -> Html:
    """Return what happened to a household, in the order of its days."""
    if history.rows.empty:
        return caption_block(NOTHING_HAPPENED)
    items = (
        element("b", words(formats.format_date(row["on_date"]))) + Markup(" ") + words(_event_text(row))
        for row in history.rows.to_dict("records")
    )
    return Html(list_items(items))


def _event_text(row: dict[str, object]) -> Text:
    """Return one thing that happened, with what is known of it."""
    event = str(row["event"])
    told = [WORDS[name] for name in str(row["word"]).split(",")]
    told += [WORDS[str(row[name])] for name in ("half", "attitude") if not formats.is_missing(row[name])]
    named = [str(row[name]) for name in ("team", "said") if not formats.is_missing(row[name])]
    parts = [*told, *(Text(name, name) for name in named)]
    if not formats.is_missing(row["agreed_on"]):
        day = formats.format_date(row["agreed_on"])  # type: ignore[arg-type]
        parts.append((AGREED if event == "走访" else PROMISED).fill(day=day))
    return SAID.fill(event=WORDS[event], what=join_texts(parts, SEPARATOR))
