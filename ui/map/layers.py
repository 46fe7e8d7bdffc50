"""What can lie on the map: each layer with the listing of its rows, its signs, its facts and its page. One list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from data.text import Text, untranslated
from data.words import LIGHTS, WORDS
from ui.colours import (
    CLASS_COLOURS,
    CLASS_NAMES,
    CLASS_TEXT,
    DARK_TEXT,
    LIGHT_TEXT,
    MISSING_COLOUR,
    STATUS_COLOURS,
    STATUS_SIGNS,
)
from ui.map.shapes import Shape


@dataclass(frozen=True, slots=True)
class Look:
    """How a sign is drawn: a shape `radius` pixels from its middle to its edge, in colours; `sign` stands on it.

    Without a `sign` of its own it bears the letter of the row's kind.
    """

    shape: Shape
    ground: str
    ink: str
    rim: str
    radius: int
    sign: str = ""


DARK_RED, PALE, PALE_INK, PALE_RIM = "#7A1020", "#E4E8EC", "#4A5664", "#7B8794"
CLOSED = Look("disc", PALE, PALE_INK, PALE_RIM, 6, "✓")


def to_do_looks(open_shape: Shape, overdue_shape: Shape, radius: int, rim: str = DARK_TEXT) -> dict[str, Look]:
    """Return the looks of what is to be done: dark red past its day, white while open, a small grey tick when done."""
    return {
        "overdue": Look(overdue_shape, DARK_RED, LIGHT_TEXT, LIGHT_TEXT, radius),
        "open": Look(open_shape, LIGHT_TEXT, DARK_TEXT, rim, radius),
        "closed": CLOSED,
    }


def class_looks(shape: Shape, radius: int) -> dict[str, Look]:
    """Return the looks of the classes of water, the worst first, and of what has none."""
    looks = {
        name: Look(shape, CLASS_COLOURS[name], CLASS_TEXT[name], DARK_TEXT, radius, name)
        for name in reversed(CLASS_NAMES)
    }
    return looks | {"": Look(shape, MISSING_COLOUR, DARK_TEXT, DARK_TEXT, radius, "?")}


def light_looks(shape: Shape, radius: int) -> dict[str, Look]:
    """Return the looks of the lights, the worst first; there is a sign on each."""
    return {
        choice.value: Look(
            shape,
            STATUS_COLOURS[choice.value],
            LIGHT_TEXT if choice.value in DARK_LIGHTS else DARK_TEXT,
            DARK_TEXT,
            radius,
            STATUS_SIGNS[choice.value],
        )
        for choice in LIGHTS
    }


DARK_LIGHTS = ("已逾期", "已完成")  # on which white is read better than black


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLayer:
    """A layer: rows of a listing that lie on the map.

    The listing has the columns `code` and `title` (what a row is, and what it is called), `standing` (one of
    `looks`; what is missing is ""), and either `course` (a line) or `lon` and `lat`. What is chosen stands in the
    address under `choice`. `looks` stand with the worst first. `letters` are the signs of the values of `kind`, where
    the looks have no sign of their own; under "" is that of a layer without kinds. `facts` are the columns of the
    card, `page` the file and the parameter of the page of one row: the parameter `work` is given its `work_id`. Of
    the standings in `late` the time is over, and of those in `done` nothing is left to do. `name_beside` is the column
    whose value is written beside a line.
    """

    name: str
    label: Text
    listing: str
    code: str
    title: str
    choice: str
    looks: Mapping[str, Look]
    words: Mapping[str, Text]
    letters: Mapping[str, Text] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    page: tuple[str, str] | None = None
    late: tuple[str, ...] = ("overdue", "已逾期")
    done: tuple[str, ...] = ("closed", "已完成")
    name_beside: str = ""
    is_shown_first: bool = True

    def name_of(self, row: Mapping[str, Any]) -> Text:
        """Return what a row is called, in both languages where it is a word of the house."""
        name = str(row[self.title])
        return WORDS.get(name) or untranslated(name)

    def letter_of(self, row: Mapping[str, Any]) -> Text:
        """Return the sign of a row whose look has none: that of its kind, of the layer, or a question mark."""
        return self.letters.get(str(row.get("kind"))) or self.letters.get("") or untranslated("?")


TO_DO_WORDS = {
    "overdue": Text("逾期", "overdue"),
    "open": Text("未整治", "open"),
    "closed": Text("已整治", "closed"),
}
SOURCE_LETTERS = {
    "畜禽养殖": Text("畜", "L"),
    "废油": Text("油", "O"),
    "煤炭": Text("煤", "C"),
    "废品收购": Text("废", "S"),
    "餐饮": Text("餐", "Ca"),
    "洗车": Text("洗", "W"),
    "工业企业": Text("工", "I"),
    "生活污水": Text("生", "D"),
    "农业面源": Text("农", "F"),
}
OUTFALL_LETTERS = {
    "工业": Text("工", "I"),
    "生活": Text("生", "D"),
    "养殖": Text("养", "A"),
    "雨水": Text("雨", "R"),
    "混合": Text("混", "M"),
    "农田": Text("农", "F"),
    "其他": Text("其", "O"),
}
RESOURCE_LETTERS = {
    "闲置土地": Text("地", "L"),
    "低效用地": Text("低", "U"),
    "闲置厂房": Text("厂", "P"),
    "空置楼宇": Text("楼", "B"),
    "村集体物业": Text("村", "V"),
}

REACHES = MapLayer(
    name="reaches",
    label=Text("河段", "Reaches"),
    listing="reach_map",
    code="reach_id",
    title="reach",
    choice="reach",
    looks=class_looks("line", 11),
    words={},
    facts=("river", "village", "length", "target_class", "class", "month", "items"),
    page=("water/river.py", "river"),
    name_beside="river",
)
REACHES_BY_PROGRESS = replace(
    REACHES,
    listing="reach_progress",
    looks=light_looks("line", 11) | {"": Look("line", MISSING_COLOUR, DARK_TEXT, DARK_TEXT, 11, "?")},
    words={"": Text("没有工程", "no works")},
    facts=("river", "village", "length", "works", "finished", "late", "done", "quantity", "rate"),
)
SECTIONS = MapLayer(
    name="sections",
    label=Text("监测断面", "Sections"),
    listing="section_map",
    code="section_id",
    title="section",
    choice="section",
    looks=class_looks("hexagon", 11),
    words={},
    facts=("river", "level", "section_kind", "target_class", "class", "month", "items", "is_met"),
    page=("water/quality.py", "section"),
    is_shown_first=False,
)
SOURCES = MapLayer(
    name="sources",
    label=Text("污染源", "Pollution sources"),
    listing="source_map",
    code="source_id",
    title="source",
    choice="source",
    looks=to_do_looks("disc", "square", 9),
    words=TO_DO_WORDS,
    letters=SOURCE_LETTERS,
    facts=("kind", "river", "village", "state", "action", "found_on", "due_on", "closed_on"),
    page=("water/sources.py", "source"),
)
OUTFALLS = MapLayer(
    name="outfalls",
    label=Text("排口", "Outfalls"),
    listing="outfall_map",
    code="outfall_id",
    title="outfall",
    choice="outfall",
    looks=to_do_looks("pentagon", "pentagon", 10),
    words=TO_DO_WORDS,
    letters=OUTFALL_LETTERS,
    facts=("kind", "river", "village", "state", "dry_weather_flow", "found_on", "due_on", "closed_on"),
    page=("water/sources.py", "outfall"),
    is_shown_first=False,
)
WORKS = MapLayer(
    name="works",
    label=Text("整治工程", "Works"),
    listing="work_map",
    code="work_id",
    title="work",
    choice="work",
    looks=light_looks("diamond", 11),
    words={},
    facts=(
        *("kind", "river", "done", "quantity", "quantity_unit", "rate", "planned_rate", "gap", "reported_on"),
        *("end_on", "days_left", "owner", "is_placed_by_river"),
    ),
    page=("water/works.py", "work"),
)
PLANTS = MapLayer(
    name="plants",
    label=Text("微型污水处理厂", "Micro sewage plants"),
    listing="plant_map",
    code="plant_id",
    title="plant",
    choice="plant",
    looks={
        "stopped": Look("house", DARK_RED, LIGHT_TEXT, LIGHT_TEXT, 11),
        "silent": Look("house", PALE, DARK_TEXT, DARK_TEXT, 11),
        "unknown": Look("house", MISSING_COLOUR, DARK_TEXT, DARK_TEXT, 11, "?"),
        "running": Look("house", LIGHT_TEXT, DARK_TEXT, DARK_TEXT, 11),
    },
    words={
        "stopped": Text("停着", "standing still"),
        "silent": Text("近来没有上报", "no report of late"),
        "unknown": Text("从未上报", "never reported"),
        "running": Text("运行中", "running"),
    },
    letters={"": Text("厂", "P")},
    facts=(
        *("village", "river", "run_state", "idle_since", "idle_days", "reported_on", "process", "capacity"),
        *("households_connected", "households_design", "om_unit"),
    ),
    page=("water/plants.py", "plant"),
    late=("stopped",),
    done=("running",),
    is_shown_first=False,
)
ISSUES = MapLayer(
    name="issues",
    label=Text("未销号问题", "Open issues"),
    listing="issue_map",
    code="issue_id",
    title="issue",
    choice="issue",
    looks={
        "overdue": Look("triangle", DARK_RED, LIGHT_TEXT, LIGHT_TEXT, 11, "!"),
        "open": Look("triangle", LIGHT_TEXT, DARK_TEXT, DARK_TEXT, 11, "!"),
    },
    words={"overdue": TO_DO_WORDS["overdue"], "open": Text("未到期", "not due yet")},
    facts=(
        *("category", "urgency", "river", "village", "location", "step", "handler", "found_on", "due_on"),
        "days_overdue",
    ),
    page=("water/issues.py", "issue"),
)
PARCELS = MapLayer(
    name="parcels",
    label=Text("项目用地", "Project land"),
    listing="parcel_map",
    code="parcel_id",
    title="project",
    choice="parcel",
    looks={
        "breach": Look("plot", DARK_RED, LIGHT_TEXT, LIGHT_TEXT, 11),
        "unchecked": Look("plot", MISSING_COLOUR, DARK_TEXT, DARK_TEXT, 11, "?"),
        "exempt": Look("plot", PALE, DARK_TEXT, DARK_TEXT, 11),
        "waiting": Look("plot", LIGHT_TEXT, DARK_TEXT, DARK_TEXT, 11),
        "started": CLOSED,
    },
    words={
        "breach": Text("违约（超期或闲置）", "in breach (late or idle)"),
        "unchecked": Text("停工未核查", "stopped, not checked since"),
        "exempt": Text("有免责原因", "exempt"),
        "waiting": Text("未到约定动工日", "start not due yet"),
        "started": Text("已动工", "started"),
    },
    letters={"": Text("地", "P")},
    facts=(
        *("band", "area", "agreed_start_on", "actual_start_on", "days_overdue", "days_to_start", "days_stopped"),
        *("exempt_reason", "owner"),
    ),
    page=("investment/land.py", "parcel"),
    late=("breach",),
    done=("started",),
    is_shown_first=False,
)
RESOURCES = MapLayer(
    name="idle",
    label=Text("闲置低效资源", "Idle resources"),
    listing="resource_map",
    code="resource_id",
    title="resource",
    choice="resource",
    looks={
        "待包装": Look("square", LIGHT_TEXT, DARK_TEXT, "#7A5195", 9),
        "已推介": Look("square", "#E6DAEE", DARK_TEXT, "#7A5195", 9),
        "意向": Look("square", "#7A5195", LIGHT_TEXT, DARK_TEXT, 9),
        "已盘活": CLOSED,
    },
    words={},
    letters=RESOURCE_LETTERS,
    facts=(
        *("kind", "village", "owner_kind", "state", "days_idle", "land_area", "floor_area", "vacant_area"),
        *("asking_rent", "agent", "revived_on"),
    ),
    page=("investment/land.py", "resource"),
    late=(),
    done=("已盘活",),
    is_shown_first=False,
)
PROJECTS = MapLayer(
    name="projects",
    label=Text("征迁项目", "Demolition projects"),
    listing="project_map",
    code="project_id",
    title="project",
    choice="project",
    looks=light_looks("square", 10),
    words={},
    facts=(
        *("kind", "signed", "households", "rate", "planned_rate", "gap", "households_left", "sign_start"),
        *("sign_end", "days_left", "owner"),
    ),
    page=("demolition/signing.py", "project"),
)
VIOLATIONS = MapLayer(
    name="violations",
    label=Text("违法建筑", "Unlawful buildings"),
    listing="violation_map",
    code="violation_id",
    title="violation",
    choice="violation",
    looks=to_do_looks("house", "house", 11, "#B5651D"),
    words={
        "overdue": Text("逾期未拆", "overdue"),
        "open": Text("未拆", "standing"),
        "closed": Text("已拆", "razed"),
    },
    letters={"存量": Text("旧", "O"), "新增": Text("新", "N")},
    facts=("kind", "village", "area", "found_on", "notified_on", "due_on", "days_overdue", "razed_on", "reuse"),
    page=("demolition/violations.py", "village"),
    is_shown_first=False,
)
RENOVATION = MapLayer(
    name="renewal",
    label=Text("三改（按村）", "Renovation by village"),
    listing="renovation_map",
    code="village_id",
    title="village",
    choice="village",
    looks={"done": Look("disc", "#E9D3BC", DARK_TEXT, "#B5651D", 12)},
    words={"done": Text("今年有完成面积", "renovated this year")},
    letters={"": Text("改", "R")},
    facts=("renovated", "old_housing", "old_factories", "town_villages", "razed", "through_on"),
    page=("demolition/violations.py", "village"),
    done=("done",),
    is_shown_first=False,
)
LAYERS = (
    *(REACHES, SECTIONS, SOURCES, OUTFALLS, WORKS, PLANTS, ISSUES),
    *(PARCELS, RESOURCES, PROJECTS, VIOLATIONS, RENOVATION),
)
