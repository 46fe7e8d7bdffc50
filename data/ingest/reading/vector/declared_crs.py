"""The coordinate system that a vector file names for itself: degrees are taken, metres are refused.

What it names is never taken for what its coordinates are in: GCJ-02 and BD-09 have no code of their own, so programs
label their points WGS84, too.
"""

from __future__ import annotations

import re
from typing import Any

from data.errors import OtherDatum, ProjectedCoordinates

CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?OGC:(?:[\d.]*:)?CRS84h?", re.IGNORECASE)
TAKEN_DATUMS = re.compile(r"WGS.?(?:19)?84|World.Geodetic.System.1984|CGCS.?2000|China.*2000", re.IGNORECASE)


def declared_system(name: str, declared: str) -> str:
    """Return what the system that a file names is called; "" for none.

    `declared` is a code such as EPSG:4490, a URN or WKT. Raises ProjectedCoordinates for metres, OtherDatum for degrees
    that no ledger takes.
    """
    if not declared.strip():
        return ""
    if CRS84.fullmatch(declared.strip()):
        return "WGS 84"
    from pyproj import CRS  # it takes half a second to load, and most files name no system
    from pyproj.exceptions import CRSError

    try:
        found = CRS.from_user_input(declared.strip())
    except CRSError as error:
        raise OtherDatum(name=name, crs=declared.strip()[:80]) from error
    if not found.is_geographic:
        raise ProjectedCoordinates(name=name, crs=found.name)
    if not TAKEN_DATUMS.search(f"{found.name} {found.datum.name if found.datum else ''}"):
        raise OtherDatum(name=name, crs=found.name)
    return str(found.name)


def crs_of_geojson(content: Any) -> str:
    """Return what the `crs` member of a GeoJSON of 2008 says; "" where it has none."""
    member = content.get("crs") if isinstance(content, dict) else None
    if member is None:
        return ""
    properties = member.get("properties") if isinstance(member, dict) else None
    named = next(iter(properties.values()), None) if isinstance(properties, dict) else None
    return str(named or member)
