"""Rules between cells and between rows: what is refused, what is only doubted, and that nothing right is either."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.checking import check_constraints
from data.ingest.loader import Options, Report, Who
from data.ingest.reading import reader
from data.store import Store, open_store
from tests.patience import within_one_day

pytestmark = pytest.mark.slow

WHO = Who("测试员")
LEDGERS = {
    "village": "村社编码,村社名称\nV-1,胡家村",
    "river": "河道编码,河道名称,河道等级,水体类型,长度\nR-1,一号河,村级,河流,2\nR-2,二号河,村级,河流,2",
    "reach": "河段编码,河段名称,河道,序号,长度\nR-1A,一段,R-1,1,1.2\nR-2A,二号河一段,R-2,1,2",
    "chief": "河长编码,职务,河长级别,任职日期,离任日期\nC-1,河长甲,街道级河长,,\n"
    "C-2,河长乙,村级河长,2014-01-01,2014-06-30",
    "patrol": "巡河编码,巡河河长,河道,开始时间,结束时间\nPT-1,C-1,R-1,2014-03-01 09:00,2014-03-01 10:00",
    "issue": "问题编码,河道,发现时间,问题来源,问题类别\nISS-1,R-1,2014-03-01 09:30,河长巡河,河面\n"
    "ISS-2,R-1,2014-03-01 09:30,河长巡河,河面",
    "issue_event": "问题编码,时间,环节\nISS-1,2014-03-01 09:30,发现\nISS-1,2014-03-02 09:00,交办\n"
    "ISS-1,2014-03-06 09:00,处置",
    "plant": "厂站编码,厂站名称,所在村社,设计能力,投运日期\nP-1,甲厂,V-1,40,2014-01-01",
    "facility": "设施编码,设施名称,场所类型\nF-1,公厕甲,公厕",
    "work": "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,预算,计划开工,计划完工\n"
    "W-1,清淤甲,R-1,清淤,100,m³,20,2014-01-01,2014-06-30\nW-2,清淤乙,R-1,清淤,100,m³,,2014-01-01,2014-06-30",
    "work_progress": "工程,上报日期,累计完成量,累计支出\nW-2,2014-02-01,20,\nW-2,2014-04-01,60,",
    "investment_project": "项目编码,项目名称,项目类别,总投资,投资方\n"
    "I-1,项目甲,供地类,1000,甲公司\nI-2,项目乙,租赁类,500,",
    "stage_event": "项目,阶段,进入日期\nI-1,洽谈,2013-01-01\nI-1,开工,2013-06-01",
    "demolition_project": "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD-1,征迁,拆违,2,2014-01-01,2014-02-01",
    "household": "户编号,项目\nH-1,D-1\nH-2,D-1",
    "housing_source": "房源编码,小区,房源类型,总套数,剩余套数\nHS-1,小区甲,现房,1,1",
}


def upload_lines(lines: str) -> reader.Upload:
    return reader.make_upload("台账.csv", lines.encode())


def check_lines(store: Store, dataset: str, lines: str) -> Report:
    return loader.check_file(store, DATASETS[dataset], upload_lines(lines), Options())


def refused_cells(store: Store, dataset: str, lines: str) -> list[tuple[int, str, str]]:
    return [(e.line, e.column, e.value) for e in check_lines(store, dataset, lines).errors]


def doubted_cells(store: Store, dataset: str, lines: str) -> list[tuple[int, str, str]]:
    report = check_lines(store, dataset, lines)
    assert report.errors == []
    return [(n.line, n.column, n.value) for n in report.notes if n.value]


@pytest.fixture(scope="module")
def ledgers() -> Iterator[Store]:
    """A database of a few parents and events; no test changes it."""
    with open_store(":memory:") as opened:
        for dataset, lines in LEDGERS.items():
            assert loader.load_file(opened, DATASETS[dataset], upload_lines(lines), WHO).errors == []
        yield opened


OUTFALL = "排口编码,排口名称,河道,排口类型,整治状态,发现日期,限期,完成日期,晴天排水,凭据\nO-1,排口甲,R-1,生活,"
BLOCK = (
    "区块编码,区块名称,区块类型,上报日期,建设阶段,应接户数,已接户数,查出问题数,已改问题数,验收日期\n"
    "Z-1,区块甲,行政村,2014-06-30,"
)
PATROL = "巡河编码,巡河河长,河道,河段,开始时间,结束时间,巡河里程\nPT-9,C-1,"
SOURCE = "污染源编码,污染源名称,类型,河道,整治状态,发现日期,限期,完成日期,经度,纬度,坐标系\nS-1,甲,废油,R-1,"
BARE_SOURCE = SOURCE.replace("经度,纬度,坐标系", "备用")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("已完成,2014-03-05,2014-06-30,2014-05-01,121.5,29.9,WGS84", []),
        ("已完成,2014-03-05,2014-03-05,2014-03-05,,,", []),
        ("已完成,2014-03-05,,2014-03-04,,,", [("完成日期", "2014-03-04 · 2014-03-05")]),
        ("整治中,2014-03-05,2014-03-01,,,,", [("限期", "2014-03-01 · 2014-03-05")]),
        ("已完成,2014-03-05,,,,,", [("整治状态", "已完成 · —")]),
        ("已验收,2014-03-05,,,,,", [("整治状态", "已验收 · —")]),
        ("反弹,2014-03-05,,,,,", []),
        ("整治中,2014-03-05,,,121.5,,WGS84", [("经度", "121.5 · —")]),
        ("已完成,2014-03-05,2014-01-01,2014-02-01,,,", [("限期", "2014-01-01 · 2014-03-05"),
                                                   ("完成日期", "2014-02-01 · 2014-03-05")]),
    ],
)  # fmt: skip
def test_a_pollution_source_is_found_before_it_is_closed(ledgers, row, said):
    """Dates in order, a date for what is done, both degrees of a place; every breach is told with both values."""
    assert refused_cells(ledgers, "source", SOURCE + row) == [(2, column, values) for column, values in said]


@pytest.mark.parametrize(
    ("dataset", "lines", "column", "values"),
    [
        ("target", "指标,开始日期,截止日期,目标值\nsigning_rate,2014-12-31,2014-01-01,90", "截止日期",
         "2014-01-01 · 2014-12-31"),
        ("chief", "河长编码,职务,河长级别,任职日期,离任日期\nC-9,乙,村级河长,2014-02-01,2014-01-31", "离任日期",
         "2014-01-31 · 2014-02-01"),
        ("chief_duty", "河长,河道,开始日期,结束日期\nC-1,R-1,2014-02-01,2014-01-31", "结束日期",
         "2014-01-31 · 2014-02-01"),
        ("chief_duty", "河长,河道,河段,开始日期\nC-1,R-2,一段,2014-02-01", "河段", "R-1A · R-1 · R-2"),
        ("section", "断面编码,断面名称,河道,河段\nS-1,断面甲,R-2,R-1A", "河段", "R-1A · R-1 · R-2"),
        ("work",
         "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
         "W-9,乙,R-1,清淤,9,m³,2014-06-30,2014-01-01",
         "计划完工", "2014-01-01 · 2014-06-30"),
        ("chief_duty", "河长,河道,开始日期,应巡次数\nC-1,R-1,2014-02-01,2", "应巡次数", "2 · —"),
        ("source", BARE_SOURCE.replace("备用", "验收日期") + "已验收,2014-03-05,,2014-05-01,2014-04-30", "验收日期",
         "2014-04-30 · 2014-05-01"),
        ("source", BARE_SOURCE.replace("备用", "规模") + "整治中,2014-03-05,,,120", "规模", "120 · —"),
        ("signboard", "公示牌编码,河道,检查日期,牌面状况,信息更新日期\nB-1,R-1,2014-03-05,完好,2014-03-06", "检查日期",
         "2014-03-05 · 2014-03-06"),
        ("outfall", OUTFALL + "未整治,2014-03-05,2014-03-04,,,", "限期", "2014-03-04 · 2014-03-05"),
        ("outfall", OUTFALL + "已封堵,2014-03-05,,2014-03-04,,验收单", "完成日期", "2014-03-04 · 2014-03-05"),
        ("outfall", OUTFALL + "已纳管,2014-03-05,,,,验收单", "整治状态", "已纳管 · —"),
        ("zero_discharge", BLOCK + "施工,50,51,,,", "已接户数", "51 · 50"),
        ("zero_discharge", BLOCK + "施工,,,4,5,", "已改问题数", "5 · 4"),
        ("zero_discharge", BLOCK + "复查,,,,,", "建设阶段", "复查 · —"),
        ("zero_discharge", BLOCK + "验收,,,,,2014-07-01", "上报日期", "2014-06-30 · 2014-07-01"),
        ("patrol", PATROL + "R-2,一段,2014-03-05 09:00,2014-03-05 10:00,1", "河段", "R-1A · R-1 · R-2"),
        ("patrol", PATROL + "R-1,一段,2014-03-05 09:00,2014-03-05 08:59,1", "结束时间",
         "2014-03-05 08:59:00 · 2014-03-05 09:00:00"),
        ("issue", "问题编码,河道,发现时间,问题来源,问题类别,办结期限\nISS-9,R-1,2014-03-05 09:00,暗访,水体,2014-03-04",
         "办结期限", "2014-03-04 · 2014-03-05 09:00:00"),
        ("issue_event", "问题编码,时间,环节\nISS-2,2014-02-28 09:00,交办", "时间",
         "2014-02-28 09:00:00 · 2014-03-01 09:30:00"),
        ("satisfaction", "调查编码,调查日期,河道,发放份数,有效份数,满意份数\nQ-1,2014-03-05,R-1,100,90,91", "满意份数",
         "91 · 90"),
        ("satisfaction", "调查编码,调查日期,河道,发放份数,有效份数\nQ-1,2014-03-05,R-1,100,101", "有效份数",
         "101 · 100"),
        ("plant_daily", "厂站,日期,运行时数,运行状态\nP-1,2014-03-05,2,停运", "运行状态", "停运 · 2"),
        ("facility_check", "设施,检查日期,检查结果,修复日期\nF-1,2014-03-05,长流水,2014-03-04", "修复日期",
         "2014-03-04 · 2014-03-05"),
        ("facility_check", "设施,检查日期,检查结果,修复日期\nF-1,2014-03-05,正常,2014-03-06", "检查结果",
         "正常 · 2014-03-06 · —"),
        ("facility_check", "设施,检查日期,检查结果,估算漏水量\nF-1,2014-03-05,正常,2", "检查结果", "正常 · — · 2"),
        ("plant", "厂站编码,厂站名称,所在村社,设计能力,应接户数,已接户数\nP-1,甲厂,V-1,40,50,51", "已接户数",
         "51 · 50"),
        ("saving_activity", "活动编码,活动日期,活动类型,发现长流水,修复长流水\nA-1,2014-03-05,设施巡检,3,4",
         "修复长流水", "4 · 3"),
        ("parcel", "地块编码,项目,用地面积,约定动工日期,约定竣工日期\nL-1,I-1,10,2014-06-30,2014-01-01", "约定竣工日期",
         "2014-01-01 · 2014-06-30"),
        ("demolition_project",
         "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD-9,乙,拆违,2,2014-02-01,2014-01-01", "签约截止",
         "2014-01-01 · 2014-02-01"),
        ("housing_source", "房源编码,小区,房源类型,总套数,剩余套数\nHS-9,乙,现房,10,11", "剩余套数", "11 · 10"),
        ("agreement", "户编号,签约日期,审核日期,补偿方式\nH-1,2014-01-15,2014-01-14,货币补偿", "审核日期",
         "2014-01-14 · 2014-01-15"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_is_refused(ledgers, dataset, lines, column, values):
    """Ends before beginnings, parts beyond their whole, a reach of another river: the cell to mend is told."""
    assert refused_cells(ledgers, dataset, lines) == [(2, column, values)]


@pytest.mark.quick
def test_a_late_start_is_no_mistake(ledgers):
    """Land that was built on later than agreed is what the ledger is there to show."""
    lines = "地块编码,项目,用地面积,约定动工日期,实际动工日期\nL-1,I-1,10,2014-01-01,2014-12-31"
    assert refused_cells(ledgers, "parcel", lines) == []


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.quick
def test_what_happened_is_not_later_than_today(ledgers, days):
    """A day that has not come is a slip of the pen; today itself is none."""

    def check_visit(today: date) -> tuple[str, list[tuple[int, str, str]]]:
        day = (today + timedelta(days)).isoformat()
        return day, refused_cells(ledgers, "visit", f"走访编码,户编号,走访日期,走访方式\nX-1,H-1,{day},电话")

    day, refused = within_one_day(check_visit)
    assert refused == [(2, "走访日期", day)] * days


@pytest.mark.parametrize(
    ("dataset", "lines", "column", "values"),
    [
        ("village", "村社编码,村社名称,人口,户数\nV-9,村,10,11", "户数", "11 · 10"),
        ("target", "指标,开始日期,截止日期,目标值\nsigning_rate,2014-01-01,2014-12-31,900", "目标值", "900"),
        ("source", SOURCE + "整治中,2014-03-05,,2014-05-01,,,", "整治状态", "整治中 · 2014-05-01"),
        ("river", "河道编码,河道名称,河道等级,水体类型,长度\nR-9,丙河,街道级,河流,1660", "长度", "1660 · 街道级"),
        ("reach", "河段编码,河段名称,河道,序号,长度\nR-1B,二段,R-1,2,1.2", "长度", "2.4 · 2"),
        ("reach", "河段编码,河段名称,河道,序号,长度\nR-1B,二段,R-1,1,0.2", "序号", "1 · 2"),
        ("work_progress", "工程,上报日期,累计完成量\nW-1,2014-02-01,101", "累计完成量", "101 · 100"),
        ("work_progress", "工程,上报日期,累计完成量,累计支出\nW-1,2014-02-01,50,20.5", "累计支出", "20.5 · 20"),
        ("work_progress", "工程,上报日期,累计完成量\nW-1,2013-12-31,5", "上报日期", "2013-12-31 · 2014-01-01"),
        ("work_plan", "工程,节点日期,累计计划量\nW-1,2014-01-01,0\nW-1,2014-06-30,90", "累计计划量", "90 · 100"),
        ("work_plan", "工程,节点日期,累计计划量\nW-1,2014-06-30,100\nW-1,2014-07-01,100", "节点日期",
         "2014-07-01 · 2014-01-01 · 2014-06-30"),
        ("source", BARE_SOURCE.replace("备用", "验收日期") + "已完成,2014-03-05,,2014-04-01,2014-05-01", "整治状态",
         "已完成 · 2014-05-01"),
        ("outfall", OUTFALL + "整治中,2014-03-05,,2014-03-06,,", "整治状态", "整治中 · 2014-03-06"),
        ("outfall", OUTFALL + "已规范,2014-03-05,,2014-03-06,,", "凭据", "— · 已规范"),
        ("outfall", OUTFALL + "已封堵,2014-03-05,,2014-03-06,是,验收单", "晴天排水", "True · 已封堵"),
        ("zero_discharge", BLOCK + "施工,,,,,2014-06-01", "建设阶段", "施工 · 2014-06-01"),
        ("patrol", PATROL + "R-1,一段,2014-03-05 09:00,2014-03-05 22:00,1", "结束时间",
         "2014-03-05 22:00:00 · 2014-03-05 09:00:00"),
        ("patrol", PATROL + "R-1,一段,2014-03-05 09:00,2014-03-05 09:30,12", "巡河里程",
         "12 · 2014-03-05 09:00:00 · 2014-03-05 09:30:00"),
        ("patrol", PATROL + "R-1,一段,2014-03-01 09:30,2014-03-01 10:30,1", "开始时间",
         "2014-03-01 09:30:00 · 2014-03-01 10:00:00"),
        ("patrol", PATROL.replace("C-1", "C-2") + "R-1,一段,2014-07-01 09:30,2014-07-01 10:30,1", "开始时间",
         "2014-07-01 09:30:00 · 2014-01-01 · 2014-06-30"),
        ("issue", "问题编码,河道,发现时间,问题来源,问题类别,具体问题\nISS-9,R-1,2014-03-05 09:00,暗访,水体,沉船",
         "具体问题", "沉船 · 水体"),
        ("satisfaction", "调查编码,调查日期,河道,所在村社,发放份数,有效份数\nQ-1,2014-03-05,,,100,90", "河道", "— · —"),
        ("plant_daily", "厂站,日期,运行时数,运行状态\nP-1,2014-03-05,0,正常", "运行状态", "正常 · 0"),
        ("plant_daily", "厂站,日期,进水量,运行状态\nP-1,2014-03-05,121,正常", "进水量", "121 · 40"),
        ("plant_daily", "厂站,日期,进水量,运行状态\nP-1,2013-12-31,10,正常", "日期", "2013-12-31 · 2014-01-01"),
        ("investment_project", "项目编码,项目名称,项目类别,总投资,投资方\nI-9,项目丙,供地类,1000,甲公司", "项目名称",
         "甲公司 · 1000 · 2"),
        ("stage_event", "项目,阶段,进入日期\nI-2,开工,2013-06-01", "阶段", "开工 · 租赁类"),
        ("stage_event", "项目,阶段,进入日期,日期依据\nI-1,封顶,2013-07-01,凭据", "凭据", "— · 凭据"),
        ("stage_event", "项目,阶段,进入日期\nI-1,终止,2013-07-01\nI-1,封顶,2013-08-01", "阶段",
         "封顶 · 2013-08-01 · 2013-07-01"),
        ("funding",
         "到资编码,项目,到位日期,到位金额,证明材料,已核实\nF-1,I-1,2014-01-01,600,发票,是\n"
         "F-2,I-1,2014-01-01,401,发票,是",
         "到位金额", "1001 · 1000"),
        ("household", "户编号,项目\nH-1,D-1\nH-3,D-1", "户编号", "3 · 2"),
        ("agreement", "户编号,签约日期,补偿方式\nH-1,2014-02-02,货币补偿", "签约日期",
         "2014-02-02 · 2014-01-01 · 2014-02-01"),
        ("agreement", "户编号,签约日期,补偿方式,安置房源\nH-1,2014-01-02,产权调换,", "补偿方式", "产权调换 · —"),
        ("agreement",
         "户编号,签约日期,补偿方式,安置房源\nH-1,2014-01-02,产权调换,HS-1\nH-2,2014-01-02,产权调换,HS-1", "安置房源",
         "2 · 1"),
    ],
)  # fmt: skip
def test_what_only_looks_wrong_is_told_and_loaded(ledgers, dataset, lines, column, values):
    """Plans are exceeded and details are missing at times: the line is noted with both values, nothing is refused."""
    assert doubted_cells(ledgers, dataset, lines) == [(lines.count("\n") + 1, column, values)]


def test_receipts_that_are_not_verified_do_not_count(ledgers):
    """Only verified receipts are held against the investment."""
    lines = "到资编码,项目,到位日期,到位金额,证明材料,已核实\nF-1,I-1,2014-01-01,2000,发票,否"
    assert doubted_cells(ledgers, "funding", lines) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("W-2,2014-03-01,40", []),
        ("W-2,2014-03-01,20\nW-2,2014-03-15,60", []),
        ("W-2,2014-03-01,10", [(2, "10 · 20")]),
        ("W-2,2014-03-01,70", [(2, "70 · 60")]),
        ("W-2,2014-05-01,50", [(2, "50 · 60")]),
        ("W-2,2014-01-15,30", [(2, "30 · 20")]),
        ("W-2,2014-05-01,70\nW-2,2014-05-15,65", [(2, "70 · 65"), (3, "65 · 70")]),
        ("W-2,2014-02-01,30\nW-2,2014-03-01,25\nW-2,2014-04-01,30", [(2, "30 · 25"), (3, "25 · 30")]),
        ("W-2,2014-02-01,5\nW-2,2014-03-01,5", []),
        ("W-1,2014-03-01,10\nW-1,2014-02-01,9", []),
    ],
)
def test_cumulative_progress_never_falls(ledgers, rows, said):
    """Rows of the file are held against each other and against what stays of the ledger, whatever their order."""
    lines = "工程,上报日期,累计完成量\n" + rows
    assert refused_cells(ledgers, "work_progress", lines) == [(line, "累计完成量", values) for line, values in said]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("I-1,正式签约,2013-03-01", []),
        ("I-1,正式签约,2013-06-01", []),
        ("I-1,正式签约,2013-06-02", [(2, "2013-06-02 · 正式签约 · 开工")]),
        ("I-1,封顶,2013-05-01", [(2, "2013-05-01 · 封顶 · 开工")]),
        ("I-1,暂停,2012-01-01", []),
        ("I-1,洽谈,2013-09-01\nI-1,开工,2013-10-01",
         [(2, "2013-09-01 · 洽谈 · 开工"), (3, "2013-10-01 · 开工 · 2013-06-01")]),
        ("I-1,暂停,2013-07-01\nI-1,洽谈,2013-09-01\nI-1,开工,2013-10-01", []),
        ("I-1,终止,2013-06-01\nI-1,开工,2013-06-02", []),
        ("I-1,暂停,2013-07-01\nI-1,开工,2013-09-01\nI-1,洽谈,2013-10-01",
         [(3, "2013-09-01 · 开工 · 洽谈"), (4, "2013-10-01 · 洽谈 · 开工")]),
        ("I-2,正式签约,2013-03-01\nI-2,洽谈,2013-04-01",
         [(2, "2013-03-01 · 正式签约 · 洽谈"), (3, "2013-04-01 · 洽谈 · 正式签约")]),
    ],
)  # fmt: skip
def test_stages_are_reached_in_their_order(ledgers, rows, said):
    """A later stage is not dated before an earlier one none twice, but after a pause or an end."""
    lines = "项目,阶段,进入日期\n" + rows
    assert refused_cells(ledgers, "stage_event", lines) == [(line, "进入日期", values) for line, values in said]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("ISS-1,2014-03-07 09:00,复核\nISS-1,2014-03-07 10:00,销号", []),
        ("ISS-1,2014-03-07 09:00,销号", []),
        ("ISS-1,2014-03-07 09:00,处置", []),
        ("ISS-1,2014-03-07 09:00,复核\nISS-1,2014-03-08 09:00,重办\nISS-1,2014-03-09 09:00,处置", []),
        ("ISS-1,2014-03-07 09:00,销号\nISS-1,2014-04-07 09:00,重办\nISS-1,2014-04-08 09:00,交办", []),
        ("ISS-1,2014-03-03 09:00,退回\nISS-1,2014-03-04 09:00,交办", []),
        ("ISS-2,2014-03-01 09:30,发现\nISS-2,2014-03-03,交办\nISS-2,2014-03-03,处置\nISS-2,2014-03-03,销号", []),
        ("ISS-1,2014-03-03 09:00,退回", [(2, "退回 · 处置 · 2014-03-03 09:00:00")]),
        ("ISS-1,2014-03-07 09:00,退回", [(2, "处置 · 退回 · 2014-03-07 09:00:00")]),
        ("ISS-1,2014-03-07 09:00,重办", [(2, "处置 · 重办 · 2014-03-07 09:00:00")]),
        ("ISS-1,2014-03-07 09:00,发现", [(2, "处置 · 发现 · 2014-03-07 09:00:00")]),
        ("ISS-1,2014-03-03 09:00,复核", [(2, "复核 · 处置 · 2014-03-03 09:00:00")]),
        ("ISS-2,2014-03-07 09:00,销号\nISS-2,2014-03-08 09:00,处置",
         [(2, "销号 · 处置 · 2014-03-07 09:00:00"), (3, "销号 · 处置 · 2014-03-08 09:00:00")]),
    ],
)  # fmt: skip
def test_an_issue_goes_from_step_to_step(ledgers, rows, said):
    """Found, assigned, handled, reviewed, settled: some may be left out, sent back or redone, none goes backwards."""
    lines = "问题编码,时间,环节\n" + rows
    assert refused_cells(ledgers, "issue_event", lines) == [(line, "环节", values) for line, values in said]


def test_a_water_sample_of_a_plant_may_have_a_column_for_each_item(ledgers):
    """The laboratory's own sheet goes in: one row a sample, one column an item."""
    report = check_lines(
        ledgers, "plant_sample", "厂站,采样日期,采样点,COD,氨氮(mg/L),SS\n甲厂,2014-03-05,出水,38,0.6,-"
    )
    assert (report.errors, report.counts.inserted) == ([], 2)


