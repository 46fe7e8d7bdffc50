"""The indicators of 宣: households reached, how often what was done, minds made up before the first visit, awards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from analytics.indicators import Counts, Indicator, indicator_counts, indicator_table
from analytics.metrics.model import ComputeDependency
from data.standards.thresholds import thresholds
from data.text import Text

_TIMES = "今年 {numerator} 次，共 {denominator} "
KINDS = {  # the kinds of activities in the order of their parts
    "下发文件": ("下发文件次数", Text(_TIMES + "份", "{numerator} this year; copies: {denominator}")),
    "横幅": ("横幅次数", Text(_TIMES + "条", "{numerator} this year; banners: {denominator}")),
    "宣传册": ("宣传册次数", Text(_TIMES + "份", "{numerator} this year; copies: {denominator}")),
    "座谈会": ("座谈会次数", Text(_TIMES + "场", "{numerator} this year; sessions: {denominator}")),
    "微信": ("微信次数", Text(_TIMES + "条", "{numerator} this year; posts: {denominator}")),
    "其他": ("其他宣传次数", Text(_TIMES + "件", "{numerator} this year; items: {denominator}")),
}
INDICATORS = (
    Indicator(
        "X1",
        1,
        "入户宣传覆盖率",
        "%",
        "share",
        Text("宣传册或座谈会覆盖 {numerator} / {denominator} 户", "{numerator} of {denominator} households"),
        "publicity_reach",
        False,
    ),
    *(
        Indicator("X2", part, name, "次", "sum", said, "publicity_mix")
        for part, (name, said) in enumerate(KINDS.values(), 1)
    ),
    Indicator(
        "X3",
        1,
        "首访知晓率",
        "%",
        "share",
        Text("首访已有态度 {numerator} / {denominator} 户", "{numerator} of {denominator} households visited"),
        "first_visit_attitudes",
        False,
    ),
    Indicator(
        "X4",
        1,
        "嘉奖村社",
        "个村社",
        "sum",
        Text("最近公布的年度考核了 {denominator} 个村社", "of {denominator} in the newest assessment"),
        "village_awards",
        False,
    ),
    Indicator(
        "X4",
        2,
        "通报批评村社",
        "个村社",
        "sum",
        Text("最近公布的年度考核了 {denominator} 个村社", "of {denominator} in the newest assessment"),
        "village_awards",
        False,
    ),
)


def publicity_indicators(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the indicators of 宣 in their order; `rows` are those of publicity_reach."""
    mix, visits, awards = (
        compute_dependency(name).rows for name in ("publicity_mix", "first_visit_attitudes", "village_awards")
    )
    counted = [_reach_counts(rows), *_mix_counts(mix), _first_visit_counts(visits), *_award_counts(awards)]
    return indicator_table(INDICATORS, counted, as_of, int(thresholds(as_of)["step_cases"]), "step")


def _newest_known(rows: pd.DataFrame, day: str = "newest") -> Counts:
    """Return the newest day of rows, and whether there is one: without any nothing is on record."""
    newest = rows[day].max() if len(rows) else None
    return {"newest": None if pd.isna(newest) else newest, "is_known": not pd.isna(newest)}


def _reach_counts(reach: pd.DataFrame) -> Counts:
    """Return the households reached in the projects where they are known, the others counted as not known."""
    known = reach[reach["reached"].notna()]
    sums = known[["reached", "households"]].sum()
    unknown = len(reach) - len(known)
    return indicator_counts("X1", 1, sums["reached"], sums["households"], missing=unknown) | _newest_known(reach)


def _mix_counts(mix: pd.DataFrame) -> Iterator[Counts]:
    """Yield how often each kind was used this year; kinds that were not are 0 once any is on record."""
    found, of_all = mix.set_index("kind"), _newest_known(mix)
    for part, kind in enumerate(KINDS, 1):
        row = found.loc[kind]
        yield indicator_counts("X2", part, row["activities"], row["quantity"], missing=row["uncounted"]) | of_all


def _first_visit_counts(visits: pd.DataFrame) -> Counts:
    sums = visits[["informed", "uninformed", "attitude_missing"]].sum()
    asked = sums["informed"] + sums["uninformed"]
    return indicator_counts("X3", 1, sums["informed"], asked, missing=sums["attitude_missing"]) | _newest_known(visits)


def _award_counts(awards: pd.DataFrame) -> Iterator[Counts]:
    """Yield the villages commended and criticised in the newest year, of those assessed in it."""
    newest = awards[awards["year"] == awards["year"].max()]
    for part, award in enumerate(("commended", "criticised"), 1):
        villages = int((newest[award] > 0).sum())
        yield indicator_counts("X4", part, villages, len(newest)) | _newest_known(newest, "issued_on")
