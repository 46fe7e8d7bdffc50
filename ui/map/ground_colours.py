"""The colours of what the map is drawn on, by the kinds of the ledger map_feature."""

from __future__ import annotations

# Calm enough that every class and sign stands out from them; "edge" is the outline of an area, "beyond" what lies
# around the ground, "ink" what is written, "name" the names of places, "rim" the outline of lines.
GROUND_COLOURS = {
    "light": {
        "beyond": "#F5F7FA",
        "区县界": "#EEF2F6",
        "街道界": "#E9EEF3",
        "村社界": "#DCE5DD",
        "水体": "#C9DFF0",
        "公园": "#BFE0C4",
        "道路": "#FFFFFF",
        "edge": "#A9B8C6",
        "ink": "#1B2733",
        "name": "#4A5664",
    },
    "dark": {
        "beyond": "#06172B",
        "区县界": "#0E2440",
        "街道界": "#143050",
        "村社界": "#234A6E",
        "水体": "#1C4F7A",
        "公园": "#1F5F45",
        "道路": "#5F82A6",
        "edge": "#7FA0C2",
        "ink": "#E6EDF5",
        "name": "#B4C2D1",
    },
}
