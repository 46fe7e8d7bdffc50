"""The page legal steps."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("法定节点", "Legal steps"),
    icon=":material/gavel:",
    place=40,
    choices=("project",),
)
TITLE = Text("法定节点", "Legal steps")
