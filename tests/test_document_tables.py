"""Tables in documents that only call themselves workbooks: web pages, SpreadsheetML 2003, MHTML, OpenDocument."""

import base64
import contextlib
import io
import quopri
import zipfile
from collections.abc import Mapping
from time import process_time

import pytest
from python_calamine import CalamineWorkbook

from data import errors
from data.ingest.reading.records import Remark
from data.ingest.reading.workbook import Workbook
from tests.upload_helpers import check_content, ledger_values, load_content

pytestmark = pytest.mark.slow

HEADINGS = ("村社编码", "村社名称", "人口")


def records_of(raw: bytes, sheet: str = "") -> dict[int, list[str]]:
    """Return the records of a sheet, the first if none is named, by their line."""
    book = Workbook(raw)
    return {record.line: record.cells for record in book.records(sheet or book.sheets[0].name)}


def page_of(*rows: str, head: str = "") -> str:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<html><head>{head}</head><body><table border=1>{table}</table></body></html>"


def mail_of(page: str, transfer: str) -> bytes:
    """Return a page as a browser or Excel saves it in one file, behind a page of frames."""
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}[transfer](page.encode("gb18030"))
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    frames = "--b\r\nContent-Type: text/html\r\n\r\n<html><frameset></frameset></html>\r\n"
    part = f'--b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n'
    return (head + frames + part).encode() + packed + b"\r\n--b--\r\n"


PLAIN_PAGE = page_of("<td>村社编码<td>村社名称<td>人口", "<td>V-9<td>甲&amp;乙村<td>26003")
PAGES = {
    "without closing tags": PLAIN_PAGE.encode(),
    "in GBK, as systems of offices write": page_of(
        "<th>村社编码</th><th>村社名称</th><th>人口</th>",
        "<td>V-9</td><td><b>甲</b>&amp;乙村</td><td>26003</td>",
        head='<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
    ).encode("gbk"),
    "in UTF-8 with a mark": b"\xef\xbb\xbf" + PLAIN_PAGE.encode(),
    "in UTF-16": PLAIN_PAGE.encode("utf-16"),
    "in capitals": PLAIN_PAGE.replace("table", "TABLE").replace("td>", "TD>").replace("html", "HTML").encode(),
    "a table alone": PLAIN_PAGE.partition("<body>")[2].partition("</body>")[0].encode(),
    "as XHTML": b'<?xml version="1.0" encoding="UTF-8"?>' + PLAIN_PAGE.encode(),
    "with scripts, styles and comments": PLAIN_PAGE.replace(
        "<body>",
        "<style>td{}</style><script>'<table><tr><td>x'</script><!--[if gte mso 9]><table><tr><td>y<![endif]-->",
    ).encode(),
    "numbers stored to the last digit": page_of(
        "<td>村社编码<td>村社名称<td>人口", '<td x:str>V-9<td>甲&amp;乙村<td x:num="26003">26,003'
    ).encode(),
    "inside a table of the layout": (
        f"<table><tr><td>查询结果</td><td>{PLAIN_PAGE.partition('<body>')[2].partition('</body>')[0]}</td></tr></table>".encode()
    ),
    "as a mail in quoted-printable": mail_of(PLAIN_PAGE, "quoted-printable"),
    "as a mail in base64": mail_of(PLAIN_PAGE, "base64"),
}


@pytest.mark.parametrize("case", PAGES)
@pytest.mark.parametrize("name", ["村社.xls", "村社.xlsx", "村社.csv", "村社.html"])
def test_the_table_of_a_web_page_is_read(store, case, name):
    """A web page is read by what it is, whatever its name, encoding and manner."""
    report = load_content(store, "village", PAGES[case], name)
    assert report.errors == []
    assert ledger_values(store, "village", "village_id", "name", "population") == [("V-9", "甲&乙村", 26003)]


