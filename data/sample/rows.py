"""The parameters of the 示例 data, and the few words in which its ledgers are written."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

SEED = 20140630
FIRST_DAY = date(2013, 7, 1)
LAST_DAY = date(2014, 6, 30)
FIRST_SAMPLING = date(2011, 1, 1)

Row = dict[str, Any]
Ledgers = dict[str, list[Row]]
Generator = Callable[[], Ledgers]
GENERATORS: list[Generator] = []


def sample_generator(function: Generator) -> Generator:
    """Let `data.sample.generate` write the rows of the ledgers that a function returns, by the code of each."""
    GENERATORS.append(function)
    return function


def topic_rng(topic: str) -> Random:
    """Return the rng of one topic, so that a change to one ledger leaves the others as they were."""
    return Random(f"{SEED} {topic}")


def named_rows(names: str, *rows: Sequence[object]) -> list[Row]:
    """Return hand-written rows as mappings from the column names."""
    return [dict(zip(names.split(), row, strict=True)) for row in rows]


def iso_date(written: str) -> date:
    """Return the date written like 2014-06-30."""
    return date.fromisoformat(written)


def days_after(start: date, days: float) -> date:
    """Return the date so many whole days after another."""
    return start + timedelta(days=round(days))


def working_time(rng: Random, day: date, hours: Sequence[int] = range(8, 17)) -> datetime:
    """Return a time of that day within those hours, to five minutes."""
    return datetime.combine(day, time(rng.choice(hours), 5 * rng.randrange(12)))


def month_ends(start: date, end: date) -> list[date]:
    """Return the last days of months after `start` and before `end`, and `end` itself."""
    days = (days_after(start, n) for n in range(1, (end - start).days))
    return [d for d in days if days_after(d, 1).day == 1] + [end]


def interpolated_value(scale: Sequence[float], place: float) -> float:
    """Return the value at a place between two entries of a scale; beyond its ends, the end."""
    place = min(max(place, 0), len(scale) - 1)
    low = min(int(place), len(scale) - 2)
    return scale[low] + (scale[low + 1] - scale[low]) * (place - low)


def weighted_choice(rng: Random, **weights: float) -> str:
    """Return one of the names, drawn by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]
