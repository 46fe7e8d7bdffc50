"""What a briefing is written from: the targets of a day, what is late, what changed since the last, the batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import changes, restatements
from analytics.metrics import LISTINGS, METRICS
from analytics.metrics.model import Definition, Result
from analytics.status import NO_DATA, WAITING, status_lights, status_rule_sentence
from data.datasets import DATASETS
from data.datasets.shared.issued_figure import WEEKLY
from data.datasets.targets import TARGET_LEDGERS
from data.errors import NothingToBrief
from data.ingest import batch_log
from data.text import Text

WEEK = timedelta(days=7)
# which metric shows what the items of a kind are worked out of
METRIC_OF_KIND = {"工程": "dredging_progress", "征迁项目": "signing_rate"}
AskDefinition = Callable[[Definition, date], Result[Any]]
AskWork = Callable[..., pd.DataFrame]


@dataclass(frozen=True, slots=True)
class BriefingResults:
    """What a briefing tells of a day.

    `targets` have their light and, against `since`, the columns of `target_changes`; `late` is what is behind, with its
    last note, and `unknown` what has no data or waits for a report; `issued` is what the last briefing of each kind
    said, as `restated_issues` has it; `batches` has a row for each ledger. The map is drawn of the listings `drawn`,
    upon a base that may be schematic.
    """

    kind: str
    as_of: date
    targets: pd.DataFrame
    late: pd.DataFrame
    unknown: pd.DataFrame
    since: date
    issued: pd.DataFrame
    batches: pd.DataFrame
    drawn: Mapping[str, Result[Any]]
    is_sample: bool
    is_schematic: bool
    rule: Text

    @property
    def counted_ledgers(self) -> tuple[str, ...]:
        """Return the ledgers of everything that is counted: the targets and what is late."""
        items = [("目标", target_id) for target_id in self.targets["target_id"]]
        items += zip(self.late["kind"], self.late["item_id"], strict=True)
        return (*TARGET_LEDGERS, *dict.fromkeys(ledger for item in items for ledger in self.sources(*item)))

    @property
    def map_ledgers(self) -> tuple[str, ...]:
        """Return the ledgers that the map is drawn from."""
        return tuple(dict.fromkeys(ledger for result in self.drawn.values() for ledger in result.ledgers))

    def sources(self, kind: str, item_id: str) -> tuple[str, ...]:
        """Return the ledgers that the figure of a target, a work or a project is worked out of."""
        return changes.ledgers_of_target(METRIC_OF_KIND.get(kind, item_id))


def briefing_results(
    con: Connection,
    kind: str,
    as_of: date | None,
    ask: AskDefinition,
    ask_work: AskWork,
    map_listings: Sequence[str] = (),
) -> BriefingResults:
    """Return what a briefing tells of a day, by default the newest; `ask` and `ask_work` may keep what they found.

    Raises NothingToBrief for a day on which no target has a figure.
    """
    day = as_of or METRICS["target_progress"].default_day(con) or date.today()  # of an empty database
    targets = ask(METRICS["target_progress"], day)
    if targets.rows["actual"].isna().all():
        raise NothingToBrief(day=day)
    issued = ask_work(restatements.restated_issues, day)
    own = issued[issued["kind"] == kind]
    since, batch = _last_told(con, kind, day, own)
    changed = restatements.changes_since_issue(ask_work(changes.target_changes, since, day, batch), own)
    shown = targets.rows.assign(light=status_lights(targets.rows, day))
    plans, notes = ask(METRICS["plan_lights"], day).rows, ask(LISTINGS["last_notes"], day).rows
    drawn = {name: ask(LISTINGS[name], day) for name in map_listings}
    told_of = dict.fromkeys(
        [*targets.ledgers, "issued_figure", *(ledger for each in drawn.values() for ledger in each.ledgers)]
    )
    return BriefingResults(
        kind, day, _with_changes(shown, changed),
        late=ask(METRICS["behind"], day).rows.merge(notes, on=["kind", "item_id"], how="left"),
        unknown=plans[plans["light"].isin((NO_DATA, WAITING))],
        since=since, issued=issued, batches=ledger_batches(con, tuple(told_of)), drawn=drawn,
        is_sample=batch_log.batch_range(con, targets.ledgers)[2],
        is_schematic=batch_log.batch_range(con, LISTINGS["base_map"].ledgers)[2], rule=status_rule_sentence(day),
    )  # fmt: skip


def _last_told(con: Connection, kind: str, day: date, issued: pd.DataFrame) -> tuple[date, int | None]:
    """Return the day and the batch of the last briefing; without one a week before, or the end of the month before."""
    if issued.empty:
        return (day - WEEK if kind == WEEKLY else day.replace(day=1) - timedelta(days=1)), None
    since, batch = issued["day"].iloc[0], int(issued["after_batch"].iloc[0])
    return since, batch if batch_log.has_batch(con, batch) else None


def _with_changes(targets: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """Return targets with what changed in them."""
    known = changed.drop(columns=["metric", "stream", "period_start"])
    return targets.merge(known, on="target_id", how="left")


def ledger_batches(con: Connection, ledgers: Sequence[str]) -> pd.DataFrame:
    """Return the first and the newest batch of some ledgers, and of the newest its file, who loaded it and when."""
    rows = []
    for name in ledgers:
        first, last, _ = batch_log.batch_range(con, (name,))
        rows += [(name, first, last, *batch_log.batch_source(con, last))] if last is not None else []
    return pd.DataFrame(rows, columns=["dataset", "first_batch", "last_batch", "file_name", "loaded_by", "loaded_on"])


def figures_to_issue(results: BriefingResults, last_batch: int) -> pd.DataFrame:
    """Return what the ledger of issued figures keeps of a briefing: targets with a figure, the newest batch.

    Beside that stand `metric` and `scope_name`, by which a target is called.
    """
    known = results.targets[results.targets["actual"].notna()]
    return pd.DataFrame(
        {
            "kind": results.kind,
            "as_of": results.as_of,
            "target_id": known["target_id"],
            "metric": known["metric"],
            "scope_name": known["scope_name"],
            "value": known["actual"],
            "done": known["done"],
            "total": known["total"],
            "after_batch": last_batch,
        }
    )


def ledgers_of_briefing() -> tuple[str, ...]:
    """Return the ledgers that a briefing is written from, but for those of its map."""
    read = {*METRICS["target_progress"].ledgers, *METRICS["behind"].ledgers, "issued_figure"}
    return tuple(name for name in DATASETS if name in read)
