"""Every failure that a reader may see, with its sentence in both languages."""

from __future__ import annotations

from typing import ClassVar

from data.text import Text


class DashboardError(Exception):
    """A failure that is told to the reader in one sentence; `text` holds it."""

    sentence: ClassVar[Text]

    def __init__(self, **blanks: object) -> None:
        self.text = self.sentence.fill(**blanks)
        super().__init__(f"{self.text.zh} / {self.text.en}")


class EmptyFile(DashboardError):
    sentence = Text("文件“{name}”是空的。", "The file “{name}” is empty.")


class NoRows(DashboardError):
    sentence = Text("文件“{name}”只有表头，没有数据行。", "The file “{name}” has a header but no rows.")


class NotText(DashboardError):
    sentence = Text(
        "文件“{name}”不是表格文本（{found}）。能收的是 Excel、WPS 表格（.xlsx、.xls）、CSV、TXT、JSON，"
        "地图的 GeoJSON、KML 和打包的 shapefile：表格请在 Excel 或 WPS 里另存为其中一种，图片和文档里的数请录入模板。",
        "The file “{name}” is not a text table ({found}). Excel and WPS workbooks (.xlsx, .xls), CSV, TXT, JSON, "
        "and of maps GeoJSON, KML and zipped shapefiles are taken: save a table as one of these; type what "
        "a picture or a document holds into the template.",
    )


class PersonalData(DashboardError):
    sentence = Text(
        "文件“{name}”里有个人信息，没有读入，也没有保存。{found}。台账不登记个人信息：请“只带这几列”，不带这些列"
        "（网页上勾选要带的列；命令行 --only 列,列,…），或在文件里删去后再上传。",
        "The file “{name}” holds personal data; nothing of it was read in or kept: {found}. No ledger keeps personal "
        "data: leave these columns out by “Only these columns” (tick the columns on the page; --only COLUMN,COLUMN,… "
        "on the command line), or delete them in the file and upload it again.",
    )


class NoSuchColumn(DashboardError):
    sentence = Text(
        "文件“{name}”没有“{heading}”这一列，或有几列都叫这个名字；认得的列：{known}。",
        "“{name}” has no column “{heading}”, or several of that name; the columns that are known: {known}.",
    )


class UnknownEncoding(DashboardError):
    sentence = Text(
        "认不出文件“{name}”的文字编码：不像 UTF-8、GB18030（GBK）或 UTF-16。如果是 Big5 等别的编码，请选定后再读。",
        "The encoding of “{name}” does not look like UTF-8, GB18030 (GBK) or UTF-16. If it is another one, "
        "such as Big5, choose it and try again.",
    )


class DamagedText(DashboardError):
    sentence = Text(
        "文件“{name}”像是 UTF-8，但有 {count} 处字节损坏，请重新导出后再上传。",
        "The file “{name}” looks like UTF-8 but has {count} broken places; export it again and try once more.",
    )


class UndecodableText(DashboardError):
    sentence = Text(
        "文件“{name}”不能按选定的编码 {encoding} 读取，请改选别的编码，或选“自动”。",
        "“{name}” cannot be read as {encoding}; choose another encoding, or “Automatic”.",
    )


class GarbledText(DashboardError):
    sentence = Text(
        "文件“{name}”的表头是乱码：“{shown}”应是“{meant}”。{hint}",
        "The header of “{name}” is garbled: “{shown}” should read “{meant}”. {hint}",
    )


class TooManyColumns(DashboardError):
    sentence = Text(
        "文件“{name}”有超过 {most} 列的行，不像台账。请核对分隔符，或删去多余的列。",
        "“{name}” has rows of more than {most} columns, unlike any ledger. Look at the separator, or remove columns.",
    )


class LongLine(DashboardError):
    sentence = Text(
        "文件“{name}”里有一行超过 {most} MB，不像台账。请核对换行和分隔符，或在 Excel、WPS 里另存为 .xlsx 再上传。",
        "“{name}” has a line of more than {most} MB, unlike any ledger. Look at its line ends and separators, or save "
        "it as .xlsx in Excel or WPS.",
    )


class LongCell(DashboardError):
    sentence = Text(
        "文件“{name}”第 {line} 行有一格超过 {most} 字，不像台账；请检查是否漏了引号、分隔符或换行。",
        "A cell on line {line} of “{name}” has more than {most} characters, unlike any ledger; look for a missing "
        "quote, separator or line end.",
    )


class TooManyRows(DashboardError):
    sentence = Text(
        "文件“{name}”超过 {most} 行，一次读不下。请分成几个文件再上传。",
        "“{name}” has more than {most} rows, too many to be read at once. Split it into several files.",
    )


