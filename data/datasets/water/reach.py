"""Reaches of rivers, as they are assigned to villages."""

from data.datasets.constraint import SumConstraint, cases
from data.datasets.model import Column, Dataset, code, integer, number, text
from data.datasets.shared.columns import crs_column, system_is_named, village_column
from data.datasets.water.columns import river_column
from data.text import Text

PATH_HEADINGS = ("坐标", "图形", "几何", "WKT", "geometry", "the_geom", "geom")  # the last as vector files have them

DATASET = Dataset(
    name="reach",
    stream="water",
    menu_place=20,
    label=Text("包干河段", "River reaches"),
    description=Text(
        "河道分段包干到村；走向写成“经度 纬度; 经度 纬度; …”。",
        "Reaches assigned to villages; the course is written “lon lat; lon lat; …”.",
    ),
    key=("reach_id",),
    name_column="name",
    columns=(
        code("reach_id", "河段编码", "Reach code"),
        text("name", "河段名称", "Reach", required=True, aliases=("河段",)),
        river_column(),
        integer("sequence", "序号", "No.", aliases=("段序",)),
        number("length", "长度", "Length", "km"),
        village_column(),
        Column(name="course", label=Text("走向", "Course"), kind="path", aliases=PATH_HEADINGS),
        crs_column(),
    ),
    constraints=(
        system_is_named("course"),
        SumConstraint(
            name="lengths_at_most_river",
            columns=("length", "river_id"),
            group=("river_id",),
            totals={"total": "sum(r.length)"},
            parent="river",
            breaks="r.total > p.length * $reaches_of_river",
            shown=("r.total", "p.length"),
            reason=Text(
                "这条河各段的“{length}”之和超过河道全长，请核对",
                "The “{length}” of this river's reaches add up to more than that of the river; make sure of them",
            ),
            is_warning=True,
            cases=cases(
                broken=[(1, "R-1"), (1.2, "R-1")],
                kept=[(1, "R-1"), (1.05, "R-1")],
                river={"river_id": "R-1", "length": 2},
            ),
        ),
        SumConstraint(
            name="sequence_once",
            columns=("sequence", "river_id"),
            group=("river_id", "sequence"),
            totals={"reaches": "count(*)"},
            breaks="r.sequence IS NOT NULL AND r.reaches > 1",
            shown=("r.sequence", "r.reaches"),
            reason=Text(
                "这条河有几段的“{sequence}”相同，请核对", "Several reaches of this river bear the same “{sequence}”"
            ),
            is_warning=True,
            cases=cases(broken=[(1, "R-1"), (1, "R-1")], kept=[(1, "R-1"), (2, "R-1")]),
        ),
    ),
)
