"""One plain sentence per result: what, how much, how sure, in both languages and without jargon."""

import math
import re
from dataclasses import replace

import pytest

from analytics.sample_size import TooFew
from analytics.water import sentences, state_sentences
from analytics.water.black_odour_grade import PlaceOdour, sample_odour
from analytics.water.grade import Change, river_grade_from_classes
from analytics.water.pollution import water_quality_index
from analytics.water.signed_rank import Shift
from analytics.water.spearman import RankCorrelation
from analytics.water.trend import Trend
from data.text import Text, untranslated

AMMONIA, OXYGEN, PH, TEMPERATURE = (sentences.measured_item(code) for code in ("NH3N", "DO", "PH", "WT"))
FALLING = Trend(
    n=48, s=-200, variance=2000, z=-4.4, p=0.00001, tau=-0.5, slope=-0.22, low=-0.31, high=-0.12, confidence=0.95,
    intercept=444, season_p=0.6, is_corrected=False,
)  # fmt: skip
FLAT = replace(FALLING, z=-0.5, p=0.62, slope=-0.012, low=-0.06, high=0.04)
YEARS = RankCorrelation(5, -0.9, 5 / 120, True, 2.4, 0.9)
STEP = Shift(10, 24, 10, 1.82, 1.4, -0.35, -0.52, -0.11, 0.951, 0.0137)
RIVER = untranslated("胡家新河")
MONTHS, SPAN = ("2010-01", "2013-12"), ("2009", "2013")


def test_a_trend_says_what_how_much_and_how_sure():
    """The test and its months, direction and its meaning, amount per year, evidence in words; no p."""
    assert sentences.trend_sentence(AMMONIA, FALLING, MONTHS) == Text(
        "各年同月相比（2010-01 至 2013-12，48 个月），氨氮下降（好转）：平均每年约 0.22 mg/L；证据很强"
        "（95 % 区间 −0.31～−0.12）。",
        "The same months of each year compared (2010-01 to 2013-12, 48 months): ammonia nitrogen fell (better), by "
        "about 0.22 mg/L a year; the evidence is strong (95 % interval −0.31 to −0.12).",
    )


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.0099, "下降（好转）：平均每年约 0.22 mg/L；证据很强"), (0.01, "下降（好转）：平均每年约 0.22 mg/L；证据较强"),
     (0.05, "氨氮可能下降（好转）：平均每年约 0.22 mg/L；证据较弱"),
     (0.10, "看不出氨氮有升降：平均每年 −0.22 mg/L；证据不足")],
)  # fmt: skip
def test_the_words_of_evidence_change_at_their_bounds(p, said):
    """Below 0.01 strong, below 0.05 fairly strong, below 0.10 weak and only 可能, otherwise nothing is claimed."""
    assert said in sentences.trend_sentence(AMMONIA, replace(FALLING, p=p), MONTHS).zh


def test_no_trend_claims_no_direction():
    """Without evidence there is neither 好转 nor 变差."""
    found = sentences.trend_sentence(AMMONIA, FLAT, MONTHS)
    assert found.zh == (
        "各年同月相比（2010-01 至 2013-12，48 个月），看不出氨氮有升降：平均每年 −0.012 mg/L；证据不足"
        "（95 % 区间 −0.060～0.040）。"
    )
    assert "no clear rise or fall" in found.en


@pytest.mark.parametrize(
    ("subject", "z", "said"),
    [(AMMONIA, 4, "氨氮上升（变差）"), (OXYGEN, -4, "溶解氧下降（变差）"), (OXYGEN, 4, "溶解氧上升（好转）"),
     (PH, 4, "pH上升："), (TEMPERATURE, -4, "水温下降：")],
)  # fmt: skip
def test_what_is_better_follows_from_the_standard(subject, z, said):
    """More oxygen is better, more of a pollutant worse; pH and temperature are neither."""
    assert said in sentences.trend_sentence(subject, replace(FALLING, z=z), MONTHS).zh


def test_a_trend_of_unlike_months_carries_a_warning():
    """Where the months move apart the sentence says so."""
    assert "各月份的变化不一致" in sentences.trend_sentence(AMMONIA, replace(FALLING, season_p=0.01), MONTHS).zh
    assert "一致" not in sentences.trend_sentence(AMMONIA, replace(FALLING, season_p=math.nan), MONTHS).zh


