"""The funnel: the stages as bars with what goes on and how long it takes, the cohorts, the projects of either."""

from __future__ import annotations

import pytest

from tests.metric_helpers import load_without_errors, metric_result
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui import formats
from ui.investment import funnel, funnel_cards
from ui.investment.project_rows import NO_STAGE
from ui.page import PageRequest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "investment/funnel.py"
PROJECTS = "项目编码,项目名称,项目类别,总投资\n"


@pytest.mark.quick
def test_the_title_says_which_stage_is_hardest_to_pass(sample_store) -> None:
    """It is the stage with the lowest share that went on, with both counts, and its row alone bears the mark."""
    app = open_app(FILE)
    rates = metric_result(sample_store, "stage_conversion", is_total="True").rows.dropna(subset="rate")
    lowest = rates.loc[rates["rate"].astype(float).idxmin()]
    known, moved_on = int(lowest["known"]), int(lowest["moved_on"])
    assert page_title(app).startswith(
        f"最难走过的阶段是“{lowest['stage']}”：已有结果的 {known} 个中 {moved_on} 个进入下一阶段"
    )
    assert [row[0] for row in list_rows(app) if "转化最低" in row[3]] == [lowest["stage"]]


def test_every_stage_shows_its_projects_its_money_what_goes_on_and_how_long(sample_store) -> None:
    """Each of the 13 stages at which a project stands is a link to its projects; what is shown is what is worked "
    "out."""
    app = open_app(FILE)
    rows = {row[0]: row[1:] for row in list_rows(app)}
    assert len(rows) == len(page_html(app).select(".fl-funnel tbody a:not(.fl-figure)")) == 13
    days = {row["stage"]: row for row in metric_result(sample_store, "time_in_stage").rows.to_dict("records")}
    for row in metric_result(sample_store, "pipeline_stages").rows.to_dict("records"):
        assert rows[row["stage"]][0] == f"{row['projects']} 个"
        assert rows[row["stage"]][1] == formats.format_money(row["investment"]).zh
    assert rows["拿地"][3].startswith(f"半数 {days['拿地']['median_days']:.0f} 天，85 % ")
    assert rows["投产纳统"][2:] == ["", ""]
    assert not app.get("plotly_chart")


def test_cohorts_lead_to_their_projects(sample_store) -> None:
    """The newest quarter is below the sum of all; its link lists its projects, and each of these is a link."""
    app = open_app(FILE)
    rows = list_rows(app, 1)
    whole = metric_result(sample_store, "cohort_rates", is_total="True").rows.iloc[0]
    assert rows[0][0] == "全部签约项目"
    assert rows[0][1].startswith(f"{whole['projects']} 个 · {formats.format_money(whole['investment']).zh}")
    assert rows[1][:2] == ["2014 年 2 季度", "3 个 · 1.42 亿元"]
    assert "?cohort=2014-04-01" in page_links(app)
    cohort = open_app(FILE, cohort="2014-04-01")
    assert sorted(row[0] for row in list_rows(cohort, 1)) == sorted(["示例项目丑", "示例项目卯", "示例项目辰"])
    assert "investment-project?project=INV-S14" in page_links(cohort)
    assert "没有这个签约季度：1999-01-01。" in page_words(open_app(FILE, cohort="1999-01-01"))


def test_the_cards_say_what_is_open_and_lead_behind_it() -> None:
    """Open in number and money, weighted, a day, coverage; three open folded parts, the last the overview."""
    app = open_app(FILE)
    cards = page_html(app).select(".fl-card")
    said = [card.get_text(" ", strip=True) for card in cards]
    assert [text.split(" ")[0] for text in said] == ["在谈项目", "加权储备额", "签约速度", "签约目标的储备倍数"]
    hrefs = [str(card["href"]) for card in page_html(app).select(".fl-card .fl-behind")]
    assert [href.rpartition("open=")[2] for href in hrefs[:3]] == ["flow", "weighted", "weighted"]
    assert "investment-overview" in hrefs[3] or hrefs[3].startswith("./")