class UnknownDelimiter(DashboardError):
    sentence = Text(
        "不能用“{delimiter}”作分隔符。可用：{known}。", "“{delimiter}” cannot be the separator. There are: {known}."
    )


class NoSuchHeader(DashboardError):
    sentence = Text(
        "第 {line} 行不能作表头：那一行是空的，或不在文件开头。",
        "Line {line} cannot be the header: it is empty or too far down.",
    )


class UnknownUnit(DashboardError):
    sentence = Text(
        "文件“{name}”的表头“{heading}”：单位“{unit}”不能换算成“{label}”的单位（{known}）。",
        "The heading “{heading}” of “{name}”: the unit “{unit}” cannot be converted to that of “{label}” ({known}).",
    )


class NoFixedUnit(UnknownUnit):
    sentence = Text(
        "文件“{name}”的表头“{heading}”：“{label}”没有固定的单位，“{unit}”不能换算；"
        "请按登记的计量单位填数字，再去掉表头里的单位。",
        "The heading “{heading}” of “{name}”: “{label}” has no unit of its own, so “{unit}” cannot be converted; "
        "write the numbers in the unit that is registered and take the unit out of the heading.",
    )


class OtherHeader(DashboardError):
    sentence = Text(
        "文件“{name}”第 {line} 行又是一个表头，与第 {first} 行的列或单位不同（{columns}），下面的行不能一起读；"
        "请分成两个文件再上传。",
        "Line {line} of “{name}” is another header, whose columns or units are not those of line {first} ({columns}); "
        "the rows below cannot be read with those above, so make two files of it.",
    )


class OtherYear(DashboardError):
    sentence = Text(
        "文件“{name}”里“{heading}”一列的日期（如 {published}）与填写的年份 {year} 不符，分不清“{cell}”是哪一年；"
        "请不填年份，或把“{heading}”一列手工指定为不载入。",
        "The days in the column “{heading}” of “{name}” (such as {published}) do not fit the year {year} that was "
        "given, so that the year of “{cell}” is open; give no year, or map that column to nothing.",
    )


class SeveralSheets(DashboardError):
    sentence = Text(
        "工作簿“{name}”里有几张同样像这本台账的工作表：{sheets}；请用 --sheet 指定，逐张载入，或在网页上选择。",
        "Several sheets of “{name}” look as much like this ledger: {sheets}; "
        "name one with --sheet, one at a time, or choose it on the page.",
    )


class DoubtfulSheets(DashboardError):
    sentence = Text(
        "工作簿“{name}”里有隐藏的、或名叫示例备份之类的工作表也像台账（{sheets}），不清楚要不要载入；"
        "请取消隐藏或改名，不要的就删去，或用 --sheet 指定一张。",
        "“{name}” has sheets that look like ledgers and are hidden or named as examples or backups ({sheets}), so that "
        "nobody knows whether they are meant; show or rename them, delete them, or name one sheet with --sheet.",
    )


class SheetNotRead(DashboardError):
    sentence = Text(
        "工作簿“{name}”的工作表“{sheet}”像台账，却读不进去，所以整个工作簿都没有载入：{reason}",
        "The sheet “{sheet}” of “{name}” looks like a ledger and cannot be read, so nothing of the workbook was: "
        "{reason}",
    )


class PartsOfWorkbook(DashboardError):
    sentence = Text(
        "工作簿“{name}”分几部分载入（{sheets}），只能用“更新”；要替换或只追加，请指定一张工作表（--sheet）。",
        "“{name}” is loaded in several parts ({sheets}), by “update” only; to replace or append, name one sheet "
        "(--sheet).",
    )


class LateUnit(DashboardError):
    sentence = Text(
        "文件“{name}”第 {line} 行在表头下面才写明单位“{unit}”，不清楚哪些行按它填写；请把单位写进表头的括号里再上传。",
        "Line {line} of “{name}” names the unit “{unit}” below the header, so it is not clear for which rows; "
        "write the unit in the brackets of the headings.",
    )


class UnknownTitleUnit(DashboardError):
    sentence = Text(
        "表头之外写的单位“{unit}”不能换算成这个文件任何一列的单位，请把单位写进各列表头的括号里。",
        "The unit “{unit}” above or below the header converts to that of no column here; write the unit of each "
        "column into the brackets of its heading.",
    )


class AmbiguousTitleUnit(DashboardError):
    sentence = Text(
        "表头之外写的单位“{unit}”分不清指的是哪一列（{columns}），请把单位写进各列表头的括号里。",
        "The unit “{unit}” above or below the header does not tell which columns it is meant for ({columns}); write "
        "the unit of each into the brackets of its heading.",
    )


