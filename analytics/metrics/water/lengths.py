"""How long reaches are by their courses."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import REACH, RIVER, VILLAGE, of_ledger
from analytics.metrics.model import Metric
from analytics.water.course_length import course_lengths
from data.datasets.model import flag, number
from data.derivations import difference
from data.text import Text

COURSE_LENGTH = Metric(
    name="course_length",
    label=Text("河段长度核对", "Lengths of reaches, measured"),
    unit="km",
    formula=Text(
        "实测长度：河段走向在 WGS84 椭球上量得；差 = 实测 − 登记；相差超过登记长度 {course_length:.0%} 的存疑，"
        "没有走向的不量",
        "Measured along the course on the WGS84 ellipsoid; the difference is measured less registered; doubtful where "
        "it is more than {course_length:.0%} of the registered length; without a course there is no measure",
    ),
    direction="none",
    basis=(own("走向和长度均以河段台账登记为准", "course and length are those of the ledger of reaches"),),
    reviewed_on=datetime.date(2026, 11, 29),
    query="water.reach_courses",
    transform=course_lengths,
    columns=(
        RIVER,
        REACH,
        VILLAGE,
        *of_ledger("reach", "length"),
        number("measured_length", "实测长度", "Measured length", "km", low=None),
        number("length_gap", "实测与登记之差", "Measured less registered", "km", low=None),
        number("length_gap_rate", "相差", "Apart", "percent", low=None),
        flag("is_doubtful", "存疑", "Doubtful"),
    ),
    derived=(difference("length_gap", "measured_length", "length"),),
)
