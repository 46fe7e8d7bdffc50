"""Why a cell or a row is refused, in both languages; each reason says what is wrong and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass

from data.datasets import DATASETS, Column
from data.ingest.reading.places import Place, places_text
from data.text import Text, join_list, untranslated

FORMATS = Text("2014-03-05、2014/3/5、2014.3.5、2014年3月5日 或 20140305", "2014-03-05, 2014/3/5, 2014.3.5 or 20140305")

REASONS: dict[str, Text] = {
    "missing": Text("“{label}”不能为空", "“{label}” must not be empty"),
    "not_number": Text("“{label}”应是数字", "“{label}” must be a number"),
    "not_integer": Text("“{label}”应是整数", "“{label}” must be a whole number"),
    "not_date": Text("“{label}”不是能认出的日期，请写成 {formats}", "“{label}” is not a date; write {formats}"),
    "no_year": Text(
        "“{label}”没有年份，请在“年份”一栏（命令行 --year）说明是哪一年",
        "“{label}” has no year; give it in the field “Year” (--year on the command line)",
    ),
    "not_exact": Text(
        "“{label}”应是确切的值，不能写“约”“左右”“以上”“>”之类，请填实际的值",
        "“{label}” must be exact, without “about”, “more than”, “>” and the like; write the actual value",
    ),
    "range": Text(
        "“{label}”写的是一个范围，请只填一个值", "“{label}” is a range from one value to another; write one of them"
    ),
    "shortened_code": Text(
        "“{label}”被 Excel 改成了科学计数，后面的位数已经丢失；请把这一列设成文本，重新填写",
        "Excel wrote “{label}” with an exponent, its last digits are lost; make the column text and fill it in again",
    ),
    "code_is_date": Text(
        "“{label}”是编码，这一格却是日期或时间，多半是 Excel 把 3-1 这样的编码改掉了；"
        "请把这一列的单元格格式设成“文本”，再按原来的编码重新填写",
        "“{label}” is a code, and this cell a day or a time, which Excel makes of codes such as 3-1; format the column "
        "as text and write the code again",
    ),
    "no_limit": Text(
        "“{label}”没有写检出限，请写成 <0.02、0.02L 或 未检出(0.02)",
        "“{label}” lacks the detection limit; write <0.02, 0.02L or ND(0.02)",
    ),
    "below_limit": Text(
        "“{label}”写的是“低于某值”（未检出、<、L），不是一个数；请按统计规定填一个数（如检出限的一半），或不填",
        "“{label}” is below a limit (ND, <, L), which is no number; write the number that your rules ask for, "
        "such as half the limit, or leave the cell empty",
    ),
    "shown_otherwise": Text(
        "“{label}”这一格存的数和显示的数不一样（单元格的数字格式把它缩小了，或没有显示负号），分不清要哪一个；"
        "请把单元格格式改成“常规”，核对后再填",
        "“{label}” holds another number than its cell shows, since its number format scales it or hides the sign; make "
        "the format General, and write the number that is meant",
    ),
    "share_or_percent": Text(
        "“{label}”是百分数，填了 0 到 1 之间的数，分不清是百分之几还是比例：90 % 请写 90 或 90%；"
        "真是百分之一以下的请带上 %，如 0.9%",
        "“{label}” is a percentage, and a number up to 1 may be a share of 1: write 90 or 90% for 90 %; what is one "
        "per cent or less needs its sign, such as 0.9%",
    ),
    "coin_or_heading": Text(
        "“{label}”这一格带 ¥，而表头写的是另一种单位，分不清是元还是表头的单位；请去掉 ¥，按表头的单位填数字",
        "“{label}” has a ¥ here and another unit in its heading, so that it may be in either; take the ¥ off and write "
        "the number in the unit of the heading",
    ),
    "bracketed": Text(
        "“{label}”的数写在括号里：负数请写成 -123，否则请去掉括号",
        "The number of “{label}” stands in brackets: write -123 for a negative one, otherwise take them off",
    ),
    "unknown_unit": Text(
        "“{label}”里写的单位不能换算成这一列的单位，请只填数字",
        "The unit written in “{label}” cannot be converted to that of the column; write the number alone",
    ),
    "other_unit": Text(
        "“{label}”里写的单位不能换算成这一行的单位“{kept}”，请核对，或按它只填数字",
        "The unit written in “{label}” cannot be converted to “{kept}”, that of the row; make sure of it, or write the "
        "number alone, in that unit",
    ),
    "excel_error": Text(
        "“{label}”是 Excel 的出错标记，请回到原表改好公式或列宽再导出",
        "“{label}” is an error of Excel; mend the formula or the width of the column and save again",
    ),
    "stray_quote": Text(
        "“{label}”里有不成对的双引号，多半是单元格被截断或错位，请核对后去掉",
        "A double quote stands by itself in “{label}”, as in a cell that was torn; look at the line and take it off",
    ),
    "placeholder": Text(
        "“{label}”填的是“无”“/”“—”之类，没有值请把格子留空",
        "“{label}” holds a mark for “none”, such as “/” or “—”; leave the cell empty instead",
    ),
    "no_such_day": Text(
        "“{label}”：日历上没有这一天，或与星期不符，请核对",
        "“{label}” is a day that the calendar does not have, or not that weekday; look it up",
    ),
    "no_such_time": Text(
        "“{label}”：没有这个钟点，或分不清上午下午，请写成 2014-03-05 08:30（24 小时制）",
        "“{label}” is a time that no clock shows or that may be morning or evening; write 2014-03-05 08:30",
    ),
    "no_day": Text(
        "“{label}”只写到年或月，请写到日，如 2014-03-05", "“{label}” lacks the day; write it in full, like 2014-03-05"
    ),
    "yearless_day": Text(
        "“{label}”没有年份，请写全，如 2014-03-05，或在“年份”一栏（命令行 --year）说明是哪一年",
        "“{label}” lacks the year; write it in full, like 2014-03-05, or give it in the field “Year” (--year on the "
        "command line)",
    ),
    "two_digit_year": Text(
        "“{label}”的年份只有两位，请写四位年份，如 2014-03-05",
        "“{label}” has a year of two digits; write all four, like 2014-03-05",
    ),
    "day_order": Text(
        "“{label}”年份写在后面，分不清月和日，请写成 2014-03-05",
        "“{label}” has its year last, so that day and month may be mistaken; write 2014-03-05",
    ),
    "odd_year": Text(
        "“{label}”的年份不在 1900–2100 之间，请核对", "The year of “{label}” is not between 1900 and 2100; correct it"
    ),
    "has_time": Text("“{label}”只要日期，请去掉后面的钟点", "“{label}” is a day without a time; take the time off"),
    "time_zone": Text(
        "“{label}”是别的时区的时间，请换成北京时间（+08:00）再填",
        "“{label}” is in another time zone; write it in China's time (+08:00)",
    ),
    "not_flag": Text("“{label}”应填 是 或 否", "“{label}” must be yes or no"),
    "not_choice": Text("“{label}”不在可选范围内：{choices}", "“{label}” must be one of: {choices}"),
    "whole_day": Text(
        "“{label}”写的是全天：时间精确到半天以内，请拆成两行，一行写上午，一行写下午",
        "“{label}” is a whole day: the plan is exact to half a day, so write two rows, one for each half",
    ),
    "noon": Text(
        "“{label}”正好在上午和下午之间，分不清是哪个半天，请写上午或下午",
        "“{label}” is noon, between the two halves of the day; write which of them is meant",
    ),
    "night": Text(
        "“{label}”写的钟点既不在上午也不在下午（6 点到 18 点之间），请核对，写上午或下午",
        "“{label}” is a time outside both halves of the day, which run from 06:00 to 18:00; make sure of it, and write "
        "Morning or Afternoon",
    ),
    "day_with_half": Text(
        "“{label}”的日期后面还写了上午或下午：这一格只写日期；半天另有一列的，写进那一列",
        "“{label}” has a half of the day behind its date; write the date alone here, and the half in its own column, "
        "where there is one",
    ),
    "half_with_day": Text(
        "“{label}”里还写了日期：这一格只写上午或下午，日期写进日期一列",
        "“{label}” has a date in it; write only Morning or Afternoon here, and the date in the column of dates",
    ),
    "not_shape": Text(
        "“{label}”应是 WKT 图形，如 POINT (121.55 29.93)、LINESTRING (…)、POLYGON (…)",
        "“{label}” must be a shape in WKT, such as POINT (121.55 29.93), LINESTRING (…), POLYGON (…)",
    ),
    "not_path": Text(
        "“{label}”应写成“经度 纬度; 经度 纬度; …”，或 WKT 的 LINESTRING (…)",
        "“{label}” must be written “lon lat; lon lat; …”, or as a LINESTRING (…) of WKT",
    ),
    "not_line": Text(
        "“{label}”要画成一条线，这里是点或面；河段请画中心线",
        "“{label}” must be a line, and this is a point or an area; draw the middle of the stream",
    ),
    "parts_apart": Text(
        "“{label}”有几段首尾不相连，连不成一条线；请补上中间的一段，或分成几行",
        "The parts of “{label}” do not meet end to end, so they are not one line; fill the gap, or make rows of them",
    ),
    "crosses_itself": Text(
        "“{label}”自己和自己相交，画不出来；请在绘图软件里改好这个图形",
        "“{label}” crosses itself and cannot be drawn; mend the shape where it was drawn",
    ),
    "empty_shape": Text("“{label}”里是一个空的图形，没有点", "“{label}” is an empty shape without any point"),
    "no_length": Text(
        "“{label}”的几个点是同一个点，没有长度", "The points of “{label}” are one and the same; it has no length"
    ),
    "mixed_shape": Text(
        "“{label}”把点、线、面混在一起（GEOMETRYCOLLECTION），请分成几行",
        "“{label}” mixes points, lines and areas (GEOMETRYCOLLECTION); make rows of them",
    ),
    "swapped_degrees": Text(
        "经度和纬度写反了：这里是经度在前（东经约 121），纬度在后（北纬约 30）",
        "Longitude and latitude are swapped: the longitude comes first (about 121 E), then the latitude (about 30 N)",
    ),
    "not_degrees": Text(
        "“{label}”不是经纬度的度数，像是以米计的平面坐标；请先转成经度和纬度再上传",
        "“{label}” is not in degrees, but looks like metres on a plane; convert it to longitude and latitude first",
    ),
    "outside_area": Text(
        "不在宁波一带（东经 {area_west:g}–{area_east:g}、北纬 {area_south:g}–{area_north:g}），请核对经纬度和坐标系",
        "It lies outside the area of Ningbo ({area_west:g}–{area_east:g} E, {area_south:g}–{area_north:g} N); correct "
        "the degrees, or the coordinate system",
    ),
    "system_missing": Text(
        "“{label}”与台账不同，文件里却没有“坐标系”一列：几种坐标系相差几百米，请加上这一列，或给整份文件填一个",
        "“{label}” differs from the ledger, but the file has no column “Coordinate system”: systems lie hundreds of "
        "metres apart, so add the column, or give one for the whole file",
    ),
    "system_alone": Text(
        "只有“{label}”、没有坐标，无从换算；请把坐标也放进同一份文件",
        "“{label}” stands without coordinates, so nothing can be converted; put the coordinates into the file, too",
    ),
    "too_low": Text("“{label}”不能小于 {low}", "“{label}” must not be below {low}"),
    "too_high": Text("“{label}”不能大于 {high}", "“{label}” must not be above {high}"),
    "out_of_range": Text("{item} 的值超出可能的范围（{low}–{high}）", "The value of {item} is outside {low}–{high}"),
    "too_long": Text("“{label}”超过 500 字", "“{label}” is longer than 500 characters"),
    "unknown_parent": Text("“{parent}”里没有它，请先登记", "It is not in “{parent}”; register it there first"),
    "ragged": Text(
        "这一行的列数与表头（{width} 列）不一致，请检查是否少了或多了分隔符",
        "This row does not have the {width} columns of the header; look for a missing or an extra separator",
    ),
    "beyond": Text(
        "这一行在表头最后一列（第 {width} 列）右边还有内容，请删去或移到“备注”列",
        "This row has something to the right of the last column of the header ({width}); delete or move it",
    ),
    "spans_lines": Text(
        "双引号到第 {last} 行才结束，几行数据被连成了一格，请补上漏掉的引号",
        "The double quote ends on line {last} only and makes one cell of several rows; add the missing quote",
    ),
    "parents_differ": Text(
        "“{label}”的编码和名称指的不是同一个，请核对", "The code and the name of “{label}” do not mean the same one"
    ),
    "outside_scope": Text(
        "这一行不在要替换的时期或范围内", "This row lies outside the period or the scope that is to be replaced"
    ),
    "append_only": Text(
        "台账里已有这一行而内容不同；“只追加”不改已有的行，请改用“更新”",
        "The ledger has this row with other values; “append only” changes no row, use “update” instead",
    ),
    "changed_since": Text(
        "台账已记有“变更前”的值，有效至 {other}；新的变更要晚于那天执行，请核对日期，或先改“变更前”台账",
        "Former values are known until {other}; a new change has to hold from a later day, so correct the day, or the "
        "ledger of former values first",
    ),
    "ambiguous_parent": Text(
        "“{parent}”里有几行同名，请改填编码", "Several rows of “{parent}” bear this name; write the code instead"
    ),
    "repeated_key": Text(
        "与{other}的“{label}”相同而内容不同，一个键只能有一行",
        "{other} has the same “{label}” with other values; a key may stand only once",
    ),
}

NOTES: dict[str, Text] = {
    "holds_from": Text(
        "{rows} 行的{columns}自 {day} 起按新值；变更前的值记入“{ledger}”，之前的数字不变",
        "{rows} rows go by their new {columns} from {day} on; the former values are kept in “{ledger}”, and figures "
        "before that day stay as they are",
    ),
    "same_row": Text("与{other}完全相同，只载入一次", "The same as {other}; loaded once"),
    "later_wins": Text(
        "与{other}的“{label}”相同而数值不同，取后发布的这一行",
        "{other} has the same “{label}” with other values; this later line is taken",
    ),
    "no_value": Text("这一行没有任何监测值，未载入", "This row holds no measured value and is not loaded"),
    "unknown_unit": Text(
        "表头括号里的“{unit}”不是已知单位，按“{label}”本来的单位读取",
        "“{unit}” in the heading is not a known unit; values are read in the unit of “{label}”",
    ),
    "converted": Text(
        "“{columns}”按“{unit}”读取，已换算成 {kept}", "“{columns}” was read in “{unit}” and converted to {kept}"
    ),
    "converted_system": Text(
        "{rows} 行的坐标是 {system}，已换算成 WGS84",
        "The coordinates of {rows} rows are {system} and were converted to WGS84",
    ),
    "simplified_cells": Text(
        "“{label}”有 {count} 个图形的点多于 {most} 个，已精简，偏差不超过 {metres} 米",
        "{count} shapes of “{label}” have more than {most} points and were simplified; they are {metres} m off at most",
    ),
    "length_differs": Text(
        "“{length}”登记 {registered:g} 公里，按“{course}”量得 {measured:g} 公里，相差 {share:.0f}%，请核对",
        "“{length}” is registered as {registered:g} km, but “{course}” measures {measured:g} km, {share:.0f} % apart; "
        "make sure of both",
    ),
    "own_unit": Text(
        "“{label}”有 {count} 种写法自带单位“{unit}”（单元格里写的，或数字格式显示的），已换算成 {kept}",
        "{count} values of “{label}” have “{unit}” as their own unit, written or shown by the number format, and were "
        "converted to {kept}",
    ),
    "title_unit": Text("表头之外写的单位“{unit}”用于：{columns}", "The unit “{unit}” of the title goes for: {columns}"),
    "constant": Text("整份都填“{label}”＝“{value}”", "“{label}” is “{value}” for the whole file, as given by hand"),
    "replaced": Text(
        "“{label}”里没有登记的“{written}”按手工指定读作“{known}”",
        "“{written}” of “{label}”, which is not known, is read as “{known}”, as chosen by hand",
    ),
    "not_replaced": Text(
        "“{label}”里没有认不出的“{written}”，不必读作“{known}”",
        "“{label}” has no unknown “{written}” to be read as “{known}”",
    ),
    "overruled": Text(
        "“{label}”取自手工指定的“{chosen}”，文件自己的“{left}”没有载入",
        "“{label}” is taken from “{chosen}” as mapped by hand; the file's own “{left}” is not loaded",
    ),
    "published_year": Text(
        "没有年份的日期和时间按“{heading}”一列的年份补全",
        "Days and times without a year were completed with that of the column “{heading}”",
    ),
    "year": Text("没有年份的日期和时间按 {year} 年补全", "Days and times without a year were completed with {year}"),
    "stray_quotes": Text(
        "“{label}”有 {count} 种写法带着不成对的双引号，已照原样载入，请核对",
        "{count} texts of “{label}” have a double quote by itself and were loaded as they stand; look at them",
    ),
    "serial": Text(
        "“{label}”有 {count} 种写成 Excel 序列号的日期，已换算",
        "{count} dates of “{label}” were Excel serials and were converted",
    ),
    "alike": Text(
        "“{codes}”很像（只差大小写、空格、横线、括号，或 O 与 0 这样形近的字），按不同的编码载入；"
        "如果是同一个，请统一写法",
        "“{codes}” look alike (case, blanks, dashes, brackets, or letters such as O and 0) and are loaded as different "
        "codes; if they are one, write them alike",
    ),
    "more_alike": Text("另有 {count} 组编码彼此很像", "{count} more groups of codes look alike"),
    "more_errors": Text(
        "错误太多，只逐条列出前 {count} 条，按原因的合计是全部",
        "Only the first {count} errors are listed; the totals are complete",
    ),
    "registered": Text("新登记到“{parent}”", "Newly registered in “{parent}”"),
    "mended_quotes": Text(
        "双引号不成对或位置不对，这一行已按“{cells}”读取", "Irregular double quotes; this line was read as “{cells}”"
    ),
    "hidden_rows": Text(
        "工作表有 {count} 行是隐藏的，也已读取（第 {lines} 行）",
        "{count} rows of the sheet are hidden and were read all the same (lines {lines})",
    ),
    "struck_rows": Text(
        "工作表有 {count} 行带删除线，也已读取（第 {lines} 行）；如果已经作废，请删去这些行再上传",
        "{count} rows of the sheet have struck-out cells and were read all the same (lines {lines}); if they no longer "
        "hold, delete them and upload again",
    ),
    "pictures": Text(
        "“{columns}”里有嵌入单元格的图片，图片不能随表格带入，这些列没有读取；请在单元格里填写图片的文件名",
        "“{columns}” holds pictures inside its cells; pictures are not taken over with a table, and these columns were "
        "not read. Write the names of the picture files into the cells",
    ),
    "hidden_columns": Text(
        "工作表有 {count} 列是隐藏的，也已读取（{columns}）",
        "{count} columns of the sheet are hidden and were read all the same ({columns})",
    ),
    "merged_numbers": Text(
        "有 {count} 个数字写在合并的单元格里，只算一次，记在第一行（{cells}）；如果每行都有，请拆开合并后分别填写",
        "{count} numbers stand in merged cells and count once, on their first row ({cells}); if each row has one, "
        "unmerge the cells and fill them in",
    ),
    "hidden_sheet": Text("读取的工作表“{sheet}”是隐藏的", "The sheet “{sheet}” that was read is hidden"),
    "other_sheets": Text(
        "读取的是工作表“{sheet}”；还有同样像这本台账的工作表：{others}，请另选后再上传一次",
        "The sheet “{sheet}” was read; others look as much like this ledger: {others}. Choose them and upload again",
    ),
    "joined_sheets": Text("几张工作表表头相同，当作一份读取：{sheets}", "Sheets of one header, read as one: {sheets}"),
    "sheet_rows": Text("{sheet} {rows} 行", "{sheet} {rows} rows"),
    "empty_sheets": Text("没有数据的工作表：{sheets}", "Sheets without any data: {sheets}"),
    "unread_sheets": Text(
        "不像任何台账、没有读取的工作表：{sheets}", "Sheets like no ledger, which were not read: {sheets}"
    ),
    "wrapped_lines": Text(
        "每一整行都包在双引号里，已去掉外层引号再分列",
        "Every line as a whole stood in double quotes; they were taken off before the columns were split",
    ),
    "lost_characters": Text(
        "有 {count} 个字符在文件上传之前已经损坏（显示为 �），第一个在这一行",
        "{count} characters were lost before the file came here (they show as �), the first one on this line",
    ),
    "more_quotes": Text(
        "另有 {count} 行的双引号不规范，也已逐行读取",
        "{count} more lines have irregular double quotes and were read likewise",
    ),
    "features": Text(
        "读到 {count} 个要素，一个要素一行：第 n 个要素记作第 n＋1 行，表头记作第 1 行",
        "{count} features were read, a row each: feature number n is called line n + 1, the headings line 1",
    ),
    "own_places": Text(
        "属性里的“{columns}”没有用，位置取自要素的图形",
        "The properties {columns} were not used; where a feature lies is taken from its geometry",
    ),
    "no_geometry": Text(
        "有 {count} 个要素没有图形（第 {lines} 行），位置留空",
        "{count} features have no geometry (lines {lines}); where they lie is left empty",
    ),
    "nothing_new": Text(
        "文件内容与台账现有数据完全相同，没有任何变化", "The file says what the ledger holds already; nothing changed"
    ),
}


WARNINGS: dict[str, Text] = {
    "other_system": Text(
        "文件标明的坐标系是“{declared}”，填的是“{given}”，已从它换算，移动几百米；确是 WGS84、CGCS2000 的，请改填",
        "The file says that its coordinates are in “{declared}”, but “{given}” is given: they were converted from that "
        "and moved by hundreds of metres. If they are in WGS84 or CGCS2000, give that",
    ),
    "same_file": Text("同一个文件已作为批次 {batch} 载入过", "The same file was loaded before as batch {batch}"),
    "deletes": Text(
        "台账将删去 {rows} 行：现有 {before} 行，提交后 {after} 行",
        "{rows} rows will be taken out of the ledger: {before} rows now, {after} afterwards",
    ),
    "unread_sheet": Text("工作表“{sheet}”没有读取：{reason}", "The sheet “{sheet}” was not read: {reason}"),
    "is_hidden": Text(
        "它是隐藏的；要载入，请取消隐藏，或单独选它", "it is hidden; show it, or choose it by itself, to load it"
    ),
    "no_header": Text("没有认得出的表头", "it has no header that is known"),
    "is_aside": Text(
        "看名称是示例、备份之类；要载入，请改名，或单独选它",
        "its name is that of an example, a backup or the like; rename it, or choose it by itself, to load it",
    ),
    "many_changed": Text(
        "将改动台账现有 {before} 行中的 {rows} 行（{share}%），请核对是不是选错了文件",
        "{rows} of the ledger's {before} rows ({share} %) will change; make sure that this is the right file",
    ),
    "judged_anew": Text(
        "{rows} 行改了{columns}，没有写明自哪天起执行：{first} 至 {last} 有数据的 {months} 个月将按新值重新评价。"
        "要让以前各月不变，请填“变更自哪天起执行”（命令行 --valid-from 2014-05-01）",
        "{rows} rows change {columns} without a day from which that holds: the {months} months with data from {first} "
        "to {last} will be judged anew. To leave earlier months as they are, fill in “Changes hold from” "
        "(--valid-from 2014-05-01 on the command line)",
    ),
    "former_changed": Text(
        "这本台账记的是变更前的值：这 {rows} 行会改变“有效至”那天以前的数字",
        "This ledger holds former values: these {rows} rows change the figures up to the day until which they held",
    ),
    "undated_change": Text(
        "{rows} 行改了{columns}，没有写明自哪天起执行：以前也将按新值评价。"
        "要让以前不变，请填“变更自哪天起执行”（命令行 --valid-from 2014-05-01）",
        "{rows} rows change {columns} without a day from which that holds: the time before goes by the new values, "
        "too. To leave it as it is, fill in “Changes hold from” (--valid-from 2014-05-01 on the command line)",
    ),
}

LEFT_OUT: dict[str, Text] = {
    "title": Text("表头上面的标题行，不是数据", "A title above the header, no data"),
    "unit": Text("单位行，不是数据", "A row of units, no data"),
    "guide": Text("填表提示行（栏号、必填、示例等），不是数据", "A row that explains the columns, no data"),
    "total": Text("合计行，不是数据，未载入", "A row of totals, no data; not loaded"),
    "remark": Text("说明行，不是数据，未载入", "A remark, no data; not loaded"),
    "header_again": Text("重复的表头，未载入", "The header once more; not loaded"),
    "header_turned": Text(
        "又一个表头，列的顺序或写法不同，以下各行按它读取",
        "Another header, with its columns in another order or in other words; the rows below are read by it",
    ),
    "blank": Text("空行", "An empty row"),
}


NO_ADVICE = untranslated("")


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """One kind of error in one column: how many cells, and the lines of the first ones.

    `sheets` has the sheet of each line, where several were read.
    """

    column: str
    reason: Text
    count: int
    lines: list[int]
    sheets: tuple[str, ...] = ()

    def places_text(self, most: int) -> Text:
        """Name the first lines."""
        sheets = self.sheets or ("",) * len(self.lines)
        return places_text(map(Place, sheets[:most], self.lines))

    def as_json(self) -> dict[str, object]:
        named: dict[str, object] = {"sheets": list(self.sheets)} if self.sheets else {}
        return {
            "column": self.column,
            "reason_zh": self.reason.zh,
            "reason_en": self.reason.en,
            "count": self.count,
            "lines": self.lines,
        } | named


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about one cell or row of a file; `line` counts from 1, the header being line 1.

    `sheet` is named where several sheets were read.
    """

    line: int
    column: str
    value: str
    reason: Text
    advice: Text = NO_ADVICE
    sheet: str = ""

    @property
    def place_text(self) -> Text:
        """The sheet and the line, each only where there is one."""
        return places_text([Place(self.sheet, self.line)]) if self.line else untranslated(self.sheet)

    def as_json(self) -> dict[str, object]:
        named = {"sheet": self.sheet} if self.sheet else {}
        return named | {
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "reason_zh": self.reason.zh,
            "reason_en": self.reason.en,
            "advice_zh": self.advice.zh,
            "advice_en": self.advice.en,
        }