@pytest.mark.quick
def test_a_page_shows_its_cells_as_a_clerk_sees_them():
    """Spans, line breaks, pictures, hidden columns, stored numbers and codes come out as of a workbook."""
    raw = page_of(
        "<td rowspan=2>名</td><td colspan=2>量</td>",
        "<td>一</td><td>二</td>",
        '<td rowspan="2">胡家</td><td rowspan=2>5,000</td><td>a<br>b</td>',
        "<td style='display:none'>2</td>",
        "<td><img src=a.png></td><td x:num='0.28461'>28.5%</td><td x:num='12'>0012</td>",
        "<td x:num='26000'>2.6</td><td x:num='2.6'>2.60</td><td>&lt;0.02</td>",
    ).encode()
    book, remarks = Workbook(raw), list[Remark]()
    [sheet] = book.sheets
    assert {record.line: record.cells for record in book.records(sheet.name, remarks)} == {
        1: ["名", "量", "量"],
        2: ["名", "一", "二"],
        3: ["胡家", "5000", "a\nb"],
        4: ["胡家", "", "2"],
        5: ["=IMAGE()", "28.461%", "0012"],
        6: ["26000 显示为 2.6", "2.6", "<0.02"],
    }
    assert remarks == [Remark(3, "merged_numbers", {"count": 1, "cells": "3–4: 5000"})]
    assert (book.hidden_columns(sheet.name), book.picture_columns(sheet.name)) == ([2], (0,))


@pytest.mark.parametrize("cell", ["<s>5</s>", "<del>5</del>", "<span style='text-decoration: line-through'>5</span>"])
def test_hidden_and_struck_out_rows_of_a_page_are_told(cell):
    """A row that the page does not show, or shows struck out, is read and named."""
    raw = page_of("<td>量", f"<td>{cell}", "<td>6").replace("<tr><td>6", "<tr style='display:none'><td>6").encode()
    book = Workbook(raw)
    assert [(told.line, told.reason) for told in book.row_remarks(book.sheets[0].name)] == [
        (3, "hidden_rows"),
        (2, "struck_rows"),
    ]


def test_a_page_without_a_table_is_told():
    """The page of a login, which a system hands out instead of a table, is named for what it is."""
    for page in (b"<!DOCTYPE html><html><form>login</form></html>", b"<html><body><table></table></body></html>"):
        with pytest.raises(errors.NotAWorkbook, match=r"a web page .* without any table"):
            Workbook(page)


def test_spans_of_a_page_take_no_memory_beyond_the_limit():
    """A page of cells that each span a thousand columns is refused before it fills the memory."""
    row = "<td colspan=1000>x" * 16
    with pytest.raises(errors.SparseSheet):
        Workbook(page_of(*[row] * 3_000).encode())


UNCLOSED = ("<!--", "</", "<![CDATA[", "<a ", "<a b='", "&#", "<?", "<script>", "<td style='text-decoration", "a<br>")


@pytest.mark.parametrize("sign", UNCLOSED)
def test_a_page_of_unclosed_signs_takes_no_longer_than_its_length(sign):
    """A page of 300,000 signs that are never closed is read or refused in a moment; time squared would be hours."""
    began = process_time()
    with contextlib.suppress(errors.DashboardError):
        Workbook(f"<html><table><tr><td>1<td>2{sign * 300_000}".encode())
    assert process_time() - began < 20


SS = "urn:schemas-microsoft-com:office:spreadsheet"
STYLES = (
    '<Styles><Style ss:ID="Default"/><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>'
    '<Style ss:ID="c"><NumberFormat ss:Format="0000"/></Style>'
    '<Style ss:ID="k"><Font ss:StrikeThrough="1"/></Style></Styles>'
)


def spreadsheetml(rows: str, columns: str = "", prefix: str = "") -> bytes:
    """Return a workbook of SpreadsheetML with these rows; with a prefix all names bear it."""
    body = f'{STYLES}<Worksheet ss:Name="甲"><Table>{columns}{rows}</Table></Worksheet>'
    if prefix:
        body = body.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
        root = f'<{prefix}:Workbook xmlns:{prefix}="{SS}" xmlns:ss="{SS}">{body}</{prefix}:Workbook>'
    else:
        root = f'<Workbook xmlns="{SS}" xmlns:ss="{SS}">{body}</Workbook>'
    return f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n{root}'.encode()


def data(kind: str, text: str, **attributes: str) -> str:
    named = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{named}><Data ss:Type="{kind}">{text}</Data></Cell>'


