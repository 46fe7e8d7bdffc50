"""Ledgers of 五水共治: the waters, then 治 chiefs and issues, 截 sources, 洁 works and plants, 节 saving."""

from data.datasets import (
    water_chiefs,
    water_issues,
    water_plants,
    water_rivers,
    water_saving,
    water_sources,
    water_works,
)

DATASETS = (
    *water_rivers.DATASETS,
    *water_chiefs.DATASETS,
    *water_issues.DATASETS,
    *water_sources.DATASETS,
    *water_works.DATASETS,
    *water_plants.DATASETS,
    *water_saving.DATASETS,
)
