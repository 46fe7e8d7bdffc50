"""How the micro sewage plants run: what stands still, how full they are, whether their water passes."""

from collections.abc import Iterator
from dataclasses import replace

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from data.text import Text
from ui.blocks import Block
from ui.cache import cached, newest_day
from ui.cards import Card, cards_block
from ui.chart_view import chart_block
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day, reader_language
from ui.result_list import full_table
from ui.results import DatedResult
from ui.water import plants as shown

RUN = (
    "plant run_state idle_since idle_days note run_rate days_worked days_reported days_unreported days_stopped "
    "days_repair days_broken reported_on is_silent period_from period_to"
)
LOAD = "plant village load_rate load_level inflow_mean capacity inflow_days period_from period_to"
PASSING = (
    "plant discharge_standard limits_verified pass_rate ranking passed judged failing unjudged_samples period_from "
    "period_to"
)
SAMPLES = "plant sampled_at verdict failing not_judged judged_items discharge_standard"
REMOVAL = "plant parameter removal_rate removed inflow_mg effluent_mg pairs inflow_paired inflow period_from period_to"
ENERGY = "plant energy power inflow energy_days idle_power period_from period_to"
CONNECTION = "plant village capacity households_connected households_design rate commissioned_on"
DAYS = "day run_state inflow run_hours power note"
NAMES = "plant_run plant_load plant_pass_rate plant_removal plant_energy plant_connection effluent_samples"
Found = dict[str, Result[Metric]]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards and the plants, those standing still first; or one plant where the address names it."""
    ledgers = dict.fromkeys(ledger for name in NAMES.split() for ledger in METRICS[name].ledgers)
    day = chosen_day() or newest_day(request.con, tuple(ledgers))
    found = {name: cached(request.con, METRICS[name], day) for name in NAMES.split()}
    plant = request.choice("plant", found["plant_run"].rows["plant_id"], shown.ONE_PLANT)
    if plant:
        yield from plant_blocks(request, found, plant)
        return
    runs, loads, passing, removal, *_ = found.values()
    yield header_block(request, shown.plants_title(runs, passing, loads), *found.values())
    if runs.rows.empty:
        yield no_data_block()
        return
    yield cards_block(shown.plant_cards(request, runs, loads, passing, removal))
    yield heading_block(shown.PLANT_LIST)
    rows = shown.plant_rows(runs.rows, loads.rows, passing.rows)
    yield shown.plant_list(request, runs, loads, passing, rows)
    yield caption_block(shown.load_marks_note(runs.as_of), shown.too_few_samples_note(runs.as_of))
    yield from folded_tables(request, found)


def folded_tables(request: PageRequest, found: Found) -> Iterator[Block]:
    """Yield the whole tables behind the cards and the list, each part folded."""
    runs, loads, passing, removal, energy, connection, samples = found.values()
    yield from tables_part(request, "runs", shown.RUN, (runs, RUN))
    yield from tables_part(request, "loads", shown.LOAD, (loads, LOAD))
    yield from tables_part(request, "samples", shown.PASSING, (passing, PASSING), (samples, SAMPLES))
    yield from tables_part(request, "removal", shown.REMOVAL, (removal, REMOVAL))
    yield from tables_part(request, "energy", shown.ENERGY, (energy, ENERGY), card=shown.energy_card(energy))
    card = shown.connection_card(connection)
    yield from tables_part(request, "connection", shown.CONNECTION, (connection, CONNECTION), card=card)
    yield from formula_part(request, *found.values())


def tables_part(
    request: PageRequest, part: str, label: Text, *tables: tuple[DatedResult, str], card: Card | None = None
) -> Iterator[Block]:
    """Yield whole tables as a folded part, below their card where they have one."""

    def part_blocks() -> Iterator[Block]:
        if card:
            yield cards_block([card])
        for result, columns in tables:
            yield full_table(request, label, result, columns.split(), result.definition.name)

    yield from folded_part(request, part, label, part_blocks)


def plant_blocks(request: PageRequest, found: Found, plant: str) -> Iterator[Block]:
    """Yield one plant: whether it works, its figures, its days, its samples."""
    own = {name: replace(r, rows=r.rows[r.rows["plant_id"] == plant]) for name, r in found.items()}
    runs, loads, passing, removal, *_, samples = own.values()
    days = cached(request.con, LISTINGS["plant_days"], runs.as_of, plant_id=plant)
    said = shown.plant_sentence(runs.rows.iloc[0], passing)
    yield header_block(request, said, *found.values(), days)
    yield shown.plant_links(request, runs.rows.iloc[0])
    yield cards_block(shown.plant_cards(request, runs, loads, passing, removal))
    yield heading_block(shown.DAYS)
    if days.rows.empty:
        yield caption_block(shown.NO_DAYS)
    else:
        alt = shown.DAYS_ALT.fill(plant=runs.rows["plant"].iloc[0])
        yield chart_block(shown.day_strip(days.rows, reader_language()), "days", alt)
    yield heading_block(shown.SAMPLES)
    sampled = samples.rows["sampled_at"].notna().any()
    yield shown.sample_list(request, samples) if sampled else caption_block(shown.NO_SAMPLES)
    newest_first = replace(days, rows=days.rows.iloc[::-1])
    yield from tables_part(request, "days", shown.ALL_DAYS, (newest_first, DAYS))
    yield source_block(request, "plant", plant)
    yield from folded_tables(request, own)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
