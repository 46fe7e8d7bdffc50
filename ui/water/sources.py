"""The page of pollution sources: its sentences, its cards, bars of kinds by state, the list of what is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts
from data.words import WORDS
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.cards import Card, both_counts, column_sums, count_note, metric_card, percentage_text
from ui.colours import MISSING_COLOUR, STREAM_COLOURS
from ui.map.map_link import link_to_map
from ui.markup import bar_rows, bullet_bar, element, joined, legend_mark, link, stacked_bar, words
from ui.menu import page_href
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import reader_language, t
from ui.result_list import Row, list_block
from ui.results import DatedResult
from ui.worked_figures import column_share

PAGE = Page(
    label=Text("污染源", "Pollution sources"),
    icon=":material/block:",
    place=50,
    ledgers=("source", "outfall", "zero_discharge"),
    choices=("source", "outfall"),
)

TITLE = Text(
    "{open} 处污染源未整治，{overdue} 处逾期，{relapsed} 处反弹；{dry}",
    "{open} sources open, {overdue} overdue, {relapsed} relapsed; {dry}",
)
ALL_CLOSED = Text("{closed} 处污染源全部整治；{dry}", "All {closed} sources are closed; {dry}")
NO_SOURCE = Text("没有登记污染源；{dry}", "No pollution source is registered; {dry}")
FLOWING = Text("{dry} 个排口晴天排水", "{dry} outfalls flow in dry weather")
NOT_LOOKED = Text("排口都没查晴天有没有水", "no outfall was looked at in dry weather")
NO_OUTFALL = Text("没有登记排口", "no outfall is registered")
OVERDUE_OUTFALLS = Text("{count} 个排口逾期", "{count} outfalls overdue")
LONGEST = Text("最久的是{place}，逾期 {days} 天", "the longest is {place}, {days} days overdue")
SEMICOLON = Text("；", "; ")
BY_KIND = Text("各类型到了哪一步", "How far each kind is")
SOURCES, OUTFALLS = Text("污染源", "Pollution sources"), Text("入河排口", "Outfalls")
BY_VILLAGE = Text("各村社", "By village")
BLOCKS = Text("零直排区块", "Zero-discharge blocks")
CONNECTIONS = Text("接户：区块和微型污水处理厂分开看", "Connections: blocks and plants apart")
OPEN_LIST = Text("未整治的污染源和排口（逾期最久的在前）", "Open sources and outfalls (longest overdue first)")
ALL_PLACES = Text("污染源、排口全表", "All columns of the sources and outfalls")
RATES = Text("各河道、各类型的整治率", "Closure by river and kind")
NONE_OPEN = Text("没有未整治的污染源和排口。", "No source or outfall is open.")
STATES_ALT = Text(
    "{what}：共 {n} 个，{open} 个未整治，按整治状态分段", "{what}: {n} in all, {open} open, parted by state"
)
OPEN_OF = Text("未整治 {open} / {n}", "{open} of {n} open")

PLACE, CHIEF = Text("名称", "Name"), Text("河长", "Chief of the river")
KIND_OF_SOURCE, KIND_OF_OUTFALL = Text("污染源 · {kind}", "Source · {kind}"), Text("排口 · {kind}", "Outfall · {kind}")
TO_ALL_PLACES = Text("← 全部污染源和排口", "← All sources and outfalls")
ONE_SOURCE, ONE_OUTFALL = Text("污染源", "source"), Text("排口", "outfall")
SAME_RIVER = Text("{river}上其余未整治的", "What else is open on {river}")
PLACE_SENTENCE = Text("{place}（{kind}）：{state}，{due}", "{place} ({kind}): {state}, {due}")
DAYS_OVER = Text("逾期 {days} 天（限期 {due}）", "{days} days overdue (due {due})")
DUE, NO_DUE = Text("限期 {due}", "due {due}"), Text("没有限期", "without a due day")
CLOSED_ON = Text("{day} 完成", "closed on {day}")
FLOWS = Text("晴天排水", "flows in dry weather")
NO_VILLAGE = Text("未登记村社", "No village given")
NO_VILLAGE_NOTE = Text(
    "“未登记村社”是台账里没有填所在村社的污染源和排口，不分摊到各村。",
    "Those whose village is not in the ledger stand in a row of their own; they are not shared out.",
)
OVERDUE = Text("逾期 {count}", "{count} overdue")
ACCEPTED = Text("已验收 {accepted}，反弹 {relapsed}", "{accepted} accepted, {relapsed} relapsed")
EVIDENCE = Text("已整治的：有凭据 {given}，没有凭据 {none}", "Closed: {given} with evidence, {none} without")
DRY = Text("晴天排水的排口", "Outfalls flowing in dry weather")
DRY_CLOSED = Text("其中 {count} 个登记为已整治", "of these said to be closed: {count}")
DRY_UNKNOWN = Text("{count} 个没查晴天有没有水", "{count} not known")
DEFECTS = Text("问题整改 {rate}（{fixed} / {found}）", "Defects mended {rate} ({fixed} / {found})")
NO_DEFECTS = Text("{count} 个区块没有问题数，不计入整改", "{count} blocks without a count of defects, left out")
LEFT_OUT = Text("{count} 处缺户数，不计入", "{count} without numbers, left out")
CONNECTED = {
    "零直排区块": Text("区块接户率", "Connected in blocks"),
    "微型污水处理厂": Text("微型污水处理厂接户率", "Connected to plants"),
}
CLOSED_RATE, CONNECTED_RATE = Text("整治率(%)", "Closed (%)"), Text("接户率(%)", "Connected (%)")
CLOSED = Text("已整治", "Closed")
SOURCE, OUTFALL = Text("处", "sources"), Text("个排口", "outfalls")
BLOCK, HOUSEHOLD = Text("个区块", "blocks"), Text("户", "households")

# a state's sign and colour, from the worst to the best
SOURCE_STATES = {
    "反弹": ("■", "#D55E00"),
    "未启动": ("○", "#E69F00"),
    "尚未完成": ("–", MISSING_COLOUR),
    "整治中": ("▲", "#F0E442"),
    "已完成": ("●", "#009E73"),
    "已验收": ("✓", "#0072B2"),
}
OUTFALL_STATES = {
    "未整治": ("○", "#E69F00"),
    "尚未完成": ("–", MISSING_COLOUR),
    "整治中": ("▲", "#F0E442"),
    "已规范": ("●", "#009E73"),
    "已纳管": ("◆", "#56B4E9"),
    "已封堵": ("✓", "#0072B2"),
}
OPEN_ROWS = 8  # chosen: with two pictures above it the page keeps to four screens of a phone
STATES = {"source": SOURCE_STATES, "outfall": OUTFALL_STATES}
PLACE_COLUMNS = [
    *("source", "kind", "state", "village", "river", "river_id", "due_on", "closed_on", "days_overdue", "is_closed"),
    *("ledger", "code", "dry_weather_flow"),
]


def title_sentence(sources: DatedResult, outfalls: DatedResult) -> Text:
    """Say how many sources are open, overdue and relapsed, and how many outfalls flow in dry weather."""
    if sources.rows.empty and outfalls.rows.empty:
        return phrases.NOTHING_YET
    if sources.rows.empty:
        return NO_SOURCE.fill(dry=_outfall_clause(outfalls.rows))
    closed, registered, overdue, relapsed = column_sums(sources.rows, "closed", "registered", "overdue", "relapsed")
    template = TITLE if registered > closed else ALL_CLOSED
    blanks = {"open": registered - closed, "overdue": overdue, "relapsed": relapsed, "closed": closed}
    counts = {name: formats.format_count(value) for name, value in blanks.items()}
    return template.fill(**counts, dry=_outfall_clause(outfalls.rows))


def sources_title(sources: DatedResult, outfalls: DatedResult, places: pd.DataFrame) -> Text:
    """Return the title sentence, and name what is overdue for the longest time; `places` is listed_places."""
    said, late = title_sentence(sources, outfalls), places[places["days_overdue"].notna()]
    if late.empty:
        return said
    longest = LONGEST.fill(place=late.iloc[0]["source"], days=int(late.iloc[0]["days_overdue"]))
    return join_texts((said, longest), SEMICOLON)


def _outfall_clause(outfalls: pd.DataFrame) -> Text:
    """Say how many outfalls flow in dry weather, or that nobody knows, and how many are overdue."""
    if outfalls.empty:
        return NO_OUTFALL
    dry, overdue = column_sums(outfalls, "dry", "overdue")
    said = NOT_LOOKED if formats.is_missing(dry) else FLOWING.fill(dry=formats.format_count(dry))
    return join_texts(filter(None, (said, count_note(overdue, OVERDUE_OUTFALLS))), SEMICOLON)


def _source_card(result: DatedResult) -> Card:
    closed, registered, overdue = column_sums(result.rows, "closed", "registered", "overdue")
    accepted, relapsed = map(formats.format_count, column_sums(result.rows, "accepted", "relapsed"))
    said = ACCEPTED.fill(accepted=accepted, relapsed=relapsed)
    late = count_note(overdue, OVERDUE)
    return metric_card(result, percentage_text(closed, registered), both_counts(closed, registered, SOURCE), said, late)


def _outfall_card(result: DatedResult) -> Card:
    closed, registered, overdue = column_sums(result.rows, "closed", "registered", "overdue")
    given, none = map(formats.format_count, column_sums(result.rows, "with_evidence", "without_evidence"))
    said, late = EVIDENCE.fill(given=given, none=none), count_note(overdue, OVERDUE)
    return metric_card(
        result, percentage_text(closed, registered), both_counts(closed, registered, OUTFALL), said, late
    )


def _dry_flow_card(result: DatedResult, outfalls: pd.DataFrame) -> Card:
    dry, unknown, registered = column_sums(result.rows, "dry", "dry_unknown", "registered")
    flowing = outfalls["dry_weather_flow"].fillna(False).astype(bool)
    closed = count_note((flowing & outfalls["is_closed"].astype(bool)).sum(), DRY_CLOSED)
    worked = [column_share(result, result.rows, "dry", "registered", OUTFALL)]
    return metric_card(
        result, both_counts(dry, registered, OUTFALL), closed, count_note(unknown, DRY_UNKNOWN), label=DRY,
        worked=worked,
    )  # fmt: skip


def _block_card(result: DatedResult) -> Card:
    accepted, blocks, fixed, defects = column_sums(
        result.rows, "blocks_accepted", "blocks", "defects_fixed", "defects_found"
    )
    counts = {"fixed": formats.format_count(fixed), "found": formats.format_count(defects)}
    mended = DEFECTS.fill(rate=percentage_text(fixed, defects), **counts)
    [unknown] = column_sums(result.rows, "defects_unknown")
    missing = count_note(unknown, NO_DEFECTS)
    return metric_card(result, percentage_text(accepted, blocks), both_counts(accepted, blocks, BLOCK), mended, missing)


def _ledger_connection_card(result: DatedResult, ledger: str, newest: date | None) -> Card:
    """Return the card of one ledger's connections, of the newest day of that ledger."""
    rows = result.rows[result.rows["ledger"] == ledger]
    connected, design, left_out = column_sums(rows, "households_connected", "households_design", "uncounted")
    below, missing = both_counts(connected, design, HOUSEHOLD), count_note(left_out, LEFT_OUT)
    shown = metric_card(result, percentage_text(connected, design), below, missing, label=CONNECTED[ledger], rows=rows)
    return replace(shown, as_of=newest)


