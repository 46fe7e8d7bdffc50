"""A Plotly figure as a block of a page."""

from __future__ import annotations

import plotly.graph_objects as go

from data.text import Text
from ui.blocks import Chart
from ui.preferences import reader_language, t

PLOTLY_LOCALE = {
    "moduleType": "locale",
    "name": "zh-CN",
    "dictionary": {},
    "format": {
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        "months": [f"{m}月" for m in range(1, 13)],
        "shortMonths": [f"{m}月" for m in range(1, 13)],
        "date": "%Y-%m-%d",
    },
}


def chart_block(figure: go.Figure, key: str, alt: Text) -> Chart:
    """Return a finished figure, with a sentence for those who cannot see it."""
    config: dict[str, object] = {"displayModeBar": False}
    if reader_language() == "zh":
        config |= {"locale": "zh-CN", "locales": {"zh-CN": PLOTLY_LOCALE}}
    return Chart(figure, key, t(alt), config)