def test_a_slope_of_zero_and_an_open_interval_are_said():
    """Many ties can give evidence without an amount; too few values cannot bound it."""
    found = sentences.trend_sentence(AMMONIA, replace(FALLING, slope=0, low=-math.inf, high=math.inf), MONTHS).zh
    assert "幅度极小" in found
    assert "范围无法给出" in found


def test_years():
    """Yearly means: the years compared, first and last value, evidence in words."""
    assert sentences.yearly_trend_sentence(AMMONIA, YEARS, SPAN) == Text(
        "各年平均值相比（2009 至 2013，5 年），氨氮逐年下降（好转），由 2.4 mg/L 变为 0.90 mg/L；证据较强。",
        "Yearly means compared (2009 to 2013, 5 years): ammonia nitrogen fell year by year (better), from 2.4 mg/L to "
        "0.90 mg/L; the evidence is fairly strong.",
    )
    assert "看不出氨氮逐年升降" in sentences.yearly_trend_sentence(AMMONIA, replace(YEARS, r=-0.1, p=0.45), SPAN).zh


@pytest.mark.parametrize(
    ("monthly", "yearly", "said"),
    [
        (
            FALLING,
            replace(YEARS, r=-0.1, p=0.45),
            "各年同月相比，氨氮下降；各年平均值相比，看不出升降。前者用 48 个月的值",
        ),
        (FALLING, replace(YEARS, r=0.9), "各年同月相比，氨氮下降；各年平均值相比，上升。"),
        (FLAT, YEARS, "各年同月相比，氨氮看不出升降；各年平均值相比，下降。"),
        (FALLING, YEARS, ""),
        (FLAT, replace(YEARS, r=0.1, p=0.45), ""),
        (FALLING, TooFew(3, 5, "year"), ""),
    ],
)
def test_two_tests_that_differ_say_so(monthly, yearly, said):
    """Where months and yearly means come to different verdicts a sentence names both; else there is none."""
    found = sentences.disagreement_sentence(AMMONIA, monthly, yearly)
    assert said in found.zh
    assert bool(found.zh) == bool(said) == found.zh.startswith("两种检验结论不同：")


def test_before_and_after_works():
    """Same months, amount, what was usual before, evidence, months compared."""
    assert sentences.before_after_sentence(AMMONIA, STEP, Text("清淤", "the dredging")) == Text(
        "清淤前后同月相比，氨氮下降约 0.35 mg/L（好转），清淤完工前一般为 1.8 mg/L；证据较强（95 % 区间 −0.52～−0.11，"
        "比较 10 个相同月份）。",
        "Comparing the same months before and after the dredging, ammonia nitrogen fell by about 0.35 mg/L (better), "
        "from a usual 1.8 mg/L; the evidence is fairly strong (95 % interval −0.52 to −0.11, 10 months of "
        "the year compared).",
    )
    assert "看不出氨氮有变化：约 −0.35 mg/L" in sentences.before_after_sentence(AMMONIA, replace(STEP, p=0.3)).zh


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            sentences.trend_sentence(AMMONIA, TooFew(14, 36, "month"), MONTHS),
            "氨氮（各年同月相比）：样本不足，现有 14 个月，至少需要 36 个月，暂不下结论。",
        ),
        (
            sentences.yearly_trend_sentence(AMMONIA, TooFew(3, 5, "year"), SPAN),
            "氨氮（各年平均值相比）：样本不足，现有 3 年，至少需要 5 年，暂不下结论。",
        ),
        (
            sentences.before_after_sentence(AMMONIA, TooFew(4, 6, "month")),
            "氨氮在治理前后都有数据的相同月份：样本不足，现有 4 个月，至少需要 6 个月，暂不下结论。",
        ),
        (
            state_sentences.odour_place_sentence(RIVER, TooFew(2, 3, "point"), untranslated("")),
            "胡家新河：样本不足，现有 2 个检测点，至少需要 3 个检测点，暂不下结论。",
        ),
    ],
)
def test_too_few_values_say_how_many_it_takes(found, said):
    """样本不足 names what there is and what would be enough."""
    assert found.zh == said
    assert "too few values" in found.en


def test_grade_of_a_river():
    """Both counts stand beside each share; few sections are said to be judged by means."""
    assert state_sentences.grade_sentence(RIVER, river_grade_from_classes([3] * 5 + [4] + [6] * 2, None)).zh == (
        "胡家新河水质中度污染：8 个断面中Ⅰ～Ⅲ类 5 个（62.5 %），劣Ⅴ类 2 个（25.0 %）。"
    )
    assert state_sentences.grade_sentence(RIVER, river_grade_from_classes([3, 4], 4)).zh == (
        "胡家新河水质轻度污染：断面少于 5 个，按 2 个断面各项目均值评价，其中Ⅰ～Ⅲ类 1 个、劣Ⅴ类 0 个。"
    )
    assert state_sentences.grade_sentence(RIVER, None).zh == "胡家新河：本期没有可评价的断面。"


