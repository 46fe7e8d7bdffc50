"""The command line, run as a clerk or a program runs it."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import cli
from analytics.metrics import METRICS
from data.datasets import DATASETS
from data.ingest import sample
from data.ingest.reading import reader
from tests.stores import copy_database
from tests.upload_helpers import make_workbook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
GOOD = "村社编码,村社名称,人口\nV-1,胡家村,100\nV-2,灵山村,200\n"
BAD = "村社编码,村社名称,人口\nV-1,胡家村,100\nV-2,灵山村,abc\n"
CHECK_KEYS = {
    "dataset", "file", "sha256", "rows", "inserted", "updated", "unchanged", "deleted", "missing", "rejected", "mode",
    "encoding", "delimiter", "sheet", "sheets", "header_line", "layout", "columns", "unmapped", "year", "warnings",
    "unknown", "groups", "errors", "notes", "left_out",
}  # fmt: skip
LOAD_KEYS = CHECK_KEYS | {"batch", "rejected_file"}
VILLAGES, PROGRESS = (ROOT / "data" / "sample" / f"{name}.csv" for name in ("village", "work_progress"))
READING = "断面,监测时间,监测项目,监测值\n"


@dataclass(frozen=True, slots=True)
class CliResult:
    """What a run of the command line left: its exit status and its two streams."""

    status: int
    out: bytes
    err: str

    @property
    def json(self) -> dict:
        """The one JSON object on stdout."""
        return json.loads(self.out)


Run = Callable[..., CliResult]


def run_program(*words: object) -> CliResult:
    """Run the command line as a program of its own."""
    command = [sys.executable, "cli.py", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return CliResult(done.returncode, done.stdout, done.stderr.decode("utf-8"))


@pytest.fixture
def run(capsysbinary) -> Run:
    """Return a runner of the command line within this process, which spares the start of Python."""

    def ran(*words: object) -> CliResult:
        try:
            status = cli.main([str(w) for w in words])
        except SystemExit as refused:
            status = int(str(refused.code))
        out, err = capsysbinary.readouterr()
        return CliResult(status, out, err.decode("utf-8"))

    return ran


@pytest.fixture
def own(run, tmp_path) -> Run:
    """Return a runner of verbs on an empty database of the test's own, with --json."""
    return lambda verb, *words: run(verb, *words, "--json", "--db", tmp_path / "frontline.duckdb")


@pytest.fixture(scope="module")
def sample_path(sample_path, tmp_path_factory) -> Path:
    """The path of a copy of the database with the 示例 ledgers, for all tests of this file."""
    return copy_database(sample_path, tmp_path_factory.mktemp("cli") / "sample.duckdb")


@pytest.fixture
def run_on_sample(run, sample_path) -> Run:
    """Return a runner of verbs on a database with the 示例 ledgers, with --json."""
    return lambda verb, *words: run(verb, *words, "--json", "--db", sample_path)


