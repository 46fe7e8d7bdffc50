"""What every ledger, column and metric means."""

import streamlit as st

from analytics.metrics import METRICS, metric_stream, newest_date
from data import dictionary
from data.datasets import DATASETS
from ui import frame, phrases

frame.draw_plain_header(phrases.DICTIONARY_TITLE.fill(ledgers=len(DATASETS), metrics=len(METRICS)))
with frame.page_connection() as con:
    day = frame.chosen_day() or newest_date(con, tuple(DATASETS))
ledgers, metrics = st.tabs([frame.t(phrases.LEDGERS), frame.t(phrases.METRICS)])
with ledgers:
    for dataset in DATASETS.values():
        with st.expander(f"{frame.t(dataset.label)} · `{dataset.name}`"):
            st.markdown(dictionary.ledger_section(dataset, frame.reader_language()))
with metrics:
    for metric in METRICS.values():
        st.markdown(
            f"**{frame.t(metric.label)}** `{metric.name}` · {frame.t(metric_stream(metric))}  \n"
            f"{frame.t(metric.formula_on(day))}"
        )
