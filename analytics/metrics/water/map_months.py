"""How reaches and pollution sources stood month after month."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import CLASS, IS_CLOSED, IS_OVERDUE, RIVER, STANDING
from analytics.metrics.model import Metric
from data import words
from data.datasets.model import choice, month, text
from data.text import Text

MAP_MONTHS = Metric(
    name="map_months",
    label=Text("河段和污染源逐月状态", "Reaches and sources month by month"),
    unit="",
    formula=Text(
        "最近 {map_months:g} 个月，每月月末（当月到截止日）的状态，只列变化的月份：河段取当月或前两月中最近有类别的"
        "一月，各断面取最差；污染源为已整治、逾期或未整治，登记以前没有",
        "At the end of each of the last {map_months:g} months (of the current one on the day), months of change alone: "
        "a reach has the worst class among its sections in the newest month that has one, of that month and the two "
        "before; a source is closed, overdue or open, and absent before it was found",
    ),
    direction="none",
    basis=(
        own(
            "与地图同一口径；水体类型按截止日所知判断",
            "as on the map; the kind of a water is judged by what is known on the day",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="water.map_months",
    columns=(
        choice("layer", "图层", "Layer", words.MAP_LAYERS),
        text("title", "名称", "Name"),
        RIVER,
        month("month", "起始月份", "From month on"),
        CLASS,
        IS_CLOSED,
        IS_OVERDUE,
        STANDING,
    ),
)
