"""Checks of taps: in order, running (长流水), dripping or broken, and the day of repair."""

from data.datasets.constraint import Constraint, cases, not_before, not_in_future
from data.datasets.model import Dataset, choice, choices, date, number, parent, text
from data.text import Text

DATASET = Dataset(
    name="facility_check",
    stream="water",
    menu_place=230,
    label=Text("设施检查", "Checks of taps"),
    description=Text(
        "每次检查一行：正常、长流水、滴漏还是损坏，哪天修好；漏水量是估算。",
        "One row per check: in order, running, dripping or broken, the day of repair; the loss is an estimate.",
    ),
    is_event=True,
    key=("facility_id", "checked_on"),
    dated_by=("checked_on", "fixed_on"),
    columns=(
        parent("facility_id", "facility", "设施", "Tap", required=True, aliases=("设施名称", "设施编码")),
        date("checked_on", "检查日期", "Checked on", required=True, aliases=("日期",)),
        choice(
            "finding",
            "检查结果",
            "Finding",
            choices(正常="Normal", 长流水="Running tap", 滴漏="Dripping tap", 损坏="Broken"),
            required=True,
            aliases=("设施状况",),
        ),
        date("fixed_on", "修复日期", "Mended on", aliases=("修好日期",)),
        number("loss", "估算漏水量", "Estimated loss", "m3/d", aliases=("漏水量", "估算漏损")),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("checked_on", "fixed_on"),
        not_before("fixed_on", "checked_on"),
        Constraint(
            name="in_order_needs_no_repair",
            columns=("finding", "fixed_on", "loss"),
            breaks="r.finding = '正常' AND (r.fixed_on IS NOT NULL OR r.loss > 0)",
            reason=Text(
                "“{finding}”是正常，却填了“{fixed_on}”或“{loss}”，请核对",
                "“{finding}” says in order, but “{fixed_on}” or “{loss}” is filled; correct one of them",
            ),
            cases=cases(broken=[("正常", None, 2)], kept=[("正常", None, 0)]),
        ),
    ),
)
