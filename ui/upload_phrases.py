"""Every phrase of the upload page and of the history of batches."""

from data.text import Text

WEB_USER = Text("网页", "Web page")

AUTO = Text("让文件来认", "Let the file tell")
AUTO_HELP = Text(
    "看表头认出是哪本台账；认错了可以在下面改。选定一本台账，可以下载它的模板和示例。",
    "The headings tell which ledger a file belongs to; it can be changed below. "
    "Choose a ledger to download its template and example.",
)
CHOOSE_LEDGER = Text("台账", "Ledger")
TEMPLATE = Text("Excel 模板", "Excel template")
TEMPLATE_CSV = Text("CSV 模板", "CSV template")
EXAMPLE = Text("填写示例", "Filled-in example")
EXPORT = Text("导出现有台账（CSV）", "Export the ledger (CSV)")
EXPORT_XLSX = Text("导出现有台账（Excel）", "Export the ledger (Excel)")
UPLOAD = Text(
    "把文件拖到这里，可以一次几个（Excel、WPS 表格、OpenDocument、CSV、网页表格、JSON；"
    "地图：GeoJSON、KML、KMZ、打成 .zip 的 shapefile）",
    "Drop one or several files here (Excel, WPS, OpenDocument, CSV, tables of web pages, JSON; "
    "maps: GeoJSON, KML, KMZ, zipped shapefile)",
)

STEPS = {
    "waiting": Text("排队等候", "waiting for its turn"),
    "recognising": Text("认台账", "recognising the ledger"),
    "reading": Text("读取", "reading"),
    "checking": Text("检查", "checking"),
    "comparing": Text("与台账比对", "comparing with the ledger"),
    "writing": Text("写入", "writing"),
    "undoing": Text("撤销", "undoing"),
}
DONE_ROWS = Text("{step}：已完成 {done} 行", "{step}: {done} rows done")
ROWS = Text("{step}：共 {total} 行", "{step}: {total} rows")
DONE_OF_ROWS = Text("{step}：已完成 {done} / {total} 行", "{step}: {done} of {total} rows done")
DOING = Text("正在{step}…", "{step} …")
CANCEL, STOPPING = Text("取消", "Cancel"), Text("正在取消…", "Cancelling …")
BROKEN = Text(
    "检查时程序出错，详情已记入服务器日志，请联系管理员。",
    "The program failed while checking; the server's log has the details. Please tell the administrator.",
)
CHECK_AGAIN = Text("重新检查", "Check again")


def progress_text(stage: str, done: int, total: int) -> Text:
    """Say how far work is: 检查：已完成 430,000 / 1,000,000 行."""
    name = STEPS[stage]
    if total and stage != "recognising":
        return (DONE_OF_ROWS if done else ROWS).fill(step=name, done=f"{done:,}", total=f"{total:,}")
    return DONE_ROWS.fill(step=name, done=f"{done:,}") if done else DOING.fill(step=name)


LOST_FILES = Text(
    "放在这里的 {count} 个文件已经不在了：页面重新载入过，或服务器重启过。没有点过“提交”的，什么也没有写入，"
    "请把文件再拖进来；点过“提交”的，写入了没有请看“批次与撤销”。",
    "The files that waited here ({count}) are gone: the page was loaded again, or the server was restarted. "
    "Of those not committed nothing was written; drop them here once more. For the others, see “Batches and undo”.",
)
REMOVE = Text("移除", "Remove")
UNKNOWN_LEDGER = Text(
    "从表头和文件名都认不出“{name}”是哪本台账，请选一本。",
    "Neither the headings nor the name of “{name}” tell which ledger it is; choose one.",
)
NEAREST_LEDGER = Text("表头最像“{ledger}”。", "Its headings are most like those of “{ledger}”.")
RECOGNISED_AS = Text("认作", "Taken for")
CHOOSE = Text("请选择", "Choose one")
ALSO_LIKE = Text("也可能是：{ledgers}", "It may also be: {ledgers}")

READY = Text("可以提交。", "Ready to commit.")
TO_CORRECT = Text("有错的行没有改好之前不能提交。", "It can be committed once the refused rows are corrected.")
GOOD_ROWS_ONLY = Text(
    "只提交正确的行；有错的 {rejected} 行不写入，留在错误文件里。",
    "Only the good rows are committed; {rejected} refused rows are left in the error file.",
)
NOTHING_TO_COMMIT = Text(
    "与台账现有数据完全相同，不需要提交。", "The file says what the ledger holds already; nothing to commit."
)
COUNTS = Text(
    "文件共 {rows} 行，有错 {rejected} 行；台账新增 {inserted} 条，更新 {updated} 条，不变 {unchanged} 条。",
    "{rows} rows in the file, {rejected} refused; ledger: {inserted} new, {updated} changed, {unchanged} unchanged.",
)
DELETED_COUNT = Text("删除台账里的 {deleted} 行。", "{deleted} rows of the ledger will be deleted.")
MISSING_COUNT = Text(
    "台账里另有 {missing} 行不在这个文件里，保持不动。",
    "{missing} more rows of the ledger are not in this file and stay as they are.",
)

