"""How good the water is, section by section and month by month, and how far the readings can be trusted."""

import streamlit as st

from analytics import metrics, queries
from analytics.water import significance
from data.fields import WORDS
from data.text import Text
from ui import cache, charts, frame, headlines, phrases
from ui.water import card_specs, quality

with frame.page_connection() as con:
    language = frame.reader_language()
    classes = cache.cached(metrics.compute_metric, con, "section_class", frame.chosen_day())
    day = classes.as_of
    frame.draw_page_header(con, headlines.quality_headline(classes.rows), day, classes.metric.sources)
    if classes.rows.empty:
        frame.draw_no_data()
        st.stop()
    answers = [cache.cached(metrics.compute_metric, con, tile.metric, day, **tile.only) for tile in quality.CARD_SPECS]
    cards = [card_specs.spec_card(tile, answer) for tile, answer in zip(quality.CARD_SPECS, answers, strict=True)]
    named = {answer.metric.name: answer for answer in answers}
    frame.draw_cards([*cards, quality.silent_section_card(named["data_completeness"])])

    frame.draw_section_heading(phrases.CLASS_OVER_TIME)
    alt = Text("断面 × 月份的水质类别色带", "Strip of classes by section and month")
    recent = charts.recent_months(classes.rows)
    strip = quality.worst_sections(recent)
    frame.draw_chart(charts.class_strip(strip, language), "class-strip", alt, chooses="section")
    changes = cache.cached(metrics.compute_metric, con, "water_change", day)
    frame.draw_sentences(*quality.result_sentences(card_specs.newest_month_rows(changes.rows).head(2)))
    for note in quality.strip_notes(classes.rows, recent, strip):
        st.caption(frame.t(note))
    frame.draw_table(classes.rows.sort_values(["month", "class_rank"], ascending=False), quality.CLASS_LIST, "classes")

    frame.draw_section_heading(quality.ONE_SECTION)
    choices = st.columns(2)
    with choices[0]:
        section = frame.choose_code(phrases.CHOOSE_SECTION, quality.sections_worst_first(classes.rows), "section")
    means = cache.cached(queries.run_query, con, "water.section_means", section_id=section, as_of=day)
    worst = classes.rows.loc[classes.rows["section_id"] == section, "worst"].iloc[-1]
    with choices[1]:
        items = {item: WORDS[item].into(language) for item in quality.items_deciding_first(means, worst)}
        curve = means[means["parameter"] == frame.choose_code(quality.CHOOSE_ITEM, items, "item")]
    frame.draw_chart(quality.means_chart(curve, language), "means", quality.means_alt(curve))
    limited = curve[curve["limit_class"].notna()]
    trends = [significance.water_trend(limited, day), significance.water_trend_years(limited, day)]
    rebound = cache.cached(metrics.compute_metric, con, "rebound", day)
    events = quality.event_sentences(rebound.rows[rebound.rows["section_id"] == section])
    frame.draw_sentences(*(sentence for trend in trends for sentence in quality.result_sentences(trend)), *events)
    frame.draw_table(curve.iloc[::-1], quality.MEANS_LIST, "means-table")

    left, right = st.columns(2, gap="medium")
    suspects = named["suspicious_readings"].rows
    doubted = suspects[suspects["section_id"] == section]
    with left:
        frame.draw_section_heading(phrases.SAMPLE_CLASSES)
        samples = cache.cached(queries.run_query, con, "water.section_samples", section_id=section, as_of=day)
        frame.draw_table(quality.with_suspicions(samples, doubted, ["sampled_at"]), quality.SAMPLE_LIST, "samples")
    with right:
        frame.draw_section_heading(phrases.READINGS)
        readings = cache.cached(queries.run_query, con, "water.readings", section_id=section, as_of=day)
        rows = quality.with_suspicions(readings, doubted, ["sampled_at", "parameter"])
        frame.draw_table(rows, quality.READING_LIST, "readings")

    month = str(classes.rows["month"].max().date())
    listed = []
    for listing, tab in zip(quality.LISTS, st.tabs([frame.t(listing.title) for listing in quality.LISTS]), strict=True):
        of_month = {"month": month} if listing.is_of_month else {}
        listed.append(cache.cached(metrics.compute_metric, con, listing.metric, day, **of_month))
        with tab:
            quality.draw_metric_listing(listing, listed[-1].rows)
    shown = [answer.metric for answer in (classes, *answers, *listed)]
    beside = map(metrics.get_metric, ("sample_class", "water_trend", "water_trend_years"))
    frame.draw_formulas_of_day(con, day, *dict.fromkeys([*shown, *beside]))