class TooBigForSheet(DashboardError):
    sentence = Text(
        "“{dataset}”放不进一张工作表（最多 1,048,576 行，每格 32,767 字），请导出为 .csv 文件。",
        "“{dataset}” does not fit a worksheet (1,048,576 rows, 32,767 characters a cell); export it as .csv.",
    )


class UnknownFormat(DashboardError):
    sentence = Text(
        "只能写成 .csv 或 .xlsx 文件，不能写成“{path}”。", "Only .csv and .xlsx files can be written, not “{path}”."
    )


class NotAWorkbook(DashboardError):
    sentence = Text(
        "这个文件不是 .xlsx 或 .xls 工作簿：{found}。请在 Excel 或 WPS 里把表格另存为 .xlsx 再上传。",
        "This file is no .xlsx or .xls workbook: {found}. Save the table as .xlsx in Excel or WPS and upload that.",
    )


class UnreadableWorkbook(DashboardError):
    sentence = Text(
        "这个工作簿读不出来，可能已经损坏。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
        "This workbook cannot be read; it may be damaged. Open it in Excel or WPS, save it as .xlsx and upload that.",
    )


class LockedWorkbook(DashboardError):
    sentence = Text(
        "这个工作簿有打开密码，读不了。请在 Excel 或 WPS 里去掉密码，保存后再上传。",
        "This workbook is locked with a password. Remove the password in Excel or WPS, save it and upload it again.",
    )


class HugeWorkbook(DashboardError):
    sentence = Text(
        "这个工作簿解压后有 {size} MB，与它的大小不相称或超过了 {limit} MB，没有打开。请分成几个文件，或另存为 CSV。",
        "Unpacked, this workbook takes {size} MB, out of proportion or above {limit} MB; it was not opened. "
        "Split it, or save it as CSV.",
    )


class HugeDocument(DashboardError):
    sentence = Text(
        "这个文件有 {size} MB；这类文件（网页、XML、OpenDocument、JSON）最多读 {limit} MB。"
        "请在 Excel 或 WPS 里另存为 .xlsx 或 CSV 再上传。",
        "This file has {size} MB; files of its kind (web pages, XML, OpenDocument, JSON) are read up to {limit} MB. "
        "Save it as .xlsx or CSV in Excel or WPS and upload that.",
    )


class NoSheets(DashboardError):
    sentence = Text("这个工作簿里没有工作表。", "This workbook has no worksheet.")


class SheetOfText(DashboardError):
    sentence = Text(
        "文件“{name}”是文本，没有工作表“{sheet}”；请去掉这一选项，或核对是不是选错了文件。",
        "“{name}” is a text and has no sheet “{sheet}”; leave that choice out, or make sure of the file.",
    )


class UnknownSheet(DashboardError):
    sentence = Text(
        "工作簿里没有叫“{sheet}”的工作表。现有：{known}。",
        "The workbook has no sheet “{sheet}”. There are: {known}.",
    )


class SparseSheet(DashboardError):
    sentence = Text(
        "工作表“{sheet}”一直铺到第 {rows} 行、第 {columns} 列，多半是远处误填了单元格。"
        "请把表格复制到一张新工作表，另存后再上传。",
        "The sheet “{sheet}” reaches row {rows} and column {columns}, probably because of a stray cell far away. "
        "Copy the table to a new sheet, save it and upload it again.",
    )


class UncomputedFormulas(DashboardError):
    sentence = Text(
        "工作表“{sheet}”有 {count} 个公式还没有算出结果（如 {cell}）。请用 Excel 或 WPS 打开，保存一次再上传。",
        "{count} formulas of the sheet “{sheet}” have no result yet (such as {cell}). "
        "Open the workbook in Excel or WPS, save it once and upload it again.",
    )


class UnreadableJson(DashboardError):
    sentence = Text(
        "这个 JSON 文件在第 {line} 行附近读不下去，可能没有下载完整，请重新下载。",
        "This JSON file cannot be read near line {line}; it may be incomplete. Download it again.",
    )


class TornRowInJson(DashboardError):
    sentence = Text(
        "这个 JSON 文件 tbody 的第 {row} 行有 {cells} 格，表头有 {width} 格，分不清哪一格是什么，请重新下载。",
        "Row {row} of tbody in this JSON file has {cells} cells and the headings are {width}, so that nobody can tell "
        "which is which. Download it again.",
    )


class NoTableInJson(DashboardError):
    sentence = Text(
        "这个 JSON 文件里没有表格：应是国家平台的查询结果（thead、tbody），或一个由记录组成的列表，每条记录不再分层。",
        "This JSON file holds no table: it should be an answer of the national platform (thead, tbody) "
        "or one list of records without further levels.",
    )


