"""Names, codes and choices that are not known: which known ones are near, and how a clerk has one read so."""

from __future__ import annotations

import time

import pytest

from data.datasets import DATASETS
from data.errors import UnknownReplacement
from data.ingest import batch_log
from data.ingest.checking import known_names, near_names
from tests.upload_helpers import check_content, ledger_values, load_content

VILLAGES = "村社编码,村社名称\nV-01,胡家村\nV-02,马径村\nV-03,灵山村\nV-12,Lingshan East\nD-1,同名村\nD-2,同名村\n"


@pytest.fixture
def villages(store):
    load_content(store, "village", VILLAGES)
    load_content(store, "river", "河道编码,河道名称,河道等级,水体类型\nHJ-01,胡家新河,村级,河流\n")
    return store


def saving(cell: str, kind: str = "宣传活动") -> str:
    return f"活动编码,活动日期,活动类型,村社\nS-1,2014-07-05,{kind},{cell}\n"


def nearest(store, cell: str) -> list[str]:
    """Return the codes of the villages that the check names for a cell."""
    (unknown,) = check_content(store, "saving_activity", saving(cell)).unknown
    return [known.value for known in unknown.near]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("胡家", "V-01"),
        ("胡加村", "V-01"),
        ("胡家邨", "V-01"),
        ("庄桥街道胡家村", "V-01"),
        ("胡家村委会", "V-01"),
        ("馬徑村民委員會", "V-02"),
        ("V01", "V-01"),
        ("v-01", "V-01"),
        ("Ｖ－０１号", "V-01"),
        ("lingshan  east", "V-12"),
        ("Lingshan Est", "V-12"),
    ],
)
def test_an_unknown_name_tells_the_nearest_known(villages, cell, code):
    """A character may be missing, wrong, added, traditional or of another width: the one that was meant is named."""
    assert nearest(villages, cell)[0] == code


@pytest.mark.parametrize("cell", ["北京", "村", "xyz", "水" * 100])
def test_what_is_like_nothing_known_names_nothing(villages, cell):
    """A name that shares less than half with any known one is refused without a guess."""
    assert nearest(villages, cell) == []


def test_the_reason_says_it_in_both_languages(villages):
    """The list of errors names the near one with its code behind the reason; the count by reason stays one."""
    report = check_content(villages, "saving_activity", saving("胡家") + "S-2,2014-07-05,宣传活动,胡加村\n")
    assert [e.reason.zh for e in report.errors] == ["“村社”里没有它，请先登记；最接近的是“胡家村（V-01）”"] * 2
    assert report.errors[0].reason.en.endswith("; the nearest known: “胡家村 (V-01)”")
    assert [g.count for g in report.groups] == [2]
    assert [unknown.as_json() for unknown in report.unknown] == [
        {"column": "village_id", "value": "胡家", "count": 1, "near": ["V-01"]},
        {"column": "village_id", "value": "胡加村", "count": 1, "near": ["V-01"]},
    ]


def test_an_unknown_choice_tells_the_nearest_choice(villages):
    """A choice is compared by all its spellings."""
    report = check_content(villages, "river", "河道编码,河道名称,河道等级,水体类型\nR,河,村及,河流\n")
    assert "最接近的是“村级”" in report.errors[0].reason.zh


def test_a_parent_to_register_tells_what_it_may_be(villages):
    """With --register a slip of the pen would become a village, so the note names the known one."""
    report = check_content(villages, "saving_activity", saving("胡家"), register=True)
    assert report.errors == []
    assert any("新登记" in n.reason.zh and "最接近的是“胡家村（V-01）”" in n.reason.zh for n in report.notes)


