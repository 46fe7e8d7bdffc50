"""The briefing: what it says, where each figure comes from, what no longer holds, and the document that it is."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from functools import partial
from typing import Any
from xml.etree import ElementTree

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

import cli
from analytics import briefing
from data.datasets import DATASETS
from data.errors import NothingToBrief
from data.ingest import batch_log, loader
from data.store import Store
from data.text import verbatim
from tests.metric_helpers import load_without_errors
from tests.upload_helpers import WHO
from ui.documents import svg_picture, target_bars
from ui.documents.briefing import briefing_paper
from ui.documents.paper import Paper, PaperTable, Paragraph, notes_of
from ui.documents.paper_preview import paper_preview
from ui.documents.word_paper import word_document
from ui.overview import briefing_draft
from ui.preferences import Reader, reading_as
from ui.store import close_shared_store

pytestmark = pytest.mark.slow
WEEK_AGO, TODAY = date(2014, 6, 23), date(2014, 6, 30)
TARGETS = "指标,开始日期,截止日期,目标值,牵头单位\n节水活动覆盖率,2014-01-01,2014-12-31,100,示例科"
A_FIGURE = re.compile(r"\d ?(%|个百分点|项|户|m)")
SCHEMA_ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs snapToGrid spacing ind "
             "contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike snapToGrid color spacing w kern position sz szCs u bdr "
             "shd vertAlign lang",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "w:sectPr": "headerReference footerReference footnotePr type pgSz pgMar pgNumType cols titlePg docGrid",
    "w:footnote": "p",
}  # fmt: skip
ACTIVITIES = "活动编码,活动日期,所在村社,活动类型\n"


def compute_asked(con: Any, asked: Any, day: date) -> Any:
    return asked.compute(con, day)


def results_of(store: Store, day: date, kind: str = "weekly") -> briefing.BriefingResults:
    with store.read() as con:
        return briefing.briefing_results(
            con, kind, day, partial(compute_asked, con), lambda work, *asked: work(con, *asked)
        )


def paper_of(store: Store, day: date, language: Any = "zh") -> Paper:
    with reading_as(Reader(language)):
        return briefing_paper(results_of(store, day), None, language)


def said_in(part: Paragraph) -> str:
    return "".join(sentence.said.zh for sentence in part.sentences)


def text_of(paper: Paper) -> str:
    return "\n".join(said_in(part) for part in paper.parts if isinstance(part, Paragraph))


def load_activities(store: Store, *lines: str) -> None:
    load_without_errors(store, "saving_activity", ACTIVITIES + "\n".join(f"{line},宣传活动" for line in lines))


def issue_briefing(store: Store, day: date) -> int:
    """Issue the briefing of a day and return its batch."""
    results = results_of(store, day)
    with store.read() as con:
        rows = briefing_draft.issued_rows(
            briefing.figures_to_issue(results, batch_log.next_batch(con) - 1), date(2014, 7, 1)
        )
    file, _ = briefing_draft.issue_file(rows, 0, "issued.csv", "zh")
    load_without_errors(store, "issued_figure", file.content.decode("utf-8-sig"))
    with store.read() as con:
        return batch_log.next_batch(con) - 1


@pytest.fixture
def villages(store: Store) -> Store:
    """Four villages, of which two were told how to save water by the 23rd."""
    load_without_errors(store, "village", "村社编码,村社名称\nV0,甲村\nV1,乙村\nV2,丙村\nV3,丁村\n")
    load_without_errors(store, "target", TARGETS)
    load_activities(store, "A,2014-02-01,V0", "B,2014-03-01,V1")
    return store


@pytest.fixture(scope="module")
def sample_paper(sample_store: Store) -> Paper:
    """The weekly briefing of the 示例 ledgers, without pictures."""
    return paper_of(sample_store, TODAY)


def test_the_last_briefing_is_held_against_what_is_known_now(villages):
    """Issued at 50.0 % (2 of 4); batch 5 moves an activity to a village told before: 25.0 %, and is named."""
    issued_by = issue_briefing(villages, WEEK_AGO)
    load_activities(villages, "B,2014-03-01,V0")
    load_activities(villages, "C,2014-06-28,V2")
    paper = paper_of(villages, TODAY)
    said = text_of(paper)
    expected = f"节水活动覆盖率：6月23日上报时是 50.0 %，现在重算是 25.0 %：批次 {issued_by + 1} 更正了 1 个村社。"
    assert expected in said.replace("\u00a0", " ")
    assert f"批次 {issued_by + 2}" not in said
    told = [part for part in paper.parts if isinstance(part, Paragraph) and "上期周报" in said_in(part)]
    assert [part.sentences[0].note.batch for part in told if part.sentences[0].note] == [issued_by]


def test_a_briefing_that_still_holds_is_said_to(villages):
    """Nothing was corrected, so the figures of the last briefing stand; without a former one that is said."""
    assert "此前没有印发过简报" in text_of(paper_of(villages, TODAY))
    issue_briefing(villages, WEEK_AGO)
    assert "上期周报（截至6月23日）里的数字现在重算没有变化" in text_of(paper_of(villages, TODAY))


def test_an_undone_issue_is_no_last_briefing(villages):
    """The batch of an issue can be undone, and the briefing counts as never issued."""
    batch = issue_briefing(villages, WEEK_AGO)
    loader.undo_batch(villages, batch, WHO)
    assert "此前没有印发过简报" in text_of(paper_of(villages, TODAY))


def test_every_figure_has_a_note_with_its_batch(sample_store, sample_paper):
    """Rows of the table, paragraphs with a figure and steps have a footnote that names a batch which is in the book."""
    paper = sample_paper
    [table] = [part for part in paper.parts if isinstance(part, PaperTable)]
    assert all(row[1].note for row in table.rows)
    told = [p for p in paper.parts if isinstance(p, Paragraph) and p.look == "body" and A_FIGURE.search(said_in(p))]
    assert len(told) > 15
    assert [said_in(part) for part in told if not any(sentence.note for sentence in part.sentences)] == []
    steps = [s for part in told for s in part.sentences if "还差" in s.said.zh]
    assert all(step.note for step in steps)
    with sample_store.read() as con:
        assert all(batch_log.has_batch(con, note.batch) for note in notes_of(paper))


def test_the_same_data_give_the_same_bytes(sample_paper):
    """Two documents of one paper are alike to the byte, and no member of the archive bears the hour."""
    first, second = (word_document(sample_paper, "zh", TODAY, svg_picture.png_of_drawing) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as made:
        assert {member.date_time for member in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.fixture
def closed_database(page_database):
    """Give the database of the pages to another process: no page has it open."""
    close_shared_store()
    return page_database


def test_another_process_writes_the_same_bytes(closed_database, tmp_path):
    """Whatever the seed by which a process orders its sets, the document of the terminal is the same to the byte."""
    written = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.docx"
        command = [sys.executable, cli.__file__, "briefing", "-o", str(out), "--db", str(closed_database)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True)
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_the_page_is_that_of_the_standard(sample_paper):
    """A4, a text area of 156 × 225 mm, the fonts by name, four headings, footnotes, and “— 1 —”."""
    content = word_document(sample_paper, "zh", TODAY, svg_picture.png_of_drawing)
    document = docx.Document(io.BytesIO(content))
    [section] = document.sections
    across = (section.page_width, section.left_margin, section.right_margin)
    down = (section.page_height, section.top_margin, section.bottom_margin)
    for (whole, *margins), text_area in ((across, 156), (down, 225)):
        assert abs((whole or 0) - sum(each or 0 for each in margins) - Mm(text_area)) < Mm(1)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        parts = {name: made.read(name).decode() for name in made.namelist() if name.endswith(".xml")}
    assert "仿宋_GB2312" in parts["word/styles.xml"]
    assert "altName" in parts["word/fontTable.xml"]
    assert re.search(r"— .*PAGE.* —", parts["word/footer1.xml"], re.DOTALL)
    signs = re.findall(r'footnoteReference w:id="(\d+)"', parts["word/document.xml"])
    notes = re.findall(r'<w:footnote w:id="(\d+)"', parts["word/footnotes.xml"])
    assert signs == notes != []
    said = [p.text for p in document.paragraphs]
    assert [h for h in said if h[:2] in ("一、", "二、", "三、", "四、")] == [
        "一、总体进展", "二、主要数据", "三、存在问题", "四、下步打算"
    ]  # fmt: skip
    assert said[0].startswith("内部参考")


def test_elements_stand_in_the_order_of_the_schema(sample_paper):
    """Properties of paragraphs, runs, cells and sections follow the sequences of WordprocessingML, as Word insists."""
    content = word_document(sample_paper, "zh", TODAY, svg_picture.png_of_drawing)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        roots = [ElementTree.fromstring(made.read(name)) for name in made.namelist() if name.endswith(".xml")]
    for kind, sequence in SCHEMA_ORDER.items():
        found = [[child.tag.rpartition("}")[2] for child in each] for root in roots for each in root.iter(qn(kind))]
        orders = {tuple(names) for names in found}
        assert found
        assert [names for names in orders if list(names) != sorted(names, key=sequence.split().index)] == []


def test_the_preview_says_what_the_document_says(sample_paper):
    """Every sentence of the document stands in the preview, and each note there leads to its batch."""
    with reading_as(Reader("zh")):
        shown = str(paper_preview(sample_paper).markup)
    assert shown.count("<li>") == len(notes_of(sample_paper))
    assert "平均每天" in shown
    assert "ledgers-history" in shown


def test_a_briefing_in_english_is_english(sample_store):
    """Beside the names that the ledgers hold, no Chinese stands in the English briefing."""
    paper = paper_of(sample_store, TODAY, "en")
    results = results_of(sample_store, TODAY)
    parts = set(results.targets["scope_name"].dropna())
    names = {*results.late["item"], *results.late["note"].dropna(), *results.unknown["item"], *parts}
    names |= {"农村工作服务中心", "征地拆迁办公室", "示例"}
    said = "\n".join(s.said.en for part in paper.parts if isinstance(part, Paragraph) for s in part.sentences)
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, "")
    assert re.findall(r"[\u4e00-\u9fff]+", said) == []


def test_a_day_before_the_data_has_no_briefing(sample_store, store):
    """Neither a day before the first batch nor an empty database gives a paper: one sentence says why."""
    for of, day in ((sample_store, date(2001, 1, 1)), (store, TODAY)):
        with pytest.raises(NothingToBrief):
            results_of(of, day)


def test_the_terminal_writes_the_document(closed_database, tmp_path, capsys):
    """The verb writes a document with both pictures, of the month where that is asked for, and none without data."""
    out, of = tmp_path / "f.docx", ["--db", str(closed_database)]
    assert cli.main(["briefing", "--as-of", "2001-01-01", "-o", str(out), *of]) == 2
    assert "2001-01-01" in capsys.readouterr().err
    assert not out.exists()
    assert cli.main(["briefing", "--kind", "monthly", "-o", str(out), *of]) == 0
    with zipfile.ZipFile(out) as made:
        pictures = [name for name in made.namelist() if name.endswith(".png")]
    assert len(pictures) == (2 if svg_picture.has_chinese_font() else 0)
    assert "月报" in docx.Document(str(out)).core_properties.title


def test_without_a_chinese_font_the_pictures_are_left_out(sample_paper):
    """A server that cannot draw Chinese says so in the paper: no picture full of boxes."""
    assert "没有中文字体" in text_of(sample_paper)


def test_a_target_without_data_is_named(villages):
    """A target whose metric has no figure stands in the table as missing, and in a sentence by its name."""
    load_without_errors(villages, "target", TARGETS + "\n长流水修复率,2014-01-01,2014-12-31,95,示例科")
    paper = paper_of(villages, TODAY)
    assert "没有数据的：漏水设施修复率。" in text_of(paper)
    figures = briefing.figures_to_issue(results_of(villages, TODAY), 1)
    assert list(figures["target_id"]) == ["saving_coverage"]


def test_what_is_issued_loads_into_its_ledger(villages):
    """The columns of the figures are those of the ledger, and the values keep four decimals."""
    rows = briefing_draft.issued_rows(briefing.figures_to_issue(results_of(villages, TODAY), 3), TODAY)
    assert list(rows.columns) == [column.name for column in DATASETS["issued_figure"].columns]
    assert pd.notna(rows["value"]).all()


@pytest.mark.quick
def test_the_drawing_for_paper_has_no_properties_of_its_own():
    """What the renderer cannot read is put in: colours for properties, long forms of fonts, groups for links."""
    svg = "<svg><style>.a{--x:#123456;fill:var(--x);font:700 12px 'Y',sans-serif}</style><a href='#'>河</a></svg>"
    plain = svg_picture.plain_style(svg)
    assert "var(" not in plain
    for readable in ("fill:#123456", "font-size:12px", "<g href"):
        assert readable in plain


def test_what_is_not_known_is_said_to_be(villages):
    """A line of work with nothing known is not on plan, an unknown change is no standstill, missing is never 0."""
    load_without_errors(villages, "target", TARGETS + "\n长流水修复率,2014-01-01,2014-12-31,95,示例科")
    results = results_of(villages, TODAY)
    said = text_of(briefing_paper(results, None, "zh"))
    assert "没有可比数字的：漏水设施修复率；其余没有变化" in said
    only_unknown = results.targets[results.targets["actual"].isna()]
    nothing = dataclasses.replace(results, targets=only_unknown, late=results.late.head(0))
    said = text_of(briefing_paper(nothing, None, "zh"))
    assert "1项目标都判断不了，无数据1项" in said
    assert "项目标都没有落后" not in said
    assert "已知的各项按序时继续推进" in said


def late_works(**cells: Any) -> pd.DataFrame:
    """Works as rows of what is late, alike but for some cells."""
    row = {"kind": "工程", "item": "甲工程", "item_id": "W-1", "light": "已逾期", "actual": 1.0, "target": 5.0,
           "rate": 20.0, "quantity_unit": "m", "gap": -80.0, "judged_on": pd.Timestamp(WEEK_AGO), "is_level": False,
           "days_left": -3.0, "ends_on": pd.Timestamp(2014, 6, 27), "owner": "示例科", "scope_name": None,
           "note": None, "noted_on": pd.NaT, "noted_by": None}  # fmt: skip
    return pd.DataFrame([row | cells])


@pytest.fixture
def works(villages: Store) -> Store:
    """Two works whose deadline was on the 20th: one never reported, the other with four fifths on the day of half."""
    load_without_errors(villages, "river", "河道编码,河道名称,河道等级,水体类型,长度(公里)\nR,甲河,村级,河流,1\n")
    works = (
        "W-1,甲工程,R,清淤,治,5,m,2014-01-01,2014-06-20,示例科\nW-2,乙工程,R,清淤,治,5,m,2014-01-01,2014-06-20,示例科\n"
    )
    heading = "工程编码,工程名称,河道,工程类型,四维度,计划工程量,计量单位,计划开工,计划完工,牵头单位\n"
    load_without_errors(villages, "work", heading + works)
    load_without_errors(villages, "work_progress", "工程,上报日期,累计完成量\nW-2,2014-03-27,4\n")
    return villages


def test_a_late_work_without_a_figure_has_no_rest(works):
    """Of a work past its deadline that was never reported no share, gap, rest or day of a report is told."""
    said = text_of(paper_of(works, TODAY))
    assert "甲工程：已逾期，没有数据，从未上报，牵头单位示例科" in said
    assert "补报甲工程的完成数" in said


def test_what_was_ahead_when_it_was_reported_and_is_overdue_now_is_not_called_ahead(works):
    """Four fifths on the day of half, and past the deadline since: a problem that is told without “快于序时”."""
    said = text_of(paper_of(works, TODAY)).replace("\u00a0", " ")
    assert "乙工程：已逾期，完成80.0 %（4 / 5 m），3月27日上报，牵头单位示例科" in said
    assert "落后于序时或已逾期" in said


def test_the_last_note_of_a_late_work_is_told(villages):
    """What it is stuck on stands with its day and who committed it, beside the day of a later report."""
    noted = {"note": "淤泥无处\n堆放", "noted_by": "张三"}
    for on, expected in ((WEEK_AGO, "，"), (date(2014, 6, 1), "，6月23日上报，")):
        late = late_works(noted_on=pd.Timestamp(on), **noted)
        said = text_of(briefing_paper(dataclasses.replace(results_of(villages, TODAY), late=late), None, "zh"))
        assert f"80.0 个百分点{expected}{on.month}月{on.day}日上报“淤泥无处 堆放”（张三提交）" in said


def test_days_of_other_years_have_their_year(villages):
    """A deadline of the next year is no deadline of this June, and one of the last year was not this February."""
    told = {}
    for ends_on, days in ((pd.Timestamp(2015, 6, 1), 336.0), (pd.Timestamp(2013, 2, 28), -487.0)):
        late = late_works(ends_on=ends_on, days_left=days)
        paper = briefing_paper(dataclasses.replace(results_of(villages, TODAY), late=late), None, "zh")
        told[days] = text_of(paper)
    assert "2015年6月1日到期，还剩336天" in told[336.0]
    assert "2015年6月1日前完成甲工程，还差4 m" in told[336.0]
    assert "，6月23日上报，" in told[336.0]
    assert "2013年2月28日到期，已过487天" in told[-487.0]


def test_the_step_of_a_target_names_its_value(villages):
    """Two of four villages by November: the rate is to be raised to 100 %; one does not finish a rate."""
    said = text_of(paper_of(villages, date(2014, 11, 30))).replace("\u00a0", " ")
    assert "12月31日前把节水活动覆盖率提高到100.0 %，还差50.0个百分点，平均每天1.6个百分点" in said


def test_a_unit_with_many_late_items_is_told_how_many_more(villages):
    """Of eighteen late works of a unit fifteen are told, and of the other three how many they are and where."""
    late = pd.concat([late_works(item_id=f"W-{number}") for number in range(18)], ignore_index=True)
    said = text_of(briefing_paper(dataclasses.replace(results_of(villages, TODAY), late=late), None, "zh"))
    assert said.count("尽快完成甲工程，还差4 m") == 15
    assert "；另有3项，见平台“谁该办”。" in said


@pytest.mark.quick
def test_long_names_and_bars_beyond_the_scale_are_cut_for_all_to_see():
    """A name stands whole in two lines or ends in “…”; a bar beyond 120 % has two slashes and its true number."""
    assert target_bars.name_lines("Economic Development Centre: investment") == [
        "Economic Development Centre:",
        "investment",
    ]
    assert target_bars.name_lines("很" * 30) == ["很" * 19, "很" * 11]
    assert target_bars.name_lines("很" * 60) == ["很" * 19, "很" * 18 + "…"]
    drawn = {}
    for rate in (224.3, 100.0, None):
        bar = target_bars.TargetBar(verbatim("清淤", "Dredging"), rate, None, "●", "#009E73")
        drawn[rate] = target_bars.target_bars_svg([bar], verbatim("没有数据", "no data"), "zh")
    assert [svg.count("<line") for svg in drawn.values()] == [2, 0, 0]
    assert "224.3\u00a0%" in drawn[224.3]
    assert "没有数据" in drawn[None]
