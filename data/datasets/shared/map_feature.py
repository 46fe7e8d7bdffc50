"""What the map is drawn on: boundaries, roads, waters, and places that are known by name."""

from data.datasets.constraint import Constraint, cases
from data.datasets.model import Column, Dataset, choice, choices, text
from data.datasets.shared.columns import crs_column, latitude_column, longitude_column, village_column
from data.text import Text

AREAS, LINES, PLACES = ("区县界", "街道界", "村社界", "公园"), ("道路",), ("地名",)
KINDS = choices(
    区县界="District", 街道界="Subdistrict", 村社界="Village", 水体="Water", 公园="Park", 道路="Road", 地名="Place"
)


def _is_other_shape(kinds: tuple[str, ...], shape: str) -> str:
    """Return the SQL that tells whether a feature of some kinds is drawn otherwise than as a shape, or several."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f"(r.kind IN ({listed}) AND coalesce(r.shape, 'POINT') NOT LIKE '%{shape}%')"


DATASET = Dataset(
    name="map_feature",
    stream="shared",
    menu_place=30,
    label=Text("地图底图", "Base map"),
    description=Text(
        "底图要素一行一个：界线、道路、水体、地名；图形写 WKT，点也可以写经度和纬度。",
        "One row per feature of the base map: boundaries, roads, waters, places; a shape as WKT, a point also as "
        "longitude and latitude.",
    ),
    key=("kind", "name"),
    columns=(
        choice("kind", "要素类别", "Kind of feature", KINDS, required=True, aliases=("类别", "图层", "要素类")),
        text("name", "要素名称", "Feature", required=True, aliases=("名称", "地名", "要素名")),
        text("name_en", "英文名称", "Name in English", aliases=("英文名", "name:en")),
        village_column(),
        Column(
            name="shape",
            label=Text("图形", "Shape"),
            kind="shape",
            aliases=("几何", "空间数据", "WKT", "geometry", "the_geom", "geom"),
        ),
        longitude_column(),
        latitude_column(),
        crs_column(required=True),
    ),
    constraints=(
        Constraint(
            name="shape_fits_kind",
            columns=("shape", "kind", "lon"),
            breaks=_is_other_shape(AREAS, "POLYGON")
            + f" OR {_is_other_shape(LINES, 'LINESTRING')} OR {_is_other_shape(PLACES, 'POINT')} "
            "OR r.kind = '水体' AND (r.shape LIKE '%POINT%' OR r.lon IS NOT NULL)",
            shown=("r.kind", "split_part(coalesce(r.shape, 'POINT'), ' ', 1)"),
            reason=Text(
                f"“{{shape}}”与“{{kind}}”不符：{'、'.join(AREAS)}画成面，{'、'.join(LINES)}画成线，"
                f"{'、'.join(PLACES)}画成点，水体画成面或线",
                "“{shape}” does not suit “{kind}”: boundaries and parks are areas, roads are lines, places are points, "
                "waters are areas or lines",
            ),
            cases=cases(
                broken=[("LINESTRING (121.5 29.9, 121.6 29.9)", "村社界", None)],
                kept=[
                    ("POLYGON ((121.5 29.9, 121.6 29.9, 121.6 30, 121.5 29.9))", "村社界", None),
                    ("LINESTRING (121.5 29.9, 121.6 29.9)", "水体", None),
                    (None, "地名", 121.5),
                ],
            ),
        ),
        Constraint(
            name="shape_or_point",
            columns=("shape", "lon", "lat"),
            breaks="(r.shape IS NULL) = (r.lon IS NULL) OR (r.lon IS NULL) <> (r.lat IS NULL)",
            reason=Text(
                "要么写“{shape}”，要么写“{lon}”和“{lat}”，现在看不出画在哪里",
                "Fill either “{shape}”, or both “{lon}” and “{lat}”; otherwise nobody knows where it lies",
            ),
            cases=cases(
                broken=[(None, None, None), ("POINT (121.5 29.9)", 121.5, 29.9), (None, 121.5, None)],
                kept=[("POINT (121.5 29.9)", None, None), (None, 121.5, 29.9)],
            ),
        ),
    ),
)
