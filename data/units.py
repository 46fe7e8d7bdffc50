"""Units of measure: how they are written, and what turns one into another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from data.text import Text, untranslated
from data.traditional import to_simplified

MAGNITUDES = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5,
    "万": 1e4, "千": 1e3, "百": 1e2, "十": 1e1,
}  # fmt: skip
CLEAR_MAGNITUDE = 1e4  # below 万 a magnitude may count 元 or the column's own unit


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is read: with so many decimals at most, or always (`is_fixed`), and never rounded up to its `cap`.

    A fixed format has one decimal more in the last unit before its cap: 99.96 reads 99.96 and not 100. One without
    decimals is that of a year, which has no separators: 2014.
    """

    decimals: int = 3
    is_fixed: bool = False
    cap: float | None = None


SHARE, POINTS = NumberFormat(decimals=1, is_fixed=True, cap=100.0), NumberFormat(decimals=1, is_fixed=True)
ONE_DECIMAL = NumberFormat(decimals=1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its other spellings, and the factor that brings related units into it.

    `counted_in` is the unit that a lone magnitude counts: 3亿 in a column of 万元 are 3亿元, not 3亿万元.
    """

    label: Text
    spellings: tuple[str, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)
    counted_in: str = ""
    number_format: NumberFormat = NumberFormat()

    def factor(self, written: str) -> float | None:
        """Return what to multiply a value by that is written in another unit, or None if it is not known."""
        folded, known = _normalized_unit(written), self._known_factors()
        if folded in known:
            return known[folded]
        for magnitude, size in MAGNITUDES.items():
            rest = folded.removeprefix(magnitude)
            if rest != folded and rest in known:
                return _without_float_noise(size * known[rest])
        return self._lone_magnitude_factor(folded)

    def _known_factors(self) -> dict[str, float]:
        spelled = dict.fromkeys((self.label.zh, self.label.en, *self.spellings), 1.0)
        return {_normalized_unit(s): f for s, f in {**self.factors, **spelled}.items()}

    def _lone_magnitude_factor(self, magnitude: str) -> float | None:
        """Return the factor of 万 and its like without a unit; 5千 of money is left open: 千元 or 千万元."""
        size = MAGNITUDES.get(magnitude)
        if size is None or not self.counted_in:
            return size
        return _without_float_noise(size * self.factors[self.counted_in]) if size >= CLEAR_MAGNITUDE else None


def _without_float_noise(product: float) -> float:
    """Take the last binary digit off a product of powers of ten: 1e3 * 1e-4 is 0.1."""
    return float(f"{product:.12g}")


@lru_cache(maxsize=10_000)
def _normalized_unit(written: str) -> str:
    """Bring look-alike spellings of a unit together (m³ and m3, μ and µ and u, ℃ and °C, full width, 萬 and 万)."""
    folded = to_simplified(re.sub(r"\s", "", unicodedata.normalize("NFKC", written)).lower())
    for old, new in (("ug/", "μg/"), ("us/", "μs/"), ("每", "/"), ("平米", "平方米")):
        folded = folded.replace(old, new)
    return folded


UNITS: dict[str, Unit] = {
    "": Unit(Text("无量纲", "dimensionless")),
    "percent": Unit(untranslated("%"), ("百分比",), {"‰": 0.1}, number_format=SHARE),
    "point": Unit(Text("个百分点", "pp"), ("百分点",), number_format=POINTS),
    "km": Unit(Text("公里", "km"), ("千米",), {"m": 0.001, "米": 0.001, "cm": 1e-5, "厘米": 1e-5}),
    "m": Unit(Text("米", "m"), (), {"公里": 1000.0, "千米": 1000.0, "km": 1000.0, "厘米": 0.01, "cm": 0.01}),
    "degree": Unit(untranslated("°"), ("度", "deg")),
    "m2": Unit(untranslated("㎡"), ("平方米",), {"公顷": 1e4, "hm2": 1e4, "ha": 1e4, "平方公里": 1e6, "km2": 1e6}),
    "m3": Unit(untranslated("m³"), ("立方米", "立方", "方")),
    "water m3": Unit(untranslated("m³"), ("立方米", "立方", "方", "吨", "t")),
    "t/a": Unit(untranslated("t/a"), ("吨/年", "吨每年")),
    "m3/d": Unit(
        untranslated("m³/d"),
        ("吨", "吨/日", "吨/天", "t/d", "立方米/日", "立方米/天", "m3/日", "m3/天", "方/日", "方/天"),
    ),
    "mu": Unit(
        Text("亩", "mu"),
        (),
        {
            "公顷": 15.0,
            "hm2": 15.0,
            "ha": 15.0,
            "平方公里": 1500.0,
            "km2": 1500.0,
            "㎡": 0.0015,
            "平方米": 0.0015,
            "顷": 100.0,
        },
    ),
    "wan": Unit(Text("万元", "10k CNY"), (), {"元": 1e-4, "元人民币": 1e-4, "cny": 1e-4, "rmb": 1e-4}, counted_in="元"),
    "yi": Unit(Text("亿元", "100m CNY"), (), {"元": 1e-8, "元人民币": 1e-8, "cny": 1e-8, "rmb": 1e-8}, counted_in="元"),
    "wan usd": Unit(
        Text("万美元", "10k USD"), (), {"美元": 1e-4, "美金": 1e-4, "万美金": 1.0, "usd": 1e-4}, counted_in="美元"
    ),
    "wan/mu": Unit(Text("万元/亩", "10k CNY per mu"), (), {"元/亩": 1e-4}),
    "yuan/m2/d": Unit(Text("元/㎡·天", "CNY/m² a day"), ("元/㎡/天", "元/平方米·天", "元/㎡·日")),
    "yuan/m2/a": Unit(Text("元/㎡·年", "CNY/m² a year"), ("元/㎡/年", "元/平方米·年")),
    "half day": Unit(Text("个半天", "half-days"), ("半天",), number_format=ONE_DECIMAL),
    "household": Unit(Text("户", "households"), number_format=ONE_DECIMAL),
    "head": Unit(Text("头", "heads")),
    "person": Unit(Text("人", "people"), ("人次", "名")),
    "piece": Unit(Text("个", "count"), ("家", "处", "次", "套", "项", "座", "栋", "件", "份")),
    "times": Unit(Text("次", "times")),
    "score": Unit(Text("分", "of 100")),
    "day": Unit(Text("天", "days"), ("日",), number_format=ONE_DECIMAL),
    "hour": Unit(Text("小时", "hours"), ("h", "时"), {"分钟": 1 / 60, "min": 1 / 60}),
    "kWh": Unit(untranslated("kWh"), ("千瓦时", "度")),
    "kWh/m3": Unit(untranslated("kWh/m³"), ("千瓦时/立方米", "度/吨")),
    "kg": Unit(Text("公斤", "kg"), ("千克",), {"吨": 1000.0, "t": 1000.0, "克": 0.001, "g": 0.001}),
    "celsius": Unit(untranslated("℃"), ("摄氏度", "度")),
    "mg/L": Unit(
        untranslated("mg/L"),
        ("毫克/升",),
        {
            "μg/L": 0.001,
            "微克/升": 0.001,
            "ppb": 0.001,
            "ppm": 1.0,
            "g/L": 1000.0,
            "克/升": 1000.0,
            "ng/L": 1e-6,
            "mg/m3": 0.001,
        },
    ),
    "uS/cm": Unit(untranslated("μS/cm"), ("微西门子/厘米",), {"mS/cm": 1000.0, "mS/m": 10.0, "S/m": 1e4}),
    "NTU": Unit(untranslated("NTU"), ("度", "FNU")),  # numerically equal: ISO 7027-1:2016, scope
    "cm": Unit(Text("厘米", "cm"), ("公分",), {"m": 100.0, "米": 100.0, "mm": 0.1, "毫米": 0.1}),
    "mV": Unit(untranslated("mV"), ("毫伏",), {"V": 1000.0, "伏": 1000.0}),
    "count/L": Unit(
        Text("个/L", "per L"),
        ("个/升", "MPN/L", "CFU/L"),
        {"个/100mL": 10.0, "MPN/100mL": 10.0, "CFU/100mL": 10.0, "个/mL": 1000.0},
    ),
    "cells/L": Unit(
        untranslated("cells/L"), ("个/L", "个/升"), {"cells/mL": 1000.0, "个/mL": 1000.0, "个/毫升": 1000.0}
    ),
}

UNIT_LIKE = re.compile(
    r"[十百千万亿k]*(元|人|户|米|里|亩|方|吨|升|克|%|％|‰|m|km|㎡|m2|m3|t|kg|g|mg|μg|ug)(/.+)?"
    r"|[十百千万亿k]*(美元|美金|欧元|港元|港币|日元|英镑|usd|hkd|eur|jpy|gbp)"
    r"|英亩|公亩|英里|海里|英尺|英寸|磅|盎司|加仑|斤|市斤|公担|ppt|[mμn]?mol/.+|meq/.+|[jf]tu|f[ab]u"
    r"|(?!n/a)[a-zμ一-龥]{1,8}/(\d{0,4}([mμu]?l|毫?升)|c?m[23³²]?|kg|[dhsa]|min|日|天|年|时|小时|秒)",
    re.I,
)
SAYS_UNIT = re.compile(r"(?:计量|金额)?单\s*位\s*[:：]?|金额\s*[:：]")
CURRENCY_REMARK = re.compile(r"人民币|(?:不|未)?含税|以[^,，、;；]{1,4}计")
HOLDS_UNIT = re.compile(
    r"(?<!单)元|公顷|亩|平方|立方|公里|千米|厘米|毫米|公斤|千克|毫克|微克|[mμu]g/|mol/|pp[bm]|美金|英镑", re.I
)


@lru_cache(maxsize=10_000)
def is_unit_of_measure(written: str) -> bool:
    """Tell whether what stands in brackets is some unit of measure, and not a remark such as 必填."""
    return is_known_unit(written) or UNIT_LIKE.fullmatch(_normalized_unit(written)) is not None


def is_known_unit(written: str) -> bool:
    """Tell whether a unit converts to any unit of the registry."""
    return any(unit.factor(written) is not None for unit in UNITS.values())


def _unit_words(written: str) -> list[str]:
    """Return the words of a text without 单位：, 人民币 and 含税."""
    return re.split(r"[,，、;；\s]+", CURRENCY_REMARK.sub(" ", SAYS_UNIT.sub(" ", written)))


@lru_cache(maxsize=10_000)
def sole_unit(written: str) -> str:
    """Return the one unit that a text is, out of 单位：, 人民币, 含税 and commas; "" if it is none."""
    written = to_simplified(written)
    if is_unit_of_measure(written):
        return written
    parts = _unit_words(written)
    named = [part for part in parts if part]
    return named[0] if len(named) == 1 and is_unit_of_measure(named[0]) else ""


@lru_cache(maxsize=10_000)
def unit_in_brackets(written: str) -> str:
    """Return the unit that a bracket names, all of it where it speaks of a unit nobody knows, "" for a remark."""
    written = to_simplified(written)
    parts = {part for part in _unit_words(written) if is_unit_of_measure(part)}
    if unit := sole_unit(written) or (parts.pop() if len(parts) == 1 else ""):
        return unit
    speaks = parts or SAYS_UNIT.search(written) or HOLDS_UNIT.search(CURRENCY_REMARK.sub(" ", written))
    return written if speaks else ""
