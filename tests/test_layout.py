"""Where the table of a file begins, what its headings are, and which rows are no data."""

from __future__ import annotations

import pytest

from data import errors
from data.datasets import DATASETS
from data.errors import AmbiguousTitleUnit, UnknownTitleUnit
from data.ingest.checking.error_reasons import LEFT_OUT
from data.ingest.reading import reader
from data.ingest.reading.reader import ReadOptions, Source
from data.ingest.sample import sample_files
from data.ingest.table import headers, layout
from data.ingest.table.layout import Layout


def open_text(name: str, content: str) -> tuple[Source, Layout]:
    """Open a text as a file of a ledger, and find its table."""
    return table_of_file(name, reader.make_upload("台账.csv", content.encode()))


def table_of_file(name: str, file: reader.Upload, header_line: int | None = None) -> tuple[Source, Layout]:
    """Open a file of a ledger, and find its table."""
    dataset = DATASETS[name]

    def known(cells: list[str]) -> int:
        return headers.known_heading_count(dataset, cells)

    source = reader.open_file(file, ReadOptions(header_line=header_line), known)
    return source, layout.find_layout(dataset, source.head, header_line, known)


def left_out_by_line(name: str, content: str) -> dict[int, str]:
    """Return line -> reason of every line of a file that is no data and no header."""
    source, table = open_text(name, content)
    below = [(r.line, layout.left_out_reason(r.cells, table)) for r in source.records() if r.line >= table.first_line]
    return {out.line: out.reason for out in table.left_out} | {line: reason for line, reason in below if reason}


def test_a_plain_table_begins_at_its_header():
    """A file without anything above or below its table has the header on line 1, and nothing is left out."""
    _, table = open_text("village", "村社编码,村社名称\nV-1,胡家村\n")
    assert (table.header, table.header_line, table.first_line) == (["村社编码", "村社名称"], 1, 2)
    assert table.left_out == []


def test_titles_above_the_header_are_left_out_with_their_text():
    """Title rows are no header and no data; the report can show their lines and their text."""
    _, table = open_text(
        "village", "庄桥街道村社名册,,\n制表：党政办,,2014年\n\n村社编码,村社名称,类别\nV-1,胡家村,行政村\n"
    )
    assert (table.header_line, table.first_line) == (4, 5)
    assert [(out.line, out.reason, out.text) for out in table.left_out] == [
        (1, "title", "庄桥街道村社名册"),
        (2, "title", "制表：党政办 2014年"),
    ]


def test_a_title_that_is_merged_over_the_table_is_one_title():
    """A workbook's merged title is repeated over its columns; it is shown once and is no header."""
    _, table = open_text("village", "村社名册,村社名册,村社名册\n村社编码,村社名称,类别\nV-1,胡家村,行政村\n")
    assert [out.text for out in table.left_out] == ["村社名册"]
    assert table.header == ["村社编码", "村社名称", "类别"]


def test_the_header_is_the_row_with_the_most_known_headings():
    """Rows above that show a heading by chance do not become the header, nor do items among the data."""
    content = "断面,情况说明,,\n断面,监测时间,监测项目,监测值\n清林渡,2021-04-01,氨氮,0.3\n清林渡,2021-04-01,总磷,0.1\n"
    _, table = open_text("reading", content)
    assert table.header_line == 2


def test_an_unknown_header_is_the_first_full_row():
    """Where no heading is known, the header is the first row that is about as full as the rows below."""
    _, table = open_text("reading", "某某报表,,\n站,日,因子,含量\na,b,氨氮,1\nc,d,总磷,2\n")
    assert table.header == ["站", "日", "因子", "含量"]


def test_the_header_row_may_be_given():
    """The clerk's header row goes before the one that fits better; a line that has none is told."""
    content = "村社编码,村社名称\nx,y\nV-1,胡家村\n"
    file = reader.make_upload("村社.csv", content.encode())
    _, table = table_of_file("village", file, header_line=2)
    assert (table.header, table.first_line) == (["x", "y"], 3)
    assert [out.line for out in table.left_out] == [1]
    with pytest.raises(errors.NoSuchHeader):
        table_of_file("village", file, header_line=9)