class NotGeoJson(DashboardError):
    sentence = Text(
        "文件“{name}”不是能读的 GeoJSON：{found}。应是 FeatureCollection（features 是要素列表）、Feature 或一个图形，"
        "请在 QGIS 等软件里另存为 GeoJSON 再上传。",
        "“{name}” is no GeoJSON that can be read: {found}. It should be a FeatureCollection with its list of features, "
        "a Feature or a geometry; save it as GeoJSON in QGIS or the like and upload that.",
    )


class BrokenFeature(DashboardError):
    sentence = Text(
        "第 {number} 个要素写得不对：应是 type 为 Feature 的对象，properties 和 geometry 各是一个对象或 null。",
        "Feature number {number} is malformed: it should be an object of type Feature, with an object or null for each "
        "of properties and geometry.",
    )


class NoFeatures(DashboardError):
    sentence = Text("文件“{name}”里一个要素也没有。", "“{name}” has no feature at all.")


class ProjectedCoordinates(DashboardError):
    sentence = Text(
        "文件“{name}”标明的坐标系是投影坐标“{crs}”，单位不是经纬度。请在 QGIS 等软件里转成 CGCS2000 或 WGS84 "
        "经纬度，另存后再上传。",
        "“{name}” says that its coordinates are projected ({crs}), not longitude and latitude. Convert it to the "
        "degrees of CGCS2000 or WGS84 in QGIS or the like and upload that.",
    )


class OtherDatum(DashboardError):
    sentence = Text(
        "文件“{name}”标明的坐标系是“{crs}”，台账收的是 WGS84、CGCS2000、GCJ-02 和 BD-09，换算要差上百米。"
        "请在 QGIS 等软件里转成 CGCS2000 或 WGS84 经纬度，另存后再上传。",
        "“{name}” says that its coordinates are in “{crs}”; ledgers take WGS84, CGCS2000, GCJ-02 and BD-09, which lie "
        "up to hundreds of metres off. Convert it to the degrees of CGCS2000 or WGS84 in QGIS or the like.",
    )


class UnreadableKml(DashboardError):
    sentence = Text(
        "这个 KML 文件在第 {line} 行附近读不下去：不完整，或带有 DOCTYPE。请重新导出后再上传。",
        "This KML cannot be read near line {line}: it is incomplete, or has a document type. Export it again.",
    )


class BrokenShapefile(DashboardError):
    sentence = Text(
        "压缩包“{name}”里的 shapefile 读不出来：文件损坏，或 .shp 和 .dbf 不是一套。请重新导出，把几个文件一起压缩。",
        "The shapefile in “{name}” cannot be read: it is damaged, or its .shp and .dbf do not belong together. Export "
        "it again and pack its files together.",
    )


class BrokenMapArchive(DashboardError):
    sentence = Text(
        "压缩包“{name}”打不开：可能损坏、有密码，或里面文件太多。请重新压缩再上传。",
        "The archive “{name}” cannot be opened: it may be damaged or locked, or hold too many files. Pack it again.",
    )


class SeveralLayers(DashboardError):
    sentence = Text(
        "压缩包“{name}”里有几个图层（{layers}），分不清读哪一个；请每个图层单独压缩，分开上传。",
        "The archive “{name}” holds several layers ({layers}); pack each by itself and upload them one by one.",
    )


class HugeMapFile(DashboardError):
    sentence = Text(
        "这个地图文件（解开后）有 {size} MB，最多读 {limit} MB。请在 QGIS 等软件里简化图形、去掉用不到的属性，"
        "或分成几个文件再上传。",
        "This map file has {size} MB (unpacked); up to {limit} MB are read. Simplify its shapes in QGIS or the like, "
        "leave out properties that are not needed, or split it into several files.",
    )


class PointsWanted(DashboardError):
    sentence = Text(
        "“{dataset}”的位置是一个点，文件“{name}”第 {number} 个要素不是点。请在 QGIS 等软件里取它的中心点再上传；"
        "只要属性、不要位置的，把“{heading}”设为不载入。",
        "A row of “{dataset}” lies at a point, but feature number {number} of “{name}” is none. Take its centroid in "
        "QGIS or the like and upload that; if only the properties are wanted, map “{heading}” to nothing.",
    )


class LinesWanted(DashboardError):
    sentence = Text(
        "“{dataset}”画的是线，文件“{name}”里只有点。请换成线的图层再上传；只要属性、不要位置的，把“{headings}”设为不载入。",
        "A row of “{dataset}” is drawn as a line, but “{name}” has points only. Upload the layer of lines; if only the "
        "properties are wanted, map “{headings}” to nothing.",
    )


