"""The clerk's page; what it is made of stands in ui/upload/."""

from data.text import Text
from ui.page import Page

PAGE = Page(
    label=Text("数据更新", "Update data"),
    icon=":material/upload_file:",
    place=10,
    is_for_clerks=True,
    choices=("ledger", "files", "section", "water_type"),
)
