"""Lengths of reaches as they are registered, and as their courses measure."""

from __future__ import annotations

import pytest

from analytics.metrics import compute_metric
from data.store import Store
from tests.upload_helpers import load_content

RIVER = "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流\n"
REACHES = (
    "河段编码,河段名称,河道,长度,走向,坐标系\n"
    "A,甲,R-1,1.1,121.55 29.93; 121.55 29.94,WGS84\n"
    "B,乙,R-1,1.5,121.55 29.94; 121.55 29.95,WGS84\n"
    "C,丙,R-1,1,,\n"
    "D,丁,R-1,,121.55 29.95; 121.55 29.96,WGS84\n"
)


def test_the_new_river_of_hujia_is_as_long_as_it_is_said_to_be(sample_store: Store) -> None:
    """胡家新河 runs 1.66 km through its two villages, by its courses within one per cent of that."""
    with sample_store.read() as con:
        rows = compute_metric(con, "course_length", river="胡家新河").rows
    assert list(rows["village"].sort_values()) == ["灵山村", "胡家村"]
    assert rows["measured_length"].sum() == pytest.approx(1.66, rel=0.01)


def test_a_reach_is_doubtful_by_what_its_course_measures(store: Store) -> None:
    """A tenth is the limit; without a course or a registered length nothing is said."""
    load_content(store, "river", RIVER)
    load_content(store, "reach", REACHES)
    with store.read() as con:
        rows = compute_metric(con, "course_length").rows.set_index("reach")
    assert rows["is_doubtful"].to_dict() == {"乙": True, "甲": False, "丙": None, "丁": None}
    assert rows.at["乙", "measured_length"] == pytest.approx(1.109, abs=0.001)
    assert rows["measured_length"].isna().to_dict() == {"乙": False, "甲": False, "丙": True, "丁": False}
