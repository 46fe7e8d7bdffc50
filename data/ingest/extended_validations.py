"""Drop-downs that Excel writes since 2010 where their list stands on another sheet; openpyxl passes over them."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from xml.etree import ElementTree
from zipfile import ZipFile

from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def restore_validations(raw: bytes, book: Workbook) -> None:
    """Give each sheet of a workbook the drop-downs of its extension."""
    with ZipFile(io.BytesIO(raw)) as parts:
        for name, path in _sheet_paths(parts):
            if b"x14:dataValidation " in (content := parts.read(path)):
                for found in ElementTree.fromstring(content).iter(f"{X14}dataValidation"):
                    book[name].add_data_validation(_plain_validation(found))


def _sheet_paths(parts: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and where its XML stands."""
    links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        path = posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get(LINK), "")))
        if path.lstrip("/") in parts.namelist():
            yield sheet.get("name", ""), path.lstrip("/")


def _plain_validation(found: ElementTree.Element) -> DataValidation:
    """Return a drop-down of the extension as openpyxl writes them."""
    formulas = [found.findtext(f"{X14}formula{number}/{XM}f") for number in (1, 2)]
    made = DataValidation(
        type=found.get("type"), operator=found.get("operator"), formula1=formulas[0], formula2=formulas[1],
        allow_blank=found.get("allowBlank") == "1", sqref=found.findtext(f"{XM}sqref", ""),
    )  # fmt: skip
    made.showErrorMessage = found.get("showErrorMessage") == "1"
    made.error, made.errorStyle = found.get("error"), found.get("errorStyle")
    return made
