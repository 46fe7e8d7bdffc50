"""What a briefing says, phrase by phrase, and how its figures, days and gaps are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from data.datasets.shared.issued_figure import BRIEFING_KINDS
from data.datasets.targets import TARGETS
from data.text import Text, join_texts, mid_sentence, untranslated, verbatim
from ui import formats
from ui.item_words import gap_text

KIND_NAMES = {kind.value: mid_sentence(kind.label) for kind in BRIEFING_KINDS}
TITLE = Text("庄桥街道重点工作进展{kind}", "Zhuangqiao: {kind} on key work")
MARK = Text("内部参考", "For internal reference")
SAMPLE_MARK = Text("内部参考（示例数据，不是真实数字）", "For internal reference (sample data, not real figures)")
CUT_OFF = Text("（数据截至{day}24时）", "(Data as of the end of {day})")
OVERALL = Text("一、总体进展", "I. Overall progress")
FIGURES = Text("二、主要数据", "II. Main figures")
PROBLEMS = Text("三、存在问题", "III. Problems")
NEXT_STEPS = Text("四、下步打算", "IV. Next steps")
OF_TARGETS = Text("（一）目标任务完成情况", "(1) Progress to targets")
IN_PICTURES = Text("（二）图示", "(2) In pictures")
RESTATED = Text("（三）与上期简报不一致的数据", "(3) What the last briefings said that no longer holds")
COUNTED_LIGHTS = Text(
    "截至{day}24时，{count}项目标任务中{lights}。", "At the end of {day}, of {count} targets {lights}. "
)
LIGHT_COUNT = Text("{light}{count}项", "{light}: {count}")
ITEMS_LATE = Text(
    "另有{count}项工程和征迁项目落后于序时或已逾期。",
    "{count} works and demolition projects are behind plan or past their deadline. ",
)
STREAM_ON_PLAN = Text("{stream}：{count}项目标都没有落后。", "{stream}: none of {count} targets is behind. ")
STREAM_KNOWN_ON_PLAN = Text(
    "{stream}：{count}项目标中{known}项没有落后，{unknown}。",
    "{stream}: of {count} targets {known} are not behind; {unknown}. ",
)
STREAM_UNKNOWN = Text(
    "{stream}：{count}项目标都判断不了，{unknown}。", "{stream}: none of {count} targets can be judged; {unknown}. "
)
STREAM_LATE = Text("{stream}：{count}项目标中{late}项落后", "{stream}: {late} of {count} targets are behind")
AND_UNKNOWN = Text("，{unknown}", ", {unknown}")
AND_WORST = Text("，差距最大的是{item}，{done}", ", furthest {item}, {done}")
AND_GAP = Text("，{gap}。", ", {gap}. ")
COMPARED = Text("与{day}相比：{changes}。", "Against {day}: {changes}.")
NOT_COMPARABLE = Text("没有可比数字的：{items}", "nothing to compare with: {items}")
OTHERS_UNCHANGED = Text("其余没有变化", "the others are unchanged")
NOTHING_CHANGED = Text("与{day}相比，各项目标的数字没有变化。", "Against {day}, no figure of a target has changed.")
CHANGED = Text("{item}{change}", "{item} {change}")
COLUMNS = (
    Text("目标任务", "Target"),
    Text("完成", "Done"),
    Text("目标", "Target value"),
    Text("时间进度", "Time elapsed"),
    Text("差距（百分点）", "Gap (pp)"),
    Text("状态", "Status"),
    Text("比{day}", "Since {day}"),
)
ALL_TIME = Text("一直保持", "every day")
FIGURE_1 = Text(
    "图1 目标完成率（实际 ÷ 目标；竖线为时间进度）", "Figure 1. Actual ÷ target; the stroke is the time elapsed"
)
CUT = Text("；双斜线处截断，以数字为准", "; bars with two slashes are cut, their number is not")
FIGURE_2 = Text("图2 {legend}", "Figure 2. {legend}")
NO_FONT = Text(
    "这台服务器没有中文字体，图没有画出来；装上中文字体后重新生成即可。",
    "This server has no Chinese font, so the pictures are left out; install one and make the briefing again.",
)
NO_FORMER = Text("此前没有印发过简报。", "No briefing was issued before.")
NO_FIGURE = Text("没有数据", "no data")
NO_LATE = Text("没有落后于序时或已逾期的事项。", "Nothing is behind plan or past its deadline.")
NO_KNOWN_LATE = Text("已知的事项都没有落后于序时或逾期。", "Nothing that is known is behind plan or past its deadline.")
LATE_ITEM = Text("{number}. {item}：{light}，{done}", "{number}. {item}: {light}, {done}")
DONE = Text("完成{figure}", "done {figure}")
GAP_AND_MORE = Text("，{facts}。", ", {facts}.")
NO_PLAN = Text("没有可比的时间进度", "no plan to compare with")
NEVER_REPORTED = Text("从未上报", "never reported")
REPORTED = Text("{day}上报", "reported {day}")
NOTED = Text("{day}上报“{note}”（{who}提交）", "reported {day}: “{note}” (committed by {who})")
LED_BY = Text("牵头单位{owner}", "led by {owner}")
NO_OWNER = Text("牵头单位未写", "no lead unit named")
DUE = Text("{day}到期，还剩{days}天", "due {day}, {days} days left")
OVER = Text("{day}到期，已过{days}天", "due {day}, {days} days over")
MORE_LATE = Text("另有{count}项，见平台“落后事项”。", "{count} more are listed under “Behind plan”.")
NOT_KNOWN = Text("没有数据的：{items}。", "Without data: {items}.")
NOT_REPORTED = Text("待上报的：{items}。", "Waiting for a report: {items}.")
OWNER = Text("{number}. {owner}：", "{number}. {owner}: ")
MORE_STEPS = Text("另有{count}项，见平台“谁该办”", "{count} more are listed under “Who acts”")
STEP_UNKNOWN = Text("补报{item}的完成数", "report what is done of {item}")
FINISH = Text("完成{item}", "finish {item}")
RAISE = Text("把{item}提高到{target}", "raise {item} to {target}")
STEP_LEVEL = Text("{step}，还差{rest}", "{step}, {rest} to go")
STEP_OVER = Text("尽快{step}，还差{rest}", "{step} as soon as possible, {rest} to go")
STEP_DUE = Text("{day}前{step}，还差{rest}", "{step} by {day}, {rest} to go")
STEP_PACE = Text("，平均每天{pace}", " or {pace} a day")
TINY = Text("不到 0.1", "less than 0.1")
POINTS = Text("{gap}个百分点", "{gap} pp")
ALL_ON_PLAN = Text("各项按序时继续推进。", "Everything goes on as planned.")
KNOWN_ON_PLAN = Text(
    "已知的各项按序时继续推进，没有数据和待上报的先报数。",
    "What is known goes on as planned; what has no data or waits for a report is reported first.",
)
DERIVED = Text(
    "以上由台账按目标和期限推算，供研究，不是已定的安排。",
    "Worked out of targets and deadlines for consideration; nothing of it has been decided.",
)
TARGET_SHEET = Text("目标值和期限按目标任务单", "target values and periods are those of the task sheet")
SOURCE = Text("来源：{ledgers}；最新的是批次{batch}：{file}，{who}，{day}提交。",
              "From {ledgers}; the newest is batch {batch}: {file}, {who}, {day}.")  # fmt: skip
LEDGER_BATCHES = Text("《{ledger}》批次{batches}", "“{ledger}” batch {batches}")
MANY_LEDGERS = Text("{ledgers}，共{count}本台账，批次{batches}", "{ledgers}, {count} ledgers in all, batches {batches}")
LEDGER = Text("《{ledger}》", "“{ledger}”")
WRITTEN_IN: Mapping[str, Callable[..., Text | str]] = {
    "percent": formats.format_percent,
    "wan": formats.format_money,
    "m2": formats.format_area,
}
MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
Row = Mapping[str, Any]


def prose_date(day: date | pd.Timestamp) -> Text:
    """Return a day as it stands in a sentence: 2014年6月30日, 30 June 2014."""
    return verbatim(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def near_date(day: date | pd.Timestamp, other: date) -> Text:
    """Return a day without its year, 6月30日, where that is the year of another, as a rule the day of the paper."""
    if day.year != other.year:
        return prose_date(day)
    return verbatim(f"{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]}")


def target_figure(row: Row) -> Text:
    """Return what is reached of a target, with both counts where it is a share, or that there is no figure.

    It is never rounded up to the target.
    """
    target = TARGETS[row["metric"]]
    if formats.is_missing(row["actual"]):
        return NO_FIGURE
    if target.counted_in is None:
        return as_text(WRITTEN_IN[target.unit](row["actual"], row["target"]))
    return formats.format_share(row["done"], row["total"], row["actual"], target.counted_in)


def done_text(figure: Text) -> Text:
    """Return a figure as what is done, or that there is none."""
    return figure if figure == NO_FIGURE else DONE.fill(figure=figure)


def figure_of_target(value: float | None, metric: str) -> Text:
    """Return a figure in the unit of a target."""
    return as_text(WRITTEN_IN[TARGETS[metric].unit](value))


def change_of_target(change: float, metric: str) -> Text:
    """Return by how much a figure has changed, with its sign: shares in percentage points."""
    sign = formats.sign_of(change)
    if TARGETS[metric].unit != "percent":
        return join_texts((untranslated(sign), figure_of_target(abs(change), metric)))
    size = formats.round_below_caps(abs(change), 1)
    return POINTS.fill(gap=f"{sign}{size:.1f}" if size else TINY)


def gap_or_none(row: Row) -> Text:
    """Return the gap of an item in words, or that there is no plan to compare it with."""
    return NO_PLAN if formats.is_missing(row["gap"]) else gap_text(row)


def as_text(written: Text | str) -> Text:
    return written if isinstance(written, Text) else untranslated(written)
