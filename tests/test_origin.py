"""Whose figures are these? The badge and the batches of a page are those of every ledger that its figures come from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.datasets import DATASETS
from data.ingest import loader, sample
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.sample import FOLDER
from tests.page_helpers import open_app, page_html, page_title, page_words
from ui import formats
from ui.page import PAGES_FOLDER
from ui.store import close_shared_store, shared_store

SHELL = PAGES_FOLDER.parent / "ui" / "shell.py"
LOOSE = str.maketrans({formats.NO_BREAK_SPACE: " ", formats.NO_BREAK_HYPHEN: "-", formats.WORD_JOINER: ""})
READINGS = "断面,监测时间,监测项目,监测值\nHJXH-01,2014-07-01 08:00,DO,8\nHJXH-01,2014-07-01 08:00,NH3N,0.1\n"


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test an empty database of its own."""
    monkeypatch.setenv("FRONTLINE_DB", str(tmp_path / "own.duckdb"))
    monkeypatch.setenv("FRONTLINE_SAMPLE", "0")
    yield
    close_shared_store()


def load_sample(*ledgers: str) -> None:
    for name in ledgers:
        file = reader.upload_from_path(FOLDER / f"{name}.csv")
        assert loader.load_file(shared_store(), DATASETS[name], file, sample.WHO).errors == []


def load(name: str, lines: str) -> int:
    """Load rows of a clerk and return their batch."""
    report = loader.load_file(
        shared_store(), DATASETS[name], reader.make_upload("台账.csv", lines.encode()), Who("测试员")
    )
    assert report.errors == []
    assert report.batch is not None
    return report.batch


def opened(page: str, **link: str) -> AppTest:
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    return app.run().switch_page(str(PAGES_FOLDER / page)).run()


def test_a_real_reading_against_a_target_of_the_samples_bears_the_badge():
    """Two real readings keep the 示例 target of a 示例 section: the page is marked, 口径 names the section's batch."""
    load_sample("village", "river", "reach", "section")
    batch = load("reading", READINGS)
    app = open_app("water/quality.py", open="formula")
    assert not app.exception
    said = page_words(app)
    assert "1 / 1 个断面" in said
    badge, line = (page_html(app).select_one(f".fl-meta {part}") for part in (".fl-badge", ".fl-origin"))
    assert (badge.text, line.text.translate(LOOSE)) == ("示例数据", f"数据截至 2014-07-01 · 批次 2–{batch}")
    [explained] = (h.find_next_siblings("p", limit=2) for h in page_html(app).select("h3") if h.text == "断面达标率")
    assert (
        f"河道名录、监测断面、水质监测数据、河道名录·变更前、监测断面·变更前 · 数据截至 2014-07-01 · 批次 2–{batch}"
        in explained[1].text.translate(LOOSE)
    )


@pytest.mark.slow
def test_more_households_are_named_with_the_rate_that_they_move():
    """200 more households make a lower rate, and 口径 names the batch that they came with."""
    load_sample("village", "demolition_team", "demolition_project", "household", "housing_source", "agreement")
    link = {"project": "DEM-S1", "open": "formula"}
    before = open_app("demolition/signing.py", **link)
    assert "批次 3–6" in page_words(before)
    batch = load("household", "户编号,项目\n" + "".join(f"X-{n},DEM-S1\n" for n in range(200)))
    after = open_app("demolition/signing.py", **link)
    assert page_title(after) != page_title(before)
    assert f"数据截至 2014-06-30 · 批次 3–{batch}" in page_words(after)
    assert f"征迁项目、被征收户、户状态、补偿协议 · 数据截至 2014-06-30 · 批次 3–{batch}" in page_words(after)
