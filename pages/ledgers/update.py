"""The clerk's page: template, upload, report of the check, commit, undo."""

import streamlit as st

from data.datasets import DATASETS
from ui import frame, phrases, upload

frame.header_plain(phrases.UPDATE)
labels = {name: frame.t(dataset.label) for name, dataset in DATASETS.items()}
dataset = DATASETS[frame.choose(phrases.CHOOSE_LEDGER, labels, "ledger")]
st.caption(frame.t(dataset.description))
upload.downloads(dataset)
upload.tell_last_result()
with frame.failures():
    file, options, who = upload.form(dataset)
    if file:
        report = upload.checked(dataset, file, options)
        upload.show(report)
        upload.offer_commit(dataset, file, options, who, report)
frame.section(phrases.HISTORY)
with frame.failures():
    upload.history()
