"""Households one by one: where agreements and statuses disagree, and at which step each stands."""

import datetime

from analytics.metrics.basis import SIGNING_BY_HOUSEHOLD, own
from analytics.metrics.columns import PROJECT, VILLAGE, of_ledger
from analytics.metrics.demolition.signing import STATUS_CHAIN
from analytics.metrics.model import Listing, Metric
from data.datasets.demolition.status_event import SIDE_STATES
from data.datasets.model import choice, date, flag, integer
from data.text import Text
from data.words import DIFFERENCES

SIDE_STATE = choice("side_state", "另有情况", "Beside the way", SIDE_STATES)

HOUSEHOLD_DIFFERENCES = Metric(
    name="household_differences",
    label=Text("协议与状态不一致的户", "Households whose ledgers disagree"),
    is_by_household=True,
    unit="household",
    formula=Text(
        "补偿协议与户状态两本台账不一致的户，一处一行：已腾空或状态已签约而没有有效协议、有协议而状态未到签约、腾空早于签约、"
        "签约早于摸底；签约数以协议为准，不因此改变；前两类与“状态已签约而没有协议”的户数、第三类与“有协议而状态未到签约”的户数相等",
        "Households of which agreements and statuses disagree, a row each time: vacated, or signed by status, "
        "without an agreement in force; an agreement without that status; vacated before it signed; signed before "
        "its survey. Agreements count, and this changes nothing of that; the first two are those that the signing "
        "rate tells as status signed, but no agreement, and the third those with an agreement, but no status of it",
    ),
    direction="lower",
    basis=(
        own("不悄悄修补，逐户交给登记的人核对", "nothing is mended silently; who registers makes sure"),
        SIGNING_BY_HOUSEHOLD,
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.household_differences",
    columns=(
        PROJECT,
        *of_ledger("household", "household_id"),
        choice("difference", "不一致", "Disagreement", DIFFERENCES),
        *of_ledger("agreement", "signed_on", "withdrawn_on"),
        *of_ledger("status_event", "status"),
        SIDE_STATE,
        date("surveyed_on", "摸底日期", "Surveyed on"),
        date("vacated_on", "腾空日期", "Vacated on"),
    ),
)

HOUSEHOLD_STEPS = Listing(
    name="household_steps",
    label=Text("各户走到哪一步", "The step of each household"),
    is_by_household=True,
    query="demolition.household_steps",
    columns=(
        *of_ledger("household", "household_id", "block"),
        VILLAGE,
        flag("is_signed", "已签约", "Signed"),
        SIDE_STATE,
        integer("step_ordinal", "步骤序号", "Place of the step"),
        flag("is_differing", "两本台账不一致", "Ledgers disagree"),
        *of_ledger("agreement", "signed_on"),
    ),
    explained_by=STATUS_CHAIN,
)
