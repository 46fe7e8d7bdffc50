"""FIGURES of 截."""

from analytics.metrics.model import Metric
from data.datasets.targets import TARGETS
from data.text import Text

METRICS = (
    Metric(
        name="source_closure",
        label=TARGETS["source_closure"].label,
        unit="percent",
        formula=Text(
            "截至当日已整治 ÷ 截至当日已登记；反弹的退回未整治，另列；已验收的另列",
            "Sources closed by the day ÷ sources found by the day; a relapsed one counts as open and is told, "
            "so are those accepted",
        ),
        direction="higher",
        query="water.source_closure",
        sources=("source",),
    ),
    Metric(
        name="source_list",
        label=Text("污染源清单", "Pollution sources"),
        unit="",
        formula=Text(
            "截至当日已登记的每个污染源，逾期最久的在前；当日之后才完成的只知道当时“尚未完成”",
            "Every source found by the day, the longest overdue first; of one closed later it is only known that it "
            "was not done yet",
        ),
        direction="none",
        query="water.source_list",
        sources=("source",),
    ),
    Metric(
        name="source_by_village",
        label=Text("各村社污染源和排口", "Sources and outfalls by village"),
        unit="percent",
        formula=Text(
            "按所在村社：污染源、排口截至当日已整治 ÷ 已登记；没有登记村社的另为一行；未整治多的在前",
            "By village: sources and outfalls closed ÷ found by the day; those without a village are a row; most open "
            "ones first",
        ),
        direction="higher",
        query="water.source_by_village",
        sources=("source", "outfall"),
    ),
    Metric(
        name="outfall_closure",
        label=Text("排口整治率", "Outfall closure"),
        unit="percent",
        formula=Text(
            "截至当日已封堵、已纳管、已规范 ÷ 截至当日已登记；晴天有水、没查晴天有没有水、已整治但没有凭据的各自计数",
            "Outfalls sealed, connected or brought to standard ÷ found by the day; flow in dry weather, flow not known "
            "and closed without evidence are counted each",
        ),
        direction="higher",
        query="water.outfall_closure",
        sources=("outfall",),
    ),
    Metric(
        name="outfall_list",
        label=Text("排口清单", "Outfalls"),
        unit="",
        formula=Text(
            "截至当日已登记的每个排口，逾期最久的在前，晴天有水的先列",
            "Every outfall found by the day, the longest overdue first, then those that flow in dry weather",
        ),
        direction="none",
        query="water.outfall_list",
        sources=("outfall",),
    ),
    Metric(
        name="zero_discharge",
        label=Text("零直排区块验收率", "Zero-discharge blocks accepted"),
        unit="percent",
        formula=Text(
            "截至当日已验收的区块 ÷ 截至当日已登记（计划建设）的区块；问题整改率 = 已改 ÷ 查出，只计两个数都有的区块",
            "Blocks accepted by the day ÷ blocks registered (planned) by then; defects mended ÷ found of the blocks "
            "that report both",
        ),
        direction="higher",
        query="water.zero_discharge",
        sources=("zero_discharge",),
    ),
    Metric(
        name="zero_discharge_list",
        label=Text("零直排区块清单", "Zero-discharge blocks"),
        unit="percent",
        formula=Text(
            "每个区块最近一次上报；完成率为已接户数 ÷ 应接户数；建设阶段靠前的先列",
            "The newest report of each block; its rate is households connected ÷ to connect; early phases first",
        ),
        direction="none",
        query="water.zero_discharge_list",
        sources=("zero_discharge",),
    ),
    Metric(
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
        query="water.connection_rate",
        sources=("zero_discharge", "plant"),
    ),
)
