"""The strip of water classes: a square in class colours for each section and month, the worst section first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.colours import CLASS_COLOURS, CLASS_NAMES, CLASS_TEXT, DARK_TEXT, MISSING_COLOUR
from ui.markup import NOTHING, element, joined, link, picture, words
from ui.preferences import t

UNJUDGED_MONTH = Text("有监测但无法判定", "measured, but not to be judged")
ITEMS_NOTE = Text(
    "按实际监测的项目评价（21 项中的 n 项），项目少于 21 项的类别只代表所测项目；灰格“–”为当月缺测，"
    "“?”为有监测但无法判定。",
    "Classed by the items measured (n of the 21); with fewer than 21 a class speaks for those items only. "
    "A grey dash is a month not measured, a question mark one whose items cannot be judged.",
)
ON_A_PHONE = Text("（手机上显示近 {months} 个月）", " (on a phone the newest {months} months)")
SECTION, TARGET = Text("断面", "Section"), Text("目标", "Target")
STRIP_MONTHS, PHONE_MONTHS, UNJUDGED_RANK = 12, 6, 0  # a year, so that every season is seen; a rank below Ⅰ
SectionHref = Callable[[str], str]


def recent_months(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest twelve months; `rows` has month."""
    first = rows["month"].max() - pd.DateOffset(months=STRIP_MONTHS - 1)
    return rows[rows["month"] >= first]


def distinct_names(rows: pd.DataFrame) -> dict[str, str]:
    """Return the names of sections by their codes, with the code behind where two bear the same name."""
    once = rows.drop_duplicates("section_id")
    twice = once["section"].duplicated(keep=False)
    names = once["section"].where(~twice, once["section"] + " " + once["section_id"])
    return dict(zip(once["section_id"], names, strict=True))


def sections_worst_first(rows: pd.DataFrame) -> list[str]:
    """Return the codes of sections by their newest class, of equals by those of the months before, the worst first.

    What was never judged stands last.
    """
    ranks = rows.sort_values("month").groupby("section_id")["class_rank"].agg(["last", "mean"]).astype(float)
    order = ranks.sort_values(["last", "mean"], ascending=False, kind="stable", na_position="last")
    return [str(code) for code in order.index]


def ranks_by_month(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the class ranks, a row for each section, worst first, a column for each month without a gap.

    A month that could not be judged has the rank 0, one that was not measured none.
    """
    months = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    judged = rows.assign(class_rank=rows["class_rank"].astype(float).fillna(UNJUDGED_RANK))
    ranks = judged.pivot(index="section_id", columns="month", values="class_rank")
    return ranks.reindex(index=sections_worst_first(rows), columns=months)


def strip_block(rows: pd.DataFrame, said: Text, href: SectionHref | None = None, shown: int | None = None) -> Html:
    """Return section × month as squares in class colours with their numerals; grey is not measured or not judged.

    `rows` has section_id, section, target_class, month, class_rank; `said` tells what it shows, `href` is the address
    of a section by its code. A phone has the newest six months; what is beyond the first `shown` sections is printed.
    """
    ranks, names = ranks_by_month(rows), distinct_names(rows)
    targets = rows.set_index("section_id")["target_class"].to_dict()
    made = joined(
        _section_row(names[code], href(code) if href else "", targets[code], months, shown is not None and at >= shown)
        for at, (code, months) in enumerate(zip(ranks.index, ranks.to_numpy(), strict=True))
    )
    head = element("thead", element("tr", _heading_cells(list(ranks.columns))))
    caption = element("caption", words(said) + _phone_note(len(ranks.columns)))
    table = element("table", caption + head + element("tbody", made), class_="fl-strip")
    return Html(picture(element("div", table, class_="fl-scroll", tabindex="0", role="region", aria_label=words(said))))


def _phone_note(months: int) -> Markup:
    """Say on a phone, and there only, that it leaves out the older months."""
    said = ON_A_PHONE.fill(months=PHONE_MONTHS)
    return element("span", words(said), class_="fl-phone") if months > PHONE_MONTHS else NOTHING


def _heading_cells(months: Sequence[pd.Timestamp]) -> Markup:
    named = joined(element("th", words(name), scope="col") for name in (SECTION, TARGET))
    return named + joined(
        element("th", element("small", f"{month:%Y}-") + f"{month:%m}", scope="col", class_=_age_style(at, len(months)))
        for at, month in enumerate(months)
    )


def _age_style(place: int, count: int) -> str:
    """Return the style of a month that a phone leaves out."""
    return "fl-older" if place < count - PHONE_MONTHS else ""


def _section_row(name: str, href: str, target: object, ranks: Sequence[float], is_beyond: bool) -> Markup:
    asked = formats.MISSING if formats.is_missing(target) else t(WORDS[str(target)])
    cells = joined(_square(rank, _age_style(at, len(ranks))) for at, rank in enumerate(ranks))
    head = element("th", link(words(name), href), scope="row") + element("td", asked, class_="fl-aim")
    return element("tr", head + cells, class_="fl-paper" if is_beyond else "")


def _square(rank: float, style: str) -> Markup:
    """Return one month: its numeral in its colour, ? where none could be told, – on hatched grey for no data."""
    if pd.isna(rank):
        return element("td", _sign(formats.MISSING, phrases.MISSING_MONTH), class_=f"fl-missing {style}".strip())
    if rank == UNJUDGED_RANK:
        sign = _sign("?", UNJUDGED_MONTH)
        return element("td", sign, class_=style, style=f"background:{MISSING_COLOUR};color:{DARK_TEXT}")
    name = CLASS_NAMES[int(rank) - 1]
    colours = f"background:{CLASS_COLOURS[name]};color:{CLASS_TEXT[name]}"
    return element("td", words(WORDS[name]), class_=style, style=colours)


def _sign(sign: str, word: Text) -> Markup:
    """Return a sign with its word for those who point at it or listen."""
    return element("span", sign, role="img", aria_label=words(word), title=t(word))


def month_span(rows: pd.DataFrame) -> str:
    """Return the first and the last month of rows that have month."""
    first, last = rows["month"].min(), rows["month"].max()
    return f"{last:%Y-%m}" if first == last else f"{first:%Y-%m}–{last:%Y-%m}"
