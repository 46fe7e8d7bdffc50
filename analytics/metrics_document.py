"""What every metric means, written from METRICS: docs/metrics.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from analytics.metrics import METRICS, Metric, metric_stream
from data.datasets import DATASETS, Column
from data.dictionary import KINDS
from data.text import Language, Text, join_list, join_texts
from data.units import UNITS

TITLE = Text("# 指标", "# Metrics")
INTRODUCTION = Text(
    "由指标登记表生成（`make docs`），不要手改。口径中的限值和参数是核对当日有效的；台账由 SQL 得出。",
    "Generated from the registry (`make docs`); do not edit. Formulas have the thresholds of the day of review, "
    "ledgers are those that the SQL reads.",
)
DIRECTIONS = {
    "higher": Text("越高越好", "higher is better"),
    "lower": Text("越低越好", "lower is better"),
    "none": Text("不分好坏", "neither"),
}
UNIT, DIRECTION = Text("单位：{unit}", "Unit: {unit}"), Text("方向：{direction}", "Direction: {direction}")
REVIEWED = Text("核对：{day}", "Reviewed: {day}")
FORMULA, BASIS = Text("口径：{formula}", "Formula: {formula}"), Text("依据：{basis}", "Basis: {basis}")
LEDGERS = Text("台账：{ledgers}", "Ledgers: {ledgers}")
RESTS_ON = Text("{standard}：{clause}", "{standard}: {clause}")
AND, BESIDE = Text("；", "; "), Text(" · ", " · ")
HEADINGS = Text("列", "Column"), Text("代码", "Code"), Text("类型", "Type")
WORD = Text("选项", "choice")


def metric_column_cells(column: Column, language: Language) -> tuple[str, str, str]:
    """Return what is said of one column of a metric, a cell for each of HEADINGS."""
    kind = WORD if column.choices else KINDS[column.kind]
    return column.heading.into(language), column.name, kind.into(language)


def _row(column: Column, language: Language) -> str:
    heading, code, kind = metric_column_cells(column, language)
    return f"| {heading} | `{code}` | {kind} |"


def _columns(metric: Metric, language: Language) -> list[str]:
    head = f"| {' | '.join(heading.into(language) for heading in HEADINGS)} |"
    return [head, "|" + " --- |" * len(HEADINGS), *(_row(column, language) for column in metric.columns)]


def metric_facts(metric: Metric, day: date | None) -> Iterator[Text]:
    """Yield the lines of a metric above its columns, the formula with the thresholds of a day."""
    unit, direction = UNIT.fill(unit=UNITS[metric.unit].label), DIRECTION.fill(direction=DIRECTIONS[metric.direction])
    yield join_texts([metric_stream(metric), unit, direction, REVIEWED.fill(day=metric.reviewed_on)], BESIDE)
    yield FORMULA.fill(formula=metric.formula_on(day))
    rests = (RESTS_ON.fill(standard=basis.standard, clause=basis.clause) for basis in metric.basis)
    yield BASIS.fill(basis=join_texts(rests, AND))


def section(metric: Metric, language: Language) -> str:
    """Return one metric as Markdown: its facts, a line each, and a row for each column."""
    ledgers = LEDGERS.fill(ledgers=join_list(DATASETS[name].label for name in metric.ledgers))
    facts = [f"- {fact.into(language)}" for fact in (*metric_facts(metric, metric.reviewed_on), ledgers)]
    title = f"## {metric.label.into(language)} `{metric.name}`"
    return "\n".join([title, "", *facts, "", *_columns(metric, language)])


def document() -> str:
    """Return the whole document, Chinese first and English after it."""
    parts = []
    for language in ("zh", "en"):
        parts += [TITLE.into(language), "", INTRODUCTION.into(language), ""]
        for metric in METRICS.values():
            parts += [section(metric, language), ""]
    return "\n".join(parts)