PART = Text("{ledger}（工作表 {sheets}）：{counts}", "{ledger} (sheet {sheets}): {counts}")
PART_TITLE = Text("{ledger}（工作表 {sheets}）", "{ledger} (sheet {sheets})")
TOGETHER = Text(
    "各部分一起提交，上级在前；撤销其中一批，就一起撤销。",
    "The parts are committed together, parents first; to undo the batch of one is to undo all.",
)
READ_AS = Text("读取方式", "How it was read")
LAYOUTS = {"long": Text("一行一条", "one row each"), "wide": Text("每个项目一列", "one column per item")}
FILE_FORMAT = Text("格式", "Format")
FORMAT_NAMES = {"json": "JSON", "geojson": "GeoJSON", "kml": "KML", "kmz": "KMZ", "shapefile": "Shapefile"}
ENCODING, DELIMITER, SHEET = Text("编码", "Encoding"), Text("分隔符", "Separator"), Text("工作表", "Sheet")
HEADER_LINE = Text("表头在第几行", "Line of the header")
HEADER_AT = Text("表头在第 {line} 行", "header in line {line}")
FOUND = Text("自动（{found}）", "Automatic ({found})")
AUTOMATIC = Text("自动", "Automatic")
READ = Text("认出：{found}", "Found: {found}")
DELIMITERS = {
    ",": Text("逗号", "comma"),
    ";": Text("分号", "semicolon"),
    "\t": Text("制表符", "tab"),
    "|": Text("竖线", "bar"),
    "，": Text("全角逗号", "full-width comma"),
}

COLUMNS = Text("列的对应：认出 {known} 列，没认出 {unknown} 列", "Columns: {known} recognised, {unknown} not")
COLUMNS_UNKNOWN = Text("列的对应：有 {unknown} 列要请您指定", "Columns: {unknown} to be placed by you")
COLUMNS_HELP = Text("文件里的列 → 台账里的列", "Column of the file → column of the ledger")
UNKNOWN_COLUMNS = Text(
    "没认出的列不载入；要载入的，请选它对应台账里的哪一列。",
    "Columns not recognised are left out; for those to be loaded, choose the column of the ledger.",
)
ONLY_THESE = Text("只带这几列", "Only these columns")
ONLY_THESE_HELP = Text(
    "勾选的列读入，其余的连同标题、备注和别的工作表都不带，也不留。关于个人的列不能带。",
    "The ticked columns are read; the others, titles, remarks and other sheets are left behind and not kept. "
    "Columns about persons cannot come along.",
)
PERSONAL_COLUMN = Text("{heading}（个人信息 · {what}）", "{heading} (personal · {what})")
COLUMN_NUMBER = Text("第 {number} 列", "Column {number}")
GIVE_ONCE = Text("整份都填", "The same for the whole file")
GIVE_ONCE_HELP = Text(
    "文件没有的列，如果每一行都一样，在这里填一次；只用于这个文件，下次不会记得。",
    "A column that the file lacks can be given here once if it is the same in every row; for this file only.",
)
NOT_GIVEN = Text("不填", "Not given")
UNKNOWN_NAMES = Text("认不出的名称", "Names that are not known")
UNKNOWN_NAMES_HELP = Text(
    "可以指定读作哪个已知的，最接近的排在前面；只用于这个文件，报告里会说明。",
    "Each can be read as a known one, the nearest first; for this file only, and the notes say so.",
)
UNKNOWN_NAME = Text("{column}：{value}", "{column}: {value}")
NOT_REPLACED = Text("不替换", "Leave as it is")
LEAVE_OUT = Text("不载入", "Leave out")

