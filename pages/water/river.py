"""一河一档: all that is known of one river, in the order in which one asks before going there."""

import streamlit as st

from analytics import metrics
from analytics.metrics import LISTINGS, METRICS
from analytics.status import status_lights, status_rule_sentence
from data.text import untranslated
from data.words import WORDS
from ui import cache, cards, charts, formats, phrases
from ui import old_page as page
from ui.blocks import draw_blocks
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
from ui.water import class_strip, river
from ui.water.state_title import state_title

NAMES = (*(tile.metric for tile in river.CARD_SPECS), "works_progress", "section_class", "before_after")
DEFINITIONS = (*(METRICS[name] for name in NAMES), *(LISTINGS[name] for name in river.LISTS))

with page.page_connection() as con:
    language = reader_language()
    day = chosen_day() or metrics.newest_date(con, *DEFINITIONS)
    register = cache.cached(con, LISTINGS["river_facts"], day)
    facts = register.rows
    if facts.empty:
        page.draw_page_header(con, phrases.NOTHING_YET, register)
        page.draw_no_data()
        st.stop()
    head = st.container()
    code = page.choose_code(river.CHOOSE, dict(zip(facts["river_id"], facts["river"], strict=True)), "river")
    one = facts.set_index("river_id", drop=False).loc[code]
    of_river = {"river": one["river"]}
    answers = [cache.cached(con, METRICS[tile.metric], day, **of_river) for tile in river.CARD_SPECS]
    met, closure, dredging = (answer.rows for answer in answers)
    works = cache.cached(con, METRICS["works_progress"], day, **of_river)
    lists = {name: cache.cached(con, LISTINGS[name], day, river_id=code) for name in river.LISTS}
    in_office = cache.cached(con, LISTINGS["duties"], day)
    duties = in_office.rows[in_office.rows["river_id"] == code]
    classes = cache.cached(con, METRICS["section_class"], day, **of_river)
    change = cache.cached(con, METRICS["before_after"], day, **of_river)
    shown = (*answers, works, classes, change, register, in_office, *lists.values())
    with head:
        page.draw_page_header(con, state_title(untranslated(one["river"]), met, closure, dredging), *shown)
    page.draw_sentences(river.opening_paragraph(one, lists["river_reaches"].rows, duties, closure, works.rows, day))
    draw_cards([cards.spec_card(tile, answer) for tile, answer in zip(river.CARD_SPECS, answers, strict=True)])

    page.draw_section_heading(river.STRIP)
    if classes.rows.empty:
        st.info(t(river.NO_SECTION))
    else:
        draw_blocks((class_strip.strip_block(class_strip.recent_months(classes.rows), river.STRIP),))
        st.caption(t(class_strip.ITEMS_NOTE))
        draw_table(con, classes, river.CLASS_LIST, "sections", river.newest_by_section(classes.rows))

    page.draw_section_heading(river.BEFORE_AFTER)
    verdicts = river.before_after_verdicts(change.rows)
    page.draw_sentences(*verdicts)
    st.caption(t(river.NOT_ALONE if verdicts else river.no_verdict_note(day)))
    if verdicts:
        draw_table(con, change, river.CHANGE_LIST, "before-after")

    page.draw_section_heading(river.WORKS)
    rows = works.rows
    if rows.empty:
        st.info(t(river.NO_WORK))
    else:
        counts = [
            t(formats.format_share(r.done, r.quantity, r.rate, WORDS[r.quantity_unit])) for r in rows.itertuples()
        ]
        names, rates, planned = (rows[name].tolist() for name in ("work", "rate", "planned_rate"))
        bullets = charts.bullet_chart(names, rates, planned, status_lights(rows, day), counts, language)
        draw_chart(bullets, "river-works", river.WORKS)
        st.caption(t(status_rule_sentence(day)))
        draw_table(con, works, river.WORK_LIST, "works")

    drawn = [
        (river.SOURCE_LIST, answers[1], closure, "river_sources"),
        (river.CHIEF_LIST, in_office, duties, "river_chiefs"),
        *((listing, lists[name], lists[name].rows, name) for name, listing in river.LISTS.items()),
    ]
    for each, place in zip(drawn, page.grid_cells(len(drawn), 2), strict=False):
        with place:
            river.draw_river_listing(con, *each)
    page.draw_section_heading(river.FACTS)
    draw_table(con, register, river.FACT_LIST, "river-facts", facts[facts["river_id"] == code])
    page.draw_result_formulas(con, *answers, works, classes, change)