def source_cards(
    request: PageRequest,
    sources: DatedResult,
    outfalls: DatedResult,
    outfall_list: pd.DataFrame,
    blocks: DatedResult,
) -> list[Card]:
    """Return the cards of the page; `outfall_list` are the outfalls one by one."""
    to_places, to_blocks = (same_page_href(request, open=part) for part in ("all", "blocks"))
    return [
        replace(_source_card(sources), href=to_places),
        replace(_outfall_card(outfalls), href=to_places),
        replace(_dry_flow_card(outfalls, outfall_list), href=to_places),
        replace(_block_card(blocks), href=to_blocks),
    ]


def connection_cards(connections: DatedResult, blocks: DatedResult, plants: DatedResult) -> list[Card]:
    """Return the cards of the households connected in blocks and to plants; `plants` is plant_connection."""
    newest = dict(zip(CONNECTED, (blocks.newest, plants.newest), strict=True))
    return [_ledger_connection_card(connections, ledger, newest[ledger]) for ledger in CONNECTED]


def listed_places(sources: pd.DataFrame, outfalls: pd.DataFrame, duties: pd.DataFrame) -> pd.DataFrame:
    """Return sources and outfalls as one list, the longest overdue first, each with the first chief of its river."""
    chiefs = duties.drop_duplicates("river_id").set_index("river_id")["post"]
    both = pd.concat(
        [
            sources.assign(ledger="source", code=sources["source_id"], dry_weather_flow=None)[PLACE_COLUMNS],
            outfalls.assign(ledger="outfall", code=outfalls["outfall_id"], source=outfalls["outfall"])[PLACE_COLUMNS],
        ],
        ignore_index=True,
    ).astype({"is_closed": bool})
    order = both.assign(is_steady=both["state"] != "反弹").sort_values(
        ["is_closed", "days_overdue", "is_steady", "due_on"], ascending=[True, False, True, True], kind="stable"
    )
    return both.loc[order.index].assign(chief=both["river_id"].map(chiefs))