class WrongLedger(DashboardError):
    """A header without required columns; `columns` are their codes."""

    sentence = Text(
        "文件“{name}”的表头不像“{dataset}”：缺少必填列 {missing}。{hint}",
        "The header of “{name}” does not look like “{dataset}”: required columns are missing: {missing}. {hint}",
    )

    def __init__(self, columns: tuple[str, ...] = (), /, **blanks: object) -> None:
        super().__init__(**blanks)
        self.columns = columns


class ConstantInFile(DashboardError):
    sentence = Text(
        "文件“{name}”自己有“{columns}”，不能再整份都填；要用整份的值，请先把文件里的那一列设为不载入。",
        "“{name}” has “{columns}” itself, so no value for the whole file is taken; to use one, leave that column of "
        "the file out first.",
    )


class ConstantTwice(DashboardError):
    sentence = Text(
        "整份都填的“{label}”写了两次（“{first}”和“{second}”），请只写一次。",
        "“{label}” is given for the whole file twice (“{first}” and “{second}”); give it once.",
    )


class BadConstant(DashboardError):
    sentence = Text(
        "整份都填的“{label}”＝“{value}”不能用：{reason}。",
        "“{value}” cannot be “{label}” of the whole file: {reason}.",
    )


class NothingToReplaceWith(DashboardError):
    sentence = Text(
        "“{label}”不是从已登记的名称或选项里选的列，不能指定按哪个已知的来读。",
        "“{label}” holds neither names of another ledger nor choices, so nothing known can be put for its cells.",
    )


class UnknownReplacement(DashboardError):
    sentence = Text(
        "“{label}”里的“{written}”不能读作“{known}”：{reason}。",
        "“{written}” of “{label}” cannot be read as “{known}”: {reason}.",
    )


class FormerValues(WrongLedger):
    sentence = Text(
        "文件“{name}”有“{heading}”一列，是变更前的值，请选台账“{former}”；要当作“{dataset}”现在的值，请把这一列对应为不用。",
        "“{name}” has a column “{heading}”: these are former values, so choose the ledger “{former}”. If they are what "
        "“{dataset}” holds now, leave that column out by mapping it to nothing.",
    )


class RepeatedColumn(DashboardError):
    sentence = Text(
        "文件“{name}”有两列都像是“{column}”：“{first}”和“{second}”，分不清读哪一列；请把表头改清楚，或把其中一列手工指定为不载入。",
        "Two columns of “{name}” may both be “{column}”: “{first}” and “{second}”; make their headings tell which is "
        "meant, or map one of them to nothing.",
    )


class NoLedger(DashboardError):
    sentence = Text(
        "从文件名“{name}”和表头都看不出它是哪本台账（{likely}）；请把台账名称写进文件名，如“水质监测数据2021-04.csv”。",
        "Neither the name nor the header of “{name}” tells which ledger it is ({likely}); "
        "put the ledger into the file name, as in “reading_2021-04.csv”.",
    )


class UnknownDataset(DashboardError):
    sentence = Text("没有叫“{name}”的台账。现有：{known}。", "There is no ledger “{name}”. There are: {known}.")


class UnknownMetric(DashboardError):
    sentence = Text("没有叫“{name}”的指标。现有：{known}。", "There is no metric “{name}”. There are: {known}.")


class UnknownFilter(DashboardError):
    sentence = Text(
        "指标“{metric}”的结果没有“{name}”这一列，不能按它筛选。可用：{known}。",
        "The metric “{metric}” has no column “{name}” to filter by. There are: {known}.",
    )


class BadFilterValue(DashboardError):
    sentence = Text("按“{name}”筛选要写{kind}，不能写“{value}”。", "To filter by “{name}” write {kind}, not “{value}”.")


class MethodNotAllowed(DashboardError):
    sentence = Text("数据接口只能读：请用 GET，不能用 {method}。", "The data API is read only: use GET, not {method}.")


class NotADate(DashboardError):
    sentence = Text(
        "“{value}”不是日期，或者不在 1900–2100 年之间；请写成 2014-06-30 的样子。",
        "“{value}” is not a date of the years 1900–2100; write it like 2014-06-30.",
    )


class UnknownBatch(DashboardError):
    sentence = Text("没有批次 {batch}。", "There is no batch {batch}.")


class ApiOff(DashboardError):
    sentence = Text(
        "数据接口没有启用：请管理员设置 FRONTLINE_API_TOKEN 后重启。",
        "The data API is off; the administrator sets FRONTLINE_API_TOKEN and restarts.",
    )


class WrongApiToken(DashboardError):
    sentence = Text(
        "缺少令牌或令牌不对：请求头要写 Authorization: Bearer 和管理员给的令牌。",
        "The token is missing or wrong; send the header Authorization: Bearer with the token from the administrator.",
    )


