"""Former plans of works: the cumulative quantities that were due until a day."""

from data.datasets.history import former_values_ledger
from data.datasets.water import work_plan
from data.text import Text

DATASET = former_values_ledger(
    work_plan.DATASET,
    330,
    Text("工程计划曲线·变更前", "Former plans of works"),
    Text(
        "计划调整之前的整条曲线，有效至哪天；到那天为止的进度按它计算。",
        "The whole curve of a work before its plan was changed; progress up to that day goes by it.",
    ),
)
