"""Numbers of persons in a text: identity numbers, bank cards, mobile phones, each by its own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import accumulate

from data.text import Text

IDENTITY = Text("像身份证号的内容", "what looks like an identity number")
BANK_CARD = Text("像银行卡号的内容", "what looks like a bank card number")
MOBILE = Text("像手机号的内容", "what looks like a mobile phone number")

BLANKS_AND_HYPHENS = r"\s\-_·\u3000\xa0\xad\u2000-\u2015\u2028\u2029\u202f\u205f\u2060\u2212\ufe63\ufeff\uff0d\u30fb"
BETWEEN = rf"[{BLANKS_AND_HYPHENS}]{{0,2}}+"
FIRST = r"(?<!\d\.)(?:(?<![0-9A-Za-z])|(?<=[Tt]el)|(?<=TEL)|(?<=[Pp]hone)|(?<=[Ii][Dd]))"  # else it is part of a code
DIGIT_RUN = re.compile(rf"{FIRST}\d(?:{BETWEEN}\d){{10,}}+(?:{BETWEEN}[Xx])?(?![A-Za-z])", re.ASCII)
DIGIT_GROUP = re.compile(r"\d+[Xx]?|[Xx]", re.ASCII)
PLAIN_RUN = re.compile(rb"(?<![0-9A-Za-z.])[0-9]{11,19}[Xx]?(?![0-9A-Za-z]|\.[0-9])")
WHOLE_FRACTION = re.compile(r"[+-]?\d*\.\d*[1-9]\d*", re.ASCII)
POWER_OF_TEN = re.compile(r"(\d)\.(\d{7,17})[eE]\+?(1[0-8])", re.ASCII)
FULL_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {0xFF38: "X", 0xFF58: "x", 0xFF0B: "+"}
HAS_FULL_WIDTH = re.compile("[\uff10-\uff19]")

PROVINCES = frozenset(map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
                                *range(61, 66), 71, 81, 82, 83)))  # fmt: skip
CHECK_WEIGHTS, CHECK_DIGITS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"  # GB 11643-1999
CARD = re.compile(r"62\d{14,17}|9558\d{14,15}|4\d{15}|5[1-5]\d{14}|35\d{14}|60\d{14,17}|6[89]\d{14,17}", re.ASCII)
SEGMENT = r"1(?:3\d|4[014-9]|5[0-35-9]|6[25-7]|7[0-8]|8\d|9[0-35-9])"  # those that are given out to mobile phones
PHONE = re.compile(rf"(?:86|0086|086)?{SEGMENT}\d{{8}}", re.ASCII)
ROUND_AMOUNT = re.compile(r"1\d0{9}", re.ASCII)  # 150 亿元, no phone
FEWEST_DIGITS, LONGEST_NUMBER = 11, 19
KEPT_DIGITS = 15  # those of a number in Excel; what comes behind them is 0


def personal_kinds(text: str) -> Iterator[Text]:
    """Yield of what kind each number of a person in a cell is."""
    written = text.translate(FULL_WIDTH) if HAS_FULL_WIDTH.search(text) else text
    bare = written.strip()
    if power := POWER_OF_TEN.fullmatch(bare):
        written = bare = _digits_of_power(power)
    if WHOLE_FRACTION.fullmatch(bare):
        return
    if kind := _kind_of_rounded(bare.removesuffix(".0")):
        yield kind
        return
    for run in DIGIT_RUN.finditer(written):
        yield from _kinds_in_run(run[0])


def has_personal_number(text: str) -> bool:
    return next(personal_kinds(text), None) is not None


def kinds_in_name(name: str) -> Iterator[Text]:
    """Yield of what kind each number of a person in the name of a file or sheet is; a low line divides its parts."""
    for part in name.split("_"):
        yield from personal_kinds(part)


def has_personal_name(name: str) -> bool:
    return next(kinds_in_name(name), None) is not None


def _digits_of_power(power: re.Match[str]) -> str:
    """Return the digits of 1.3800138E+10; those that a spreadsheet did not keep are 0."""
    return (power[1] + power[2])[:KEPT_DIGITS].ljust(int(power[3]) + 1, "0")


def may_hold_numbers(content: bytes, has_broken_cells: bool) -> bool:
    """Tell quickly whether numbers of persons may stand in the cells of a table, given as one text in UTF-8.

    `has_broken_cells` says that a line may end inside a cell.
    """
    deleted = DELETED + b"\n" if has_broken_cells else DELETED
    if b"0" * FEWEST_DIGITS not in content.translate(DIGITS_ONLY, deleted) and b"+1" not in content:
        return False
    text = content.decode(errors="replace")
    written = text.translate(FULL_WIDTH) if HAS_FULL_WIDTH.search(text) else text
    if POWER_OF_TEN.search(written):
        return True
    runs = {run[0] for run in DIGIT_RUN.finditer(written)}
    return any(_is_suspect(run) for run in runs)


def _is_suspect(run: str) -> bool:
    return _kind_of_rounded(run) is not None or next(_kinds_in_run(run), None) is not None


def plain_numbers(raw: bytes) -> Iterator[Text]:
    """Yield of what kind each number of a person is that stands unbroken among any bytes."""
    for found in PLAIN_RUN.finditer(raw):
        yield from filter(None, [_number_kind(found[0].decode("ascii").upper())])


def _kinds_in_run(run: str) -> Iterator[Text]:
    """Yield the numbers that are made of whole groups of digits that stand side by side."""
    groups = DIGIT_GROUP.findall(run)
    for first in range(len(groups)):
        for joined in accumulate(groups[first : first + LONGEST_NUMBER]):
            if len(joined) > LONGEST_NUMBER:
                break
            if len(joined) >= FEWEST_DIGITS and (kind := _number_kind(joined.upper())):
                yield kind


def _number_kind(digits: str) -> Text | None:
    """Return what a number is that is written without anything between its digits."""
    if _is_identity(digits):
        return IDENTITY
    if CARD.fullmatch(digits) and _passes_luhn(digits):
        return BANK_CARD
    if PHONE.fullmatch(digits) and not ROUND_AMOUNT.fullmatch(digits):
        return MOBILE
    return None


def _is_identity(digits: str) -> bool:
    if len(digits) == 18 and digits[:17].isdigit():
        total = sum(int(digit) * weight for digit, weight in zip(digits, CHECK_WEIGHTS, strict=False))
        return CHECK_DIGITS[total % 11] == digits[17] and _has_region_and_birth(digits[:2], digits[6:14])
    return len(digits) == 15 and digits.isdigit() and _has_region_and_birth(digits[:2], f"19{digits[6:12]}")


def _has_region_and_birth(province: str, born: str) -> bool:
    if province not in PROVINCES or born[:2] not in ("19", "20"):
        return False
    try:
        return date(int(born[:4]), int(born[4:6]), int(born[6:])) <= date.today()
    except ValueError:
        return False


def _passes_luhn(digits: str) -> bool:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def _kind_of_rounded(cell: str) -> Text | None:
    """Return what a whole cell is of which a spreadsheet has kept 15 digits only, so that no check digit is left."""
    is_number = cell.isascii() and cell.isdigit() and KEPT_DIGITS < len(cell) <= LONGEST_NUMBER
    if not is_number or cell[KEPT_DIGITS:].strip("0"):
        return None
    if len(cell) == 18 and _has_region_and_birth(cell[:2], cell[6:14]):
        return IDENTITY
    return BANK_CARD if cell.startswith("62") else None


def _digits_only_table() -> bytes:
    """Return the table that makes 0 of each digit of UTF-8, full-width ones too, and a blank of what breaks a number.

    The last byte of a full-width digit is that of other characters as well, which makes more of a text suspect.
    """
    digits = {*b"0123456789", *range(0x90, 0x9A)}
    return bytes(ord("0") if byte in digits else ord(" ") for byte in range(256))


DIGITS_ONLY = _digits_only_table()
SEPARATORS = " -_·\t\r\x0b\x0c\xa0\xad\u3000\u2002\u200b\u2010\u2028\u202f\u2060\u2212\ufe63\ufeff\uff0d\u30fb\uff10"
DELETED = bytes(
    {byte for sign in SEPARATORS for byte in sign.encode() if not 0x90 <= byte < 0x9A} | {*range(0x8A, 0x90)}
)
