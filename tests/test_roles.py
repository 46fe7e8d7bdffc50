"""A viewer sees totals: no page of the ledgers, no editing, no household of its own."""

from __future__ import annotations

import pytest

from data.errors import BadRole
from data.roles import SETTING, installed_role
from tests.page_helpers import open_app, page_links, page_messages, page_title, page_words

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


def test_a_clerk_may_do_both():
    assert "只供查看" not in page_words(open_app("ledgers/update.py"))
    assert any("edit" in link for link in page_links(open_app("investment/playbook.py")))
