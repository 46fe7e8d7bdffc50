"""Bytes in, records out: encodings, delimiters, line ends, quotes, line numbers, and files that cannot be read."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Literal

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data import errors
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.checking.error_reasons import NOTES
from data.ingest.loader import Options, Report, Who
from data.ingest.reading import reader
from data.ingest.reading.reader import ReadOptions, Source
from data.ingest.table import headers
from data.store import Store, open_store

VILLAGE = "村社编码,村社名称,类别\nV-1,胡家村,行政村\n"
RARE = VILLAGE.replace("胡家村", "𠮷家村")
WHO = Who("测试员")


def known_headings(cells: list[str]) -> int:
    return headers.known_heading_count(DATASETS["village"], cells)


def open_bytes(raw: bytes | str, name: str = "村社.csv", **reading: Any) -> Source:
    """Open bytes, or a text in UTF-8, as a file of villages."""
    content = raw.encode() if isinstance(raw, str) else raw
    return reader.open_file(reader.make_upload(name, content), ReadOptions(**reading), known_headings)


def record_cells(source: Source) -> list[list[str]]:
    return [record.cells for record in source.records()]


def record_lines(source: Source) -> list[int]:
    return [record.line for record in source.records()]


def read_remarks(source: Source) -> list[tuple[int, str]]:
    """Read a file to its end and return what was remarked."""
    list(source.records())
    return [(remark.line, remark.reason) for remark in source.remarks]


def load_bytes(
    store: Store, content: bytes, dataset: str = "village", name: str = "村社.csv", **options: Any
) -> Report:
    """Load bytes as one file of a ledger."""
    return loader.load_file(store, DATASETS[dataset], reader.make_upload(name, content), WHO, Options(**options))


def all_table_rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table there is."""
    with store.read() as con:
        filled = con.execute("SELECT table_name FROM duckdb_tables() WHERE estimated_size > 0").fetchall()
        return {t: sorted(con.execute(f'FROM "{t}"').fetchall(), key=repr) for (t,) in filled}


@pytest.fixture(scope="module")
def one_village() -> Iterator[Store]:
    """A database of the village V-1, for tests that leave it at that."""
    with open_store(":memory:") as store:
        load_bytes(store, VILLAGE.encode())
        yield store


