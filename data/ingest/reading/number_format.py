"""What a number format makes of a number: the unit, the sign and the scale that its cell shows (ECMA-376, 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from data.units import MAGNITUDES

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[\$(?P<currency>[^]-]*)[^]]*\]|\[(?P<bracket>[^]]*)\]|[_*](?P<layout>.)'
    r"|(?P<number>General|G/通用格式|@|E[+-][0#?]+|[0#?.,])|(?P<percent>%)|(?P<end>;)|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)", re.ASCII)
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, ">": operator.gt, "=": operator.eq, "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
}  # fmt: skip
COLOUR = re.compile("black|blue|cyan|green|magenta|red|white|yellow|color ?\\d+|[黑蓝青绿洋红白黄]色?", re.IGNORECASE)
DATE_LETTERS, DURATION = "ymdhsYMDHS", re.compile("[hms]+", re.IGNORECASE)
MINUS_SIGNS, COINS = "-－−()（）", "¥￥$€"
SIGNS = MINUS_SIGNS + "+＋ \u00a0\u3000"  # what stands around a number for its sign or its looks
SCALING_COMMAS = re.compile(r",+(?=[.·]|$)")
ESCAPED_POINT, MASK = "·", "\0"
LETTERS = {0.01: ("%",), 1e3: ("千", "k", "K"), 1e6: ("百万", "M")}
SCALES = {size: (name,) for name, size in MAGNITUDES.items()} | LETTERS
SHOWN_AS = "显示为"  # between a number and what its cell shows instead of it


class ShownNumber(float):
    """A number whose cell shows more than the number, or another one: 2.6 reads 2.6亿元."""

    text: str

    def __new__(cls, value: float, text: str) -> ShownNumber:
        """Return a number with the text that its cell shows."""
        made = super().__new__(cls, value)
        made.text = text
        return made


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a number format: for which numbers it is, what it puts around them, how many zeros it fills up to, and
    by which power of ten it multiplies them; one of words alone has no `figure`.
    """

    condition: re.Match[str] | None
    before: str
    figure: str
    behind: str
    power: int
    is_coloured: bool

    @property
    def words(self) -> str:
        """What the section puts around a number, without what is only its sign or its looks."""
        return (self.before + self.behind).strip(SIGNS)

    @property
    def says_sign(self) -> bool:
        """Whether a negative number is told from a positive one by a minus, brackets, words or a colour."""
        return self.is_coloured or bool(self.words or set(MINUS_SIGNS) & set(self.before + self.behind))

    @property
    def is_odd(self) -> bool:
        """Whether numbers are shown ten or a thousand times smaller than they are, and no 万 or 千 says so."""
        scale = SCALES.get(float(f"1e{-self.power}"), ())
        return bool(self.power) and not any(word.startswith(scale) for word in (self.behind.strip(SIGNS), self.before))

    def holds(self, value: float) -> bool:
        """Tell whether the section is for a number; one without a condition is for negative ones."""
        if self.condition is None:
            return value < 0
        return COMPARISONS[self.condition[1]](value, float(self.condition[2]))


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format under which a cell may show more than its number, or another one."""

    sections: tuple[Section, ...]

    def shown(self, value: float) -> float:
        """Return a number with the text of its cell, to the last digit that is stored; a bare one stays as it is."""
        text = self._shown_text(value)
        return value if text == _number_text(value, 0) else ShownNumber(value, text)

    def _shown_text(self, value: float) -> str:
        section, bare = self._section_for(value), _number_text(value, 0)
        is_negative_one = len(self.sections) > 1 and section is self.sections[1] and section.condition is None
        if value == 0 and "0" not in section.figure and not section.words.strip(COINS + SIGNS):
            return bare
        if not section.figure:
            return section.words or f"{bare} {SHOWN_AS} “{section.before}”"
        if section.is_odd or (value < 0 and is_negative_one and not section.says_sign):
            return f"{bare} {SHOWN_AS} {_number_text(abs(value) if is_negative_one else value, section.power)}"
        before = section.before.strip(MINUS_SIGNS) if is_negative_one else section.before
        return f"{'-' if value < 0 else ''}{before.lstrip(SIGNS)}{_figure_text(abs(value), section)}" + (
            section.behind.rstrip(SIGNS)
        )

    def _section_for(self, value: float) -> Section:
        """Return the section for a number; the last one that may have it is for all numbers that no other has."""
        first, *others = self.sections
        if any(section.condition for section in self.sections):
            return next((section for section in self.sections[:-1] if section.holds(value)), self.sections[-1])
        if not others or value > 0 or (value == 0 and len(others) == 1):
            return first
        return others[0] if value < 0 else others[1]


@lru_cache(maxsize=10_000)
def number_format(written: str) -> NumberFormat | None:
    """Return a number format that may show more than a number; None for one of plain numbers, percentages or days."""
    parts = _format_parts(written)
    if not written or any(_is_of_date(kind, text) for part in parts for kind, text in part):
        return None
    sections = tuple(map(_parse_section, parts[:3]))
    is_plain = all(_is_plain(section) for section in sections) and len({s.power for s in sections if s.figure}) < 2
    hides_sign = len(sections) > 1 and not (sections[1].figure and sections[1].says_sign)
    return None if is_plain and sections[0].figure and not hides_sign else NumberFormat(sections)


def _is_plain(section: Section) -> bool:
    """Tell whether a section shows a number or a percentage as it is."""
    is_percentage = section.power == 2 and section.words == "%"
    is_parted = MASK in section.figure and "/" not in section.figure  # a fraction is a number
    return not section.condition and not is_parted and (is_percentage or not (section.power or section.words))


def _is_of_date(kind: str, text: str) -> bool:
    return (kind == "plain" and text in DATE_LETTERS) or (kind == "bracket" and DURATION.fullmatch(text) is not None)


def _format_parts(written: str) -> list[list[tuple[str, str]]]:
    """Return the tokens of each part of a number format, as (kind, text)."""
    parts: list[list[tuple[str, str]]] = [[]]
    for found in TOKEN.finditer(written):
        kind = found.lastgroup or ""
        if kind == "end":
            parts.append([])
        else:
            parts[-1].append((kind, found[kind]))
    return parts


def _parse_section(tokens: list[tuple[str, str]]) -> Section:
    """Return a section by its tokens."""
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "number"]
    first, end = (places[0], places[-1] + 1) if places else (len(tokens), len(tokens))
    brackets = [text for kind, text in tokens if kind == "bracket"]
    figure = "".join(map(_figure_part, tokens[first:end]))
    percents = sum(kind == "percent" for kind, _ in tokens)
    return Section(
        condition=next(filter(None, map(CONDITION.fullmatch, brackets)), None),
        before="".join(map(_literal, tokens[:first])),
        figure=figure,
        behind="".join(map(_literal, tokens[end:])),
        power=2 * percents - 3 * sum(map(len, SCALING_COMMAS.findall(figure))) - len(_behind_escaped_point(figure)),
        is_coloured=any(map(COLOUR.fullmatch, brackets)),
    )


def _literal(token: tuple[str, str]) -> str:
    """Return what a token puts beside a number."""
    kind, text = token
    return "%" if kind == "percent" else "" if kind in ("bracket", "layout") else text


def _figure_part(token: tuple[str, str]) -> str:
    """Return a token between the first and the last digit; a sign between digits is marked as such."""
    kind, text = token
    if kind == "number":
        return text
    return ESCAPED_POINT if _literal(token) == "." else "".join(MASK + sign for sign in _literal(token))


def _behind_escaped_point(figure: str) -> str:
    """Return the digits behind a point that is only written: 0!.0, shows 26000 as 2.6, in ten thousands."""
    return re.sub("[^0#?]", "", figure.partition(ESCAPED_POINT)[2])


def _number_text(value: float, power: int) -> str:
    """Return a number times a power of ten, exact in the digits that Python shows of it."""
    shown = format(Decimal(repr(float(value))).scaleb(power), "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _figure_text(value: float, section: Section) -> str:
    """Return the digits of a number, filled up with zeros and parted by signs as its section has it."""
    text, figure = _number_text(value, section.power), section.figure
    if not text.isdecimal() or "." in figure or "/" in figure:
        return text
    if MASK not in figure:
        return text.zfill(figure.count("0")) if set(figure) == {"0"} else text
    return _masked_digits(text.zfill(figure.count("0")), figure)


def _masked_digits(digits: str, figure: str) -> str:
    """Return digits with the signs between them: 31201 in 0-0-000 is 3-1-201."""
    left, parts = list(digits), list[str]()
    for found in reversed(list(re.finditer(f"{MASK}(.)|([0#?])", figure, re.DOTALL))):
        parts.append(found[1] or (left.pop() if left else ""))
    return "".join(left) + "".join(reversed(parts))
