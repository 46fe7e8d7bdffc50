"""The map as a drawing: what the map that moves shows, as text and links, in the reader's colours."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from data.store import Store
from tests.test_map_names import LINKS, NO_GROUND, sample_scene, source_rows
from ui.map.ground_colours import GROUND_COLOURS
from ui.map.layers import REACHES, SOURCES
from ui.map.objects import MapScene
from ui.map.scene import DESK, PHONE, map_scene
from ui.map.sign_atlas import stamp_atlas
from ui.map.svg import map_figure, map_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawing(scene: MapScene) -> ElementTree.Element:
    return ElementTree.fromstring(map_svg(scene, "说明"))


def signs(scene: MapScene) -> dict[str, ElementTree.Element]:
    """Return the links of the signs of a drawing by the layers and codes of their objects."""
    return {found.get("data-object", ""): found for found in drawing(scene).iter(f"{SVG}a") if found.get("data-object")}


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_every_object_is_a_link_with_its_sign_and_words(sample_store: Store, size: tuple[int, int]) -> None:
    """As many objects as the scene has, each a link that chooses it, with its sign as text and its name as title."""
    scene = sample_scene(sample_store, "zh", size)
    drawn = signs(scene)
    assert list(drawn) == [f"{each.layer}:{each.code}" for each in scene.objects]
    for each, found in zip(scene.objects, drawn.values(), strict=True):
        said = (found.get("href"), found.findtext(f"{SVG}title"), found.findtext(f"{SVG}text"))
        assert said == (each.href, each.tooltip, each.sign)


def test_every_line_and_every_name_of_the_scene_is_drawn(sample_store: Store) -> None:
    """Each reach has its course and its rim, each name stands there as text."""
    scene = sample_scene(sample_store, "en", DESK)
    drawn = drawing(scene)
    styles = Counter(found.get("class") for found in drawn.iter(f"{SVG}path"))
    reaches = sum(bool(each.path) for each in scene.objects)
    assert (styles["course"], styles["rim"]) == (reaches, reaches)
    assert {name.text for name in scene.names} <= {found.text for found in drawn.iter(f"{SVG}text")}


def test_what_is_chosen_has_a_ring_and_is_told_to_who_listens(sample_store: Store) -> None:
    """One sign is the current one and stands in a ring; none is where nothing is chosen."""
    chosen = signs(sample_scene(sample_store, "zh", DESK, chosen=[("sources", "SRC-18")]))
    current = [code for code, found in chosen.items() if found.get("aria-current") == "true"]
    ringed = [code for code, found in chosen.items() if found.find(f"{SVG}circle[@class='ring']") is not None]
    assert current == ringed == ["sources:SRC-18"]
    none = signs(sample_scene(sample_store, "zh", DESK))
    assert not any(found.get("aria-current") for found in none.values())


def test_a_source_is_told_by_its_shape() -> None:
    """An overdue source is a square with a white rim, an open one a disc with its letter, a closed one a tick."""
    rows = source_rows(3).assign(standing=["overdue", "open", "closed"], lon=[121.53, 121.54, 121.55])
    late, waiting, closed = signs(map_scene([(SOURCES, rows)], NO_GROUND, "zh", links=LINKS)).values()
    square = late.find(f"{SVG}polygon")
    assert square is not None
    look = SOURCES.looks["overdue"]
    assert (square.get("fill"), square.get("stroke")) == (look.ground, look.rim)
    assert len(square.get("points", "").split()) == 4
    assert [found.find(f"{SVG}circle") is not None for found in (late, waiting, closed)] == [False, True, True]
    assert [found.findtext(f"{SVG}text") for found in (late, waiting, closed)] == ["洗", "洗", "✓"]


def test_names_are_words_whatever_signs_they_hold() -> None:
    """A river called <b>&"co and a source that looks like a tag are written out, in the drawing and in the picture."""
    name = '<b>&"co'
    reach = {"reach_id": "R", "reach": name, "river": name, "standing": "Ⅴ", "course": "121.53 29.94; 121.54 29.95"}
    sources = source_rows(1).assign(source="</svg><script>")
    scene = map_scene([(REACHES, pd.DataFrame([reach])), (SOURCES, sources)], NO_GROUND, "zh", links=LINKS)
    texts = [found.text for found in drawing(scene).iter(f"{SVG}text")]
    assert name in texts
    [image] = BeautifulSoup(map_figure(scene, name), "html.parser").find_all(True)
    assert (image.name, image["alt"]) == ("img", name)
    address = str(image["src"])
    assert not set('<>"#') & set(address)
    assert unquote(address.partition(",")[2]) == map_svg(scene, name)


def test_a_schematic_ground_is_marked(sample_store: Store) -> None:
    """The corner says 示意图 where the ground was drawn by hand, and nothing where it was not."""
    for is_schematic in (True, False):
        drawn = drawing(sample_scene(sample_store, "zh", DESK, is_schematic=is_schematic))
        assert ("示意图" in [found.text for found in drawn.iter(f"{SVG}text")]) is is_schematic


def test_a_theme_on_paper_has_its_colours_alone(sample_store: Store) -> None:
    """A drawing for a paper names the colours of one theme, that of a page leaves the choice to the page."""
    scene = sample_scene(sample_store, "zh", DESK)
    lands = [GROUND_COLOURS[theme]["村社界"] for theme in ("light", "dark")]
    assert [colour in map_svg(scene, "", "light") for colour in lands] == [True, False]
    assert f"light-dark({lands[0]},{lands[1]})" in map_svg(scene, "")


def test_a_line_is_written_in_steps_and_without_points_that_do_not_show() -> None:
    """A thousand points within a pixel are one step, so that no course makes the page heavy."""
    points = "; ".join(f"{121.53 + n / 1e9:.9f} 29.94" for n in range(1000))
    row = {"reach_id": "R", "reach": "一段", "river": "清河", "standing": "Ⅴ", "course": f"{points}; 121.55 29.95"}
    scene = map_scene([(REACHES, pd.DataFrame([row]))], NO_GROUND, "zh", links=LINKS)
    course = next(found for found in drawing(scene).iter(f"{SVG}path") if found.get("class") == "course")
    assert len(course.get("d", "")) < 40


def test_a_map_without_anything_is_an_empty_picture() -> None:
    """Without ground and objects there is a drawing with nothing on it, no error."""
    scene = map_scene([(SOURCES, source_rows(1).iloc[:0])], NO_GROUND, "zh", links=LINKS)
    assert signs(scene) == {}


def test_a_picture_of_no_signs_has_a_height() -> None:
    """A map without signs and names has a picture that a browser can read: none has no height."""
    drawn = unquote(stamp_atlas({}).address.partition(",")[2])
    assert int(ElementTree.fromstring(drawn).get("height", "0")) > 0
