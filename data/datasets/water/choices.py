"""The words of water: classes, kinds of water, measured items, units, periods, the steps and the kinds of an issue."""

from data.datasets.model import Choice, choices, symbols
from data.text import Text

WORSE_THAN_V = ("劣V", "劣五", "劣Ⅴ类", "劣V类", "劣五类", "劣于Ⅴ", "劣于V", "劣于Ⅴ类", "劣于V类", ">V", "worse than V")
WATER_CLASSES = (
    *symbols(
        ("Ⅰ", "I", "1", "一", "Ⅰ类", "I类"),
        ("Ⅱ", "II", "2", "二", "Ⅱ类", "II类"),
        ("Ⅲ", "III", "3", "三", "Ⅲ类", "III类"),
        ("Ⅳ", "IV", "4", "四", "Ⅳ类", "IV类"),
        ("Ⅴ", "V", "5", "五", "Ⅴ类", "V类"),
    ),
    Choice("劣Ⅴ", Text("劣Ⅴ", ">Ⅴ"), WORSE_THAN_V),
)

NOT_CLASSED = Choice(
    "未评价", Text("未评价", "Not classed"), ("*", "-", "--", "—", "/", "无", "无法评价", "NA", "null")
)


def _unit_choice(value: str, unit: str, *aliases: str, en: str = "") -> Choice:
    """Return a unit, of the list UNITS, as a word of an enumeration."""
    return Choice(value, Text(value, en or value), aliases, unit=unit)


SQUARE_METRES, HOUSEHOLDS = (
    _unit_choice("㎡", "m2", "m2", "m²", "平方米", "平米"),
    _unit_choice("户", "household", en="households"),
)
QUANTITY_UNITS = (
    _unit_choice("m³", "m3", "m3", "立方米", "立方", "方"),
    _unit_choice("m", "m", "米"),
    _unit_choice("km", "km", "公里", "千米"),
    SQUARE_METRES,
    HOUSEHOLDS,
    _unit_choice("个", "piece", en="pieces"),
)
SCALE_UNITS = (
    _unit_choice("头", "head", en="heads"),
    SQUARE_METRES,
    _unit_choice("t/a", "t/a", "吨/年", "吨每年"),
    HOUSEHOLDS,
    _unit_choice("m³/d", "m3/d", "m3/d", "吨/日", "吨/天", "立方米/日", "立方米/天"),
)

WATER_TYPES = choices(
    河流="River", 湖泊="Lake", 水库="Reservoir", 沟渠="Ditch", 池塘="Pond", 小微水体="Small water body"
)

ASSESS_RULES = choices(地表水="Surface water", 城市黑臭="Black odour, urban", 农村黑臭="Black odour, rural")


def _measured_item(
    value: str, zh: str, en: str, unit: str, *aliases: str, low: float = 0, high: float | None = None
) -> Choice:
    return Choice(value, Text(zh, en), aliases, unit=unit, low=low, high=high)


# `high` is more than any surface water or sewage holds: above it a value was written in another unit
PARAMETERS = (
    _measured_item("WT", "水温", "Water temperature", "celsius", low=-2, high=50),
    _measured_item("PH", "pH", "pH", "", "pH值", "pH value", "酸碱度", high=14),
    _measured_item("DO", "溶解氧", "Dissolved oxygen", "mg/L", high=30),
    _measured_item("EC", "电导率", "Conductivity", "uS/cm"),
    _measured_item("NTU", "浊度", "Turbidity", "NTU"),
    _measured_item("CODMN", "高锰酸盐指数", "Permanganate index", "mg/L", "CODMn", high=200),
    _measured_item("COD", "化学需氧量", "COD", "mg/L", "CODcr", high=5000),
    _measured_item("BOD5", "五日生化需氧量", "BOD5", "mg/L", "生化需氧量", high=3000),
    _measured_item("NH3N", "氨氮", "Ammonia nitrogen", "mg/L", "NH3-N", high=100),
    _measured_item("TP", "总磷", "Total phosphorus", "mg/L", "总磷(以P计)", high=50),
    _measured_item("TN", "总氮", "Total nitrogen", "mg/L", "总氮(以N计)", high=200),
    _measured_item("CU", "铜", "Copper", "mg/L", high=20),
    _measured_item("ZN", "锌", "Zinc", "mg/L", high=50),
    _measured_item("F", "氟化物", "Fluoride", "mg/L", "氟化物(以F-计)", high=50),
    _measured_item("SE", "硒", "Selenium", "mg/L", high=1),
    _measured_item("AS", "砷", "Arsenic", "mg/L", high=5),
    _measured_item("HG", "汞", "Mercury", "mg/L", high=0.1),
    _measured_item("CD", "镉", "Cadmium", "mg/L", high=1),
    _measured_item("CR6", "铬(六价)", "Chromium (VI)", "mg/L", "六价铬", high=5),
    _measured_item("PB", "铅", "Lead", "mg/L", high=5),
    _measured_item("CN", "氰化物", "Cyanide", "mg/L", high=5),
    _measured_item("VP", "挥发酚", "Volatile phenols", "mg/L", high=10),
    _measured_item("OIL", "石油类", "Petroleum", "mg/L", high=200),
    _measured_item("LAS", "阴离子表面活性剂", "Anionic surfactant", "mg/L", high=50),
    _measured_item("S", "硫化物", "Sulphide", "mg/L", high=50),
    _measured_item("CHLA", "叶绿素α", "Chlorophyll a", "mg/L", "叶绿素a", "叶绿素"),
    _measured_item("ALGAE", "藻密度", "Algal density", "cells/L"),
    _measured_item("SD", "透明度", "Transparency", "cm"),
    _measured_item("ORP", "氧化还原电位", "Redox potential", "mV", low=-1000, high=1500),
    _measured_item("DEPTH", "水深", "Water depth", "cm"),
    _measured_item("FC", "粪大肠菌群", "Faecal coliforms", "count/L"),
)
_PARAMETERS_BY_CODE = {item.value: item for item in PARAMETERS}
PLANT_ITEMS = (
    *(_PARAMETERS_BY_CODE[value] for value in ("WT", "PH", "COD", "BOD5")),
    _measured_item("SS", "悬浮物", "Suspended solids", "mg/L"),
    *(_PARAMETERS_BY_CODE[value] for value in ("NH3N", "TN", "TP")),
    _measured_item("AVO", "动植物油", "Animal and vegetable oil", "mg/L"),
    *(_PARAMETERS_BY_CODE[value] for value in ("OIL", "LAS", "FC")),
)
SECTION_ALIASES = (
    "断面", "站点名称", "测站", "监测点位", "点位名称", "监测点", "水站名称", "水站", "监测站点", "Section name",
)  # fmt: skip
NOT_MEASURED = (
    "*", "-", "--", "—", "——", "/", "无", "未测", "未监测", "缺测", "停测", "停机", "停运", "维护", "维护中", "故障",
    "N/A", "NA", "NaN", "nan", "None", "NULL", "null",
)  # fmt: skip