TWO_ROWS = {
    "groups over known headings": (
        "demolition_project",
        "项目编码,项目名称,征迁类别,签约情况,,签约期限,\n,,,总户数,已签约,签约开始,签约截止\nP-1,甲,三改,12,3,2014-01-01,2014-02-01\n",
        ["项目编码", "项目名称", "征迁类别", "总户数", "已签约", "签约开始", "签约截止"],
    ),
    "merged cells repeated": (
        "reading",
        "断面,监测时间,监测结果,监测结果\n断面,监测时间,氨氮,总磷\n清林渡,2021-04-01,0.3,0.1\n",
        ["断面", "监测时间", "氨氮", "总磷"],
    ),
    "halves of headings": (
        "plant",
        "厂站编码,厂站名称,所在村社,设计能力,应接,已接\n,,,,户数,户数\nP-1,甲,胡家村,50,10,9\n",
        ["厂站编码", "厂站名称", "所在村社", "设计能力", "应接户数", "已接户数"],
    ),
    "the same words in two groups": (
        "work",
        "工程编码,工程名称,河道,清淤,,箱涵,\n,,,计划,完成,计划,完成\nW-1,甲,一号河,1,2,3,4\n",
        ["工程编码", "工程名称", "河道", "清淤计划", "清淤完成", "箱涵计划", "箱涵完成"],
    ),
    "unknown words under a group": (
        "village",
        "村社编码,村社名称,班子情况,\n,,书记,主任\nV-1,胡家村,甲,乙\n",
        ["村社编码", "村社名称", "书记", "主任"],
    ),
}


@pytest.mark.parametrize("case", TWO_ROWS)
def test_a_header_of_two_rows_gives_one_heading_a_column(case):
    """Of two header rows each column takes the known heading: lower, joined or upper; equal ones are told apart."""
    name, content, expected = TWO_ROWS[case]
    _, table = open_text(name, content)
    assert table.header == expected
    assert (table.header_line, table.first_line, table.left_out) == (2, 3, [])


def test_the_first_row_of_data_is_no_second_header():
    """A first row of words, and gaps in the header, do not make the row part of it."""
    _, table = open_text("village", "村社编码,村社名称,,类别\nV-甲,胡家村,某,行政村\n")
    assert (table.header_line, table.first_line) == (1, 2)
    _, table = open_text("reading", "断面,监测时间,项目类型,监测项目,监测值\n清林渡,2021-04-01,氨氮,氨氮,0.3\n")
    assert (table.header_line, table.first_line) == (1, 2)


def test_a_row_of_units_goes_into_the_headings():
    """The units of a row below the header stand in its brackets, unless a heading has one; the row is left out."""
    content = "断面,监测时间,pH,氨氮,总磷(mg/L)\n单位,,无量纲,（μg/L）,mg/L\n清林渡,2021-04-01,7,300,0.1\n"
    _, table = open_text("reading", content)
    assert table.header == ["断面", "监测时间", "pH(无量纲)", "氨氮(μg/L)", "总磷(mg/L)"]
    assert (table.header_line, table.first_line) == (1, 3)
    assert [(out.line, out.reason) for out in table.left_out] == [(2, "unit")]


def test_a_unit_finds_the_heading_whatever_stands_in_its_brackets():
    """A remark such as 必填 in the brackets gives way to the unit; a name with brackets of its own keeps them."""
    _, table = open_text("village", "村社编码,村社名称,人口(必填)\n,,万人\nV-1,胡家村,0.1\n")
    assert headers.match_headings(DATASETS["village"], table.header, "").factors == {"population": 1e4}
    _, table = open_text("reading", "断面,监测时间,高锰酸盐指数(CODMn)\n,,μg/L\n清林渡,2021-04-01,3000\n")
    assert list(headers.match_headings(DATASETS["reading"], table.header, "").factors.values()) == [0.001]


@pytest.mark.parametrize("title", ["单位：亿元", "（单位:亿元）", "金额单位： 亿元", "单位：亿元、无量纲"])
def test_a_unit_in_the_title_goes_for_the_columns_that_it_converts_to(title):
    """A title's unit is put into the headings that have none and whose column can be converted from it."""
    content = f"招商项目,,{title}\n项目编码,项目名称,总投资,项目类别\nP-1,甲,1,供地类\n"
    _, table = open_text("investment_project", content)
    assert table.header == ["项目编码", "项目名称", "总投资(亿元)", "项目类别"]


@pytest.mark.parametrize("title", ["填报单位：庄桥街道", "单位：万元", "单位：庄桥街道"])
def test_a_title_without_another_unit_changes_no_heading(title):
    """An office, and the unit that the column has anyway, leave the headings alone."""
    content = f"招商项目,,{title}\n项目编码,项目名称,总投资,项目类别\nP-1,甲,1,供地类\n"
    _, table = open_text("investment_project", content)
    assert table.header == ["项目编码", "项目名称", "总投资", "项目类别"]


