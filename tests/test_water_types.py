"""Types of water that are only guessed: told as guesses, with what would change."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.metric_helpers import load_without_errors, metric_rows
from tests.page_helpers import open_app, page_links, page_messages, page_words, run_until_settled
from tests.test_water_metrics import load_samples
from ui.store import shared_store

SECTIONS = "断面编码,断面名称,所属水体,水体类型\n"
PHOSPHORUS = (0.005, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5)  # a month each; 0.005 is Ⅰ and 0.5 worse than Ⅴ in both


def load_phosphorus(store) -> None:
    load_samples(store, *(("S", f"2020-{n:02}-05", {"TP": value}) for n, value in enumerate(PHOSPHORUS, 1)))


@pytest.mark.parametrize(
    ("section", "body", "water", "by"),
    [
        ("示例桥", "", "河流", "名称"),
        ("甲断面", "示例江", "河流", "名称"),
        ("甲断面", "示例湖", "湖库", "名称"),
        ("甲", "", "河流", "没有依据"),
    ],
)
def test_a_guess_tells_its_reason_and_the_months_that_would_change(store, section, body, water, by):
    """As many months are told as differ between the section registered as a river and registered as a lake."""
    load_without_errors(store, "section", f"{SECTIONS}S,{section},{body},\n")
    load_phosphorus(store)
    [guess] = metric_rows(store, "water_type_guess")
    classes = []
    for registered in ("河流", "湖泊"):
        load_without_errors(store, "section", f"{SECTIONS}S,{section},{body},{registered}\n")
        classes.append([row["class"] for row in metric_rows(store, "section_class")])
    changed = [n for n, (river, lake) in enumerate(zip(*classes, strict=True)) if river != lake]
    assert (guess["water"], guess["guessed_by"], guess["months"]) == (water, by, len(PHOSPHORUS))
    assert (guess["months_changed"], guess["month"].month) == (len(changed), changed[-1] + 1)
    pair = [each[changed[-1]] for each in classes]
    assert [guess["class"], guess["other_class"]] == (pair if water == "河流" else pair[::-1])


def test_what_is_registered_is_no_guess(store):
    """Neither a section's own type nor that of its river is told as a guess."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR,示例河,街道级,河流\n")
    load_without_errors(store, "section", "断面编码,断面名称,河道,水体类型\nS,甲,,湖泊\nT,乙,R,\n")
    load_samples(store, ("S", "2020-01-05", {"TP": 0.1}), ("T", "2020-01-05", {"TP": 0.1}))
    assert metric_rows(store, "water_type_guess") == []


def test_a_station_that_measures_chlorophyll_says_so(store):
    """Where no name tells, the items that are measured are the reason."""
    load_without_errors(store, "section", f"{SECTIONS}S,甲,,\n")
    load_samples(store, ("S", "2020-01-05", {"DO": 8, "CHLA": 0.01, "TP": 0.04}))
    [guess] = metric_rows(store, "water_type_guess")
    assert (guess["water"], guess["guessed_by"], guess["class"], guess["other_class"]) == ("湖库", "监测项目", "Ⅲ", "Ⅱ")


@pytest.mark.slow
@pytest.mark.usefixtures("page_database")
def test_a_link_registers_a_guessed_type():
    """The page of a section says what it is taken for; its link brings a file of one row, ready to be committed."""
    load_without_errors(shared_store(), "section", f"{SECTIONS}S,甲,示例湖,\n")
    load_phosphorus(shared_store())
    [listed] = (each.value for each in open_app("water/quality.py", "en", open="water_type_guess").dataframe)
    assert listed["Taken for"].tolist() == ["Lake or reservoir"]
    app = open_app("water/quality.py", section="S")
    assert "推定为湖库（依据：名称）" in page_words(app)
    [asked] = [query for query in map(linked_query, page_links(app)) if query.get("water_type") == "水库"]
    update = run_until_settled(open_app("ledgers/update.py", **asked))
    assert ["更新 1 条" in said for said in page_messages(update, "success")] == [True]
    assert not {"section", "water_type"} & set(update.query_params)


def linked_query(href: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(href).query))
