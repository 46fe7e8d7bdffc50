"""Phrases on screen that several pages or the parts of every page use."""

from data.text import Text

TITLE = Text("庄桥一线", "Frontline")
AS_OF = Text("数据截至", "Data as of")
SEEN_FROM = Text("按 {day} 计算", "worked out for {day}")
AS_OF_CHOICE = Text("看哪一天", "Show figures as of")
NEWEST_DAY = Text("看最新数据", "Show the newest figures")
DAY_HINT = Text("输入日期按回车；有点的日子有新数据。", "Type a day and press Enter; days with news have a dot.")
NOT_A_DAY = Text("请写成 2014-06-30。", "Please write it as 2014-06-30.")
NO_SUCH_DAY = Text(
    "地址里的日期“{day}”不存在，或者不在 1900–2100 年之间，显示最新数据。",
    "The address asks for a day that is none of the years 1900–2100, {day}: shown is the newest.",
)
NO_SUCH_BATCH = Text(
    "地址里的批次“{batch}”不存在，显示现在的数字。",
    "The address asks for a batch that is none, {batch}: shown are the figures of now.",
)
AS_IT_STOOD = Text(
    "这里是批次 {batch}（{file}，{who} {when} 载入）之后的样子，不是现在的数字。",
    "This is how things stood after batch {batch} ({file}, loaded by {who} at {when}), not the figures of now.",
)
BACK_TO_NOW = Text("看现在的数字", "Show the figures of now")
NOT_KNOWN = Text("没有这个{what}：{code}。", "There is no such {what}: {code}.")
NOT_KNOWN_THEN = Text("那时还没有这个{what}：{code}。", "There was no such {what} then: {code}.")
SHOW_ALL = Text("全部 {count} 行", "All {count} rows")
MORE_ROWS = Text("另有 {count} 行", "{count} more rows")
SAMPLE = Text("示例数据", "Sample data")
SAMPLE_HELP = Text("本页含示例数据，不是真实数字。", "This page holds sample data, not real figures.")
BATCH_ONE = Text("批次 {batch}", "Batch {batch}")
BATCHES = Text("批次 {first}–{last}", "Batches {first}–{last}")
FORMULA = Text("口径", "How it is worked out")
RULES = Text("灯色口径", "What the lights mean")
DOWNLOAD_TABLE = Text("下载表格", "Download table")
SOURCE_BATCHES = Text("数据来自：", "From: ")
WITHHELD = Text(
    "共 {count} 行；查看角色只看汇总，不逐户逐件列出",
    "{count} rows; viewers see totals, never one household or petition",
)
NOTHING_YET = Text("还没有数据", "No data yet")
NO_DATA = Text("还没有数据。请到“数据更新”上传台账。", "There are no data yet. Upload a ledger under “Update data”.")
NO_DATA_BY = Text(
    "截至 {day} 没有这里要的数据。请换一天，或者到“数据更新”上传台账。",
    "By {day} there are none of the data that are needed here. Choose another day, or upload a ledger under “Update "
    "data”.",
)
GO_TO_UPLOAD = Text("去上传台账", "Upload a ledger")
STATUS = {
    "正常": Text("正常", "On plan"),
    "滞后": Text("滞后", "Behind"),
    "严重滞后": Text("严重滞后", "Far behind"),
    "已逾期": Text("已逾期", "Past its deadline"),
    "待上报": Text("待上报", "Report due"),
    "已完成": Text("已完成", "Done"),
    "无数据": Text("无数据", "No data"),
}
BEHIND = Text("落后事项（已逾期的在前，再按差距）", "Behind plan (past the deadline first, then by gap)")
STALE = Text("久未更新", "stale")
MISSING_MONTH = Text("缺测", "not measured")
ACTUAL = Text("实际", "Actual")
NEWS = Text(
    "台账刚有变动；您在这一页填的都还在。", "The ledgers have just changed; what you entered on this page is kept."
)
SHOW_NEWS = Text("按新的显示", "Show the new state")
COMPARED = Text("{since} 的数字与 {as_of} 的数字相比", "The figures of {since} beside those of {as_of}")
KNOWN_THEN = Text("那时已载入到批次 {batch}", "batch {batch} was the last one loaded then")
NOTHING_KNOWN_THEN = Text(
    "那天之前没有载入过批次，{since} 的数字按现在的台账重算，看不出更正",
    "no batch had been loaded by then, so the figures of {since} are worked out anew and show no corrections",
)
NO_ROW_CHANGED = Text("这个指标没有变化。", "This metric has not changed.")
