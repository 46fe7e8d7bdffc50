"""Degrees of Chinese maps turned into those of the earth: GCJ-02 (高德, 腾讯) and BD-09 (百度) into WGS84.

CGCS2000 and WGS84 agree to a tenth of a metre here, so neither is touched.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

Degrees = NDArray[np.float64]

ELLIPSOID = Geod(ellps="WGS84")
AXIS = 6378245.0  # metres: half of that of Krasovsky's ellipsoid, which GCJ-02 has
ECCENTRICITY = 0.00669342162296594323  # of the same, squared
BAIDU_TURN = np.pi * 3000 / 180  # as BD-09 has
ROUNDS = 8  # of the inversion; measured: after 6 of them it is exact to a micrometre all over China


def wgs84_to_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return degrees as 高德 and 腾讯 write them: shifted by some 500 m, which varies from place to place."""
    east, north = lon - 105, lat - 35
    waves = (20 * np.sin(6 * east * np.pi) + 20 * np.sin(2 * east * np.pi)) * 2 / 3
    up = -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * np.sqrt(np.abs(east)) + waves
    up += (20 * np.sin(north * np.pi) + 40 * np.sin(north / 3 * np.pi)) * 2 / 3
    up += (160 * np.sin(north / 12 * np.pi) + 320 * np.sin(north * np.pi / 30)) * 2 / 3
    right = 300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * np.sqrt(np.abs(east)) + waves
    right += (20 * np.sin(east * np.pi) + 40 * np.sin(east / 3 * np.pi)) * 2 / 3
    right += (150 * np.sin(east / 12 * np.pi) + 300 * np.sin(east / 30 * np.pi)) * 2 / 3
    around = np.radians(lat)
    magic = 1 - ECCENTRICITY * np.sin(around) ** 2
    lat_shift = np.degrees(up * magic**1.5 / (AXIS * (1 - ECCENTRICITY)))
    return lon + np.degrees(right * np.sqrt(magic) / (AXIS * np.cos(around))), lat + lat_shift


def gcj02_to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return degrees as 百度 writes them, of such as 高德 does."""
    reach = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BAIDU_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BAIDU_TURN)
    return reach * np.cos(angle) + 0.0065, reach * np.sin(angle) + 0.006


def wgs84_to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


FROM_WGS84: dict[str, Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]] = {
    "GCJ-02": wgs84_to_gcj02,
    "BD-09": wgs84_to_bd09,
}


def to_wgs84(system: str, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return degrees of a system of FROM_WGS84 in WGS84: those that it would shift to where these are."""
    forward, east, north = FROM_WGS84[system], lon, lat
    for _ in range(ROUNDS):
        shifted_east, shifted_north = forward(east, north)
        east, north = east + lon - shifted_east, north + lat - shifted_north
    return east, north
