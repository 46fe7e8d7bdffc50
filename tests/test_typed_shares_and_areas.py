"""A share typed where a count is meant, 亩 where ㎡ is meant, more than all: a row error, never a silent repair."""

from __future__ import annotations

import pytest

from data.errors import UnknownUnit
from data.store import Store
from tests.stores import fill_store
from tests.upload_helpers import check_content

PARENTS = {
    "village": "村社编码,村社名称\nV-1,示例村",
    "demolition_project": "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\n"
    "D-1,示例,集体土地征收,99,2014-01-01,2014-06-30",
}
PROJECT = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD-2,示例,集体土地征收,{cell},2014-01-01,2014-06-30\n"
RANKING = "排名日期,村社,名次,已签约户,总户数,签约率,序时进度,与序时差\n2014-05-01,V-1,1,{signed},100,{cell},90,5\n"
TARGET = "指标,开始日期,截止日期,目标值\n签约率,2014-01-01,2014-12-31,{cell}\n"


@pytest.fixture
def parents(store: Store) -> Store:
    """A database with a village and a project."""
    fill_store(store, PARENTS)
    return store


def refused_cells(store: Store, ledger: str, content: str) -> list[tuple[str, str]]:
    """Return column and cell of each error; the file is taken if there is none."""
    return [(error.column, error.value) for error in check_content(store, ledger, content).errors]


@pytest.mark.parametrize("heading", ["合法建筑面积", "合法建筑面积(㎡)", "合法面积"])
@pytest.mark.parametrize("cell", ["0.2亩", "0.2 亩", "-80"])
def test_a_floor_area_in_mu_is_an_error_of_its_row(parents: Store, heading: str, cell: str) -> None:
    """0.2 亩 is neither read as 0.2 ㎡ nor made 133 ㎡: floors are not measured in 亩."""
    content = f"户编号,项目,{heading}\nH-1,D-1,{cell}\n"
    assert [value for _, value in refused_cells(parents, "household", content)] == [cell]


def test_a_heading_in_mu_is_refused(parents: Store) -> None:
    """A whole column in 亩 is refused in a sentence that names both units."""
    with pytest.raises(UnknownUnit, match="“亩”不能换算成“合法建筑面积”的单位"):
        check_content(parents, "household", "户编号,项目,合法建筑面积(亩)\nH-1,D-1,0.2\n")


@pytest.mark.parametrize("cell", ["95%", "0.95", "100%", "105%", "99.5", "0", "-1"])
def test_a_share_is_no_number_of_households(parents: Store, cell: str) -> None:
    """The total number of households is a whole number from 1 on."""
    assert refused_cells(parents, "demolition_project", PROJECT.format(cell=cell)) == [("总户数", cell)]


@pytest.mark.parametrize("cell", ["0.95", "105", "205.98%", "-3"])
def test_a_published_rate_is_a_percentage_of_households(parents: Store, cell: str) -> None:
    """0.95 may be 95 % or less than one: the clerk is asked; more than all cannot have signed."""
    assert refused_cells(parents, "published_ranking", RANKING.format(signed=95, cell=cell)) == [("签约率", cell)]


def test_more_than_all_households_have_not_signed(parents: Store) -> None:
    """101 of 100 is an error of its row."""
    assert check_content(parents, "published_ranking", RANKING.format(signed=101, cell="")).rejected == 1


@pytest.mark.parametrize("cell", ["95", "95%", "100", "0.9%"])
def test_rates_that_are_clear_are_taken(parents: Store, cell: str) -> None:
    """A percentage with or without its sign is one number."""
    assert refused_cells(parents, "target", TARGET.format(cell=cell)) == []
    if cell.startswith("95"):
        assert refused_cells(parents, "published_ranking", RANKING.format(signed=95, cell=cell)) == []


@pytest.mark.parametrize("cell", ["0.95", "-1"])
def test_a_target_of_signing_is_a_percentage_of_households(parents: Store, cell: str) -> None:
    """A target is held to the same as what it is for."""
    assert check_content(parents, "target", TARGET.format(cell=cell)).rejected == 1


def test_a_target_above_all_households_is_told(parents: Store) -> None:
    """105 % of the households cannot sign: the row is taken, and the clerk reads that it wants to be made sure of."""
    report = check_content(parents, "target", TARGET.format(cell="105"))
    assert report.rejected == 0
    assert any("却大于 100" in said.zh for said in [*report.warnings, *(note.reason for note in report.notes)])
