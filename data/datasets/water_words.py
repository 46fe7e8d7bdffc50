"""The words of water: classes, kinds of water, measured items, units of quantity."""

from data.datasets.model import Choice, choices, symbols
from data.text import Text

WORSE = ("劣V", "劣五", "劣Ⅴ类", "劣V类", "劣五类", "劣于Ⅴ", "劣于V", "劣于Ⅴ类", "劣于V类", ">V", "worse than V")
WATER_CLASSES = (
    *symbols(
        ("Ⅰ", "I", "1", "一", "Ⅰ类", "I类"),
        ("Ⅱ", "II", "2", "二", "Ⅱ类", "II类"),
        ("Ⅲ", "III", "3", "三", "Ⅲ类", "III类"),
        ("Ⅳ", "IV", "4", "四", "Ⅳ类", "IV类"),
        ("Ⅴ", "V", "5", "五", "Ⅴ类", "V类"),
    ),
    Choice("劣Ⅴ", Text("劣Ⅴ", ">Ⅴ"), WORSE),
)

QUANTITY_UNITS = (
    *symbols(("m³", "m3", "立方米"), ("m", "米"), ("km", "公里"), ("㎡", "m2", "m²", "平方米")),
    *choices(户="households", 个="pieces"),
)

WATER_TYPES = choices(
    河流="River", 湖泊="Lake", 水库="Reservoir", 沟渠="Ditch", 池塘="Pond", 小微水体="Small water body"
)

ASSESS_RULES = choices(地表水="Surface water", 城市黑臭="Black odour, urban", 农村黑臭="Black odour, rural")


def _item(value: str, zh: str, en: str, unit: str, *aliases: str, low: float = 0, high: float | None = None) -> Choice:
    return Choice(value, Text(zh, en), aliases, unit=unit, low=low, high=high)


PARAMETERS = (
    _item("WT", "水温", "Water temperature", "celsius", low=-2, high=50),
    _item("PH", "pH", "pH value", "", "pH值", "酸碱度", high=14),
    _item("DO", "溶解氧", "Dissolved oxygen", "mg/L", high=30),
    _item("EC", "电导率", "Conductivity", "uS/cm"),
    _item("NTU", "浊度", "Turbidity", "NTU"),
    _item("CODMN", "高锰酸盐指数", "Permanganate index", "mg/L", "CODMn"),
    _item("COD", "化学需氧量", "COD", "mg/L", "CODcr"),
    _item("BOD5", "五日生化需氧量", "BOD5", "mg/L", "生化需氧量"),
    _item("NH3N", "氨氮", "Ammonia nitrogen", "mg/L", "NH3-N"),
    _item("TP", "总磷", "Total phosphorus", "mg/L", "总磷(以P计)"),
    _item("TN", "总氮", "Total nitrogen", "mg/L", "总氮(以N计)"),
    _item("CU", "铜", "Copper", "mg/L"),
    _item("ZN", "锌", "Zinc", "mg/L"),
    _item("F", "氟化物", "Fluoride", "mg/L", "氟化物(以F-计)"),
    _item("SE", "硒", "Selenium", "mg/L"),
    _item("AS", "砷", "Arsenic", "mg/L"),
    _item("HG", "汞", "Mercury", "mg/L"),
    _item("CD", "镉", "Cadmium", "mg/L"),
    _item("CR6", "铬(六价)", "Chromium (VI)", "mg/L", "六价铬"),
    _item("PB", "铅", "Lead", "mg/L"),
    _item("CN", "氰化物", "Cyanide", "mg/L"),
    _item("VP", "挥发酚", "Volatile phenols", "mg/L"),
    _item("OIL", "石油类", "Petroleum", "mg/L"),
    _item("LAS", "阴离子表面活性剂", "Anionic surfactant", "mg/L"),
    _item("S", "硫化物", "Sulphide", "mg/L"),
    _item("CHLA", "叶绿素α", "Chlorophyll a", "mg/L", "叶绿素a", "叶绿素"),
    _item("ALGAE", "藻密度", "Algal density", "cells/L"),
    _item("SD", "透明度", "Transparency", "cm"),
    _item("ORP", "氧化还原电位", "Redox potential", "mV", low=-1000, high=1500),
    _item("DEPTH", "水深", "Water depth", "cm"),
)