@pytest.mark.parametrize(
    "title", ["单位：美元", "（单位：户）", "金额：K元", "进度表（美元）", "（mmol/L）", "单位 公里", "单位：亩、亿元"]
)
def test_a_unit_in_the_title_that_fits_no_column_refuses_the_file(title):
    """Values under a unit that converts to that of no column are never loaded as they stand."""
    content = f"招商项目,,{title}\n项目编码,项目名称,总投资,项目类别\nP-1,甲,1,供地类\n"
    with pytest.raises(UnknownTitleUnit):
        open_text("investment_project", content)


@pytest.mark.parametrize(
    "title", ["金额：元", "（元）", "单位 元", "单位：人民币元", "进度表（单位：元）", "进度表（元）"]
)
def test_the_unit_of_a_title_may_be_written_in_many_ways(title):
    """金额：元, （元） alone and 单位 元 are units of the title as 单位：元 is."""
    content = f"{title},,\n项目编码,项目名称,总投资,项目类别\nP-1,甲,1,供地类\n"
    _, table = open_text("investment_project", content)
    assert table.header == ["项目编码", "项目名称", "总投资(元)", "项目类别"]


PARCELS = "地块编码,项目,用地面积,出让金,约定动工日期\nG-1,P-1,2,3,2014-01-01\n"


@pytest.mark.parametrize(
    ("title", "headings", "named"),
    [
        ("单位：万元、亩", ["用地面积", "出让金"], {"用地面积": "亩", "出让金": "万元"}),
        ("单位：公顷、元", ["用地面积(公顷)", "出让金(元)"], {"用地面积": "公顷", "出让金": "元"}),
        ("（单位：亿元，亩）", ["用地面积", "出让金(亿元)"], {"用地面积": "亩", "出让金": "亿元"}),
    ],
)
def test_several_units_of_a_title_go_each_for_their_own_columns(title, headings, named):
    """Money goes for the price and an area for the area, and the layout says which unit was taken for which."""
    _, table = open_text("parcel", f"{title}\n{PARCELS}")
    assert (table.header[2:4], table.title_units) == (headings, named)


@pytest.mark.parametrize("title", ["单位：元、亿元", "单位：万元、元", "单位：公里、米、元、亿元"])
def test_two_units_of_a_title_for_one_column_refuse_the_file(title):
    """元 and 亿元 over one column of money: nobody can tell which of them it is in."""
    with pytest.raises((AmbiguousTitleUnit, UnknownTitleUnit)):
        open_text("parcel", f"{title}\n{PARCELS}")


def test_two_lengths_of_a_title_go_for_the_columns_that_are_kept_in_them():
    """公里、米 over a length in km and a width in m leaves both as they are."""
    _, table = open_text(
        "river", "单位：公里、米\n河道编码,河道名称,河道等级,水体类型,长度,平均宽度\nR,河,村级,河流,1.66,14\n"
    )
    assert table.header[4:] == ["长度", "平均宽度"]
    assert table.title_units == {"长度": "公里", "平均宽度": "米"}


@pytest.mark.parametrize("title", ["单位：公里", "单位：米"])
def test_a_unit_of_the_title_for_columns_of_different_units_refuses_the_file(title):
    """Over a length in km and a width in m one unit of length does not tell which of them it is meant for."""
    with pytest.raises(AmbiguousTitleUnit, match="长度、平均宽度"):
        open_text("river", f"{title}\n河道编码,河道名称,河道等级,水体类型,长度,平均宽度\nR,河,村级,河流,1.66,14\n")
    _, table = open_text(
        "river", f"{title}\n河道编码,河道名称,河道等级,水体类型,长度(km),平均宽度\nR,河,村级,河流,1.66,14\n"
    )
    assert table.header[4] == "长度(km)"


@pytest.mark.parametrize(
    ("row", "heads"),
    [
        (",,,单位：μg/L", ["氨氮(μg/L)", "总磷(μg/L)"]),
        (",,,μg/L", ["氨氮", "总磷(μg/L)"]),
        (",,ug/l,mmol/L", ["氨氮(ug/l)", "总磷(mmol/L)"]),
        ("单位,,ppb,ppb", ["氨氮(ppb)", "总磷(ppb)"]),
        ("单位,,foo,mg/L", ["氨氮(单位：foo)", "总磷(mg/L)"]),
        ("单位,,foo,foo", ["氨氮(单位：foo)", "总磷(单位：foo)"]),
    ],
)
def test_a_row_of_units_is_known_though_a_unit_is_not(row, heads):
    """A row that says 单位 or holds a unit that nobody converts is a row of units; what is unknown is kept as one."""
    _, table = open_text("reading", f"断面,监测时间,氨氮,总磷\n{row}\n清林渡,2021-04-01,300,100\n")
    assert (table.header[2:], [out.reason for out in table.left_out]) == (heads, ["unit"])


