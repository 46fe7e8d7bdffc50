"""Metrics of signing by floor area, by block, village and team, and by reward period."""

import datetime

from analytics.demolition.small_groups import BREAKDOWN_CELLS
from analytics.metrics.basis import SIGNING_BY_HOUSEHOLD, own
from analytics.metrics.columns import DAYS_LEFT, HOUSEHOLDS, NOT_SIGNED, PROJECT, RATE, SIGNED, of_ledger
from analytics.metrics.model import Metric
from data.datasets.model import choice, flag, integer, number
from data.derivations import difference, quotient
from data.text import Text
from data.words import BREAKDOWNS, GROUPS_WITHOUT_NAME, PERIOD_STATES

AREA = number("area", "合法建筑面积", "Lawful floor area", "m2")
AREA_SIGNED = number("area_signed", "已签面积", "Floor area signed", "m2")
AREA_RATE = number("area_rate", "签约率（面积）", "Rate by floor area", "percent")
WITHOUT_AREA = integer("without_area", "没有面积的户", "Without an area", "household")
ONE_TERM = own(
    "已签约、总户数与签约率一个口径，各表对得上",
    "signed and all households are those of the signing rate, so that the tables agree",
)

SIGNING_BY_AREA = Metric(
    name="signing_by_area",
    label=Text("签约率（面积）", "Signing rate by floor area"),
    unit="percent",
    formula=Text(
        "已签约户的合法建筑面积 ÷ 全部合法建筑面积，管理口径，法定口径按户；"
        "全部面积取项目登记的总建筑面积与户册各户之和的大数，所以总建筑面积里有不合法部分时到不了 100 %；"
        "没有面积的户和没登记的户另列，不估面积；按面积率由低到高",
        "Lawful floor area of the households signed ÷ that of all, for management; the legal rate is by household. "
        "That of all is the greater of what the project declares and its households have together, so where the "
        "declared one holds unlawful parts the rate stays below 100 %. Households without an area and those not "
        "registered are told, no area is made up for them; the lowest rate comes first",
    ),
    direction="higher",
    basis=(
        own(
            "大户小户一样算一户，面积看出剩下的是大头还是零头；分母取大数，免得漏登的户把比率抬高",
            "a large household counts as one, the area shows how much is left; the greater denominator keeps "
            "households not registered from raising the rate",
        ),
        SIGNING_BY_HOUSEHOLD,
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.signing_by_area",
    columns=(
        PROJECT,
        AREA_SIGNED,
        AREA,
        AREA_RATE,
        SIGNED,
        HOUSEHOLDS,
        RATE,
        number("registered_area", "户册面积合计", "Floor area registered", "m2"),
        *of_ledger("demolition_project", "floor_area_total"),
        WITHOUT_AREA,
        integer("unregistered", "未登记户数", "Not registered", "household"),
    ),
    derived=(
        quotient("area_rate", "area_signed", "area"),
        quotient("rate", "signed", "households"),
    ),
)

SIGNING_BREAKDOWN = Metric(
    name="signing_breakdown",
    label=Text("分片区、村社、小组的签约", "Signing by block, village and team"),
    unit="household",
    formula=Text(
        "每个项目分别按片区、村社、小组分组：户数、已签约、腾空、拆除、交付（都除以本组户数）、合法建筑面积；没写分组的另成一组，"
        "总户数多于登记户数的差额作“未登记”一组，所以一个维度各组相加等于项目的总户数和已签约户；剩得多的在前",
        "Each project by block, by village and by team: households, signed, vacated, razed and handed over (all of the "
        "households of the group), lawful floor area; those without a group are one, and those declared and not "
        "registered are one, so that the groups of a dimension add up to the project; the most left come first",
    ),
    direction="higher",
    basis=(ONE_TERM, SIGNING_BY_HOUSEHOLD),
    reviewed_on=datetime.date(2026, 11, 29),
    small_cells=BREAKDOWN_CELLS,
    query="demolition.signing_breakdown",
    columns=(
        PROJECT,
        choice("dimension", "分组方式", "Grouped by", BREAKDOWNS),
        choice("group_name", "分组", "Group", GROUPS_WITHOUT_NAME),
        SIGNED,
        integer("group_households", "组内户数", "Households of the group", "household"),
        RATE,
        NOT_SIGNED,
        AREA_SIGNED,
        AREA,
        AREA_RATE,
        WITHOUT_AREA,
        integer("vacated", "已腾空", "Vacated", "household"),
        integer("razed", "已拆除", "Demolished", "household"),
        integer("delivered", "已交付", "Handed over", "household"),
        flag("is_unregistered", "未登记的户", "Not registered"),
    ),
    derived=(
        quotient("rate", "signed", "group_households"),
        difference("households_left", "group_households", "signed"),
        quotient("area_rate", "area_signed", "area"),
    ),
)

REWARD_COUNTDOWN = Metric(
    name="reward_countdown",
    label=Text("奖励期倒计时", "Countdown of rewards"),
    unit="household",
    formula=Text(
        "每个奖励期：离截止还有几天、期内签约且仍有效的户数；进行中的一期，截止还没签约的户将失去这一档奖励；"
        "只差一户的片区 = 片区里登记的户只剩一户没签",
        "Each reward period: days to its end, households that signed in it and are in force; of a running one, those "
        "not signed lose that reward at its end; blocks one household short = all registered in the block but one "
        "signed",
    ),
    direction="lower",
    basis=(
        own("奖励期截止前签约明显增多，该在截止前加派力量", "signings crowd before a reward ends: when to add staff"),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.reward_countdown",
    columns=(
        PROJECT,
        *of_ledger("incentive_period", "sequence"),
        choice("period_state", "期况", "State", PERIOD_STATES),
        *of_ledger("incentive_period", "starts_on", "ends_on"),
        DAYS_LEFT,
        integer("households_at_risk", "将失去奖励的户", "Would lose the reward", "household"),
        integer("blocks_one_short", "只差一户的片区", "Blocks one household short", "piece"),
        SIGNED,
        HOUSEHOLDS,
        *of_ledger("incentive_period", "reward_basis", "reward"),
    ),
)
