"""The door: whatever opens a file that may be loaded opens it here, and one that tells of persons is not opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from threading import Lock

from data.errors import DashboardError, PersonalData, PersonalPhotoName
from data.ingest.personal_data import numbers, scan
from data.ingest.personal_data.scan import PersonalColumn
from data.ingest.reading import photo, reader
from data.ingest.reading.grid import SheetInfo
from data.ingest.reading.places import Place, places_text
from data.ingest.reading.reader import ReadOptions, Recognise, Source, Upload
from data.ingest.table import headers
from data.text import Text, join_texts, untranslated

MOST_NAMED = 10  # chosen: as many lines, and columns, as a sentence bears
MOST_REMEMBERED = 1_000  # files; chosen: a day's
HEADED = Text("“{heading}”列", "the column “{heading}”")
NUMBERED = Text("第 {column} 列", "column {column}")
ON_SHEET = Text("工作表“{sheet}”的{column}", "{column} of the sheet “{sheet}”")
ON_LINES = Text("{column}：{what}（{lines}{more}）", "{column}: {what} ({lines}{more})")
MORE_LINES = Text("等 {count} 处", " and more, {count} in all")
MORE_COLUMNS = Text("另有 {count} 处", "{count} more")
BESIDE_CELLS = Text(
    "单元格以外（文件名、表名、批注等）：{what}", "outside the cells (name, comments and the like): {what}"
)
BETWEEN = Text("；", "; ")
NAME_HIDDEN = Text("（名称里有号码）", "(its name holds a number)")
CLEAN: dict[tuple[str, str, str], None] = {}  # fingerprints of files whose cells hold nothing of a person, as read
CLEAN_LOCK = Lock()


def open_file(file: Upload, reading: ReadOptions, recognise: Recognise) -> Source:
    """Open the one table of a file as the reader does; raises PersonalData besides."""
    source = reader.open_file(file, reading, recognise)
    _require_clean(file, source, reading, recognise)
    return source


def open_sheets(file: Upload, reading: ReadOptions, recognise: Recognise) -> list[Source]:
    """Open the sheets that are read together as the reader does; raises PersonalData besides."""
    sources = reader.open_sheets(file, reading, recognise)
    _require_clean(file, sources[0], reading, recognise)
    return sources


def every_sheet(
    file: Upload, reading: ReadOptions, recognise: Recognise
) -> list[tuple[SheetInfo, Source | DashboardError]]:
    """Return each sheet of a workbook as the reader does; raises PersonalData besides."""
    sheets = list(reader.every_sheet(file))
    opened = next((source for _, source in sheets if isinstance(source, Source)), None)
    if opened:
        _require_clean(file, opened, reading, recognise)
    return sheets


def tells_of_persons(file: Upload) -> bool:
    """Tell whether a file that was kept in former days would be refused today."""
    try:
        open_file(file, ReadOptions(), headers.best_known_heading_count)
    except PersonalData:
        return True
    except DashboardError:
        return False
    return False


def refuse_given_values(values: Iterable[str]) -> None:
    """Refuse a value given by hand that holds a number of a person; raises PersonalData."""
    for value in values:
        if kind := next(numbers.personal_kinds(value), None):
            raise PersonalData(name=NAME_HIDDEN, found=kind)


def _require_clean(file: Upload, source: Source, reading: ReadOptions, recognise: Recognise) -> None:
    if source.encoding == photo.KIND:
        _require_clean_photo_name(file)
    key = (file.sha256, file.name, f"{reading.encoding} {reading.delimiter}")
    found = scan.personal_columns(file, source, recognise, reading.header_line or source.header_line, key in CLEAN)
    if found:
        raise PersonalData(name=_shown_name(file), found=_found_text(found))
    with CLEAN_LOCK:
        if len(CLEAN) >= MOST_REMEMBERED:
            CLEAN.clear()
        CLEAN[key] = None


def _require_clean_photo_name(file: Upload) -> None:
    """Refuse a photo that is named by a number of a person: its name is all that is kept of what it came with."""
    found = chain(numbers.kinds_in_name(file.name), numbers.personal_kinds(photo.photo_name(file.name)))
    if kind := next(found, None):
        raise PersonalPhotoName(found=kind)


def _shown_name(file: Upload) -> Text:
    return NAME_HIDDEN if numbers.has_personal_name(file.name) else untranslated(file.name)


def _found_text(found: Mapping[PersonalColumn, Sequence[int]]) -> Text:
    """Say which columns hold what of persons, on which lines; never what it is."""
    said = [_column_text(column, lines) for column, lines in islice(found.items(), MOST_NAMED)]
    rest = len(found) - len(said)
    return join_texts([*said, *([MORE_COLUMNS.fill(count=rest)] if rest else [])], BETWEEN)


def _column_text(column: PersonalColumn, lines: Sequence[int]) -> Text:
    if not column.column:
        return BESIDE_CELLS.fill(what=column.what)
    label = (
        HEADED.fill(heading=" ".join(column.heading.split())) if column.heading else NUMBERED.fill(column=column.column)
    )
    if column.sheet:
        shown = NAME_HIDDEN if numbers.has_personal_name(column.sheet) else column.sheet
        label = ON_SHEET.fill(sheet=shown, column=label)
    named = places_text(Place("", line) for line in lines[:MOST_NAMED])
    more = MORE_LINES.fill(count=len(lines)) if len(lines) > MOST_NAMED else untranslated("")
    return ON_LINES.fill(column=label, what=column.what, lines=named, more=more)
