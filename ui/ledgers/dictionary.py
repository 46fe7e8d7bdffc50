"""The page of definitions: its words."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("数据字典", "Data dictionary"),
    icon=":material/menu_book:",
    place=30,
)
TITLE = Text("{ledgers} 本台账、{metrics} 个指标的口径", "{ledgers} ledgers and {metrics} metrics, defined")
LEDGERS, METRICS = Text("台账", "Ledgers"), Text("指标", "Metrics")
