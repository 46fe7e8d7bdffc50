"""Write the 示例 ledgers: `python -m data.sample.generate`.

A module of this folder gives the rows of some ledgers in a function marked `sample_generator`. The seed and the time
span are in `data/sample/rows.py`; the same seed gives the same bytes.
"""

import csv
import sys
from collections.abc import Iterable
from datetime import datetime

from data import sample
from data.datasets import DATASETS, Dataset
from data.modules import import_submodules, source_path
from data.sample import FOLDER
from data.sample.rows import GENERATORS, Ledgers, Row
from data.sample.sites import placed_ledgers


def merge_ledgers(parts: Iterable[tuple[str, Ledgers]]) -> Ledgers:
    """Return the rows of every ledger that the parts hold, each with the file that it comes from.

    Raises ValueError for rows of what is no ledger, and for a ledger that has rows already.
    """
    merged: Ledgers = {}
    givers: dict[str, str] = {}
    for file, ledgers in parts:
        for name, rows in ledgers.items():
            if name not in DATASETS:
                raise ValueError(f"{file}: gives rows of “{name}”, which is no ledger; there are {', '.join(DATASETS)}")
            if name in givers:
                raise ValueError(f"{file}: gives rows of “{name}”, which {givers[name]} gives already")
            merged[name], givers[name] = rows, file
    return merged


def all_ledgers() -> Ledgers:
    """Return the rows that the modules of this folder give, by the code of the ledger; some ledgers have none."""
    import_submodules(sample)
    parts = [(source_path(generator.__module__), generator()) for generator in GENERATORS]
    return placed_ledgers(merge_ledgers(parts))


def stray_sample_files() -> list[str]:
    """Return, in a sentence each, the sample files that belong to no ledger."""
    return [
        f"data/sample/{file.name} belongs to no ledger; remove it, or declare the ledger “{file.stem}” in a file "
        f"data/datasets/<stream>/{file.stem}.py"
        for file in sorted(FOLDER.glob("*.csv"))
        if file.stem not in DATASETS
    ]


def format_cell(value: object) -> object:
    """Return a value as clerks write it: 是 and 否, whole numbers without a point, times to the minute."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def write_ledger(dataset: Dataset, rows: list[Row]) -> None:
    """Write one ledger as CSV with the headings of its Chinese template."""
    with (FOLDER / f"{dataset.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [c.name for c in dataset.columns], lineterminator="\n")
        writer.writerow({c.name: c.heading.zh for c in dataset.columns})
        writer.writerows({name: format_cell(value) for name, value in row.items()} for row in rows)


def main() -> int:
    """Write every ledger that has sample rows; 1 if a file belongs to no ledger."""
    for name, rows in all_ledgers().items():
        write_ledger(DATASETS[name], rows)
    for sentence in stray_sample_files():
        print(sentence, file=sys.stderr)
    return 1 if stray_sample_files() else 0


if __name__ == "__main__":
    sys.exit(main())
