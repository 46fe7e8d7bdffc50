"""The XML of a sheet in any valid writing in, the same in the writing of Excel out.

`sheet_xml` searches bytes and calamine passes over what it does not expect; so a sheet with its attributes in another
order, single quotes, a prefix, comments, cells without a place or texts in an unusual element is written anew first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from data.errors import UnreadableWorkbook

READ_SIZE = 1 << 16  # bytes parsed at once; chosen, not measured
NAMESPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
CONTENTS = ("v", "f", "is")
FALSE = ("0", "false")


def canonical_sheet(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the columns, cells and merged ranges of a sheet as Excel would have written them.

    Raises UnreadableWorkbook for what is no XML, or has a document type.
    """
    writer = _SheetWriter()
    yield HEAD.encode()
    try:
        while chunk := part.read(READ_SIZE):
            writer.parser.Parse(chunk, False)
            yield writer.written_bytes()
        writer.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableWorkbook from error
    yield writer.written_bytes() + b"</worksheet>"


class _SheetWriter:
    """Writes what the parser of a sheet comes by.

    `_row` and `_column` count from 1; a row or a cell that does not say its place follows the last one.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._written: list[str] = []
        self._row = self._column = 0
        self._cell: dict[str, str] | None = None
        self._contents: dict[str, str] = {}
        self._within: list[str] = []
        self._is_struck = False

    def written_bytes(self) -> bytes:
        """Return what was written since the last call."""
        text = "".join(self._written)
        self._written.clear()
        return text.encode()

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadableWorkbook

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        uri, _, local = name.rpartition(" ")
        self._within.append(local if uri in NAMESPACES else "")
        if uri not in NAMESPACES:
            return
        if self._cell is not None:
            self._start_content(local, attributes)
        elif local == "c":
            self._cell, self._contents, self._is_struck = self._placed_cell(attributes), {}, False
        elif local == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            self._write_tag("row", {"r": str(self._row)} | attributes)
        elif local in ("cols", "sheetData", "mergeCells", "col", "mergeCell"):
            self._write_tag(local, attributes)

    def _start_content(self, local: str, attributes: Mapping[str, str]) -> None:
        if local in CONTENTS:
            self._contents.setdefault(local, "")
        elif local == "strike":
            self._is_struck = self._is_struck or attributes.get("val") not in FALSE

    def _placed_cell(self, attributes: dict[str, str]) -> dict[str, str]:
        """Return the attributes of a cell, its place first."""
        if "r" not in attributes:
            self._column += 1
            return {"r": f"{column_letters(self._column)}{self._row}"} | attributes
        found = PLACE.fullmatch(attributes["r"])
        if not found:
            raise UnreadableWorkbook
        self._column = _letters_number(found[1])
        return {"r": attributes["r"]} | attributes

    def _add_text(self, text: str) -> None:
        if self._cell is None or "rPh" in self._within:
            return
        inner = self._within[-1]
        target = inner if inner in ("v", "f") else "is" if inner == "t" and "is" in self._within else ""
        if target:
            self._contents[target] = self._contents.get(target, "") + text

    def _end(self, name: str) -> None:
        local = self._within.pop()
        if local == "c" and self._cell is not None:
            self._write_cell(self._cell)
            self._cell = None
        elif local in ("row", "cols", "sheetData", "mergeCells", "col", "mergeCell") and self._cell is None:
            self._written.append(f"</{local}>")

    def _write_tag(self, local: str, attributes: Mapping[str, str]) -> None:
        named = "".join(f" {name}={_quoted(value)}" for name, value in attributes.items() if " " not in name)
        self._written.append(f"<{local}{named}>")

    def _write_cell(self, cell: dict[str, str]) -> None:
        """Write a cell; a text is what its elements hold, whatever its type says of them."""
        found, kind = self._contents, cell.get("t", "n")
        inline = found.get("is", "")
        is_inline = bool(inline) and (kind == "inlineStr" or not found.get("v"))
        if is_inline or kind == "inlineStr":
            cell = cell | {"t": "inlineStr" if is_inline else "str"}
        self._write_tag("c", cell)
        if "f" in found:
            self._written.append(f"<f>{_escaped(found['f'])}</f>")
        if is_inline:
            struck = "<rPr><strike/></rPr>" if self._is_struck else ""
            self._written.append(f'<is><r>{struck}<t xml:space="preserve">{_escaped(inline)}</t></r></is>')
        elif "v" in found:
            value = found["v"] if cell.get("t") == "str" else found["v"].strip()
            self._written.append(f"<v>{_escaped(value)}</v>")
        self._written.append("</c>")


def _quoted(value: str) -> str:
    return '"' + quoteattr(value, {'"': "&quot;"})[1:-1] + '"'


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def column_letters(number: int) -> str:
    """Return the letters of a column, the first being 1."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _letters_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
