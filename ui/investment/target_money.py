"""The money that the targets of 招商引资 ask for: cards, months, what is missing, which projects and receipts count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets.targets import TARGETS
from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import Card, metric_card, percentage_or_none
from ui.colours import STATUS_SIGNS
from ui.figure_sheet import figure_part
from ui.investment.project_rows import BAR_COLOUR, ENDED, FUNDS_OF_ALL, investment_sum, money_and_lacking
from ui.markup import bar_end, bar_rows, bullet_bar, element, joined, words
from ui.page import caption_block
from ui.result_list import Row
from ui.results import DatedResult

EARLIER_COLOUR = "color-mix(in srgb, var(--fl-investment) 45%, transparent)"
LACKS = Text("{what}还差 {missing}，{covered}", "{what}: {missing} missing, {covered}")
COVERED_BY_TALKS = Text(
    "在谈 {count} 个项目 {amount}，够 {times} 倍（{due}）",
    "{count} projects in talks worth {amount} cover it {times} times ({due})",
)
DUE_COVERS = Text("其中期内预计签约的够 {times} 倍", "those due in the period {times} times")
NONE_DUE = Text("没有登记为期内签约的", "none is expected to sign in the period")
COVERED_BY_CONTRACTS = Text(
    "{count} 个签约项目还没有到位的 {amount}，够 {times} 倍",
    "{count} signed projects have {amount} to come, {times} times that",
)
REACHED = Text("{what}已完成", "{what} is reached")
COVERAGE_LABEL = Text("签约目标的储备倍数", "Times the target of signing is covered")
TIMES = Text("{times} 倍", "{times} ×")
OPEN_OVER_MISSING = Text("在谈 {amount} / 缺口 {missing}", "{amount} in talks / {missing} missing")
WEIGHTED_TIMES = Text("按历史签约率折算 {times} 倍", "{times} × by the ledger's own rate of signing")
TOO_FEW_WEIGHTED = Text("按历史签约率折算：样本不足", "by the ledger's own rate of signing: too few")
DUE_TIMES = Text("期内预计签约 {count} 个，{times} 倍", "due in the period: {count}, {times} ×")
MONTH_SAID = Text("{running} / {planned}，当月 {amount}", "{running} / {planned}, {amount} in it")
MONTH_TO_COME = Text("序时 {planned}", "plan {planned}")
SIGNED_COUNTED = Text(
    "领导驾驶舱的本期签约投资额 {money}：{start} 至 {until} 首次到过正式签约、当日没有终止的 {count} 个项目总投资之和",
    "Investment signed in the period on the cockpit, {money}: the investment of {count} projects that first came to "
    "“Signed” between {start} and {until} and are not ended",
)
NO_RECEIPTS = Text("没有到资记录", "No receipts on record")
TARGET_RATE = Text("目标 {target} 的 {rate}", "{rate} of the target of {target}")
TARGET_LIGHT = Text("{sign} {light}，{gap}", "{sign} {light}, {gap}")
NO_TARGET = Text("没有下达目标", "no target set")
TARGET_PERIOD = Text("目标期 {start} 至 {end}", "target from {start} to {end}")
FUNDS_COUNTED = Text(
    "领导驾驶舱的本期到位资金 {counted}：已签约未终止的项目 {start} 至 {until} 到位并已核实的 {n} 笔之和，"
    "最近一笔 {last}；待核实的 {unverified}、其余已核实的（目标期以前的、未签约或已终止项目的）{earlier} 不计",
    "Funds received in the period on the cockpit, {counted}: {n} verified receipts of signed projects not ended from "
    "{start} to {until}, the last on {last}; left out are {unverified} not verified and {earlier} verified but "
    "received before or by other projects",
)
FUND_RATE = Text(
    "{counted} 个签约未终止的项目到位 {share}；其中 {unknown} 个没有到资记录，{unverified} 个只有待核实的到资，"
    "总投资都计入分母",
    "{counted} signed projects not ended have {share} of their funds; {unknown} of them have no receipt, {unverified} "
    "only receipts not verified; the investment of all is in the denominator",
)
NO_LIGHT = "无数据"
MONEY_TARGETS = ("contract_value", "funds_in_place")


def lack_sentence(coverage: pd.DataFrame) -> Text:
    """Say what each target of money lacks and how many times what may still come covers it."""
    if coverage.empty:
        return NO_TARGET
    rows = coverage.set_index("metric").reindex([name for name in MONEY_TARGETS if name in set(coverage["metric"])])
    return join_texts((_lack_text(str(name), row) for name, row in rows.iterrows()), Text("；", "; "))


def _lack_text(metric: str, row: pd.Series) -> Text:
    what = TARGETS[metric].label
    if row["is_reached"]:
        return REACHED.fill(what=what)
    counts = {
        "count": int(row["open_projects"]),
        "amount": money_and_lacking(row["open_amount"], int(row["unpriced"])),
        "times": _times_text(row["open_times"]),
    }
    if formats.is_missing(row["due_projects"]):
        covered = COVERED_BY_CONTRACTS.fill(**counts)
    else:
        due = DUE_COVERS.fill(times=_times_text(row["due_times"])) if row["due_projects"] else NONE_DUE
        covered = COVERED_BY_TALKS.fill(**counts, due=due)
    return LACKS.fill(what=what, missing=formats.format_money(row["missing"]), covered=covered)


def _times_text(times: float | None) -> str:
    """Return a number of times with one decimal, never rounded up to 1."""
    if times is None or formats.is_missing(times):
        return formats.MISSING
    return f"{formats.round_below_caps(float(times), 1, 1.0):.1f}"


def coverage_card(coverage: DatedResult) -> Card:
    rows = coverage.rows[coverage.rows["metric"] == MONEY_TARGETS[0]]
    if rows.empty:
        return Card(COVERAGE_LABEL, untranslated(formats.MISSING), (NO_TARGET,), coverage.as_of, coverage.formula)
    row = rows.iloc[0]
    if row["is_reached"]:
        return metric_card(coverage, WORDS["已完成"], label=COVERAGE_LABEL, span=None, rows=row)
    known = not formats.is_missing(row["weighted_times"])
    weighted = WEIGHTED_TIMES.fill(times=_times_text(row["weighted_times"])) if known else TOO_FEW_WEIGHTED
    below = (
        OPEN_OVER_MISSING.fill(
            amount=money_and_lacking(row["open_amount"], int(row["unpriced"])),
            missing=formats.format_money(row["missing"]),
        ),
        weighted,
        DUE_TIMES.fill(count=int(row["due_projects"]), times=_times_text(row["due_times"])),
    )
    figure = TIMES.fill(times=_times_text(row["open_times"]))
    return metric_card(coverage, figure, *below, label=COVERAGE_LABEL, span=None, rows=row)


def target_card(targets: DatedResult, goal: Row) -> Card:
    """Return what is reached of an amount of money that the task sheet asks for, as the cockpit shows it."""
    if "target" not in goal:
        return Card(goal["label"], untranslated(formats.MISSING), (NO_TARGET,), targets.as_of, targets.formula)
    target = formats.format_money(goal["target"])
    gap = formats.format_gap(goal["gap"], formats.GAP_TO_TIME)
    light = TARGET_LIGHT.fill(sign=STATUS_SIGNS[goal["light"]], light=phrases.STATUS[goal["light"]], gap=gap)
    below = (TARGET_RATE.fill(target=target, rate=formats.format_percent(goal["rate"])), light, _period_text(goal))
    value = formats.format_money(goal["actual"], goal["target"])
    part = figure_part(targets, targets.rows[targets.rows["target_id"] == goal["target_id"]], goal["label"])
    return Card(goal["label"], value, below, _known_day(goal["newest"]), targets.formula, targets.as_of, part=part)


def _known_day(day: pd.Timestamp | None) -> date | None:
    return None if day is None or formats.is_missing(day) else day.date()


def _period_text(goal: Row) -> Text:
    start, end = (formats.format_date(goal[day]) for day in ("period_start", "period_end"))
    return TARGET_PERIOD.fill(start=start, end=end)


def month_picture(months: DatedResult) -> Html:
    """Return the months of the two targets side by side: the month and all before it as a bar, the plan as a tick."""
    listed = (months.rows[months.rows["metric"] == metric] for metric in MONEY_TARGETS)
    sections = joined(_target_months(rows) for rows in listed if len(rows))
    return Html(element("div", sections, class_="fl-two fl-months")) if sections else caption_block(NO_TARGET)


def _target_months(rows: pd.DataFrame) -> Markup:
    """Return the months of one target that have begun, and the last of its period."""
    heading = element("h3", words(TARGETS[str(rows["metric"].iloc[0])].label))
    begun = rows[rows["running"].notna()]
    shown = begun if len(begun) == len(rows) else pd.concat([begun, rows.tail(1)])
    listed = shown.astype(object).to_dict("records")
    end = bar_end(percentage_or_none(row["running"], row["target"]) for row in listed)
    return element("section", heading + bar_rows(_month_row(row, end) for row in listed))


def _month_row(row: Row, end: float) -> tuple[Markup, Markup, Markup]:
    """Return a month: its name, the bar against the target, the amounts."""
    target, name = row["target"], words(f"{row['month']:%Y-%m}")
    planned = formats.format_money(round(row["planned"]), target)
    tick = percentage_or_none(row["planned"], target)
    if formats.is_missing(row["running"]):
        said = MONTH_TO_COME.fill(planned=planned)
        return name, bullet_bar(None, tick, BAR_COLOUR, said, end), words(said)
    amount, running = (formats.format_money(row[column], target) for column in ("in_month", "running"))
    said = MONTH_SAID.fill(amount=amount, running=running, planned=planned)
    earlier = 100 * (1 - row["in_month"] / row["running"]) if row["running"] else 100.0
    colour = f"linear-gradient(90deg,{EARLIER_COLOUR} {earlier:.1f}%,{BAR_COLOUR} {earlier:.1f}%)"
    return name, bullet_bar(percentage_or_none(row["running"], target), tick, colour, said, end), words(said)


def counted_funds_sentence(receipts: DatedResult) -> Text:
    """Say which receipts make up the funds in place that the cockpit shows, and which do not count."""
    rows = receipts.rows
    if rows.empty:
        return NO_RECEIPTS
    if rows["period_start"].isna().all():
        return NO_TARGET
    counted, verified = rows["is_counted"].astype(bool), rows["is_verified"].astype(bool)
    start, end = rows["period_start"].iloc[0], rows["period_end"].iloc[0]
    until = min(end, pd.Timestamp(receipts.as_of))
    return FUNDS_COUNTED.fill(
        counted=_money_sum(rows[counted]),
        start=formats.format_date(start),
        until=formats.format_date(until),
        n=int(counted.sum()),
        last=formats.format_date(rows.loc[counted, "received_on"].max()),
        earlier=_money_sum(rows[verified & ~counted]),
        unverified=_money_sum(rows[~verified]),
    )


def fund_rate_sentence(funds: pd.DataFrame) -> Text:
    """Say how much of the investment of the signed projects is in place, and how many have no record."""
    priced = funds[funds["investment"].notna()]
    received, investment = float(priced["received"].sum()), float(priced["investment"].sum())
    is_unverified = funds["received"].eq(0) & funds["unverified"].gt(0)
    share = FUNDS_OF_ALL.fill(
        rate=formats.format_percent(percentage_or_none(received, investment)),
        received=formats.format_money(received, investment),
        investment=money_and_lacking(investment, len(funds) - len(priced)),
    )
    unknown = int(funds["received"].isna().sum())
    return FUND_RATE.fill(counted=len(funds), share=share, unknown=unknown, unverified=int(is_unverified.sum()))


def counted_signed_sentence(signed: pd.DataFrame, goal: Row, as_of: date | None) -> Text:
    """Say which projects make up the signed money that the cockpit shows; rows of signed_rows."""
    if "target" not in goal:
        return NO_TARGET
    return SIGNED_COUNTED.fill(
        money=investment_sum(signed),
        count=len(signed),
        start=formats.format_date(goal["period_start"]),
        until=formats.format_date(min(goal["period_end"], pd.Timestamp(as_of))),
    )


def _money_sum(rows: pd.DataFrame) -> Text:
    return formats.format_money(float(rows["amount"].sum()))


def signed_rows(projects: pd.DataFrame, goal: Row) -> pd.DataFrame:
    """Return the projects under contract that signed in a target's period, the newest first; without one all those."""
    signed = projects[projects["signed_on"].notna() & (projects["stage"] != ENDED)]
    if "target" in goal:
        signed = signed[signed["signed_on"].between(goal["period_start"], goal["period_end"])]
    return signed.sort_values("signed_on", ascending=False, ignore_index=True)


def money_goals(targets: pd.DataFrame, lights: Sequence[str]) -> list[Row]:
    """Return the targets of signed money and of funds with lights and labels; one not set has its label alone."""
    listed = zip(targets.to_dict("records"), lights, strict=True)
    known = {row["target_id"]: {**row, "light": light} for row, light in listed}
    return [{**known.get(name, {"light": NO_LIGHT}), "label": TARGETS[name].label} for name in MONEY_TARGETS]