def format_limit(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def reason_for_column(column: Column, reason: str, **more: object) -> Text:
    """Return a reason filled with what the registry says of a column."""
    parent = DATASETS[column.references].label if column.references else untranslated("")
    choices = join_list(c.label for c in column.choices) if column.choices else untranslated("—")
    blanks = {"label": column.label, "low": format_limit(column.low), "high": format_limit(column.high)} | more
    said = (reason == "not_choice" and column.closed_because) or REASONS[reason]
    return said.fill(formats=FORMATS, choices=choices, parent=parent, **blanks)


def how_to_fill(column: Column, headed: str = "") -> Text:
    """Say what a column takes, from what the registry says of it; `headed` is the unit of its heading in a file."""
    if column.references:
        return HOW_TO_FILL["parent"].fill(parent=DATASETS[column.references].label)
    if column.choices:
        labels = [c.label for c in column.choices]
        return HOW_TO_FILL["choice"].fill(choices=join_list(labels))
    unit = untranslated(headed) if headed else column.measure.label if column.unit else untranslated("")
    said, limits = HOW_TO_FILL[column.kind].fill(formats=FORMATS), _limits_text(column)
    return Text(
        f"{said.zh}{f'（{unit.zh}）' if unit.zh else ''}{limits.zh}",
        f"{said.en}{f' ({unit.en})' if unit.en else ''}{limits.en}",
    )


def _limits_text(column: Column) -> Text:
    low, high = format_limit(column.low), format_limit(column.high)
    if low and high:
        return Text(f"，{low}–{high}", f", {low}–{high}")
    if low:
        return Text(f"，不小于 {low}", f", not below {low}")
    return Text(f"，不大于 {high}", f", not above {high}") if high else untranslated("")


HOW_TO_FILL: dict[str, Text] = {
    "parent": Text("填“{parent}”里已登记的编码或名称", "A code or a name that is registered in “{parent}”"),
    "choice": Text("填其中之一：{choices}", "One of: {choices}"),
    "text": Text("填文字，不超过 500 字", "Text of at most 500 characters"),
    "number": Text("填数字", "A number"),
    "integer": Text("填整数", "A whole number"),
    "date": Text("填日期：{formats}", "A date: {formats}"),
    "timestamp": Text("填日期和时间，如 2014-03-05 08:00", "Day and time, such as 2014-03-05 08:00"),
    "flag": Text("填 是 或 否", "Yes or no"),
    "path": Text("填“经度 纬度; 经度 纬度; …”，或 WKT", "“lon lat; lon lat; …”, or WKT"),
    "shape": Text("填 WKT，如 POLYGON ((121.54 29.93, …))", "WKT, such as POLYGON ((121.54 29.93, …))"),
}
