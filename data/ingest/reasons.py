"""Why a cell or a row is refused, in both languages; each reason says what is wrong and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass

from data.datasets import DATASETS, Column
from data.text import Text, same

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
    "not_flag": Text("“{label}”应填 是 或 否", "“{label}” must be yes or no"),
    "not_choice": Text("“{label}”不在可选范围内：{choices}", "“{label}” must be one of: {choices}"),
    "not_path": Text("“{label}”应写成“经度 纬度; 经度 纬度; …”", "“{label}” must be written “lon lat; lon lat; …”"),
    "too_low": Text("“{label}”不能小于 {low}", "“{label}” must not be below {low}"),
    "too_high": Text("“{label}”不能大于 {high}", "“{label}” must not be above {high}"),
    "out_of_range": Text("{item} 的值超出可能的范围（{low}–{high}）", "The value of {item} is outside {low}–{high}"),
    "too_long": Text("“{label}”超过 500 字", "“{label}” is longer than 500 characters"),
    "unknown_parent": Text("“{parent}”里没有它，请先登记", "It is not in “{parent}”; register it there first"),
    "ambiguous_parent": Text(
        "“{parent}”里有几行同名，请改填编码", "Several rows of “{parent}” bear this name; write the code instead"
    ),
    "repeated_key": Text(
        "与第 {other} 行的“{label}”相同而内容不同，一个键只能有一行",
        "Line {other} has the same “{label}” with other values; a key may stand only once",
    ),
}

NOTES: dict[str, Text] = {
    "same_row": Text("与第 {other} 行完全相同，只载入一次", "The same as line {other}; loaded once"),
    "later_wins": Text(
        "与第 {other} 行的“{label}”相同而数值不同，取后发布的这一行",
        "Line {other} has the same “{label}” with other values; this later line is taken",
    ),
    "no_value": Text("这一行没有任何监测值，未载入", "This row holds no measured value and is not loaded"),
    "unknown_unit": Text(
        "表头括号里的“{unit}”不是已知单位，按“{label}”本来的单位读取",
        "“{unit}” in the heading is not a known unit; values are read in the unit of “{label}”",
    ),
    "year": Text("监测时间没有年份，按 {year} 年补全", "Times without a year were completed with {year}"),
    "registered": Text("新登记到“{parent}”", "Newly registered in “{parent}”"),
    "nothing_new": Text(
        "文件内容与台账现有数据完全相同，没有任何变化", "The file says what the ledger holds already; nothing changed"
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about one cell or row of a file; `line` counts from 1, the header being line 1."""

    line: int
    column: str
    value: str
    reason: Text

    def as_json(self) -> dict[str, object]:
        return {
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "reason_zh": self.reason.zh,
            "reason_en": self.reason.en,
        }


def number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def about(column: Column, reason: str, **more: object) -> Text:
    """Return a reason filled with what the registry says of a column."""
    parent = DATASETS[column.references].label if column.references else same("")
    listed = Text(
        "、".join(c.label.zh for c in column.choices) or "—", ", ".join(c.label.en for c in column.choices) or "—"
    )
    blanks = {"label": column.label, "low": number(column.low), "high": number(column.high)} | more
    return REASONS[reason].fill(formats=FORMATS, choices=listed, parent=parent, **blanks)
