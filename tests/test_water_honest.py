"""Figures of water that must not sound better, or fuller, than the ledgers are."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.store import Store
from data.text import same
from tests.inspector import load, result
from ui.frame import Card
from ui.water import overview, plants, tiles, works
from ui.water.headline import headline

pytestmark = pytest.mark.slow

DAY = date(2014, 6, 30)
RIVER = "河道编码,河道名称,河道等级,水体类型\nR,一号河,村级,河流"
NOTHING = pd.DataFrame({"met": [], "closed": []})


def told(card: Card) -> tuple[str, list[str]]:
    return card.figure.zh, [line.zh for line in card.below]


# ----------------------------------------------------------------------------------------------------- units, unknowns


@pytest.fixture
def dredged(store: Store) -> Store:
    """Give two works of dredging: 800 of 4,000 m³ done, and 1 of 2 km."""
    load(store, "river", RIVER)
    header = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
    days = "2014-01-01,2014-12-31"
    load(store, "work", f"{header}A,甲,R,清淤,4000,m³,{days}\nB,乙,R,清淤,2,km,{days}")
    load(store, "work_progress", "工程编码,上报日期,累计完成量\nA,2014-06-01,800\nB,2014-06-01,1")
    return store


def test_cubic_metres_and_kilometres_are_not_added(dredged):
    """800 of 4,000 m³ are 20.0 %; the 1 of 2 km stands beside it, on the river's card and on that of all works."""
    found = result(dredged, "dredging_progress", "2014-06-30")
    beside = "另有 1 / 2 km，单位不同，不合计"
    assert told(tiles.card(tiles.DREDGING, found)) == ("20.0 %", ["800 / 4,000 m³", beside, "截至当日累计"])
    figure, below = told(works.cards(found, result(dredged, "works_progress"), result(dredged, "work_forecast"), [])[0])
    assert (figure, below[:2]) == ("20.0 %", ["800 / 4,000 m³", beside])
    said = headline(same("一号河"), NOTHING, NOTHING, found.rows)
    assert said.zh == "一号河：清淤 20.0 %（m³）、50.0 %（km）"


def test_dredging_in_one_other_unit_is_shown_in_it(dredged):
    """Where all that is dredged is counted in km, the card and the title are of km."""
    found = result(dredged, "dredging_progress", "2014-06-30", quantity_unit="km")
    assert told(tiles.card(tiles.DREDGING, found)) == ("50.0 %", ["1 / 2 km", "截至当日累计"])
    assert headline(same("一号河"), NOTHING, NOTHING, found.rows).zh == "一号河：清淤 50.0 %"


def test_households_that_nobody_counted_are_no_0_percent(store):
    """A plant made for 10 households whose connections are not filled in has no rate, on any page."""
    load(store, "village", "村社编码,村社名称\nV,一村")
    header = "厂站编码,厂站名称,所在村社,设计能力,投运日期,应接户数,已接户数\n"
    load(store, "plant", f"{header}P,站,V,10,2014-01-01,10,")
    names = "plant_run plant_load plant_pass_rate plant_removal plant_energy plant_connection connection_rate".split()
    *of_plants, by_ledger = (result(store, name, "2014-06-30") for name in names)
    for card in (plants.cards(*of_plants)[-1], tiles.card(overview.CONNECTION, by_ledger)):
        assert (card.figure.zh, card.below[0].zh) == ("–", "– / – 户")
