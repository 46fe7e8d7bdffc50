"""From a figure to what is behind it: its formula with the numbers put in, the rows it counts, its batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar
from urllib.parse import unquote

import pandas as pd
from duckdb import DuckDBPyConnection as Connection
from markupsafe import Markup

from data.datasets import DATASETS, Column
from data.datasets.targets import SCOPE_COLUMNS, TARGET_LEDGERS, TARGETS
from data.ingest import batch_log
from data.result_rows import TOTAL, part_rows, total_rows
from data.text import Text, join_texts, untranslated
from ui import cache, formats, phrases, tables
from ui.blocks import Block, Download, Html, Sheet
from ui.data_origin import DataOrigin, data_origin_text, loader_text
from ui.markup import NOTHING, element, joined, link, list_items, words
from ui.menu import page_href, query_string
from ui.page import FIGURE, PageRequest, page_in_making
from ui.preferences import current_reader, reader_language, t
from ui.results import DatedResult, PartResult
from ui.table_files import result_files
from ui.worked_figures import fact_text, rows_of_share, share_of, worked_lines

HISTORY = "ledgers/history.py"
CLOSE = Text("关闭", "Close")
METRIC, ROWS = Text("指标", "metric"), Text("数字", "figure")
CARD = "card"  # in the address: which of the figures of one metric, where no column tells

ROWS_COUNTED = Text("计入的行（{count}）", "Rows counted ({count})")
FIRST_ROWS = Text("先列 {shown} 行，其余在下载的表格里。", "The first {shown} rows; the table to download has all.")
BATCHES_BEHIND = Text("数据批次（{count}）", "Batches behind it ({count})")
NO_BATCHES_YET = Text("没有批次。", "No batch yet.")
BATCH_LINE = Text("批次 {batch} · {ledger}", "Batch {batch} · {ledger}")
LOADED = Text("{file} · {who} · {day}", "{file} · {who} · {day}")
CHANGED = Text(
    "新增 {inserted}，更新 {updated}，删除 {deleted}", "{inserted} new, {updated} updated, {deleted} removed"
)
AS_AFTER = Text("看它之后的样子", "As it stood after it")
EARLIER_BATCHES = Text("更早的 {count} 个批次", "{count} earlier batches")
NO_UNIT = untranslated("")
SHOWN_ROWS, SHOWN_BATCHES = 12, 6  # chosen: the sheet is as high as a screen, and its files have all rows
THING_PAGES = {  # the code that says what a row is, and the page that shows it; the most particular one first
    "issue_id": ("water/issues.py", "issue"),
    "work_id": ("water/works.py", "work"),
    "section_id": ("water/quality.py", "section"),
    "plant_id": ("water/plants.py", "plant"),
    "source_id": ("water/sources.py", "source"),
    "outfall_id": ("water/sources.py", "outfall"),
    "chief_id": ("water/chiefs.py", "chief"),
    "river_id": ("water/river.py", "river"),
    "parcel_id": ("investment/land.py", "parcel"),
    "resource_id": ("investment/land.py", "resource"),
    "request_id": ("investment/requests.py", "request"),
}
NAMED_BY = {"target_id": ("metric", "scope_name")}  # what is called otherwise than its code
FOR_PROGRAMS = {"target_id", "listed_in", "rule"}  # codes without words
Found = TypeVar("Found", bound=cache.Result)


def figure_href(request: PageRequest, name: str) -> str:
    """Return the address of this page with what is behind a metric at its side.

    `name` may be that of a target, whose part of the metric alone is then shown: signing_rate:project:P-01.
    """
    return query_string({**request.choices, FIGURE: name})


def figure_link(content: Markup, name: str) -> Markup:
    """Return a figure of the page that is being made as a link to what is behind it."""
    request = page_in_making()
    if not name or not content or request is None or "<a " in content:
        return content
    return link(content, figure_href(request, name), class_="fl-figure", data_keeps_place="1")


def asked_figure(
    request: PageRequest, metrics: Mapping[str, cache.Definition[Found]], day: date | None
) -> tuple[Found, ...]:
    """Return the metric whose figure the address asks for, worked out, on a page that shows many of them as rows."""
    asked = _asked_parts(request)[0]
    return (cache.cached(request.con, metrics[asked], day),) if asked in metrics else ()


def sheet_blocks(
    request: PageRequest, results: Sequence[DatedResult], origin_of: Callable[[DatedResult], DataOrigin]
) -> Iterator[Block]:
    """Yield what is behind the figure that the address asks for; one that the page does not show is told."""
    asked, told = _asked_parts(request)
    own = [result for result in results if result.definition.name == asked]
    found = _asked_part(request, own, told)
    if found:
        yield _sheet_markup(request, found, origin_of(found), told)
    elif asked:
        request.tell_unknown(ROWS if own else METRIC, request.choices[FIGURE])


def _asked_part(request: PageRequest, own: Sequence[DatedResult], told: Mapping[str, str]) -> PartResult | None:
    """Return the rows of the figure that is asked for: those of a card, or those that the address tells.

    Of a former day or batch there may have been none yet: no rows then, and not an address that leads nowhere.
    """
    of_card = request.figures.get(request.choices.get(FIGURE, ""))
    found = of_card or next((part for result in own for part in _part_of(result, told)), None)
    is_past = current_reader().after_batch is not None or current_reader().day is not None
    return figure_part(own[0], own[0].rows.head(0)) if own and is_past and not found else found


def _asked_parts(request: PageRequest) -> tuple[str, dict[str, str]]:
    """Return the metric whose figure the address asks for, and by which columns its rows are told from others."""
    name, *told = request.choices.get(FIGURE, "").split(":")
    codes = [unquote(code) for code in told[1::2]] + [""]  # without its code a column tells nothing
    return name, {column: code for column, code in zip(told[::2], codes, strict=False) if column != CARD}


def row_code(result: DatedResult, row: Mapping[str, object] | pd.Series) -> str:
    """Return by what name the sheet of one row of a result is asked for: the metric, and what tells it from others.

    That are as few columns as will do, codes before words and days. The total of everything is the metric itself.
    """
    of_row = total_rows if row.get(TOTAL) else part_rows
    return _told_rows(result, of_row(result.rows), row)[0]


def _told_rows(
    result: DatedResult, others: pd.DataFrame, row: Mapping[str, object] | pd.Series
) -> tuple[str, pd.DataFrame]:
    """Return by what name rows are asked for that are like one in the columns given, and the rows of that name."""
    told = [result.definition.name]
    for column in _telling_columns(result):
        if len(others) > 1 and column in row and not formats.is_missing(row[column]):
            same = others[others[column] == row[column]]
            if 0 < len(same) < len(others):
                told, others = [*told, column, escaped_code(row[column])], same
    return ":".join(told), others


def escaped_code(code: object) -> str:
    """Return a code as it stands in the name of a figure, whose parts are told from one another by colons."""
    return _code_text(code).replace("%", "%25").replace(":", "%3A")


def _code_text(code: object) -> str:
    """Return a code, of a day without its hours."""
    return str(code).removesuffix(" 00:00:00")


def _telling_columns(result: DatedResult) -> list[str]:
    """Return the columns that may tell a row from others, codes first."""
    codes = [name for name in result.rows if name.endswith("_id")]
    told = [c.name for c in result.definition.columns if c.kind not in ("integer", "number") and c.name != TOTAL]
    return list(dict.fromkeys(name for name in (*codes, *told) if name in result.rows))


def figure_part(
    result: DatedResult, rows: pd.DataFrame | None = None, label: Text | None = None, worked: Sequence[Text] = ()
) -> PartResult:
    """Return the rows of a result of which one figure is, all by default, and how it comes of them.

    Without `worked` that is what the result declares of its columns. `label` is the figure's name where it is not that
    of the metric.
    """
    own = result.rows if rows is None else rows
    alike = {name: own[name].iloc[0] for name in _telling_columns(result) if len(own) and _is_one_value(own[name])}
    code, same = _told_rows(result, result.rows, alike)
    is_exact = len(same) == len(own) and not worked
    return PartResult(
        result.definition, result.ledgers, result.as_of, result.newest, result.formula, own, result.column,
        code if is_exact else f"{code}:{CARD}:1", label, tuple(worked),
    )  # fmt: skip


def _is_one_value(values: pd.Series) -> bool:
    return bool(values.notna().all()) and values.nunique() == 1


def part_link(content: Markup, part: PartResult | None) -> Markup:
    """Return a figure as a link to the rows that it is of, by a name that no other figure of its page has."""
    request = page_in_making()
    if part is None or request is None:
        return content
    code, count = part.code, 1
    while code in request.figures:
        count += 1
        code = f"{part.code.partition(f':{CARD}:')[0]}:{CARD}:{count}"
    request.figures[code] = part
    return figure_link(content, code)


def _part_of(result: DatedResult, told: Mapping[str, str]) -> Iterator[PartResult]:
    """Yield a result, or what it has of the rows that are asked for; nothing of rows that it does not know."""
    own = result.rows
    for name, code in told.items():
        column = _column_of(result, name)
        own = own[own[column].astype(object).map(_code_text) == code] if column in own else own.head(0)
    if not told or len(own):
        yield figure_part(result, own)


def _column_of(result: DatedResult, name: str) -> str:
    """Return the column by which a kind of part is told, or the column of that name."""
    of_kind = SCOPE_COLUMNS.get(name, name)
    return of_kind if of_kind in result.rows else name


def _part_label(result: PartResult, told: Mapping[str, str]) -> Text:
    """Return the name of a metric, of the figure of it, and of the part or the row that counts."""
    names = [result.label] if result.label and result.label != result.definition.label else []
    told_by = [column for name in told for column in NAMED_BY.get(name, (_column_of(result, name),))]
    for column in told_by:
        if column in result.rows and len(result.rows) and not formats.is_missing(result.rows[column].iloc[0]):
            names.append(_part_name(result, result.rows.iloc[0], column))
    return join_texts((result.definition.label, *names), untranslated(" · "))


def _part_name(result: DatedResult, row: pd.Series, column: str) -> Text:
    """Return what a row has in a column, of a code the name where the result has it."""
    known = {each.name: each for each in result.definition.columns if each.name in result.rows}
    named = known.get(column.removesuffix("_id")) or known.get(column)
    return untranslated(tables.cell_text(named, row[named.name], reader_language()) if named else str(row[column]))


def _sheet_markup(request: PageRequest, result: PartResult, origin: DataOrigin, told: Mapping[str, str]) -> Sheet:
    label, counted = _part_label(result, told), _summed_parts(request, result) or result
    rows = counted_rows(counted)
    parts = (
        _sheet_head(request, label, data_origin_text(origin)),
        _formula(result, worked_lines(counted) if counted is not result else ()),
        _rows_counted(counted, rows),
        _batch_list(request, result, told),
    )
    aside = element("aside", joined(parts), aria_label=t(label), tabindex="-1")
    files = () if _is_withheld(result) or rows.empty else _sheet_downloads(counted, rows, label, origin)
    return Sheet(Html(aside), files)


def _summed_parts(request: PageRequest, result: PartResult) -> PartResult | None:
    """Return what the only row of a result is summed up from, where its rows are not that already."""
    listing = result.definition.made_up_of
    if listing is None or len(result.rows) != 1:
        return None
    listed = cache.cached(request.con, listing, result.as_of)
    codes = [name for name in listed.rows if name.endswith("_id") and name in result.rows]
    own = listed.rows.merge(result.rows[codes], on=codes).dropna(axis="columns", how="all")
    return None if own.empty else figure_part(listing.result(listed.as_of, listed.newest, own))


def _sheet_downloads(result: PartResult, rows: pd.DataFrame, label: Text, origin: DataOrigin) -> tuple[Download, ...]:
    """Return the rows that a figure counts with all their columns as files."""
    columns = _shown_columns(result)
    headings = [tables.column_heading(column, reader_language()) for column in columns]
    key = f"figure-{result.definition.name}"
    return result_files(rows, columns, headings, key, t(label), origin)


def _sheet_head(request: PageRequest, label: Text, origin: Text) -> Markup:
    close = link(
        words(untranslated("✕ ")) + words(CLOSE), query_string({**request.choices, FIGURE: None}) or "?",
        class_="fl-sheet-close", data_keeps_place="1",
    )  # fmt: skip
    heading = element("h2", words(label))
    return element("div", heading + close, class_="fl-sheet-head") + element("p", words(origin), class_="fl-caption")


def _formula(result: PartResult, summed: Sequence[Text]) -> Markup:
    """Return what the figure is worked out of with the numbers put in, after it of what that is the sum, and how."""
    lines = [*(result.worked or worked_lines(result, _is_withheld(result))), *summed]
    said = joined(element("p", words(line), class_="fl-worked") for line in lines) + _total_facts(result)
    formula = element("p", words(result.formula)) if result.formula.zh else NOTHING
    return said + (element("h3", words(phrases.FORMULA)) + formula if formula else NOTHING)


def _total_facts(result: PartResult) -> Markup:
    """Return the numbers and days of the row of everything, or of the only row there is; nothing of several rows."""
    rows = total_rows(result.rows) if TOTAL in result.rows else result.rows
    if len(rows) != 1 or _is_withheld(result):
        return NOTHING
    row = rows.iloc[0]
    facts = (
        element("dt", words(tables.column_heading(column, reader_language())))
        + element("dd", words(fact_text(column, row)))
        for column in result.definition.columns
        if column.kind in ("integer", "number", *tables.DATE_FORMATS) and column.name in row
    )
    return element("dl", joined(element("div", fact) for fact in facts), class_="fl-facts")


def _is_withheld(result: DatedResult) -> bool:
    return result.definition.is_by_household and current_reader().role != "clerk"


def _shown_columns(result: DatedResult) -> list[Column]:
    """Return the columns of a result, of a share first what it divides."""
    target = share_of(result)
    known = [c for c in result.definition.columns if c.name in result.rows and _is_read(result, c)]
    divided = [column for column in known if target and column.name in (target.done, target.total)]
    return [*known[:1], *divided, *(column for column in known[1:] if column not in divided)]


def _is_read(result: DatedResult, column: Column) -> bool:
    """Tell what is no code for programs, nor a sentence for readers of the other language, where there are both."""
    if column.name in FOR_PROGRAMS and not column.choices:
        return False
    return not column.name.endswith("_en") if reader_language() == "zh" else f"{column.name}_en" not in result.rows


def counted_rows(result: PartResult) -> pd.DataFrame:
    """Return the rows that a figure is summed over: its parts, or the totals where there are no others."""
    parts = part_rows(result.rows)
    if result.worked:
        return result.rows if parts.empty else parts
    return rows_of_share(result, result.rows if parts.empty else parts)


def _rows_counted(result: DatedResult, rows: pd.DataFrame) -> Markup:
    """Return the rows that a figure counts, each a link to the thing it is of, the first of many."""
    heading = element("h3", words(ROWS_COUNTED.fill(count=f"{len(rows):,}")))
    if _is_withheld(result) or rows.empty:
        said = phrases.NOTHING_YET if rows.empty else phrases.WITHHELD.fill(count=f"{len(rows):,}")
        return heading + element("p", words(said), class_="fl-caption")
    columns = _shown_columns(result)
    head = joined(element("th", words(tables.column_heading(c, reader_language())), scope="col") for c in columns)
    body = joined(_counted_row(result, columns, row) for row in rows.head(SHOWN_ROWS).astype(object).to_dict("records"))
    table = element("table", element("thead", element("tr", head)) + element("tbody", body), class_="fl-table")
    rest = words(FIRST_ROWS.fill(shown=SHOWN_ROWS)) if len(rows) > SHOWN_ROWS else NOTHING
    return heading + element("div", table, class_="fl-scroll", tabindex="0") + element("p", rest, class_="fl-caption")


def _counted_row(result: DatedResult, columns: Sequence[Column], row: Mapping[str, object]) -> Markup:
    cells = [words(tables.cell_text(column, row[column.name], reader_language())) for column in columns]
    cells[0] = link(cells[0], thing_href(row, "demolition_project" in result.ledgers))
    styles = ["fl-number" if column.kind in ("integer", "number") else "" for column in columns]
    return element("tr", joined(element("td", cell, class_=style) for cell, style in zip(cells, styles, strict=True)))


def thing_href(row: Mapping[str, object], is_demolition: bool) -> str:
    """Return the page of the thing that a row is of, or nothing where none is known; projects are of two lines."""
    for code, (file, choice) in THING_PAGES.items():
        if code in row and not formats.is_missing(row[code]):
            return page_href(file, **{choice: row[code]})
    if "project_id" in row and not formats.is_missing(row["project_id"]):
        file = "demolition/signing.py" if is_demolition else "investment/project.py"
        return page_href(file, project=row["project_id"])
    return ""


def _batch_list(request: PageRequest, result: PartResult, told: Mapping[str, str]) -> Markup:
    """Return the batches that a result is made of: file, who, when, and what each changed.

    Of a part they are those with rows that bear its code, in ledgers that know the code.
    """
    codes = tuple((_column_of(result, name), code) for name, code in told.items())
    ledgers = _ledgers_behind(result)
    found = cache.cached_work(request.con, ledgers, _batches_of, ledgers, codes)
    heading = element("h3", words(BATCHES_BEHIND.fill(count=len(found))))
    if not found:
        return heading + element("p", words(NO_BATCHES_YET), class_="fl-caption")
    lines = [_batch_line(request, batch) for batch in found[:SHOWN_BATCHES]]
    rest = EARLIER_BATCHES.fill(count=len(found) - SHOWN_BATCHES) if len(found) > SHOWN_BATCHES else NO_UNIT
    more = link(words(rest), page_href(HISTORY) if request.is_clerk else "")
    return heading + list_items(lines) + element("p", more, class_="fl-caption")


def _ledgers_behind(result: PartResult) -> tuple[str, ...]:
    """Return the ledgers that rows are worked out of: of the target of an amount those that it is summed up from."""
    amounts = [TARGETS.get(str(name)) for name in result.rows.get("metric", ())]
    if amounts and all(target and target.ledgers for target in amounts):
        own = {*TARGET_LEDGERS, *(name for target in amounts if target for name in target.ledgers)}
        return tuple(name for name in result.ledgers if name in own)
    return tuple(result.ledgers)


def _batches_of(
    con: Connection, ledgers: tuple[str, ...], codes: tuple[tuple[str, str], ...]
) -> list[dict[str, object]]:
    return batch_log.batches_in_force(con, ledgers, dict(codes))


def _batch_line(request: PageRequest, batch: Mapping[str, object]) -> Markup:
    number = batch["batch_id"]
    name = words(BATCH_LINE.fill(batch=number, ledger=DATASETS[str(batch["dataset"])].label))
    who = phrases.SAMPLE if batch["is_sample"] else loader_text(batch["loaded_by"])
    loaded = LOADED.fill(file=batch["file_name"], who=who, day=f"{batch['loaded_at']:%Y-%m-%d %H:%M}")
    changed = CHANGED.fill(**{n: f"{batch[n]:,}" for n in ("inserted", "updated", "deleted")})
    said = link(name, page_href(HISTORY, batch=number) if request.is_clerk else "")
    then = link(words(AS_AFTER), query_string({**request.choices, "after_batch": number}))
    return joined([said, element("small", words(loaded)), element("small", joined([words(changed), then], " · "))])
