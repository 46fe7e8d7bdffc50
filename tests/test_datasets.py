"""The registry: what every ledger promises, held for all of them at once."""

import csv
import io
import re
from contextlib import closing

import duckdb
import pytest

from analytics import queries
from analytics.metrics import METRICS
from data import schema
from data.datasets import DATASETS, Dataset, dataset_named
from data.datasets.model import code, number
from data.datasets.targets import TARGET_METRICS, TARGET_SHARES, TARGETS
from data.errors import UnknownDataset
from data.ingest import loader
from data.ingest.batch_log import Counts
from data.ingest.forms.template import export_csv, export_workbook, template_csv
from data.ingest.reading import reader
from data.ingest.sample import sample_files
from data.ingest.table import headers
from data.schema import quote_ident
from data.standards.thresholds import rows_in_force
from data.text import Text
from tests.upload_helpers import load_content

COLUMNS = [(d, c) for d in DATASETS.values() for c in d.columns]
CHOICES = [(d, c, choice) for d, c in COLUMNS for choice in c.choices]
every_ledger = pytest.mark.parametrize("name", DATASETS)


def test_parents_stand_before_their_children():
    """A ledger is listed after every ledger that it names, so loading in order never lacks a parent."""
    order = list(DATASETS)
    names = [(order.index(c.references), order.index(d.name)) for d, c in COLUMNS if c.references]
    assert names
    assert [pair for pair in names if pair[0] >= pair[1]] == []


def test_parents_have_a_key_of_one_column():
    """A ledger that others name is keyed by one column, which the child's cell holds."""
    parents = {c.references for _, c in COLUMNS if c.references}
    assert {p: len(DATASETS[p].key) for p in parents} == dict.fromkeys(parents, 1)


def test_no_column_bears_a_name_that_the_loader_needs_for_itself():
    """The check and the merge add columns of their own beside a ledger's; a column of the same name would be lost."""
    own = {
        "line", "width", "faults", "item", "cell", "own", "shown", "place", "is_same", "other",
        "batch_id", "diff_action", "undo_batch", "undo_action",
    }  # fmt: skip
    clashes = [(d.name, c.name) for d, c in COLUMNS if c.name in own or re.fullmatch(r"c\d+|.* .*", c.name)]
    assert clashes == []


def test_no_two_ledgers_are_called_the_same():
    """A code or a label, in either language, means one ledger: files and words of the terminal are led by them."""
    called = [word for d in DATASETS.values() for word in {d.name, d.label.zh, d.label.en}]
    assert sorted(called) == sorted(set(called))


def test_no_ledger_bears_the_name_of_another_table():
    """The tables of batches, locks, limits and words are there before any ledger is, and are none."""
    with closing(duckdb.connect()) as con:
        schema.migrate(con)
        schema.fill_reference_tables(con)
        others = schema.table_columns(con).keys()
    assert "batch" in others
    assert others & {*DATASETS, *map(schema.undo_table, DATASETS.values())} == set()


@every_ledger
def test_no_heading_of_a_ledger_names_two_columns(name):
    """No two columns of a ledger share a label, so a heading on screen or in a template means one of them."""
    columns = DATASETS[name].columns
    assert len({c.label.zh for c in columns}) == len({c.label.en for c in columns}) == len(columns)


def test_everything_that_is_named_is_named_in_both_languages():
    """Every ledger, description, column and choice has a Chinese and an English name."""
    texts = [t for d in DATASETS.values() for t in (d.label, d.description)]
    texts += [c.label for _, c in COLUMNS] + [choice.label for _, _, choice in CHOICES]
    assert [t for t in texts if not (t.zh.strip() and t.en.strip())] == []


def test_a_word_of_an_enumeration_is_translated_one_way():
    """A stored word means the same in every ledger, so its English is the same everywhere.

    The code of a ledger, which a metric may bear too, is no word: it reads as the label of the ledger.
    """
    meanings: dict[str, set[str]] = {}
    for _, column, choice in CHOICES:
        if column.name == "dataset":
            assert choice.label == DATASETS[choice.value].label
            continue
        meanings.setdefault(choice.value, set()).add(choice.label.en)
    assert {word: en for word, en in meanings.items() if len(en) > 1} == {}


