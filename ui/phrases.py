"""Every phrase on screen that is not a ledger's or a metric's own."""

from data.text import Text
from data.words import STREAMS

TITLE = Text("庄桥一线", "Frontline")
LANGUAGE = Text("语言", "Language")
AS_OF = Text("数据截至", "Data as of")
SEEN_FROM = Text("按 {day} 计算", "worked out for {day}")
AS_OF_CHOICE = Text("看哪一天的数据", "Show figures as of")
AS_OF_HELP = Text("留空为各台账最新日期", "Leave empty for the newest date of each ledger")
SAMPLE = Text("示例数据", "Sample data")
SAMPLE_HELP = Text("本页含示例数据，不是真实数字。", "This page holds sample data, not real figures.")
BATCH_ONE = Text("批次 {batch}", "Batch {batch}")
BATCHES = Text("批次 {first}–{last}", "Batches {first}–{last}")
FORMULA = Text("口径", "How it is worked out")
DOWNLOAD_TABLE = Text("下载表格", "Download table")
GO_TO_BATCHES = Text("查看批次", "See the batches")
LIST = Text("明细", "The list behind it")
NOTHING_YET = Text("还没有数据", "No data yet")
NO_DATA = Text("还没有数据。请到“数据更新”上传台账。", "There are no data yet. Upload a ledger under “Update data”.")
GO_TO_UPLOAD = Text("去上传台账", "Upload a ledger")
STATUS = {
    "正常": Text("正常", "On plan"),
    "滞后": Text("滞后", "Behind"),
    "严重滞后": Text("严重滞后", "Far behind"),
    "已完成": Text("已完成", "Done"),
    "无数据": Text("无数据", "No data"),
}

GROUPS = STREAMS | {"overview": Text("总览", "Overview"), "ledgers": Text("台账", "Ledgers")}

BEHIND = Text("落后事项（差距最大的在前）", "Behind plan (widest gap first)")
NOTHING_BEHIND = Text("没有落后于序时的事项。", "Nothing is behind its plan.")
FRESHNESS = Text("各台账数据截至", "How new each ledger is")
STALE = Text("过期", "stale")
LEDGER = Text("台账", "Ledger")
ROWS = Text("行数", "Rows")
BATCH = Text("批次", "Batch")
ACTUAL_OF_TARGET = Text("{actual} / 目标 {target}", "{actual} of {target}")
PLAN_TO_DATE = Text("序时 {rate}", "plan {rate}")
TIME_ELAPSED = Text("时间进度 {rate}", "time elapsed {rate}")
LEVEL = Text("一直要保持的水平", "to be kept on every day")
DAYS_LEFT = Text("还剩 {days} 天", "{days} days left")
DAYS_OVER = Text("已过 {days} 天", "{days} days over")
MORE = Text("另有 {count} 项", "{count} more")
NO_TARGET = Text("没有在期内的目标任务。", "No target runs on this day.")

CLASS_OVER_TIME = Text("各断面月度水质类别（近 12 个月）", "Monthly class of each section (12 months)")
SILENT_SECTIONS = Text(
    "另有 {count} 个断面这 12 个月没有数据。", "{count} more sections have no data in these 12 months."
)
MISSING_MONTH = Text("缺测", "not measured")
UNJUDGED_MONTH = Text("有监测但无法判定", "measured, but not to be judged")
CHOOSE_SECTION = Text("断面", "Section")
READINGS = Text("该断面监测值", "Readings of the section")
SAMPLE_CLASSES = Text("该断面样品类别", "Classes of its samples")
ITEMS_NOTE = Text(
    "按实际监测的项目评价（21 项中的 n 项），项目少于 21 项的类别只代表所测项目；灰格“–”为当月缺测，"
    "“?”为有监测但无法判定。",
    "Classed by the items measured (n of the 21); with fewer than 21 a class speaks for those items only. "
    "A grey dash is a month not measured, a question mark one whose items cannot be judged.",
)

DREDGING = Text("清淤：计划与实际", "Dredging: plan and actual")
WORKS = Text("整治工程：计划与实际", "Works: plan and actual")
PLAN_MARK = Text("序时进度", "Plan to date")

MAP_HINT = Text(
    "点河段或污染源看卡片；底图为示意图。", "Click a reach or a source for its card; the base map is schematic."
)
MAP_ALT = Text(
    "河道示意图：{reaches} 段河道按最近水质类别着色，{sources} 处污染源，其中 {open} 处未整治。",
    "Schematic map: {reaches} reaches coloured by newest class, {sources} pollution sources, {open} of them open.",
)
NOT_DRAWN = Text(
    "{count} 段河道没有登记走向，图上没有，见河段清单。", "{count} reaches have no course and stand in the list alone."
)
LEGEND_CLASS = Text("水质类别", "Class")
LEGEND_SOURCE = Text("污染源", "Sources")
OPEN, CLOSED, OVERDUE = Text("未整治", "Open"), Text("已整治", "Closed"), Text("逾期", "Overdue")
NO_SELECTION = Text("还没有选中河段或污染源。", "No reach or source is selected.")
REACH_LIST = Text("河段清单", "Reaches")
SOURCE_LIST = Text("污染源清单", "Pollution sources")
CHIEF = Text("河长", "Chief")

STAGES = Text("各阶段项目数与总投资", "Projects and total investment by stage")
PROJECTS = Text("项目清单", "Projects")
PARCELS = Text("约定动工日期已过仍未动工的地块", "Land whose agreed start has passed")
FUNDS = Text("签约项目资金到位", "Funds in place of signed projects")
SIGNED_TO_STAGE = Text("{count} 个 · {money}", "{count} · {money}")
STAGE_AXIS = Text("总投资（亿元）", "Total investment (100m CNY)")

CHOOSE_PROJECT = Text("征迁项目", "Project")
CURVE = Text("签约曲线", "Signing curve")
CURVE_AXIS = Text("签约率（%）", "Signing rate (%)")
REQUIRED_PACE = Text("按期需要的进度", "Pace needed")
ACTUAL = Text("实际", "Actual")
DEADLINE = Text("签约截止", "Deadline")
CHAIN = Text("户状态链（占总户数）", "Household status chain (of all households)")
COMPENSATION = Text("补偿方式构成", "Compensation")
HOUSEHOLDS_AXIS = Text("户数", "Households")

UPDATE = Text("数据更新", "Update data")

DICTIONARY_TITLE = Text("{ledgers} 本台账、{metrics} 个指标的口径", "{ledgers} ledgers and {metrics} metrics, defined")
LEDGERS, METRICS = Text("台账", "Ledgers"), Text("指标", "Metrics")
