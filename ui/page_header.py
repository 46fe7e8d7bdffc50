"""The head and the end of every page: title, how new and whose the figures are, day and language, folded parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from duckdb import DuckDBPyConnection as Connection
from markupsafe import Markup

from data.datasets import DATASETS
from data.ingest import batch_log, versions
from data.ingest.time_travel import seen_after_batch
from data.text import Text, join_list
from ui import cache, figure_sheet, formats, phrases, print_view
from ui.blocks import Block, Html, draw_blocks
from ui.data_origin import DataOrigin, data_origin_text, loader_text, read_data_origin
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import page_href, query_string
from ui.page import FIGURE, OPEN_PART, PageRequest, draw_page_state, page_connection
from ui.preferences import chosen_day, reader_language, t
from ui.results import DatedResult

SOURCE = Text("{ledger} 批次 {batch}", "{ledger} batch {batch}")
HISTORY, UPDATE = "ledgers/history.py", "ledgers/update.py"
LANGUAGES = {"zh": "中文", "en": "English"}


def header_block(request: PageRequest, title: Text, *results: DatedResult) -> Html:
    """Return the title, then 数据截至, the batches and the 示例 badge of the ledgers of all results.

    Without any result the badge alone is told, of all ledgers.
    """
    origin = page_data_origin(request, _latest_day(results), _ledgers_of_results(results))
    ways = (
        _origin_line(origin),
        _day_control(request, origin),
        _language_links(request),
        print_view.print_link(request),
    )
    line = element("div", joined(ways), class_="fl-meta")
    head = element("header", element("h1", words(title)) + line, class_="fl-head")
    return Html(print_view.paper_bar(request) + _past_notice(request) + head)


def _past_notice(request: PageRequest) -> Markup:
    """Say after which batch the page shows the ledgers, whose that was, and lead back to those of now."""
    batch = seen_after_batch(request.con)
    if batch is None:
        return NOTHING
    entry = batch_log.batch_entry(request.con, batch)
    said = phrases.AS_IT_STOOD.fill(
        batch=batch,
        file=entry["file_name"],
        who=loader_text(entry["loaded_by"]),
        when=f"{entry['loaded_at']:%Y-%m-%d %H:%M}",
    )
    told = [words(said)] + ([words(versions.WITHOUT_UNDONE.fill(batch=batch))] if entry["undone_at"] else [])
    back = link(words(phrases.BACK_TO_NOW), same_page_href(request, after_batch=None))
    past = element("span", joined(told, " "), data_source="1")
    return element("p", joined((past, back), " "), class_="fl-notice fl-past", role="status")


def draw_plain_header(title: Text, choices: Mapping[str, str]) -> None:
    """Draw the title of a page that shows no figures, with the 示例 badge where there are 示例 rows.

    `choices` stand in its address: the other language keeps them.
    """
    with page_connection() as con:
        header = header_block(PageRequest(con, choices), title)
        draw_page_state(has_form=True)
    draw_blocks((header,))


def page_data_origin(request: PageRequest, as_of: date | None, ledgers: Sequence[str]) -> DataOrigin:
    """Return of which day and batches figures from some ledgers are, as they stand in the page's transaction."""
    origin: DataOrigin = cache.cached_work(request.con, ledgers, read_data_origin, as_of, tuple(ledgers))
    return origin


def _ledgers_of_results(results: Sequence[DatedResult]) -> tuple[str, ...]:
    """Return the ledgers of all results once, in their order; without results all there are."""
    known = {ledger for result in results for ledger in result.ledgers}
    return tuple(ledger for ledger in DATASETS if ledger in known or not results)


def _latest_day(results: Sequence[DatedResult]) -> date | None:
    """Return the latest day of the results; those whose ledgers carry no dates count where no others are."""
    days = [r.as_of for r in results if r.as_of and r.newest] or [r.as_of for r in results if r.as_of]
    return max(days, default=None)


def _origin_line(origin: DataOrigin) -> Markup:
    """Return whose the figures are; `data_source` tells ui/browser/picture_files.js what a picture says of itself."""
    badge = element("span", t(phrases.SAMPLE), class_="fl-badge", title=t(phrases.SAMPLE_HELP), data_source="1")
    said = link(words(data_origin_text(origin)), page_href(HISTORY))
    line = element("span", said, class_="fl-origin", data_source="1")
    return joined((badge if origin.is_sample else NOTHING, line), " ")


def same_page_href(request: PageRequest, /, **changes: object) -> str:
    """Return the address of this page with some of its choices changed; None takes a choice out.

    What is behind a figure does not stay at its side.
    """
    return query_string({**request.choices, FIGURE: None, **changes}) or "?"


