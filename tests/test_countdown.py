"""How near a deadline is: words apart from the lights, by a rule that is data."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.countdown import countdown_level, countdown_rule_sentence
from data.words import COUNTDOWNS
from ui import colours
from ui.markup import countdown_mark
from ui.preferences import Reader, reading_as

DAY = date(2014, 6, 30)


@pytest.mark.parametrize(
    ("days_left", "level"),
    [(-1, "已超时"), (0, "告急"), (3, "告急"), (4, "临近"), (5, "临近"), (7, "提醒"), (8, None), (None, None)],
)
def test_the_countdown_steps_at_three_five_and_seven_days(days_left, level):
    """Past its deadline, at most 3, 5 and 7 days left have each a word; further away there is none."""
    assert countdown_level(days_left, DAY) == level


def test_the_rule_of_the_countdown_is_told():
    """The sentence names each level with its days, in both languages."""
    said = countdown_rule_sentence(DAY)
    assert said.zh == "倒计时：已超时 期限已过，告急 ≤ 3 天、临近 ≤ 5 天、提醒 ≤ 7 天"
    assert said.en == "Countdown: Time is up past the deadline, Imminent ≤ 3 days, Near ≤ 5 days, Coming up ≤ 7 days"


def test_the_colours_of_the_countdown_are_none_of_the_lights():
    """Each word has a colour of its own, which no light and no class of water has; a day far off has no mark."""
    own = colours.COUNTDOWN_COLOURS
    assert set(own) == {word.value for word in COUNTDOWNS}
    assert not set(own.values()) & {*colours.STATUS_COLOURS.values(), *colours.CLASS_COLOURS.values()}
    with reading_as(Reader()):
        assert "告急" in countdown_mark("告急")
        assert countdown_mark(None) == ""