def test_the_status_of_a_household_goes_forward(ledgers):
    """A household is not vacated before it has signed."""
    lines = (
        "户编号,状态,日期\nH-1,已签约,2014-01-20\nH-1,已腾空,2014-01-10\nH-2,已签约,2014-01-20\nH-2,已拆除,2014-03-10"
    )
    assert [line for line, _, _ in refused_cells(ledgers, "status_event", lines)] == [2, 3]


def test_a_column_that_the_file_lacks_is_read_from_the_ledger(store):
    """A file of states alone is held against the dates that the ledger has."""
    loader.load_file(store, DATASETS["river"], upload_lines(LEDGERS["river"]), WHO)
    open_source = BARE_SOURCE + "整治中,2014-03-05,2014-06-30,,"
    assert loader.load_file(store, DATASETS["source"], upload_lines(open_source), WHO).errors == []
    header = "污染源编码,污染源名称,类型,河道,整治状态,发现日期\n"
    assert refused_cells(store, "source", header + "S-1,甲,废油,R-1,已完成,2014-03-05") == [
        (2, "整治状态", "已完成 · —")
    ]
    assert refused_cells(store, "source", header + "S-1,甲,废油,R-1,整治中,2014-07-01") == [
        (2, "限期", "2014-06-30 · 2014-07-01")
    ]


