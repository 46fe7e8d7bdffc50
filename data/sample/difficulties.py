"""示例 difficulties of projects: the four of 姚江1号项目 with answers that the article gives, all others fictional."""

from data.sample.rows import Ledgers, named_rows, sample_generator

OWNER = "经济发展服务中心"
GUESSED = "难点和对策出自报道；报道没有说哪个对策对应哪个难点，对应关系为示例；没有写日期"

# of the article: four difficulties and six answers
YAOJIANG = named_rows(
    "difficulty answer",
    ("缺乏房地产建设经验", "制作项目“宝典”即详细的行动计划，时间精确到半天以内；组织学习万达广场的楼宇招商经验"),
    ("深圳和宁波政策差异较大", "梳理项目难点，商讨对策，做到谋定后动"),
    ("投资人主体多", "成立招商项目组，研究“商情”，提供地块、价值、环境等参考数据；发挥街道力量加强宣传"),
    ("距离远", "多次飞赴深圳，强化项目对接与业务指导"),
)

FICTIONAL = named_rows(
    "project_id difficulty answer opened_on closed_on",
    ("INV-S02", "设备进场道路未通", "协调施工便道", "2013-04-10", "2013-06-28"),
    ("INV-S04", "地下停车与周边衔接方案未定", "组织方案联审", "2014-04-02", ""),
    ("INV-S07", "投资方资金未落实", "约谈投资方，联系银行", "2013-02-20", ""),
    ("INV-S07", "用地内有管线", "管线单位现场踏勘后改线", "2012-03-15", "2012-11-30"),
    ("INV-S08", "设计方案反复调整", "请规划部门提前介入", "2013-05-16", ""),
    ("INV-S09", "施工许可材料不全", "", "2014-02-18", ""),
    ("INV-S15", "扩建涉及现有厂房消防", "消防部门上门指导", "2014-05-06", ""),
    ("INV-S16", "意向地块指标待落实", "排队安排指标", "2014-06-16", ""),
    ("INV-S19", "用地需求无法满足", "推荐相邻地块未果", "2013-12-05", ""),
    ("INV-S20", "投资方内部调整", "保持联系，待其恢复", "2014-03-19", ""),
)


@sample_generator
def difficulty_ledger() -> Ledgers:
    """Return the difficulties of projects."""
    real = [{"project_id": "INV-YJ1", "note": GUESSED} | row for row in YAOJIANG]
    fictional = [row | {"difficulty": f"示例：{row['difficulty']}", "note": "示例"} for row in FICTIONAL]
    rows = [{"difficulty_id": f"DIF-{n:02}", "owner": OWNER} | row for n, row in enumerate([*real, *fictional], 1)]
    return {"project_difficulty": rows}