MODE = Text("提交方式", "How to commit")
MODES = {
    "upsert": Text("更新（同一条就改，没有的就加）", "Update (change what is there, add what is not)"),
    "replace": Text("替换一段时期或一个范围", "Replace a period or a part"),
    "append": Text("只追加", "Append only"),
}
SHORT_MODES = {"upsert": Text("更新", "update"), "replace": Text("替换", "replace"), "append": Text("追加", "append")}
SINCE, UNTIL = Text("从哪天起", "From"), Text("到哪天止", "Until")
ANY = Text("不限", "Any")
WHOLE_LEDGER = Text(
    "没有限定时期和范围：整本台账都会换成这个文件的内容。",
    "No period or part is chosen: the whole ledger will be replaced by this file.",
)
VALID_FROM = Text("变更自哪天起执行", "Changes hold from")
VALID_FROM_HELP = Text(
    "填了，这天之前的数字不变，变更前的值另记一本台账；不填，以前各月也按新值评价。按月的数字看当月 1 日的值。",
    "With a day, figures before it stay as they are and the former values are kept in a ledger of their own; without "
    "one, earlier months go by the new values, too. A month goes by what holds on its first day.",
)
AGREE_TO_DELETE = Text("台账里的 {rows} 行要删除，我确认", "Yes, delete {rows} rows of the ledger")
YEAR = Text("年份", "Year")
YEAR_HELP = Text("文件里的时间没有年份，请说明是哪一年。", "The times in the file have no year; say which year it is.")
REGISTER = Text("把未登记的上级（断面、村社等）一起登记", "Register the unknown parents (sections, villages …) as well")
PARTIAL = Text("只提交正确的行", "Commit the good rows only")

ERROR_GROUPS = Text("要改的地方（{count} 处，按原因归类）", "What to correct ({count} cells, by reason)")
ERROR_GROUP = Text("{reason}（{count} 处，{places}）", "{reason} ({count} ×, {places})")
MORE_GROUPS = Text("另有 {count} 种，见逐条清单。", "{count} more kinds; see the full list.")
ERRORS = Text("逐条清单（{count}）", "The full list ({count})")
FIRST_ONLY = Text(
    "这里只列前 {shown} 条，全部在错误文件里。", "Only the first {shown} are listed; the error file has all of them."
)
WARNINGS = Text("请留意", "Please note")
NOTES = Text("说明（{count}）", "Notes ({count})")
LEFT_OUT = Text("没有当作数据的行（{count}）", "Lines not taken for data ({count})")
CHANGES = Text("改动：旧值 → 新值", "Changes: old → new")
CHANGES_FIRST = Text("只列前 {shown} 处改动。", "Only the first {shown} changes are listed.")
LINE, COLUMN = Text("行号", "Line"), Text("列", "Column")
VALUE, REASON, ADVICE = Text("值", "Value"), Text("原因", "Reason"), Text("怎么改", "What to do")
LINE_TEXT, WHY = Text("内容", "Content"), Text("为什么", "Why")
KEY, OLD, NEW = Text("键", "Key"), Text("旧值", "Old"), Text("新值", "New")
ERROR_FILE = Text("下载错误行", "Download the refused rows")
MARKED_FILE = Text("下载整张表（带标注）", "Download the whole table, marked")
ERROR_FILE_NAME = Text("错误行", "refused")
MARKED_FILE_NAME = Text("带标注", "marked")

WHO = Text("经办人", "Your name")
WHO_HINT = Text("姓名记入批次", "It is written into the batch")
LOADED_BY = Text("经办人", "Loaded by")
COMMIT = Text("提交", "Commit")
COMMIT_THIS = Text("只提交这个文件", "Commit this file only")
COMMIT_ALL = Text("全部提交（{count} 个文件）", "Commit all ({count} files)")
FILE_SAYS = Text("{file}：{said}", "{file}: {said}")
AFTER_PARENTS = Text(
    "它缺的上级在同时上传的文件里：点“全部提交”，先提交上级，再提交它。",
    "Its missing parents are in the files sent with it: “Commit all” commits the parents first, then this file.",
)
COMMITTED = Text(
    "“{file}”已提交为批次 {batch}：新增 {inserted} 行，更新 {updated} 行。",
    "“{file}” is committed as batch {batch}: {inserted} rows new, {updated} changed.",
)
COMMITTED_DELETED = Text("删除 {deleted} 行。", "{deleted} rows deleted.")
NOT_WRITTEN = Text(
    "有错的 {rejected} 行没有写入，改好错误文件再上传即可。",
    "{rejected} refused rows were not written; correct the error file and upload it.",
)
REFUSED_AT_LAST = Text(
    "“{file}”没有提交：有错的行还没有改好，或没有任何变化。",
    "“{file}” was not committed: rows are still refused, or nothing changes.",
)
OVERTAKEN = Text(
    "“{file}”没有提交：台账在此期间有变动，请再看一遍再提交。",
    "“{file}” was not committed: the ledger has changed in the meantime; look at it again before you commit.",
)
SEE_CHARTS = Text("看图表：{page}", "See the charts: {page}")
SEE_BATCH = Text("查看或撤销批次 {batch}", "See or undo batch {batch}")