def test_a_unit_in_the_heading_goes_before_that_of_the_title():
    """A heading that says its unit is not touched by the title."""
    content = "单位：元\n项目编码,项目名称,总投资（亿元）,项目类别\nP-1,甲,1,供地类\n"
    _, table = open_text("investment_project", content)
    assert table.header[2] == "总投资（亿元）"


@pytest.mark.parametrize(
    "row",
    [
        "合计,,1200,30",
        "合 计：,,1200,30",
        "总　计,,1200,30",
        ",合计,1200,30",
        "3,小计,1200,30",
        "本页合计,,1200,30",
        "胡家村小计,,1200,—",
        "2014年累计,,1200,30",
        "合计（12个）,,1200,30",
        "Total,,1200,30",
        "Grand total:,,1200,30",
        "Hujia subtotal,,1200,30",
    ],
)
def test_a_row_of_totals_is_no_data(row):
    """Sums below or between the rows, with blanks and colons, of a page or of a group, are left out as totals."""
    assert left_out_by_line("village", f"村社编码,村社名称,人口,户数\nV-1,胡家村,1,1\n{row}\n") == {3: "total"}


@pytest.mark.parametrize(
    "row",
    [
        "注：本表由街道填报,,,",
        "注1：户数按户籍,,,",
        "备注：无,,,",
        "说明：数据截至月底。,,,",
        "填表人：张某,,审核人：李某,",
        "填表人,张某,审核人,李某",
        "单位负责人（签字）：,,填表日期：2014-04-18,",
        "数据来源：公安分局,,,",
        "一、行政村,,,",
        "（二）社区,,,",
        "以下空白,,,",
        "第 1 页 共 3 页,,,",
        "按区里要求，户数为去年年底的数，人口含暂住半年以上的外来人口,,,",
        "Note: as of April,,,",
        "Prepared by: Zhang,,Checked by: Li,",
    ],
)
def test_a_remark_is_no_data(row):
    """Notes, signatures, sources, page numbers and titles of groups are left out as remarks."""
    assert left_out_by_line("village", f"村社编码,村社名称,人口,户数\nV-1,胡家村,1,1\n{row}\n") == {3: "remark"}


def test_a_repeated_header_is_no_data():
    """The header that stands on every printed page, with its title and units, is left out each time."""
    page = "村社名册,第一组,\n村社编码,村社名称,人口\n,,万人\n"
    content = page + "V-1,胡家村,1\n" + page + "V-2,灵山村,2\n"
    again = dict.fromkeys((5, 6, 7), "header_again")
    assert left_out_by_line("village", content) == {1: "title", 3: "unit"} | again


@pytest.mark.parametrize(
    "row",
    [
        "V-2,合计桥村,1200,30",
        "合计桥村,灵山,1200,30",
        "V-2,大合计,1200,30",
        "总计湾,行政村,1,2",
        "累计里合计,行政村,1,2",
        "V-2,注家村,1,2",
        "注家村,灵山,1,2",
        "说明村,灵山,1,2",
        "日期村,,1,2",
        "V-2,,,",
        "V-2,填表人,1,2",
        "一号村,灵山,1,2",
        "1,1,1,1",
        "V-2,胡家村,合计,1",
        "V-2,灵山村,注：含暂住,3",
    ],
)
def test_a_row_that_may_be_data_stays(row):
    """Names that sound like totals or remarks, rows with gaps, and remarks inside a row are no reason to leave it."""
    assert left_out_by_line("village", f"村社编码,村社名称,人口,户数\nV-1,胡家村,1,1\n{row}\n") == {}


@pytest.mark.parametrize("name", sample_files())
def test_nothing_of_a_ledger_is_left_out(name):
    """Every row of the sample ledgers is data, and their header stands on line 1."""
    source, table = table_of_file(name, reader.upload_from_path(sample_files()[name]))
    assert (table.header_line, table.left_out) == (1, [])
    assert [r.line for r in source.records() if r.line > 1 and layout.left_out_reason(r.cells, table)] == []


def test_every_reason_has_a_sentence():
    """Whatever a row is left out for can be said in both languages."""
    assert {"title", "unit", "total", "remark", "header_again", "blank"} <= set(LEFT_OUT)
