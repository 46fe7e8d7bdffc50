"""A ledger is one file that is on no list; what keeps it from being a ledger is said at import, with the file."""

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from data import datasets
from data.datasets import DATASETS
from data.datasets.constraint import at_most
from data.datasets.model import Dataset, code, parent
from data.datasets.registry import BadLedger, declared_ledgers
from data.modules import import_submodules
from data.text import Text


def make_ledger(name: str, *names: str, stream: Any = "water", **more: Any) -> Dataset:
    """Return a ledger of a code and of columns that name rows of other ledgers."""
    columns = (code(f"{name}_id", "编码", "Code"), *(parent(f"of_{n}", n, n, n, required=True) for n in names))
    label, key = Text(name, name), (f"{name}_id",)
    return Dataset(name=name, stream=stream, label=label, description=label, columns=columns, **({"key": key} | more))


def module_of(dataset: Dataset, file: str = "", **more: object) -> ModuleType:
    """Return the module that declares a ledger, where it belongs or elsewhere."""
    module = ModuleType(f"data.datasets.{file or f'{dataset.stream}.{dataset.name}'}")
    vars(module).update({"DATASET": dataset} | more)
    return module


def registered_names(*datasets: Dataset) -> list[str]:
    return list(declared_ledgers(map(module_of, datasets)))


def refusal_of(*modules: ModuleType) -> str:
    with pytest.raises(BadLedger) as refused:
        declared_ledgers(modules)
    return str(refused.value)


def test_the_files_of_the_folder_are_the_ledgers():
    """Every file of a line of work is a ledger of its name, unless it holds columns or words that ledgers share."""
    files = {m.__name__ for m in import_submodules(datasets) if hasattr(m, "DATASET")}
    assert files == {f"data.datasets.{d.stream}.{d.name}" for d in DATASETS.values()} != set()


def test_ledgers_stand_by_line_of_work_and_place():
    """The place orders a line of work, a ledger without one comes last in it, by its name."""
    placed = (
        make_ledger("z", menu_place=20),
        make_ledger("y", menu_place=10),
        make_ledger("b", stream="demolition", menu_place=1),
    )
    assert registered_names(make_ledger("c"), *placed, make_ledger("a")) == ["y", "z", "a", "c", "b"]


def test_a_ledger_stands_after_those_that_it_names():
    """Whatever its place, a child comes after its parents, and the others keep theirs."""
    child, other, parent = (
        make_ledger("k", "p", menu_place=1),
        make_ledger("o", menu_place=2),
        make_ledger("p", menu_place=3),
    )
    assert registered_names(child, other, parent) == ["o", "p", "k"]
    assert registered_names(make_ledger("k", "p", stream="shared"), make_ledger("p", stream="demolition")) == ["p", "k"]


def test_a_circle_is_told_with_its_ledgers():
    """Ledgers that name each other could not be loaded one after the other."""
    circle = refusal_of(
        *map(module_of, (make_ledger("d"), make_ledger("a", "b", "d"), make_ledger("b", "c"), make_ledger("c", "a")))
    )
    assert circle == "data/datasets: ledgers name each other in a circle: a → b → c → a"
    assert refusal_of(module_of(make_ledger("a", "a"))).endswith("circle: a → a")


def test_two_ledgers_of_one_name_are_told():
    """Of two streams with a ledger of one name the second is refused: both would be one table."""
    twice = refusal_of(module_of(make_ledger("a")), module_of(make_ledger("a", stream="shared")))
    assert twice == "data/datasets/shared/a.py: there is a ledger “a” already"


def test_a_ledger_bears_the_name_of_its_file():
    """A ledger is found by its name, so a file of another name or in another folder is refused."""
    where = "declares the ledger “a” of water, so it has to be data/datasets/water/a.py"
    assert refusal_of(module_of(make_ledger("a"), "water.b")) == f"data/datasets/water/b.py: {where}"
    assert refusal_of(module_of(make_ledger("a"), "shared.a")) == f"data/datasets/shared/a.py: {where}"
    assert refusal_of(module_of(make_ledger("a"), "a")) == f"data/datasets/a.py: {where}"


def test_a_ledger_belongs_to_a_line_of_work():
    """A line of work that menus and colours do not know is told with those that they do."""
    assert refusal_of(module_of(make_ledger("a", stream="air"))) == (
        "data/datasets/air/a.py: there is no line of work “air”; they are shared, water, investment, demolition"
    )


def test_a_ledger_under_another_word_is_not_lost():
    """A Dataset that is not called DATASET, or is the second of its file, would be a ledger that nobody finds."""
    assert refusal_of(module_of(make_ledger("a"), DATASET=None, LEDGER=make_ledger("a"))) == (
        "data/datasets/water/a.py: declare the ledger as DATASET = Dataset(…)"
    )
    assert refusal_of(module_of(make_ledger("a"), MORE=make_ledger("b"))).endswith("move the other into one of its own")


def test_what_a_column_names_is_a_ledger_with_one_key():
    """A slip in the name of a parent, and a parent that no single cell can name, are told with the column."""
    assert refusal_of(module_of(make_ledger("a", "rivre"))) == (
        "data/datasets/water/a.py: “of_rivre” names a row of “rivre”; the ledgers are a"
    )
    pair = make_ledger("pair", "b", key=("pair_id", "of_b"))
    assert refusal_of(*map(module_of, (make_ledger("a", "pair"), make_ledger("b"), pair))).endswith(
        "whose key has more columns"
    )


def test_what_a_constraint_reads_is_named_by_a_column():
    """A constraint that reads another ledger can do so only by way of a column that names one of its rows."""
    rule = replace(at_most("a_id", "a_id"), name="too_long", parent="b")
    assert refusal_of(module_of(make_ledger("a", constraints=(rule,))), module_of(make_ledger("b"))) == (
        "data/datasets/water/a.py: “too_long” reads “b”, which no column of the ledger names"
    )