def place_list(request: PageRequest, result: DatedResult, places: pd.DataFrame) -> Html:
    """Return sources and outfalls with the chiefs of their rivers, each a link to itself; overdue ones in red.

    `result` is source_list, whose headings these rows have.
    """
    return list_block(
        result,
        ["source", "days_overdue", "state", "river", "chief"],
        places,
        href=lambda row: place_href(request, row),
        cells={
            "source": _name_cell,
            "days_overdue": _due_cell,
            "state": _state_cell,
            "river": _river_cell,
            "chief": _chief_cell,
        },
        headings={"source": PLACE, "chief": CHIEF},
        is_alarming=lambda row: not formats.is_missing(row["days_overdue"]),
        shown=OPEN_ROWS,
        more_href=same_page_href(request, open="all", source=None, outfall=None),
    )


def place_href(request: PageRequest, row: Row) -> str:
    """Return the address of one source or outfall."""
    return same_page_href(request, **{"source": None, "outfall": None, "open": None, row["ledger"]: row["code"]})


def _name_cell(row: Row) -> Markup:
    """Return the name of a source or an outfall, and below of what kind it is."""
    kind = (KIND_OF_SOURCE if row["ledger"] == "source" else KIND_OF_OUTFALL).fill(kind=WORDS[row["kind"]])
    return words(row["source"]) + element("small", words(kind))


