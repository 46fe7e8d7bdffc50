"""The colours of the house; a colour never stands without its numeral, sign or word."""

from __future__ import annotations

CLASS_NAMES = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
WORST_RANK = len(CLASS_NAMES)
CLASS_COLOURS = {
    "Ⅰ": "#1F6FD1",
    "Ⅱ": "#1F6FD1",
    "Ⅲ": "#2EA66B",
    "Ⅳ": "#F2D21B",
    "Ⅴ": "#F08A00",
    "劣Ⅴ": "#C8102E",
}
MISSING_COLOUR = "#9AA5B1"
DARK_TEXT, LIGHT_TEXT = "#1B2733", "#FFFFFF"
CLASS_TEXT = {name: DARK_TEXT if name in ("Ⅲ", "Ⅳ", "Ⅴ") else LIGHT_TEXT for name in CLASS_NAMES}

STATUS_COLOURS = {
    "正常": "#009E73",
    "滞后": "#F0E442",
    "严重滞后": "#D55E00",
    "已逾期": "#C0392B",
    "待上报": "#56B4E9",
    "已完成": "#0072B2",
    "无数据": MISSING_COLOUR,
}
STATUS_SIGNS = {"正常": "●", "滞后": "▲", "严重滞后": "■", "已逾期": "◆", "待上报": "○", "已完成": "✓", "无数据": "–"}

# how near a deadline is: red, orange, yellow and green as on the countdown boards, dark enough for 3:1 on either
# ground, and never in one legend with the lights
COUNTDOWN_COLOURS = {"已超时": "#E03131", "告急": "#D9480F", "临近": "#B08900", "提醒": "#2B8A3E"}

STREAM_COLOURS = {"water": "#1F6FD1", "investment": "#7A5195", "demolition": "#B5651D"}
PLAN_COLOUR = "#5C6B7A"


def rgba_bytes(colour: str, alpha: int = 255) -> list[int]:
    """Return a #RRGGBB colour as the list of four bytes that map layers take."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]
