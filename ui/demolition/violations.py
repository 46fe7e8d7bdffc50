"""The page unlawful buildings and renovation."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("拆违与三改", "Unlawful buildings and renovation"),
    icon=":material/domain_disabled:",
    place=50,
    choices=("village",),
)
TITLE = Text("拆违与三改", "Unlawful buildings and renovation")
