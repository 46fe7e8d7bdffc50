"""The cockpit's widgets: a card for each line of work, the red list, how new each ledger is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.datasets import DATASETS
from data.datasets.targets import TARGETS
from data.text import Text, untranslated
from data.words import STREAMS, WORDS
from ui import formats, phrases, tables
from ui.cards import is_stale
from ui.colours import STATUS_COLOURS, STATUS_SIGNS, STREAM_COLOURS
from ui.page import Page
from ui.preferences import reader_language, t

PAGE = Page(
    label=Text("领导驾驶舱", "Cockpit"),
    icon=":material/dashboard:",
    place=10,
    ledgers=("village", "target"),
)
FRESHNESS = Text("各台账数据截至", "How new each ledger is")
LEDGER = Text("台账", "Ledger")
ROWS = Text("行数", "Rows")
BATCH = Text("批次", "Batch")
ACTUAL_OF_TARGET = Text("{actual} / 目标 {target}", "{actual} of {target}")
TIME_ELAPSED = Text("时间进度 {rate}", "time elapsed {rate}")
LEVEL = Text("一直要保持的水平", "to be kept on every day")
DAYS_LEFT = Text("还剩 {days} 天", "{days} days left")
DAYS_OVER = Text("已过 {days} 天", "{days} days over")
MORE = Text("另有 {count} 项", "{count} more")
NO_TARGET = Text("没有在期内的目标任务。", "No target runs on this day.")
TITLE = Text("{behind} 项落后于序时，最落后的是{worst}", "{behind} items behind plan, the furthest is {worst}")
ON_PLAN = Text("各项工作都达到序时进度", "Everything is on plan")
NO_PLAN = Text(
    "没有可与序时相比的目标任务，也没有落后事项",
    "No target can be held against its plan; nothing is known to be behind",
)


BULLET_HTML = (
    '<div role="img" aria-label="{words}" style="position:relative;height:16px;background:rgba(127,140,155,.25);'
    'border-radius:3px"><div style="width:{rate:.1f}%;height:100%;background:{colour};border-radius:3px"></div>'
    '<div style="position:absolute;left:{plan:.1f}%;top:-4px;width:3px;height:24px;background:#5C6B7A"></div></div>'
)
MAX_BEHIND, MAX_TARGETS = 10, 3  # chosen: one screen; the rest is counted or has a line each


def _actual_of_target(row: pd.Series) -> Text:
    """Return what is reached of a target, never rounded up to it."""
    is_share = TARGETS[row["metric"]].unit == "percent"
    written = formats.format_percent if is_share else formats.format_money
    return ACTUAL_OF_TARGET.fill(actual=written(row["actual"], row["target"]), target=written(row["target"]))


def _counts_prefix(row: pd.Series) -> str:
    """Return the two counts behind a percentage, or nothing for an amount of money."""
    unit = TARGETS[row["metric"]].counted_in
    if unit is None:
        return ""
    return f"{formats.format_count(row['done'], row['total'])} / {formats.format_count(row['total'])} {t(unit)} · "


def _draw_bullet(rate: float, due: float, light: str, words: Text) -> None:
    """Draw the rate as a bar in its light's colour with a tick where it should be.

    Plain HTML: the first screen of a leader does not wait for the chart library.
    """
    st.html(
        BULLET_HTML.format(
            rate=0.0 if formats.is_missing(rate) else min(100.0, max(0.0, rate)),
            plan=min(100.0, due),
            colour=STATUS_COLOURS[light],
            words=f"{formats.format_percent(rate)}, {t(words)}",
        )
    )


def _time_elapsed_text(row: pd.Series) -> Text:
    return TIME_ELAPSED.fill(rate=formats.format_percent(row["elapsed_rate"]))


def _plan_to_date_text(row: pd.Series) -> Text:
    return phrases.PLAN_TO_DATE.fill(rate=formats.format_percent(row["planned_rate"]))


def _days_left_text(row: pd.Series) -> Text:
    """Say how many days are left, or how many have passed since the end; of a level that there is none."""
    if formats.is_missing(row["days_left"]):
        return LEVEL
    days = int(row["days_left"])
    return DAYS_LEFT.fill(days=days) if days >= 0 else DAYS_OVER.fill(days=-days)


def _draw_target(row: pd.Series, light: str) -> None:
    """Draw one target: the figure, its counts, the time elapsed, the light in words."""
    st.markdown(
        f"**{t(WORDS[row['metric']])}** · {STATUS_SIGNS[light]} {t(phrases.STATUS[light])}  \n"
        f"##### {formats.nonbreaking_text(t(_actual_of_target(row)))}"
    )
    _draw_bullet(row["rate"], row["elapsed_rate"], light, _time_elapsed_text(row))
    st.caption(formats.nonbreaking_text(f"{_counts_prefix(row)}{t(_target_gap_text(row))}"))
    elapsed = "" if row["is_level"] else f"{t(_time_elapsed_text(row))} · {t(_days_left_text(row))} · "
    said = f"{elapsed}{t(phrases.AS_OF)} {formats.format_date(row['newest'])}"
    st.caption(formats.nonbreaking_text(said))


def _target_gap_text(row: pd.Series) -> Text:
    """Say how far a target is from the time elapsed; a level has none, it is to be kept on every day."""
    return LEVEL if row["is_level"] else formats.format_gap(row["gap"], formats.GAP_TO_TIME)


def _target_line(row: pd.Series, light: str) -> str:
    """Return one target in a line: its light, what is reached of it, the counts."""
    said = f"{STATUS_SIGNS[light]} {t(WORDS[row['metric']])} {t(_actual_of_target(row))}"
    counts = _counts_prefix(row).removesuffix(" · ")
    return f"{said} · {counts}" if counts else said


def draw_stream_cards(targets: pd.DataFrame, lights: list[str]) -> None:
    """Draw one card a line of work with its targets, those furthest behind at length, the others in a line each."""
    columns = st.columns(len(STREAM_COLOURS), gap="medium", border=True)
    for place, (stream, column) in enumerate(zip(STREAM_COLOURS, columns, strict=True)):
        with column:
            icon = (":material/water_drop:", ":material/trending_up:", ":material/home_work:")[place]
            st.markdown(f"#### {icon} {t(STREAMS[stream])}")
            own = [
                (row, light)
                for (_, row), light in zip(targets.iterrows(), lights, strict=True)
                if row["stream"] == stream
            ]
            if not own:
                st.caption(t(NO_TARGET))
            for row, light in own[:MAX_TARGETS]:
                _draw_target(row, light)
            st.caption(
                formats.nonbreaking_text("  \n".join(_target_line(row, light) for row, light in own[MAX_TARGETS:]))
            )


def draw_behind_list(rows: pd.DataFrame, lights: list[str]) -> None:
    """Draw the red list: what is furthest behind, by how much, who leads, how many days are left."""
    for (_, row), light in list(zip(rows.iterrows(), lights, strict=True))[:MAX_BEHIND]:
        item = tables.word_label(row["item"], reader_language())
        st.markdown(f"{STATUS_SIGNS[light]} **{item}** · {t(formats.format_gap(row['gap']))}")
        _draw_bullet(row["rate"], row["planned_rate"], light, _plan_to_date_text(row))
        counted = formats.format_share(row["done"], row["total"], row["rate"], WORDS[row["quantity_unit"]])
        owner = "" if formats.is_missing(row["owner"]) else f" · {row['owner']}"
        st.caption(
            formats.nonbreaking_text(f"{t(counted)} · {t(_plan_to_date_text(row))} · {t(_days_left_text(row))}{owner}")
        )
    if len(rows) > MAX_BEHIND:
        st.caption(t(MORE.fill(count=len(rows) - MAX_BEHIND)))


def draw_freshness(state: pd.DataFrame, as_of: date | None) -> None:
    """List the newest date of each ledger; one that is a month older than the figures is marked stale."""
    headings = (LEDGER, phrases.AS_OF, ROWS, BATCH)
    lines = [f"| {' | '.join(t(h) for h in headings)} |", "| --- | --- | ---: | ---: |"]
    for row in state.itertuples():
        mark = f" · :gray[{t(phrases.STALE)}]" if is_stale(row.newest, as_of) else ""
        batch = formats.MISSING if pd.isna(row.batch) else int(row.batch)
        label = t(DATASETS[row.dataset].label)
        lines.append(
            f"| {label} | {formats.nonbreaking_text(formats.format_date(row.newest))}{mark} | {row.rows:,} | {batch} |"
        )
    st.markdown("\n".join(lines))


def title_sentence(behind: pd.DataFrame, targets: pd.DataFrame) -> Text:
    """Name the item that is furthest behind, or else the target; without targets nothing is on plan for sure."""
    late = targets[targets["gap"] < 0]
    if behind.empty and late.empty:
        return ON_PLAN if targets["gap"].notna().any() else NO_PLAN
    worst = late.iloc[0] if behind.empty else behind.iloc[0]
    item = WORDS[worst["metric"]] if behind.empty else WORDS.get(worst["item"], untranslated(worst["item"]))
    said = Text("{item}（{gap}）", "{item} ({gap})").fill(item=item, gap=formats.format_gap(worst["gap"]))
    return TITLE.fill(behind=len(late) if behind.empty else len(behind), worst=said)
