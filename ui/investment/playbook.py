"""The page of Playbook."""

from data.text import Text
from ui.page import Page

PAGE = Page(label=Text("项目宝典", "Playbook"), icon=":material/event_note:", place=50)
