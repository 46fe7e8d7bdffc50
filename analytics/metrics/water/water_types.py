"""The metric of types of water that are only guessed, and what would change."""

import datetime

from analytics.metrics.basis import LIMITS, own
from analytics.metrics.columns import CLASS, MONTH, MONTHS, RIVER, SECTION
from analytics.metrics.model import Metric
from data import words
from data.datasets.model import choice, integer
from data.datasets.water.choices import WATER_CLASSES
from data.text import Text

WATER_TYPE_GUESS = Metric(
    name="water_type_guess",
    label=Text("推定的水体类型", "Guessed types of water"),
    unit="",
    formula=Text(
        "断面和它的河道都没有登记水体类型时，按名称、再按是否测叶绿素或藻密度推定；都看不出的按河流。湖库的总磷限值与河流"
        "不同，所以列出换一种类型会有几个月的类别不同。登记以后不再推定",
        "Where neither a section nor its river has a registered type of water, the names tell, then whether "
        "chlorophyll or algae are measured; where nothing tells it is taken for a river. Lakes have other limits of "
        "phosphorus, so the months are counted whose class would be another with the other type. What is registered "
        "is guessed no more",
    ),
    direction="lower",
    basis=(
        LIMITS,
        own(
            "推定规则为本系统所定；总磷本身不作依据", "the rules of the guess are ours; phosphorus itself does not tell"
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.water_type_guess",
    columns=(
        SECTION,
        RIVER,
        choice("water", "推定为", "Taken for", words.WATER_KINDS),
        choice("guessed_by", "推定依据", "Guessed by", words.GUESSED_BY),
        MONTHS,
        integer("months_changed", "换一种会改变类别的月份", "Months of another class otherwise", "piece"),
        MONTH,
        CLASS,
        choice("other_class", "换一种的类别", "Class otherwise", WATER_CLASSES),
    ),
)