def _due_cell(row: Row) -> Markup:
    """Return by how many days it is overdue, and below the day on which it is due."""
    late = formats.MISSING if formats.is_missing(row["days_overdue"]) else str(int(row["days_overdue"]))
    due = NO_DUE if formats.is_missing(row["due_on"]) else DUE.fill(due=formats.format_date(row["due_on"]))
    return words(late) + element("small", words(due))


def state_mark(ledger: str, state: str) -> Markup:
    """Return the sign of a state of a source or an outfall in its colour."""
    sign, colour = STATES[ledger][state]
    return element("span", sign, class_="fl-mark", style=f"--c:{colour}", aria_hidden="true")


def _state_cell(row: Row) -> Markup:
    said = joined((state_mark(row["ledger"], row["state"]), words(WORDS[row["state"]])), " ")
    return said + element("small", words(FLOWS)) if row["dry_weather_flow"] is True else said


def _river_cell(row: Row) -> Markup:
    return link(words(row["river"]), page_href("water/river.py", river=row["river_id"]))


def _chief_cell(row: Row) -> Markup:
    return words(formats.MISSING if formats.is_missing(row["chief"]) else row["chief"])


def place_sentence(row: pd.Series) -> Text:
    """Say of one source or outfall of what kind it is, how far it is, and whether it is overdue."""
    blanks = {"kind": WORDS[row["kind"]], "state": WORDS[row["state"]], "due": _due_clause(row)}
    return PLACE_SENTENCE.fill(place=row["source"], **blanks)


def _due_clause(row: pd.Series) -> Text:
    if row["is_closed"]:
        return CLOSED_ON.fill(day=formats.format_date(row["closed_on"]))
    if formats.is_missing(row["due_on"]):
        return NO_DUE
    due = formats.format_date(row["due_on"])
    is_late = not formats.is_missing(row["days_overdue"])
    return DAYS_OVER.fill(days=int(row["days_overdue"]), due=due) if is_late else DUE.fill(due=due)


