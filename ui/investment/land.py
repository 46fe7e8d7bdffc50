"""The page of Land and idle resources."""

from data.text import Text
from ui.page import Page

PAGE = Page(label=Text("土地与闲置资源", "Land and idle resources"), icon=":material/landscape:", place=60)
