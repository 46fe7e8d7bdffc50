"""Figures of several kinds for each case, beside the first case, with the goals that they are held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from bench import save_measured

CASE_WIDTH, NUMBER_WIDTH = 34, 7  # chosen by eye
Round = dict[str, float]


@dataclass(frozen=True, slots=True)
class MeasuredCase:
    """What each round of one case gave, by column; `goals` are the greatest medians that the requirement allows."""

    case: str
    taken: dict[str, list[float]]
    goals: dict[str, float] = field(default_factory=dict)

    def median_of(self, column: str) -> float | None:
        return median(self.taken[column]) if self.taken.get(column) else None

    def goal_sentences(self) -> list[str]:
        """Return the goals of the columns that were measured, and which of them were missed."""
        found = {column: self.median_of(column) for column in self.goals}
        return [
            f"{column} ≤ {goal:g}{' MISSED' if value > goal else ''}"
            for column, goal in self.goals.items()
            if (value := found[column]) is not None
        ]


def collect_rounds(case: str, rounds: Sequence[Mapping[str, float]], goals: dict[str, float]) -> MeasuredCase:
    """Return a case with what its rounds gave, column by column."""
    columns = list(dict.fromkeys(column for each in rounds for column in each))
    return MeasuredCase(case, {c: [each[c] for each in rounds if c in each] for c in columns}, goals)


def add_ratios(cases: Sequence[MeasuredCase], yardstick: MeasuredCase, names: Mapping[str, str]) -> list[MeasuredCase]:
    """Return the cases with columns of ratios to the yardstick's median; `names` gives each ratio its column."""
    units = {ratio: (column, yardstick.median_of(column)) for ratio, column in names.items()}
    return [
        MeasuredCase(
            each.case,
            each.taken | {r: [v / unit for v in each.taken.get(c, [])] for r, (c, unit) in units.items() if unit},
            each.goals,
        )
        for each in cases
    ]


def format_measured(value: float | None) -> str:
    """Return three digits of a figure, or all that stand before the point; nothing where nothing was measured."""
    if value is None:
        return ""
    places = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{places}f}"


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """The cases of one measurement; the first is the yardstick."""

    name: str
    title: str
    cases: list[MeasuredCase]

    def columns(self) -> list[str]:
        found = dict.fromkeys(column for each in self.cases for column, taken in each.taken.items() if taken)
        return sorted(found, key=lambda column: "×" not in column)

    def table(self) -> str:
        """Return the medians and the goals, as lines of text."""
        columns = self.columns()
        rounds = max(len(taken) for each in self.cases for taken in each.taken.values())
        heads = "".join(f"  {column:>{NUMBER_WIDTH}}" for column in columns)
        return "\n".join(
            [f"{self.title} (median of {rounds})", f"{'':<{CASE_WIDTH}}{heads}  goal", *map(self._line, self.cases)]
        )

    def _line(self, case: MeasuredCase) -> str:
        shown = "".join(f"  {format_measured(case.median_of(c)):>{max(NUMBER_WIDTH, len(c))}}" for c in self.columns())
        return f"{case.case:<{CASE_WIDTH}}{shown}  {', '.join(case.goal_sentences())}".rstrip()

    def save(self) -> Path:
        """Write the rounds and the medians, and return the file."""
        medians = {each.case: {c: each.median_of(c) for c in each.taken} for each in self.cases}
        return save_measured(self.name, asdict(self) | {"medians": medians})