def test_a_rule_is_told_in_both_languages_with_the_columns_names(ledgers):
    """The sentence says which columns contradict each other, and what to do."""
    [error] = check_lines(ledgers, "source", SOURCE + "已完成,2014-03-05,,2014-03-04,,,").errors
    assert error.reason.zh == "“完成日期”早于“发现日期”，请核对这两个日期"
    assert error.reason.en == "“Closed on” is earlier than “Found on”; correct one of the two dates"


def test_the_same_row_twice_is_counted_once(ledgers):
    """A row that a file repeats does not make the household a third one."""
    assert doubted_cells(ledgers, "household", "户编号,项目\nH-1,D-1\nH-1,D-1") == [(3, "户编号", "H-1")]


def test_the_sample_ledgers_break_no_rule(sample_store):
    """The 示例 ledgers keep every rule that refuses, as of the day on which they end."""
    with sample_store.scratch() as con:
        for dataset in DATASETS.values():
            con.execute(f"CREATE OR REPLACE TEMP VIEW good AS SELECT rowid + 2 AS line, * FROM {dataset.name}")
            found = check_constraints.constraint_violations(con, dataset, "good", dataset.name, date(2014, 12, 31))
            assert [judgement for judgement in found if not judgement[4]] == [], dataset.name


def test_real_readings_break_no_rule(store, real_data):
    """Published readings are none of the future."""
    files = sorted((real_data / "water").glob("cnemc_2*.csv"))
    assert files
    for file in files:
        report = loader.check_file(store, DATASETS["reading"], reader.upload_from_path(file), Options(register=True))
        assert [e for e in report.errors if "今天之后" in e.reason.zh] == [], file.name


