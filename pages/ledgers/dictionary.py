"""What every ledger, column and metric means."""

import streamlit as st

from analytics.metrics import METRICS, metric_stream, newest_date
from data import dictionary
from data.datasets import DATASETS
from ui import old_page as page
from ui.ledgers import dictionary as shown
from ui.preferences import chosen_day, reader_language, t

page.draw_plain_header(shown.TITLE.fill(ledgers=len(DATASETS), metrics=len(METRICS)))
with page.page_connection() as con:
    day = chosen_day() or newest_date(con, *METRICS.values())
ledgers, metrics = st.tabs([t(shown.LEDGERS), t(shown.METRICS)])
with ledgers:
    for dataset in DATASETS.values():
        with st.expander(f"{t(dataset.label)} · `{dataset.name}`"):
            st.markdown(dictionary.ledger_section(dataset, reader_language()))
with metrics:
    for metric in METRICS.values():
        st.markdown(
            f"**{t(metric.label)}** `{metric.name}` · {t(metric_stream(metric))}  \n{t(metric.formula_on(day))}"
        )
