"""A number and what its cell shows of it in, a value that says neither more nor less out."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from data.ingest.reading.grid import Percent

SHOWN = re.compile(r"(?P<before>[¥￥$€]?)\s*(?P<figure>[-+−]?\d[\d,，]*(?:\.\d+)?)\s*(?P<behind>.*)", re.DOTALL)
ZEROS_BEFORE = re.compile(r"0\d+")


def value_as_shown(value: float, shown: str) -> Any:
    """Return a number as its cell shows it: bare, as a percentage, with its unit, or, a code, with its zeros.

    Where the cell shows another number, scaled or in a form that is not known, both are told, for nobody to take it.
    """
    found = SHOWN.fullmatch(shown.strip())
    if not shown.strip():
        return value
    if ZEROS_BEFORE.fullmatch(shown.strip()) and int(shown) == value:
        return shown.strip()
    figure = Decimal(re.sub("[,，]", "", found["figure"]).replace("−", "-")) if found else Decimal(0)
    behind = found["behind"].strip() if found else ""
    exact = Decimal(repr(value)).scaleb(2 if behind == "%" else 0)
    if found is None or abs(exact - figure) > Decimal(1).scaleb(int(figure.as_tuple().exponent)) / 2:
        return f"{_plain_text(Decimal(repr(value)))} 显示为 {shown.strip()}"
    if behind == "%":
        return Percent(value)
    return f"{_plain_text(exact)}{behind}" if behind else value


def _plain_text(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
