"""The indicators of 拆, put together out of the metrics of signing, areas, unlawful buildings and operations."""

import datetime

from analytics.metrics.basis import SIGNING_BY_HOUSEHOLD, TARGET_SHEET, own
from analytics.metrics.columns import INDICATOR_COLUMNS
from analytics.metrics.demolition.clearance import (
    AREA_TARGETS,
    ENFORCEMENT_LAW,
    OPERATIONS_SAFETY,
    VIOLATIONS_REUSE,
)
from analytics.metrics.demolition.signing import SIGNING_RATE, STATUS_CHAIN
from analytics.metrics.demolition.signing_parts import SIGNING_BY_AREA
from analytics.metrics.model import LazyTransform, Metric
from data.text import Text

CLEARANCE_INDICATORS = Metric(
    name="clearance_indicators",
    label=Text("拆：落实拆迁指标", "Clear: its indicators"),
    unit="",
    formula=Text(
        "签约率按户、按面积，各项目合计；户腾空率、户拆除率、净地交付率 = 到过该步的户 ÷ 总户数（不是 ÷ 已签约户）；"
        "拆违、三改完成率 = 目标期内面积 ÷ 目标，可以超过 100 %；新增违建处置天数和拆后利用率见违建处置；"
        "安全事故、夜间或节假日强拆应为 0，见拆除行动；没有目标的不给完成率；"
        "分母（天数按已拆处数）不足 {step_cases:g}：样本不足",
        "Signed by household and by floor area, all projects together; vacated, razed and delivered = households that "
        "reached the step ÷ all households (not ÷ those signed); razed and renovated = floor area in the period of the "
        "target ÷ target, which may pass 100 %; days to raze new unlawful buildings and land in use as in the metric "
        "of unlawful buildings; accidents and force at night or on holidays are to be 0, as in operations; without a "
        "target there is no rate; fewer than {step_cases:g} in the denominator (of days: razed): too few",
    ),
    direction="none",
    basis=(
        SIGNING_BY_HOUSEHOLD,
        TARGET_SHEET,
        ENFORCEMENT_LAW,
        own("四步棋的“拆”；各明细指标的口径另见", "the last of the four steps; each list has its own formula"),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.area_targets",
    columns=INDICATOR_COLUMNS,
    transform=LazyTransform("analytics.demolition.clearance_indicators", "clearance_indicators"),
    depends_on=(SIGNING_RATE, SIGNING_BY_AREA, STATUS_CHAIN, AREA_TARGETS, VIOLATIONS_REUSE, OPERATIONS_SAFETY),
)
