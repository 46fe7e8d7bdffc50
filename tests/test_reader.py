"""Bytes in, lines of cells out: encodings, delimiters, line numbers, and files that cannot be read."""

import codecs
from collections.abc import Iterator

import pytest

from data import errors, schema
from data.datasets import DATASETS
from data.ingest import door, reader
from data.ingest.door import Options, Report, Who
from data.store import Store, open_store

VILLAGE = "村社编码,村社名称,类别\nV-1,胡家村,行政村\n"
RARE = VILLAGE.replace("胡家村", "𠮷家村")
WHO = Who("测试员")


def load(store: Store, content: bytes, dataset: str = "village", name: str = "村社.csv", **options: object) -> Report:
    """Load bytes as one file of a ledger."""
    return door.load(store, DATASETS[dataset], reader.upload(name, content), WHO, Options(**options))


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table there is."""
    with store.read() as con:
        return {t: sorted(con.execute(f'FROM "{t}"').fetchall(), key=repr) for t in schema.tables(con)}


def names(store: Store) -> list[str]:
    with store.read() as con:
        return [name for (name,) in con.execute("SELECT name FROM village ORDER BY village_id").fetchall()]


@pytest.fixture(scope="module")
def one_village() -> Iterator[Store]:
    """A database of the village V-1, for tests that leave it at that."""
    with open_store(":memory:") as opened:
        load(opened, VILLAGE.encode())
        yield opened


@pytest.mark.parametrize(
    ("written", "raw", "encoding"),
    [
        ("胡家村", VILLAGE.encode("utf-8"), "UTF-8"),
        ("胡家村", VILLAGE.encode("utf-8-sig"), "UTF-8 BOM"),
        ("胡家村", VILLAGE.encode("gbk"), "GB18030"),
        ("𠮷家村", RARE.encode("gb18030"), "GB18030"),
        ("𠮷家村", RARE.encode("utf-8"), "UTF-8"),
        ("𠮷家村", codecs.BOM_UTF16_LE + RARE.encode("utf-16-le"), "UTF-16"),
        ("𠮷家村", codecs.BOM_UTF16_BE + RARE.encode("utf-16-be"), "UTF-16"),
        ("Hujia", VILLAGE.replace("胡家村", "Hujia").encode("gb18030"), "GB18030"),
    ],
)
def test_an_encoding_is_recognised_and_its_characters_kept(one_village, written, raw, encoding):
    """A file in any encoding that Chinese offices write is read without being told which, rare characters included."""
    report = load(one_village, raw)
    assert report.as_json()["encoding"] == encoding
    assert names(one_village) == [written]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_by_its_zero_bytes(one_village, encoding):
    """UTF-16 without a byte order mark is read where the many zero bytes of digits and codes show which half is low."""
    raw = "village_id,name,kind\nV-1,Hujia,Village\n".encode(encoding)
    assert load(one_village, raw).as_json()["encoding"] == encoding.upper().replace("UTF-16-", "UTF-16 ")
    assert names(one_village) == ["Hujia"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_the_delimiter_is_the_one_that_shows_known_headings(one_village, delimiter):
    """A table delimited by comma, tab, semicolon, bar or the Chinese comma is split without being told which."""
    name = f"第{ord(delimiter)}号村"
    load(one_village, f"村社编码,村社名称\nV-1,{name}\n".replace(",", delimiter).encode())
    assert names(one_village) == [name]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do(store, ending):
    """Lines may end as on Unix, Windows or an old Mac."""
    content = "村社编码,村社名称\nV-1,胡家村\nV-2,灵山村\n".replace("\n", ending)
    assert load(store, content.encode()).rows == 2
    assert names(store) == ["胡家村", "灵山村"]


def test_a_quoted_cell_may_hold_commas_quotes_and_line_breaks(one_village):
    """A quoted cell keeps its commas, its doubled quotes and its line breaks."""
    load(one_village, '村社编码,村社名称\nV-1,"胡家,""新""\n村"\n'.encode())
    assert names(one_village) == ['胡家,"新"\n村']


def test_errors_name_the_line_of_the_file_after_a_quoted_line_break(one_village):
    """A line break inside a cell counts, so the line of an error is the one that an editor shows."""
    report = load(one_village, '村社编码,村社名称,人口\nV-1,"胡家\n村",1\nV-2,灵山村,很多\n'.encode())
    assert [(e.line, e.value) for e in report.errors] == [(4, "很多")]


def test_blank_lines_count_as_lines_but_not_as_rows(one_village):
    """Blank lines, before the header or between rows, are passed over, and later lines keep their numbers."""
    report = load(one_village, "\n村社编码,村社名称,人口\n\nV-1,胡家村,1\n , ,\nV-2,灵山村,很多\n\n".encode())
    assert report.rows == 2
    assert [(e.line, e.value) for e in report.errors] == [(6, "很多")]


def test_empty_cells_beyond_the_header_are_dropped(store):
    """The trailing commas that Excel leaves behind, in the header or in rows, do no harm."""
    assert load(store, "村社编码,村社名称,,\nV-1,胡家村,,\nV-2,灵山村,,,,\n".encode()).counts.inserted == 2


def test_blanks_around_a_cell_are_not_part_of_it(one_village):
    """Spaces, tabs and full-width spaces around a cell are taken off."""
    load(one_village, "村社编码,村社名称\n V-1\t,　胡家村　\n".encode())
    assert names(one_village) == ["胡家村"]


BAD_INPUT = {
    "an empty file": (b"", errors.EmptyFile),
    "blanks only": (b" \r\n\t\r\n", errors.EmptyFile),
    "a mark and nothing else": (codecs.BOM_UTF8, errors.EmptyFile),
    "a file of another ledger": ("河道编码,河道名称,河道等级\nR-1,一号河,村级\n".encode(), errors.WrongLedger),
    "no header": ("V-1,胡家村\nV-2,灵山村\n".encode(), errors.WrongLedger),
    "a JPEG renamed .csv": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00", errors.NotText),
    "a PNG renamed .csv": (b"\x89PNG\r\n\x1a\n\x00\x00", errors.NotText),
    "a workbook renamed .csv": (b"PK\x03\x04\x14\x00\x06\x00", errors.NotText),
    "a header without rows": ("村社编码,村社名称\n".encode(), errors.NoRows),
    "a column too few": ("村社编码,村社名称\nV-1,胡家村\nV-2\n".encode(), errors.RaggedRows),
    "a column too many": ("村社编码,村社名称\nV-1,胡家村,第三格\n".encode(), errors.RaggedRows),
    "a line of 1,000 columns": (("村社编码,村社名称\nV-1," + "x," * 1000 + "\n").encode(), errors.RaggedRows),
    "NUL bytes": ("村社编码,村社名称\nV-1,胡家\x00村\n".encode(), errors.NotText),
    "an unclosed quote": ('村社编码,村社名称\nV-1,"胡家村\nV-2,灵山村\n'.encode(), errors.UnclosedQuote),
    "text after a closing quote": ('村社编码,村社名称\nV-1,"胡家"村\n'.encode(), errors.UnclosedQuote),
    "an unknown encoding": (VILLAGE.encode("gbk") + b"V-2,\xff\xff\n", errors.UnknownEncoding),
    "half a UTF-16 character": (codecs.BOM_UTF16_LE + VILLAGE.encode("utf-16-le")[:-1], errors.UnknownEncoding),
    "a column twice": ("村社编码,村社名称,村名\nV-1,胡家村,灵山村\n".encode(), errors.RepeatedColumn),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_told_in_a_sentence_and_changes_nothing(one_village, case):
    """A file that cannot be a ledger raises the error named for it; the database and the staging stay as they were."""
    raw, error = BAD_INPUT[case]
    before = everything(one_village)
    with pytest.raises(error):
        load(one_village, raw, partial=True, register=True)
    assert everything(one_village) == before
    assert list(one_village.staging.iterdir()) == []


def test_a_good_file_leaves_nothing_in_the_staging_folder(store):
    """The staged copy of a file is gone once the file is in."""
    load(store, VILLAGE.encode())
    assert list(store.staging.iterdir()) == []


def test_a_file_of_another_ledger_is_told_which_ledger_it_looks_like(one_village):
    """The sentence about a wrong ledger names the missing columns and the ledger that the file resembles."""
    with pytest.raises(errors.WrongLedger) as told:
        load(one_village, "工程,节点日期,累计计划量\nW-1,2014-01-31,10\n".encode())
    assert "村社编码、村社名称" in told.value.text.zh
    assert told.value.text.en.endswith("It looks more like “Plan of works”.")


def test_ragged_rows_are_told_with_their_lines(one_village):
    """The sentence about rows of another width counts them and names their lines and the width of the header."""
    with pytest.raises(errors.RaggedRows) as told:
        load(one_village, "村社编码,村社名称\nV-1,胡家村\nV-2\nV-3,一,二,三\n".encode())
    assert told.value.text.en == "2 rows of “村社.csv” do not have the 2 columns of the header: lines 3, 4."


def test_an_unclosed_quote_is_told_with_its_line(one_village):
    """The sentence about an unclosed quote names the line on which the broken row starts."""
    with pytest.raises(errors.UnclosedQuote) as told:
        load(one_village, '村社编码,村社名称\nV-1,胡家村\nV-2,"灵山村\nV-3,示例村\n'.encode())
    assert "第 3 行" in told.value.text.zh


def test_a_file_that_is_not_there_is_told(tmp_path):
    """A path that cannot be read, or is a folder, raises NoSuchFile."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(errors.NoSuchFile):
            reader.upload_from(path)


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
    ],
)
def test_the_year_is_read_from_the_file_name(name, year):
    """A year of four digits in the file name is found, alone or before a month and a day; longer numbers are not it."""
    assert reader.upload(name, b"").year == year


