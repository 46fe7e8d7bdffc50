"""The data dictionary, written from the registry of ledgers: docs/data_dictionary.md."""

from __future__ import annotations

from data.datasets import DATASETS, Column, Dataset
from data.text import Language, Text, untranslated

KINDS = {
    "text": Text("文字", "text"),
    "integer": Text("整数", "whole number"),
    "number": Text("数字", "number"),
    "date": Text("日期", "date"),
    "month": Text("月份", "month"),
    "timestamp": Text("时间", "date and time"),
    "flag": Text("是/否", "yes or no"),
    "path": Text("走向", "course"),
    "shape": Text("图形", "shape"),
}
HEADINGS = (
    Text("列", "Column"),
    Text("代码", "Code"),
    Text("类型", "Type"),
    Text("必填", "Required"),
    Text("范围或选项", "Range or choices"),
    Text("也认的表头", "Other headings"),
)
YES, KEY, PERSONAL = Text("是", "yes"), Text("主键", "key"), Text("个人信息，不上屏幕", "personal, never on screen")
REFERENCE = Text("引用：{parent}", "a row of {parent}")
TITLE = Text("# 数据字典", "# Data dictionary")
INTRODUCTION = Text(
    "由台账登记表生成（`make docs`），不要手改。主键列合起来确定一行；同一键再次上传即更新。",
    "Generated from the registry (`make docs`); do not edit. The key columns together name a row.",
)


def _kind_text(column: Column) -> Text:
    if column.references:
        return REFERENCE.fill(parent=DATASETS[column.references].label)
    return KINDS[column.kind]


def _range_or_choices(column: Column, language: Language) -> str:
    if column.choices:
        return "、".join(c.label.into(language) for c in column.choices)
    if column.low is None and column.high is None:
        return PERSONAL.into(language) if column.personal else ""
    low, high = ("" if v is None else f"{v:g}" for v in (column.low, column.high))
    return f"{low} – {high}" if high else f"≥ {low}"


def column_cells(dataset: Dataset, column: Column, language: Language) -> tuple[str, ...]:
    """Return what is said of one column of a ledger, a cell for each of HEADINGS."""
    required = KEY if column.name in dataset.key else YES if column.required else untranslated("")
    return (
        column.heading.into(language),
        column.name,
        _kind_text(column).into(language),
        required.into(language),
        _range_or_choices(column, language),
        "、".join(column.aliases),
    )


def _column_row(dataset: Dataset, column: Column, language: Language) -> str:
    heading, code, *rest = column_cells(dataset, column, language)
    return f"| {' | '.join((heading, f'`{code}`', *rest))} |"


def ledger_section(dataset: Dataset, language: Language) -> str:
    """Return one ledger as Markdown: what it is and a row for each column."""
    head = f"| {' | '.join(h.into(language) for h in HEADINGS)} |"
    rule = "|" + " --- |" * len(HEADINGS)
    rows = [_column_row(dataset, c, language) for c in dataset.columns]
    return "\n".join([dataset.description.into(language), "", head, rule, *rows])


def dictionary_markdown() -> str:
    """Return the whole dictionary, Chinese first and English after it."""
    parts = []
    for language in ("zh", "en"):
        parts += [TITLE.into(language), "", INTRODUCTION.into(language), ""]
        for dataset in DATASETS.values():
            parts += [f"## {dataset.label.into(language)} `{dataset.name}`", "", ledger_section(dataset, language), ""]
    return "\n".join(parts)
