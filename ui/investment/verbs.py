"""The page of Seven verbs."""

from data.text import Text
from ui.page import Page

PAGE = Page(label=Text("七字诀", "Seven verbs"), icon=":material/translate:", place=40)
