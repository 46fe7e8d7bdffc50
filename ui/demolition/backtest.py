"""The page back-test of forecasts."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("预测回测", "Back-test of forecasts"),
    icon=":material/query_stats:",
    place=70,
    choices=("project",),
)
TITLE = Text("预测回测", "Back-test of forecasts")
