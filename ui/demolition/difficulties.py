"""The page difficulties and visits."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("难题与走访", "Difficulties and visits"),
    icon=":material/support_agent:",
    place=30,
    choices=("project", "household"),
)
TITLE = Text("难题与走访", "Difficulties and visits")
