"""How good the water is, section by section and month by month, and how far the readings can be trusted."""

import streamlit as st

from analytics.metrics import LISTINGS, METRICS
from data.text import Text
from data.words import WORDS
from ui import cache, charts, frame, headlines, phrases
from ui.water import quality, tiles

with frame.page() as con:
    language = frame.language()
    classes = cache.cached(con, METRICS["section_class"], frame.chosen_day())
    day = classes.as_of
    frame.header(con, headlines.quality(classes.rows), classes)
    if classes.rows.empty:
        frame.empty()
        st.stop()
    answers = [cache.cached(con, METRICS[tile.metric], day, **tile.only) for tile in quality.TILES]
    cards = [tiles.card(tile, answer) for tile, answer in zip(quality.TILES, answers, strict=True)]
    named = {answer.asked.name: answer for answer in answers}
    frame.cards([*cards, quality.silent(named["data_completeness"])])

    frame.section(phrases.CLASS_OVER_TIME)
    alt = Text("断面 × 月份的水质类别色带", "Strip of classes by section and month")
    recent = charts.recent(classes.rows)
    strip = quality.worst_sections(recent)
    frame.chart(charts.class_strip(strip, language), "class-strip", alt, chooses="section")
    changes = cache.cached(con, METRICS["water_change"], day)
    frame.say(*quality.said(tiles.newest(changes.rows).head(2)))
    for note in quality.notes(classes.rows, recent, strip):
        st.caption(frame.t(note))
    newest_first = classes.rows.sort_values(["month", "class_rank"], ascending=False)
    frame.table(classes, quality.CLASS_LIST, "classes", newest_first)

    frame.section(quality.ONE_SECTION)
    choices = st.columns(2)
    with choices[0]:
        section = frame.choose(phrases.CHOOSE_SECTION, quality.by_class(classes.rows), "section")
    means = cache.cached(con, LISTINGS["section_means"], day, section_id=section)
    worst = classes.rows.loc[classes.rows["section_id"] == section, "worst"].iloc[-1]
    with choices[1]:
        items = {item: WORDS[item].into(language) for item in quality.items(means.rows, worst)}
        item = frame.choose(quality.CHOOSE_ITEM, items, "item")
        curve = means.rows[means.rows["parameter"] == item]
    frame.chart(quality.means_chart(curve, language), "means", quality.means_alt(curve))
    of_item = {"section_id": section, "parameter": item}
    trends = [cache.cached(con, METRICS[name], day, **of_item) for name in ("water_trend", "water_trend_years")]
    rebound = cache.cached(con, METRICS["rebound"], day)
    events = quality.events(rebound.rows[rebound.rows["section_id"] == section])
    frame.say(*(sentence for trend in trends for sentence in quality.said(trend.rows)), *events)
    frame.table(means, quality.MEANS_LIST, "means-table", curve.iloc[::-1])

    left, right = st.columns(2, gap="medium")
    suspects = named["suspicious_readings"]
    doubted, why = suspects.rows[suspects.rows["section_id"] == section], suspects.column("suspicion")
    with left:
        frame.section(phrases.SAMPLE_CLASSES)
        samples = cache.cached(con, LISTINGS["section_samples"], day, section_id=section)
        rows = quality.flagged(samples.rows, doubted, ["sampled_at"])
        frame.table(samples, (*quality.SAMPLE_LIST, why), "samples", rows)
    with right:
        frame.section(phrases.READINGS)
        readings = cache.cached(con, LISTINGS["readings"], day, section_id=section)
        rows = quality.flagged(readings.rows, doubted, ["sampled_at", "parameter"])
        frame.table(readings, (*quality.READING_LIST, why, "method"), "readings", rows)

    month = str(classes.rows["month"].max().date())
    listed = []
    for listing, tab in zip(quality.LISTS, st.tabs([frame.t(listing.title) for listing in quality.LISTS]), strict=True):
        of_month = {"month": month} if listing.is_of_month else {}
        listed.append(cache.cached(con, METRICS[listing.metric], day, **of_month))
        with tab:
            quality.draw(listing, listed[-1])
    frame.formulas(con, classes, *answers, *listed, samples, *trends)
