"""A viewer sees totals: no page of the ledgers, no editing, no household of its own."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from analytics.metrics import METRICS, compute_metric
from data.errors import BadRole, HouseholdsWithheld
from data.roles import SETTING, installed_role
from tests.metric_helpers import load_without_errors
from tests.page_helpers import open_app, open_page_in, page_links, page_messages, page_title, page_words
from ui.data_origin import loader_text
from ui.menu import all_pages

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]


@pytest.fixture
def viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "viewer")


@pytest.mark.quick
def test_a_role_that_there_is_not_is_refused(monkeypatch):
    """A misspelt role is told with those that there are, rather than read as a clerk's."""
    monkeypatch.setenv(SETTING, "veiwer")
    with pytest.raises(BadRole, match=r"veiwer.*clerk, viewer"):
        installed_role()


@pytest.mark.parametrize("name", [name for name, metric in METRICS.items() if metric.query.startswith("demolition.")])
def test_no_result_gives_a_viewer_the_code_of_a_household(sample_store, name):
    """Whatever a metric of demolition says, a viewer finds no code of a household in any of its columns."""
    with sample_store.read() as con:
        codes = {code for (code,) in con.execute("SELECT household_id FROM household").fetchall()}
        if METRICS[name].is_by_household:
            with pytest.raises(HouseholdsWithheld):
                compute_metric(con, name, None, "viewer")
            return
        rows = compute_metric(con, name, None, "viewer").rows
    words = {
        word for column in rows for cell in rows[column].dropna() for word in re.split(r"[\s,、，。；（）]+", str(cell))
    }
    assert not words & codes


def test_groups_are_as_large_for_viewers_in_every_breakdown(sample_store):
    """No group that a viewer reads of is of one or two households, in any metric that merges its groups."""
    with sample_store.read() as con:
        for name, metric in METRICS.items():
            if metric.small_cells:
                rows = compute_metric(con, name, None, "viewer").rows
                groups = rows[rows[metric.small_cells.group].notna()]
                wholes = groups.groupby([*metric.small_cells.whole], dropna=False) if metric.small_cells.whole else None
                split = groups if wholes is None else groups[wholes[metric.small_cells.total].transform("size") > 1]
                assert not split[metric.small_cells.total].between(1, 2).any(), name


def test_who_acknowledged_an_alert_is_for_clerks(store):
    """The ledger of acknowledgements is withheld from viewers, and so is its name where alerts tell it."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR1,清河,村级,河流\n")
    load_without_errors(
        store,
        "source",
        "污染源编码,污染源名称,类型,河道,整治状态,发现日期,限期\nS1,某店,洗车,R1,整治中,2014-01-01,2014-05-31\n",
    )
    load_without_errors(
        store, "alert_acknowledgement", "提醒类型,事项类别,事项编号,确认时的数据日期\n逾期,污染源,S1,2014-06-10\n"
    )
    with store.read() as con:
        [known] = compute_metric(con, "alerts", date(2014, 6, 12), rule="逾期").rows["acknowledged_by"]
        [row] = compute_metric(con, "alerts", date(2014, 6, 12), "viewer", rule="逾期").rows.to_dict("records")
    assert known
    assert row["acknowledged_by"] is None
    assert row["acknowledged_at"] is not None


@pytest.mark.quick
def test_who_loaded_a_batch_is_for_clerks(monkeypatch):
    """On a sheet, on paper and above a page of then a viewer reads 经办人 for the name; the sample stays the sample."""
    assert loader_text("张三").zh == "张三"
    monkeypatch.setenv(SETTING, "viewer")
    assert [loader_text(who).zh for who in ("张三", "示例")] == ["经办人", "示例"]


CLOSED = [page for page in all_pages() if page.page.is_for_clerks]


@pytest.mark.no_cover
@pytest.mark.parametrize("file", [page.file for page in all_pages() if page not in CLOSED])
def test_no_page_leads_a_viewer_to_one_that_is_closed_to_him(file, viewer):
    """Neither a page nor what can be unfolded or opened at its side links to the pages of the ledgers."""
    app = open_app(file)
    here = {choices["open"]: choices for link in page_links(app) if (choices := _choices_here(link)).get("open")}
    sheets = [choices for link in page_links(app) if "figure" in (choices := _choices_here(link))][:1]
    for choices in ({}, *here.values(), *sheets):
        open_page_in(app, file, **choices)
        assert not app.exception, choices
        led = {urlsplit(link).path for link in page_links(app)}
        assert page_title(app), choices
        assert not led & {page.url for page in CLOSED}, choices


def _choices_here(href: str) -> dict[str, str]:
    """Return the choices in an address of the page itself; none in that of another."""
    address = urlsplit(href)
    return {} if address.path else dict(parse_qsl(address.query))


@pytest.mark.parametrize("page", ["ledgers/update.py", "ledgers/history.py"])
def test_a_viewer_is_kept_off_the_pages_of_the_ledgers(page, viewer):
    """The address of the clerk's pages says in a sentence that this server is for viewing, and offers nothing."""
    app = open_app(page)
    assert any("只供查看" in said for said in page_messages(app, "error"))
    assert not app.button
    assert not app.get("file_uploader")


def test_a_viewer_reads_the_pages_of_figures(viewer):
    """The cockpit and a page of figures open as for a clerk."""
    assert page_title(open_app("overview/cockpit.py"))
    assert "修改" not in page_words(open_app("investment/playbook.py"))


@pytest.mark.parametrize("project", ["DEM-S1", "DEM-S3"])
def test_a_viewer_reads_the_difficulties_of_one_project(project, viewer):
    """Its kinds are not told apart for viewers: the page has their sum, and no heading that promises a list."""
    app = open_app("demolition/difficulties.py", project=project, open="petitions")
    assert not app.exception
    assert "个难题办成什么样" in page_words(app)
    assert "最急的在前" not in page_words(app)
    assert "PET-0" not in page_words(app)


def test_a_viewer_is_not_told_who_is_last_where_villages_are_merged(viewer):
    """The title names the places of the villages that are listed; those that are merged may be the last ones."""
    title = page_title(open_app("demolition/villages.py"))
    assert "并入“其他”" in title
    assert "末位" not in title


def test_a_village_that_is_merged_has_no_households_of_its_own_for_viewers(viewer):
    """Its page shows the assessment, neither its households in a project nor what was published of them."""
    app = open_app("demolition/villages.py", village="V-E")
    assert "查看角色不单独列出示例村E" in page_title(app)
    assert "51 / 52" not in page_words(app)
    assert "通报批评" in page_words(app)


def test_a_clerk_may_do_both():
    assert "只供查看" not in page_words(open_app("ledgers/update.py"))
    assert any("edit" in link for link in page_links(open_app("investment/playbook.py")))
