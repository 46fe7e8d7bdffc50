"""一河一档: all that is known of one river, in the order in which one asks before going there."""

import streamlit as st

from analytics import metrics, queries
from analytics.status import lights, sentence
from data.fields import WORDS
from data.text import same
from ui import cache, charts, formats, frame, phrases
from ui.water import river, tiles
from ui.water.headline import headline

SOURCES = ("reading", "source", "work_progress", "outfall", "issue", "issue_event", "signboard")

with frame.page() as con:
    language = frame.language()
    day = frame.chosen_day() or metrics.newest(con, SOURCES)
    facts = cache.cached(queries.run, con, "water.river_facts", as_of=day)
    if facts.empty:
        frame.header(con, phrases.NOTHING_YET, day, ("river",))
        frame.empty()
        st.stop()
    head = st.container()
    code = frame.choose(river.CHOOSE, dict(zip(facts["river_id"], facts["river"], strict=True)), "river")
    one = facts.set_index("river_id", drop=False).loc[code]
    of_river = {"river": one["river"]}
    answers = [cache.cached(metrics.compute, con, tile.metric, day, **of_river) for tile in river.TILES]
    met, closure, dredging = (answer.rows for answer in answers)
    works = cache.cached(metrics.compute, con, "works_progress", day, **of_river)
    lists = {name: cache.cached(queries.run, con, name, river_id=code, as_of=day) for name in river.LISTS}
    duties = cache.cached(queries.run, con, "water.duties", as_of=day)
    duties = duties[duties["river_id"] == code]
    with head:
        frame.header(con, headline(same(one["river"]), met, closure, dredging), day, ("river", *SOURCES))
    frame.say(river.paragraph(one, lists["water.river_reaches"], duties, closure, works.rows, day))
    frame.cards([tiles.card(tile, answer) for tile, answer in zip(river.TILES, answers, strict=True)])

    classes = cache.cached(metrics.compute, con, "section_class", day, **of_river)
    frame.section(river.STRIP)
    if classes.rows.empty:
        st.info(frame.t(river.NO_SECTION))
    else:
        frame.chart(charts.class_strip(charts.recent(classes.rows), language), "river-strip", river.STRIP)
        st.caption(frame.t(phrases.ITEMS_NOTE))
        frame.table(river.newest(classes.rows), river.CLASS_LIST, "sections")

    frame.section(river.BEFORE_AFTER)
    change = cache.cached(metrics.compute, con, "before_after", day, **of_river)
    verdicts = river.verdicts(change.rows)
    frame.say(*verdicts)
    st.caption(frame.t(river.NOT_ALONE if verdicts else river.no_verdict(day)))
    if verdicts:
        frame.table(change.rows, river.CHANGE_LIST, "before-after")

    frame.section(river.WORKS)
    rows = works.rows
    if rows.empty:
        st.info(frame.t(river.NO_WORK))
    else:
        counts = [frame.t(formats.share(r.done, r.quantity, r.rate, WORDS[r.quantity_unit])) for r in rows.itertuples()]
        names, rates, planned = (rows[name].tolist() for name in ("work", "rate", "planned_rate"))
        bullets = charts.bullets(names, rates, planned, lights(rows, day), counts, language)
        frame.chart(bullets, "river-works", river.WORKS)
        st.caption(frame.t(sentence(day)))
        frame.table(rows, river.WORK_LIST, "works")

    drawn = {"river_sources": (river.SOURCE_LIST, closure), "river_chiefs": (river.CHIEF_LIST, duties)}
    drawn |= {name: (listing, lists[name]) for name, listing in river.LISTS.items()}
    for (name, (listing, of_it)), place in zip(drawn.items(), frame.places(len(drawn), 2), strict=False):
        with place:
            river.draw(listing, of_it, name.removeprefix("water."))
    frame.section(river.FACTS)
    frame.table(facts[facts["river_id"] == code], river.FACT_LIST, "river-facts")
    frame.formula(con, day, *[a.metric for a in (*answers, works, classes, change)])