def test_the_flow_is_told_with_its_period(sample_store) -> None:
    """It begins with the target's period; what was open, what came and what went stand with their signs."""
    said = page_words(open_app(FILE, open="flow"))
    assert "2014-01-01（协议投资额目标期开始）至 2014-06-30" in said
    rows = {row["step"]: row for row in metric_result(sample_store, "pipeline_flow").rows.to_dict("records")}
    for step, sign in (("期初在谈", ""), ("正式签约", "−"), ("期末在谈", "")):
        money = formats.format_money(abs(rows[step]["investment"])).zh
        assert f"{sign}{abs(rows[step]['projects'])} 个 · {sign}{money}" in said


@pytest.mark.parametrize("part", ["weighted", "tracks", "cohorts", "repeated", "all"])
def test_every_part_opens_in_both_languages(part) -> None:
    """A folded part opens, in Chinese without English words and in English without Chinese ones in its heading."""
    for language in ("zh", "en"):
        app = open_app(FILE, language, open=part)
        assert not app.exception
        opened = page_html(app).select("a[aria-expanded=true]")
        assert len(opened) == 1


def test_contracts_that_look_alike_are_in_the_title_and_lead_to_their_list(store) -> None:
    """Two contracts alike by name are counted in a line that opens their list, each a link; without any it is "
    "said."""
    load_without_errors(store, "investment_project", PROJECTS + "A,大厦,供地类,1000\nB,大厦项目,供地类,3000\n")
    load_without_errors(store, "stage_event", "项目,阶段,进入日期\nA,正式签约,2014-01-01\nB,正式签约,2014-02-01")
    repeated = metric_result(store, "repeated_signings", "2014-06-30")
    assert funnel.repeated_sentence(repeated.rows).zh == "1 组疑似重复签约，重复计 3,000 万元"
    assert funnel.repeated_sentence(repeated.rows.iloc[:0]).zh.startswith("没有投资方和金额相同")
    with store.read() as con:
        request = PageRequest(con)
        assert "open=repeated" in funnel.repeated_notice(request, repeated.rows).markup
        assert "project=B" in funnel.repeated_list(repeated).markup


def test_too_little_to_say_where_projects_are_lost_is_said(store) -> None:
    """With one project in talks no stage has enough: the title says so, the cards say 样本不足 and give no figure."""
    load_without_errors(store, "investment_project", PROJECTS + "A,甲,供地类,1000")
    load_without_errors(store, "stage_event", "项目,阶段,进入日期\nA,洽谈,2014-01-01")
    names = ("stuck_projects", "pipeline_stages", "stage_conversion", "time_in_stage", "repeated_signings")
    projects, stages, conversion, times, repeated = (metric_result(store, name, "2014-06-30").rows for name in names)
    rows = funnel.joined_stages(stages, conversion, times)
    assert funnel.title_sentence(projects, rows, repeated).zh.startswith(
        "样本不足，说不出哪个阶段最难走过；在推进的 1 个项目最多停在“洽谈”"
    )
    weighted, velocity, coverage = (
        metric_result(store, name, "2014-06-30")
        for name in ("weighted_pipeline", "pipeline_velocity", "target_coverage")
    )
    with store.read() as con:
        cards = funnel_cards.funnel_cards(PageRequest(con), weighted, velocity, coverage)
    assert [card.value.zh for card in cards] == ["1 个 · 1,000 万元", "样本不足", "样本不足", "–"]
    assert cards[3].below[0].zh == "没有下达目标"


def test_a_project_without_a_stage_is_named_and_leads_nowhere(store) -> None:
    """Projects of which no stage is on record are counted under these words, without a link to a stage."""
    load_without_errors(store, "investment_project", PROJECTS + "INV-1,项目一,供地类,100\n")
    names = ("pipeline_stages", "stage_conversion", "time_in_stage")
    stages, conversion, times = (metric_result(store, name, "2014-06-30") for name in names)
    rows = funnel.joined_stages(stages.rows, conversion.rows, times.rows)
    with store.read() as con:
        shown = funnel.stage_picture(PageRequest(con), stages, rows).markup
    assert NO_STAGE.zh in shown
    assert "stage=" not in shown


def test_a_stage_of_the_link_shows_its_projects() -> None:
    """?stage= lists the projects of one stage, ended ones too; one that is none is told."""
    assert "示例项目申" in page_words(open_app(FILE, stage="终止"))
    assert "没有这个阶段：NOPE。" in page_words(open_app(FILE, stage="NOPE"))
