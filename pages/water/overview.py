"""The four dimensions 治 截 洁 节 side by side, after three sentences of news."""

import streamlit as st

from analytics.metrics import METRICS
from analytics.status import lights
from ui import cache, frame, phrases
from ui.water import overview, tiles
from ui.water.headline import headline

with frame.page() as con:
    day = frame.chosen_day()
    dimensions = [
        [cache.cached(con, METRICS[tile.metric], day, **tile.only) for tile in each.tiles]
        for each in overview.DIMENSIONS
    ]
    answers = [answer for each in dimensions for answer in each]
    as_of = max((a.as_of for a in answers if a.as_of), default=None)
    if all(a.rows.empty for a in answers):
        frame.header(con, phrases.NOTHING_YET, *answers)
        frame.empty()
        st.stop()
    met, closure, dredging = (
        cache.cached(con, METRICS[tile.metric], day, **tile.only).rows for tile in overview.HEADLINE
    )
    frame.header(con, headline(overview.NAME, met, closure, dredging), *answers)
    change = cache.cached(con, METRICS["water_change"], day)
    works = cache.cached(con, METRICS["works_progress"], day)
    news = (overview.change(change.rows), overview.furthest(works.rows), overview.overdue(closure))
    frame.say(*(overview.NEWS.fill(place=place, said=said) for place, said in enumerate(news, 1)))

    targets = cache.cached(con, METRICS["target_progress"], as_of)
    goals = tiles.goals(targets.rows, lights(targets.rows, targets.as_of))
    for dimension, shown, place in zip(
        overview.DIMENSIONS, dimensions, frame.places(len(dimensions), len(dimensions)), strict=True
    ):
        with place:
            frame.section(dimension.heading)
            for tile, answer in zip(dimension.tiles, shown, strict=True):
                frame.card(tiles.card(tile, answer, goals.get(tile.metric)))
            for link in dimension.links:
                st.page_link(frame.PAGES_FOLDER / link.page, label=frame.t(link.label), icon=":material/east:")

    frame.section(phrases.BEHIND)
    behind = cache.cached(con, METRICS["behind"], as_of, stream="water")
    if works.rows.empty:
        st.info(frame.t(overview.NO_WORK))
    elif works.rows["gap"].isna().all():
        st.info(frame.t(overview.furthest(works.rows)))
    elif behind.rows.empty:
        st.success(frame.t(phrases.NOTHING_BEHIND))
    else:
        frame.table(behind, overview.BEHIND_LIST, "behind-water")
    frame.formulas(con, *answers, change, works, behind, targets)
