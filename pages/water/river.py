"""一河一档: all that is known of one river, in the order in which one asks before going there."""

import streamlit as st

from analytics import metrics, queries
from analytics.status import status_lights, status_rule_sentence
from data.fields import WORDS
from data.text import untranslated
from ui import cache, charts, formats, frame, phrases
from ui.water import card_specs, river
from ui.water.headline import river_headline

SOURCES = ("reading", "source", "work_progress", "outfall", "issue", "issue_event", "signboard")

with frame.page_connection() as con:
    language = frame.reader_language()
    day = frame.chosen_day() or metrics.newest_date(con, SOURCES)
    facts = cache.cached(queries.run_query, con, "water.river_facts", as_of=day)
    if facts.empty:
        frame.draw_page_header(con, phrases.NOTHING_YET, day, ("river",))
        frame.draw_no_data()
        st.stop()
    head = st.container()
    code = frame.choose_code(river.CHOOSE, dict(zip(facts["river_id"], facts["river"], strict=True)), "river")
    one = facts.set_index("river_id", drop=False).loc[code]
    of_river = {"river": one["river"]}
    answers = [cache.cached(metrics.compute_metric, con, tile.metric, day, **of_river) for tile in river.CARD_SPECS]
    met, closure, dredging = (answer.rows for answer in answers)
    works = cache.cached(metrics.compute_metric, con, "works_progress", day, **of_river)
    lists = {name: cache.cached(queries.run_query, con, name, river_id=code, as_of=day) for name in river.LISTS}
    duties = cache.cached(queries.run_query, con, "water.duties", as_of=day)
    duties = duties[duties["river_id"] == code]
    with head:
        frame.draw_page_header(
            con, river_headline(untranslated(one["river"]), met, closure, dredging), day, ("river", *SOURCES)
        )
    frame.draw_sentences(river.opening_paragraph(one, lists["water.river_reaches"], duties, closure, works.rows, day))
    frame.draw_cards(
        [card_specs.spec_card(tile, answer) for tile, answer in zip(river.CARD_SPECS, answers, strict=True)]
    )

    classes = cache.cached(metrics.compute_metric, con, "section_class", day, **of_river)
    frame.draw_section_heading(river.STRIP)
    if classes.rows.empty:
        st.info(frame.t(river.NO_SECTION))
    else:
        frame.draw_chart(charts.class_strip(charts.recent_months(classes.rows), language), "river-strip", river.STRIP)
        st.caption(frame.t(phrases.ITEMS_NOTE))
        frame.draw_table(river.newest_by_section(classes.rows), river.CLASS_LIST, "sections")

    frame.draw_section_heading(river.BEFORE_AFTER)
    change = cache.cached(metrics.compute_metric, con, "before_after", day, **of_river)
    verdicts = river.before_after_verdicts(change.rows)
    frame.draw_sentences(*verdicts)
    st.caption(frame.t(river.NOT_ALONE if verdicts else river.no_verdict_note(day)))
    if verdicts:
        frame.draw_table(change.rows, river.CHANGE_LIST, "before-after")

    frame.draw_section_heading(river.WORKS)
    rows = works.rows
    if rows.empty:
        st.info(frame.t(river.NO_WORK))
    else:
        counts = [
            frame.t(formats.format_share(r.done, r.quantity, r.rate, WORDS[r.quantity_unit])) for r in rows.itertuples()
        ]
        names, rates, planned = (rows[name].tolist() for name in ("work", "rate", "planned_rate"))
        bullets = charts.bullet_chart(names, rates, planned, status_lights(rows, day), counts, language)
        frame.draw_chart(bullets, "river-works", river.WORKS)
        st.caption(frame.t(status_rule_sentence(day)))
        frame.draw_table(rows, river.WORK_LIST, "works")

    drawn = {"river_sources": (river.SOURCE_LIST, closure), "river_chiefs": (river.CHIEF_LIST, duties)}
    drawn |= {name: (listing, lists[name]) for name, listing in river.LISTS.items()}
    for (name, (listing, of_it)), place in zip(drawn.items(), frame.grid_cells(len(drawn), 2), strict=False):
        with place:
            river.draw_river_listing(listing, of_it, name.removeprefix("water."))
    frame.draw_section_heading(river.FACTS)
    frame.draw_table(facts[facts["river_id"] == code], river.FACT_LIST, "river-facts")
    frame.draw_formulas_of_day(con, day, *[a.metric for a in (*answers, works, classes, change)])
