"""People protected at the door: a file that tells of persons is refused before anything is kept, and goes without."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import xlsxwriter
import zstandard
from openpyxl.comments import Comment

import cli
from data.datasets import DATASETS
from data.errors import DashboardError, NoSuchColumn, PersonalData
from data.ingest import loader, submissions, workbook_sheets
from data.ingest.folder import watch
from data.ingest.forms import template
from data.ingest.loader import Options, Upload, Who
from data.ingest.personal_data import only_columns, vetting
from data.ingest.reading import reader
from data.ingest.reading.reader import ReadOptions
from data.ingest.table import headers
from data.store import Store, open_store
from tests.household_register import (
    HEADER,
    KEPT,
    REGISTERS,
    card_number,
    identity_number,
    personal_texts,
    register_csv,
    register_rows,
    register_xlsx,
)
from tests.stores import fill_store
from tests.upload_helpers import WHO, check_content, make_test_upload, make_workbook

PHONE, PERSON, CARD = "13957412345", identity_number("33020519520307123"), card_number("622202390101234567")
ONLY = "户编号,项目,村,合法面积"
PARENTS = {
    "village": "村社编码,村社名称\nV-1,示例村",
    "demolition_project": "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\n"
    "D-1,示例,集体土地征收,99,2014-01-01,2014-06-30",
}
ROOT = Path(__file__).parent.parent
PERSONS_IN_READER_CORPUS = {"location_coordinates.csv", "bad_escape.csv"}  # a phone heading; “Surname, Firstname”


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database file with a village and a project, in a folder of its own."""
    path = tmp_path / "db" / "own.duckdb"
    path.parent.mkdir()
    with open_store(path) as store:
        fill_store(store, PARENTS)
    return path


def bytes_below(folder: Path) -> Iterator[bytes]:
    """Yield every file below a folder, unpacked if it is packed."""
    for path in (p for p in folder.rglob("*") if p.is_file()):
        raw = path.read_bytes()
        yield zstandard.decompress(raw) if path.suffix == ".zst" else raw


def texts_found(folder: Path, *said: str) -> set[str]:
    """Return which texts of the register stand in any file below a folder, or in what was said."""
    contents = [*bytes_below(folder), *(text.encode() for text in said)]
    encodings = ("utf-8", "gb18030", "utf-16-le")
    return {t for t in personal_texts() for raw in contents if any(t.encode(code) in raw for code in encodings)}


def run_cli(*words: str) -> int:
    return cli.main([*words])


def refusal(content: str | bytes, ledger: str = "household", name: str = "台账.csv", **reading: Any) -> str:
    """Return the sentence with which a file is refused; "" if it is taken through the door."""
    known = lambda row: headers.known_heading_count(DATASETS[ledger], row)  # noqa: E731
    try:
        vetting.open_file(make_test_upload(content, name), ReadOptions(**reading), known)
    except PersonalData as error:
        return error.text.zh
    return ""


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("ledger", ["household", "auto"])
@pytest.mark.parametrize("verb", ["check", "load"])
def test_a_register_of_99_households_is_refused_and_leaves_no_trace(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, ledger: str, verb: str
) -> None:
    """The sentence names columns and lines; no name, number or address is in it or in a file beside the database."""
    register = tmp_path / name
    register.write_bytes(REGISTERS[name]())
    assert run_cli(verb, ledger, str(register), "--db", str(database), "--json") == cli.UNUSABLE
    out, err = capsys.readouterr()
    assert out == ""
    for column in HEADER[4:8]:
        assert f"“{column}”列" in err
    assert "“身份证号”列：像身份证号的内容（第 3、4、5、6、7、8、9、10、11、12 行等 99 处）" in err
    assert "“联系电话”列：像手机号的内容（第 3、4、5、6、7、8、9、10、11、12 行等 99 处）" in err
    assert "只带这几列" in err
    assert texts_found(database.parent, out, err) == set()
    assert not list(database.parent.glob("*.originals/*登记册*"))


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_loads_with_only_these_columns(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """With the four columns chosen all 99 rows are loaded, and the original that is kept has nothing of a person."""
    register = tmp_path / name
    register.write_bytes(REGISTERS[name]())
    assert run_cli("load", "household", str(register), "--db", str(database), "--only", ONLY, "--json") == cli.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["inserted"], told["rejected"]) == (99, 99, 0)
    assert set(told["columns"]) == set(KEPT)
    assert told["header_line"] == 2
    assert texts_found(database.parent, json.dumps(told, ensure_ascii=False)) == set()
    with open_store(database) as store, store.read() as con:
        rows = con.execute("SELECT household_id, legal_area FROM household ORDER BY 1").fetchall()
    assert rows == [(row[1], float(row[8])) for row in register_rows()]
    kept = [raw.decode("utf-8-sig") for raw in bytes_below(Path(f"{database}.originals")) if b"H-001" in raw]
    assert [text.splitlines()[:3] for text in kept] == [
        ["", "户编号,项目,村,合法面积", f"H-001,D-1,V-1,{register_rows()[0][8]}"]
    ]


