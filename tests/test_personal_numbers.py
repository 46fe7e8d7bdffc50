"""Numbers and headings of persons: what is taken for one, and what of public data is not."""

from __future__ import annotations

import pytest

from data.datasets import DATASETS
from data.ingest.personal_data import headings, numbers
from data.ingest.personal_data.numbers import BANK_CARD, IDENTITY, MOBILE
from data.text import Text
from tests.household_register import card_number, identity_number

PERSON = identity_number("33020519520307123")
WITH_X = next(n for n in (identity_number(f"33020519520307{k:03}") for k in range(999)) if n.endswith("X"))
PHONE = "13957412345"
CARD = card_number("622202390101234567")


def wide(digits: str) -> str:
    """Return digits as a Chinese keyboard writes them in full width."""
    return digits.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (PERSON, IDENTITY), (WITH_X, IDENTITY), (WITH_X.lower(), IDENTITY), (wide(PERSON), IDENTITY),
        (f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}", IDENTITY),
        (f"{PERSON[:6]}-{PERSON[6:14]}-{PERSON[14:]}", IDENTITY),
        (f"身份证{PERSON}，已核", IDENTITY), (f"\u200b{PERSON[:9]}\n{PERSON[9:]}", IDENTITY),
        ("330205520307123", IDENTITY),
        (repr(float(PERSON[:17] + "0")), IDENTITY), (PERSON[:15] + "000", IDENTITY),
        (CARD, BANK_CARD), (f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}", BANK_CARD),
        (card_number("622848012345678"), BANK_CARD), (wide(CARD), BANK_CARD), (repr(float(CARD)), BANK_CARD),
        (PHONE, MOBILE), (wide(PHONE), MOBILE), ("139 5741 2345", MOBILE), ("139-5741-2345", MOBILE),
        (f"+86{PHONE}", MOBILE), (f"+86 {PHONE}", MOBILE), (f"0086-{PHONE}", MOBILE), (f"(86){PHONE}", MOBILE),
        (f"{PHONE}.0", MOBILE), ("1.3957412345E+10", MOBILE),
        (f"联系他{PHONE}（晚上）", MOBILE), (f"tel{PHONE}", MOBILE),
        ("1 3 9 5 7 4 1 2 3 4 5", MOBILE), (f"0574-87654321/{PHONE}", MOBILE), (f"{PHONE}，{PHONE}", MOBILE),
    ],
)  # fmt: skip
def test_a_number_of_a_person_is_known_however_it_is_written(cell: str, kind: Text) -> None:
    """Full width, blanks, hyphens, a country code, a number of a spreadsheet, a longer text: the kind is the same."""
    assert set(numbers.personal_kinds(cell)) == {kind}
    assert numbers.may_hold_numbers(f"甲\x01{cell}\x01乙".encode(), has_broken_cells=True)


@pytest.mark.parametrize(
    "cell",
    [
        PERSON[:17] + ("0" if PERSON[17] != "0" else "1"), "330205195213071234", "990205195203071234",
        CARD[:-1] + str((int(CARD[-1]) + 1) % 10), "1234567890123456789",
        "12957412345", "10012345678", "11012345678", "1395741234", "139574123456", "15412345678",
        "330205003001", "330205103000", "1585699200000", "20200401080000", "2014-05-01 08:00:00",
        "91330205MA2AXXXX2C", "12330205419530000X", "ZJ330205000000001", "B61E04000040003", "J54J18000600007",
        "15000000000", "13957412345.67", "29.13957412345", "121.515071", "2014-05-01～2014-06-30", "138", "",
        "0574-87654321", "浙土字A[2014]-00123", "H-001", "00000000-0001-0000-0000-000000000000",
    ],
)  # fmt: skip
def test_no_other_number_is_taken_for_one(cell: str) -> None:
    """Village codes of 12 digits, time stamps of 13 and 14, credit codes, sums of money, codes with letters: none."""
    assert list(numbers.personal_kinds(cell)) == []


ABOUT_PERSONS = (
    "姓名", "户主", "户主姓名", "被征收人姓名", "被征收人", "产权人姓名", "联系人", "身份证号", "身份证号码",
    "证件号码", "手机", "手机号码", "电话", "联系电话", "家庭住址", "住址", "地址", "详细地址", "门牌号", "配偶",
    "亲属", "家属", "人脉", "关系人", "银行卡号", "银行账号", "开户行", "户主/联系电话", "姓名、电话", "戶主姓名",
    "联系电话（手机）", "电话(必填)", "*联系电话", "户主(姓名)", "姓\u3000名", "身份证\n号码", "户主姓名：",
    "１姓名", "手机号1", "姓名Name", "与户主关系", "身份证地址", "开户银行", "联系方式", "家庭成员", "微信号",
    "Full_name", "ID_number", "Mobile", "Phone", "Telephone", "spouse", "relatives", "householder", "ID No.",
    "Contact person", "Head of household", "Home address", "Mobile phone", "Bank account no.", "Phone number",
    "Identity card number", "Household head / phone", "姓 名", "Owner's name", "家庭住址（到门牌号）",
)  # fmt: skip
NOT_ABOUT_PERSONS = (
    "企业名称", "项目名称", "村", "面积", "户编号", "家庭人口", "家庭成员数", "亲属人数", "户数",
    "走访方式(电话/上门)", "牵头单位", "承办单位", "经理人编码", "网址", "电话次数", "首次联系日期",
    "是否有联系电话", "地块位置", "责任单位", "职务", "河长级别", "Name", "Address", "Owner", "Status",
    "Neighborhood",
)  # fmt: skip


def test_headings_about_persons_are_known() -> None:
    """Chinese and English ones, compound, with brackets, blanks, line breaks, numbers, in traditional characters."""
    assert [written for written in ABOUT_PERSONS if headings.person_kind(written) is None] == []


def test_no_other_heading_is_taken_for_one() -> None:
    """Counts of persons, units, posts, and words that a firm or a house has as well."""
    assert [written for written in NOT_ABOUT_PERSONS if headings.person_kind(written)] == []


def test_no_ledger_has_a_column_about_a_person() -> None:
    """Of all ledgers no column, by its label or any other name, is for a name, a number, a phone, an address, a
    relative; the days of the last contact with a merchant are none."""
    found = {
        (d.name, c.name, s)
        for d in DATASETS.values()
        for c in d.columns
        for s in c.spellings()
        if headings.person_kind(s)
    }
    assert found == set()
    assert {(d.name, c.name) for d in DATASETS.values() for c in d.columns if c.personal} == {
        ("household", "needs_support")
    }
