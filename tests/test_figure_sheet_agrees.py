"""Every figure of a page stands in the sheet that it opens: in its worked lines, or among its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from streamlit.testing.v1 import AppTest

from tests.page_helpers import LOOSE, open_app, open_page_in, page_html
from ui.menu import all_pages, page_url

pytestmark = [pytest.mark.slow, pytest.mark.no_cover, pytest.mark.usefixtures("page_database")]

NUMBER = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d[\d,]*(?:\.\d+)?")
PAGES: list[tuple[str, dict[str, str]]] = [
    (page.file, {}) for page in all_pages() if page.page.place and page.shows_figures
]
NARROWED = [
    ("demolition/signing.py", {"project": "DEM-S1"}),
    ("demolition/difficulties.py", {"project": "DEM-S1"}),
    ("investment/playbook.py", {"project": "INV-S09"}),
    ("investment/project.py", {"project": "INV-S09"}),
    ("water/plants.py", {"plant": "PLANT-2"}),
    ("water/works.py", {"work": "W-07"}),
    ("water/issues.py", {"river": "SL2"}),
    ("water/river.py", {"river": "SL2"}),
    ("demolition/violations.py", {"village": "V-A"}),
    ("overview/map.py", {"river": "SL2"}),
    ("overview/owners.py", {"owner": "征地拆迁办公室"}),
    ("overview/ranking.py", {"village": "V-A"}),
]
OF_PROJECT = "playbook_punctuality:project_id:INV-S09"
# figures that do not stand in their sheets as they are printed, by page and metric, and why
EXCEPTIONS = {
    ("water/saving.py", "saving_estimate"): "an estimate is printed in tens, so that it promises no more than it knows",
}


def figures_of(html: BeautifulSoup, here: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each figure that opens its sheet here and what is printed of it; of a list one row a metric."""
    tried: dict[tuple[str, int], Tag] = {}
    for place in html.select("a.fl-figure"):
        address = urlsplit(str(place["href"]))
        if address.path not in ("", here):
            continue  # opens the sheet of another page, where it is tried
        [code] = parse_qs(address.query)["figure"]
        row = place.find_parent("tr")
        metric = (code.partition(":")[0], id(place.find_parent("table")))
        if row is None or tried.setdefault(metric, row) is row:
            yield code, place.get_text(" ").translate(LOOSE)


def stands_in(number: str, told: set[str]) -> bool:
    """Tell whether a number is told as it is printed, or with more decimals than it is printed with."""
    if number in told or "-" in number:
        return number in told
    plain, known = number.replace(",", ""), [each.replace(",", "") for each in told if "-" not in each]
    decimals = len(plain.partition(".")[2])
    finer = (float(each) for each in known if len(each.partition(".")[2]) > decimals)
    step = 10.0**-decimals
    return float(plain) in map(float, known) or any(
        -step / 2 <= round(each - float(plain), 9) < step for each in finer
    )  # never rounded up to a whole


def told_numbers(sheet: Tag) -> set[str]:
    """Return the numbers and days in the worked lines and the facts of a sheet."""
    said = " ".join(each.get_text(" ").translate(LOOSE) for each in sheet.select(".fl-worked, .fl-facts"))
    return set(NUMBER.findall(said))


def contradictions(app: AppTest, file: str, link: dict[str, str]) -> Iterator[str]:
    """Yield the figures of a page that do not stand in the sheets that they open."""
    html = page_html(open_page_in(app, file, **link))
    sheets: dict[str, set[str] | None] = {}
    for code, printed in list(figures_of(html, "./" if file == all_pages()[0].file else page_url(file))):
        if code not in sheets:
            opened = page_html(open_page_in(app, file, **link, figure=code))
            sheet = (
                None if opened.select(".fl-notice") and not html.select(".fl-notice") else opened.select_one("aside")
            )
            sheets[code] = told_numbers(sheet) if sheet else None
        told = sheets[code]
        if (file, code.partition(":")[0]) in EXCEPTIONS and told:
            continue
        if told is None:
            yield f"{file} {code}: {printed}: no sheet"
        elif missing := [number for number in NUMBER.findall(printed) if not stands_in(number, told)]:
            yield f"{file} {link or ''} {code}: {printed}: {missing} not in {sorted(told)}"


@pytest.mark.quick
def test_the_card_of_one_project_opens_the_sheet_of_that_project() -> None:
    """What is on time of one playbook is worked out of its own two counts, and the row that counts is its own."""
    app = open_app("investment/playbook.py", project="INV-S09")
    html = page_html(open_page_in(app, "investment/playbook.py", project="INV-S09", figure=OF_PROJECT))
    sheet = html.select_one("aside")
    [printed] = {text for code, text in figures_of(html, page_url("investment/playbook.py")) if code == OF_PROJECT}
    assert sheet is not None
    assert f"= {printed}" in sheet.get_text(" ").translate(LOOSE)
    assert len(sheet.select("tbody tr")) == 1


@pytest.mark.parametrize(("file", "link"), [*PAGES, *NARROWED], ids=lambda each: str(each))
def test_every_figure_stands_in_its_sheet(file: str, link: dict[str, str]) -> None:
    """What a page prints as a figure is what the sheet that it opens works out, or has among its facts."""
    found = list(contradictions(open_app(file, **link), file, link))
    assert not found, "\n".join(found)
