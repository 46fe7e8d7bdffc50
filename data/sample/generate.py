"""Write the 示例 ledgers and the schematic map: `python -m data.sample.generate`.

The seed and the time span are in `data/sample/rows.py`; the same seed gives the same bytes.
"""

import csv
import json
from datetime import datetime

from data.datasets import DATASETS, Dataset
from data.sample import FOLDER, demolition, geography, investment, shared, water
from data.sample.rows import Ledgers, Row

MAP = FOLDER.parent / "geo" / "base.geojson"


def all_ledgers() -> Ledgers:
    """Return the rows of every ledger, by the code of the dataset."""
    parts = (
        shared.shared_ledgers(),
        water.water_ledgers(),
        investment.investment_ledgers(),
        demolition.demolition_ledgers(),
    )
    return {name: rows for part in parts for name, rows in part.items()}


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


def write_map() -> None:
    """Write the schematic map, one feature a line."""
    features = ",\n".join(json.dumps(f, ensure_ascii=False) for f in geography.base_map())
    MAP.write_text(f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n', encoding="utf-8", newline="\n")


def main() -> None:
    """Write every ledger of the registry, and the map."""
    rows = all_ledgers()
    for name, dataset in DATASETS.items():
        write_ledger(dataset, rows[name])
    write_map()


if __name__ == "__main__":
    main()
