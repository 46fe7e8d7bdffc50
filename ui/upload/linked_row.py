"""What a link asks to register comes as a file of one row, checked and committed as any other."""

from __future__ import annotations

import streamlit as st

from data.datasets import DATASETS
from data.ingest.forms import template
from data.ingest.reading import reader
from ui.preferences import reader_language
from ui.store import shared_store
from ui.upload import upload_session

SECTION = DATASETS["section"]
COLUMNS = ("section_id", "name", "water_type")


def receive_linked_row() -> None:
    """Put the type of water that the address says of a section on the tray, and take it out of the address."""
    section, water = (st.query_params.pop(name, "") for name in ("section", "water_type"))
    if section and water:
        row = (section, _section_name(section), water)
        file = reader.make_upload(f"{section} {water}.csv", template.csv_bytes([_headings(), row]))
        upload_session.receive_files([file], SECTION.name)


def _headings() -> list[str]:
    return [SECTION.column(name).heading.into(reader_language()) for name in COLUMNS]


def _section_name(section: str) -> str:
    with shared_store().read() as con:
        found = con.execute("SELECT name FROM section WHERE section_id = ?", [section]).fetchone()
    return found[0] if found else ""
