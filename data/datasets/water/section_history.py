"""Former values of sections: river, reach, water type and target class until a day."""

from data.datasets.history import former_values_ledger
from data.datasets.water import section
from data.text import Text

DATASET = former_values_ledger(
    section.DATASET,
    310,
    Text("监测断面·变更前", "Former values of sections"),
    Text(
        "断面变更之前的河道、河段、水体类型和目标水质，有效至哪天；之前各月按它评价。",
        "River, reach, water type and target class of a section until a day; the months before are judged by them.",
    ),
)
