"""Units of measure: how they are written, and what turns one into another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from data.text import Text, same


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its other spellings, and the factor that brings related units into it."""

    label: Text
    spellings: tuple[str, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)

    def factor(self, written: str) -> float | None:
        """Return what to multiply a value by that is written in another unit, or None if it is not known."""
        folded = _fold(written)
        if folded in {_fold(s) for s in (self.label.zh, self.label.en, *self.spellings)}:
            return 1.0
        return {_fold(s): f for s, f in self.factors.items()}.get(folded)


def _fold(written: str) -> str:
    """Bring look-alike spellings of a unit together (m³ and m3, μ and µ and u, ℃ and °C)."""
    folded = written.strip().lower().replace(" ", "")
    for old, new in (("³", "3"), ("²", "2"), ("㎡", "m2"), ("µ", "μ"), ("ug/", "μg/"), ("us/", "μs/"), ("℃", "°c")):
        folded = folded.replace(old, new)
    return folded


UNITS: dict[str, Unit] = {
    "": Unit(Text("无量纲", "dimensionless")),
    "percent": Unit(same("%"), ("％", "百分比")),
    "point": Unit(Text("个百分点", "pp")),
    "km": Unit(Text("公里", "km"), ("千米",), {"m": 0.001, "米": 0.001}),
    "degree": Unit(same("°"), ("度", "deg")),
    "m2": Unit(same("㎡"), ("平方米",), {"万㎡": 1e4, "万平方米": 1e4, "公顷": 1e4, "hm2": 1e4}),
    "m3": Unit(same("m³"), ("立方米", "方"), {"万m³": 1e4, "万立方米": 1e4, "万方": 1e4}),
    "m3/d": Unit(same("m³/d"), ("吨/日", "吨/天", "t/d", "立方米/日")),
    "mu": Unit(Text("亩", "mu"), (), {"公顷": 15.0, "hm2": 15.0, "㎡": 0.0015, "平方米": 0.0015}),
    "wan": Unit(Text("万元", "10k CNY"), ("万",), {"亿元": 1e4, "亿": 1e4, "百万元": 100.0, "千元": 0.1, "元": 1e-4}),
    "yi": Unit(Text("亿元", "100m CNY"), ("亿",), {"万元": 1e-4}),
    "household": Unit(Text("户", "households"), (), {"万户": 1e4}),
    "person": Unit(Text("人", "people"), ("人次",), {"万人": 1e4, "万人次": 1e4}),
    "piece": Unit(Text("个", "count"), ("家", "处", "次", "套", "项")),
    "day": Unit(Text("天", "days"), ("日",)),
    "celsius": Unit(same("℃"), ("摄氏度",)),
    "mg/L": Unit(same("mg/L"), ("毫克/升",), {"μg/L": 0.001, "微克/升": 0.001}),
    "uS/cm": Unit(same("μS/cm"), (), {"mS/cm": 1000.0}),
    "NTU": Unit(same("NTU")),
    "cells/L": Unit(same("cells/L"), ("个/L",), {"万个/L": 1e4}),
}

UNIT_LIKE = re.compile(
    r"[十百千万亿]*(元|美元|欧元|港元|人|户|米|里|亩|方|吨|升|克|%|％|‰|m|km|㎡|m2|m3|t|kg|g|mg|μg|ug)(/.+)?", re.I
)


def is_unit(written: str) -> bool:
    """Tell whether what stands in brackets is some unit of measure, and not a remark such as 必填."""
    known = any(unit.factor(written) is not None for unit in UNITS.values())
    return known or UNIT_LIKE.fullmatch(_fold(written)) is not None
