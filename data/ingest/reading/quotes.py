"""One line with irregular quotes in, its cells out."""

from __future__ import annotations

import re
from functools import cache

MOST_CELLS = 16_384  # the columns of a sheet in Excel


def split_leniently(line: str, delimiter: str, quote: str = '"', has_escapes: bool = False) -> list[str]:
    """Cut a line at its delimiters; a cell is quoted if it begins with a quote and another closes it.

    A closing quote stands before a delimiter or the end of the line. It is not doubled, nor behind a backslash where
    that `has_escapes`, unless no other can close the cell or a single quote shows that they are not doubled there.
    Every other quote is a character like any other. What stands beyond MOST_CELLS cells stays one cell.
    """
    return _LineSplitter(line.rstrip("\r\n"), delimiter, quote, has_escapes).cells()


@cache
def _quote_run_pattern(delimiter: str, quote: str) -> re.Pattern[str]:
    """Return the pattern of a run of quotes, with what follows if that is a delimiter or the end of the line."""
    return re.compile(rf"(?P<slash>\\)?(?P<run>{quote}+)(?P<end> *(?:{re.escape(delimiter)}|\Z))?")


class _LineSplitter:
    """A line on its way into cells; `is_regular` until no quote is left that closes a cell beyond doubt."""

    def __init__(self, text: str, delimiter: str, quote: str, has_escapes: bool) -> None:
        self._text = text
        self._delimiter = delimiter
        self._quote = quote
        self._has_escapes = has_escapes
        self._start = 0
        self._is_regular = True

    def cells(self) -> list[str]:
        """Return the cells of the line."""
        found: list[str] = []
        while self._start <= len(self._text):
            if len(found) == MOST_CELLS:
                return [*found, self._text[self._start :]]
            opening = self._opening_quote()
            closing = self._closing_quote(opening + 1) if opening >= 0 else None
            if opening >= 0 and not closing:
                rest = self._text[self._start :].split(self._delimiter, MOST_CELLS - len(found))
                return found + [cell.lstrip(" ") for cell in rest]
            found.append(self._quoted(opening, closing) if closing else self._unquoted_cell())
        return found

    def _opening_quote(self) -> int:
        """Return where the opening quote of the next cell stands, or -1 if it has none."""
        at = self._start
        while self._text.startswith(" ", at):
            at += 1
        return at if self._text.startswith(self._quote, at) else -1

    def _closing_quote(self, start: int) -> re.Match[str] | None:
        """Return the run of quotes that closes a cell; None if no quote behind `start` can close any cell."""
        are_doubled, second_best = True, None
        for run in _quote_run_pattern(self._delimiter, self._quote).finditer(self._text, start):
            is_odd, is_escaped = len(run["run"]) % 2 == 1, self._has_escapes and bool(run["slash"])
            if run["end"] is None:
                are_doubled = are_doubled and (not is_odd or is_escaped)
            elif not self._is_regular or (not is_escaped and (is_odd or not are_doubled)):
                return run
            else:
                second_best = second_best or run
        self._is_regular = False
        return second_best

    def _quoted(self, opening: int, closing: re.Match[str]) -> str:
        """Return the cell between two quotes, and go on to the next one."""
        self._start = closing.end() + (0 if closing["end"].endswith(self._delimiter) else 1)
        inside = self._text[opening + 1 : closing.end("run") - 1]
        inside = inside.replace(2 * self._quote, self._quote)
        return re.sub(rf"\\([\\{self._quote}])", r"\1", inside) if self._has_escapes else inside

    def _unquoted_cell(self) -> str:
        """Return the cell up to the next delimiter, and go on to the next one."""
        stop = self._text.find(self._delimiter, self._start)
        stop = len(self._text) if stop < 0 else stop
        cell = self._text[self._start : stop].lstrip(" ")
        self._start = stop + 1
        return cell
