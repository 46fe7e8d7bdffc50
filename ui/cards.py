"""A figure of a metric as a card, declared in one line: which columns are summed up, in what, over which period."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.result_rows import TOTAL, total_rows
from data.standards.thresholds import thresholds
from data.text import Text, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.colours import STATUS_SIGNS
from ui.data_origin import worked_out_for_text
from ui.figure_sheet import figure_part, part_link
from ui.markup import element, joined, link, words
from ui.preferences import chosen_day, t
from ui.results import DatedResult, PartResult
from ui.worked_figures import column_share, column_total, counted_share

TO_DATE = Text("截至当日累计", "to date")
NOTHING = Text("没有数据", "no data")
ALL_ROWS = Text("全部", "all")
ROWS_IN_ALL = Text("计入的行共 {count} 行", "{count} rows counted")
GOAL = Text("目标 {target}：{sign} {light}", "Target {target}: {sign} {light}")
COUNTS = Text("{done} / {total} {unit}", "{done} of {total} {unit}")
COUNT = Text("{count} {unit}", "{count} {unit}")
OTHER_UNIT = Text(
    "另有 {done} / {total} {unit}，单位不同，不合计", "{done} of {total} {unit} beside it, not added: another unit"
)
FIRST_UNIT = "m³"
LEFT_OUT = Text("{count} {unit}没有数据，不计入", "{count} {unit} without data, left out")
STALE_DAYS = 31  # chosen: most ledgers are kept by the month


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: its name, the figure, what stands below it (both counts, the period), its day, its formula.

    Where its ledgers carry no dates, `worked_out_for` stands in for the day. `href` leads to the page it is of; the
    figure itself opens what is behind it where the rows are known of which it is.
    """

    label: Text
    value: Text
    below: tuple[Text, ...]
    as_of: date | None
    formula: Text
    worked_out_for: date | None = None
    href: str = ""
    part: PartResult | None = field(default=None, compare=False)  # the rows of a result are compared as such


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSpec:
    """One card of a metric; rates are sums over sums.

    `done` and `total` are the columns to be summed up: the figure is their share, or with `is_share=False` what is
    done; without `total` it is the sum, without `done` the number of rows. Where there is a total, it alone
    counts, and of a metric by months the newest.
    `only` are filters of the metric; with `has_units` only rows of one `quantity_unit` are summed up, and what there is
    in others is told. `beside` are further columns to be told where they are not 0, `lacking` says how many
    rows have no `total`. `label` stands in for that of the metric.
    Blanks of `period` are thresholds, by their names.
    """

    metric: str
    unit: Text
    done: str = ""
    total: str = ""
    is_share: bool = True
    only: Mapping[str, str] = field(default_factory=dict)
    has_units: bool = False
    beside: tuple[str, ...] = ()
    missing_total_note: Text | None = None
    period: Text = TO_DATE
    label: Text | None = None


DREDGING = CardSpec(
    metric="dredging_progress",
    done="done",
    total="quantity",
    unit=untranslated(FIRST_UNIT),
    has_units=True,
    beside=("unreported",),
)


def newest_month_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest month, or all where there are no months."""
    return rows[rows["month"] == rows["month"].max()] if "month" in rows else rows


@dataclass(frozen=True, slots=True)
class Goal:
    """What the task sheet asks of a figure, in words and as a number."""

    words: Text
    target: float


def rows_by_unit(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the rows of each unit, m³ first: quantities of two units are never added up."""
    return sorted(
        ((str(unit), own) for unit, own in rows.groupby("quantity_unit")), key=lambda o: (o[0] != FIRST_UNIT, o[0])
    )


def other_unit_lines(rows: pd.DataFrame) -> list[Text]:
    """Return a line for each unit but the first, with what is done of how much."""
    counts = [(unit, _column_sum(own, "done"), _column_sum(own, "quantity")) for unit, own in rows_by_unit(rows)[1:]]
    return [
        OTHER_UNIT.fill(done=formats.format_count(done, total), total=formats.format_count(total), unit=WORDS[unit])
        for unit, done, total in counts
    ]


def _column_sum(rows: pd.DataFrame, column: str) -> float:
    """Return the sum of what is known of a column, NaN where nothing is; without a column the number of rows."""
    if not column:
        return float(len(rows))
    known = rows[column].dropna()
    return float(known.sum()) if len(known) else math.nan


