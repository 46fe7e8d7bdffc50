"""The way of one project as a strip: the stages that it entered with their days, exits, what it skipped, what is to "
"come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS, STAGE_ORDER
from data.text import Text, join_list
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.markup import element, joined, link, words
from ui.menu import page_href
from ui.result_list import Row
from ui.results import DatedResult

FUNNEL_PAGE = "investment/funnel.py"
ON_LAND = STAGE_ORDER[STAGE_ORDER.index("拿地") : STAGE_ORDER.index("投产纳统")]
DAYS_THERE = Text("{day} · {days} 天", "{day} · {days} days")
RESUMED = Text("恢复", "Resumed")
SKIPPED = Text("跳过或没有登记", "skipped or not recorded")
TO_COME = Text("未到", "to come")
DATE_BASIS = Text("日期：{basis}", "date: {basis}")
SURE = "凭据"  # of date_basis: a day that needs no remark


def stages_of_track(track: str) -> tuple[str, ...]:
    """Return the stages of projects of a track in their order: only those on new land build."""
    return STAGE_ORDER if track == "供地类" else tuple(stage for stage in STAGE_ORDER if stage not in ON_LAND)


def stage_timeline(stages: DatedResult, track: str) -> Html:
    """Return the strip of a project's way; `stages` are its rows of project_stages, the newest first."""
    entered = stages.rows.iloc[::-1].astype(object).to_dict("records")
    return Html(element("ol", joined(_way_items(entered, stages_of_track(track))), class_="fl-way"))


def _way_items(entered: list[Row], own: tuple[str, ...]) -> Iterator[Markup]:
    """Yield each stage that was entered, before it those that it left out, at the end those to come."""
    seen = {row["stage"] for row in entered}
    furthest, before = -1, ""
    for row in entered:
        stage = row["stage"]
        place = own.index(stage) if stage in own else -1
        yield from _unentered_items(own[furthest + 1 : max(place, furthest + 1)], seen, SKIPPED)
        yield _entered_item(row, is_resumed=before in EXITS and stage not in EXITS)
        furthest, before = max(place, furthest), stage
    if before != EXITS[-1]:
        yield from _unentered_items(own[furthest + 1 :], seen, TO_COME)


def _entered_item(row: Row, *, is_resumed: bool) -> Markup:
    stage = row["stage"]
    told = [words(DAYS_THERE.fill(day=formats.format_date(row["entered_on"]), days=int(row["days_in_stage"])))]
    if is_resumed:
        told.append(words(RESUMED))
    if not formats.is_missing(row["date_basis"]) and row["date_basis"] != SURE:
        told.append(words(DATE_BASIS.fill(basis=WORDS[row["date_basis"]])))
    name = link(words(WORDS[stage]), page_href(FUNNEL_PAGE, stage=stage))
    looks = "fl-exit" if stage in EXITS else "fl-entered"
    return element("li", element("strong", name) + joined(element("small", each) for each in told), class_=looks)


def _unentered_items(stages: Iterable[str], seen: Collection[str], said: Text) -> Iterator[Markup]:
    """Yield stages that were not entered as one piece of the strip, or nothing where there is none."""
    listed = [WORDS[stage] for stage in stages if stage not in seen]
    if listed:
        looks = "fl-skipped" if said is SKIPPED else "fl-ahead"
        yield element("li", element("span", words(join_list(listed))) + element("small", words(said)), class_=looks)