HISTORY = Text("批次与撤销", "Batches and undo")
ALL_LEDGERS = Text("全部台账", "All ledgers")
NO_BATCHES = Text("还没有批次。", "There are no batches yet.")
BATCH, LEDGER, FILE = Text("批次", "Batch"), Text("台账", "Ledger"), Text("文件", "File")
INSERTED, UPDATED, DELETED = Text("新增", "New"), Text("更新", "Changed"), Text("删除", "Deleted")
UNCHANGED, REJECTED = Text("不变", "Unchanged"), Text("有错", "Refused")
TIME, ORIGIN, STATE = Text("时间", "Time"), Text("来源", "From"), Text("状态", "State")
IN_FORCE, UNDONE_STATE = Text("有效", "In force"), Text("已撤销", "Undone")
UNDONE_BY = Text("已由 {name} 于 {time} 撤销", "undone by {name} at {time}")
ORIGINS = {
    "web": Text("网页", "Web page"),
    "cli": Text("命令行", "Command line"),
    "folder": Text("文件夹", "Folder"),
    "sample": Text("示例", "Sample"),
}
BATCH_TITLE = Text("批次 {batch}：{ledger}，{file}", "Batch {batch}: {ledger}, {file}")
ALL_COLUMNS = Text("批次全表", "All columns of the batches")
CHANGED_ROWS = Text("行数", "Rows")
TO_BATCHES = Text("← 批次清单", "← All batches")
BATCHES_OF = Text("{ledger}的批次", "Batches of {ledger}")
GIVEN = Text("手工指定：{given}", "Given by hand: {given}")
SEE_DEFINITION = Text("台账的列", "Its columns")
ORIGINAL = Text("下载原文件", "Download the original file")
NO_ORIGINAL = Text("原文件没有保存或已过保存期。", "The original file was not kept, or its time has passed.")
PERSONAL_ORIGINAL = Text(
    "原文件含个人信息，网页上不提供下载。", "The original file holds personal data and is not offered on the page."
)
VIEWS = {
    "changes": Text("这一批改了什么", "What it changed"),
    "ledger": Text("该批次之后的台账", "The ledger after it"),
    "compare": Text("与另一批比较", "Compare with another batch"),
    "undo": Text("撤销", "Undo"),
}
VIEW = Text("查看", "View")
LEDGER_AFTER = Text(
    "批次 {batch} 之后的台账：共 {rows} 行，下面是前 {shown} 行。",
    "The ledger after batch {batch}: {rows} rows, the first {shown} of them below.",
)
LEDGER_XLSX = Text("下载这时的台账（Excel）", "Download this state of the ledger (Excel)")
LEDGER_CSV = Text("下载这时的台账（CSV）", "Download this state of the ledger (CSV)")
OTHER_BATCH = Text("与哪一批之后的台账比较", "Compare with the ledger after batch")
BEFORE_ALL = Text("一开始（没有任何批次）", "the beginning (no batch)")
DIFFERENCE = Text(
    "从批次 {first} 之后到批次 {second} 之后：新增 {inserted} 行，更新 {updated} 行，删除 {deleted} 行。",
    "From after batch {first} to after batch {second}: {inserted} rows new, {updated} changed, {deleted} deleted.",
)
ALREADY_UNDONE = Text("这一批已经撤销，不再计入台账。", "This batch has been undone and no longer counts.")
UNDO = Text("撤销批次 {batch}", "Undo batch {batch}")
UNDO_HELP = Text(
    "撤销后，台账恢复到没有这一批的样子；批次和原文件仍留在清单里。",
    "After the undo the ledger is as if this batch had not been; the batch and its file stay in the list.",
)
CHANGED_LATER = Text(
    "其中 {rows} 行后来又被别的批次改过。不勾选下面一项，这些行保持后来的值不动。",
    "{rows} of its rows were changed later by other batches; they keep the later values unless you tick the box.",
)
WITH_LATER = Text("一并撤销后来对这些行的改动", "Undo the later changes of these rows as well")
LATER_BATCH = Text("后来的批次", "Later batch")
COMMITTED_TOGETHER = Text("批次 {batches} 一起提交", "batches {batches} were committed together")
UNDONE_TOGETHER = Text(
    "批次 {batches} 是同一个工作簿一起提交的，撤销时一起撤销。",
    "Batches {batches} were committed together, from one workbook, and are undone together.",
)
UNDONE = Text("批次 {batch} 已撤销，{rows} 行恢复原样。", "Batch {batch} is undone; {rows} rows are as they were.")
KEPT = Text("{rows} 行因后来又改过而保持不动。", "{rows} rows changed later and were kept.")
