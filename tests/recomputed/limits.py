"""The limits of GB 3838-2002 table 1, written out once more, and the class of a value by them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

# Ⅰ to Ⅴ; 21 items, without temperature, total nitrogen and coliforms (环办〔2011〕22号); TP twice, river and lake
AT_MOST = {
    "CODMN": "2 4 6 10 15", "COD": "15 15 20 30 40", "BOD5": "3 3 4 6 10", "NH3N": "0.15 0.5 1.0 1.5 2.0",
    "TP": "0.02 0.1 0.2 0.3 0.4", "CU": "0.01 1 1 1 1", "ZN": "0.05 1 1 2 2", "F": "1 1 1 1.5 1.5",
    "SE": "0.01 0.01 0.01 0.02 0.02", "AS": "0.05 0.05 0.05 0.1 0.1", "HG": "0.00005 0.00005 0.0001 0.001 0.001",
    "CD": "0.001 0.005 0.005 0.005 0.01", "CR6": "0.01 0.05 0.05 0.05 0.1", "PB": "0.01 0.01 0.05 0.05 0.1",
    "CN": "0.005 0.05 0.2 0.2 0.2", "VP": "0.002 0.002 0.005 0.01 0.1", "OIL": "0.05 0.05 0.05 0.5 1.0",
    "LAS": "0.2 0.2 0.2 0.3 0.3", "S": "0.05 0.1 0.2 0.5 1.0",
}  # fmt: skip
LAKE_TP, OXYGEN = "0.01 0.025 0.05 0.1 0.2", "7.5 6 5 3 2"
ITEMS = ("PH", "DO", *AT_MOST)  # in the order of the table, but that ammonia and phosphorus come after BOD5
CLASSES = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
# decimals after rounding (环办监测函〔2020〕82号), which comes before the class from May 2021 on
DECIMALS = {
    "PH": 0, "DO": 1, "CODMN": 1, "COD": 1, "BOD5": 1, "NH3N": 2, "TP": 3, "CU": 3, "ZN": 3, "F": 3, "SE": 4, "AS": 4,
    "HG": 5, "CD": 5, "CR6": 3, "PB": 3, "CN": 3, "VP": 4, "OIL": 2, "LAS": 2, "S": 3,
}  # fmt: skip
ROUNDED_FROM = date(2021, 5, 1)
HEAVY = ("CN", "PB", "CR6", "HG", "CD", "AS", "CU", "ZN")  # named before all others as main pollutants


@cache
def limits_of(item: str, water: str) -> list[Fraction]:
    """Return the limits of Ⅰ to Ⅴ of an item other than pH in a river or a lake."""
    written = OXYGEN if item == "DO" else LAKE_TP if (item, water) == ("TP", "lake") else AT_MOST[item]
    return [Fraction(limit) for limit in written.split()]


def rank_of(item: str, water: str, value: Fraction) -> int:
    """Return the class of a value as 1 to 6: how many limits it does not keep, and one."""
    if item == "PH":
        return 1 if 6 <= value <= 9 else 6
    over = [value < limit if item == "DO" else value > limit for limit in limits_of(item, water)]
    return 1 + sum(over)


def rounded(item: str, value: Fraction) -> Fraction:
    """Return a value with the decimals of its item, halves to the even side (GB/T 8170)."""
    return round(value, DECIMALS[item]) if DECIMALS[item] else Fraction(round(value))
