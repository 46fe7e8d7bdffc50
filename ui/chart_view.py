"""A Plotly figure as a block of a page."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
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

TEMPLATES = {"template", "hovertemplate", "texttemplate"}  # of the house: Plotly's marks count in them


def plain_chart_text(words: str) -> str:
    """Return words that a chart shows as their characters: Plotly takes <a>, <b>, <br> for marks; lines stay lines."""
    return escape(words, quote=False).replace("\n", "<br>")


def _with_plain_text(part: Any) -> Any:
    """Return a part of a figure with every text in it, name, value of an axis or label, as its characters."""
    match part:
        case str():
            return plain_chart_text(part)
        case dict():
            return {name: value if name in TEMPLATES else _with_plain_text(value) for name, value in part.items()}
        case list() | tuple():
            return [_with_plain_text(value) for value in part]
        case np.ndarray() if part.dtype == object:
            return [_with_plain_text(value) for value in part.tolist()]
    return part


def chart_block(figure: go.Figure, key: str, alt: Text) -> Chart:
    """Return a finished figure, with a sentence for those who cannot see it."""
    config: dict[str, object] = {"displayModeBar": False, "typesetMath": False}
    if reader_language() == "zh":
        config |= {"locale": "zh-CN", "locales": {"zh-CN": PLOTLY_LOCALE}}
    return Chart(go.Figure(_with_plain_text(figure.to_dict())), key, t(alt), config)
