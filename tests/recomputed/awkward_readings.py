"""Readings of years, counted up here: a trend with limits in it, works that helped, what is hard to believe."""

from __future__ import annotations

from collections.abc import Iterator


def awkward_readings() -> str:
    """Return the rows that come after those of reading.csv."""
    return "".join(f"{section},{at},{item},{value},\n" for section, at, item, value in _rows())


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for n, month in enumerate(f"{year}-{m:02}" for year in range(2009, 2015) for m in range(1, 13)):
        yield from _falling(n, month)
        if n % 7:
            yield "S63", f"{month}-10 09:00", "PH", str(7 + n % 5 / 10)
            yield "S63", f"{month}-10 09:00", "OIL", "<0.05" if n < 30 else "<0.01"
        if 48 <= n < 72:
            yield "X2", f"{month}-08 08:00", "NH3N", {55: "3", 60: "0.0005", 66: "60"}.get(n, str(0.1 + n % 4 / 20))
    yield from _around_works()
    yield from _stuck()


def _falling(n: int, month: str) -> Iterator[tuple[str, str, str, str]]:
    """Return ammonia that falls below one detection limit and then another, oxygen and phosphorus that stay."""
    fallen = 24 - n // 3 + n % 12
    yield "S62", f"{month}-05 09:00", "NH3N", f"{fallen / 20}" if fallen > 8 else "<0.5" if n < 60 else "<0.2"
    yield "S62", f"{month}-05 09:00", "DO", f"{6 + n % 12 / 10 + n % 5 / 4}"
    if n % 12 < 8:
        yield "S62", f"{month}-05 09:00", "TP", ">0.5" if n % 9 == 4 else f"{(n * 7 % 11) / 50 + 0.05:.2f}"


def _around_works() -> Iterator[tuple[str, str, str, str]]:
    """Return two years before and one after the works on 乙河, which ended in March 2014."""
    for n, month in enumerate(f"{year}-{m:02}" for year in (2012, 2013, 2014, 2015) for m in range(1, 13)):
        if n < 40 and n % 12 != 6:
            value = 12 - n % 12 / 2 if n < 26 else 7 + n % 5
            yield "S2", f"{month}-20 10:00", "CODMN", str(value)
            yield "S2", f"{month}-20 10:00", "TP", "<0.05" if n >= 26 else str(0.2 + n % 3 / 50)


def _stuck() -> Iterator[tuple[str, str, str, str]]:
    """Return seven equal values in a row, of which a non-detect breaks another seven, and the lowest of a section."""
    values = ["0.4"] * 7 + ["0.3"] + ["0.6"] * 3 + ["<0.6"] + ["0.6"] * 5 + ["0.3"] * 6
    for n, value in enumerate(values):
        yield "X4", f"2014-04-{n + 1:02} 08:00", "NH3N", value
        yield "X4", f"2014-04-{n + 1:02} 08:00", "DO", "7.1"
