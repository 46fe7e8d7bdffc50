"""The clocks of the law: which step by when, for what kind of project, from which day on it holds.

The rows stand in `data/standards/legal_clock.csv`, a version of a rule each; a case goes by the version of its own day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from data.standards.thresholds import Row, every_version
from data.text import Text
from data.words import WORDS

Comparator = Literal["at_least", "after", "at_most", "before", "required", "not_on_holiday"]
SEPARATOR, NO_END = "、", "-"
DAY_UNITS = {
    "calendar": Text("天", "days"),
    "working": Text("个工作日", "working days"),
    "month": Text("个月", "months"),
}
REQUIREMENTS = {
    ("at_least", True): Text("不少于 {days} {unit}", "at least {days} {unit}"),
    ("at_most", True): Text("不超过 {days} {unit}", "at most {days} {unit}"),
    ("at_least", False): Text("“{from_step}”起满 {days} {unit}才办", "not within {days} {unit} of “{from_step}”"),
    ("after", False): Text("“{from_step}”起 {days} {unit}期满后才办", "after {days} {unit} from “{from_step}”"),
    ("at_most", False): Text("“{from_step}”起 {days} {unit}内", "within {days} {unit} of “{from_step}”"),
    ("before", False): Text("先于“{from_step}”，同日也算", "before “{from_step}”, or on its day"),
    ("required", False): Text("“{from_step}”后须办，没有期限", "required after “{from_step}”, no time is set"),
    ("not_on_holiday", True): Text("不在放假日", "not on a public holiday"),
}


@dataclass(frozen=True, slots=True)
class LegalRule:
    """One version of a rule: its step and the one it counts from, none where it counts from the step's own beginning.

    `is_of_household` tells a right that a household may use or not from what the office has to do; `unless` are what
    ends the clock.
    """

    rule: str
    step: str
    from_step: str
    comparator: Comparator
    days: int
    day_kind: str
    kinds: tuple[str, ...]
    households_from: int
    is_of_household: bool
    unless: tuple[str, ...]
    standard: Text
    clause: Text
    effective_from: date
    effective_to: date | None
    is_verified: bool

    @property
    def requirement(self) -> Text:
        """What the rule asks of its step, in a few words."""
        said = REQUIREMENTS[self.comparator, not self.from_step]
        steps = {"from_step": WORDS[self.from_step]} if self.from_step else {}
        return said.fill(days=self.days, unit=DAY_UNITS[self.day_kind], **steps)


def _legal_rule(row: Row) -> LegalRule:
    ends = row["effective_to"]
    return LegalRule(
        row["rule"],
        row["step"],
        row["from_step"],
        row["comparator"],  # type: ignore[arg-type]
        int(row["days"]),
        row["day_kind"],
        tuple(row["kinds"].split(SEPARATOR)),
        int(row["households_from"]),
        row["binds"] == "household",
        tuple(filter(None, row["unless"].split(SEPARATOR))),
        Text(row["standard"], row["standard_en"]),
        Text(row["clause"], row["clause_en"]),
        date.fromisoformat(row["effective_from"]),
        None if ends == NO_END else date.fromisoformat(ends),
        row["is_verified"] == "1",
    )


@cache
def legal_rules() -> dict[str, tuple[LegalRule, ...]]:
    """Return the versions of each rule, the oldest first, rules in the order in which they came into force."""
    found: dict[str, tuple[LegalRule, ...]] = {}
    for row in every_version("legal_clock.csv"):
        found[row["rule"]] = (*found.get(row["rule"], ()), _legal_rule(row))
    return found
