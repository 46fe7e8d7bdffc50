"""What the rows of a ledger keep to among each other: dates in order, parts within their whole, curves that rise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product

from data.text import Text

DAY_OF_CASES = date(2014, 6, 30)
CaseRows = Sequence[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Cases:
    """Rows for which a constraint is tried on `DAY_OF_CASES`, each with the values of its `columns`.

    The last of the rows `broken` breaks it, none of those `kept` does; the less they differ, the more this says.
    `other_rows` is a row of each other ledger that it reads.
    """

    broken: CaseRows
    kept: CaseRows
    other_rows: Mapping[str, Mapping[str, object]]


def cases(broken: CaseRows, kept: CaseRows, **other_rows: Mapping[str, object]) -> Cases:
    """Return the cases of a constraint: `cases(broken=[(121, "P-1")], kept=[(120, "P-1")], plant={…})`."""
    return Cases(broken, kept, other_rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """What every row of a ledger keeps to.

    `breaks` is SQL that is true for a row `r` that does not; `p` is the row that `r` names in the ledger `parent`, and
    `$today` the day of the upload; other parameters are thresholds of that day. `columns` are those that `breaks`
    reads, the one to blame first. The blanks of `reason` are filled with the labels of columns and with thresholds, by
    their names; `shown` is the SQL of the values that stand against each other, the `columns` where it is empty. Who
    breaks a constraint is refused, or, with `is_warning`, told and loaded; `cases` show what does and what does not.
    """

    name: str
    columns: tuple[str, ...]
    breaks: str
    reason: Text
    parent: str = ""
    shown: tuple[str, ...] = ()
    is_warning: bool = False
    cases: Cases

    def __post_init__(self) -> None:
        rows = (*self.cases.broken, *self.cases.kept)
        if not (self.cases.broken and self.cases.kept) or any(len(row) != len(self.columns) for row in rows):
            raise ValueError(f"constraint {self.name}: cases are rows broken and kept, with a value for each column")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConstraint(Constraint):
    """What the rows with the same `group`, ordered by `order`, keep to once the file is loaded.

    `running` are values that a row knows of the others, by name: SQL over `r` with `OVER before` for the rows in front
    of it and `OVER behind` for those after it. `breaks` reads them like columns of `r`. `within` is SQL over `r` that
    parts the rows of a group further, such as by the period that a row belongs to.
    """

    group: tuple[str, ...]
    order: str
    within: str = ""
    running: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumConstraint(Constraint):
    """What the rows with the same `group` keep to as a whole once the file is loaded.

    `totals` are aggregates over the rows `r`, by name; `breaks` and `shown` read them and the `group` only. The last
    line of the file that belongs to the group is told.
    """

    group: tuple[str, ...]
    totals: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkConstraint(Constraint):
    """What a row keeps to with each row that it names in `links`, a list of codes, once the file is loaded.

    `breaks` reads the row `r`, the code `r.link`, and the row `n` of the same `group` that bears it, NULL without one.
    """

    links: str
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleConstraint(LinkConstraint):
    """No row comes back to itself by way of the rows that the codes in `links` name; `r.chain` is the way it does."""

    breaks: str = "r.chain IS NOT NULL"
    shown: tuple[str, ...] = ("r.chain",)


def not_in_future(*columns: str) -> tuple[Constraint, ...]:
    """Days of what has happened are not later than the day of the upload."""
    return tuple(
        Constraint(
            name=f"{column}_is_past",
            columns=(column,),
            breaks=f"CAST(r.{column} AS DATE) > $today",
            reason=Text(
                f"“{{{column}}}”在今天之后：还没发生的事不能登记，请核对年月日",
                f"“{{{column}}}” is later than today; what has not happened cannot be registered, so correct the date",
            ),
            cases=cases(broken=[(DAY_OF_CASES + timedelta(1),)], kept=[(DAY_OF_CASES,)]),
        )
        for column in columns
    )


def not_before(later: str, earlier: str) -> Constraint:
    """One day is the same as another or later."""
    return Constraint(
        name=f"{later}_not_before_{earlier}",
        columns=(later, earlier),
        breaks=f"r.{later} < r.{earlier}",
        reason=Text(
            f"“{{{later}}}”早于“{{{earlier}}}”，请核对这两个日期",
            f"“{{{later}}}” is earlier than “{{{earlier}}}”; correct one of the two dates",
        ),
        cases=cases(broken=[("2014-01-01", "2014-01-02")], kept=[("2014-01-02", "2014-01-02")]),
    )


def at_most(part: str, whole: str) -> Constraint:
    """A part is no more than its whole."""
    return Constraint(
        name=f"{part}_at_most_{whole}",
        columns=(part, whole),
        breaks=f"r.{part} > r.{whole}",
        reason=Text(
            f"“{{{part}}}”大于“{{{whole}}}”，请核对这两个数",
            f"“{{{part}}}” is more than “{{{whole}}}”; correct one of the two numbers",
        ),
        cases=cases(broken=[(2, 1)], kept=[(1, 1)]),
    )


def as_warning(constraint: Constraint) -> Constraint:
    """Return a rule whose breach is told and loaded."""
    return replace(constraint, is_warning=True)


def both_or_neither(first: str, second: str, value: object = 1) -> Constraint:
    """Two columns are filled both or not at all; `value` is one that the second may hold."""
    return Constraint(
        name=f"{first}_with_{second}",
        columns=(first, second),
        breaks=f"(r.{first} IS NULL) <> (r.{second} IS NULL)",
        reason=Text(
            f"“{{{first}}}”和“{{{second}}}”只填了一个，请都填或都不填",
            f"Only one of “{{{first}}}” and “{{{second}}}” is filled; fill both or none",
        ),
        cases=cases(broken=[(1, None)], kept=[(1, value)]),
    )


def done_requires_date(state: str, words: tuple[str, ...], day: str) -> Constraint:
    """A state that says done has the day on which it was."""
    return Constraint(
        name=f"{state}_has_{day}",
        columns=(state, day),
        breaks=f"r.{state} IN ({_sql_list(words)}) AND r.{day} IS NULL",
        reason=Text(
            f"“{{{state}}}”是{'或'.join(words)}，却没有“{{{day}}}”，请补上日期",
            f"“{{{state}}}” says that it is done, but “{{{day}}}” is empty; add the date",
        ),
        cases=cases(broken=[(words[-1], None)], kept=[(words[-1], "2014-01-01")]),
    )


def open_without_date(state: str, words: tuple[str, ...], day: str) -> Constraint:
    """A state that says open has no day on which it was done; who wrote one may have forgotten the other."""
    return Constraint(
        name=f"{state}_without_{day}",
        columns=(state, day),
        breaks=f"r.{state} IN ({_sql_list(words)}) AND r.{day} IS NOT NULL",
        reason=Text(
            f"“{{{state}}}”还没有完成，却填了“{{{day}}}”，请核对",
            f"“{{{state}}}” is not done, but “{{{day}}}” is filled; make sure of both",
        ),
        is_warning=True,
        cases=cases(broken=[(words[-1], "2014-01-01")], kept=[(words[-1], None)]),
    )


def _sql_list(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def never_decreases(column: str, group: tuple[str, ...], day: str, within: str = "") -> OrderConstraint:
    """A cumulative figure is no less than at an earlier date and no more than at a later one."""
    same = (1,) * len(group)
    return OrderConstraint(
        name=f"{column}_never_falls",
        columns=(column, day, *group),
        group=group,
        order=f"r.{day}",
        within=within,
        running={"highest": f"max(r.{column}) OVER before", "lowest": f"min(r.{column}) OVER behind"},
        breaks=f"r.{column} < r.highest OR r.{column} > r.lowest",
        shown=(f"r.{column}", f"CASE WHEN r.{column} < r.highest THEN r.highest ELSE r.lowest END"),
        reason=Text(
            f"“{{{column}}}”是累计数，却比更早的一次少或比更晚的一次多，请核对各次的数",
            f"“{{{column}}}” is cumulative, but less than an earlier figure or more than a later one; correct them",
        ),
        cases=cases(
            broken=[(2, "2014-01-01", *same), (1, "2014-01-02", *same)],
            kept=[(2, "2014-01-01", *same), (2, "2014-01-02", *same)],
        ),
    )


def steps_in_order(
    column: str, words: tuple[str, ...], group: tuple[str, ...], day: str, exits: tuple[str, ...] = ()
) -> OrderConstraint:
    """Steps are reached in the order of their enumeration; some may be skipped, and after an exit the way begins anew.

    An exit may come after any step; of one day it is the later. Any step may follow it, an earlier one too.
    """
    listed, same = _sql_list(words), (1,) * len(group)
    place = f"list_position([{_sql_list((*words, *exits))}], r.{column})"
    rank = f"list_position([{listed}], r.{column})"
    if exits:
        rank = f"coalesce({rank}, CASE WHEN r.{column} IN ({_sql_list(exits)}) THEN 0 END)"
    return OrderConstraint(
        name=f"{column}_in_order",
        columns=(day, column, *group),
        group=group,
        order=f"r.{day}, {place}",
        running={
            "rank": rank,
            "former": f"last_value({rank} IGNORE NULLS) OVER before",
            "next": f"first_value({rank} IGNORE NULLS) OVER behind",
        },
        breaks="r.rank > 0 AND (r.rank < r.former OR r.next > 0 AND r.rank > r.next)",
        shown=(
            f"r.{day}",
            f"r.{column}",
            f"[{listed}][CASE WHEN r.rank < r.former THEN r.former ELSE r.next END]",
        ),
        reason=_order_reason(column, day, exits),
        cases=cases(
            broken=[("2014-01-01", words[1], *same), ("2014-01-02", words[0], *same)],
            kept=[
                ("2014-01-01", words[1], *same),
                *(("2014-01-02", word, *same) for word in exits),
                ("2014-01-03", words[0] if exits else words[1], *same),
            ],
        ),
    )


def _order_reason(column: str, day: str, exits: tuple[str, ...]) -> Text:
    """Return the sentence on steps out of order, which names the exits after which an earlier one may come again."""
    return Text(
        f"“{{{column}}}”的先后与“{{{day}}}”不符：后面的一步早于前面的一步，请核对日期"
        + (f"；退回前面的阶段，须先登记{'、'.join(exits)}之一，退回到的那一步日期至少晚一天" if exits else ""),
        f"“{{{column}}}” and “{{{day}}}” are not in the same order: a later step has an earlier date; correct them"
        + (
            "; to go back to an earlier one, register first how it left the way, and that one a day later at least"
            if exits
            else ""
        ),
    )


def allowed_transitions(
    column: str, after: Mapping[str, tuple[str, ...]], group: tuple[str, ...], time: str
) -> OrderConstraint:
    """A step comes right after one that it may follow: `after` names, for each step, those that may come next.

    Steps of the same time stand in the order of `after`.
    """
    pairs = _sql_list(tuple(f"{former}→{step}" for former, steps in after.items() for step in steps))
    allowed = next((former, step) for former, steps in after.items() for step in steps)
    forbidden = next((former, step) for former, step in product(after, after) if step not in after[former])
    same = (1,) * len(group)
    rank = f"list_position([{_sql_list(tuple(after))}], r.{column})"
    wrong = f"r.former || '→' || r.{column} NOT IN ({pairs})"
    return OrderConstraint(
        name=f"{column}_follows",
        columns=(column, time, *group),
        group=group,
        order=f"r.{time}, {rank}",
        running={"former": f"last_value(r.{column}) OVER before", "next": f"first_value(r.{column}) OVER behind"},
        breaks=f"{wrong} OR r.{column} || '→' || r.next NOT IN ({pairs})",
        shown=(
            f"CASE WHEN {wrong} THEN r.former ELSE r.{column} END",
            f"CASE WHEN {wrong} THEN r.{column} ELSE r.next END",
            f"r.{time}",
        ),
        reason=Text(
            f"“{{{column}}}”接不上：前一步之后不能是这一步，请按“{{{time}}}”核对先后",
            f"“{{{column}}}” does not follow: these two steps cannot come in this order; check “{{{time}}}”",
        ),
        cases=cases(
            broken=[(step, f"2014-01-0{n}", *same) for n, step in enumerate(forbidden, 1)],
            kept=[(step, f"2014-01-0{n}", *same) for n, step in enumerate(allowed, 1)],
        ),
    )
