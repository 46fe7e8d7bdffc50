"""Codes: a day that a spreadsheet made of one is refused, and those that look alike are one or are told."""

from datetime import date
from typing import Any

import pytest

from tests.stores import fill_store
from tests.upload_helpers import (
    check_content,
    error_tuples,
    ledger_values,
    load_content,
    load_parents,
    make_workbook,
)


@pytest.fixture
def own_codes(store):
    """An empty database with villages, rivers and sections."""
    load_parents(store)
    return store


VILLAGES = "村社编码,村社名称\n"
NOT_A_CODE = "is a code, and this cell a day or a time"


@pytest.mark.parametrize(
    "written",
    ["3月1日", "2014年3月1日", "2014年3月", "Mar-02", "1-Mar", "1-Mar-14", "2014/3/1", "2014-03-01", "3/1/2014", "3:01",
     "2014-03-01 00:00:00", "２０１４/3/1"],
)  # fmt: skip
def test_a_day_among_codes_is_refused(own_codes, written):
    """Every way in which a spreadsheet shows what it made of 3-1 is refused, in the key and where a parent is named."""
    [(_, column, cell, why)] = error_tuples(check_content(own_codes, "village", f"{VILLAGES}{written},甲\n3-13,乙\n"))
    assert (column, cell) == ("村社编码", written)
    assert NOT_A_CODE in why
    head = "断面编码,断面名称,河道\n"
    [(_, column, _, why)] = error_tuples(check_content(own_codes, "section", f"{head}S-9,断面丙,{written}\n"))
    assert column == "河道"
    assert NOT_A_CODE in why


def test_a_date_cell_of_a_workbook_is_no_code(own_codes):
    """The date that Excel made of 3-1 is refused, also where parents would be registered."""
    sheet: list[list[Any]] = [["村社编码", "村社名称"], [date(2014, 3, 1), "甲"], ["3-13", "乙"]]
    assert [line for line, *_ in error_tuples(check_content(own_codes, "village", make_workbook(表=sheet)))] == [2]
    sheet = [["断面", "监测时间", "监测项目", "监测值"], [date(2014, 3, 1), "2014-05-01", "TP", 0.1]]
    [(_, column, _, why)] = error_tuples(check_content(own_codes, "reading", make_workbook(表=sheet), register=True))
    assert column == "断面"
    assert NOT_A_CODE in why


@pytest.mark.parametrize("code", ["3-1", "20140301", "2014-03-01-1", "2014.3.1", "DEC-01", "A-2014-03-01", "2014-13"])
def test_a_code_that_only_resembles_a_day_is_a_code(own_codes, code):
    """What no spreadsheet makes of a code goes in as it is written."""
    load_content(own_codes, "village", f"{VILLAGES}{code},甲\n")
    assert (code,) in ledger_values(own_codes, "village", "village_id")


def test_a_code_like_a_day_that_the_ledger_has_is_certain(own_codes):
    """One that came in guarded as text is known from then on, in its own ledger and where it is named."""
    load_content(own_codes, "village", VILLAGES + '="2014-03-01",甲\n')
    assert load_content(own_codes, "village", VILLAGES + "2014-03-01,乙\n").counts.updated == 1
    head = "断面编码,断面名称,河道\n"
    load_content(own_codes, "section", head + "'2014/3/2,丙,R-1\n")
    assert not error_tuples(check_content(own_codes, "section", head + "2014/3/2,丙桥,R-1\n"))


READINGS = "断面,监测时间,监测项目,监测值\n"


def test_brackets_of_either_width_are_one_code(own_codes):
    """断面（镇） is registered once, whichever way it is written, and its export reloads as no change."""
    load_content(
        own_codes,
        "reading",
        READINGS + "新桥（镇）,2014-05-01,TP,0.1\n新桥(镇),2014-05-02,TP,0.1\n",
        register=True,
    )
    load_content(
        own_codes,
        "reading",
        READINGS + "新桥(镇),2014-05-03,TP,0.1\n新桥（镇）,2014-05-04,TP,0.1\n",
        register=True,
    )
    [(code, name)] = ledger_values(own_codes, "section", "section_id", "name", where="name LIKE '新桥%'")
    assert code == "新桥(镇)"
    assert not load_content(own_codes, "section", f"断面编码,断面名称\n{code},{name}\n").changes_anything
    assert len(ledger_values(own_codes, "reading", "section_id", where=f"section_id = '{code}'")) == 4


def test_a_name_is_found_in_brackets_of_either_width(own_codes):
    """A section whose name has （） is meant by its name with (), unless another one's name is that."""
    load_content(own_codes, "section", "断面编码,断面名称\nS-8,老桥（镇）\n")
    load_content(own_codes, "reading", READINGS + "老桥(镇),2014-05-01,TP,0.1\n")
    assert ledger_values(own_codes, "reading", "section_id") == [("S-8",)]
    load_content(own_codes, "section", "断面编码,断面名称\nS-9,老桥(镇)\n")
    load_content(own_codes, "reading", READINGS + "老桥(镇),2014-05-02,TP,0.1\n")
    assert ledger_values(own_codes, "reading", "section_id") == [("S-8",), ("S-9",)]


def test_a_full_width_code_that_the_ledger_has_stays_itself(own_codes):
    """A code from before codes had one form is updated by its own export, not doubled."""
    fill_store(own_codes, {"village": "村社编码,村社名称\nV-9,九村"})
    with own_codes.scratch() as con, own_codes.write(con):
        con.execute("UPDATE village SET village_id = 'V（9）' WHERE village_id = 'V-9'")
    assert load_content(own_codes, "village", VILLAGES + "V（9）,十村\n").counts.updated == 1


@pytest.mark.parametrize(
    "alike", ["BH—001", "BH-001", "BH_001", "ΒH001", "ВН001", "bh001", "BH 001", "BHO01", "BH\u200b001"]
)
def test_codes_that_look_alike_are_told(own_codes, alike):
    """A dash of another kind or none, a Greek or Cyrillic letter, case, a blank, O for 0: the note names both codes."""
    load_content(own_codes, "village", VILLAGES + "BH001,甲\n")
    report = load_content(own_codes, "village", f"{VILLAGES}{alike},乙\n")
    [note] = [n.reason.zh for n in report.notes]
    assert report.counts.inserted == 1
    assert "BH001" in note
    assert alike in note


@pytest.mark.parametrize("codes", [("1-11", "11-1"), ("3-1", "31"), ("V-1", "V-11"), ("甲-1", "乙-1")])
def test_codes_of_other_figures_are_not_alike(own_codes, codes):
    """A dash between figures parts them: room 1-11 is not room 11-1."""
    report = load_content(own_codes, "village", VILLAGES + "".join(f"{code},村{code}\n" for code in codes))
    assert report.notes == []
