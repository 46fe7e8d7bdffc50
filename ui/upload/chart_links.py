"""The way from a ledger to the charts that are drawn from it."""

from __future__ import annotations

import streamlit as st

from data.datasets import Dataset
from ui import upload_phrases as phrases
from ui.menu import MenuPage, page_of_ledger
from ui.preferences import t


def chart_page(dataset: Dataset) -> MenuPage:
    """Return the page whose charts are drawn from a ledger."""
    return page_of_ledger(dataset.name, dataset.stream)


def link_to_page(page: MenuPage) -> None:
    st.page_link(page.path, label=t(phrases.SEE_CHARTS.fill(page=page.page.label)), icon=":material/monitoring:")