def test_change_of_a_river():
    """同比 and 环比 in the words of the standard, with both shares and the sections compared."""
    assert state_sentences.river_change_sentence(RIVER, Change("明显变化", 1, 23, 15, -8, 100)).zh == (
        "胡家新河与上年同期相比水质明显好转：Ⅰ～Ⅲ类比例 +15.0 个百分点，劣Ⅴ类比例 −8.0 个百分点"
        "（两期都有类别的断面 100 个）。"
    )
    assert (
        "与上月相比水质无明显变化"
        in state_sentences.river_change_sentence(
            RIVER, Change("无明显变化", 1, 5, 5, 0, 20), state_sentences.LAST_MONTH
        ).zh
    )
    assert state_sentences.river_change_sentence(RIVER, None).zh == "胡家新河与上年同期没有可比的断面。"


def test_index():
    """The index names how many of 21 items it holds; without oxygen to divide by there is none."""
    means = {"PH": 7.4, "DO": 4.2, "CODMN": 7.1, "NH3N": 1.82, "TP": 0.214}
    assert (
        state_sentences.cwqi_sentence(water_quality_index(means, "river")).zh
        == "局部水质指数 CWQI 5.46（5/21 项），平均每项 1.09；数值越小水质越好。"
    )
    assert (
        state_sentences.cwqi_sentence(water_quality_index({"DO": 0}, "river"))
        == state_sentences.cwqi_sentence(None)
        == state_sentences.NO_INDEX
    )


def test_odour():
    """Every item judged is named with its value and degree; what was left out is said."""
    found = state_sentences.odour_sample_sentence(sample_odour({"SD": 20, "DO": 1.5, "NH3N": 9}, "rural", 20))
    assert found == Text(
        "黑臭：溶解氧 1.5 mg/L（超限）、氨氮 9 mg/L（正常）（农村黑臭规则，2/3 项）。水深不足，透明度不参评。",
        "The water is black and odorous: Dissolved oxygen 1.5 mg/L (over the limit), Ammonia nitrogen 9 mg/L (normal) "
        "(rule for villages, 2 of 3 items). The water is too shallow for transparency to count.",
    )
    assert (
        "轻度黑臭：透明度 20 cm（轻度）"
        in state_sentences.odour_sample_sentence(sample_odour({"SD": 20}, "city", 60)).zh
    )
    assert state_sentences.odour_sample_sentence(sample_odour({}, "city")) == state_sentences.NO_SAMPLE
    assert state_sentences.odour_place_sentence(
        RIVER, PlaceOdour("重度黑臭", 5, 1, 3), Text("个检测点", "points")
    ).zh == ("胡家新河重度黑臭：5 个检测点中重度 3、轻度 1。")


ALL = [
    sentences.trend_sentence(AMMONIA, FALLING, MONTHS),
    sentences.trend_sentence(AMMONIA, FLAT, MONTHS),
    sentences.yearly_trend_sentence(AMMONIA, YEARS, SPAN),
    sentences.before_after_sentence(AMMONIA, STEP),
    state_sentences.grade_sentence(RIVER, river_grade_from_classes([3] * 6, None)),
    state_sentences.cwqi_sentence(None),
    state_sentences.river_change_sentence(RIVER, Change("有所变化", -1, -12, -12, 0, 20)),
]  # fmt: skip


@pytest.mark.parametrize("found", ALL, ids=lambda text: text.en[:30])
def test_sentences_are_whole_and_plain(found):
    """No blank is left, both languages end like a sentence, and no name of a test is dropped on the reader."""
    assert not re.search(r"[{}]", found.zh + found.en)
    assert found.zh.endswith("。")
    assert found.en.endswith(".")
    assert not re.search(r"Kendall|Sen|Wilcoxon|Hodges|显著|检验|p[=<]|nan|inf\b", found.zh + found.en)
    assert "  " not in found.en


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.2234, "0.22"), (-0.0031, "−0.0031"), (123.4, "123"), (1.25, "1.2"), (0, "0"), (12.0, "12")],
)
def test_numbers_have_two_significant_digits(value, expected):
    """Small slopes are not rounded to 0, large ones carry no false digits."""
    assert sentences.format_significant(value) == expected