@pytest.mark.real
def test_real_files_in_other_encodings_say_the_same(store, real_data):
    """The 清林渡 file in four encodings loads once; its other three copies change nothing."""
    files = sorted((real_data / "csv" / "derived_from_real").glob("清林渡_*.csv"))
    assert len(files) == 4
    counts = [load(store, f.read_bytes(), "reading", f.name, year=2021, register=True).counts for f in files]
    assert counts[0].inserted > 0
    assert [(c.inserted, c.updated, c.unchanged) for c in counts[1:]] == [(0, 0, counts[0].inserted)] * 3


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("村社编码,村社名称\nV8,甲村\nV9,乙村村".encode()[:-1], errors.DamagedText),
        (b",,,\n,,,\n", errors.EmptyFile),
        ("\u3000\n\u00a0\n".encode(), errors.EmptyFile),
        (("[" + '{"a":1},' * 30_000 + "]").encode(), errors.DashboardError),
    ],
    ids=["damaged UTF-8", "delimiters only", "blanks only", "one long line"],
)
def test_odd_files_get_a_sentence(store, content, error):
    """Files that are no tables at all are refused by name, not by a traceback."""
    with pytest.raises(error):
        load(store, content)


def test_a_carriage_return_inside_a_quoted_cell_is_kept(store):
    """A lone CR within quotes belongs to its cell."""
    assert load(store, '村社编码,村社名称\nV1,"十\r二村"\n'.encode()).errors == []
    with store.read() as con:
        assert con.execute("SELECT name FROM village").fetchall() == [("十\r二村",)]
