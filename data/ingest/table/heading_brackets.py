"""A heading and what stands behind its name: a unit in brackets, the mark of a value before rounding.

Both are looked for from the end: a pattern with the name in front would try every blank of a long heading against every
other, and a heading of 16 KB would hold all readers up for seconds.
"""

from __future__ import annotations

import re

LAST_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]$")
RAW_VALUE_MARK = re.compile(r"[(\[]?(?:原始值|raw)[)\]]?$", re.I)
BLANK_OR_LINE = re.compile(r"[_\s]")


def split_brackets(heading: str) -> tuple[str, str] | None:
    """Return the name of a heading and what stands in the brackets behind it; None without a name or brackets."""
    found = LAST_BRACKETS.search(heading)
    name = heading[: found.start()].rstrip() if found else ""
    return (name, found[1]) if found and name else None


def name_of_raw_value(heading: str) -> str | None:
    """Return the name in the heading of a value before rounding (总磷_原始值); None for another heading."""
    found = RAW_VALUE_MARK.search(heading)
    end = found.start() if found else 0
    while end and BLANK_OR_LINE.match(heading, end - 1):
        end -= 1
    return heading[:end] or None
