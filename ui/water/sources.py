"""The page of pollution sources: its title sentence, its cards, bars of kinds or villages by state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from data.text import Language, Text
from data.words import WORDS
from ui import formats, phrases, tables
from ui.cards import Card, both_counts, column_sums, count_note, metric_card, percentage_text
from ui.charts import apply_layout, bar_chart
from ui.colours import DARK_TEXT, LIGHT_TEXT, MISSING_COLOUR, PLAN_COLOUR, STREAM_COLOURS
from ui.page import Page
from ui.results import DatedResult

PAGE = Page(
    label=Text("污染源", "Pollution sources"),
    icon=":material/block:",
    place=50,
    ledgers=("source", "outfall", "zero_discharge"),
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
BY_KIND = Text("污染源：各类型到了哪一步", "Sources: how far each kind is")
BY_VILLAGE = Text("各村社的污染源（表中含排口）", "Sources by village (the table has outfalls too)")
OUTFALLS_BY_KIND = Text("入河排口：各类型到了哪一步", "Outfalls: how far each kind is")
BLOCKS = Text("零直排区块", "Zero-discharge blocks")
CONNECTIONS = Text("接户：区块和微型污水处理厂分开看", "Connections: blocks and plants apart")
SOURCE_LIST = Text("污染源清单（逾期最久的在前）", "Sources (longest overdue first)")
OUTFALL_LIST = Text("排口清单（逾期最久的在前）", "Outfalls (longest overdue first)")
STATES_ALT = Text(
    "{what}：共 {n} 个，{open} 个未整治，按整治状态分段", "{what}: {n} in all, {open} open, parted by state"
)
COUNT_AXIS = Text("个数", "Count")
RATE_AXIS = Text("已接户（%）", "Connected (%)")

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
BAR_HEIGHT = 40  # pixels; chosen by eye
StateLooks = dict[str, tuple[str, str]]


def title_sentence(sources: DatedResult, outfalls: DatedResult) -> Text:
    """Say how many sources are open, overdue and relapsed, and how many outfalls flow in dry weather."""
    if sources.rows.empty and outfalls.rows.empty:
        return phrases.NOTHING_YET
    if sources.rows.empty:
        return NO_SOURCE.fill(dry=_dry_flow_clause(outfalls.rows))
    closed, registered, overdue, relapsed = column_sums(sources.rows, "closed", "registered", "overdue", "relapsed")
    template = TITLE if registered > closed else ALL_CLOSED
    blanks = {"open": registered - closed, "overdue": overdue, "relapsed": relapsed, "closed": closed}
    counts = {name: formats.format_count(value) for name, value in blanks.items()}
    return template.fill(**counts, dry=_dry_flow_clause(outfalls.rows))


def _dry_flow_clause(outfalls: pd.DataFrame) -> Text:
    """Say how many outfalls flow in dry weather, or that nobody knows."""
    if outfalls.empty:
        return NO_OUTFALL
    [dry] = column_sums(outfalls, "dry")
    return NOT_LOOKED if formats.is_missing(dry) else FLOWING.fill(dry=formats.format_count(dry))


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
    return metric_card(
        result, both_counts(dry, registered, OUTFALL), closed, count_note(unknown, DRY_UNKNOWN), label=DRY
    )


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
    shown = metric_card(result, percentage_text(connected, design), below, missing, label=CONNECTED[ledger])
    return replace(shown, as_of=newest)


def source_cards(
    sources: DatedResult,
    outfalls: DatedResult,
    outfall_list: pd.DataFrame,
    blocks: DatedResult,
    connections: DatedResult,
    plants: DatedResult,
) -> list[Card]:
    """Return the cards of the page; `listed` are the outfalls one by one, `plants` is plant_connection."""
    newest = dict(zip(CONNECTED, (blocks.newest, plants.newest), strict=True))
    return [
        _source_card(sources),
        _outfall_card(outfalls),
        _dry_flow_card(outfalls, outfall_list),
        _block_card(blocks),
        *(_ledger_connection_card(connections, ledger, newest[ledger]) for ledger in CONNECTED),
    ]


def _row_names(rows: pd.DataFrame, by: str, language: Language) -> pd.Series:
    """Return the name under which each row is counted: its kind in words, or its village."""
    missing = NO_VILLAGE.into(language)
    return rows[by].map(lambda v: missing if formats.is_missing(v) else tables.word_label(v, language))


def state_bars(rows: pd.DataFrame, by: str, looks: StateLooks, language: Language) -> go.Figure:
    """Return one bar a kind or village, parted by state with the count on each part; most open ones first.

    `rows` has one row a source or outfall with the column `by`, state and is_closed.
    """
    named = rows.assign(name=_row_names(rows, by, language))
    left = named.groupby("name")["is_closed"].agg(lambda closed: int((~closed.astype(bool)).sum()))
    size = named.groupby("name").size()
    order = sorted(left.index, key=lambda name: (-left[name], -size[name], name))
    counts = pd.crosstab(named["name"], named["state"]).reindex(order)
    figure = go.Figure()
    for state, (sign, colour) in looks.items():
        if state in counts:
            figure.add_trace(_state_segment(counts[state], sign, colour, WORDS[state].into(language)))
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(title=COUNT_AXIS.into(language), rangemode="tozero", dtick=max(1, int(size.max()) // 6))
    figure = apply_layout(figure, 130 + BAR_HEIGHT * len(order), barmode="stack")
    return figure.update_layout(legend={"traceorder": "normal"})


def with_village_names(rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return rows in which those without a village are called as in the charts."""
    return rows.assign(village=_row_names(rows, "village", language))


def state_bars_alt(title: Text, rows: pd.DataFrame) -> Text:
    """Say how many are drawn and how many of them are open."""
    return STATES_ALT.fill(what=title, n=len(rows), open=int((~rows["is_closed"].astype(bool)).sum()))


def _state_segment(counts: pd.Series, sign: str, colour: str, word: str) -> go.Bar:
    return go.Bar(
        x=counts.tolist(),
        y=list(counts.index),
        orientation="h",
        name=f"{sign} {word}",
        text=[f"{sign} {n}" if n else "" for n in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": LIGHT_TEXT if colour == "#0072B2" else DARK_TEXT},
        marker={"color": colour, "line": {"color": PLAN_COLOUR, "width": 1}},
        hovertemplate=f"%{{y}} · {word} %{{x}}<extra></extra>",
        width=0.62,
    )


def connection_bars(rows: pd.DataFrame, ledger: str, language: Language) -> go.Figure:
    """Return one bar a village: households connected of a ledger's blocks or plants, lowest first."""
    shown = rows[rows["ledger"] == ledger]
    labels = [
        formats.format_share(r.households_connected, r.households_design, r.rate, HOUSEHOLD).into(language)
        for r in shown.itertuples()
    ]
    names = _row_names(shown, "village", language).tolist()
    colour = STREAM_COLOURS["water"]
    axis = {"range": [0, 104], "title": RATE_AXIS.into(language)}
    return bar_chart(names, shown["rate"].fillna(0).tolist(), labels, colour, **axis)