SS_ROWS = (
    f'<Row ss:Index="2">{data("String", "头", MergeAcross="1")}{data("Boolean", "1")}</Row>'
    f'<Row ss:Hidden="1">{data("Number", "0.07", StyleID="p")}'
    f"{data('DateTime', '2015-03-05T00:00:00.000')}{data('DateTime', '2015-03-05T08:30:00.000', Index='4')}</Row>"
    f"<Row>{data('Number', '12', StyleID='c')}{data('Error', '#N/A')}{data('String', 'a&amp;b')}"
    f"{data('DateTime', '1899-12-31T08:30:00.000', StyleID='k')}</Row>"
)


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.quick
def test_spreadsheetml_is_read_as_it_shows(prefix):
    """Places, types, formats, hidden rows and columns and struck-out cells of a workbook of 2003 in XML are heeded."""
    raw = spreadsheetml(SS_ROWS, '<Column/><Column ss:Index="3" ss:Hidden="1"/>', prefix)
    assert records_of(raw) == {
        2: ["头", "头", "是", ""],
        3: ["7%", "2015-03-05", "", "2015-03-05 08:30:00"],
        4: ["0012", "#N/A", "a&b", "08:30:00"],
    }
    book = Workbook(raw)
    assert book.hidden_columns("甲") == [2]
    assert [(told.line, told.reason) for told in book.row_remarks("甲")] == [(3, "hidden_rows"), (4, "struck_rows")]


def test_a_formula_of_spreadsheetml_without_a_result_is_told():
    """A formula that nobody computed is no empty cell."""
    with pytest.raises(errors.UncomputedFormulas, match="B1"):
        records_of(spreadsheetml(f'<Row>{data("Number", "1")}<Cell ss:Formula="=RC[-1]+1"/></Row>'))


def test_damaged_spreadsheetml_is_told():
    """XML that ends in the middle, or a number that is none, is refused in a sentence."""
    for raw in (spreadsheetml(SS_ROWS)[:-60], spreadsheetml(f"<Row>{data('Number', '一')}</Row>")):
        with pytest.raises(errors.UnreadableWorkbook):
            Workbook(raw)


NAMES = ("office", "table", "text", "style")
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
STRUCK = '<style:style style:name="k"><style:text-properties style:text-line-through-style="solid"/></style:style>'


def ods(rows: str, **parts: str) -> bytes:
    """Return an OpenDocument spreadsheet with these rows."""
    body = f'<office:spreadsheet><table:table table:name="甲">{rows}</table:table></office:spreadsheet>'
    styles = f"<office:automatic-styles>{STRUCK}</office:automatic-styles>"
    content = f"<office:document-content {SPACES}>{styles}<office:body>{body}</office:body></office:document-content>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)
        for name, text in {"content.xml": content, "META-INF/manifest.xml": "<m/>", **parts}.items():
            archive.writestr(name, text)
    return packed.getvalue()


VALUE_NAMES = {"date": "date-value", "time": "time-value", "boolean": "boolean-value", "string": "string-value"}


def ods_cell(kind: str, value: str, shown: str = "", more: str = "") -> str:
    stored = f'office:{VALUE_NAMES.get(kind, "value")}="{value}"' if kind != "string" else ""
    text = f"<text:p>{shown}</text:p>" if shown else ""
    return f'<table:table-cell office:value-type="{kind}" {stored} {more}>{text}</table:table-cell>'


ODS_CELLS: Mapping[str, tuple[str, str]] = {
    "a text": (ods_cell("string", "", '甲<text:s text:c="2"/>乙'), "甲  乙"),
    "a text in two paragraphs": (ods_cell("string", "", "甲</text:p><text:p>乙"), "甲\n乙"),
    "a text with a comment": (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>注</text:p></office:annotation>'
        "<text:p>甲</text:p></table:table-cell>",
        "甲",
    ),
    "a number, shown rounded": (ods_cell("float", "26003.4", "26,003"), "26003.4"),
    "a number with its unit": (ods_cell("float", "2.603", "2.60亿元"), "2.603亿元"),
    "a number shown scaled": (ods_cell("float", "26000", "2.6"), "26000 显示为 2.6"),
    "a code": (ods_cell("float", "12", "0012"), "0012"),
    "money": (ods_cell("currency", "1234.5", "￥1,234.50"), "1234.5"),
    "a percentage": (ods_cell("percentage", "0.285", "28.5%"), "28.5%"),
    "a percentage, shown rounded": (ods_cell("percentage", "0.28461", "28%"), "28.461%"),
    "a percentage that nobody shows": (ods_cell("percentage", "0.07"), "7%"),
    "a day": (ods_cell("date", "2015-03-05", "15/3/5"), "2015-03-05"),
    "a moment": (ods_cell("date", "2015-03-05T08:00:00", "3月5日"), "2015-03-05 08:00:00"),
    "a time of day": (ods_cell("time", "PT08H30M00S", "08:30"), "08:30:00"),
    "a duration": (ods_cell("time", "PT25H30M00S", "25:30"), "25:30:00"),
    "yes": (ods_cell("boolean", "true", "TRUE"), "是"),
    "an error": (ods_cell("string", "", "#N/A"), "#N/A"),
}  # fmt: skip