def test_a_spelling_means_one_choice_of_its_column():
    """No two choices of a column can be written the same way, in either language or by an alias."""
    taken: dict[tuple[str, str, str], set[str]] = {}
    for d, c, choice in CHOICES:
        for spelling in choice.spellings():
            taken.setdefault((d.name, c.name, spelling.lower()), set()).add(choice.value)
    assert {k: v for k, v in taken.items() if len(v) > 1} == {}


def test_a_ledger_is_found_by_its_code_or_its_label():
    """`dataset` knows a ledger by its code and by its label in both languages, and refuses others."""
    assert dataset_named("river") is dataset_named("河道名录") is dataset_named("Rivers") is DATASETS["river"]
    with pytest.raises(UnknownDataset, match="rivulet"):
        dataset_named("rivulet")


@pytest.mark.parametrize("language", ["zh", "en"])
@every_ledger
def test_a_template_loads_back_its_own_headings(name, language):
    """The headings of a template are read as the columns of its ledger, in order, every unit known."""
    [header] = csv.reader(io.StringIO(template_csv(DATASETS[name], language).decode("utf-8-sig")))
    match = headers.match_headings(DATASETS[name], header, "template.csv")
    assert list(match.columns) == [c.name for c in DATASETS[name].columns]
    assert (match.items, match.factors, match.unknown_units, match.unmapped) == ({}, {}, [], [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("export", "language", "named"),
    [(export_csv, "zh", False), (export_csv, "en", True), (export_csv, "zh", True), (export_workbook, "zh", True)],
)
@pytest.mark.parametrize("name", sample_files())
def test_an_export_loads_back_without_a_change(sample_store, name, export, language, named):
    """A ledger exported, with codes or with names, and loaded again is every row unchanged: nothing is to be loaded."""
    with sample_store.read() as con:
        content = export(con, DATASETS[name], language, named=named)
        rows = con.execute(f"SELECT count(*) FROM {quote_ident(name)}").fetchall()[0][0]
    report = loader.check_file(sample_store, DATASETS[name], reader.make_upload("export.csv", content))
    assert (report.counts, report.rejected) == (Counts(unchanged=rows), 0)
    assert rows > 0


def test_a_named_export_says_what_people_call_things(sample_store):
    """A reading is exported with the name of its section and of its item; a code stands where its name would lead
    elsewhere: it is another's, or two have it."""
    with sample_store.read() as con:
        first = export_csv(con, DATASETS["reading"], named=True).decode("utf-8-sig").splitlines()[1]
    assert first.startswith("胡家新河北断面,")
    assert ",NH3N," not in first


def test_a_name_that_leads_elsewhere_is_exported_as_its_code(store):
    """Of two rivers of one name, and of one that is called by another's code, the export keeps the codes."""
    named = enumerate(("同名河", "同名河", "R-1", "独名河"), 1)
    rivers = [f"R-{number},{name},村级,河流" for number, name in named]
    load_content(store, "river", "\n".join(["河道编码,河道名称,河道等级,水体类型", *rivers]))
    load_content(
        store, "section", "\n".join(["断面编码,断面名称,河道", *(f"S-{n},断面{n},R-{n}" for n in range(1, 5))])
    )
    with store.read() as con:
        listed = list(csv.reader(io.StringIO(export_csv(con, DATASETS["section"], named=True).decode("utf-8-sig"))))
    assert [row[2] for row in listed[1:]] == ["R-1", "R-2", "R-3", "独名河"]


def test_every_metric_with_a_target_can_be_worked_out():
    """A target is a metric's share, or an amount of money that the query of the targets sums up."""
    sql = queries.expanded_sql("overview.target_progress")
    shares = {target.name for target in TARGET_SHARES}
    assert shares <= set(METRICS)
    assert {metric.name for metric in METRICS["target_progress"].depends_on} == shares
    assert {target.name for target in TARGET_METRICS if f"'{target.name}'" in sql} == set(TARGETS) - shares


def test_a_share_with_a_target_says_in_what_it_is_counted():
    """A target in percent names both columns and their unit; an amount of money names neither."""
    has = {t.name: {bool(t.done), bool(t.total), bool(t.counted_in)} for t in TARGET_METRICS}
    assert has == {t.name: {t.unit == "percent"} for t in TARGET_METRICS}


def test_a_target_names_columns_that_its_metric_has():
    """The columns that a target sums up, or filters by, are columns of the rows of its metric."""
    for target in TARGET_SHARES:
        known = {column.name for column in METRICS[target.name].columns}
        lacking = {target.done, target.total, *target.only} - known
        assert not lacking, f"data/datasets/targets.py: the metric {target.name} has no column {', '.join(lacking)}"


def test_a_metric_has_the_label_of_its_target():
    """The task sheet and the page of a metric call it alike."""
    assert {t.name: METRICS[t.name].label for t in TARGET_SHARES} == {t.name: t.label for t in TARGET_SHARES}


def test_personal_columns_are_marked():
    """What says something of a person is marked personal: a household's need of help, and nothing else is kept."""
    assert {(d.name, c.name) for d, c in COLUMNS if c.personal} == {("household", "needs_support")}


def test_issues_have_no_column_for_who_complained():
    """What people report is registered, who they are is not."""
    found = [c.label.zh for c in DATASETS["issue"].columns if any(w in c.label.zh for w in ("投诉人", "电话", "姓名"))]
    assert found == []


def test_a_heading_leads_to_one_column():
    """No code, label or alias of a column is one of another column of the same ledger."""
    for d in DATASETS.values():
        written = [(spelling.lower(), c.name) for c in d.columns for spelling in {s.lower() for s in c.spellings()}]
        repeated = {spelling for spelling, _ in written if sum(spelling == other for other, _ in written) > 1}
        assert repeated == set(), d.name


def test_a_template_is_recognised_as_its_own_ledger():
    """The headings of a template fit its own ledger best, so a file need not be led to it by hand."""
    for name, d in DATASETS.items():
        assert headers.ledgers_matching_rows([[c.heading.zh for c in d.columns]])[0].name == name


def test_a_discharge_standard_has_its_limits():
    """Every standard that a plant may name has limits of items that are sampled, but for that of 2021 (not found)."""
    known = rows_in_force("discharge.csv", None)
    units = {item.value: item.unit for item in DATASETS["plant_sample"].column("parameter").choices}
    named = {choice.value for choice in DATASETS["plant"].column("discharge_standard").choices}
    assert named - {row["rule"] for row in known} == {"DB33/973-2021一级", "DB33/973-2021二级"}
    assert {row["rule"] for row in known} <= named
    assert [row for row in known if units[row["parameter"]] != row["unit"]] == []
    assert {row["rule"]: float(row["high"]) for row in known if row["parameter"] == "COD"} == {
        "GB18918一级A": 50, "GB18918一级B": 60, "GB18918二级": 100, "GB18918三级": 120,
        "DB33/973-2015一级": 60, "DB33/973-2015二级": 100,
    }  # fmt: skip
    assert {row["is_verified"] for row in known if row["rule"].startswith("DB33")} == {"0"}


def test_households_have_no_column_for_a_name_or_a_number():
    """The household ledgers hold codes only: no name, telephone, identity number or door number."""
    words = ("姓名", "电话", "手机", "身份证", "证件", "门牌", "亲属", "户主")
    found = [c.label.zh for d, c in COLUMNS if d.stream == "demolition" for w in words if w in c.label.zh]
    assert found == []


def test_a_column_has_no_name_that_the_check_needs_itself() -> None:
    """A ledger with a column `width`, which would be read as the number of cells of a row, cannot be declared."""
    with pytest.raises(ValueError, match=r"dataset board: the check has columns of that name itself: \['width'\]"):
        Dataset(
            name="board", stream="shared", label=Text("牌", "Board"), description=Text("牌", "Board"),
            key=("board_id",),
            columns=(code("board_id", "牌编码", "Board code"), number("width", "宽", "Width", "m")),
        )  # fmt: skip
