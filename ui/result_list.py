"""The list of a page, worst first, each row a link; and all rows as a table that can be taken away as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit.elements.lib.column_types import ColumnConfig

from data.datasets import Column
from data.text import Text
from ui import phrases, table_files, tables
from ui.blocks import Block, Html, Table
from ui.figure_sheet import figure_link, row_code
from ui.markup import element, joined, link, picture, words
from ui.page import PageRequest, caption_block, page_in_making
from ui.page_header import folded_part, page_data_origin
from ui.preferences import current_reader, reader_language, t
from ui.print_view import is_for_print
from ui.results import DatedResult

LIST_ROWS, PRINTED_ROWS = 12, 40  # chosen: a screen; look.md's limit for paper
BAR = 'class="fl-bullet'  # of what is drawn a bar is a figure
Row: TypeAlias = dict[str, Any]
CellMaker: TypeAlias = Callable[[Row], Markup]


def list_block(
    result: DatedResult,
    columns: Sequence[str],
    rows: pd.DataFrame | None = None,
    *,
    href: Callable[[Row], str] | None = None,
    cells: Mapping[str, CellMaker] | None = None,
    headings: Mapping[str, Text] | None = None,
    figures: Mapping[str, DatedResult] | None = None,
    is_alarming: Callable[[Row], bool] = lambda row: False,
    shown: int = LIST_ROWS,
    more_href: str = "",
) -> Html:
    """Return the first rows of a result as a list, its first column a link to the thing itself.

    `cells` draw columns otherwise than as text; one that the result lacks has its name in `headings`, and where it is
    a figure of another result that one in `figures`. Alarming rows stand out in red. Paper gets up to 40 rows; what
    there is beyond is counted, and `more_href` opens it.
    """
    rows = result.rows if rows is None else rows
    if is_withheld(result):
        return withheld_block(rows)
    if rows.empty:
        return caption_block(phrases.NOTHING_YET)
    if request := page_in_making():
        request.listed.extend([result, *(figures or {}).values()])
    made = [
        _row_markup(
            result,
            columns,
            row,
            href,
            cells or {},
            headings or {},
            figures or {},
            is_alarming(row),
            hidden=place >= shown,
        )
        for place, row in enumerate(rows.head(PRINTED_ROWS).astype(object).to_dict("records"))
    ]
    head = element("tr", joined(_heading_cell(result, name, headings or {}, name in (cells or {})) for name in columns))
    table = element("table", element("thead", head) + element("tbody", joined(made)), class_="fl-table")
    drawn = element("div", table, class_="fl-scroll", tabindex="" if href else "0")
    return Html((picture(drawn) if BAR in drawn else drawn) + _more_line(len(rows), shown, more_href))


def table_records(rows: pd.DataFrame) -> list[Row]:
    """Return the rows of a table one by one, numbers as they are in Python."""
    found: list[Row] = rows.astype(object).to_dict("records")
    return found


def is_withheld(result: DatedResult) -> bool:
    """Tell whether each row of a result is a household, and the reader a viewer, who does not see them one by one."""
    return result.definition.is_by_household and current_reader().role != "clerk"


def withheld_block(rows: pd.DataFrame) -> Html:
    """Return how many rows there are that a viewer does not see one by one."""
    return caption_block(phrases.WITHHELD.fill(count=f"{len(rows):,}"))


def _is_number(result: DatedResult, name: str) -> bool:
    return name in result.rows and result.column(name).kind in ("integer", "number")


def _heading_text(result: DatedResult, name: str, headings: Mapping[str, Text]) -> str:
    return t(headings[name]) if name in headings else tables.column_heading(result.column(name), reader_language())


def _heading_cell(result: DatedResult, name: str, headings: Mapping[str, Text], is_drawn: bool) -> Markup:
    is_number = _is_number(result, name) and not is_drawn
    heading = words(_heading_text(result, name, headings))
    return element("th", heading, scope="col", class_="fl-number" if is_number else "")


def _row_markup(
    result: DatedResult,
    columns: Sequence[str],
    row: Row,
    href: Callable[[Row], str] | None,
    cells: Mapping[str, CellMaker],
    headings: Mapping[str, Text],
    figures: Mapping[str, DatedResult],
    alarming: bool,
    hidden: bool,
) -> Markup:
    """Return a row; on a phone, where the headings have no room, each cell is told with its own."""
    texts = [
        cells[name](row)
        if name in cells
        else words(tables.cell_text(result.column(name), row[name], reader_language()))
        for name in columns
    ]
    styles = ["fl-number" if _is_number(result, name) and name not in cells else "" for name in columns]
    own = row_code(result, row)
    texts[1:] = [
        figure_link(text, row_code(figures[name], row) if name in figures else own)
        if _is_figure(result, name, text)
        else text
        for text, name in zip(texts[1:], columns[1:], strict=True)
    ]
    texts[0] = link(texts[0], href(row) if href else "")
    labels = [_heading_text(result, name, headings) for name in columns]
    made = joined(
        element("td", text, class_=style, data_label=label)
        for text, style, label in zip(texts, styles, labels, strict=True)
    )
    return element("tr", made, class_=" ".join(filter(None, ["fl-alarm" * alarming, "fl-paper" * hidden])))


def _is_figure(result: DatedResult, name: str, text: Markup) -> bool:
    """Tell a number, or what is drawn of one, from words and from days."""
    return BAR in text or (_is_number(result, name) and any(sign.isdecimal() for sign in text))


def _more_line(count: int, shown: int, href: str) -> Markup:
    """Say how many rows there are beyond those shown, on screen and on paper."""
    if count <= shown:
        return Markup("")
    on_screen = link(words(phrases.SHOW_ALL.fill(count=count)), href)
    on_paper = words(phrases.MORE_ROWS.fill(count=count - PRINTED_ROWS)) if count > PRINTED_ROWS else ""
    return element("p", on_screen, class_="fl-screen") + element("p", on_paper, class_="fl-paper")


def facts_block(result: DatedResult, row: pd.Series, columns: Sequence[str]) -> Html:
    """Return what is known of one row, each column under its heading; what is missing reads as missing."""
    if is_withheld(result):
        return withheld_block(row.to_frame().T)
    if request := page_in_making():
        request.listed.append(result)
    code = row_code(result, row)
    facts = (
        element("dt", words(tables.column_heading(column, reader_language())))
        + element("dd", _fact_markup(column, row, code))
        for column in map(result.column, columns)
    )
    return Html(element("dl", joined(element("div", fact) for fact in facts), class_="fl-facts"))


def _fact_markup(column: Column, row: pd.Series, code: str) -> Markup:
    """Return what is known in one column, a number as a link to what is behind it."""
    said = words(tables.cell_text(column, row[column.name], reader_language()))
    return figure_link(said, code) if column.kind in ("integer", "number") else said


def full_table(
    request: PageRequest,
    title: Text,
    result: DatedResult,
    columns: Sequence[str | Column],
    key: str,
    rows: pd.DataFrame | None = None,
    **headings: Text,
) -> Block:
    """Return all rows of a result as a table with its files, which say whose they are; without rows, say so.

    `rows` are those of the result that are shown, all by default; a column that was added to them is given as it is.
    `headings` are those of columns that have a name of their own in this table.
    """
    rows = result.rows if rows is None else rows
    if is_withheld(result):
        return withheld_block(rows)
    if rows.empty:
        return caption_block(phrases.NOTHING_YET)
    chosen = [result.column(c) if isinstance(c, str) else c for c in columns]
    if is_for_print(request):
        return _printed_table(chosen, rows, headings)
    frame = tables.readable_table(rows, chosen, reader_language())
    named = [t(headings[c.name]) if c.name in headings else h for c, h in zip(chosen, frame.columns, strict=True)]
    frame.columns = pd.Index(named)
    origin = page_data_origin(request, result.as_of, result.ledgers)
    files = table_files.result_files(rows, chosen, named, key, t(title), origin)
    return Table(frame, key, _column_looks(chosen, frame), files)


def _printed_table(columns: Sequence[Column], rows: pd.DataFrame, headings: Mapping[str, Text]) -> Html:
    """Return the first rows of a table as paper shows them: a data table draws what is in sight only."""
    language = reader_language()
    named = [t(headings[c.name]) if c.name in headings else tables.column_heading(c, language) for c in columns]
    head = joined(element("th", words(heading), scope="col") for heading in named)
    body = joined(
        element("tr", joined(element("td", words(tables.cell_text(c, row[c.name], language))) for c in columns))
        for row in rows.head(PRINTED_ROWS).astype(object).to_dict("records")
    )
    table = element(
        "table", element("thead", element("tr", head)) + element("tbody", body), class_="fl-table fl-printed"
    )
    more = words(phrases.MORE_ROWS.fill(count=len(rows) - PRINTED_ROWS)) if len(rows) > PRINTED_ROWS else ""
    return Html(element("div", table, class_="fl-scroll") + element("p", more, class_="fl-paper"))


def folded_table(
    request: PageRequest,
    part: str,
    label: Text,
    result: DatedResult,
    columns: Sequence[str | Column],
    rows: pd.DataFrame | None = None,
) -> Iterator[Block]:
    """Yield a folded part that holds all rows of a result as a table under its own heading."""
    return folded_part(request, part, label, lambda: [full_table(request, label, result, columns, part, rows)])


def _column_looks(columns: Sequence[Column], shown: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Return how each column is drawn: the first stays in sight, numbers are written alike."""
    written = {h: tables.number_format(c, shown[h]) for c, h in zip(columns, shown.columns, strict=True)}
    looks = {h: st.column_config.NumberColumn(format=look) for h, look in written.items() if look}
    return {shown.columns[0]: st.column_config.Column(pinned=True)} | looks