@pytest.mark.parametrize(
    ("content", "raw", "encoding"),
    [
        (VILLAGE, VILLAGE.encode("utf-8"), "utf-8"),
        (VILLAGE, VILLAGE.encode("utf-8-sig"), "utf-8-sig"),
        (VILLAGE, VILLAGE.encode("gbk"), "gb18030"),
        (RARE, RARE.encode("gb18030"), "gb18030"),
        (RARE, RARE.encode("utf-8"), "utf-8"),
        (RARE, codecs.BOM_UTF16_LE + RARE.encode("utf-16-le"), "utf-16"),
        (RARE, codecs.BOM_UTF16_BE + RARE.encode("utf-16-be"), "utf-16"),
        (RARE, RARE.encode("utf-16-le"), "utf-16-le"),
        (RARE, RARE.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_an_encoding_is_recognised_and_its_characters_kept(content, raw, encoding):
    """A file in any encoding that Chinese offices write is read without being told which, rare characters included."""
    source = open_bytes(raw)
    assert source.encoding == encoding
    assert source.plain == content
    assert record_cells(source) == [line.split(",") for line in content.splitlines()]


@pytest.mark.parametrize("encoding", reader.ENCODING_NAMES)
def test_a_declared_encoding_is_used(encoding):
    """A file is read in the encoding that the clerk declares, with a byte order mark or without."""
    content = "name,population\nÉlan,1\n" if encoding == "cp1252" else "村社,人口\n甲,1\n"
    written = encoding.replace("big5", "cp950")
    source = open_bytes(content.encode(written), encoding=encoding)
    assert (source.encoding, source.plain) == (encoding, content)


def test_big_5_is_read_when_declared():
    """A Big5 file is read when it is declared; undeclared it is refused, with the advice to choose its encoding."""
    raw = "村社,人口,戶數\n龍山,12,3\n".encode("big5")
    with pytest.raises(errors.UnknownEncoding, match="such as Big5"):
        open_bytes(raw)
    assert record_cells(open_bytes(raw, encoding="big5"))[1] == ["龍山", "12", "3"]


def test_a_declared_encoding_that_does_not_fit_is_told():
    """Bytes that the declared encoding does not have are refused in one sentence that names it."""
    with pytest.raises(errors.UndecodableText, match="UTF-8"):
        open_bytes(VILLAGE.encode("gbk"), encoding="utf-8")
    with pytest.raises(errors.UndecodableText, match="latin-9"):
        open_bytes(VILLAGE.encode("gbk"), encoding="latin-9")
    for utf_16 in ("utf-16", "utf-16-le", "utf-16-be"):
        with pytest.raises(errors.UndecodableText, match="UTF-16"):
            open_bytes((VILLAGE + "1").encode(), encoding=utf_16)
        with pytest.raises(errors.UndecodableText, match="UTF-16"):
            open_bytes(VILLAGE.encode(), encoding=utf_16)


def test_a_text_has_no_sheet_to_choose():
    """Who asks for a sheet of a text is told, for the file may be the wrong one."""
    with pytest.raises(errors.SheetOfText, match="has no sheet “一月”"):
        open_bytes(VILLAGE.encode(), sheet="一月")


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (VILLAGE.encode().decode("gb18030", "replace").encode(), "export it again"),
        (VILLAGE.encode("gbk").decode("latin-1").encode(), "export it again"),
        (VILLAGE.encode().decode("latin-1").encode("utf-8"), "export it again"),
    ],
    ids=["UTF-8 saved as GBK", "GBK saved as Latin-1", "UTF-8 saved as Latin-1"],
)
def test_a_garbled_header_is_refused_with_what_it_meant(raw, hint):
    """A header that was saved under a wrong encoding is refused, with the headings that it meant."""
    with pytest.raises(errors.GarbledText, match=hint) as told:
        open_bytes(raw)
    assert "村社名称" in told.value.text.zh


def test_a_header_is_not_garbled_for_a_comma_inside_a_heading():
    """Words that become known headings once a quoted heading is cut at its comma are no sign of a wrong encoding."""
    assert open_bytes(b'"Assistance, Loss",Total cases\n1,2\n').head[0].cells == ["Assistance, Loss", "Total cases"]
    assert open_bytes('"类别、日期；备注",数\n1,2\n'.encode("gbk")).head[0].cells == ["类别、日期；备注", "数"]


def test_the_wrong_utf_16_is_told_with_the_right_one():
    """A file declared as the other kind of UTF-16 is refused with the advice to choose the right one."""
    with pytest.raises(errors.GarbledText, match="Choose UTF-16 BE"):
        open_bytes(VILLAGE.encode("utf-16-be"), encoding="utf-16-le")


def test_a_western_file_is_not_read_as_chinese():
    """Accented letters in Latin-1 are no Chinese characters: the file is refused, not read as rare ones."""
    with pytest.raises(errors.UnknownEncoding):
        open_bytes("id,name\n1,Crème brûlée\n2,Éléonore\n".encode("latin-1"))


def test_characters_that_were_lost_before_are_told():
    """A file with replacement characters is read, and the remark counts them and names the first line."""
    source = open_bytes(VILLAGE + "V-2,灵\ufffd村,\ufffd\n")
    assert read_remarks(source) == [(3, "lost_characters")]
    assert source.remarks[0].blanks == {"count": 2}


def test_an_end_of_file_mark_of_old_programs_is_taken_off():
    """The byte 1A that DOS programs put at the end of a file is not part of it."""
    assert open_bytes(VILLAGE.encode() + b"\x1a").plain == VILLAGE


@pytest.mark.parametrize("delimiter", reader.DELIMITERS)
def test_the_delimiter_is_the_one_that_shows_known_headings(delimiter):
    """A table with any of the delimiters is split without being told which, though its cells hold the others."""
    others = "".join(d for d in reader.DELIMITERS if d != delimiter)
    source = open_bytes(delimiter.join(("村社编码", "村社名称")) + "\n" + delimiter.join(("V-1", others)) + "\n")
    assert source.delimiter == delimiter
    assert record_cells(source)[1] == ["V-1", others]


@pytest.mark.parametrize(
    "words", ["\t村\t村,\t村\t村", "x\t村社编码\t村社名称\t类别"], ids=["one word", "as many words"]
)
def test_known_words_below_a_header_do_not_decide_its_delimiter(words):
    """A header cut by commas stays one, though a row below it shows as many known words between its tabs."""
    assert open_bytes(f"村社编码,村社名称,类别\n,{words}\n").delimiter == ","


def test_a_fuller_header_below_a_title_decides_the_delimiter():
    """A title with one known word between its commas is no header: the row of three between tabs is."""
    assert open_bytes("村社,台账,2014\n村社编码\t村社名称\t类别\nV-1\t胡家村\t行政村\n").delimiter == "\t"


def test_without_known_headings_the_delimiter_that_most_rows_agree_on_is_taken():
    """Where no heading is known, rows of one width decide, not the number of delimiters."""
    source = open_bytes("x;y;z\n1,5;2,5;3\n1,5;2;3\n")
    assert source.delimiter == ";"


def test_a_declared_delimiter_is_used():
    """The clerk's delimiter goes before the one that fits better; anything but a delimiter is refused."""
    assert record_cells(open_bytes("村社编码,村社名称\n1;2\n", delimiter=";")) == [["村社编码,村社名称"], ["1", "2"]]
    with pytest.raises(errors.UnknownDelimiter):
        open_bytes(VILLAGE, delimiter="::")


@pytest.mark.parametrize("first", ["sep=;\n", "sep=;\r\n", '"sep=;"\n', "SEP=;\r"])
def test_a_line_that_declares_the_delimiter_is_no_row(first):
    """The line sep=; of Excel sets the delimiter and is not part of the table."""
    source = open_bytes(first + "村社编码;村社名称\nV-1;甲,乙\n")
    assert [(r.line, r.cells) for r in source.records()] == [(2, ["村社编码", "村社名称"]), (3, ["V-1", "甲,乙"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do(ending):
    """Lines may end as on Unix, Windows or an old Mac; the text for the database ends them all alike."""
    source = open_bytes(VILLAGE.replace("\n", ending))
    assert record_lines(source) == [1, 2]
    assert source.plain == VILLAGE


def test_mixed_line_endings_count_one_line_each():
    """CRLF, LF and CR may be mixed; each ends one line."""
    source = open_bytes("村社编码,村社名称\r\nV-1,甲\nV-2,乙\r\rV-3,丙\r\n")
    assert record_lines(source) == [1, 2, 3, 5]
    assert source.plain == "村社编码,村社名称\nV-1,甲\nV-2,乙\n\nV-3,丙\n"


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_other_separators_of_unicode_do_not_end_a_line(char):
    """Characters that Unicode, but no spreadsheet, takes for an end of line stay in their cell."""
    source = open_bytes(f'村社编码,村社名称\nV-1,胡{char}家\nV-2,"胡{char}家"\n')
    assert [(r.line, r.cells[1]) for r in source.records()][1:] == [(2, f"胡{char}家"), (3, f"胡{char}家")]


def test_a_quoted_cell_may_hold_commas_quotes_and_line_breaks():
    """A quoted cell keeps its commas, its doubled quotes and its line breaks; later lines keep their numbers."""
    source = open_bytes('村社编码,村社名称\r\nV-1,"胡家,""新""\n村\r二\r\n三"\r\nV-2,x\r\n')
    assert [(r.line, r.cells) for r in source.records()][1:] == [
        (2, ["V-1", '胡家,"新"\n村\r二\r\n三']),
        (6, ["V-2", "x"]),
    ]
    assert read_remarks(source) == []


MENDED = {
    "text behind a closing quote": ('1,"x"y,z', ["1", '"x"y', "z"]),
    "quotes that are not doubled": ('1,"说"好"了",z', ["1", '说"好"了', "z"]),
    "a quote that is never closed": ('1,"x,z', ["1", '"x', "z"]),
    "blanks around the quotes": ('1, "x, y" ,z', ["1", "x, y", "z"]),
    "a quoted word at the end of a quoted cell": ('1,"说"好"",z', ["1", '说"好"', "z"]),
    "backslashes before quotes": (r'1,"a \"b\", c",z', ["1", 'a "b", c', "z"]),
    "backslashes before backslashes too": (r'1,"a \"b\" \\ c",z', ["1", r'a "b" \ c', "z"]),
    "backslashes with no quote behind any": (r'1,"a \\ c",z"x"y', ["1", r"a \\ c", 'z"x"y']),
    "a backslash at the end of a cell": (r'1,"C:\dir\",z"x"y', ["1", "C:\\dir\\", 'z"x"y']),
    "inches": ('1,"5" pipe",z', ["1", '5" pipe', "z"]),
    "an unclosed quote in the last cell": ('1,2,"z', ["1", "2", '"z']),
    "doubled quotes beside a stray one": ('"a""b"",c",1,x"y"', ['a"b",c', "1", 'x"y"']),
}


@pytest.mark.parametrize("case", MENDED)
def test_a_line_with_broken_quotes_is_read_by_itself(case):
    """Quotes that are broken in one of the usual ways cost nothing but a remark, and only on their own line."""
    line, expected = MENDED[case]
    source = open_bytes(f"村社编码,村社名称,类别\n{line}\n2,y,z\n3,y,z\n")
    assert record_cells(source)[1:] == [expected, ["2", "y", "z"], ["3", "y", "z"]]
    assert read_remarks(source) in ([(2, "mended_quotes")], [])
    assert record_lines(source) == [1, 2, 3, 4]


def test_a_mended_line_is_told_as_it_was_read():
    """The remark about broken quotes names the line and shows the cells that were made of it."""
    source = open_bytes('村社编码,村社名称,类别\n1,"x,z\n')
    list(source.records())
    [remark] = source.remarks
    assert NOTES[remark.reason].fill(**remark.blanks).zh == '双引号不成对或位置不对，这一行已按“1 | "x | z”读取'


def test_reading_a_file_twice_tells_its_remarks_once():
    """A file may be read again, and is remarked on as often as it is wrong."""
    source = open_bytes('村社编码,村社名称,类别\n1,"x,z\n')
    assert read_remarks(source) == read_remarks(source) == [(2, "mended_quotes")]


def test_a_cell_that_holds_what_looks_like_rows_is_told():
    """A regular cell of several lines, each like a row of its own, may come of two lost quotes: it is read and told."""
    source = open_bytes('村社编码,村社名称,类别\n1,"a,2\n3,b",4\n5,6,7\n')
    assert record_cells(source)[1] == ["1", "a,2\n3,b", "4"]
    assert read_remarks(source) == [(2, "spans_lines")]
    assert source.remarks[0].blanks == {"last": 3}


def test_a_cell_ends_within_a_hundred_lines():
    """A quote that is closed further down than any cell goes does not swallow the rows in between."""
    rows = [f"{i},甲,乙" for i in range(300)]
    rows[50], rows[250] = '50,"甲,乙', '250,甲",乙'
    source = open_bytes("村社编码,村社名称,类别\n" + "\n".join(rows))
    assert record_lines(source) == list(range(1, 302))
    assert read_remarks(source) == [(52, "mended_quotes")]


@pytest.mark.parametrize(
    "line", ['V,"胡家村,x', 'a",b,"c', '"a"",b""c,d', '"""a,b,c', 'x,"y",z,"w', '"a\\",b'], ids=lambda line: line
)
def test_a_file_of_broken_lines_only_is_read_line_by_line(line):
    """However many lines are broken, and whichever way, each is read by itself; the remarks do not grow with them."""
    source = open_bytes("村社编码,村社名称,类别\n" + f"{line}\n" * 3_000)
    assert len(record_cells(source)) == 3_001
    assert len(source.remarks) <= 1_001


def test_after_a_thousand_remarks_the_rest_is_counted():
    """The remarks about broken quotes end with how many more there are."""
    source = open_bytes("村社编码,村社名称,类别\n" + '1,"x,z\n' * 1_500)
    assert read_remarks(source)[-1] == (0, "more_quotes")
    assert source.remarks[-1].blanks == {"count": 500}


def test_lines_that_are_quoted_as_a_whole_are_unwrapped():
    """A file that was opened undivided and saved again has each line in quotes; it is read and told."""
    source = open_bytes('"村社编码,村社名称"\n"V-1,""胡家,新"""\n')
    assert record_cells(source) == [["村社编码", "村社名称"], ["V-1", "胡家,新"]]
    assert read_remarks(source) == [(0, "wrapped_lines")]
    assert source.plain is None


def test_single_quotes_that_enclose_cells_are_quotes():
    """Where cells stand in single quotes and nothing in double ones, single quotes are taken off."""
    source = open_bytes("'村社编码','村社名称'\n'V-1','胡家, ''新'''\n")
    assert record_cells(source) == [["村社编码", "村社名称"], ["V-1", "胡家, '新'"]]
    assert source.plain is None


def test_a_quote_behind_two_blanks_keeps_duckdb_away():
    """DuckDB takes such a quote for a character, so the text is cut here."""
    source = open_bytes('村社编码,村社名称\nV-1,  "甲,乙"\n')
    assert source.plain is None
    assert record_cells(source)[1] == ["V-1", "甲,乙"]


def test_ragged_rows_are_yielded_as_they_are():
    """Rows of another width than the header are read; it is for the check to refuse them."""
    source = open_bytes("村社编码,村社名称\nV-1\nV-2,a,b,,\n")
    assert record_cells(source)[1:] == [["V-1"], ["V-2", "a", "b", "", ""]]


def test_blank_lines_count_as_lines_but_not_as_rows():
    """Blank lines, before the header or between rows, are passed over, and later lines keep their numbers."""
    assert record_lines(open_bytes('\n \n村社编码,村社名称,人口\n\nV-1,胡家村,1\n , ,\n"",,\nV-2,灵山村,2\n\n')) == [
        3,
        5,
        8,
    ]


def test_the_head_has_the_first_rows_that_hold_anything():
    """The head has sixty rows, wherever in the file the table begins."""
    source = open_bytes("\n" * 100_000 + "村社编码,村社名称\n" + "V,甲\n" * 100)
    assert len(source.head) == 60
    assert source.head[0] == (100_001, ["村社编码", "村社名称"])


SHEETS = {
    "a JSON list of records": (
        '[{"村社编码": "V-1", "村社名称": "胡家村"}]',
        [["村社编码", "村社名称"], ["V-1", "胡家村"]],
    ),
    "a heading in brackets": ("[村社编码],村社名称\nV-1,甲\n", [["[村社编码]", "村社名称"], ["V-1", "甲"]]),
}


@pytest.mark.parametrize("case", SHEETS)
def test_json_is_known_by_its_beginning(case):
    """A text that begins like JSON is read as JSON; a bracket alone makes none."""
    content, expected = SHEETS[case]
    source = open_bytes(content)
    assert record_cells(source) == expected
    assert (source.encoding == "json") == content.startswith("[{")


BAD_INPUT = {
    "an empty file": (b"", errors.EmptyFile),
    "blanks only": (b" \r\n\t\r\n", errors.EmptyFile),
    "wide blanks only": ("\u3000\n\u00a0\n\u200b".encode(), errors.EmptyFile),
    "delimiters only": (b",,,\n,,,\n", errors.EmptyFile),
    "a mark and nothing else": (codecs.BOM_UTF8, errors.EmptyFile),
    "a JPEG renamed .csv": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00", errors.PhotoOfAnotherLedger),
    "a web page without a table renamed .xls": (b"<html><form>login</form></html>", errors.NotAWorkbook),
    "a web page with headings only": ("<html><table><tr><td>村社编码<td>村社名称</table>".encode(), errors.NoRows),
    "an XML of another kind": (b'<?xml version="1.0"?><rows><row a="1"/></rows>', errors.NotText),
    "a PNG renamed .csv": (b"\x89PNG\r\n\x1a\n\x00\x00", errors.PhotoOfAnotherLedger),
    "a PDF renamed .csv": (b"%PDF-1.7\n", errors.NotText),
    "NUL bytes": ("村社编码,村社名称\nV-1,胡家\x00村\n".encode(), errors.NotText),
    "control characters": ("村社编码,村社名称\nV-1,\x01\n".encode("gbk"), errors.NotText),
    "an unknown encoding": (VILLAGE.encode("gbk") + b"V-2,\xff\xff\n", errors.UnknownEncoding),
    "half a UTF-16 character": (codecs.BOM_UTF16_LE + VILLAGE.encode("utf-16-le")[:-1], errors.UnknownEncoding),
    "damaged UTF-8": ("村社编码,村社名称\nV8,甲村\nV9,乙村村".encode()[:-1], errors.DamagedText),
    "three thousand columns": (b"a" + b",b" * 3_000, errors.TooManyColumns),
    "half a workbook": (b"PK\x03\x04\x14\x00\x06\x00", errors.UnreadableWorkbook),
    "half a JSON": (b'[{"a": 1}, {', errors.UnreadableJson),
    "a JSON of many tiny records": (b"[" + b'{"a":1},' * 4_100_000 + b'{"a":1}]', errors.HugeDocument),
    "a line of commas only behind the header": (VILLAGE.encode() + b"," * 33_000_000, errors.LongLine),
    "a line that tells no cells": (VILLAGE.encode() + b"V-9," + b"x" * 200_000, errors.LongCell),
    "a bomb of a document": (b"<html><table>" + b"<tr><td>1" * 3_700_000, errors.HugeDocument),
    "a page of tables without end": (b"<html>" + b"<table><tr><td>1" * 1_001, errors.UnreadableWorkbook),
    "a file of another ledger": ("河道编码,河道名称,河道等级\nR-1,一号河,村级\n".encode(), errors.WrongLedger),
    "no header": ("V-1,胡家村\nV-2,灵山村\n".encode(), errors.WrongLedger),
    "a header without rows": ("村社编码,村社名称\n".encode(), errors.NoRows),
    "a column twice": ("村社编码,村社名称,村名\nV-1,胡家村,灵山村\n".encode(), errors.RepeatedColumn),
    "one long line": (("[" + '{"a":1},' * 30_000 + "]").encode(), errors.DashboardError),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_told_in_a_sentence_and_changes_nothing(one_village, case):
    """A file that cannot be a ledger raises the error named for it; the database and the staging stay as they were."""
    raw, error = BAD_INPUT[case]
    before = all_table_rows(one_village)
    with pytest.raises(error):
        load_bytes(one_village, raw, partial=True, register=True)
    assert all_table_rows(one_village) == before
    assert list(one_village.staging.iterdir()) == []


def test_a_good_file_leaves_nothing_in_the_staging_folder(store):
    """The staged copy of a file is gone once the file is in."""
    load_bytes(store, VILLAGE.encode())
    assert list(store.staging.iterdir()) == []


def test_a_file_of_another_ledger_is_told_which_ledger_it_looks_like(one_village):
    """The sentence about a wrong ledger names the missing columns and the ledger that the file resembles."""
    with pytest.raises(errors.WrongLedger) as told:
        load_bytes(one_village, "工程,节点日期,累计计划量\nW-1,2014-01-31,10\n".encode())
    assert "村社编码、村社名称" in told.value.text.zh
    assert told.value.text.en.endswith("It looks more like “Plan of works”.")


def test_errors_name_the_line_of_the_file(one_village):
    """Blank lines and line breaks in cells count, so the line of an error is the one that an editor shows."""
    content = '\n村社编码,村社名称,人口\n\nV-1,"胡家\n村",1\n , ,\nV-2,灵山村,很多\n\n'
    report = load_bytes(one_village, content.encode())
    assert [(e.line, e.value) for e in report.errors] == [(7, "很多")]


def test_rows_of_another_width_are_errors_of_their_lines(one_village):
    """A row with cells too few or too many is refused by itself; as many empty ones as the header has do no harm."""
    content = "村社编码,村社名称,,\nV-1,胡家村,,\nV-2\nV-3,灵山村,,,,\nV-4,一,二,三,四\n"
    report = load_bytes(one_village, content.encode())
    assert {e.line for e in report.errors} == {3, 4, 5}


def test_blanks_around_a_cell_are_not_part_of_it(store):
    """Spaces, tabs and full-width spaces around a cell are taken off."""
    load_bytes(store, "村社编码,村社名称\n V-1\t,　胡家村　\n".encode())
    with store.read() as con:
        assert con.execute("SELECT village_id, name FROM village").fetchall() == [("V-1", "胡家村")]


def test_a_carriage_return_inside_a_quoted_cell_is_kept(store):
    """A lone CR within quotes belongs to its cell."""
    assert load_bytes(store, '村社编码,村社名称\nV1,"十\r二村"\n'.encode()).errors == []
    with store.read() as con:
        assert con.execute("SELECT name FROM village").fetchall() == [("十\r二村",)]


def test_a_file_that_is_not_there_is_told(tmp_path):
    """A path that cannot be read, or is a folder, raises NoSuchFile."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(errors.NoSuchFile):
            reader.upload_from_path(path)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("水质2021-04.csv", 2021),
        ("水质2021年4月.csv", 2021),
        ("202104_清林渡.csv", 2021),
        ("清林渡 20210401.csv", 2021),
        ("清林渡.csv", None),
        ("13912021455.csv", None),
        ("3021.csv", None),
        ("2021-2022.csv", None),
        ("20212022.csv", None),
        ("2021年12月至2022年1月.csv", None),
        ("2021-01至2021-03.csv", 2021),
    ],
)
def test_the_year_is_read_from_the_file_name(name, year):
    """A year of four digits is found, alone or before a month and a day; longer numbers and two years are not it."""
    assert reader.make_upload(name, b"").year == year


PRINTABLE = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), include_characters="\n\r\t")
TEXTS = st.text(PRINTABLE, max_size=12).map(lambda cell: cell.strip(reader.BLANKS + "\r\n\ufeff"))
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS).filter(any), min_size=1, max_size=8),
    delimiter=st.sampled_from(reader.DELIMITERS),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(ENCODINGS),
)
def test_what_was_written_as_csv_is_read(rows, delimiter, ending, encoding):
    """Whatever cells a table has, in any encoding, with any delimiter and line end: they are read as they were."""
    header = ("村社编码", "村社名称", "类别")
    out = io.StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL if ending == "\r\n" else csv.QUOTE_ALL
    csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows([header, *rows])
    source = open_bytes(out.getvalue().encode(encoding), encoding=encoding)
    assert [tuple(found) for found in record_cells(source)] == [header, *rows]
    assert all(reason in ("spans_lines", "lost_characters") for _, reason in read_remarks(source))


@given(st.binary(max_size=400) | st.text("\",\n\r;\t '\\村a1=", max_size=80).map(str.encode))
@example(b'"')
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0")
@example(b"{}")
@example(b"[[]]")
@example(b"sep=,")
def test_any_bytes_are_read_or_refused(raw):
    """Any bytes at all are a table, whose every record can be read, or a sentence; never another exception."""
    try:
        source = open_bytes(raw)
    except errors.DashboardError:
        return
    found = list(source.records())
    assert [record.line for record in found] == sorted({record.line for record in found})
    assert found[: len(source.head)] == source.head


@given(
    st.lists(st.text('ab"', max_size=4), min_size=3, max_size=30),
)
def test_no_row_is_swallowed_in_silence(written):
    """However quotes are strewn over a table, a row that does not come out as a record is told or is an error."""
    header = "村社编码,村社名称,类别"
    rows = [",".join(f"{i}{cell}" for i in "123") for cell in written]
    source = open_bytes("\n".join([header, *rows]))
    found = list(source.records())
    told = {line for line, _ in read_remarks(source)}
    ends = [record.line for record in found[1:]] + [len(rows) + 2]
    for record, end in zip(found, ends, strict=True):
        assert end == record.line + 1 or record.line in told or len(record.cells) != 3


@pytest.mark.slow
@given(
    rows=st.lists(st.lists(st.text('ab村 "\t', max_size=5), min_size=3, max_size=3), min_size=1, max_size=5),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(rows=[["", "\t村\t村", "\t村\t村"]], ending="\n")
@example(rows=[["", "", '"" ""']], ending="\n")
@example(rows=[["b", '" "', '" "a"" "']], ending="\n")
def test_duckdb_and_the_records_say_the_same(tmp_path_factory, rows, ending):
    """Where DuckDB reads the text with a row for each line, it reads the cells that the records have."""
    source = open_bytes(ending.join(["村社编码,村社名称,类别", *map(",".join, rows)]))
    path = tmp_path_factory.getbasetemp() / "plain.csv"
    path.write_text(source.plain or "", encoding="utf-8", newline="")
    columns = "{c0: 'VARCHAR', c1: 'VARCHAR', c2: 'VARCHAR'}"
    how = "header = false, auto_detect = false, quote = '\"', escape = '\"', new_line = '\\n'"
    with duckdb.connect() as con:
        try:
            found = con.execute(f"FROM read_csv('{path}', columns = {columns}, {how})").fetchall()
        except duckdb.Error:
            return
    if len(found) == len(rows) + 1:
        said = [[(cell or "").strip(reader.BLANKS) for cell in row] for row in found]
        assert [row for row in said if any(row)] == [
            [c.strip(reader.BLANKS) for c in row] for row in record_cells(source)
        ]


@pytest.mark.real
def test_every_table_of_csv_spectrum_is_read_right(real_data):
    """The twelve tables of csv-spectrum say what their expected values say."""
    folder = real_data / "csv" / "csv-spectrum"
    differing = []
    for path in sorted((folder / "csvs").glob("*.csv")):
        header, *rows = record_cells(open_bytes(path.read_bytes()))
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        expected = expected if isinstance(expected, list) else [expected]
        if [dict(zip(header, row, strict=True)) for row in rows] != expected:
            differing.append(path.stem)
    assert differing == ["location_coordinates"], "its expected values have another telephone number than its table"


@pytest.mark.real
def test_real_files_in_other_encodings_say_the_same(store, real_data):
    """The 清林渡 file in four encodings loads once; its other three copies change nothing."""
    files = sorted((real_data / "csv" / "derived_from_real").glob("清林渡_*.csv"))
    assert len(files) == 4
    counts = [load_bytes(store, f.read_bytes(), "reading", f.name, year=2021, register=True).counts for f in files]
    assert counts[0].inserted > 0
    assert [(c.inserted, c.updated, c.unchanged) for c in counts[1:]] == [(0, 0, counts[0].inserted)] * 3
