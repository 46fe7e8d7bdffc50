"""The schematic ground of the 示例 data: village outlines, roads, and where rivers and places lie (WGS84)."""

from collections.abc import Iterable
from math import cos, pi, radians, sin
from random import Random

from data.sample.rows import Ledgers, interpolated_value, named_rows, sample_generator, topic_rng

Point = tuple[float, float]

KM_PER_DEGREE = 111.195
EAST_KM_PER_DEGREE = KM_PER_DEGREE * cos(radians(29.945))
PARK = (121.5375, 29.9432)

LAND = (
    (121.5062, 29.9188),
    (121.5195, 29.9160),
    (121.5340, 29.9172),
    (121.5490, 29.9158),
    (121.5622, 29.9205),
    (121.5644, 29.9365),
    (121.5630, 29.9540),
    (121.5641, 29.9672),
    (121.5510, 29.9738),
    (121.5335, 29.9744),
    (121.5120, 29.9740),
    (121.5064, 29.9690),
    (121.5078, 29.9470),
    (121.5056, 29.9310),
)

ROADS = {
    ("市北环快速路（示意）", "North Ring Expressway (schematic)"): (
        (121.5066, 29.9585),
        (121.5200, 29.9572),
        (121.5400, 29.9576),
        (121.5636, 29.9562),
    ),
    ("示例路一", "Sample Road 1"): ((121.5425, 29.9741), (121.5432, 29.9560), (121.5418, 29.9380), (121.5440, 29.9162)),
    ("示例路二", "Sample Road 2"): ((121.5060, 29.9352), (121.5220, 29.9358), (121.5410, 29.9345), (121.5643, 29.9352)),
}

# village_id: name in Chinese and English, centre, half width and half height in km
VILLAGES = {
    "V-HJ": ("胡家村", "Hujia Village", (121.5350, 29.9492), 0.72, 0.40),
    "V-LS": ("灵山村", "Lingshan Village", (121.5350, 29.9418), 0.72, 0.39),
    "V-A": ("示例村A", "Sample A", (121.5175, 29.9668), 0.72, 0.58),
    "V-B": ("示例村B", "Sample B", (121.5318, 29.9668), 0.62, 0.58),
    "V-C": ("示例村C", "Sample C", (121.5540, 29.9582), 0.74, 0.75),
    "V-D": ("示例社区D", "Sample D", (121.5545, 29.9402), 0.74, 0.98),
    "V-E": ("示例村E", "Sample E", (121.5158, 29.9318), 0.70, 0.88),
    "V-F": ("示例社区F", "Sample F", (121.5310, 29.9272), 0.72, 0.62),
}


def offset_point(point: Point, east_km: float, north_km: float) -> Point:
    """Return the point so far east and north of another."""
    return round(point[0] + east_km / EAST_KM_PER_DEGREE, 6), round(point[1] + north_km / KM_PER_DEGREE, 6)


def winding_line(rng: Random, start: Point, heading: float, km: float, bends: int = 6) -> list[Point]:
    """Return a winding line of exactly `km` that leaves `start` towards `heading` (degrees from north)."""
    points = [start]
    for _ in range(bends):
        angle = radians(heading + rng.uniform(-14, 14))
        points.append(offset_point(points[-1], km / bends * sin(angle), km / bends * cos(angle)))
    return points


def point_along(points: list[Point], share: float) -> Point:
    """Return the point that lies at that share of a line of equal steps."""
    lon, lat = (round(interpolated_value(axis, share * (len(points) - 1)), 6) for axis in zip(*points, strict=True))
    return lon, lat


def uneven_outline(rng: Random, centre: Point, width: float, height: float, corners: int = 10) -> list[Point]:
    """Return a closed, slightly uneven ring around a centre."""
    ring = []
    for n in range(corners):
        size, angle = rng.uniform(0.92, 1.0), 2 * pi * n / corners
        ring.append(offset_point(centre, width * size * cos(angle), height * size * sin(angle)))
    return [*ring, ring[0]]


def polygon_wkt(ring: list[Point]) -> str:
    return f"POLYGON (({', '.join(f'{lon} {lat}' for lon, lat in ring)}))"


def line_wkt(points: Iterable[Point]) -> str:
    return f"LINESTRING ({', '.join(f'{lon} {lat}' for lon, lat in points)})"


@sample_generator
def base_map() -> Ledgers:
    """Return the schematic map: land, villages, the planned park, roads."""
    rng = topic_rng("map")
    villages = [
        ("村社界", zh, en, village_id, polygon_wkt(uneven_outline(rng, centre, width, height)))
        for village_id, (zh, en, centre, width, height) in VILLAGES.items()
    ]
    site = polygon_wkt(uneven_outline(rng, PARK, 0.06, 0.1))
    rows = named_rows(
        "kind name name_en village_id shape",
        ("街道界", "庄桥街道（示意）", "Zhuangqiao (schematic)", None, polygon_wkt([*LAND, LAND[0]])),
        *villages,
        ("公园", "规划休闲公园（示意）", "Planned park (schematic)", None, site),
        *(("道路", zh, en, None, line_wkt(line)) for (zh, en), line in ROADS.items()),
    )
    return {"map_feature": [row | {"crs": "WGS84"} for row in rows]}
