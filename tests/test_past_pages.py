"""Pages as they stood after a batch: the address asks for it, a notice says so, and links carry it on."""

import pytest

from tests.page_helpers import open_app, page_html, page_links, page_title, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]
EARLY = "30"  # a batch of the 示例 ledgers before those of the households that are to sign


@pytest.mark.quick
def test_a_page_shows_how_things_stood(page_database):
    """After an early batch the cockpit lacks what came later, says so above its title, and leads back to now."""
    past, now = open_app("overview/cockpit.py", after_batch=EARLY), open_app("overview/cockpit.py")
    assert not past.exception
    assert f"这里是批次 {EARLY}（" in page_words(past)
    assert page_title(past) != page_title(now)
    back = page_html(past).select_one(".fl-notice a")
    assert back is not None
    assert "after_batch" not in str(back["href"])
    assert "after_batch" not in "".join(page_links(now))


def test_links_carry_the_batch_on(page_database):
    """Every link to another page keeps showing the ledgers as they stood, in the reader's language and of his day."""
    past = open_app("overview/cockpit.py", "en", after_batch=EARLY, as_of="2014-06-30")
    assert "This is how things stood after batch 30" in page_words(past)
    others = [href for href in page_links(past) if "lang=" in href and "as_of=" in href]
    back = page_html(past).select_one(".fl-notice a")
    assert back is not None
    assert {href for href in others if f"after_batch={EARLY}" not in href} == {str(back["href"])}


@pytest.mark.parametrize("asked", ["999", "abc", "0", "-3", "1" * 30])
def test_a_batch_that_is_none_is_told(page_database, asked):
    """An address that asks for a batch that is not there shows the figures of now, and says so."""
    app = open_app("overview/cockpit.py", after_batch=asked)
    assert not app.exception
    assert "显示现在的数字" in page_words(app)
    assert page_title(app) == page_title(open_app("overview/cockpit.py"))


def test_what_there_was_not_yet_is_told_as_such(page_database):
    """After a batch before it a parcel was not there yet; one that never was is unknown now."""
    past = open_app("investment/land.py", parcel="LAND-S07", after_batch="29")
    assert "那时还没有这个地块：LAND-S07。" in page_words(past)
    assert "没有这个地块：NOPE。" in page_words(open_app("investment/land.py", parcel="NOPE"))
