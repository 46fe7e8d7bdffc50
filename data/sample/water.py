"""示例 ledgers of 五水共治, gathered from the modules of the waters and of the four dimensions."""

from data.sample import issues, monitoring, patrols, plants, rivers, saving, sources, works
from data.sample.rows import Ledgers


def water_ledgers() -> Ledgers:
    """Return the ledgers of 五水共治."""
    parts = (
        rivers.river_ledgers(),
        monitoring.monitoring_ledgers(),
        patrols.patrol_ledgers(),
        issues.issue_ledgers(),
        sources.pollution_source_ledgers(),
        works.work_ledgers(),
        plants.plant_ledgers(),
        saving.saving_ledgers(),
    )
    return {name: rows for part in parts for name, rows in part.items()}
