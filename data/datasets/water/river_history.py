"""Former values of rivers: level, water type, target class and rule of assessment until a day."""

from data.datasets.history import former_values_ledger
from data.datasets.water import river
from data.text import Text

DATASET = former_values_ledger(
    river.DATASET,
    300,
    Text("河道名录·变更前", "Former values of rivers"),
    Text(
        "河道变更之前的等级、水体类型、目标水质和评价规则，有效至哪天；之前各月按它评价。",
        "Level, water type, target class and rule of a river until a day; the months before are judged by them.",
    ),
)
