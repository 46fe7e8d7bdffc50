"""One plain sentence under each chart: which test of which time, what, how much, how sure.

The p of a test is in its column; a sentence says in words how strong the evidence is.

The sentences of states without a test (grade, change, 黑臭, index) are in `words`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analytics.sample_size import CountedUnit, TooFew
from analytics.water.pollution import CLASS_III, class_bounds
from data.datasets.water.choices import PARAMETERS
from data.standards.thresholds import thresholds
from data.text import Text, mid_sentence, untranslated, with_minus

if TYPE_CHECKING:  # loading SciPy takes half a second, and a sentence needs none of it
    from analytics.water.signed_rank import Shift
    from analytics.water.spearman import RankCorrelation
    from analytics.water.trend import Trend

NOTHING = untranslated("")
WORKS = Text("治理", "the works")
COUNTED: Mapping[CountedUnit, Text] = {
    "value": Text("个数据", "values"),
    "month": Text("个月", "months"),
    "year": Text("年", "years"),
    "point": Text("个检测点", "points"),
}
EVIDENCE = (
    ("evidence_strong", Text("证据很强", "the evidence is strong")),
    ("evidence_fair", Text("证据较强", "the evidence is fairly strong")),
    ("evidence_weak", Text("证据较弱", "the evidence is weak")),
)
NO_EVIDENCE = Text("证据不足", "there is not enough evidence")
QUALITY = {0: NOTHING, 1: Text("（好转）", " (better)"), -1: Text("（变差）", " (worse)")}
FALLS, STAYS, RISES = Text("下降", "fell"), Text("没有变化", "did not change"), Text("上升", "rose")
Window = tuple[str, str]
"""The first and the last month or year of which a test has values, as they are written."""


@dataclass(frozen=True, slots=True)
class MeasuredItem:
    """What was measured: its label and unit, and whether more of it is better (1), worse (−1) or neither (0)."""

    label: Text
    unit: str
    better: int


def measured_item(parameter: str, as_of: date | None = None) -> MeasuredItem:
    """Return the item of a parameter code; what is better follows from its limit on a day, if it has one."""
    known = {choice.value: choice for choice in PARAMETERS}
    label, unit = (
        (known[parameter].label, known[parameter].unit) if parameter in known else (untranslated(parameter), "")
    )
    found = class_bounds(parameter, "river", as_of)
    low, high = found[CLASS_III - 1] if found else (None, None)
    return MeasuredItem(label, unit, (low is not None) - (high is not None))


def _decimal_places(value: float) -> int:
    """Return how many decimals show two significant digits."""
    return max(0, 1 - math.floor(math.log10(abs(value)))) if value else 0


def format_significant(value: float, decimals: int | None = None) -> str:
    """Return a number with two significant digits, or some decimals, and a true minus sign."""
    places = _decimal_places(value) if decimals is None else decimals
    return with_minus(f"{value:.{places}f}")


def _format_amount(value: float, unit: str) -> str:
    return f"{format_significant(value)} {unit}".strip()


def _interval_text(low: float, high: float, confidence: float) -> Text:
    if math.isinf(low) or math.isinf(high):
        return Text("范围无法给出", "no range can be given")
    places = max(_decimal_places(low), _decimal_places(high))
    range_ = Text("{sure:.0f} % 区间 {low}～{high}", "{sure:.0f} % interval {low} to {high}")
    return range_.fill(
        sure=100 * confidence, low=format_significant(low, places), high=format_significant(high, places)
    )


def evidence_strength(p: float, as_of: date | None = None) -> Text:
    """Return how sure a result with this p is, in words."""
    rule = thresholds(as_of)
    return next((words for name, words in EVIDENCE if p < rule[name]), NO_EVIDENCE)


def _is_significant(p: float, as_of: date | None) -> bool:
    return evidence_strength(p, as_of) is not NO_EVIDENCE


def _direction_word(direction: float) -> Text:
    return RISES if direction > 0 else FALLS if direction < 0 else STAYS


def _better_or_worse(direction: float, subject: MeasuredItem) -> Text:
    return QUALITY[subject.better * ((direction > 0) - (direction < 0))]


def too_few_sentence(what: Text, result: TooFew) -> Text:
    """Return the sentence of 样本不足: how many there are, how many it takes."""
    sentence = Text(
        "{what}：样本不足，现有 {n} {counted}，至少需要 {needed} {counted}，暂不下结论。",
        "{what}: too few values, {n} of the {needed} {counted} needed; no verdict yet.",
    )
    return sentence.fill(what=what, n=result.n, needed=result.needed, counted=COUNTED[result.counted])


MONTHS_COMPARED = Text("各年同月相比", "The same months of each year compared")
YEARS_COMPARED = Text("各年平均值相比", "Yearly means compared")
TEST_OF_ITEM = Text("{item}（{test}）", "{item} ({test})")
SEEN_TREND = Text(
    "{test}（{since} 至 {until}，{n} {counted}），{item}{maybe}{moved}{quality}：{much}；"
    "{evidence}（{interval}）。{seasons}",
    "{test} ({since} to {until}, {n} {counted}): {item} {maybe}{moved}{quality}, {much}; {evidence} "
    "({interval}).{seasons}",
)
UNSEEN_TREND = Text(
    "{test}（{since} 至 {until}，{n} {counted}），看不出{item}有升降：平均每年 {slope}；{evidence}（{interval}）。",
    "{test} ({since} to {until}, {n} {counted}): {item} shows no clear rise or fall, {slope} a year on average; "
    "{evidence} "
    "({interval}).",
)
A_YEAR = Text("平均每年约 {amount}", "by about {amount} a year")
TINY = Text("幅度极小", "by next to nothing")
APART = Text("各月份的变化不一致，仅供参考。", " The months do not move alike; take it with care.")
MAYBE = Text("可能", "perhaps ")


def _maybe_word(p: float, as_of: date | None) -> Text:
    return NOTHING if p < thresholds(as_of)["evidence_fair"] else MAYBE


def _test_blanks(test: Text, window: Window, n: int, counted: CountedUnit) -> dict[str, object]:
    """Return what a sentence says of its test: which it is, from when to when, of how many values."""
    return {"test": test, "since": window[0], "until": window[1], "n": n, "counted": COUNTED[counted]}


def _too_few_for(test: Text, subject: MeasuredItem, result: TooFew) -> Text:
    return too_few_sentence(TEST_OF_ITEM.fill(item=subject.label, test=mid_sentence(test)), result)


def trend_sentence(
    subject: MeasuredItem,
    result: Trend | TooFew,
    window: Window,
    counted: CountedUnit = "month",
    *,
    as_of: date | None = None,
) -> Text:
    """Return the sentence of a trend test of months: its window, direction, amount per year, evidence; or 样本不足."""
    if isinstance(result, TooFew):
        return _too_few_for(MONTHS_COMPARED, subject, result)
    slope = _format_amount(result.slope, subject.unit)
    blanks = {
        "item": mid_sentence(subject.label),
        "evidence": evidence_strength(result.p, as_of),
        "interval": _interval_text(result.low, result.high, result.confidence),
        **_test_blanks(MONTHS_COMPARED, window, result.n, counted),
    }
    if not _is_significant(result.p, as_of):
        return UNSEEN_TREND.fill(slope=slope, **blanks)
    return SEEN_TREND.fill(
        maybe=_maybe_word(result.p, as_of),
        moved=_direction_word(result.z),
        quality=_better_or_worse(result.z, subject),
        much=A_YEAR.fill(amount=_format_amount(abs(result.slope), subject.unit)) if result.slope else TINY,
        seasons=APART if result.season_p < thresholds(as_of)["evidence_fair"] else NOTHING,
        **blanks,
    )


SEEN_YEARS = Text(
    "{test}（{since} 至 {until}，{n} {counted}），{item}{maybe}逐年{moved}{quality}，由 {first} 变为 {last}；"
    "{evidence}。",
    "{test} ({since} to {until}, {n} {counted}): {item} {maybe}{moved} year by year{quality}, from {first} to {last}; "
    "{evidence}.",
)
UNSEEN_YEARS = Text(
    "{test}（{since} 至 {until}，{n} {counted}），看不出{item}逐年升降，由 {first} 变为 {last}；{evidence}。",
    "{test} ({since} to {until}, {n} {counted}): {item} shows no clear rise or fall, from {first} to {last}; "
    "{evidence}.",
)


def yearly_trend_sentence(
    subject: MeasuredItem, result: RankCorrelation | TooFew, window: Window, *, as_of: date | None = None
) -> Text:
    """Return the sentence of a rank correlation over years: its window, direction, first and last mean, evidence."""
    if isinstance(result, TooFew):
        return _too_few_for(YEARS_COMPARED, subject, result)
    blanks = {
        "item": mid_sentence(subject.label),
        "first": _format_amount(result.first, subject.unit),
        "last": _format_amount(result.last, subject.unit),
        "evidence": evidence_strength(result.p, as_of),
        **_test_blanks(YEARS_COMPARED, window, result.n, "year"),
    }
    if not _is_significant(result.p, as_of):
        return UNSEEN_YEARS.fill(**blanks)
    words = {
        "moved": _direction_word(result.r),
        "quality": _better_or_worse(result.r, subject),
        "maybe": _maybe_word(result.p, as_of),
    }
    return SEEN_YEARS.fill(**words, **blanks)


UNCLEAR = Text("看不出升降", "shows no clear rise or fall")
DISAGREEMENT = Text(
    "两种检验结论不同：各年同月相比，{item}{monthly}；各年平均值相比，{yearly}。"
    "前者用 {months} 个月的值，后者只用 {years} 个年均值。",
    "The two tests differ: by the same months {item} {monthly}, by yearly means it {yearly}; the first rests on "
    "{months} monthly values, the second on {years} yearly means only.",
)


def _verdict_word(direction: float, p: float, as_of: date | None) -> Text:
    return _direction_word(direction) if _is_significant(p, as_of) else UNCLEAR


def disagreement_sentence(
    subject: MeasuredItem, monthly: Trend | TooFew, yearly: RankCorrelation | TooFew, *, as_of: date | None = None
) -> Text:
    """Return the sentence of two tests that come to different verdicts, nothing where they agree or one has none."""
    if isinstance(monthly, TooFew) or isinstance(yearly, TooFew):
        return NOTHING
    verdicts = _verdict_word(monthly.z, monthly.p, as_of), _verdict_word(yearly.r, yearly.p, as_of)
    if verdicts[0] == verdicts[1]:
        return NOTHING
    item, counts = mid_sentence(subject.label), {"months": monthly.n, "years": yearly.n}
    return DISAGREEMENT.fill(item=item, monthly=verdicts[0], yearly=verdicts[1], **counts)


SEEN_SHIFT = Text(
    "{works}前后同月相比，{item}{maybe}{moved}约 {amount}{quality}，{works}完工前一般为 {before}；{evidence}"
    "（{interval}，比较 {n} 个相同月份）。",
    "Comparing the same months before and after {works}, {item} {maybe}{moved} by about {amount}{quality}, from a "
    "usual {before}; {evidence} ({interval}, {n} months of the year compared).",
)
UNSEEN_SHIFT = Text(
    "{works}前后同月相比，看不出{item}有变化：约 {shift}，{works}完工前一般为 {before}；{evidence}"
    "（{interval}，比较 {n} 个相同月份）。",
    "Comparing the same months before and after {works}, {item} shows no clear change: about {shift}, from a usual "
    "{before}; {evidence} ({interval}, {n} months of the year compared).",
)


def _usual_amount(value: float, unit: str, detection: float) -> str:
    return f"<{_format_amount(detection, unit)}" if value < detection else _format_amount(value, unit)


def before_after_sentence(
    subject: MeasuredItem,
    result: Shift | TooFew,
    works: Text = WORKS,
    *,
    detection: float = -math.inf,
    as_of: date | None = None,
) -> Text:
    """Return the sentence of a before/after comparison: direction, amount, evidence; or 样本不足.

    Values below `detection`, the largest detection limit, are not known better than that.
    """
    if isinstance(result, TooFew):
        return too_few_sentence(BOTH_SIDES.fill(item=subject.label, works=works), result)
    blanks = {
        "works": works,
        "item": mid_sentence(subject.label),
        "before": _usual_amount(result.before, subject.unit, detection),
        "evidence": evidence_strength(result.p, as_of),
        "interval": _interval_text(result.low, result.high, result.confidence),
        "n": result.months,
    }
    if not _is_significant(result.p, as_of):
        return UNSEEN_SHIFT.fill(shift=_format_amount(result.shift, subject.unit), **blanks)
    return SEEN_SHIFT.fill(
        amount=_format_amount(abs(result.shift), subject.unit),
        maybe=_maybe_word(result.p, as_of),
        moved=_direction_word(result.shift),
        quality=_better_or_worse(result.shift, subject),
        **blanks,
    )


BOTH_SIDES = Text(
    "{item}在{works}前后都有数据的相同月份", "Months of the year with {item} both before and after {works}"
)
