"""The generator of the sample finds its parts by itself, and says in words what belongs to no ledger."""

import inspect

import pytest

from data import sample
from data.ingest import sample as sample_loader
from data.modules import import_submodules
from data.sample import generate
from data.sample.rows import GENERATORS, Ledgers

VILLAGE = "村社编码,村社名称\nV-1,示例村\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of samples in which only villages have a file."""
    for module in (sample, generate):
        monkeypatch.setattr(module, "FOLDER", tmp_path)
    (tmp_path / "village.csv").write_text(VILLAGE, encoding="utf-8")
    return tmp_path


def test_every_function_that_gives_ledgers_is_marked():
    """A function of data/sample that returns ledgers, out of none, and is not marked would be written by nobody."""
    functions = [
        function
        for module in import_submodules(sample)
        for function in vars(module).values()
        if inspect.isfunction(function) and function.__module__ == module.__name__ != generate.__name__
    ]
    signatures = {f"{f.__module__}.{f.__name__}": inspect.signature(f) for f in functions}
    giving = {name for name, s in signatures.items() if s.return_annotation == Ledgers and not s.parameters}
    assert {f"{f.__module__}.{f.__name__}" for f in GENERATORS} == giving != set()


def test_a_ledger_without_a_sample_is_empty(store, folder):
    """Where only villages have a file, only villages are loaded: a new ledger needs no sample."""
    reports = sample_loader.load_sample(store)
    assert [(report.dataset, report.counts.inserted) for report in reports] == [("village", 1)]


def test_every_sample_belongs_to_a_ledger():
    """No file of data/sample is left behind by a ledger that has gone or bears another name."""
    assert generate.stray_sample_files() == []


def test_a_sample_without_a_ledger_is_told(folder):
    """A file that nobody would ever load is named, with the file that would make it a ledger."""
    (folder / "pump.csv").write_text(VILLAGE, encoding="utf-8")
    assert generate.stray_sample_files() == [
        "data/sample/pump.csv belongs to no ledger; remove it, or declare the ledger “pump” in a file "
        "data/datasets/<stream>/pump.py"
    ]


def test_rows_of_no_ledger_are_refused():
    """A slip in the code of a ledger is told with the file it is in and the ledgers that there are."""
    with pytest.raises(ValueError, match=r"data/sample/x\.py: gives rows of “vilage”, which is no ledger; there are"):
        generate.merge_ledgers([("data/sample/x.py", {"vilage": []})])


def test_a_ledger_has_its_rows_from_one_part():
    """Rows that another part would overwrite are told with both files."""
    with pytest.raises(ValueError, match=r"data/sample/y\.py: gives rows of “village”, which data/sample/x.py gives"):
        generate.merge_ledgers([("data/sample/x.py", {"village": []}), ("data/sample/y.py", {"village": []})])


def test_a_ledger_without_rows_is_not_written(folder, monkeypatch):
    """The generator writes the ledgers that its parts give, and leaves the others, and files written by hand, alone."""
    monkeypatch.setattr(generate, "GENERATORS", [lambda: {"river": [{"river_id": "R-1"}]}])
    assert generate.main() == 0
    assert sorted(file.name for file in folder.glob("*.csv")) == ["river.csv", "village.csv"]
    assert (folder / "village.csv").read_text(encoding="utf-8") == VILLAGE
    assert (folder / "river.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("R-1,")