class BadApiToken(DashboardError):
    sentence = Text(
        "FRONTLINE_API_TOKEN 不对：请写至少 {least} 个字母、数字或 - . _ ~ + / =，不含空格。",
        "FRONTLINE_API_TOKEN is wrong: write at least {least} letters, digits or - . _ ~ + / =, without blanks.",
    )


class NoSuchAddress(DashboardError):
    sentence = Text(
        "数据接口没有地址“{path}”；有哪些见 /api/openapi.json。",
        "The data API has no address “{path}”; /api/openapi.json lists those that there are.",
    )


class UnknownParameter(DashboardError):
    sentence = Text(
        "这个地址没有参数“{name}”。可用：{known}。", "This address has no parameter “{name}”. There are: {known}."
    )


class RepeatedParameter(DashboardError):
    sentence = Text(
        "参数“{name}”写了两遍，分不清用哪一个。",
        "The parameter “{name}” is given twice; which one counts is not clear.",
    )


class UnknownLanguage(DashboardError):
    sentence = Text("没有语言“{value}”；可用：zh、en。", "There is no language “{value}”; there are zh and en.")


class SinceAfterDay(DashboardError):
    sentence = Text(
        "要比的那天 {since} 比现在看的 {day} 晚，没有可比的变化：请选更早的一天来比，或者看 {since} 以后的数字。",
        "The day to compare with, {since}, is later than the day shown, {day}: compare with an earlier day, or look at "
        "the figures of {since} or later.",
    )


class NoDaySince(DashboardError):
    sentence = Text(
        "--since-batch {batch} 要和 --since 一起用：没有写与哪天比。",
        "--since-batch {batch} goes with --since: the day to compare with is not given.",
    )


class ReplacesAll(DashboardError):
    sentence = Text(
        "没有说明替换哪段时期、哪个范围，文件里没有的 {rows} 行将从“{dataset}”（共 {size} 行）删去。"
        "确实要这样请加 --yes；否则请用 --since、--until、--scope 限定。",
        "No period and no scope is named, so {rows} of the {size} rows of “{dataset}” would be deleted, which the file "
        "does not have. Say --yes if that is meant, or limit it by --since, --until, --scope.",
    )


class AlreadyUndone(DashboardError):
    sentence = Text("批次 {batch} 已经撤销过了。", "Batch {batch} has been undone already.")


class StillUsed(DashboardError):
    sentence = Text(
        "批次 {batch} 不能撤销：它登记的 {rows} 行“{parent}”还被“{child}”用着。请先撤销用到它们的批次。",
        "Batch {batch} cannot be undone: {rows} rows of “{parent}” that it added are still used by “{child}”. "
        "Undo the batches that use them first.",
    )


class ParentGone(DashboardError):
    sentence = Text(
        "批次 {batch} 不能撤销：要放回的 {rows} 行“{child}”所属的“{parent}”已不在台账里。"
        "请先撤销删去它们的批次，或重新导入它们。",
        "Batch {batch} cannot be undone: {rows} rows of “{child}” would come back whose “{parent}” is no longer in the "
        "ledger. Undo the batch that deleted it, or load it again, first.",
    )


class StillNamed(DashboardError):
    sentence = Text(
        "不能替换：文件里没有的 {rows} 行“{parent}”还被“{child}”用着，不能从台账删去。",
        "The ledger cannot be replaced: {rows} rows of “{parent}” that the file does not have are still used by "
        "“{child}”.",
    )


class DatabaseInUse(DashboardError):
    sentence = Text(
        "数据库“{path}”正被另一个程序占用（{holder}），请先关闭它再试。",
        "The database “{path}” is in use by another program ({holder}); close it and try again.",
    )


class NotADatabase(DashboardError):
    sentence = Text("“{path}”不能作为数据库打开：{reason}", "“{path}” cannot be opened as the database: {reason}")


class DamagedDatabase(DashboardError):
    sentence = Text(
        "数据库“{path}”有一处已经损坏，读不出来（{reason}）。请停用它，从最近的备份恢复。",
        "The database “{path}” is damaged in one place, which cannot be read ({reason}). Stop using it and restore the "
        "latest backup.",
    )


class NewerDatabase(DashboardError):
    sentence = Text(
        "数据库“{path}”是第 {found} 版，比本程序的第 {known} 版新，请升级程序。",
        "The database “{path}” is of version {found}, newer than this program's {known}; upgrade the program.",
    )


class DatabaseBusy(DashboardError):
    sentence = Text(
        "另一个人正在提交数据，等了一会儿仍没轮到，请再试一次。",
        "Somebody else is committing data and the wait was too long; please try again.",
    )


