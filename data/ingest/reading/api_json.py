"""JSON in, records out: the answers of the national water quality API, and any list of flat objects."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from data.errors import NoTableInJson, TornRowInJson, UnreadableJson
from data.ingest.reading.records import Record

HTML_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
HTML_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TITLE_ATTRIBUTE = re.compile(r"""<[a-zA-Z][^>]{0,500}?\btitle\s*=\s*(?:'([^']*)'|"([^"]*)")""")
UNIT = re.compile(r"[(（][^()（）]*[)）]$")
RAW_VALUE = "原始值"
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
SPACE = re.compile(r"\s+")
MAX_DEPTH = 3  # chosen: how deep lists and objects are looked into for a table
MAX_HEADINGS = 1_000  # chosen: an object with more keys is a map of rows, no row

TableRows = Iterator[list[str]]


def json_records(text: str) -> Iterator[Record]:
    """Yield the headings as line 1, then each row that holds anything; raises UnreadableJson, NoTableInJson."""
    yield from table_records(parse_json(text))


def table_records(content: Any) -> Iterator[Record]:
    """Yield the records of the table that a parsed JSON holds, as `json_records` does."""
    pages = list(_api_pages(content, MAX_DEPTH))
    for line, cells in enumerate(_api_table(pages) if pages else _object_table(content), 1):
        if UNPRINTABLE.search("".join(cells)):
            raise UnreadableJson(line=line)
        if any(map(str.strip, cells)):
            yield Record(line, cells)


def parse_json(text: str) -> Any:
    """Return what a JSON text says, numbers as they are written; of several JSON texts in one file a list."""
    decoder, found, at = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str), list[Any](), 0
    text = text.removeprefix("\ufeff").rstrip()
    try:
        while at < len(text) or not found:
            value, end = decoder.raw_decode(text, at)
            found.append(value)
            blank = SPACE.match(text, end)
            at = blank.end() if blank else end
        return found[0] if len(found) == 1 else found
    except json.JSONDecodeError as error:
        raise UnreadableJson(line=error.lineno) from error
    except RecursionError as error:
        raise NoTableInJson from error


def _scalar_text(value: Any) -> str:
    """Return a value as the text of a cell; raises NoTableInJson for one that is a list or an object."""
    if isinstance(value, (list, dict)):
        raise NoTableInJson
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _is_api_answer(content: Any) -> bool:
    """Tell whether this is an answer of the national API: headings in `thead`, rows in `tbody`, both with HTML."""
    return isinstance(content, dict) and all(isinstance(content.get(part), list) for part in ("thead", "tbody"))


def _api_pages(content: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the answers of the national API in a JSON, down to some depth."""
    if _is_api_answer(content):
        yield content
    elif isinstance(content, list):
        yield from content if content and all(map(_is_api_answer, content)) else ()
    elif isinstance(content, dict) and depth:
        for value in content.values():
            yield from _api_pages(value, depth - 1)


def _api_table(pages: list[dict[str, Any]]) -> TableRows:
    """Yield the table of the national API, all its pages, with what its tooltips tell in columns of their own.

    Raises NoTableInJson for pages with other headings, TornRowInJson for a row that has not a cell for each.
    """
    header, *others = ([_without_html(cell).replace(" (", "(") for cell in page["thead"]] for page in pages)
    if any(other != header for other in others):
        raise NoTableInJson
    rows = [row for page in pages for row in page["tbody"]]
    tips = [_tooltip_values(header, row, line) for line, row in enumerate(rows, 1)]
    told = dict.fromkeys(name for tip in tips for name in tip if name not in header)
    raw_values = [name for name in map(_raw_value_heading, header) if name in told]
    more = [*(name for name in told if name not in raw_values), *raw_values]
    yield header + more
    for row, tip in zip(rows, tips, strict=True):
        yield [*map(_without_html, row), *(tip.get(name, "") for name in more)]


def _raw_value_heading(heading: str) -> str:
    """Return the heading of the values before rounding."""
    return f"{UNIT.sub('', heading).rstrip()}_{RAW_VALUE}"


def _without_html(cell: Any) -> str:
    """Return the text of a cell without its HTML."""
    text = HTML_BREAK.sub(" ", _scalar_text(cell))
    end = text.rfind(">") + 1  # behind it no tag ends, and each that begins would be followed to the end of the text
    return html.unescape(HTML_TAG.sub("", text[:end]) + text[end:]).strip()


def _tooltip_values(header: list[str], row: Any, number: int) -> dict[str, str]:
    """Return what the tooltips of a row tell; raises TornRowInJson unless the row has a cell for each heading."""
    if not isinstance(row, list) or len(row) != len(header):
        raise TornRowInJson(row=number, cells=len(row) if isinstance(row, list) else 0, width=len(header))
    told = {}
    for heading, cell in zip(header, row, strict=True):
        for found in TITLE_ATTRIBUTE.finditer(cell) if isinstance(cell, str) else ():
            for line in html.unescape(found[1] or found[2] or "").splitlines():
                name, _, value = line.replace("：", ":").partition(":")
                told[_raw_value_heading(heading) if name == RAW_VALUE else name.strip()] = value.strip()
    return {name: value for name, value in told.items() if value}


def _object_table(content: Any) -> TableRows:
    """Yield the one list of flat objects that a JSON holds, as a table; the headings in order of appearance."""
    found = list(_object_lists(content, MAX_DEPTH))
    if len(found) != 1:
        raise NoTableInJson
    header = list(dict.fromkeys(name for entry in found[0] for name in entry))
    if len(header) > MAX_HEADINGS:
        raise NoTableInJson
    yield header
    for entry in found[0]:
        yield [_cell_text(entry.get(name)) for name in header]


def _cell_text(value: Any) -> str:
    """Return the text of a value; with its HTML taken off, where it has any."""
    text = _scalar_text(value)
    return _without_html(text) if HTML_TAG.search(text, 0, text.rfind(">") + 1) else text


def _object_lists(content: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    """Yield the lists of objects in a JSON, down to some depth."""
    if isinstance(content, list) and content and all(isinstance(entry, dict) for entry in content):
        yield content
    elif isinstance(content, dict) and depth:
        for value in content.values():
            yield from _object_lists(value, depth - 1)
