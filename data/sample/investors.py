"""示例 material, surveys of expansion, changes of registration and joint partners; 《投资庄桥》 is the article's."""

from datetime import date
from random import Random

from data.sample.enterprises import COUNT
from data.sample.rows import Ledgers, Row, days_after, iso_date, named_rows, sample_generator, topic_rng

# the article names 《投资庄桥》; its versions, days and counts are made up
MATERIALS = named_rows(
    "name version published_on topics plots_covered plots_total copies_sent",
    ("《投资庄桥》", "示例2012版", "2012-03-28", "示例：区位、地块、政策", 9, 16, 300),
    ("《投资庄桥》", "示例2013版", "2013-05-20", "示例：区位、地块、楼宇、政策", 13, 18, 500),
    ("《投资庄桥》", "示例2014版", "2014-03-12", "示例：区位、地块、楼宇、政策、服务流程", 17, 21, 460),
    ("示例闲置资源手册", "示例第一版", "2013-09-16", "示例：厂房、楼宇", 8, 12, 200),
    ("示例闲置资源手册", "示例第二版", "2014-05-08", "示例：厂房、楼宇、村集体物业", 11, 12, 180),
)

# firm, day, method, intent, amount, project that it became, day of that
SURVEYS = (
    (1, "2011-11-18", "现场走访", "明确", 18000, "INV-S02", "2011-12-05"),
    (3, "2013-10-22", "现场走访", "明确", 8600, "INV-S15", "2013-11-12"),
    (8, "2013-09-11", "现场走访", "明确", 1500, "", ""),
    (11, "2013-11-06", "调查问卷", "明确", 2200, "", ""),
    (14, "2013-08-28", "调查问卷", "观望", None, "", ""),
    (17, "2013-12-10", "现场走访", "明确", 900, "", ""),
    (22, "2013-10-15", "调查问卷", "无", None, "", ""),
    (27, "2013-07-24", "现场走访", "观望", None, "", ""),
)
DEFINITE = {6: 1200, 8: 1800, 11: 2200, 19: 3500, 24: 650, 29: 4800}  # firm: amount, in the surveys of 2014
WAITING = (2, 5, 10, 14, 17, 21, 26)
NOT_YET_SURVEYED = (15, 20, 25, 30)

# firm, registered on, basis, service, applied, done, withdrawn, result; most firms that trade here from elsewhere
RELOCATIONS = named_rows(
    "enterprise_id found_on consent_basis service applied_on done_on withdrawn_on result",
    ("ENT-05", "2013-09-03", "企业自愿", "示例：代办登记材料", "2013-09-17", "2013-10-09", "", "已变更"),
    (
        "ENT-01",
        "2013-11-12",
        "依法应当变更",
        "示例：告知登记地与住所一致的规定",
        "2013-12-03",
        "2013-12-24",
        "",
        "已变更",
    ),
    ("ENT-04", "2014-01-14", "企业自愿", "示例：一次告知清单", "2014-01-21", "2014-02-12", "", "已变更"),
    ("ENT-09", "2014-01-22", "企业自愿", "示例：代办登记材料", "2014-02-18", "2014-03-06", "", "已变更"),
    ("ENT-12", "2014-02-11", "依法应当变更", "示例：预约税务窗口", "2014-02-25", "2014-04-01", "", "已变更"),
    ("ENT-16", "2014-03-04", "企业自愿", "示例：代办登记材料", "2014-03-10", "2014-03-31", "", "已变更"),
    ("ENT-23", "2014-03-18", "企业自愿", "示例：一次告知清单", "2014-04-08", "2014-04-29", "", "已变更"),
    ("ENT-28", "2014-04-15", "依法应当变更", "示例：预约登记窗口", "2014-04-22", "2014-05-27", "", "已变更"),
    ("ENT-10", "2014-04-02", "企业自愿", "示例：政策咨询", "2014-04-16", "", "2014-05-14", "撤回"),
    ("ENT-15", "2014-05-06", "企业自愿", "示例：代办登记材料", "2014-05-20", "", "", "未变更"),
    ("ENT-20", "2014-05-21", "依法应当变更", "示例：告知登记地与住所一致的规定", "2014-06-10", "", "", "未变更"),
    ("ENT-30", "2014-06-17", "企业自愿", "示例：政策咨询", "", "", "", ""),
)

PARTNERS = named_rows(
    "enterprise_id since joint_plan shared_resources leads deals tax_kept reported_on",
    ("ENT-02", "2013-04-18", "示例：配套供应商定向招商", "示例：供应商名录", 9, 3, 260, "2014-06-20"),
    ("ENT-13", "2013-08-06", "示例：楼宇招商部共享客户", "示例：意向客户信息", 12, 4, 410, "2014-06-20"),
    ("ENT-18", "2014-02-20", "示例：同业转移项目推荐", "示例：行业活动", 4, 1, 75, "2014-06-18"),
    ("ENT-26", "2014-05-15", "示例：物流客户落户", "示例：仓储面积", 2, 0, 0, "2014-06-18"),
)


def survey_row(rng: Random, number: int) -> Row:
    """Return what the survey of 2014 found at a firm."""
    intent = "明确" if number in DEFINITE else "观望" if number in WAITING else "无"
    return {
        "enterprise_id": f"ENT-{number:02}",
        "surveyed_on": days_after(date(2014, 1, 8), rng.uniform(0, 160)),
        "method": "调查问卷" if number % 3 == 0 else "现场走访",
        "intent": intent,
        "amount": DEFINITE.get(number),
        "note": "示例",
    }


def survey_rows() -> list[Row]:
    """Return the surveys by day: those written by hand, and one of most firms in 2014."""
    rng = topic_rng("expansion_survey")
    earlier = named_rows(
        "enterprise_id surveyed_on method intent amount converted_project_id converted_on note",
        *((f"ENT-{firm:02}", iso_date(day), *rest, "示例") for firm, day, *rest in SURVEYS),
    )
    of_2014 = [survey_row(rng, number) for number in range(1, COUNT + 1) if number not in NOT_YET_SURVEYED]
    return sorted(earlier + of_2014, key=lambda row: (row["surveyed_on"], row["enterprise_id"]))


@sample_generator
def investor_ledgers() -> Ledgers:
    """Return the ledgers behind 引, 增, 促 and 联."""
    return {
        "promotion_material": [{"material_id": f"MAT-{n:02}"} | row for n, row in enumerate(MATERIALS, 1)],
        "expansion_survey": [{"survey_id": f"SUR-{n:03}"} | row for n, row in enumerate(survey_rows(), 1)],
        "relocation": [{"relocation_id": f"REL-{n:02}"} | row for n, row in enumerate(RELOCATIONS, 1)],
        "joint_partner": [{"partner_id": f"JP-{n:02}"} | row for n, row in enumerate(PARTNERS, 1)],
    }
