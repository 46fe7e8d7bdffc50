"""What clerks write into the ledgers of investment: told, or converted and said, never repaired silently."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from data.datasets import DATASETS
from data.errors import UnknownUnit
from data.ingest import loader
from data.ingest.loader import Report, Who
from data.ingest.reading import reader
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows

PROJECT = "项目编码,项目名称,项目类别,"
TWO = f"{PROJECT}总投资,投资方\nI-1,甲,供地类,1000,甲公司\nI-2,乙,租赁类,500,乙公司\n"
STAGE = "项目,阶段,进入日期\n"
FUND = "到资编码,项目,到位日期,到位金额,证明材料,已核实,资金类别,折合外资\n"
CHANGE = "变更编码,项目,变更事项,原金额,新金额,原日期,新日期,变更日期\n"


def load_content(store: Store, ledger: str, content: str | bytes, name: str = "台账.csv") -> Report:
    raw = content.encode("gb18030") if isinstance(content, str) else content
    return loader.load_file(store, DATASETS[ledger], reader.make_upload(name, raw), Who("测试员"))


def told_errors(report: Report) -> list[tuple[int, str, str]]:
    return [(e.line, e.column, e.reason.zh) for e in report.errors]


def told_notes(report: Report) -> str:
    return "\n".join(note.reason.zh for note in report.notes)


@pytest.fixture
def projects(store: Store) -> Store:
    load_without_errors(store, "investment_project", TWO)
    return store


def investments(store: Store) -> list[float]:
    with store.read() as con:
        return [value for (value,) in con.execute("SELECT investment FROM investment_project").fetchall()]


@pytest.mark.parametrize(
    ("heading", "cell", "amount", "said"),
    [
        ("总投资(亿元)", "1.2", 12000, "按“亿元”读取，已换算成 万元"),
        ("总投资(元)", "12000000", 1200, "按“元”读取，已换算成 万元"),
        ("总投资", "1.5亿", 15000, "自带单位“亿”"),
        ("总投资(万元)", "2亿元", 20000, "自带单位“亿元”"),
        ("总投资", "30000元", 3, "自带单位“元”"),
        ("合同金额(万元)", "90", 90, ""),
        ("Contract value (亿元)", "0.5", 5000, "已换算成 万元"),
    ],
)
def test_money_in_another_unit_is_converted_and_said(store, heading, cell, amount, said):
    """A unit in the heading or in the cell goes before 万元, in a file of GBK too, and the clerk is told."""
    report = load_content(store, "investment_project", f"{PROJECT}{heading}\nI-1,甲,供地类,{cell}\n")
    assert told_errors(report) == []
    assert investments(store) == [pytest.approx(amount)]
    assert said in told_notes(report)


@pytest.mark.parametrize("cell", ["300万美元", "$300", "US$300", "€20", "300万USD"])
def test_foreign_money_in_a_cell_is_refused(store, cell):
    """No rate of exchange is known to the house, so that such an amount is told with what to write."""
    report = load_content(store, "investment_project", f"{PROJECT}总投资\nI-1,甲,供地类,{cell}\n")
    [(line, column, reason)] = told_errors(report)
    assert (line, column) == (2, "总投资")
    assert "单位不能换算成这一列的单位" in reason
    assert "万元" in report.errors[0].advice.zh


def test_a_heading_in_dollars_is_refused(store):
    """The whole file is refused, with both units in the sentence."""
    with pytest.raises(UnknownUnit) as told:
        load_content(store, "investment_project", f"{PROJECT}总投资(万美元)\nI-1,甲,供地类,300\n")
    assert "单位“万美元”不能换算成“总投资”的单位（万元）" in told.value.text.zh


@pytest.mark.parametrize(
    ("number_format", "amount"), [('0.00"亿元"', 35000), ('#,##0"元"', 0.00035), ("[$$-409]#,##0", None)]
)
def test_the_number_format_of_a_workbook_is_a_unit(store, number_format, amount):
    """What a cell shows behind or before its number counts as written; dollars are refused."""
    book, stream = Workbook(), BytesIO()
    sheet = book.active
    for row in (["项目编码", "项目名称", "项目类别", "总投资"], ["I-1", "甲", "供地类", 3.5]):
        sheet.append(row)
    sheet.cell(2, 4).number_format = number_format
    book.save(stream)
    report = load_content(store, "investment_project", stream.getvalue(), "台账.xlsx")
    assert len(report.errors) == (amount is None)
    assert investments(store) == ([pytest.approx(amount)] if amount else [])


@pytest.mark.parametrize(
    ("written", "stage"),
    [("线索", "储备"), ("在谈", "洽谈"), ("洽谈中", "洽谈"), ("已投产", "投产纳统"), ("Signed", "正式签约"),
     ("主体封顶", "封顶"), ("注册", "注册落地")],
)  # fmt: skip
def test_other_words_of_the_trade_are_known(projects, written, stage):
    """Words that can mean one stage only are read as that stage."""
    load_without_errors(projects, "stage_event", f"{STAGE}I-1,{written},2014-01-01")
    with projects.read() as con:
        assert con.execute("SELECT stage FROM stage_event").fetchall() == [(stage,)]


@pytest.mark.parametrize("written", ["签约", "已签约", "Won", "Lost", "Prospecting", "Engaging"])
def test_words_that_mean_several_stages_or_none_are_refused(projects, written):
    """签约 may be a letter of intent or the contract; those of a CRM are not ours: the sentence lists what is known."""
    report = load_content(projects, "stage_event", f"{STAGE}I-1,{written},2014-01-01")
    [(line, column, reason)] = told_errors(report)
    assert (line, column) == (2, "阶段")
    assert "不在可选范围内：储备、洽谈、意向签约、正式签约" in reason
    if "签约" in written:
        assert "最接近的是“意向签约”、“正式签约”" in reason


@pytest.mark.parametrize("written", ["总部类", "总部注册类", "Head office"])
def test_the_track_has_other_names(store, written):
    """总部类 is the track of head offices."""
    load_without_errors(store, "investment_project", f"{PROJECT}总投资\nI-1,甲,{written},300\n")


def test_a_project_that_comes_back_after_its_end_is_told_once(projects):
    """The first stage after the end is told as resumed; what follows is not."""
    rows = "I-1,终止,2014-01-01\nI-1,洽谈,2014-02-01\nI-1,正式签约,2014-03-01"
    report = load_content(projects, "stage_event", STAGE + rows)
    assert told_errors(report) == []
    assert [(n.line, n.value) for n in report.notes if "终止后又进入" in n.reason.zh] == [
        (3, "洽谈 · 2014-02-01 · 2014-01-01")
    ]


def test_a_skipped_stage_is_no_error_and_is_seen(projects):
    """From talks to the start of works: loaded, and counted as passed over in the stages of the project and of all."""
    load_without_errors(
        projects, "stage_event", f"{STAGE}I-1,洽谈,2013-01-01\nI-1,拿地,2014-01-01\nI-2,投产纳统,2014-01-01"
    )
    passed = {row["stage"]: row["skipped"] for row in metric_rows(projects, "pipeline_stages", "2014-06-30")}
    assert {stage: passed[stage] for stage in ("储备", "洽谈", "意向签约", "正式签约", "注册落地", "拿地", "竣工")} == {
        "储备": 2, "洽谈": 1, "意向签约": 2, "正式签约": 2, "注册落地": 2, "拿地": 0, "竣工": 0,
    }  # fmt: skip


def test_the_same_project_signed_twice_is_told(store):
    """Same investor and amount, or the same name under two codes."""
    rows = f"{PROJECT}总投资,投资方\nI-1,甲,供地类,900,甲公司\nI-2,乙,供地类,900,甲公司\nI-3,乙,供地类,70,丙公司\n"
    notes = told_notes(load_content(store, "investment_project", rows))
    assert "请核对是否重复登记" in notes
    assert "登记了几个编码" in notes


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("F-1,I-1,2014-01-01,100,,是,,", "“证明材料”不能为空"),
        ("F-1,I-1,2014-01-01,100,口头,是,,", "“证明材料”不在可选范围内"),
        ("F-1,I-1,2014-01-01,100,发票,是,内资,10", "填了“折合外资”，“资金类别”却不是外资"),
        ("F-1,I-1,2014-01-01,100,发票,是,,10", "填了“折合外资”，“资金类别”却不是外资"),
        ("F-1,I-9,2014-01-01,100,发票,是,,", "“招商项目”里没有它"),
    ],
)
def test_a_receipt_without_proof_or_project_is_refused(projects, row, said):
    """Funds need a proof that is known, foreign money its kind, and a project that is there."""
    assert said in "\n".join(reason for _, _, reason in told_errors(load_content(projects, "funding", FUND + row)))


@pytest.mark.parametrize(("verified", "is_told"), [("是", True), ("否", False)])
def test_verified_receipts_above_the_contract_are_told(projects, verified, is_told):
    """Only what is verified adds up; it is loaded all the same, for contracts are raised later than paid."""
    report = load_content(projects, "funding", f"{FUND}F-1,I-1,2014-01-01,1001,发票,{verified},,")
    assert report.counts.inserted == 1
    assert ("之和超过总投资" in told_notes(report)) == is_told


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("C-1,I-1,总投资,100,90,,,2014-01-01", ""),
        ("C-1,I-1,预计开工日期,,,2014-03-01,2014-06-01,2014-01-01", ""),
        ("C-1,I-1,总投资,,,2014-03-01,2014-06-01,2014-01-01", "是预计日期的才填"),
        ("C-1,I-1,预计开工日期,100,90,,,2014-01-01", "是总投资的才填"),
        ("C-1,I-1,总投资,100,,,,2014-01-01", "必须有“新金额”"),
        ("C-1,I-1,总投资,100,100,,,2014-01-01", "变更前后一样"),
        ("C-1,I-1,预计投产日期,,,2014-03-01,2014-03-01,2014-01-01", "变更前后一样"),
    ],
)
def test_a_change_says_what_it_changes(projects, row, said):
    """Amounts go with the investment, days with the expected days, and before is not after."""
    errors = told_errors(load_content(projects, "project_change", CHANGE + row))
    assert said in "\n".join(reason for _, _, reason in errors)
    assert bool(errors) == bool(said)


def test_a_firm_that_is_not_registered_is_refused(store):
    """The sentence names the column, the register and what to do first."""
    report = load_content(store, "investment_project", f"{PROJECT}总投资,企业\nI-1,甲,供地类,900,无此公司\n")
    assert told_errors(report) == [(2, "企业", "“企业名册”里没有它，请先登记")]


@pytest.mark.parametrize("as_of", ["2008-12-31", "2011-06-30", "2013-12-31", "2014-06-30", "2015-01-01"])
def test_the_stages_add_up_to_all_projects(sample_store, as_of):
    """On every day each project stands in one stage, or in the row of those without."""
    rows = metric_rows(sample_store, "pipeline_stages", as_of)
    with sample_store.read() as con:
        [(projects, investment)] = con.execute("SELECT count(*), sum(investment) FROM investment_project").fetchall()
    assert sum(row["projects"] for row in rows) == projects
    assert sum(row["investment"] for row in rows) == pytest.approx(investment)


# 宁波集中开工 2022-01-08 as published: number and 亿元 of the parts, which stand for three origins here, and of all
PUBLISHED_PARTS = {"浙商回归": (61, 808), "省外": (14, 97), "市内": (53, 824)}
PUBLISHED_TOTAL = (132, 2287)


def published_lines() -> list[str]:
    """Return as many projects as were published of each part, the last of it with the rest of its amount."""
    rest = tuple(total - sum(part) for total, *part in zip(PUBLISHED_TOTAL, *PUBLISHED_PARTS.values(), strict=True))
    lines = []
    for origin, (projects, amount) in (PUBLISHED_PARTS | {"": rest}).items():
        amounts = [1] * (projects - 1) + [amount - projects + 1]
        lines += [f"I-{origin}{n},{origin}{n}号,供地类,{each},{origin}" for n, each in enumerate(amounts)]
    return lines


def test_what_the_published_parts_leave_is_shown(store):
    """132 projects of 2287 亿元 were published, in parts of 128 and 1729: the rest is a row, and the rows add up."""
    load_without_errors(store, "investment_project", "\n".join([f"{PROJECT}总投资(亿元),资金来源", *published_lines()]))
    rows = metric_rows(store, "projects_by_origin", "2022-01-08")
    found = {row["origin"]: (row["projects"], round(row["investment"] / 10_000)) for row in rows}
    assert found == PUBLISHED_PARTS | {"未分类": (4, 558)}
    assert (sum(n for n, _ in found.values()), sum(amount for _, amount in found.values())) == PUBLISHED_TOTAL


def test_a_project_of_which_no_amount_is_known_yet_counts(store):
    """Leads have no amount: they are loaded, counted in their stage, and add nothing to the money."""
    load_without_errors(store, "investment_project", f"{PROJECT}总投资\nI-1,甲,供地类,\nI-2,乙,供地类,70\n")
    load_without_errors(store, "stage_event", f"{STAGE}I-1,储备,2014-01-01\nI-2,储备,2014-01-01")
    [row] = [row for row in metric_rows(store, "pipeline_stages", "2014-06-30") if row["stage"] == "储备"]
    assert (row["projects"], row["investment"]) == (2, 70)
