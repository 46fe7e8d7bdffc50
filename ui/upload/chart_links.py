"""The way from a ledger to the charts that are drawn from it."""

from __future__ import annotations

import streamlit as st

from data.datasets import Dataset
from ui import frame
from ui import upload_phrases as phrases

PAGE_OF_STREAM = {
    "water": "water/quality.py",
    "investment": "investment/pipeline.py",
    "demolition": "demolition/signing.py",
    "shared": "overview/cockpit.py",
}
PAGE_OF_LEDGER = {
    ledger: page
    for page, ledgers in {
        "water/river.py": ("river", "reach"),
        "water/chiefs.py": ("chief", "chief_duty", "signboard", "patrol", "issue", "issue_event", "satisfaction"),
        "water/works.py": ("work", "work_plan", "work_progress"),
        "water/sources.py": ("source", "outfall", "zero_discharge"),
        "water/plants.py": ("plant", "plant_daily", "plant_sample"),
        "water/saving.py": ("saving_activity", "facility", "facility_check"),
    }.items()
    for ledger in ledgers
}


def page_of_ledger(dataset: Dataset) -> frame.Page:
    """Return the page whose charts are drawn from a ledger."""
    file = PAGE_OF_LEDGER.get(dataset.name, PAGE_OF_STREAM[dataset.stream])
    return next(p for p in frame.PAGES if p.file == file)


def link_to_page(page: frame.Page) -> None:
    st.page_link(page.path, label=frame.t(phrases.SEE_CHARTS.fill(page=page.label)), icon=":material/monitoring:")