QUALIFIERS = symbols(("<", "＜", "L", "ND", "未检出", "低于检出限"), (">", "＞", "大于", "高于上限"))

# the limits of each are in data/standards/discharge.csv
DISCHARGE_STANDARDS = tuple(
    Choice(value, Text(value, en), aliases)
    for value, en, aliases in (
        ("GB18918一级A", "GB 18918 class 1A", ("一级A", "一级A标准", "GB18918-2002一级A")),
        ("GB18918一级B", "GB 18918 class 1B", ("一级B", "一级B标准", "GB18918-2002一级B")),
        ("GB18918二级", "GB 18918 class 2", ("GB18918-2002二级",)),
        ("GB18918三级", "GB 18918 class 3", ("GB18918-2002三级",)),
        ("DB33/973-2015一级", "DB33/973-2015 class 1", ()),
        ("DB33/973-2015二级", "DB33/973-2015 class 2", ()),
        ("DB33/973-2021一级", "DB33/973-2021 class 1", ()),
        ("DB33/973-2021二级", "DB33/973-2021 class 2", ()),
    )
)

DIMENSIONS = choices(治="Manage", 截="Intercept", 洁="Clean", 节="Save")
PERIODS = choices(周="Week", 旬="Ten days", 半月="Half-month", 月="Month")

# what may come right after each step of an issue; a later step may be reached without those between
NEXT_STEPS = {
    "发现": ("交办", "处置", "复核", "销号"),
    "交办": ("交办", "退回", "处置", "复核", "销号"),
    "退回": ("交办",),
    "处置": ("处置", "复核", "销号"),
    "复核": ("重办", "销号"),
    "重办": ("交办", "处置"),
    "销号": ("重办",),
}
ISSUE_STEPS = choices(
    发现="Found",
    交办="Assigned",
    退回="Sent back",
    处置="In hand",
    复核="Reviewed",
    重办="To be redone",
    销号="Settled",
)

# the checklist of a patrol: what is looked at, and what may be wrong with it
PROBLEMS = {
    Choice("水体", Text("水体", "Water")): choices(异味="Bad smell", 颜色异常="Odd colour"),
    Choice("河面", Text("河面", "Surface"), ("水面",)): choices(
        杂物漂浮="Floating litter", 油污漂浮="Floating oil", 病死动物="Dead animals"
    ),
    Choice("河中", Text("河中", "River bed")): choices(
        围网养殖="Net-pen farming",
        污泥淤积="Silt",
        沉船="Sunken boat",
        倾倒废土弃渣="Dumped soil",
        固废危废="Solid or hazardous waste",
    ),
    Choice("河岸", Text("河岸", "Bank"), ("岸线",)): choices(
        生活垃圾="Household waste",
        工业垃圾="Industrial waste",
        建筑垃圾="Building waste",
        农业废弃物="Farm waste",
        其他堆放="Other heaps",
    ),
    Choice("涉水活动", Text("涉水活动", "Activity on the water")): choices(
        非法捕鱼="Illegal fishing", 采砂="Sand digging"
    ),
    Choice("排污口", Text("排污口", "Outfall"), ("排口", "排水口")): choices(
        污水直排="Sewage discharged",
        晴天排水="Flow in dry weather",
        排水异常="Odd discharge",
        新增排污口="New outfall",
        标识未设置="No sign",
    ),
    Choice("河长牌", Text("河长牌", "Signboard"), ("公示牌", "河长公示牌")): choices(
        缺失="Missing", 更新不及时="Out of date", 不规范="Not as prescribed", 破损="Damaged"
    ),
    Choice("水工建筑物", Text("水工建筑物", "Structure"), ("涉水建筑物",)): choices(
        占河="Built into the river", 违建="Unlawful building", 运行异常="Out of order"
    ),
}
