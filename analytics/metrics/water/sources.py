"""Metrics of 截."""

import datetime

from analytics.metrics.basis import ZERO_DISCHARGE_RULES, own
from analytics.metrics.columns import (
    ACCEPTED,
    CLOSED,
    COUNTED,
    DAYS_OVERDUE,
    DEFECT_RATE,
    DRY,
    DRY_UNKNOWN,
    IS_CLOSED,
    OVERDUE,
    RATE,
    REGISTERED,
    RELAPSED,
    RIVER,
    SOURCE,
    VILLAGE,
    of_ledger,
    with_words,
)
from analytics.metrics.model import Metric
from data import words
from data.datasets.model import choice, integer, number, text
from data.datasets.targets import TARGETS
from data.derivations import quotient
from data.text import Text

SOURCE_CLOSURE = Metric(
    name="source_closure",
    label=TARGETS["source_closure"].label,
    unit="percent",
    formula=Text(
        "截至当日已整治 ÷ 截至当日已登记；反弹的退回未整治，另列；已验收的另列",
        "Sources closed by the day ÷ sources found by the day; a relapsed one counts as open and is told, "
        "so are those accepted",
    ),
    direction="higher",
    basis=(own("按登记数和整治状态计；反弹的退回未整治", "by register and state; a relapsed source is open again"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.source_closure",
    columns=(RIVER, *of_ledger("source", "kind"), CLOSED, REGISTERED, RATE, OVERDUE, ACCEPTED, RELAPSED),
    derived=(quotient("rate", "closed", "registered"),),
)

SOURCE_LIST = Metric(
    name="source_list",
    label=Text("污染源清单", "Pollution sources"),
    unit="",
    formula=Text(
        "截至当日已登记的每个污染源，逾期最久的在前；当日之后才完成的只知道当时“尚未完成”",
        "Every source found by the day, the longest overdue first; of one closed later it is only known that it "
        "was not done yet",
    ),
    direction="none",
    basis=(own("限期以台账登记为准", "due days are those of the ledger"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.source_list",
    columns=(
        SOURCE,
        *of_ledger("source", "kind"),
        with_words("source", "state", words.NOT_DONE_YET),
        VILLAGE,
        RIVER,
        *of_ledger("source", "scale", "scale_unit", "action", "found_on", "due_on", "closed_on", "accepted_on"),
        DAYS_OVERDUE,
        IS_CLOSED,
    ),
)

SOURCE_BY_VILLAGE = Metric(
    name="source_by_village",
    label=Text("各村社污染源和排口", "Sources and outfalls by village"),
    unit="percent",
    formula=Text(
        "按所在村社：污染源、排口截至当日已整治 ÷ 已登记；没有登记村社的另为一行；排口一个都没查晴天情况的不给晴天"
        "排水数；未整治多的在前",
        "By village: sources and outfalls closed ÷ found by the day; those without a village are a row; no count of "
        "flow in dry weather where no outfall was looked at; most open ones first",
    ),
    direction="higher",
    basis=(
        own(
            "按登记数和整治状态计；没有登记村社的不分摊",
            "by register and state; those without a village are not shared out",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.source_by_village",
    columns=(
        VILLAGE,
        CLOSED,
        REGISTERED,
        RATE,
        OVERDUE,
        ACCEPTED,
        RELAPSED,
        integer("outfalls_closed", "排口已整治", "Outfalls closed", "piece"),
        integer("outfalls", "排口登记数", "Outfalls", "piece"),
        number("outfall_rate", "排口整治率", "Outfall closure", "percent"),
        integer("outfalls_overdue", "排口逾期数", "Outfalls overdue", "piece"),
        DRY,
        DRY_UNKNOWN,
    ),
    derived=(
        quotient("rate", "closed", "registered"),
        quotient("outfall_rate", "outfalls_closed", "outfalls"),
    ),
)

OUTFALL_CLOSURE = Metric(
    name="outfall_closure",
    label=Text("排口整治率", "Outfall closure"),
    unit="percent",
    formula=Text(
        "截至当日已封堵、已纳管、已规范 ÷ 截至当日已登记；晴天有水、没查晴天有没有水、已整治但没有凭据的各自计数；"
        "一个都没查晴天情况的不给晴天排水数",
        "Outfalls sealed, connected or brought to standard ÷ found by the day; flow in dry weather, flow not known "
        "and closed without evidence are counted each; no count of flow where no outfall was looked at",
    ),
    direction="higher",
    basis=(own("已封堵、已纳管、已规范算整治", "sealed, connected and brought to standard are closed"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.outfall_closure",
    columns=(
        RIVER,
        *of_ledger("outfall", "kind"),
        CLOSED,
        REGISTERED,
        RATE,
        OVERDUE,
        DRY,
        DRY_UNKNOWN,
        integer("with_evidence", "已整治有凭据", "Closed with evidence", "piece"),
        integer("without_evidence", "已整治无凭据", "Closed without evidence", "piece"),
    ),
    derived=(quotient("rate", "closed", "registered"),),
)

OUTFALL_LIST = Metric(
    name="outfall_list",
    label=Text("排口清单", "Outfalls"),
    unit="",
    formula=Text(
        "截至当日已登记的每个排口，逾期最久的在前，晴天有水的先列",
        "Every outfall found by the day, the longest overdue first, then those that flow in dry weather",
    ),
    direction="none",
    basis=(own("限期以台账登记为准", "due days are those of the ledger"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.outfall_list",
    columns=(
        text("outfall", "排口", "Outfall"),
        *of_ledger("outfall", "kind"),
        with_words("outfall", "state", words.NOT_DONE_YET),
        VILLAGE,
        RIVER,
        *of_ledger("outfall", "dry_weather_flow", "found_on", "due_on", "closed_on", "evidence", "has_sign"),
        DAYS_OVERDUE,
        IS_CLOSED,
    ),
)

ZERO_DISCHARGE = Metric(
    name="zero_discharge",
    label=Text("零直排区块验收率", "Zero-discharge blocks accepted"),
    unit="percent",
    formula=Text(
        "截至当日已验收的区块 ÷ 截至当日已登记（计划建设）的区块；问题整改率 = 已改 ÷ 查出，只计两个数都有的区块",
        "Blocks accepted by the day ÷ blocks registered (planned) by then; defects mended ÷ found of the blocks "
        "that report both",
    ),
    direction="higher",
    basis=(ZERO_DISCHARGE_RULES,),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.zero_discharge",
    columns=(
        *of_ledger("zero_discharge", "kind"),
        integer("blocks_accepted", "已验收区块", "Blocks accepted", "piece"),
        integer("blocks", "区块数", "Blocks", "piece"),
        RATE,
        *of_ledger("zero_discharge", "defects_fixed", "defects_found"),
        DEFECT_RATE,
        integer("defects_unknown", "没有问题数的区块", "Blocks without a count of defects", "piece"),
        *of_ledger("zero_discharge", "reported_on"),
    ),
    derived=(
        quotient("rate", "blocks_accepted", "blocks"),
        quotient("defect_rate", "defects_fixed", "defects_found"),
    ),
)

ZERO_DISCHARGE_LIST = Metric(
    name="zero_discharge_list",
    label=Text("零直排区块清单", "Zero-discharge blocks"),
    unit="percent",
    formula=Text(
        "每个区块最近一次上报；完成率为已接户数 ÷ 应接户数；建设阶段靠前的先列",
        "The newest report of each block; its rate is households connected ÷ to connect; early phases first",
    ),
    direction="none",
    basis=(ZERO_DISCHARGE_RULES,),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.zero_discharge_list",
    columns=(
        text("area", "区块", "Block"),
        *of_ledger("zero_discharge", "kind", "phase"),
        VILLAGE,
        *of_ledger("zero_discharge", "households_connected", "households_design"),
        RATE,
        *of_ledger("zero_discharge", "defects_fixed", "defects_found"),
        DEFECT_RATE,
        *of_ledger("zero_discharge", "accepted_on", "reported_on"),
    ),
    derived=(
        quotient("rate", "households_connected", "households_design"),
        quotient("defect_rate", "defects_fixed", "defects_found"),
    ),
)

CONNECTION_RATE = Metric(
    name="connection_rate",
    label=Text("截污纳管率", "Connection rate"),
    unit="percent",
    formula=Text(
        "已接户数 ÷ 应接户数；零直排区块和微型污水处理厂分开计算，不相加，"
        "因为同一户可能两本台账都有；缺一个户数的区块或微型污水处理厂不计入，另计数",
        "Households connected ÷ to connect, of zero-discharge blocks and of plants apart: the two are never added, "
        "since a household may stand in both ledgers; places without both numbers are left out and counted",
    ),
    direction="higher",
    basis=(
        ZERO_DISCHARGE_RULES,
        own("两本台账没有相通的户编码，不相加", "no code of households joins the two ledgers, so they are not added"),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.connection_rate",
    columns=(
        choice("ledger", "台账", "Ledger", words.CONNECTED),
        VILLAGE,
        *of_ledger("zero_discharge", "households_connected", "households_design"),
        RATE,
        COUNTED,
        integer("uncounted", "缺户数未计入", "Left out, no numbers", "piece"),
    ),
    derived=(quotient("rate", "households_connected", "households_design"),),
)
