"""One thing is called by one word on every page, in every paper and in every list of words."""

from __future__ import annotations

import re

from tests.source_phrases import sources

# 信息过期 is a state of signboards, 过期限 is 过 with its object
PAST_ITS_DAY = re.compile("(?<!信息)(?<!超)过期(?!限)")
OF_OTHERS = re.compile(
    '(用地|土地)超期|超期(未动工|一年|一到两年|两年|天数|或闲置)|不算超期|"超期"|超期未走访|违规 = 超期'
)


def test_what_is_past_its_due_day_is_called_by_one_word():
    """It is 逾期; 超期 is the word of the field for plots of land, for visits and for a step of the law taken late."""
    others = {
        f"{path.name}: {line.strip()}"
        for path in sources("data", "analytics", "ui", "pages")
        for line in path.read_text(encoding="utf-8").splitlines()
        if PAST_ITS_DAY.search(line) or "超期" in OF_OTHERS.sub("", line)
    }
    assert others == set()
