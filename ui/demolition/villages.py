"""The page village assessment."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("村社考核", "Village assessment"),
    icon=":material/leaderboard:",
    place=60,
    choices=("village",),
)
TITLE = Text("村社考核", "Village assessment")
