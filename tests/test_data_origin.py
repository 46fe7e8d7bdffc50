"""The words by which page and terminal say of which day and of which batches figures are."""

from datetime import date
from pathlib import Path

import pytest

from ui.data_origin import DataOrigin, data_origin_text

ROOT = Path(__file__).parent.parent
JUNE, SEPTEMBER = date(2014, 6, 30), date(2014, 9, 1)


@pytest.mark.parametrize(
    ("as_of", "newest", "batches", "zh", "en"),
    [
        (JUNE, JUNE, (3, 7), "数据截至 2014-06-30 · 批次 3–7", "Data as of 2014-06-30 · Batches 3–7"),
        (JUNE, JUNE, (3, 3), "数据截至 2014-06-30 · 批次 3", "Data as of 2014-06-30 · Batch 3"),
        (
            SEPTEMBER,
            JUNE,
            (3, 7),
            "数据截至 2014-06-30 · 按 2014-09-01 计算 · 批次 3–7",
            "Data as of 2014-06-30 · worked out for 2014-09-01 · Batches 3–7",
        ),
        (SEPTEMBER, None, (None, None), "按 2014-09-01 计算", "worked out for 2014-09-01"),
        (SEPTEMBER, None, (3, 7), "按 2014-09-01 计算 · 批次 3–7", "worked out for 2014-09-01 · Batches 3–7"),
        (None, None, (3, 7), "批次 3–7", "Batches 3–7"),
        (None, None, (None, None), "", ""),
    ],
)
def test_the_day_of_the_data_and_the_day_asked_for_are_told_apart(as_of, newest, batches, zh, en):
    """A later day is named beside the newest date; batches are named where figures come from them."""
    first, last = batches
    said = data_origin_text(DataOrigin(as_of, newest, first, last, is_sample=False))
    assert (said.zh, said.en) == (zh, en)


def test_page_and_terminal_take_these_words_from_one_place():
    """No other module puts them together."""
    users = [f for room in ("ui", "pages") for f in (ROOT / room).rglob("*.py") if "SEEN_FROM" in f.read_text("utf-8")]
    assert sorted(f.relative_to(ROOT).as_posix() for f in users) == ["ui/data_origin.py", "ui/phrases.py"]
