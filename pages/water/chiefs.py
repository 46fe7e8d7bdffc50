"""Whether chiefs go as often as they are to; one chief with rivers, patrols and open issues."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from analytics.metrics import LISTINGS, METRICS
from data.text import Text
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, same_page_href, source_block
from ui.preferences import chosen_day
from ui.result_list import list_block
from ui.results import DatedResult
from ui.water import chiefs as shown

BOARDS = "river intact boards intact_rate absent outdated damaged checked_on"
SATISFACTION = "river village satisfied forms_valid satisfied_rate surveyed_on"
COVERAGE = "river level covered reaches covered_rate"
VERDICTS = "start_at river reason patrol_length findings"
DUTIES = "river reach role valid_from valid_to patrol_quota patrol_period"


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, the chiefs worst first, and one chief where the address names one."""
    patrols = cached(request.con, METRICS["patrol_completion"], chosen_day())
    asked = request.choices.get("chief", "")
    duties = cached(request.con, LISTINGS["chief_duties"], patrols.as_of, chief_id=asked)
    if request.choice("chief", duties.rows["chief_id"], shown.CHOOSE_CHIEF):
        yield from chief_blocks(request, patrols, duties)
        return
    names = ("chief_coverage", "signboards", "patrol_reasons", "satisfaction_rate")
    behind = {name: cached(request.con, METRICS[name], chosen_day()) for name in names}
    yield header_block(request, shown.title_sentence(patrols), patrols, *behind.values())
    if patrols.rows.empty and all(result.rows.empty for result in behind.values()):
        yield no_data_block()
    else:
        yield from chief_overview(request, patrols, behind)


def chief_overview(request: PageRequest, patrols: DatedResult, behind: Mapping[str, DatedResult]) -> Iterator[Block]:
    """Yield all chiefs, those with the lowest rate first, and folded what is behind the cards."""
    coverage, boards, reasons, satisfaction = behind.values()
    title = shown.title_sentence(patrols)
    yield cards_block(shown.chief_cards(request, patrols, coverage, boards))
    yield heading_block(shown.fill_thresholds(shown.SCOREBOARD, patrols))
    yield shown.chief_list(request, patrols)
    yield caption_block(shown.fill_thresholds(shown.RANKED_FROM, patrols))
    yield shown.issues_link(request)
    parts: dict[str, tuple[Text, Callable[[], Iterable[Block]]]] = {
        "reasons": (shown.fill_thresholds(shown.REASONS, reasons), lambda: [shown.reason_list(reasons)]),
        "coverage": (shown.COVERAGE, lambda: [shown.river_rows(coverage, COVERAGE.split())]),
        "signboards": (shown.SIGNBOARDS, lambda: [shown.river_rows(boards, BOARDS.split())]),
        "satisfaction": (shown.SATISFACTION, lambda: [shown.river_rows(satisfaction, SATISFACTION.split())]),
        "all": (shown.ALL_DUTIES, lambda: [shown.duty_table(request, title, patrols)]),
    }
    for part, (label, make) in parts.items():
        yield from folded_part(request, part, label, make)
    yield from formula_part(request, patrols, *behind.values())


def chief_blocks(request: PageRequest, patrols: DatedResult, duties: DatedResult) -> Iterator[Block]:
    """Yield one chief by post: the rivers, each patrol and whether it counts, the open issues."""
    chief, post = duties.rows["chief_id"].iloc[0], duties.rows["post"].iloc[0]
    verdicts = cached(request.con, METRICS["patrol_verdicts"], patrols.as_of, chief_id=chief)
    issues = cached(request.con, METRICS["overdue_issues"], chosen_day())
    own = patrols.rows[patrols.rows["chief_id"] == chief]
    title = shown.chief_title(post, own, patrols)
    yield header_block(request, title, patrols, duties, issues)
    yield shown.chief_facts(request, duties.rows)
    yield heading_block(shown.OWN_RIVERS)
    yield shown.own_river_list(request, patrols, own)
    yield heading_block(shown.OWN_ISSUES)
    yield shown.own_issue_list(issues, issues.rows[issues.rows["chief_id"] == chief])
    yield heading_block(shown.fill_thresholds(shown.OWN_PATROLS, patrols))
    yield list_block(verdicts, VERDICTS.split(), more_href=same_page_href(request, open="patrols"))
    yield from folded_part(
        request, "patrols", shown.ALL_PATROLS, lambda: [shown.patrol_table(request, title, verdicts)]
    )
    yield from folded_part(request, "duties", shown.DUTIES, lambda: [list_block(duties, DUTIES.split())])
    yield source_block(request, "chief", chief)
    yield from formula_part(request, patrols, verdicts, issues)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
