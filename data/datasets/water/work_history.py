"""Former values of works: planned quantity, dates and budget until a day."""

from data.datasets.history import former_values_ledger
from data.datasets.water import work
from data.text import Text

DATASET = former_values_ledger(
    work.DATASET,
    320,
    Text("整治工程·变更前", "Former values of works"),
    Text(
        "工程变更之前的计划工程量、工期和预算，有效至哪天；到那天为止的进度按它计算。",
        "Planned quantity, dates and budget of a work until a day; progress up to that day goes by them.",
    ),
)
