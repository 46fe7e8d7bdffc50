"""Rows between and below the data that are no data: totals, remarks, signatures, titles of groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.traditional import simplified

SUM = "(?:合计|小计|总计|共计|累计|总和)"
FIGURE = (
    "(?:(?:年|月|日|算术|加权)?(?:平均值?|均值)|最[大小高低]值|标准限?值|限值|达标率|达标情况|超标率|超标倍数|"
    "averages?|means?|max(?:imum)?|min(?:imum)?)"
)
TOTAL = re.compile(rf"(?:本页|本表|本月|本季|本年|全年|全部|总)?{SUM}|{FIGURE}|(?:grand|sub|page)?-?totals?", re.I)
NAMED_TOTAL = re.compile(rf".{{1,20}}(?:{SUM}|totals?)|{SUM}[(（:：\d].*", re.I)
LABELS = (
    "填表人|制表人?|填报人|经办人|填表单位|填报单位|制表单位|报送单位|单位负责人|负责人|分管领导|审核人?|审批人?|复核人?|校核人?|"
    "签字|签章|盖章|联系人|联系电话|电话|填表日期|填报日期|制表日期|报送日期|打印日期|打印时间|统计时间|统计口径|日期|"
    "数据来源|资料来源|填表说明|填报说明|"
    "notes?|remarks?|sources?|(?:prepared|compiled|checked|reviewed|approved)by|dateofreport"
)
REMARK = re.compile(
    r"[*＊※]?(?:附?注|备注|说明)[\d一二三四五]*[:：.、．].*|"
    rf"[*＊※]?(?:{LABELS})(?:[(（][^()（）]*[)）])?[:：].*",
    re.I | re.S,
)
SIGNED = re.compile("填表人|制表人|填报人|审核人|复核人|填表日期|填报日期|制表日期|数据来源|资料来源")
ALONE = re.compile(
    r"[(（]?[一二三四五六七八九十]+[)）、.．].*|[注※].*|[(（—\-]*(?:以下|此页|本页以下)?(?:空白|无数据|无正文)[)）—\-]*|"
    r"[(（—\-]*(?:下页续|续下页|接下页|续表|续|转下页)[)）—\-]*|第\d+页.*|[-—]\d+[-—]|"
    r"附?注|备注|说明|(?:计量)?单位[:：].*|[*＊]{2,}|\d{1,2}[.、．)）][^\d].*|(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?",
    re.S,
)
LONG = 25


def why_aside(filled: Sequence[str], is_alone: bool) -> str | None:
    """Say whether a row is a total or a remark by its cells that hold anything; None if it may be data.

    `is_alone` tells that the row has a place for more cells than it fills.
    """
    bare = [simplified(re.sub(r"\s", "", cell)) for cell in filled[:2]]
    if any(TOTAL.fullmatch(cell.rstrip(":：")) for cell in bare):
        return "total"
    if NAMED_TOTAL.fullmatch(bare[0].rstrip(":：")) and all(map(_is_figure, filled[1:])):
        return "total"
    is_remark = REMARK.fullmatch(bare[0]) or SIGNED.fullmatch(bare[0])
    return "remark" if is_remark or (is_alone and _is_sentence(bare[0])) else None


def _is_figure(cell: str) -> bool:
    """Tell whether a cell of a row of totals holds a number or a mark for none."""
    return bool(re.search(r"\d", cell)) or cell in ("-", "—", "/", "——")


def _is_sentence(cell: str) -> bool:
    """Tell whether a cell that stands alone in its row is the title of a group or a remark."""
    return bool(ALONE.fullmatch(cell)) or len(cell) >= LONG or "。" in cell