@pytest.mark.parametrize("known", ["胡家村", "V-01"])
def test_an_unknown_name_is_read_as_a_known_one_where_the_clerk_says_so(villages, known):
    """By name or by code, for this file only; the notes and the book of batches tell."""
    report = load_content(villages, "saving_activity", saving("胡家"), replacements=(("村社", "胡家", known),))
    assert (report.errors, report.unknown) == ([], [])
    assert ledger_values(villages, "saving_activity", "village_id") == [("V-01",)]
    assert [n.reason.zh for n in report.notes] == [f"“所在村社”里没有登记的“胡家”按手工指定读作“{known}”"]
    with villages.read() as con:
        assert batch_log.recent_batches(con)[0]["given"] == f"village_id:胡家={known}"
    assert check_content(villages, "saving_activity", saving("胡家")).rejected == 1


def test_a_choice_may_be_replaced_too(villages):
    """An unknown choice is read as the one that the clerk names, by any of its spellings."""
    lines = "河道编码,河道名称,河道等级,水体类型\nR,河,村及,河流\n"
    load_content(villages, "river", lines, replacements=(("level", "村及", "村级"),))
    assert ledger_values(villages, "river", "level", where="river_id = 'R'") == [("村级",)]


def test_a_known_name_is_never_replaced(villages):
    """A replacement for what the ledger knows, or for what stands nowhere, changes nothing and is told."""
    for cell in ("胡家村", "没有这一个"):
        report = check_content(villages, "saving_activity", saving("胡家村"), replacements=(("村社", cell, "V-02"),))
        assert [n.reason.zh for n in report.notes] == [f"“所在村社”里没有认不出的“{cell}”，不必读作“V-02”"]
    load_content(villages, "saving_activity", saving("胡家村"), replacements=(("村社", "胡家村", "V-02"),))
    assert ledger_values(villages, "saving_activity", "village_id") == [("V-01",)]


def test_a_name_that_several_bear_is_told_apart_by_a_replacement(villages):
    """A code settles an ambiguous name; the ambiguous name settles nothing."""
    assert check_content(villages, "saving_activity", saving("同名村")).rejected == 1
    report = check_content(villages, "saving_activity", saving("同名村"), replacements=(("村社", "同名村", "D-2"),))
    assert report.errors == []
    with pytest.raises(UnknownReplacement):
        check_content(villages, "saving_activity", saving("胡家"), replacements=(("村社", "胡家", "同名村"),))
    with pytest.raises(UnknownReplacement):
        check_content(villages, "river", "河道编码,河道名称,河道等级,水体类型\nR,河,村及,河流\n",
                      replacements=(("河道等级", "村及", "乡级"),))  # fmt: skip


@pytest.mark.slow
def test_many_unknown_names_cost_little_more_than_few(store):
    """100,000 different unknown names against 10,000 known ones take a few seconds more than known ones would."""
    load_content(store, "village", "村社编码,村社名称\n" + "".join(f"V-{n:05},第{n}村\n" for n in range(10_000)))
    head = "活动编码,活动日期,活动类型,村社\n"
    took = []
    for name, names in (("V-{:05}", 10_000), ("无{:05}社", 100_000)):
        lines = head + "".join(f"S-{n},2014-07-05,宣传活动,{name.format(n % names)}\n" for n in range(100_000))
        started = time.perf_counter()
        report = check_content(store, "saving_activity", lines)
        took.append(time.perf_counter() - started)
    assert len(report.unknown) == near_names.MOST_ASKED
    assert took[1] < 10 * took[0] + 10


def test_the_names_to_pick_from_resolve_to_their_rows(villages):
    """Every row of a parent is listed once, by a name that only it bears or else by its code."""
    with villages.read() as con:
        spellings = known_names.parent_spellings(con, DATASETS["village"])
        listed = known_names.listed_names(con, DATASETS["saving_activity"].column("village_id"))
    assert sorted(spellings) == sorted(["胡家村", "马径村", "灵山村", "Lingshan East", "D-1", "D-2"])
    assert len(listed) == 6
    for spelling in spellings:
        assert check_content(villages, "saving_activity", saving(spelling)).errors == []