class UnknownScope(DashboardError):
    sentence = Text("“{dataset}”不能按“{name}”确定替换范围。", "The scope of “{dataset}” cannot be given by “{name}”.")


class UnknownScopeValue(DashboardError):
    sentence = Text(
        "“{column}”里没有“{value}”，不知道要替换哪些行。",
        "“{column}” has no “{value}”, so which rows to replace is not known.",
    )


class ScopeWithoutReplace(DashboardError):
    sentence = Text(
        "时期和范围只在“替换”时有用，请选“替换”，或去掉它们。",
        "A period or scope only applies to “replace”; choose “replace”, or leave them out.",
    )


class NotAppendable(DashboardError):
    sentence = Text(
        "“{dataset}”不是事件台账，不能“只追加”。", "“{dataset}” is no ledger of events; “append only” does not apply."
    )


class ChangedSince(DashboardError):
    sentence = Text(
        "“{dataset}”里有 {rows} 处的旧值已记到 {day} 为止，整条替换不能从更早的日子执行：请把变更日写在 {day} 之后。",
        "Former values of {rows} entries of “{dataset}” are known until {day}, so that what replaces them cannot hold "
        "from an earlier day: write a day after {day}.",
    )


class NotTracked(DashboardError):
    sentence = Text(
        "“{dataset}”不记变更前的值，不能写“变更自哪天起执行”。能写的是：{known}。",
        "“{dataset}” keeps no former values, so “changes hold from” does not apply. It does to: {known}.",
    )


class UnknownColumn(DashboardError):
    sentence = Text(
        "“{dataset}”没有叫“{name}”的列。现有：{known}。", "“{dataset}” has no column “{name}”. There are: {known}."
    )


class UnknownHeading(DashboardError):
    sentence = Text(
        "文件“{name}”没有叫“{heading}”的列，不能指定它。文件里有：{known}。",
        "“{name}” has no column “{heading}” to be mapped. There are: {known}.",
    )


class PeriodBackwards(DashboardError):
    sentence = Text(
        "时期的起日 {since} 晚于止日 {until}，请核对。", "The period begins on {since}, after its end on {until}."
    )


class NoFolder(DashboardError):
    sentence = Text("没有文件夹“{path}”。", "There is no folder “{path}”.")


class NothingToBrief(DashboardError):
    sentence = Text(
        "截至 {day} 还没有目标任务的数据，写不成简报。请先上传目标任务和台账，或者换一天。",
        "As of {day} no target has a figure, so there is nothing to brief. Upload the targets and the ledgers, or "
        "choose another day.",
    )


class NoSpace(DashboardError):
    sentence = Text(
        "磁盘空间不足（{path}）：至少需要 {needed} MB，只剩 {free} MB。什么也没有写入，腾出空间后再试。",
        "The disk is too full ({path}): {needed} MB are needed, {free} MB are left. Nothing was written; "
        "free some space and try again.",
    )


class DiskFull(NoSpace):
    sentence = Text(
        "磁盘写满了（{path}）。这一次什么也没有写入台账，腾出空间后再试。",
        "The disk is full ({path}). Nothing was written into the ledgers; free some space and try again.",
    )


class Cancelled(DashboardError):
    sentence = Text("已取消，什么也没有写入。", "Cancelled; nothing was written.")


class BadRole(DashboardError):
    sentence = Text("没有“{value}”这个角色；可用：{known}。", "There is no role “{value}”; there are {known}.")


class HouseholdsWithheld(DashboardError):
    sentence = Text(
        "“{name}”有单户、单件或小分组的数，查看角色只看汇总。",
        "“{name}” holds single households, their petitions or counts of small groups; viewers see totals only.",
    )


class ViewerCannotWrite(DashboardError):
    sentence = Text(
        "这台服务器只供查看：不能上传、撤销或修改台账，也不给单户的台账。",
        "This server is for viewing only: ledgers can be neither loaded, undone nor changed here, and rows of "
        "households are not given.",
    )


class BadKeepDays(DashboardError):
    sentence = Text(
        "FRONTLINE_KEEP_DAYS=“{value}”不对：请写原始文件保留的天数（整数），不设则永久保留。",
        "FRONTLINE_KEEP_DAYS=“{value}” is wrong: write for how many days uploaded files are kept, as a whole number; "
        "unset, they are kept for ever.",
    )


class UploadsFull(DashboardError):
    sentence = Text(
        "暂存的上传文件合计已到上限（{most} MB），这个文件没有收下。请先提交或移除已上传的文件，再传一次。",
        "Uploaded files already take up all the space there is for them ({most} MB), so this one was not taken. Commit "
        "or remove the files that wait on the page, then upload it again.",
    )


