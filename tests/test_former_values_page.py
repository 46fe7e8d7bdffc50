"""The day from which a change holds, through the pages: asked for where it matters, told where it was."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.page_helpers import open_app, open_page_in, page_messages, page_words, run_until_settled
from tests.test_ledger_pages import drop_and_check
from tests.upload_helpers import make_workbook

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

SECTION = "断面编码,断面名称,河道,目标水质\n{section},{name},HJXH,{target}\n"
NORTH, SOUTH = {"section": "HJXH-01", "name": "胡家新河北断面"}, {"section": "HJXH-02", "name": "胡家新河南断面"}
ASKED, ANEW = "变更自哪天起执行", "将按新值重新评价"
FORMER = {
    "water/quality.py": ({"section": "HJXH-01"}, "至 2014-04-30：目标水质 Ⅳ"),
    "water/river.py": ({"river": "HJXH"}, "至 2014-03-31：评价规则 农村黑臭"),
    "water/works.py": ({"work": "W-01"}, "至 2014-05-31：计划工程量 15,500、计划完工 2014-09-30"),
}
CHANGES = (
    ("断面.csv", SECTION.format(**NORTH, target="Ⅲ"), date(2014, 5, 1)),
    ("河道.csv", "河道编码,河道名称,河道等级,水体类型,评价规则\nHJXH,胡家新河,街道级,河流,地表水\n", date(2014, 4, 1)),
    (
        "工程.csv",
        "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
        "W-01,胡家新河清淤,HJXH,清淤,16000,立方米,2013-10-01,2014-12-31\n",
        date(2014, 6, 1),
    ),
)


def warnings_shown(app: AppTest) -> str:
    return "\n".join(page_messages(app, "warning"))


@pytest.mark.quick
def test_the_day_is_asked_for_where_the_file_changes_what_is_judged_by() -> None:
    """A new target asks for the day and names the months at stake until it is given; a new name asks for nothing."""
    app = drop_and_check(open_app("ledgers/update.py"), ("断面.csv", SECTION.format(**SOUTH, target="Ⅲ")))
    [asked] = app.date_input
    assert (asked.label, asked.value) == (ASKED, None)
    assert ANEW in warnings_shown(app)
    run_until_settled(asked.set_value(date(2014, 5, 1)).run())
    assert ANEW not in warnings_shown(app)
    renamed = drop_and_check(open_app("ledgers/update.py"), ("断面.csv", SECTION.format(**SOUTH, target="Ⅳ")))
    assert len(renamed.date_input) == 0


def test_a_workbook_asks_for_the_day_once_for_all_its_parts() -> None:
    """A new target and a new rule in one workbook ask for one day; given, no month is judged anew."""
    rows = (CHANGES[0][1], CHANGES[1][1])
    sections, rivers = ([line.split(",") for line in text.splitlines()] for text in rows)
    app = open_app("ledgers/update.py")
    raw = make_workbook(断面=sections, 河道=rivers)
    app.file_uploader[0].set_value([("名录.xlsx", raw, "application/octet-stream")]).run()
    run_until_settled(app)
    [asked] = app.date_input
    assert ANEW in warnings_shown(app)
    run_until_settled(asked.set_value(date(2014, 5, 1)).run())
    assert ANEW not in warnings_shown(app)
    assert "可以提交" in page_words(app)


def test_a_page_tells_what_held_before() -> None:
    """After a change with a day the pages of the section, of the river and of the work say what held until then."""
    app = open_app("ledgers/update.py")
    for name, content, day in CHANGES:
        drop_and_check(open_page_in(app, "ledgers/update.py"), (name, content))
        run_until_settled(app.date_input[0].set_value(day).run())
        run_until_settled(app.button(key="commit").click().run())
    for file, (link, said) in FORMER.items():
        assert said in page_words(open_page_in(app, file, **link)), file
