"""The layers of the map: what each declares, that every row has its sign, and that signs are told apart."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pandas as pd
import pytest
import shapely

from analytics.map_lights import reach_progress
from analytics.metrics import LISTINGS, METRICS
from analytics.status import status_lights
from analytics.village_places import placed_in_village
from data.datasets import DATASETS
from data.store import Store
from data.text import Language, untranslated
from ui.colours import STATUS_SIGNS
from ui.map.layers import ISSUES, LAYERS, PROJECTS, REACHES_BY_PROGRESS, WORKS, Look, MapLayer
from ui.map.legend import standing_words
from ui.map.shapes import SHAPE_CORNERS
from ui.menu import all_pages
from ui.page import MAX_CHOICE

DRAWN = (*LAYERS, REACHES_BY_PROGRESS)
DAYS = (date(2001, 1, 1), date(2013, 12, 31), date(2014, 3, 31), date(2014, 6, 30), date(2030, 1, 1))
KINDS = {"sources": "source", "outfalls": "outfall", "idle": "idle_resource", "violations": "violation"}
LONGEST: dict[Language, int] = {"zh": 1, "en": 2}
TEXT, GRAPHICS = 4.5, 3  # WCAG 2, AA
every_layer = pytest.mark.parametrize("layer", DRAWN, ids=lambda layer: layer.listing)


def rows_of(store: Store, layer: MapLayer, day: date) -> pd.DataFrame:
    """Return the rows of a layer on a day."""
    with store.read() as con:
        return LISTINGS[layer.listing].compute(con, day).rows


@every_layer
def test_a_layer_takes_what_its_listing_has(sample_store, layer):
    """Its code, place, state and the code of its page are columns; its title and its facts are declared ones."""
    rows = rows_of(sample_store, layer, DAYS[-2])
    declared = {column.name for column in LISTINGS[layer.listing].columns}
    assert {layer.code, "standing"} <= set(rows)
    assert "course" in rows or {"lon", "lat"} <= set(rows)
    assert {layer.title, *layer.facts} - declared == set()
    assert layer.page is not None
    assert f"{layer.page[1]}_id" in rows


@every_layer
def test_a_layer_links_to_a_page_that_takes_its_parameter(layer):
    """The page of a row knows the parameter under which it is asked for."""
    page = next(page for page in all_pages() if page.file == layer.page[0])
    assert layer.page[1] in page.page.choices


@pytest.mark.parametrize("day", DAYS, ids=str)
@every_layer
def test_every_row_has_a_sign_and_a_word(sample_store, layer, day):
    """Before, in and after the data every state has a look, and a word in both languages."""
    standings = set(rows_of(sample_store, layer, day)["standing"].astype(object).fillna(""))
    assert standings <= layer.looks.keys()
    assert {*layer.late, *layer.done} - layer.looks.keys() <= {"overdue", "已逾期", "closed", "已完成"}


@every_layer
def test_every_look_has_words_in_both_languages(layer):
    """No look is called by what stands in the column."""
    words = {standing: standing_words(layer, standing) for standing in layer.looks}
    raw = {standing for standing, said in words.items() if said == untranslated(standing)}
    assert raw <= {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"}
    assert all(said.zh and said.en for said in words.values())


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_letter_of_its_own(name):
    """One character in Chinese and one or two letters in English tell the kinds of a layer apart."""
    layer = next(layer for layer in LAYERS if layer.name == name)
    kinds = next(column for column in DATASETS[KINDS[name]].columns if column.name == "kind").choices
    letters = [layer.letters[kind.value] for kind in kinds]
    for language, longest in LONGEST.items():
        written = [letter.into(language) for letter in letters]
        assert len(set(written)) == len(written)
        assert all(1 <= len(letter) <= longest for letter in written)


def test_an_address_has_room_for_all_layers():
    """All layers stand in an address by names of their own, and no two share what chooses a row."""
    names, choices = [layer.name for layer in LAYERS], [layer.choice for layer in LAYERS]
    assert len(",".join(names)) <= MAX_CHOICE
    assert len(set(names)) == len(names)
    assert len(set(choices)) == len(choices)


def signs_of(layer: MapLayer) -> set[tuple[object, ...]]:
    """Return the signs of what is not done in a layer, each by its shape, its fill, its rim and what stands on it."""
    looks = [look for standing, look in layer.looks.items() if standing not in layer.done]
    letters = [letter.zh for letter in layer.letters.values()] or [""]
    return {(look.shape, look.ground, look.rim, look.sign or letter) for look in looks for letter in letters}


def test_no_two_layers_have_a_sign_in_common():
    """What is to be done is told apart across layers by shape, fill or letter; what is done is a small grey tick."""
    assert [
        (a.name, b.name, signs_of(a) & signs_of(b)) for a, b in combinations(LAYERS, 2) if signs_of(a) & signs_of(b)
    ] == []


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB after WCAG 2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


LOOKS = {f"{layer.listing} {standing}": look for layer in DRAWN for standing, look in layer.looks.items()}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_what_stands_on_a_sign_can_be_read(look: Look):
    """Its letter, or the mark of its light, is clear on its ground, and its rim or its ground on the land."""
    is_mark = look.sign in STATUS_SIGNS.values()
    assert contrast(look.ink, look.ground) >= (GRAPHICS if is_mark else TEXT)
    assert max(contrast(look.rim, "#E9EEF3"), contrast(look.ground, "#E9EEF3")) >= GRAPHICS


def test_shapes_lie_within_their_radius():
    """No corner lies outside of the square in which a sign is drawn."""
    assert all(abs(x) <= 1 and abs(y) <= 1 for corners in SHAPE_CORNERS.values() for x, y in corners)


def test_a_name_that_is_a_word_reads_in_both_languages():
    """An issue is called by its problem, which has its English; what is a name stays a name."""
    assert ISSUES.name_of({"issue": "生活垃圾"}).en == "Household waste"
    assert WORKS.name_of({"work": "示例一号河清淤"}).en == "示例一号河清淤"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_lights_are_those_of_the_cockpit(sample_store, day):
    """Works and projects have on the map the light that they have everywhere else."""
    with sample_store.read() as con:
        lights = METRICS["plan_lights"].compute(con, day).rows
    for layer, kind in ((WORKS, "工程"), (PROJECTS, "征迁项目")):
        rows = rows_of(sample_store, layer, day)
        elsewhere = lights[lights["kind"] == kind].set_index("item_id")["light"].to_dict()
        assert dict(zip(rows[layer.code], rows["standing"], strict=True)) == elsewhere


def test_viewers_see_projects_and_no_household(sample_store):
    """Viewers have the same signs; no layer has a column of households, and a project has its totals alone."""
    with sample_store.read() as con:
        for layer in DRAWN:
            listing = LISTINGS[layer.listing]
            clerk, viewer = (listing.compute(con, None, role).rows for role in ("clerk", "viewer"))
            pd.testing.assert_frame_equal(clerk, viewer)
            assert "household_id" not in viewer


def works_of_a_reach(*works: tuple[str, float | None, float, str, float | None, int]) -> pd.DataFrame:
    """Return rows of reach_works for one reach: kind, done, quantity, unit, gap and days left of each work."""
    names = "kind done quantity quantity_unit gap days_left"
    rows = pd.DataFrame(works, columns=names.split()).assign(reach_id="R", reach="段", length=1.0, course=None)
    rows = rows.assign(river="河", village=None, river_id="H", is_waiting=False)
    rows["work_id"] = [f"W{n}" for n in range(len(rows))]
    return rows.assign(rate=100 * rows["done"].astype(float) / rows["quantity"])


@pytest.mark.parametrize(
    ("works", "standing", "finished", "late"),
    [
        ([("清淤", 10, 10, "m³", 0, 9), ("箱涵", 5, 5, "m", 0, 9)], "已完成", 2, 0),
        ([("清淤", 10, 10, "m³", 0, 9), ("箱涵", None, 5, "m", None, 9)], "无数据", 1, 0),
        ([("清淤", 10, 10, "m³", 0, 9), ("箱涵", 4, 5, "m", 1, 9)], "正常", 1, 0),
        ([("清淤", 9, 10, "m³", 3, -1), ("箱涵", 1, 5, "m", -60, 9)], "已逾期", 0, 2),
    ],
)
def test_a_reach_has_the_worst_light_of_its_works(works, standing, finished, late):
    """A river is done when all its works are, and as late as the latest of them."""
    row = reach_progress(works_of_a_reach(*works), date(2014, 6, 30)).iloc[0]
    assert (row["standing"], row["works"], row["finished"], row["late"]) == (standing, 2, finished, late)


def test_dredging_in_two_units_is_not_added_up():
    """Cubic metres and metres make no sum; the light and the counts are told all the same."""
    works = works_of_a_reach(("清淤", 9, 10, "m³", 1, 9), ("清淤", 9, 10, "m", 1, 9), ("箱涵", 4, 5, "m", 1, 9))
    row = reach_progress(works, date(2014, 6, 30)).iloc[0]
    assert row[["done", "quantity", "rate"]].isna().all()
    assert (row["works"], row["standing"]) == (3, "正常")
    one = reach_progress(works_of_a_reach(("清淤", 9, 10, "m³", 1, 9), ("箱涵", 4, 5, "m", 1, 9)), None).iloc[0]
    assert (one["done"], one["quantity"], one["rate"], one["quantity_unit"]) == (9, 10, 90, "m³")


def test_a_river_without_works_has_no_light():
    """A reach along which nothing is built is drawn, says so, and counts none."""
    bare = works_of_a_reach(("清淤", None, 1, "m³", None, 9)).assign(work_id=None, kind=None, quantity=None)
    row = reach_progress(bare, date(2014, 6, 30)).iloc[0]
    assert pd.isna(row["standing"])
    assert (row["works"], row["finished"], row["late"]) == (0, 0, 0)
    assert REACHES_BY_PROGRESS.words[""].en == "no works"


def test_the_sign_of_a_village_stands_within_it():
    """A village bent round another has its sign in its own land, one without an outline none."""
    bent = "POLYGON ((0 0, 9 0, 9 9, 8 9, 8 1, 1 1, 1 9, 0 9, 0 0))"
    rows = placed_in_village(pd.DataFrame({"village": ["甲", "乙"], "shape": [bent, None]}), None)
    assert shapely.from_wkt(bent).contains(shapely.Point(*rows.loc[0, ["lon", "lat"]]))
    assert rows.loc[1, ["lon", "lat"]].isna().all()
    assert list(rows) == ["village", "lon", "lat"]


def test_a_work_without_a_place_lies_on_its_river_and_says_so(sample_store):
    """胡家新河 is dredged as a whole: its sign stands on its longest reach, and is marked as put there."""
    works = rows_of(sample_store, WORKS, DAYS[-2]).set_index("work_id")
    with sample_store.read() as con:
        courses = con.execute("SELECT course FROM reach WHERE reach_id = 'HJXH-R1'").fetchall()
    assert works.loc["W-01", "is_placed_by_river"]
    assert not works.loc["W-05", "is_placed_by_river"]
    lon, lat = works.loc["W-01", ["lon", "lat"]]
    assert f"{lon:.6f} {lat:.6f}" in courses[0][0]


def test_status_lights_of_nothing_are_none():
    """A layer without rows has no lights and does not fail."""
    assert status_lights(pd.DataFrame({"rate": [], "gap": []}), None) == []
