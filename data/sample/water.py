"""示例 ledgers of 五水共治, gathered from the modules of the waters and of the four dimensions."""

from data.sample import issues, monitoring, patrols, plants, rivers, saving, sources, works
from data.sample.rows import Ledgers


def water_ledgers() -> Ledgers:
    """Return the ledgers of 五水共治."""
    parts = (rivers, monitoring, patrols, issues, sources, works, plants, saving)
    return {name: rows for part in parts for name, rows in part.ledgers().items()}
