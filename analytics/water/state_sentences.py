"""The sentences of states: grade of a river, its change, main pollutants, index, black odour."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from analytics.sample_size import TooFew
from analytics.water.black_odour_grade import Level, PlaceOdour, SampleOdour, Setting, odour_limits
from analytics.water.grade import Change, Grade
from analytics.water.pollution import INDEX_ITEM_COUNT, IndexMeans, WaterQualityIndex
from analytics.water.sentences import NOTHING, format_significant, measured_item, too_few_sentence
from data.standards.thresholds import thresholds
from data.text import Text, mid_sentence

GRADES = {
    "优": Text("优", "excellent"),
    "良好": Text("良好", "good"),
    "轻度污染": Text("轻度污染", "slightly polluted"),
    "中度污染": Text("中度污染", "moderately polluted"),
    "重度污染": Text("重度污染", "heavily polluted"),
}
LEVELS: Mapping[Level, Text] = {
    "无数据": Text("无数据", "not judged"),
    "无法判定": Text("无法判定", "not to be judged"),
    "无黑臭": Text("无黑臭", "not black and odorous"),
    "黑臭": Text("黑臭", "black and odorous"),
    "轻度黑臭": Text("轻度黑臭", "slightly black and odorous"),
    "重度黑臭": Text("重度黑臭", "severely black and odorous"),
}
DEGREES: Mapping[Setting, tuple[Text, Text, Text]] = {
    "city": (Text("正常", "normal"), Text("轻度", "slight"), Text("重度", "severe")),
    "rural": (Text("正常", "normal"), Text("超限", "over the limit"), Text("超限", "over the limit")),
}
COMMA = Text("、", ", ")


def join_phrases(phrases: Sequence[Text]) -> Text:
    """Return phrases as a list."""
    whole = NOTHING
    for phrase in phrases:
        whole = Text("{a}{b}{c}", "{a}{b}{c}").fill(a=whole, b=COMMA if whole.zh else NOTHING, c=phrase)
    return whole


def _format_percent(share: Fraction) -> str:
    return f"{float(share):.1f} %"


BY_PROPORTIONS = Text(
    "{river}水质{grade}：{n} 个断面中Ⅰ～Ⅲ类 {good} 个（{good_share}），劣Ⅴ类 {bad} 个（{bad_share}）。",
    "{river} is {grade}: of {n} sections {good} are Ⅰ–Ⅲ ({good_share}) and {bad} are worse than Ⅴ ({bad_share}).",
)
BY_MEANS = Text(
    "{river}水质{grade}：断面少于 {few:.0f} 个，按 {n} 个断面各项目均值评价，其中Ⅰ～Ⅲ类 {good} 个、劣Ⅴ类 {bad} 个。",
    "{river} is {grade}: fewer than {few:.0f} sections, judged by the means over {n} sections, {good} of them Ⅰ–Ⅲ "
    "and {bad} worse than Ⅴ.",
)
NO_CLASS = Text("{river}：本期没有可评价的断面。", "{river}: no section has a class in this period.")
NO_MEANS = Text(
    "{river}：断面少于 {few:.0f} 个，而{items}的断面均值无法判定，本期没有水质状况。",
    "{river}: fewer than {few:.0f} sections, and their means of {items} cannot be judged, so there is no grade.",
)
MEANS_LEFT_OUT = Text(
    "{sentence}{items}的断面均值无法判定，没有参评。",
    "{sentence} The means of {items} cannot be judged and took no part.",
)


def item_list(parameters: Sequence[str]) -> Text:
    """Return the names of items as a list."""
    return join_phrases([mid_sentence(measured_item(parameter).label) for parameter in parameters])


def grade_sentence(
    river: Text, state: Grade | None, unjudged: Sequence[str] = (), *, as_of: date | None = None
) -> Text:
    """Return the sentence of a river's grade, with both counts and the items whose means cannot be judged."""
    few, items = thresholds(as_of)["river_sections"], item_list(unjudged)
    if state is None:
        return NO_MEANS.fill(river=river, few=few, items=items) if unjudged else NO_CLASS.fill(river=river)
    said = _counted_grade_sentence(river, state, as_of)
    return MEANS_LEFT_OUT.fill(sentence=said, items=items) if unjudged else said


def _counted_grade_sentence(river: Text, state: Grade, as_of: date | None) -> Text:
    counted = state.shares
    sentence = BY_PROPORTIONS if state.by == "proportions" else BY_MEANS
    return sentence.fill(
        river=river,
        few=thresholds(as_of)["river_sections"],
        grade=GRADES[state.grade],
        n=counted.n,
        good=counted.good,
        bad=counted.bad,
        good_share=_format_percent(counted.percent(counted.good)),
        bad_share=_format_percent(counted.percent(counted.bad)),
    )


CHANGES: Mapping[tuple[str, int], Text] = {
    ("有所变化", 1): Text("有所好转", "somewhat better"),
    ("有所变化", -1): Text("有所变差", "somewhat worse"),
    ("明显变化", 1): Text("明显好转", "clearly better"),
    ("明显变化", -1): Text("明显变差", "clearly worse"),
}
NO_CHANGE = Text("无明显变化", "not clearly different")


def change_label(changed: Change) -> Text:
    """Return 明显好转, 有所变差, 无明显变化 and so on. Source: 环办〔2011〕22号."""
    return CHANGES.get((changed.size, changed.direction), NO_CHANGE)


