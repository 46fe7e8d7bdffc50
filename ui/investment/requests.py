"""The page of Firms' requests."""

from data.text import Text
from ui.page import Page

PAGE = Page(label=Text("暖企服务", "Firms' requests"), icon=":material/support_agent:", place=70)