def _day_control(request: PageRequest, origin: DataOrigin) -> Markup:
    """Return the choice of the day: a day to type, a month whose days with news are marked, the way back."""
    day, shown = chosen_day(), chosen_day() or origin.as_of
    field = Markup('<input data-day inputmode="numeric" autocomplete="off" placeholder="2014-06-30" value="{}">')
    label = element(
        "label", words(phrases.AS_OF_CHOICE) + Markup(" ") + field.format(formats.format_date(day) if day else "")
    )
    newest = link(words(phrases.NEWEST_DAY), same_page_href(request, as_of=None)) if day else NOTHING
    month = element("div", "", class_="fl-month", data_month=f"{shown:%Y-%m}" if shown else "", data_chosen=shown or "")
    hint = element(
        "p", words(phrases.DAY_HINT), class_="fl-caption", data_day_hint="1", data_wrong=t(phrases.NOT_A_DAY)
    )
    box = element("div", joined((label, hint, month, newest)), class_="fl-daybox")
    return element("details", element("summary", words(phrases.AS_OF_CHOICE)) + box, class_="fl-day")


def _language_links(request: PageRequest) -> Markup:
    """Return the other language as a link, this one as a word."""
    listed = [
        element("span", name, aria_current="true") if code == reader_language()
        else link(name, same_page_href(request, figure=request.choices.get(FIGURE), lang=code), lang=code)
        for code, name in LANGUAGES.items()
    ]  # fmt: skip
    return element("span", joined(listed, " / "), class_="fl-language")


def no_data_block() -> Html:
    """Say that there is nothing yet, or nothing by the day that the reader chose, and offer the page that fills it."""
    href, day = page_href(UPDATE), chosen_day()
    said = phrases.NO_DATA_BY.fill(day=formats.format_date(day)) if day else phrases.NO_DATA
    upload = element("p", link(words(phrases.GO_TO_UPLOAD), href, class_="fl-button")) if href else NOTHING
    return Html(element("p", words(said), class_="fl-notice") + upload)


def folded_part(request: PageRequest, part: str, label: Text, make: Callable[[], Iterable[Block]]) -> Iterator[Block]:
    """Yield the heading of a folded part, and the part itself, worked out and sent only while it is open."""
    is_open = request.is_open(part)
    href = same_page_href(request, **{OPEN_PART: None if is_open else part})
    sign = "▾ " if is_open else "▸ "
    opens = link(Markup(sign) + words(label), href, aria_expanded="true" if is_open else "false")
    yield Html(element("h2", opens, class_="fl-fold"))
    if is_open:
        yield from make()


def source_block(request: PageRequest, ledger: str, code: str) -> Html:
    """Say of which batches the rows of one thing are: of its ledger and of those that name it, each batch a link."""
    ledgers = tuple(dict.fromkeys(name for name, _ in batch_log.columns_with_code(DATASETS[ledger])))
    found: dict[str, int] = cache.cached_work(request.con, ledgers, _batches_of, ledger, code)
    listed = (
        link(words(SOURCE.fill(ledger=DATASETS[name].label, batch=batch)), page_href(HISTORY, batch=batch))
        for name, batch in found.items()
    )
    return Html(element("p", words(phrases.SOURCE_BATCHES) + joined(listed, " · "), class_="fl-caption"))


def _batches_of(con: Connection, ledger: str, code: str) -> dict[str, int]:
    return batch_log.batches_of_code(con, DATASETS[ledger], code)


def formula_part(request: PageRequest, *results: DatedResult) -> Iterator[Block]:
    """Yield how results and those in the lists are worked out, each as of its own day, and of which batches, folded.

    Before it comes what is behind the figure that the address asks for.
    """
    results = (*results, *request.listed)
    yield from figure_sheet.sheet_blocks(request, results, lambda result: _result_origin(request, result))
    explained = {(result.definition.name, result.as_of): result for result in results if result.formula.zh}
    yield from folded_part(
        request, "formula", phrases.FORMULA, lambda: (_formula_block(request, result) for result in explained.values())
    )


def _result_origin(request: PageRequest, result: DatedResult) -> DataOrigin:
    return page_data_origin(request, result.as_of, result.ledgers)


def _formula_block(request: PageRequest, result: DatedResult) -> Html:
    ledgers = join_list(DATASETS[name].label for name in result.ledgers)
    source = Text("{ledgers} · {origin}", "{ledgers} · {origin}").fill(
        ledgers=ledgers, origin=data_origin_text(_result_origin(request, result))
    )
    lines = (
        element("h3", words(result.definition.label)),
        element("p", words(result.formula)),
        element("p", words(source), class_="fl-caption"),
    )
    return Html(joined(lines))