def _main_value_text(spec: CardSpec, done: float, total: float, goal: Goal | None) -> Text:
    if spec.total and spec.is_share:
        return untranslated(
            formats.format_percent(100 * done / total if total else None, goal.target if goal else None)
        )
    return COUNT.fill(count=formats.format_count(done), unit=spec.unit)


def _count_lines(spec: CardSpec, done: float, total: float) -> list[Text]:
    """Return both counts; a plain count says all that it has to say in its figure."""
    if not spec.total:
        return []
    return [COUNTS.fill(done=formats.format_count(done, total), total=formats.format_count(total), unit=spec.unit)]


def _extra_lines(spec: CardSpec, result: DatedResult, rows: pd.DataFrame) -> list[Text]:
    told = [(result.column(c).label, _column_sum(rows, c)) for c in spec.beside]
    said = Text("{label} {count}", "{label}: {count}")
    lines = [said.fill(label=label, count=formats.format_count(count)) for label, count in told if count > 0]
    without = int(rows[spec.total].isna().sum()) if spec.missing_total_note and spec.total else 0
    return [*lines, *([spec.missing_total_note.fill(count=without)] if spec.missing_total_note and without else [])]


def _period_text(spec: CardSpec, result: DatedResult, rows: pd.DataFrame) -> Text:
    """Return the month that the rows are of, or the card's period with the thresholds of the result's day."""
    if "month" in rows and len(rows):
        return untranslated(f"{rows['month'].iloc[0]:%Y-%m}")
    return spec.period.fill(**thresholds(result.as_of))


def target_goals(targets: pd.DataFrame, lights: Sequence[str]) -> dict[str, Goal]:
    """Return what the task sheet asks of each metric and how it stands; `targets` is target_progress.

    What it asks of a part, a village or a project, stands beside no figure of the whole.
    """
    listed = zip(targets["target_id"], targets["target"], lights, strict=True)
    return {
        metric: Goal(
            GOAL.fill(target=formats.format_percent(value), sign=STATUS_SIGNS[light], light=phrases.STATUS[light]),
            value,
        )
        for metric, value, light in listed
    }


def spec_card(spec: CardSpec, result: DatedResult, goal: Goal | None = None) -> Card:
    """Return the card of a tile: the figure, both counts, what stands beside, its goal, the period, the day."""
    label, counted = spec.label or result.definition.label, newest_month_rows(result.rows)
    rows = total_rows(counted)
    asked = [goal.words] if goal else []
    if rows.empty and (spec.done or result.newest is None):
        below = (NOTHING, *asked)
        return Card(label, untranslated(formats.MISSING), below, result.newest, result.formula)
    others = other_unit_lines(rows) if spec.has_units else []
    if spec.has_units:
        unit, rows = rows_by_unit(rows)[0]
        spec = replace(spec, unit=WORDS[unit])
        counted = counted[counted["quantity_unit"] == unit]
    done = _column_sum(rows, spec.done)
    total = _column_sum(rows, spec.total) if spec.total else 0.0
    below = (
        *_count_lines(spec, done, total),
        *others,
        *_extra_lines(spec, result, rows),
        *asked,
        _period_text(spec, result, rows),
    )
    value = _main_value_text(spec, done, total, goal)
    part = figure_part(result, counted, label, list(_worked(spec, result, rows)))
    return Card(label, value, below, result.newest, result.formula, result.as_of, part=part)


def _worked(spec: CardSpec, result: DatedResult, rows: pd.DataFrame) -> Iterator[Text]:
    """Yield how the figure of a tile comes of its rows; the number of rows stands with them."""
    if spec.total:
        yield column_share(result, rows, spec.done, spec.total, spec.unit)
    elif spec.done:
        yield column_total(result, rows, spec.done)
    else:
        yield rows_in_all(rows)


def metric_card(
    result: DatedResult,
    figure: Text,
    *below: Text | None,
    label: Text | None = None,
    span: Text | None = TO_DATE,
    rows: pd.DataFrame | pd.Series | None = None,
    worked: Sequence[Text] = (),
) -> Card:
    """Return the card of a figure with the time it is of; without rows that there are no data.

    What stands below it is left out where it is None. `rows` are those of the result that the figure is of, or the
    only one, and `worked` how it comes of them where the result does not declare it.
    """
    known = not result.rows.empty
    lines = tuple(line for line in (*below, span) if line) if known else (NOTHING,)
    shown = figure if known else untranslated(formats.MISSING)
    day = result.as_of if known else None
    name = label or result.definition.label
    part = figure_part(result, _own_rows(result, rows), name, worked) if known else None
    return Card(name, shown, lines, result.newest, result.formula, day, part=part)


