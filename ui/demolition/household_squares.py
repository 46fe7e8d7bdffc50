"""The last households of a project, a square each, coloured and lettered by the step at which each stands."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets.demolition.status_event import SIDE_STATES, STEPS
from data.standards.thresholds import thresholds
from data.text import NOTHING, Text, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import MISSING_COLOUR, STATUS_COLOURS
from ui.markup import element, joined, legend_mark, link, picture, readable_text_colour, stacked_bar, words
from ui.menu import page_href
from ui.preferences import t
from ui.results import DatedResult

LAST_HOUSEHOLDS = Text("还差 {left} 户：一户一格", "households left: {left}, a square each")
EVERY_HOUSEHOLD = Text("{households} 户：一户一格", "{households} households, a square each")
LEFT_OF = Text("户没有签约，共 {households} 户，签约 {rate}", "of {households} households not signed; {rate} signed")
SQUARE = Text("{household}：{step}{more}", "{household}: {step}{more}")
MORE_OF_BLOCK = Text("，{block}", ", {block}")
NOT_REGISTERED = Text("没有登记户编号", "No code registered")
DIFFERING = Text("状态已签约而没有协议", "Status signed, no agreement")
LEGEND_COUNT = Text("停在“{step}” {count} 户", "{count} at “{step}”")
MORE_SQUARES = Text("另有 {count} 户没有画出", "{count} more are not drawn")
SIGNED_BAR = Text("已签 {signed} 户", "{signed} signed")
SQUARES_ALT = Text("各户所在的步骤：{parts}", "The step of each household: {parts}")
UNSIGNED_FIRST = Text("没签的在前；点一户看它的难题和走访。", "Those not signed come first; each leads to its visits.")


@dataclass(frozen=True, slots=True)
class Look:
    """How the squares of one step are drawn: a letter and a colour, so that colour never stands alone."""

    name: Text
    letter: Text
    colour: str


_STEP_LOOKS = (
    (Text("待", "·"), STATUS_COLOURS["已逾期"]),
    (Text("摸", "S"), STATUS_COLOURS["严重滞后"]),
    (Text("评", "A"), STATUS_COLOURS["滞后"]),
    (Text("签", "✓"), STATUS_COLOURS["待上报"]),
    (Text("审", "U"), "#8FBBE0"),
    (Text("腾", "V"), STATUS_COLOURS["正常"]),
    (Text("拆", "D"), "#5C6B7A"),
    (Text("交", "H"), STATUS_COLOURS["已完成"]),
)
LOOKS = {
    place: Look(step.label, letter, colour)
    for place, (step, (letter, colour)) in enumerate(zip(STEPS, _STEP_LOOKS, strict=True), 1)
}
_SIDE_LETTERS = (Text("退", "R"), Text("决", "C"), Text("诉", "L"), Text("强", "E"), Text("终", "X"))
SIDE_LOOKS = {
    state.value: Look(WORDS[state.value], letter, "#7A1F5C")
    for state, letter in zip(SIDE_STATES, _SIDE_LETTERS, strict=True)
}
STATUS_AHEAD = Look(DIFFERING, Text("≠", "≠"), "#3C4855")
UNKNOWN = Look(NOT_REGISTERED, Text("?", "?"), MISSING_COLOUR)


def is_near_end(row: pd.Series, as_of: date | None) -> bool:
    """Tell whether so few households are left, or so many have signed, that each is drawn as a square."""
    limits = thresholds(as_of)
    return bool(row["households_left"] <= limits["squares_left"] or row["rate"] >= limits["squares_signed"])


def squares_heading(row: pd.Series) -> Text:
    """Return the heading of the squares."""
    if row["households_left"] == 0:
        return EVERY_HOUSEHOLD.fill(households=formats.format_count(row["households"]))
    return LAST_HOUSEHOLDS.fill(left=formats.format_count(row["households_left"]))


def household_squares(row: pd.Series, steps: DatedResult) -> Html:
    """Return the number of households left, their squares, those signed as squares or as a bar, and the legend.

    `row` is that of signing_rate, `steps` is household_steps of the project, those not signed first.
    """
    drawn = int(thresholds(steps.as_of)["squares_drawn"])
    is_whole = row["households"] <= drawn
    is_signed = steps.rows["is_signed"].astype(bool)
    unsigned, signed = steps.rows[~is_signed], steps.rows[is_signed if is_whole else is_signed & False]
    missing = int(row["households"]) - len(steps.rows)
    squares = [
        *map(_square, unsigned.head(drawn).to_dict("records")),
        *([_blank_square()] * min(missing, max(0, drawn - len(unsigned)))),
        *map(_square, signed.to_dict("records")),
    ]
    left_out = len(unsigned) + missing + len(signed) - len(squares)
    counts = _look_counts(steps.rows, missing)
    parts = (
        _left_line(row),
        element("div", joined(squares), class_="fl-squares", role="group", aria_label=words(_alt_text(counts))),
        element("p", words(MORE_SQUARES.fill(count=left_out)), class_="fl-caption") if left_out > 0 else Markup(""),
        Markup("") if is_whole else _signed_bar(row),
        _legend(counts),
    )
    return Html(picture(joined(parts)))


def _look_counts(rows: pd.DataFrame, missing: int) -> dict[Look, int]:
    """Return how many households have each look, in the order of the squares; `missing` are not registered."""
    counts: dict[Look, int] = {}
    kinds = rows.groupby(["is_signed", "is_differing", "side_state", "step_ordinal"], dropna=False, sort=False).size()
    for kind, count in kinds.items():
        look = _look_of(dict(zip(kinds.index.names, kind, strict=True)))
        counts[look] = counts.get(look, 0) + int(count)
    return counts | ({UNKNOWN: missing} if missing else {})


def _left_line(row: pd.Series) -> Markup:
    said = LEFT_OF.fill(households=formats.format_count(row["households"]), rate=formats.format_percent(row["rate"]))
    count = element("strong", formats.format_count(row["households_left"]), class_="fl-big")
    return element("p", count + Markup(" ") + words(said))


def _look_of(row: Mapping[Hashable, object]) -> Look:
    """Return how a household is drawn: by its side state where it has not signed, by its step otherwise."""
    if not row["is_signed"]:
        if row["is_differing"]:
            return STATUS_AHEAD
        if not formats.is_missing(row["side_state"]):
            return SIDE_LOOKS[str(row["side_state"])]
    return LOOKS[int(str(row["step_ordinal"]))]


def _square(row: Mapping[Hashable, object]) -> Markup:
    look = _look_of(row)
    block = NOTHING if formats.is_missing(row["block"]) else MORE_OF_BLOCK.fill(block=row["block"])
    said = t(SQUARE.fill(household=row["household_id"], step=look.name, more=block))
    style = f"background:{look.colour};color:{readable_text_colour(look.colour)}!important"
    href = page_href("demolition/difficulties.py", household=row["household_id"])
    return link(t(look.letter), href, style=style, title=said, aria_label=said)


def _blank_square() -> Markup:
    return element("span", t(UNKNOWN.letter), title=t(NOT_REGISTERED), class_="fl-blank")


def _signed_bar(row: pd.Series) -> Markup:
    said = SIGNED_BAR.fill(signed=formats.format_count(row["signed"]))
    parts = [
        (float(row["signed"]), LOOKS[4].colour, t(said)),
        (float(row["households_left"]), STATUS_COLOURS["已逾期"], t(LAST_HOUSEHOLDS.fill(left=row["households_left"]))),
    ]
    return stacked_bar(parts, said, [t(said), ""])


def _alt_text(counts: dict[Look, int]) -> Text:
    parts = ", ".join(t(LEGEND_COUNT.fill(step=look.name, count=count)) for look, count in counts.items())
    return SQUARES_ALT.fill(parts=untranslated(parts))


def _legend(counts: dict[Look, int]) -> Markup:
    entries = (
        element(
            "span",
            legend_mark(t(look.letter), look.colour) + " " + words(LEGEND_COUNT.fill(step=look.name, count=count)),
        )
        for look, count in counts.items()
    )
    return element("div", joined(entries), class_="fl-legend") + element(
        "p", words(UNSIGNED_FIRST), class_="fl-caption"
    )
