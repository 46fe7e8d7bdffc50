"""How good the water is, section by section and month by month, and how far the readings can be trusted."""

import streamlit as st

from analytics.metrics import LISTINGS, METRICS
from data.text import Text
from data.words import WORDS
from ui import cache, cards
from ui import old_page as page
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
from ui.water import class_strip, quality

with page.page_connection() as con:
    language = reader_language()
    classes = cache.cached(con, METRICS["section_class"], chosen_day())
    day = classes.as_of
    page.draw_page_header(con, quality.title_sentence(classes.rows), classes)
    if classes.rows.empty:
        page.draw_no_data()
        st.stop()
    answers = [cache.cached(con, METRICS[tile.metric], day, **tile.only) for tile in quality.CARD_SPECS]
    shown_cards = [cards.spec_card(tile, answer) for tile, answer in zip(quality.CARD_SPECS, answers, strict=True)]
    named = {answer.definition.name: answer for answer in answers}
    draw_cards([*shown_cards, quality.silent_section_card(named["data_completeness"])])

    page.draw_section_heading(quality.CLASS_OVER_TIME)
    alt = Text("断面 × 月份的水质类别色带", "Strip of classes by section and month")
    recent = class_strip.recent_months(classes.rows)
    strip = quality.worst_sections(recent)
    draw_chart(class_strip.class_strip(strip, language), "class-strip", alt, chooses="section")
    changes = cache.cached(con, METRICS["water_change"], day)
    page.draw_sentences(*quality.result_sentences(cards.newest_month_rows(changes.rows).head(2)))
    for note in quality.strip_notes(classes.rows, recent, strip):
        st.caption(t(note))
    newest_first = classes.rows.sort_values(["month", "class_rank"], ascending=False)
    draw_table(con, classes, quality.CLASS_LIST, "classes", newest_first)

    page.draw_section_heading(quality.ONE_SECTION)
    choices = st.columns(2)
    with choices[0]:
        section = page.choose_code(quality.CHOOSE_SECTION, quality.sections_worst_first(classes.rows), "section")
    means = cache.cached(con, LISTINGS["section_means"], day, section_id=section)
    worst = classes.rows.loc[classes.rows["section_id"] == section, "worst"].iloc[-1]
    with choices[1]:
        items = {item: WORDS[item].into(language) for item in quality.items_deciding_first(means.rows, worst)}
        item = page.choose_code(quality.CHOOSE_ITEM, items, "item")
        curve = means.rows[means.rows["parameter"] == item]
    draw_chart(quality.means_chart(curve, language), "means", quality.means_alt(curve))
    of_item = {"section_id": section, "parameter": item}
    trends = [cache.cached(con, METRICS[name], day, **of_item) for name in ("water_trend", "water_trend_years")]
    rebound = cache.cached(con, METRICS["rebound"], day)
    events = quality.event_sentences(rebound.rows[rebound.rows["section_id"] == section])
    page.draw_sentences(*(sentence for trend in trends for sentence in quality.result_sentences(trend.rows)), *events)
    draw_table(con, means, quality.MEANS_LIST, "means-table", curve.iloc[::-1])

    left, right = st.columns(2, gap="medium")
    suspects = named["suspicious_readings"]
    doubted, why = suspects.rows[suspects.rows["section_id"] == section], suspects.column("suspicion")
    with left:
        page.draw_section_heading(quality.SAMPLE_CLASSES)
        samples = cache.cached(con, LISTINGS["section_samples"], day, section_id=section)
        rows = quality.with_suspicions(samples.rows, doubted, ["sampled_at"])
        draw_table(con, samples, (*quality.SAMPLE_LIST, why), "samples", rows)
    with right:
        page.draw_section_heading(quality.READINGS)
        readings = cache.cached(con, LISTINGS["readings"], day, section_id=section)
        rows = quality.with_suspicions(readings.rows, doubted, ["sampled_at", "parameter"])
        draw_table(con, readings, (*quality.READING_LIST, why, "method"), "readings", rows)

    month = str(classes.rows["month"].max().date())
    listed = []
    for listing, tab in zip(quality.LISTS, st.tabs([t(listing.title) for listing in quality.LISTS]), strict=True):
        of_month = {"month": month} if listing.is_of_month else {}
        listed.append(cache.cached(con, METRICS[listing.metric], day, **of_month))
        with tab:
            quality.draw_metric_listing(con, listing, listed[-1])
    page.draw_result_formulas(con, classes, *answers, *listed, samples, *trends)
