"""Rows between and below the data that are no data: totals, remarks, signatures, titles of groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.traditional import to_simplified

TOTAL_WORDS = "(?:合计|小计|总计|共计|累计|总和|汇总)"
STATISTIC_WORDS = (
    "(?:(?:年|月|日|算术|加权)?(?:平均值?|均值)|最[大小高低]值|标准限?值|限值|达标率|达标情况|超标率|超标倍数|"
    "averages?|means?|max(?:imum)?|min(?:imum)?)"
)
TOTAL = re.compile(
    rf"(?:本页|本表|本月|本季|本年|全年|全部|总)?{TOTAL_WORDS}|{STATISTIC_WORDS}|(?:grand|sub|page)?-?totals?", re.I
)
NAMED_TOTAL = re.compile(rf".{{1,20}}(?:{TOTAL_WORDS}|totals?)|{TOTAL_WORDS}[(（:：\d].*", re.I)
PEOPLE = "填表人|制表人|填报人|经办人|负责人|审核人|审批人|复核人|校核人|联系人"
LABELS = (
    "填表人|制表人?|填报人|经办人|填表单位|填报单位|制表单位|报送单位|单位负责人|负责人|分管领导|审核人?|审批人?|复核人?|校核人?|"
    "签字|签章|盖章|联系人|联系电话|电话|填表日期|填报日期|制表日期|报送日期|打印日期|打印时间|统计时间|统计口径|日期|"
    "附?注|备注|说明|数据来源|资料来源|填表说明|填报说明|"
    "notes?|remarks?|sources?|(?:prepared|compiled|checked|reviewed|approved)by|dateofreport"
)
REMARK = re.compile(
    r"[*＊※]?(?:附?注|备注|说明)[\d一二三四五]*[:：.、．].*|"
    rf"第\d+页.*|[*＊※]?(?:{LABELS})(?:[(（][^()（）]*[)）])?[:：].*",
    re.I | re.S,
)
SIGNATURE_LABEL = re.compile(f"(?:{LABELS})|(?:{PEOPLE})[\u4e00-\u9fff]{{2,4}}", re.I)
RULER = re.compile(r"[-=—_*＊+.…·|:：]{2,}")
SUSPECT = "|".join(p.pattern for p in (TOTAL, NAMED_TOTAL, REMARK, SIGNATURE_LABEL, RULER)) + "|.*[:：].*"
STANDALONE_REMARK = re.compile(
    r"[(（]?[一二三四五六七八九十]+[)）、.．].*|[注※].*|[(（—\-]*(?:以下|此页|本页以下)?(?:空白|无数据|无正文)[)）—\-]*|"
    r"[(（—\-]*(?:下页续|续下页|接下页|续表|续|转下页)[)）—\-]*|第\d+页.*|[-—]\d+[-—]|"
    r"[(（—\-]*共?计?\d+(?:条|行|项|户|个|笔|家)(?:记录|数据)?(?:受影响)?[)）—\-]*|"
    r"[(\-]*(?:\d+rows?(?:selected|affected)?|endoffile|totals?[:：]?\d+)[.)\-]*|以上(?:即?为|是)?全部(?:数据|内容|记录)|"
    r".{2,20}(?:办事处|人民政府|委员会|管理局|环保局|水利局|治水办)|"
    r"附?注|备注|说明|(?:计量)?单位[:：].*|\d{1,2}[.、．)）][^\d].*|(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?",
    re.I | re.S,
)
SENTENCE_LENGTH = 25  # characters; chosen, not measured: remarks are longer, names hardly ever
SURE_MARKS, MARKS = ";|\t；", ",，"
BLANKS = re.compile(r"\s+")
CODE = re.compile(r"(?=.*\d)[\w./:+-]+", re.ASCII)

COLUMN_NUMBERS = ("{}", "({})", "（{}）", "{}栏", "第{}栏")
COUNTING_SIGNS = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸")
REQUIREMENT_MARK = re.compile(
    r"[(（]?(?:非?必填项?|选填项?|可填|可选|可空|必输|自动|required|optional|mandatory)[)）]?", re.I
)
EXAMPLE_MARK = re.compile(r"(?:示?例(?:子|如)?|样例|填写示例|example|e\.g\.)[:：].*", re.I | re.S)
COLUMN_TYPE = re.compile(
    r"(?:n?varchar2?|n?char|text|string|int(?:eger)?|bigint|number|numeric|decimal|float|double|real|date(?:time)?|"
    r"timestamp|bool(?:ean)?|文本|字符(?:串|型)?|数字|数值|日期|整数)(?:\([\d,]+\)|（[\d，]+）)?",
    re.I,
)
LEAST_NUMBERED = 3  # 1 and 2 alone may be values, 1 2 3 under headings are their numbers


def non_data_reason(filled: Sequence[str], width: int) -> str | None:
    """Say whether a row is a total or a remark by its cells that hold anything; None if it may be data.

    `width` is the number of cells for which the row has a place.
    """
    bare = [to_simplified(re.sub(r"\s", "", cell)) for cell in filled[:2]]
    if any(TOTAL.fullmatch(cell.rstrip(":：")) for cell in bare):
        return "total"
    if NAMED_TOTAL.fullmatch(bare[0].rstrip(":：")) and all(map(_is_number_or_dash, filled[1:])):
        return "total"
    if REMARK.fullmatch(bare[0]) or SIGNATURE_LABEL.fullmatch(bare[0]) or all(map(RULER.fullmatch, filled)):
        return "remark"
    is_alone = width > 1 and len(set(filled)) == 1
    return "remark" if is_alone and _is_standalone_remark(bare[0], filled[0], width) else None


def is_guide_row(filled: Sequence[str]) -> bool:
    """Tell whether the row below a header explains its columns: their numbers, what must be filled in, an example."""
    bare = [re.sub(r"\s", "", cell) for cell in filled]
    if bare[0] in ("栏次", "行次") and bare[1:] == list(map(str, range(1, len(bare)))):
        return True
    alike = any(all(map(pattern.fullmatch, bare)) for pattern in (REQUIREMENT_MARK, COLUMN_TYPE))
    return alike or _are_column_numbers(bare) or EXAMPLE_MARK.fullmatch(bare[0]) is not None


def _are_column_numbers(cells: list[str]) -> bool:
    """Tell whether cells count the columns: 1 2 3, (1) (2), ① ②, 甲 乙 1 2; two bare numbers may be data."""
    count = len(cells)
    counts = [list(map(form.format, range(1, count + 1))) for form in COLUMN_NUMBERS]
    counts += [list(signs[:count]) for signs in COUNTING_SIGNS]
    letters = sum(cell in COUNTING_SIGNS[-1] for cell in cells)
    counts.append([*COUNTING_SIGNS[-1][:letters], *map(str, range(1, count - letters + 1))])
    return count > 1 and cells in counts and (count >= LEAST_NUMBERED or not cells[0].isdecimal())


def _is_number_or_dash(cell: str) -> bool:
    """Tell whether a cell of a row of totals holds a number or a mark for none."""
    return bool(re.search(r"\d", cell)) or cell in ("-", "—", "/", "——")


def _is_standalone_remark(cell: str, written: str, width: int) -> bool:
    """Tell whether a cell that stands alone in its row is the title of a group or a remark."""
    return bool(STANDALONE_REMARK.fullmatch(cell)) or (
        (len(cell) >= SENTENCE_LENGTH or "。" in cell) and not _is_unsplit_row(written, width)
    )


def _is_unsplit_row(written: str, width: int) -> bool:
    """Tell whether a cell is a row under another separator; where sentences have that mark, one with a code in it."""
    if any(written.count(mark) >= width - 1 for mark in SURE_MARKS):
        return True
    parts = [*(written.split(mark) for mark in MARKS), BLANKS.split(written)]
    return any(len(cells) >= width and any(CODE.fullmatch(cell.strip()) for cell in cells) for cells in parts)