RIVER_CHANGE = Text(
    "{place}与{period}相比水质{change}：Ⅰ～Ⅲ类比例 {good} 个百分点，劣Ⅴ类比例 {bad} 个百分点"
    "（两期都有类别的断面 {n} 个）。",
    "{place} is {change} against {period}: share of Ⅰ–Ⅲ {good} points, worse than Ⅴ {bad} points ({n} sections with a "
    "class in both).",
)
NOT_COMPARABLE = Text("{place}与{period}没有可比的断面。", "{place} and {period} have no section in common.")
LAST_YEAR, LAST_MONTH = Text("上年同期", "a year before"), Text("上月", "the month before")


def _format_points(change: float) -> str:
    return ("+" if change > 0 else "") + format_significant(change, 1)


def river_change_sentence(place: Text, changed: Change | None, period: Text = LAST_YEAR) -> Text:
    """Return the sentence of a river's change against another period: 同比 with LAST_YEAR, 环比 with LAST_MONTH."""
    if changed is None:
        return NOT_COMPARABLE.fill(place=place, period=period)
    words, good, bad = change_label(changed), _format_points(changed.good), _format_points(changed.bad)
    return RIVER_CHANGE.fill(place=place, period=period, change=words, good=good, bad=bad, n=changed.n)


INDEX = Text(
    "局部水质指数 CWQI {total}（{n}/{all} 项），平均每项 {each}；数值越小水质越好。",
    "Partial water quality index CWQI {total} ({n}/{all} items), {each} an item on average; lower is better.",
)
NO_INDEX = Text("没有可计算水质指数的项目。", "No item that the water quality index can be worked out of.")


ALL_KNOWN = IndexMeans({})
INDEX_WITHOUT = Text("{sentence}{items}无法判定，没有计入。", "{sentence} Left out, as they cannot be judged: {items}.")
INDEX_AT_BOUND = Text(
    "{sentence}{items}超出量程，按所报的界限计。", "{sentence} Beyond a range, counted as the bound: {items}."
)


def cwqi_sentence(found: WaterQualityIndex | None, means: IndexMeans = ALL_KNOWN) -> Text:
    """Return the sentence of CWQI, always with the number of items that take part, and what is known of the others."""
    said = NO_INDEX if found is None or math.isnan(found.total) else _index_sentence(found)
    for phrase, items in ((INDEX_WITHOUT, means.unjudged), (INDEX_AT_BOUND, means.beyond)):
        said = phrase.fill(sentence=said, items=item_list(items)) if items else said
    return said


def _index_sentence(found: WaterQualityIndex) -> Text:
    return INDEX.fill(
        total=format_significant(found.total, 2),
        n=found.n,
        all=INDEX_ITEM_COUNT,
        each=format_significant(found.each, 2),
    )


SAMPLE = Text(
    "{level}：{items}（{rule}，{n}/{all} 项）。{shallow}",
    "The water is {level}: {items} ({rule}, {n} of {all} items).{shallow}",
)
NO_SAMPLE = Text("没有可用于黑臭判定的数据。", "There is nothing to judge black odour by.")
RULES: Mapping[Setting, Text] = {
    "city": Text("城市黑臭规则", "rule for built-up areas"),
    "rural": Text("农村黑臭规则", "rule for villages"),
}
SHALLOW = Text("水深不足，透明度不参评。", " The water is too shallow for transparency to count.")
MEASURED = Text("{label} {sign}{value:g} {unit}（{degree}）", "{label} {sign}{value:g} {unit} ({degree})")
OPEN_DEGREE = Text("无法判定", "cannot be judged")


def odour_sample_sentence(found: SampleOdour, *, as_of: date | None = None) -> Text:
    """Return the sentence of one sample: its level, every item judged, and what was left out."""
    if not found.measured:
        return NO_SAMPLE
    rows = {row["item"]: row for row in odour_limits(found.setting, as_of)}
    items = [
        MEASURED.fill(
            label=Text(rows[i]["label_zh"], rows[i]["label_en"]),
            sign=found.qualifiers.get(i, ""),
            value=value,
            unit=rows[i]["unit"],
            degree=DEGREES[found.setting][found.judged[i]] if i in found.judged else OPEN_DEGREE,
        )
        for i, value in found.measured.items()
    ]
    return SAMPLE.fill(
        level=LEVELS[found.level],
        items=join_phrases(items),
        rule=RULES[found.setting],
        n=len(found.judged),
        all=len(rows),
        shallow=SHALLOW if found.left_out else NOTHING,
    )


PLACE = Text(
    "{place}{level}：{n} {counted}中重度 {severe}、轻度 {slight}。",
    "{place} is {level}: of {n} {counted} {severe} are severe and {slight} slight.",
)


OPEN_SAMPLES = Text("{sentence}另有 {count} 个样品无法判定。", "{sentence} {count} more samples cannot be judged.")


def odour_place_sentence(place: Text, found: PlaceOdour | TooFew, counted: Text, unjudged: int = 0) -> Text:
    """Return the sentence of a point (`counted` samples) or a whole water (`counted` points); or 样本不足.

    `unjudged` samples could not be judged.
    """
    said = too_few_sentence(place, found) if isinstance(found, TooFew) else _judged_place(place, found, counted)
    return OPEN_SAMPLES.fill(sentence=said, count=unjudged) if unjudged else said


def _judged_place(place: Text, found: PlaceOdour, counted: Text) -> Text:
    blanks = {"place": place, "n": found.n, "counted": counted, "severe": found.severe, "slight": found.slight}
    return PLACE.fill(level=LEVELS[found.level], **blanks)