class FileTooLarge(DashboardError):
    sentence = Text(
        "文件超过 {most} MB，没有收下。请分成几个文件再传。",
        "The file is larger than {most} MB and was not taken. Split it and upload the parts.",
    )


class BadUploadLimit(DashboardError):
    sentence = Text(
        "{name}=“{value}”不对：请写上传文件合计可占的 MB 数（整数）。",
        "{name}=“{value}” is wrong: write how many MB uploaded files may take up, as a whole number.",
    )


class BadHosts(DashboardError):
    sentence = Text(
        "FRONTLINE_HOSTS 里的“{value}”不是域名或 IP 地址：请写代理的域名，如 yixian.example.cn，用逗号隔开。",
        "“{value}” in FRONTLINE_HOSTS is no host: write the name that the proxy answers to, such as "
        "frontline.example.cn, several separated by commas.",
    )


class DamagedOriginal(DashboardError):
    sentence = Text(
        "批次 {batch} 的原始文件“{name}”已损坏，不能下载；台账里的数据不受影响。",
        "The uploaded file “{name}” of batch {batch} is damaged and cannot be given back; the ledger is not affected.",
    )


class NotAFile(DashboardError):
    sentence = Text(
        "“{name}”是{found}，不是文件，没有读取。请把文件本身放进来。",
        "“{name}” is {found}, not a file, and was not read. Put the file itself here.",
    )


class UnprintableName(DashboardError):
    sentence = Text(
        "文件名里有换行或控制字符（这里写作 _：“{name}”），没有读取。请改名后再放进来。",
        "The name of a file holds line breaks or control characters (shown as _ here: “{name}”), so it was not read. "
        "Rename it and put it back.",
    )


class NoSuchFile(DashboardError):
    sentence = Text("读不到文件“{path}”。", "The file “{path}” cannot be read.")


class CannotWrite(DashboardError):
    sentence = Text("写不了文件“{path}”：{reason}", "The file “{path}” cannot be written: {reason}")


class BadYear(DashboardError):
    sentence = Text(
        "年份“{value}”不对，请写 4 位数字，如 2021。", "The year “{value}” is wrong; write four digits, such as 2021."
    )


class DamagedPhoto(DashboardError):
    sentence = Text(
        "照片“{name}”打不开：文件不完整，或不是真正的图片。请重新从手机或相机导出后再上传。",
        "The photo “{name}” cannot be opened: the file is incomplete, or no picture at all. Export it from the phone "
        "or the camera again and upload that.",
    )


class PhotoTooLarge(DashboardError):
    sentence = Text(
        "照片“{name}”太大（{size}），最多 {most}，没有收下。请缩小后再上传。",
        "The photo “{name}” is too large ({size}; at most {most}) and was not taken. Make it smaller and upload that.",
    )


class PersonalPhotoName(DashboardError):
    sentence = Text(
        "照片的文件名里有个人信息（{found}），没有读入，也没有保存。请改成台账里引用的名称再上传。",
        "The file name of a photo holds personal data ({found}); nothing of it was read in or kept. Rename it to what "
        "the ledgers call it and upload that.",
    )


class PhotoOfAnotherLedger(DashboardError):
    sentence = Text(
        "“{name}”是照片，不能读进“{ledger}”：请让文件自己认台账，照片会登记到“照片”台账。",
        "“{name}” is a photo and cannot be read into “{ledger}”: let the file tell its ledger, and it goes into "
        "“Photos”.",
    )


class NotAPhoto(DashboardError):
    sentence = Text(
        "“{name}”不是能收的照片。能收的是 JPEG、PNG 和 WebP；手机的 HEIC 照片请先存成 JPEG。",
        "“{name}” is no photo that can be taken. JPEG, PNG and WebP are; save a HEIC photo of a phone as JPEG first.",
    )


class BadTileSource(DashboardError):
    sentence = Text(
        "地图瓦片的设置不对：{address} 要写 http(s) 地址，层级、列、行的位置写花括号里的 z、x、y，各一处；{name} 要写"
        "它的名称，显示在地图上（不超过 60 字）。",
        "The settings of the map tiles are wrong: {address} is an http(s) address in which z, x and y in braces stand "
        "for level, column and row, each once; {name} is its name, which stands on the map (60 characters at most).",
    )


class BadWebhook(DashboardError):
    sentence = Text(
        "{name} 不能用：请写钉钉或企业微信群机器人的 http(s) 地址，不带用户名；"
        "本机链路和云主机元数据的地址一律不访问。",
        "{name} cannot be used: write the http(s) address of a group robot of DingTalk or WeCom, without a user name; "
        "link-local addresses and the metadata services of clouds are never called.",
    )