@pytest.fixture
def write_file(tmp_path) -> Callable[..., Path]:
    """Return a writer of files."""

    def written(content: str | bytes, name: str = "村社.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.mark.slow
def test_every_verb_runs_as_a_program(sample_path, write_file, tmp_path):
    """Each verb, started as a clerk starts it, ends with its status and says one JSON object on stdout."""

    def answer(verb: str, *words: object, status: int = 0) -> dict:
        said = run_program(verb, *words, "--json", "--db", sample_path)
        assert (said.status, said.err if not said.out else "") == (status, "")
        return said.json

    new, out = write_file("村社编码,村社名称\nV-9,新村\n"), tmp_path / "out.csv"
    assert len(answer("datasets")) == len(DATASETS)
    assert len(answer("metrics")) == len(METRICS)
    assert set(answer("check", "village", write_file(BAD, "bad.csv"), status=1)) == CHECK_KEYS
    (tmp_path / "in").mkdir()
    assert answer("watch", tmp_path / "in", "--once")["files"] == []
    assert answer("undo", answer("load", "village", new)["batch"])["rows"] == 1
    assert len(answer("history")["batches"]) == len(sample.sample_files()) + 1
    assert len(answer("metric", "signing_rate", "project_id=DEM-BH")["rows"]) == 1
    assert run_program("template", "village", "-o", out).status == 0
    assert run_program("export", "village", out, "--db", sample_path).status == 0
    assert run_program("export", "village", "/no/such/folder/x.csv", "--db", sample_path).status == 2


@pytest.mark.quick
def test_datasets_and_metrics_are_listed_with_their_names_first(run):
    """Both lists hold every entry of their registry, `name` first, labels in both languages."""
    for verb, registry, keys in (
        ("datasets", DATASETS, {"label_zh", "label_en", "key", "columns"}),
        ("metrics", METRICS, {"label_zh", "label_en", "unit", "formula_zh", "formula_en"}),
    ):
        said = run(verb, "--json")
        assert (said.status, [entry["name"] for entry in said.json]) == (0, list(registry))
        assert all(next(iter(entry)) == "name" and keys <= set(entry) for entry in said.json)


@pytest.mark.quick
def test_a_template_goes_to_stdout_or_a_file_and_loads(run, own, write_file, tmp_path):
    """The template is UTF-8 with BOM in the language asked for, and a row beneath it loads."""
    zh = run("template", "village").out
    assert zh.startswith("\ufeff村社编码,村社名称".encode())
    assert run("template", "village", "--lang", "en", "-o", tmp_path / "t.csv").status == 0
    english = (tmp_path / "t.csv").read_bytes()
    assert english.startswith(b"\xef\xbb\xbfVillage code,Village,Kind,")
    for number, template in enumerate((zh, english)):
        said = own("load", "village", write_file(template + f"V-{number},村,社区,1,2\r\n".encode()))
        assert (said.status, said.json["inserted"]) == (0, 1)


@pytest.mark.quick
def test_check_tells_everything_and_writes_nothing(own, write_file):
    """`check` answers with the keys of the contract, exit 1 for a bad row, and leaves no batch."""
    said = own("check", "village", write_file(BAD))
    assert said.status == 1
    assert set(said.json) == CHECK_KEYS
    assert (said.json["rows"], said.json["inserted"], said.json["rejected"]) == (2, 1, 1)
    assert said.json["errors"] == [
        {
            "line": 3,
            "column": "人口",
            "value": "abc",
            "reason_zh": "“人口”应是整数",
            "reason_en": "“Population” must be a whole number",
            "advice_zh": "填整数（人），不小于 0",
            "advice_en": "A whole number (people), not below 0",
        }
    ]
    assert said.json["groups"] == [
        {
            "column": "人口",
            "reason_zh": "“人口”应是整数",
            "reason_en": "“Population” must be a whole number",
            "count": 1,
            "lines": [3],
        }
    ]
    assert "“人口”应是整数" in said.err
    assert own("history").json == {"batches": []}


@pytest.mark.quick
def test_a_ledger_goes_in_is_changed_and_undone(own, write_file):
    """`load` makes a batch with who and what, the same file again makes none, `undo` puts it back."""
    said = own("load", "village", write_file(GOOD.encode("gbk")), "--by", "张科")
    assert (said.status, said.json["batch"], said.json["inserted"], said.json["encoding"]) == (0, 1, 2, "GB18030")
    assert set(said.json) == LOAD_KEYS
    again = own("load", "村社", write_file(GOOD))
    assert (again.status, again.json["batch"], again.json["unchanged"]) == (0, None, 2)
    [batch] = own("history").json["batches"]
    assert [batch[k] for k in ("batch", "dataset", "file_name", "loaded_by", "origin", "mode")] == [
        1, "village", "村社.csv", "张科", "cli", "upsert",
    ]  # fmt: skip
    assert len(batch["sha256"]) == 64
    undone = own("undo", 1)
    assert (undone.status, undone.json) == (
        0,
        {"batch": 1, "rows": 2, "ledgers": {"village": 2}, "kept": {}, "kept_rows": {}},
    )
    assert (own("undo", 1).status, own("undo", 9).status) == (2, 2)


@pytest.mark.quick
def test_bad_rows_keep_a_file_out_unless_partial(own, write_file):
    """Exit 1 and no batch with a bad row; with --partial the good rows go in and the bad one is kept as a file."""
    refused = own("load", "village", write_file(BAD))
    assert (refused.status, refused.json["batch"]) == (1, None)
    partial = own("load", "village", write_file(BAD), "--partial")
    assert (partial.status, partial.json["batch"], partial.json["inserted"], partial.json["rejected"]) == (1, 1, 1, 1)
    kept = Path(partial.json["rejected_file"])
    assert "abc" in kept.read_text(encoding="utf-8-sig")
    kept.write_bytes(kept.read_bytes().replace(b"abc", b"200"))
    assert own("load", "village", kept).json["inserted"] == 1


def test_a_very_long_cell_is_cut_short_on_the_terminal(own, write_file):
    """A shape of 20,000 points that is refused takes a few lines of the terminal, not all of it."""
    back_and_forth = ", ".join(f"121.5{n % 2} 29.9{n % 7}" for n in range(20_000))
    path = write_file(f'要素类别,要素名称,图形,坐标系\n道路,路,"LINESTRING ({back_and_forth})",WGS84\n')
    checked = own("check", "map_feature", path)
    assert checked.status == cli.REJECTED
    assert len(checked.err) < 2_000


def test_the_file_of_refused_rows_bears_no_year_of_its_own(own, write_file):
    """Its name keeps the year that the file's name had and adds no digits that could be taken for one."""
    for name, year in (("水质2021.csv", 2021), ("水质.csv", None)):
        rows = "断面甲,2021-04-01,DO,8\n断面甲,2021-04-02,DO,很多\n"
        said = own("load", "reading", write_file(READING + rows, name), "--partial", "--register")
        assert reader.upload_from_path(said.json["rejected_file"]).year == year


def test_undo_of_an_older_batch_tells_what_it_kept(own, write_file):
    """A row that a later batch changed is kept and told on stderr; --with-later takes it back too."""
    own("load", "village", write_file(GOOD))
    own("load", "village", write_file("村社编码,村社名称,人口\nV-1,胡家村,101\n"))
    said = own("undo", 1)
    assert (said.json["ledgers"], said.json["kept"]) == ({"village": 1}, {"village": 1})
    assert "1 行后来又改过，已保留" in said.err
    own("load", "village", write_file(GOOD))
    own("load", "village", write_file("村社编码,村社名称,人口\nV-2,灵山村,201\n"))
    assert own("undo", 3, "--with-later").json["kept"] == {}


def test_undo_names_the_rows_that_it_kept(own, write_file):
    """The keys of the first twenty rows kept are told, and how many there are in all."""
    heading, codes = "村社编码,村社名称,人口\n", [f"V-{n:02}" for n in range(25)]
    for people in (1, 2):
        own("load", "village", write_file(heading + "".join(f"{code},{code},{people}\n" for code in codes)))
    said = own("undo", 1)
    assert said.json["kept_rows"] == {"village": codes}
    assert [line.strip() for line in said.err.splitlines()[1:]] == [*codes[:20], "… 共 25 行 in all"]


def test_a_ledger_after_an_undone_batch_is_told_to_be_without_it(own, write_file, tmp_path):
    """`export --after-batch` of an undone batch says in one sentence that its changes are not in it."""
    own("load", "village", write_file(GOOD))
    own("load", "village", write_file("村社编码,村社名称,人口\nV-1,胡家村,101\n"))
    out = tmp_path / "村社.csv"
    assert own("export", "village", out, "--after-batch", 2).err == ""
    own("undo", 2)
    said = own("export", "village", out, "--after-batch", 2)
    assert "批次 2 已经撤销" in said.err
    assert "101" not in out.read_text(encoding="utf-8-sig")


def test_a_whole_ledger_is_not_replaced_without_consent(own, write_file):
    """--mode replace without period and scope says how many rows would go, and deletes them only after --yes."""
    own("load", "village", write_file(GOOD))
    one = write_file("村社编码,村社名称,人口\nV-1,胡家村,100\n", "一.csv")
    said = own("load", "village", one, "--mode", "replace")
    assert (said.status, said.out, len(said.err.splitlines())) == (2, b"", 1)
    assert "文件里没有的 1 行" in said.err
    assert own("load", "village", write_file(GOOD), "--mode", "replace").status == 0
    assert own("check", "village", one, "--mode", "replace").json["deleted"] == 1
    assert own("load", "village", one, "--mode", "replace", "--yes").json["deleted"] == 1


def test_the_ledger_may_be_left_to_the_file(own, write_file):
    """With “auto” the headings, or the name of the file, tell the ledger; a file of no ledger is told as such."""
    assert own("load", "auto", write_file(GOOD, "x.csv")).json["dataset"] == "village"
    said = own("load", "auto", write_file("白菜,萝卜\n1,2\n", "菜单.csv"))
    assert (said.status, said.out, len(said.err.splitlines())) == (2, b"", 1)
    assert "菜单.csv" in said.err


def test_auto_remembers_what_was_mapped_by_hand(own, write_file):
    """A header that means nothing to “auto” does so once a clerk has led it to a ledger, which is what it is then."""
    strange = "编号,叫什么,多少人\nV-5,五村,5\n"
    assert own("load", "auto", write_file(strange, "甲.csv")).status == 2
    mapping = ("--map", "编号=village_id", "--map", "叫什么=name", "--map", "多少人=population")
    assert own("load", "village", write_file(strange, "甲.csv"), *mapping).status == 0
    said = own("load", "auto", write_file(strange.replace("V-5,五村", "V-6,六村"), "乙.csv"))
    assert (said.status, said.json["dataset"], said.json["inserted"]) == (0, "village", 1)


def test_a_template_is_of_the_kind_that_its_name_says(own, tmp_path, write_file):
    """-o x.xlsx writes a workbook, with the villages that are registered; .csv a text; another ending is refused."""
    assert own("load", "village", write_file(GOOD)).status == 0
    made, text = tmp_path / "模板.XLSX", tmp_path / "模板.csv"
    assert own("template", "saving_activity", "-o", made).status == own("template", "village", "-o", text).status == 0
    book = openpyxl.load_workbook(made)
    assert "胡家村" in {cell.value for row in book.worksheets[2] for cell in row}
    assert text.read_bytes().startswith("\ufeff村社编码".encode())
    assert own("template", "village", "-o", tmp_path / "模板.pdf").status == 2


def test_a_missing_column_and_an_unknown_name_are_given_on_the_terminal(own, write_file):
    """--set fills all rows, --replace reads one name as another, --map takes labels; what is wrong ends with 2."""
    assert own("load", "village", write_file(GOOD)).status == 0
    path = write_file("号,活动日期,村社\nS-1,2014-07-05,胡家\nS-2,2014-07-05,灵山村\n", "甲.csv")
    words = ("--map", "号=活动编码", "--set", "活动类型=宣传活动")
    refused = own("check", "saving_activity", path, *words)
    assert (refused.status, refused.json["unknown"][0]["near"]) == (1, ["V-1"])
    done = own("load", "saving_activity", path, *words, "--replace", "村社:胡家=胡家村")
    assert (done.status, done.json["inserted"]) == (0, 2)
    assert own("history").json["batches"][0]["given"] == "kind=宣传活动; village_id:胡家=胡家村"
    for wrong in (("--set", "活动类型"), ("--set", "活动类型="), ("--set", "颜色=红"), ("--replace", "胡家=胡家村")):
        assert own("check", "saving_activity", path, *words, *wrong).status == 2


def test_a_workbook_goes_in_and_out_as_one(own, write_file):
    """Two ledgers of one workbook: sums, parts and batches in the JSON; undoing one batch undoes both and says so."""
    saving: list[list[Any]] = [["活动编码", "活动日期", "活动类型", "村社"], ["A-1", "2014-03-05", "培训", "V-1"]]
    villages: list[list[Any]] = [["村社编码", "村社名称", "人口"], ["V-1", "胡家村", 1], ["V-2", "灵山村", 2]]
    path = write_file(make_workbook(活动=saving, 村社=villages), "三月.xlsx")
    checked = own("check", "auto", path, "--json")
    assert (checked.status, checked.json["rows"], checked.json["inserted"]) == (0, 3, 3)
    assert checked.json.keys() == CHECK_KEYS | {"batch", "batches", "parts"}
    loaded = own("load", "auto", path, "--json").json
    assert (loaded["dataset"], loaded["sheet"], loaded["batches"]) == ("village、saving_activity", "村社、活动", [1, 2])
    assert [(part["dataset"], part["inserted"], part["batch"]) for part in loaded["parts"]] == [
        ("village", 2, 1), ("saving_activity", 1, 2)
    ]  # fmt: skip
    assert [b["submission"] for b in own("history", "--json").json["batches"]] == [1, 1]
    undone = own("undo", "1", "--json")
    assert (undone.json["batches"], undone.json["rows"]) == ([1, 2], 3)
    assert "批次 1 与同一工作簿的其他批次一起撤销：1、2" in undone.err


def test_how_a_file_is_read_may_be_said(own, write_file):
    """--encoding, --delimiter, --header and --map go before whwith the check would find out."""
    path = write_file("说明;;\n编号;叫什么;多少人\nV-5;五村;5\n".encode("utf-16-le"))
    reading = ("--encoding", "utf-16-le", "--delimiter", ";", "--header", 2)
    mapping = ("--map", "编号=village_id", "--map", "叫什么=name", "--map", "多少人=")
    said = own("load", "village", path, *reading, *mapping)
    assert (said.status, said.json["inserted"], said.json["header_line"]) == (0, 1, 2)
    assert said.json["columns"] == {"编号": "village_id", "叫什么": "name"}
    assert own("check", "village", path, "--encoding", "utf-16-be").status == 2
    assert own("check", "village", path, "--map", "编号").status == 2


def test_a_period_of_a_river_may_be_replaced(own, write_file):
    """--mode replace with --since, --until and --scope deletes what the file does not have within them."""
    own(
        "load", "river", write_file("河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流\nR-2,二号河,村级,河流\n")
    )
    own("load", "section", write_file("断面编码,断面名称,河道\nS-1,断面甲,R-1\nS-2,断面乙,R-2\n"))
    own(
        "load", "reading", write_file(READING + "".join(f"断面{s},2021-04-0{d},DO,8\n" for s in "甲乙" for d in (1, 2)))
    )
    words = ("--mode", "replace", "--since", "2021-04-01", "--until", "2021-04-30", "--scope", "河道=一号河")
    said = own("load", "reading", write_file(READING + "断面甲,2021-04-01,DO,8\n"), *words)
    assert [said.json[k] for k in ("mode", "unchanged", "deleted", "inserted")] == ["replace", 1, 1, 0]
    assert "1 rows will be taken out" in said.json["warnings"][0]["en"]
    assert own("check", "village", write_file(GOOD), "--mode", "append").status == 2
    assert own("check", "reading", write_file(READING), "--since", "yesterday").status == 2


def test_a_wide_file_takes_the_year_and_registers_its_section(own, write_file):
    """--year completes the times and --register adds the section; without them the rows are refused."""
    path = write_file("断面名称,监测时间,pH(无量纲),氨氮(mg/L)\n清林渡,04-01 08:00,7.2,0.4\n", "清林渡.csv")
    assert own("load", "reading", path).status == 1
    said = own("load", "reading", path, "--year", 2021, "--register")
    assert (said.status, said.json["layout"], said.json["inserted"], said.json["year"]) == (0, "wide", 2, 2021)
    assert said.json["columns"] == {
        "断面名称": "section_id", "监测时间": "sampled_at", "pH(无量纲)": "PH", "氨氮(mg/L)": "NH3N",
    }  # fmt: skip


def test_a_metric_is_worked_out_with_filters_as_of_a_day(run_on_sample):
    """`metric` answers with name, as_of, unit and rows; filters may stand before or after options."""
    said = run_on_sample("metric", "source_closure", "river=胡家新河", "--as-of", "2013-09-30", "kind=畜禽养殖")
    assert said.status == 0
    assert {k: said.json[k] for k in ("name", "as_of", "unit")} == {
        "name": "source_closure", "as_of": "2013-09-30", "unit": "percent",
    }  # fmt: skip
    [row] = said.json["rows"]
    assert (row["river"], row["closed"], row["registered"]) == ("胡家新河", 2, 9)


def test_a_metric_without_a_day_is_as_of_the_newest_date(run_on_sample):
    """Without --as-of the day is the newest in the data; dates are written as ISO dates, missing values as null."""
    said = run_on_sample("metric", "works_progress")
    assert said.json["as_of"] == "2014-06-30"
    park = next(r for r in said.json["rows"] if r["kind"] == "绿化公园")
    assert park["rate"] is None
    assert park["start_on"].startswith("2014-09-01")


def test_an_export_loads_back_without_a_change(run_on_sample, tmp_path):
    """`export` writes the ledger as it stands."""
    path = tmp_path / "village.csv"
    assert run_on_sample("export", "village", path).status == 0
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert (rows[0][:2], len(rows)) == (["村社编码", "村社名称"], 9)
    said = run_on_sample("load", "village", path)
    assert (said.status, said.json["batch"], said.json["unchanged"]) == (0, None, 8)


def test_a_ledger_may_be_exported_as_a_workbook_and_as_of_a_batch(own, write_file, tmp_path):
    """An .xlsx loads back without a change; --after-batch gives the ledger as it stood; other endings are refused."""
    own("load", "village", write_file(GOOD))
    own("load", "village", write_file("村社编码,村社名称,人口\nV-1,胡家村,101\n"))
    assert own("export", "village", tmp_path / "now.xlsx").status == 0
    assert own("check", "village", tmp_path / "now.xlsx").json["unchanged"] == 2
    assert own("export", "village", tmp_path / "then.csv", "--after-batch", 1).status == 0
    assert "V-1,胡家村,,100" in (tmp_path / "then.csv").read_text(encoding="utf-8-sig")
    assert own("export", "village", tmp_path / "now.pdf").status == 2


@pytest.mark.slow
def test_sample_loads_every_ledger(own):
    """`sample` loads the 示例 ledgers, one batch each, and a second time changes nothing."""
    said = own("sample")
    assert (said.status, [b["dataset"] for b in said.json["batches"]]) == (0, list(sample.sample_files()))
    assert all(b["inserted"] > 0 for b in said.json["batches"])
    assert all(b["batch"] is None for b in own("sample").json["batches"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("metric", "happiness"), "没有叫“happiness”的指标"),
        (("metric", "source_closure", "colour=red"), "没有“colour”这一列"),
        (("metric", "source_closure", "--as-of", "yesterday"), "“yesterday”不是日期"),
        (("metric", "source_closure", "--since-batch", "1"), "--since-batch 1 要和 --since 一起用"),
        (("load", "rivulet", "x.csv"), "没有叫“rivulet”的台账"),
        (("load", "village", "no-such-file.csv"), "读不到文件"),
        (("load", "village", "cli.py", "--year", "21"), "年份“21”不对"),
        (("check", "village", "cli.py"), "文件“cli.py”"),
        (("export", "village", "/no/such/folder/x.csv"), "写不了文件"),
        (("export", "village", "x.csv", "--after-batch", "9999"), "没有批次 9999"),
        (("export", "village", "x.csv", "--after-batch", "0"), "没有批次 0"),
        (("export", "village", "x.csv", "--after-batch", "-3"), "没有批次 -3"),
        (("watch", "no-such-folder", "--once"), "没有文件夹“no-such-folder”"),
        (("check", "village", VILLAGES, "--map", "没有这列=population"), "没有叫“没有这列”的列"),
        (
            ("check", "work_progress", PROGRESS, "--mode", "replace", "--since", "2014-07-01", "--until", "2014-06-01"),
            "起日 2014-07-01 晚于止日 2014-06-01",
        ),
        (("history", "--db", "cli.py/x.duckdb"), "不能作为数据库打开"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(run, run_on_sample, words, sentence):
    """Exit 2, nothing on stdout, one sentence on stderr."""
    said = run_on_sample(*words) if "--db" not in words else run(*words, "--json")
    assert (said.status, said.out) == (2, b"")
    assert sentence in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_the_sentence_is_in_the_language_asked_for(run_on_sample):
    """--lang en tells the same in English."""
    said = run_on_sample("metric", "happiness", "--lang", "en").err
    assert said.startswith("Error: There is no metric “happiness”.")


def test_a_word_that_is_no_verb_is_refused(run):
    """An unknown verb, or a verb without its words, ends with status 2 and the usage on stderr."""
    for words in (("dance",), ("load", "village"), ("metric", "source_closure", "--colour=red")):
        said = run(*words)
        assert (said.status, said.out) == (2, b"")
        assert "usage" in said.err


def test_without_json_there_is_a_table(run):
    """For a person the same rows are a table on stdout."""
    said = run("metrics")
    assert said.status == 0
    assert "signing_rate" in said.out.decode()
    assert "签约率" in said.out.decode()


def test_what_is_not_written_is_said_so(own, write_file):
    """A check and a refused file would insert rows and say that nothing is written; a load says what it inserted."""
    for verb, content in (("check", GOOD), ("load", BAD)):
        said = own(verb, "village", write_file(content)).err
        assert "会新增 would insert" in said
        assert "没有写入 nothing written" in said
    said = own("load", "village", write_file(GOOD)).err
    assert "新增 inserted 2" in said
    assert "没有写入" not in said


def test_columns_that_are_not_used_are_told(own, write_file):
    """A heading that nobody knows is named, and so is the file's own column where another was mapped to it."""
    content = "村社编码,村社名称,人口,月亮,住了几口人\nV-1,胡家村,100,圆,120\n"
    found = own("check", "village", write_file(content), "--map", "住了几口人=population")
    assert "没有用到的列 columns not used: 人口、月亮" in found.err
    assert "“人口”取自手工指定的“住了几口人”，文件自己的“人口”没有载入" in found.err


@pytest.mark.parametrize(
    ("language", "refused", "warned", "noted"),
    [
        ("zh", "拒收：第 3 行 人口 “abc”", "提醒：台账将删去 1 行", "说明："),
        ("en", "Refused: line 3: 人口 “abc”", "Warning: 1 rows will", "Note: "),
    ],
)
def test_refusals_warnings_and_notes_are_told_apart(own, write_file, language, refused, warned, noted):
    """Each begins with a word of its own in the reader's language; the JSON has them in lists of their own."""
    own("load", "village", write_file(GOOD))
    bad = write_file(BAD.replace("V-2", "V-3"), "bad.csv")
    said = own("check", "village", bad, "--mode", "replace", "--lang", language)
    lines = [line.strip() for line in said.err.splitlines()]
    assert [sum(line.startswith(start) for line in lines) for start in (refused, warned)] == [1, 1]
    assert (len(said.json["errors"]), len(said.json["warnings"]), said.json["notes"]) == (1, 2, [])
    again = own("check", "village", write_file(GOOD), "--lang", language)
    assert any(line.strip().startswith(noted) for line in again.err.splitlines())
    assert again.json["errors"] == []


@pytest.mark.parametrize(("language", "word"), [("zh", "错误："), ("en", "Error: ")])
@pytest.mark.quick
def test_what_ends_a_verb_is_an_error(own, language, word):
    """The one sentence of exit 2 begins with a word that no finding about a row has."""
    said = own("undo", 9, "--lang", language)
    assert (said.status, said.err.startswith(word)) == (2, True)


@pytest.mark.parametrize(
    ("language", "day", "heading"),
    [
        ("zh", "2014-06-30", "签约率 · 数据截至 2014-06-30 · 批次 {first}–{last} · 示例数据"),
        ("zh", "2016-01-01", "签约率 · 数据截至 2014-06-30 · 按 2016-01-01 计算 · 批次 {first}–{last} · 示例数据"),
        ("en", "2014-06-30", "Signing rate · Data as of 2014-06-30 · Batches {first}–{last} · Sample data"),
    ],
)
def test_a_metric_says_its_day_and_batches_as_the_page_does(run_on_sample, language, day, heading):
    """The newest date in the data, the day asked for where it is later, the batches and the 示例 mark."""
    said = run_on_sample("metric", "signing_rate", "--as-of", day, "--lang", language)
    batches = {"first": said.json["first_batch"], "last": said.json["last_batch"]}
    assert said.err.splitlines() == [heading.format(**batches)]
    assert [said.json[k] for k in ("as_of", "newest", "is_sample")] == [day, "2014-06-30", True]


def test_a_metric_without_any_data_says_so(own):
    """On an empty database there is no day, and the heading says that there are no data yet."""
    said = own("metric", "signing_rate")
    assert said.err.splitlines() == ["签约率 · 还没有数据"]
    assert [said.json[k] for k in ("as_of", "newest", "first_batch", "is_sample")] == [None, None, None, False]


def test_the_terminal_is_not_flooded(own, tmp_path):
    """Of 500 bad rows twenty are told in words and the rest counted; the JSON has them all."""
    file = tmp_path / "村社.csv"
    file.write_text(
        "村社编码,村社名称,类别,人口\n" + "".join(f"V-{n},村{n},行政村,很多\n" for n in range(500)), encoding="utf-8"
    )
    found = own("check", "village", file)
    assert (found.status, len(found.json["errors"])) == (1, 500)
    assert found.err.count("很多") == 20
    assert "480" in found.err


def test_what_changed_says_of_which_days_and_that_nothing_did(own):
    """The days compared and what was known then stand above the changes; without any change that is said."""
    own("load", "village", VILLAGES)
    found = own("metric", "saving_coverage", "--since", "2014-06-23", "--as-of", "2014-06-30")
    assert "节水活动覆盖率 · " in found.err
    assert "2014-06-23 的数字与 2014-06-30 的数字相比；那天之前没有载入过批次" in found.err
    assert "这个指标没有变化。" in found.err
    assert found.status == 0


def test_a_reader_that_has_enough_ends_the_output_quietly():
    """What is piped into head ends when head does, without a word of Python."""
    command = [sys.executable, "cli.py", "metrics", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        program.stdout.read(1)
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0
