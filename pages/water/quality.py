"""How good the water is, section by section and month by month."""

import streamlit as st

from analytics import metrics, queries
from data.text import Text
from ui import charts, frame, headlines, kept, phrases

with frame.page() as con:
    classes = kept.figures(metrics.compute, con, "section_class", frame.chosen_day())
    frame.header(con, headlines.quality(classes.rows), classes.as_of, classes.metric.sources)
    if classes.rows.empty:
        frame.empty()
        st.stop()
    frame.section(phrases.CLASS_OVER_TIME)
    alt = Text("断面 × 月份的水质类别色带", "Strip of classes by section and month")
    shown = charts.recent(classes.rows)
    frame.chart(charts.class_strip(shown, frame.language()), "class-strip", alt)
    st.caption(frame.t(phrases.ITEMS_NOTE))
    silent = classes.rows["section_id"].nunique() - shown["section_id"].nunique()
    if silent:
        st.caption(frame.t(phrases.SILENT_SECTIONS.fill(count=silent)))

    frame.section(phrases.LIST)
    frame.table(
        classes.rows.sort_values(["month", "class_rank"], ascending=False),
        ["section", "river", "month", "class", "target_class", "is_met", "worst", "items", "samples"],
        "classes",
    )
    names = dict(zip(classes.rows["section_id"], classes.rows["section"], strict=True))
    section = frame.choose(phrases.CHOOSE_SECTION, names, "section")
    left, right = st.columns(2, gap="medium")
    with left:
        frame.section(phrases.SAMPLE_CLASSES)
        samples = kept.figures(metrics.compute, con, "sample_class", classes.as_of, section_id=section)
        frame.table(samples.rows.iloc[::-1], ["sampled_at", "class", "worst", "items"], "samples")
    with right:
        frame.section(phrases.READINGS)
        readings = kept.figures(queries.run, con, "water.readings", section_id=section, as_of=classes.as_of)
        frame.table(readings, ["sampled_at", "parameter", "value", "method"], "readings")
    frame.formula(con, classes.as_of, classes.metric, samples.metric)
