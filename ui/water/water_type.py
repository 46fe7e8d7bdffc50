"""A section whose type of water is only guessed: what it is taken for, what would change, the way to register it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from data.text import Text, mid_sentence
from data.words import WORDS
from ui.blocks import Html
from ui.markup import element, joined, link, words
from ui.menu import page_href

REGISTERED_AS = ("河流", "湖泊", "水库")
UPDATE = "ledgers/update.py"
GUESSED = Text(
    "水体类型没有登记，推定为{water}（依据：{by}）{changed}。",
    "Its type of water is not registered; taken for: {water} (by: {by}){changed}.",
)
UNCHANGED = Text("，换一种类型各月类别也不变", ", of the same class in every month otherwise")
CHANGED = Text(
    "，换一种类型 {months} 个月中 {changed} 个月类别会变（最近 {month}：{class_} → {other}）",
    ", of another class in {changed} of {months} months otherwise (last {month}: {class_} → {other})",
)
REGISTER = Text("登记为{water}", "Register as: {water}")
NOT_JUDGED = Text("无法判定", "not judged")


def guess_block(guesses: pd.DataFrame) -> Html:
    """Return the guess of a section and the ways to register its type; nothing where it is no guess.

    `guesses` are its rows of water_type_guess, one or none.
    """
    return Html(Markup("").join(map(_guess_line, guesses.to_dict("records"))))


def _guess_line(row: dict[str, Any]) -> Markup:
    said = GUESSED.fill(
        water=mid_sentence(WORDS[row["water"]]), by=mid_sentence(WORDS[row["guessed_by"]]), changed=_changed_text(row)
    )
    hrefs = {water: _register_href(row["section_id"], water) for water in REGISTERED_AS}
    ways = (link(words(REGISTER.fill(water=mid_sentence(WORDS[water]))), href) for water, href in hrefs.items() if href)
    return element("p", words(said) + Markup(" ") + joined(ways, " · "), class_="fl-notice")


def _changed_text(row: dict[str, Any]) -> Text:
    if not row["months_changed"]:
        return UNCHANGED
    classes = [NOT_JUDGED if pd.isna(row[name]) else WORDS[row[name]] for name in ("class", "other_class")]
    month = f"{row['month']:%Y-%m}"
    return CHANGED.fill(
        months=row["months"], changed=row["months_changed"], month=month, class_=classes[0], other=classes[1]
    )


def _register_href(section: str, water: str) -> str:
    return page_href(UPDATE, ledger="section", section=section, water_type=water)
