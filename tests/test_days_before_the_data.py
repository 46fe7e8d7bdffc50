"""Every page on a day before all data, far after them, and without any: it opens."""

from __future__ import annotations

import pytest

from tests.page_helpers import open_app, page_messages, page_title, page_words
from ui.menu import MenuPage, all_pages
from ui.store import close_shared_store

pytestmark = [pytest.mark.slow, pytest.mark.no_cover, pytest.mark.usefixtures("page_database")]


@pytest.mark.parametrize("day", ["1900-01-01", "2100-12-31"])
@pytest.mark.parametrize("page", all_pages(), ids=lambda p: p.url)
def test_a_page_opens_on_a_day_without_data(page: MenuPage, day: str) -> None:
    """On a day before the first row or long after the last, every page has its title and no failure."""
    app = open_app(page.file, as_of=day)
    assert not app.exception
    assert not page_messages(app, "error")
    assert page_title(app)


@pytest.mark.quick
def test_the_cockpit_opens_before_all_data() -> None:
    """On a day before the first row the first page says what it can and does not fail."""
    assert page_title(open_app("overview/cockpit.py", as_of="2001-01-01"))


@pytest.mark.parametrize("file", ["overview/briefing.py", "overview/reporting.py", "overview/ranking.py"])
def test_a_day_before_the_data_is_no_empty_house(file: str) -> None:
    """Where there are batches, an early day is told by name: neither that there are no data yet, nor no duties."""
    said = page_words(open_app(file, as_of="2013-01-01"))
    assert "截至 2013-01-01 " in said.replace("\u2011", "-")
    assert "还没有数据。" not in said
    assert "还没有登记" not in said


@pytest.mark.parametrize("page", all_pages(), ids=lambda p: p.url)
def test_a_page_opens_without_any_data(
    page: MenuPage, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an empty database every page has its title and no failure."""
    monkeypatch.setenv("FRONTLINE_DB", str(tmp_path_factory.mktemp("empty") / "empty.duckdb"))
    monkeypatch.setenv("FRONTLINE_SAMPLE", "0")
    app = open_app(page.file)
    close_shared_store()
    assert not app.exception
    assert not page_messages(app, "error")
    assert page_title(app)