def test_ledgers_without_rules_cost_nothing(ledgers):
    """Rivers keep no rule, so nothing is asked of the database but the columns of the file."""
    with ledgers.scratch() as con:
        con.execute("CREATE TEMP VIEW good AS SELECT 2 AS line, 'R-9' AS river_id, '河' AS name")
        assert check_constraints.constraint_violations(con, DATASETS["river"], "good", "river", date.max) == []
        assert con.execute("SELECT 1 FROM duckdb_views() WHERE view_name IN ('complete', 'after')").fetchall() == []


REPORTS = st.dictionaries(st.integers(1, 9), st.integers(0, 5), max_size=6)


@given(in_ledger=REPORTS, in_file=REPORTS)
def test_exactly_the_rows_that_contradict_another_are_refused(ledgers, in_ledger, in_file):
    """A row of the file is refused if and only if some row before it says more or one after it says less."""
    after = in_ledger | in_file
    wrong = {
        day
        for day, other in product(in_file, after)
        if (other < day and after[other] > after[day]) or (other > day and after[other] < after[day])
    }
    with ledgers.scratch() as con:
        for table, reports in (("old", in_ledger), ("good", in_file)):
            con.execute(
                f"CREATE TEMP TABLE {table} AS SELECT CAST(d AS BIGINT) AS line, 'W-9' AS work_id, v::DOUBLE AS done, "
                f"DATE '2014-01-01' + CAST(d AS INTEGER) AS on_date, NULL::DOUBLE AS cost, "
                f"NULL::VARCHAR AS photo_before, NULL::VARCHAR AS photo_after, NULL::VARCHAR AS note "
                f"FROM (SELECT unnest(?::BIGINT[]) AS d, unnest(?::BIGINT[]) AS v)",
                [list(reports), list(reports.values())],
            )
        found = check_constraints.constraint_violations(con, DATASETS["work_progress"], "good", "old", date.max)
    assert {line for line, column, *_ in found if column == "done"} == wrong
