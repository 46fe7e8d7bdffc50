"""The page overview."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("总览", "Overview"),
    icon=":material/dashboard:",
    place=10,
    choices=(),
)
TITLE = Text("总览", "Overview")