@pytest.mark.parametrize("case", ODS_CELLS)
@pytest.mark.quick
def test_a_cell_of_an_opendocument_sheet_reads_as_it_shows(case):
    """A cell is read to its last digit, with the unit that it shows; a number that is shown scaled is told as such."""
    cell, text = ODS_CELLS[case]
    assert list(records_of(ods(f"<table:table-row>{cell}</table:table-row>")).values()) == [[text]]


def test_calamine_reads_the_same_values_of_an_opendocument_sheet():
    """Plain numbers, days and texts are those that another reader of the same file finds."""
    kinds = ("a number, shown rounded", "a day", "a text in two paragraphs", "a code")
    raw = ods(f"<table:table-row>{''.join(ODS_CELLS[kind][0] for kind in kinds)}</table:table-row>")
    [row] = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    number, day, text, code = row
    assert records_of(raw) == {1: [str(number), str(day), text, f"{code:04.0f}"]}


def test_repeated_hidden_and_merged_cells_of_an_opendocument_sheet():
    """Repeated rows and cells are as many, rows filtered away are told, merged amounts stand once."""
    one = ods_cell("float", "1", "1", 'table:number-columns-repeated="2"')
    hidden = f'<table:table-row table:number-rows-repeated="2" table:visibility="filter">{one}</table:table-row>'
    merged = ods_cell("float", "5", "5", 'table:number-rows-spanned="2"') + ods_cell(
        "string", "", "删", 'table:style-name="k"'
    )
    below = f"<table:covered-table-cell/>{ods_cell('string', '', '乙')}"
    empty = '<table:table-row table:number-rows-repeated="9"><table:table-cell/></table:table-row>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = (
        f"{columns}{hidden}{empty}<table:table-row>{merged}</table:table-row><table:table-row>{below}</table:table-row>"
    )
    book, remarks = Workbook(ods(rows)), list[Remark]()
    found = {record.line: record.cells for record in book.records("甲", remarks)}
    assert found == {1: ["1", "1"], 2: ["1", "1"], 12: ["5", "删"], 13: ["", "乙"]}
    assert [told.reason for told in remarks] == ["merged_numbers"]
    assert [(told.reason, told.blanks["lines"]) for told in book.row_remarks("甲")] == [
        ("hidden_rows", "1, 2"),
        ("struck_rows", "12"),
    ]
    assert book.hidden_columns("甲") == [1]


def test_what_cannot_be_read_of_opendocument_is_told():
    """A formula without a result, a password and a text document are refused in sentences of their own."""
    with pytest.raises(errors.UncomputedFormulas, match="A1"):
        records_of(ods('<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'))
    with pytest.raises(errors.LockedWorkbook):
        Workbook(ods("", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}))
    with pytest.raises(errors.NotAWorkbook, match="no spreadsheet"):
        Workbook(ods("").replace(ODS_TYPE.encode(), b"application/vnd.oasis.opendocument.text-and-more"))
    million = f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("float", "1", "1")}</table:table-row>'
    with pytest.raises(errors.SparseSheet):
        records_of(ods(million * 2))


def test_an_opendocument_sheet_loads_as_the_workbook_would(store):
    """A ledger in .ods goes in like one in .xlsx, and the report names its kind."""
    cells = [[ods_cell("string", "", text.replace("&", "&amp;")) for text in HEADINGS]]
    cells.append([ods_cell("string", "", "V-9"), ods_cell("string", "", "甲村"), ods_cell("float", "26003", "26,003")])
    rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    report = check_content(store, "village", ods(rows), "村社.ods")
    assert (report.errors, report.encoding, report.counts.inserted) == ([], "ods", 1)