def test_the_english_sentence_is_english(tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in English is refused in English, with what to do."""
    file = tmp_path / "households.csv"
    file.write_text(f"household_id,project_id,Householder,Mobile phone\nH-1,D-1,Somebody,{PHONE}\n", encoding="utf-8")
    assert run_cli("load", "household", str(file), "--db", str(database), "--lang", "en") == cli.UNUSABLE
    said = capsys.readouterr().err
    assert "the column “Householder”: names of persons (Line 1)" in said
    assert "the column “Mobile phone”: what looks like a mobile phone number (Line 2)" in said
    assert "Only these columns" in said
    assert not re.search(r"[\u4e00-\u9fff]", said)
    assert PHONE not in said


@pytest.mark.parametrize("number", [PHONE, PERSON, CARD])
@pytest.mark.parametrize("ledger", sorted(DATASETS))
def test_a_number_of_a_person_is_refused_in_any_ledger(ledger: str, number: str) -> None:
    """In a column of the ledger and in one that it does not have, the line is named and the number is not."""
    first = DATASETS[ledger].columns[0].label.zh
    for content in (f"{first},备注二\nX-1,\nX-2,见{number}\n", f"{first},备注二\nX-1,\n{number},好\n"):
        said = refusal(content, ledger)
        assert "第 3 行" in said
        assert number not in said


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (f"登记册（经办 {PHONE}）,,\n户编号,项目,村\nH-1,D-1,V-1\n", "第 1 列：像手机号的内容（第 1 行）"),
        (f"户编号,项目,村\nH-1,D-1,V-1\n说明：有事请打 {PHONE},,\n", "“户编号”列：像手机号的内容（第 3 行）"),
        ("户主：某某,,\n户编号,项目,村\nH-1,D-1,V-1\n", "第 1 列：姓名（第 1 行）"),
        ("户编号,项目,户主,\n,,姓名,电话\nH-1,D-1,某某,见附件\n", "“户主”列：姓名（第 1、2 行）"),
        ("户编号,项目,户主/联系电话\nH-1,D-1,某某\n", "“户主/联系电话”列：电话（第 1 行）"),
        ('户编号,项目,"户主\n姓名"\nH-1,D-1,某某\n', "“户主 姓名”列：姓名（第 1 行）"),
        (f"H-1,D-1,某某,{PHONE}\nH-2,D-1,某某,\n", "第 4 列：像手机号的内容（第 1 行）"),
        (f'户编号,项目,备注\nH-1,D-1,"{PHONE[:3]}\n{PHONE[3:]}"\n', "像手机号的内容（第 2 行）"),
        (f"户编号;项目;备注\nH-1;D-1;{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}\n", "像手机号的内容（第 2 行）"),
        (f'[{{"户编号": "H-1", "项目": "D-1", "备注": "{PHONE}"}}]', "像手机号的内容"),
        ("户编号,项目,户主姓名\nH-1,D-1,某某\n".encode("utf-16"), "姓名（第 1 行）"),
        ("户编号,项目\nH-1,D-1\n,\n户主姓名,身份证号\n某某,不详\n", "“户编号”列：姓名（第 4 行）"),
    ],
)  # fmt: skip
def test_what_tells_of_persons_is_found_wherever_it_stands(content: str | bytes, named: str) -> None:
    """In titles, remarks, double headings, files without a header, quoted cells, JSON, UTF-16, a table below."""
    said = refusal(content)
    assert named in said
    assert "某某" not in said


def test_a_heading_that_the_ledger_declares_is_its_own() -> None:
    """The name of a firm or a project, the days of the last contact, the agent of an idle resource are taken."""
    for ledger, heading in (("enterprise", "企业名称"), ("merchant", "首次联系日期"), ("idle_resource", "招商经理人")):
        assert refusal(f"{DATASETS[ledger].columns[0].label.zh},{heading}\nX-1,示例\n", ledger) == ""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ledger", sorted(DATASETS))
def test_our_own_template_passes_the_door(ledger: str, language: Any) -> None:
    """Its sheets of notes and choices have words like 产权人 and 电话, which tell of nobody."""
    made = template.template_workbook(DATASETS[ledger], language)
    vetting.open_file(make_test_upload(made, "t.xlsx"), ReadOptions(), headers.best_known_heading_count)


def add_choices_sheet(cells: list[str], book: xlsxwriter.Workbook, _: object) -> None:
    book.add_worksheet("选项").write_row(0, 0, cells)


def test_a_register_on_a_sheet_named_as_in_a_template_is_refused() -> None:
    """Only the words of our choices pass there: no other heading, and no number."""
    for cells in (["户主姓名", "项目"], ["电话", PHONE]):
        raw = workbook_with(partial(add_choices_sheet, cells))
        with pytest.raises(PersonalData):
            vetting.open_file(make_test_upload(raw, "t.xlsx"), ReadOptions(), headers.best_known_heading_count)


@pytest.mark.parametrize(
    "heading", ["住户", "房东", "当事人", "委托代理人", "继承人", "被走访人", "法定代表人", "室号"]
)
def test_a_column_of_people_by_their_part_is_one_of_persons(heading: str) -> None:
    """Whoever is visited, acts for another, inherits or rents out is a person, whatever the column is called."""
    assert f"“{heading}”列" in refusal(f"户编号,项目,{heading}\nH-1,D-1,某某\n")
    assert refusal(f"户编号,项目,{heading}数\nH-1,D-1,2\n") == ""


def test_the_word_for_a_call_is_no_phone() -> None:
    """A visit by 电话, or the way in which a firm was asked, is a word among the data."""
    assert refusal("户编号,走访日期,走访方式\nH-1,2014-05-01,电话\nH-2,2014-05-02,上门\n", "visit") == ""
    assert refusal("走访方式,户编号\n电话,H-1\n上门,H-2\n", "visit") == ""


def workbook_with(fill: Callable[[xlsxwriter.Workbook, Any], None]) -> bytes:
    """Return a workbook of households to which something is added."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("户")
        for line, row in enumerate([["户编号", "项目", "备注"], ["H-1", "D-1", ""]]):
            sheet.write_row(line, 0, row)
        fill(book, sheet)
    return out.getvalue()


def _hidden_sheet(book: xlsxwriter.Workbook, _: Any) -> None:
    other = book.add_worksheet("旧表")
    other.write_row(4, 2, ["某某", PHONE])
    other.very_hidden()


def _hidden_column(_: xlsxwriter.Workbook, sheet: Any) -> None:
    sheet.write(1, 5, PERSON)
    sheet.set_column(5, 5, None, None, {"hidden": True})


def _rich_text(book: xlsxwriter.Workbook, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string(1, 2, "电", bold, PHONE[:4], PHONE[4:])


@pytest.mark.parametrize(
    ("fill", "named"),
    [
        (_hidden_sheet, "工作表“旧表”的第 2 列：像手机号的内容（第 5 行）"),
        (_hidden_column, "第 6 列：像身份证号的内容（第 2 行）"),
        (_rich_text, "像手机号的内容（第 2 行）"),
        (lambda _, sheet: sheet.write_number(1, 2, int(PHONE)), "像手机号的内容（第 2 行）"),
        (lambda _, sheet: sheet.write_number(1, 2, int(PERSON)), "像身份证号的内容（第 2 行）"),
        (lambda _, sheet: sheet.write_number(1, 2, int(CARD)), "像银行卡号的内容（第 2 行）"),
        (lambda _, sheet: sheet.write_comment(1, 2, f"打 {PHONE}"), "单元格以外"),
        (lambda _, sheet: sheet.set_footer(f"打 {PHONE}"), "单元格以外"),
        (lambda _, sheet: sheet.write_formula(1, 2, f'=T("{PERSON}")', None, "某"), "单元格以外"),
        (lambda _, sheet: sheet.data_validation(4, 4, 4, 4, {"validate": "list", "source": [PHONE]}), "单元格以外"),
        (lambda book, _: book.define_name("号", f'="{PHONE}"'), "单元格以外"),
        (lambda _, sheet: sheet.insert_textbox(3, 3, f"打 {PHONE}"), "单元格以外"),
        (lambda book, _: book.set_properties({"comments": f"打 {PHONE}"}), "单元格以外"),
        (lambda book, _: book.add_worksheet(f"联系{PHONE}"), "单元格以外"),
        (lambda book, _: book.add_worksheet("单").write_row(0, 0, ["户编号", "户主名"]), "表“单”的“户主名”列：姓名"),
    ],
)  # fmt: skip
def test_every_corner_of_a_workbook_is_looked_into(fill: Any, named: str) -> None:
    """Other and hidden sheets, hidden columns, numbers, formatted texts, comments, text boxes, names."""
    said = refusal(workbook_with(fill))
    assert named in said
    assert not {PHONE, PERSON, CARD} & set(re.findall(r"\d{11,}", said))


def test_other_sheets_are_looked_into_when_one_is_chosen(store: Store) -> None:
    """The sheet that is to be read is clean, the file would be kept whole: it is refused."""
    file = make_test_upload(workbook_with(_hidden_sheet), "户.xlsx")
    with pytest.raises(PersonalData):
        loader.check_file(store, DATASETS["household"], file, Options(reading=ReadOptions(sheet="户")))
    with pytest.raises(PersonalData):
        workbook_sheets.find_parts(store, file, Options(reading=ReadOptions(sheet="户")))


def test_a_comment_in_an_old_workbook_is_found() -> None:
    """What openpyxl writes as a comment is looked into like Excel's own."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["户编号", "项目"])
    book.active["A1"].comment = Comment(f"问 {PHONE}", "某")
    book.save(out)
    assert "单元格以外" in refusal(out.getvalue())


def test_the_name_of_the_file_is_not_repeated() -> None:
    """A file named after a phone is refused, and the sentence does not have its name."""
    said = refusal("户编号,项目\nH-1,D-1\n", name=f"张三{PHONE}.csv")
    assert "名称里有号码" in said
    assert PHONE not in said


def test_every_way_in_passes_the_door(store: Store) -> None:
    """Checking, loading, recognising and asking for the headings refuse the register, whichever is called first."""
    file, who, ledger = make_test_upload(register_csv(), "登记册.csv"), Who("测试员"), DATASETS["household"]
    part = workbook_sheets.Part(ledger, Options())
    ways: list[Callable[[], object]] = [
        lambda: loader.check_file(store, ledger, file),
        lambda: loader.load_file(store, ledger, file, who),
        lambda: loader.candidate_ledgers(file),
        lambda: loader.likeliest_ledger(file),
        lambda: loader.file_headings(ledger, file, ReadOptions()),
        lambda: submissions.check_parts(store, file, workbook_sheets.Parts((part,))),
        lambda: submissions.load_parts(store, file, workbook_sheets.Parts((part,)), who),
        lambda: workbook_sheets.find_parts(store, file, Options()),
    ]
    for way in ways:
        with pytest.raises(PersonalData):
            way()


def test_only_the_door_opens_files() -> None:
    """No module but the door and what makes a file of chosen columns opens an upload with the reader."""
    opens = re.compile(r"reader\.(?:open_file|open_sheets|every_sheet)\(")
    found = {
        p.name
        for part in ("data", "ui", "pages", "analytics")
        for p in (ROOT / part).rglob("*.py")
        if opens.search(p.read_text(encoding="utf-8"))
    }
    assert found == {"vetting.py", "only_columns.py"}


def test_a_workbook_of_several_ledgers_is_refused_as_a_whole(store: Store) -> None:
    """One sheet of villages is clean, another has households with phones: nothing is loaded."""
    raw = make_workbook(
        村社=[["村社编码", "村社名称"], ["V-9", "示例村"]], 户=[list(HEADER), *map(list, register_rows()[:3])]
    )
    with pytest.raises(PersonalData, match="工作表“户”的“联系电话”列"):
        workbook_sheets.find_parts(store, make_test_upload(raw, "两本.xlsx"), Options())


def test_a_value_given_by_hand_holds_no_number(store: Store) -> None:
    """What is given for the whole file, or read as something else, passes the door too."""
    fill_store(store, PARENTS)
    for options in ({"constants": (("片区", f"找{PHONE}"),)}, {"replacements": (("村", "某村", PHONE),)}):
        with pytest.raises(PersonalData) as refused:
            check_content(store, "household", "户编号,项目,村\nH-1,D-1,某村\n", **options)
        assert PHONE not in refused.value.text.zh


def test_the_watched_folder_refuses_a_register_and_writes_none_of_it(store: Store, tmp_path: Path) -> None:
    """The clerk's file goes to “rejected” as it is; report and explanation beside it name columns and lines only."""
    folder = tmp_path / "收件"
    folder.mkdir()
    (folder / "被征收户.xlsx").write_bytes(register_xlsx())
    told: list[str] = []
    [outcome] = watch.load_folder_once(store, folder, WHO, Options(), 0, lambda text: told.append(text.zh + text.en))
    assert outcome.place == "rejected"
    for path in (p for p in folder.rglob("*") if p.is_file() and p.name != "被征收户.xlsx"):
        told.append(path.read_text(encoding="utf-8-sig"))
    assert len(told) == 3
    assert [text for text in personal_texts() if any(text in said for said in told)] == []
    assert all("联系电话" in said for said in told)


def reduced(content: str | bytes, names: str, name: str = "登记册.csv", **reading: Any) -> Upload:
    file = make_test_upload(content, name)
    return only_columns.file_of_named_columns(file, ReadOptions(**reading), DATASETS["household"], names.split(","))


def test_the_chosen_columns_stay_on_their_lines() -> None:
    """A cell of two lines, an empty line and a title move nothing: a row keeps the line of the clerk's file."""
    content = '登记册,,\n户编号,户主,面积(㎡)\nH-1,"某\n某",80\n\nH-2,某某,abc\n合计,,80\n制表人：某某,,\n'
    lines = reduced(content, "户编号,面积").raw.decode("utf-8-sig").split("\n")
    assert lines == ["", "户编号,面积(㎡)", "H-1,80", "", "", "H-2,abc", "合计,80", ""]


def test_a_total_stays_a_total_without_its_label() -> None:
    """Where the word 合计 stands in a column that is left behind, the row is still none of a household."""
    content = "序号,户编号,户主姓名,面积\n1,H-1,某某,80\n合计,,,80\n"
    assert reduced(content, "户编号,面积").raw.decode("utf-8-sig").split("\n")[2] == "合计,80"


def test_a_column_that_is_not_there_is_told_without_those_about_persons() -> None:
    """The sentence lists the headings that are known; no heading that may be a name."""
    with pytest.raises(NoSuchColumn) as refused:
        reduced(f"户编号,项目,户主姓名,{PHONE},王五\nH-1,D-1,某某,,\n", "户编号,没有")
    assert "户编号、项目" in refused.value.text.zh
    assert not any(word in refused.value.text.zh for word in (PHONE, "王五", "户主"))


def test_columns_about_persons_are_told_apart() -> None:
    """Of the register four columns are about persons, by heading and by cells."""
    columns = only_columns.file_columns(make_test_upload(register_csv(), "登记册.csv"), ReadOptions(), None)
    assert [column.heading for column in columns] == list(HEADER)
    assert [column.heading for column in columns if column.personal] == list(HEADER[4:8])


def test_a_chosen_column_about_persons_is_refused_again(database: Path, tmp_path: Path) -> None:
    """Whoever asks for the phones too gets the same refusal."""
    register = tmp_path / "登记册.csv"
    register.write_bytes(register_csv())
    words = ("load", "auto", str(register), "--db", str(database), "--only", f"{ONLY},联系电话")
    assert run_cli(*words) == cli.UNUSABLE


def test_the_remembered_mapping_has_no_heading_about_persons(database: Path, tmp_path: Path) -> None:
    """A heading placed by hand is remembered with the chosen columns alone."""
    register = tmp_path / "登记册.csv"
    register.write_bytes(register_csv().replace("合法面积".encode("gbk"), "几多平方".encode("gbk")))
    words = ("--only", "户编号,项目,村,几多平方", "--map", "几多平方=legal_area")
    assert run_cli("load", "household", str(register), "--db", str(database), *words) == cli.DONE
    with duckdb.connect(str(database), read_only=True) as con:
        assert con.execute("SELECT heading FROM column_mapping").fetchall() == [("几多平方",)]
    assert texts_found(database.parent) == set()


@pytest.mark.real
def test_public_data_raise_no_alarm(real_data: Path) -> None:
    """Of the public files that can be read, two of a corpus for readers have headings about persons, no other one."""
    alarms, clean = set(), 0
    for path in (p for p in real_data.rglob("*") if p.is_file()):
        file = reader.upload_from_path(path)
        try:
            vetting.every_sheet(file, ReadOptions(), headers.best_known_heading_count)
            vetting.open_file(file, ReadOptions(), headers.best_known_heading_count)
            clean += 1
        except PersonalData:
            alarms.add(path.name)
        except DashboardError:
            continue
    assert alarms <= PERSONS_IN_READER_CORPUS
    assert clean > 100