def _own_rows(result: DatedResult, rows: pd.DataFrame | pd.Series | None) -> pd.DataFrame | None:
    """Return the rows of a figure; of the only row of everything with its parts, which are all rows."""
    if not isinstance(rows, pd.Series):
        return rows
    is_whole = bool(rows.get(TOTAL, default=False)) and len(total_rows(result.rows)) == 1
    return None if is_whole else rows.to_frame().T.infer_objects()


def share_of_rows(label: Text, count: float, total: float) -> Text:
    """Return how many of some rows are what the label says, and what share that is."""
    return counted_share(label, ALL_ROWS, count, total)


def rows_in_all(rows: pd.DataFrame) -> Text:
    """Return how many rows count."""
    return ROWS_IN_ALL.fill(count=f"{len(rows):,}")


def percentage_or_none(part: float, whole: float) -> float | None:
    """Return a share in percent, or None of nothing."""
    return 100 * part / whole if whole else None


def both_counts(part: float, whole: float, unit: Text) -> Text:
    """Return both counts of a share with their unit: 12,400 / 15,500 m³."""
    return Text("{part} / {whole} {unit}", "{part} / {whole} {unit}").fill(
        part=formats.format_count(part, whole), whole=formats.format_count(whole), unit=unit
    )


def percentage_text(part: float, whole: float) -> Text:
    return untranslated(formats.format_percent(percentage_or_none(part, whole)))


def count_note(count: float, phrase: Text) -> Text | None:
    """Return a phrase with its count, or nothing where the count is 0."""
    return phrase.fill(count=int(count)) if count > 0 else None


def column_sums(rows: pd.DataFrame, *columns: str) -> Iterator[float]:
    """Yield the sum of what is known of each column, NaN where nothing is."""
    return (float(rows[name].astype(float).sum(min_count=1)) for name in columns)


def complete_rows(rows: pd.DataFrame, *columns: str) -> tuple[pd.DataFrame, int]:
    """Return the rows in which all of these columns are known, and how many others there are."""
    known = rows.dropna(subset=list(columns))
    return known, len(rows) - len(known)


def missing_note(count: int, unit: Text) -> Text | None:
    """Say how many parts a sum lacks because nothing is known of them, or nothing where it is whole."""
    return LEFT_OUT.fill(count=count, unit=unit) if count else None


def cards_block(shown: Sequence[Card]) -> Html:
    """Return figures side by side, two in a row on a phone; a card with an address is a link."""
    return Html(element("div", joined(_card_markup(each) for each in shown), class_="fl-cards"))


def _card_markup(shown: Card) -> Markup:
    """Return one figure with its counts, its period and its day."""
    below = [line for line in (*shown.below, _day_text(shown)) if t(line)]
    name = link(words(shown.label), shown.href, class_="fl-behind")
    lines = (
        element("span", name, class_="fl-label", title=t(shown.formula)),
        element("strong", part_link(words(shown.value), shown.part)),
        *(element("small", words(line)) for line in below),
    )
    return element("div", joined(lines), class_="fl-card")


def is_stale(newest: date | None, as_of: date | None) -> bool:
    """Tell whether the newest data are a month older than the day of which the figures are to be."""
    known = not formats.is_missing(newest) and not formats.is_missing(as_of)
    return known and (pd.Timestamp(as_of) - pd.Timestamp(newest)).days > STALE_DAYS


def _day_text(shown: Card) -> Text:
    if shown.as_of is None and shown.worked_out_for:
        return worked_out_for_text(shown.worked_out_for)
    return _as_of_text(shown.as_of)


def _as_of_text(day: date | None) -> Text:
    mark = Text(" · {word}", " · {word}").fill(word=phrases.STALE) if is_stale(day, chosen_day()) else untranslated("")
    return Text("{words} {day}{mark}", "{words} {day}{mark}").fill(
        words=phrases.AS_OF, day=formats.format_date(day), mark=mark
    )
