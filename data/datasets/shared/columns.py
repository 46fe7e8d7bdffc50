"""Columns that ledgers of every line of work share."""

from data.datasets.model import Column, parent


def village_column(*, required: bool = False) -> Column:
    """Return the column that names the village or community of a place."""
    aliases = ("村社", "村", "村（社区）")
    return parent("village_id", "village", "所在村社", "Village", required=required, aliases=aliases)