def place_links(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back to all of them and to the map, the river as a link and its chief."""
    back = link(words(TO_ALL_PLACES), same_page_href(request, source=None, outfall=None, open=None))
    cells, on_map = row.to_dict(), link_to_map(**{row["ledger"]: row["code"]})
    chief = words(CHIEF) + " " + _chief_cell(cells)
    return Html(element("p", joined((back, on_map, _river_cell(cells), chief), " · ")))


def kind_pictures(*named: tuple[Text, str, pd.DataFrame]) -> Html:
    """Return the bars of sources and of outfalls side by side, each with its name, its ledger and its rows."""
    halves = (
        element("div", element("h3", words(title)) + state_bars(title, rows, "kind", STATES[ledger]))
        for title, ledger, rows in named
        if len(rows)
    )
    return Html(element("div", joined(halves), class_="fl-two"))


def village_picture(sources: pd.DataFrame) -> Html:
    """Return the bars of the sources of each village."""
    return Html(state_bars(SOURCES, sources, "village", SOURCE_STATES))


def _row_names(rows: pd.DataFrame, by: str) -> pd.Series:
    """Return the name under which each row is counted: its kind in words, or its village."""
    missing, language = t(NO_VILLAGE), reader_language()
    return rows[by].map(lambda v: missing if formats.is_missing(v) else tables.word_label(v, language))


def state_counts(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return how many there are of each kind or village in each state; most open ones first.

    `rows` has one row a source or outfall with the column `by`, state and is_closed.
    """
    named = rows.assign(name=_row_names(rows, by))
    left = named.groupby("name")["is_closed"].agg(lambda closed: int((~closed.astype(bool)).sum()))
    size = named.groupby("name").size()
    order = sorted(left.index, key=lambda name: (-left[name], -size[name], name))
    counts = pd.crosstab(named["name"], named["state"]).reindex(order)
    return counts.assign(open=left, n=size)


def state_bars(title: Text, rows: pd.DataFrame, by: str, looks: dict[str, tuple[str, str]]) -> Markup:
    """Return one bar a kind or village, as long as it has members, parted by state with the count on each part."""
    counts = state_counts(rows, by)
    widest = int(counts["n"].max())
    made = (
        (
            words(str(name)),
            _state_bar(title, count, looks, widest),
            words(OPEN_OF.fill(open=count["open"], n=count["n"])),
        )
        for name, count in counts.iterrows()
    )
    return _state_legend(counts, looks) + bar_rows(made)


def _state_bar(title: Text, count: pd.Series, looks: dict[str, tuple[str, str]], widest: int) -> Markup:
    states = [(state, *look) for state, look in looks.items() if count.get(state, 0)]
    parts = [(count[state], colour, f"{t(WORDS[state])} {count[state]}") for state, _, colour in states]
    labels = [f"{sign} {count[state]}" for state, sign, _ in states]
    said = STATES_ALT.fill(what=f"{t(title)} {count.name}", n=count["n"], open=count["open"])
    return element("div", stacked_bar(parts, said, labels), style=f"width:{100 * count['n'] / widest:.1f}%")


def _state_legend(counts: pd.DataFrame, looks: dict[str, tuple[str, str]]) -> Markup:
    entries = (
        element("span", legend_mark(sign, colour) + " " + words(WORDS[state]))
        for state, (sign, colour) in looks.items()
        if state in counts
    )
    return element("div", joined(entries), class_="fl-legend")


def with_village_names(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in which those without a village are called as in the bars."""
    return rows.assign(village=_row_names(rows, "village"))


def connection_picture(rows: pd.DataFrame) -> Html:
    """Return the households connected in blocks and to plants, side by side, village by village, lowest first."""
    halves = (
        element("div", element("h3", words(CONNECTED[ledger])) + connection_bars(rows[rows["ledger"] == ledger]))
        for ledger in CONNECTED
        if (rows["ledger"] == ledger).any()
    )
    return Html(element("div", joined(halves), class_="fl-two"))


def connection_bars(rows: pd.DataFrame) -> Markup:
    """Return one bar a village: households connected of a ledger's blocks or plants."""
    shares = [
        formats.format_share(r.households_connected, r.households_design, r.rate, HOUSEHOLD) for r in rows.itertuples()
    ]
    names, colour = _row_names(rows, "village"), STREAM_COLOURS["water"]
    return bar_rows(
        (words(name), bullet_bar(rate, None, colour, share), words(share))
        for name, rate, share in zip(names, rows["rate"], shares, strict=True)
    )
