"""The funnel: the stages as bars and the projects of a stage."""

from __future__ import annotations

import pytest

from tests.metric_helpers import load_without_errors, metric_result
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui.investment import funnel
from ui.investment.project_rows import NO_STAGE
from ui.page import PageRequest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "investment/funnel.py"
PROJECTS = "项目编码,项目名称,项目类别,总投资\n"


@pytest.mark.quick
def test_every_stage_leads_to_its_projects() -> None:
    """Each of the 13 stages at which a project stands is a link, and so is each project under way."""
    app = open_app(FILE)
    assert page_title(app).startswith("17 个在推进的项目总投资 41.13 亿元，最多的停在“拿地”（4 个")
    assert len(page_html(app).select(".fl-bars a")) == 13
    assert "investment-project?project=INV-S07" in page_links(app)


def test_a_project_without_a_stage_is_named_and_leads_nowhere(store) -> None:
    """Projects of which no stage is on record are counted under these words, without a link to a stage."""
    load_without_errors(store, "investment_project", PROJECTS + "INV-1,项目一,供地类,100\n")
    stages = metric_result(store, "pipeline_stages", "2014-06-30").rows
    with store.read() as con:
        shown = funnel.stage_bars(PageRequest(con), stages).markup
    assert NO_STAGE.zh in shown
    assert "stage=" not in shown


def test_a_stage_of_the_link_shows_its_projects() -> None:
    """?stage= lists the projects of one stage, ended ones too; one that is none is told."""
    assert [row[0] for row in list_rows(open_app(FILE, stage="终止"))] == ["示例项目申"]
    assert "没有这个阶段：NOPE。" in page_words(open_app(FILE, stage="NOPE"))
