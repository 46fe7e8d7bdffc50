"""Tables of the screen as workbooks that can be handed on: they say whose figures they are and of which day."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd

from data.errors import TooBigForSheet
from data.ingest.forms import sheets, template
from ui import formats

ROWS_ABOVE = 3  # title, day and batches, and an empty row
MOST_ROWS = template.MOST_SHEET_ROWS - ROWS_ABOVE


def table_workbook(shown: pd.DataFrame, title: str, said: str, looks: Sequence[str] = ()) -> bytes:
    """Return a table as it is read on screen, below its title and what it says of its day and batches.

    `looks` are the number formats of its columns; without them each is as it comes. The headings are in row 4, with
    Excel's filters on them and an empty row above. Raises TooBigForSheet where a row or a cell would be lost.
    """
    into = io.BytesIO()
    with sheets.open_workbook(into) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, said)
        for place, heading in enumerate(shown.columns):
            look = book.add_format({"num_format": looks[place] if looks else "General"})
            values = [formats.MISSING if formats.is_missing(v) else v for v in shown[heading].tolist()]
            sheet.write_string(ROWS_ABOVE, place, heading, book.add_format(sheets.HEADING))
            for row, value in enumerate(values, ROWS_ABOVE + 1):
                if not sheets.write_value(sheet, row, place, value, look):
                    raise TooBigForSheet(dataset=title)
            sheet.set_column(place, place, sheets.column_width([heading, *map(str, values)]))
        sheet.autofilter(ROWS_ABOVE, 0, ROWS_ABOVE + len(shown), len(shown.columns) - 1)
        sheet.freeze_panes(ROWS_ABOVE + 1, 0)
    return into.getvalue()
