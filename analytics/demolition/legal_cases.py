"""Which steps a rule of the law is about: from which day its clock runs, and when what it asks for was done."""

from __future__ import annotations

import pandas as pd

from data.legal_rules import LegalRule

PROJECT_COLUMNS = ["project_id", "project", "kind", "owner", "sign_end", "households"]
CASE_COLUMNS = [
    *PROJECT_COLUMNS,
    *("household_id", "has_agreement", "suit_on", "from_on", "done_on", "planned_on", "began_on", "step_id"),
    "document_number",
]


def rule_cases(steps: pd.DataFrame, rule: LegalRule) -> pd.DataFrame:
    """Return what a rule has to judge, a row each: the columns CASE_COLUMNS.

    `from_on` is the day from which it counts, `done_on` that on which its step was done; `planned_on` is the planned
    day of what the step must come before, `began_on` that on which the step was begun.
    """
    steps = steps[steps["kind"].isin(rule.kinds) & (steps["households"] >= rule.households_from)]
    own = steps[steps["step"] == rule.step]
    if not rule.from_step:
        return _own_cases(own, rule)
    former = steps[steps["step"] == rule.from_step]
    if rule.comparator in ("before", "required"):
        return _anchored_cases(former, own, rule)
    return _paired_cases(former, own)


def _own_cases(own: pd.DataFrame, rule: LegalRule) -> pd.DataFrame:
    """Return the steps that a rule judges by themselves: from their beginning, or on the day they are done."""
    is_day = rule.comparator == "not_on_holiday"
    began = own["started_on"]
    cases = own.assign(from_on=own["done_on"] if is_day else began, began_on=began, planned_on=pd.NaT)
    return cases.loc[cases["done_on"].notna() | (began.notna() & (not is_day)), CASE_COLUMNS]


def _numbered(steps: pd.DataFrame) -> pd.DataFrame:
    """Number the steps of one project and household in the order of their days, as the query has them."""
    return steps.assign(place=steps.groupby(["project_id", "household_id"], dropna=False).cumcount())


def _paired_cases(former: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return the first of one step with the first of the other, the second with the second; either may lack.

    What was not done by the day starts no clock and is judged by none.
    """
    keys = [*PROJECT_COLUMNS, "household_id", "has_agreement", "suit_on", "place"]
    happened = ["done_on", "started_on"]
    ends = _numbered(own[own[happened].notna().any(axis=1)])[
        [*keys, "done_on", "started_on", "step_id", "document_number"]
    ]
    begins = _numbered(former[former[happened].notna().any(axis=1)])[[*keys, "done_on"]].rename(
        columns={"done_on": "from_on"}
    )
    pairs = begins.merge(ends, on=keys, how="outer").rename(columns={"started_on": "began_on"})
    pairs = pairs[pairs["from_on"].notna() | pairs["done_on"].notna()]
    return pairs.assign(planned_on=pd.NaT)[CASE_COLUMNS]


def _anchored_cases(anchors: pd.DataFrame, own: pd.DataFrame, rule: LegalRule) -> pd.DataFrame:
    """Return each step that another must come before or go with, and the first day on which that one was done.

    What is only planned is judged too where the other must come before it.
    """
    is_judged = anchors["done_on"].notna() | (anchors["planned_on"].notna() & (rule.comparator == "before"))
    anchors = anchors[is_judged].drop(columns=["step_id", "document_number", "started_on"])
    anchors = anchors.rename(columns={"done_on": "from_on"})
    anchors = anchors.assign(case=range(len(anchors)))
    columns = ["project_id", "household_id", "done_on", "started_on", "step_id", "document_number"]
    order = ["done_on", "started_on", "step_id"]
    first = own.sort_values(order).drop_duplicates(["project_id", "household_id"])[columns]
    of_all = first[first["household_id"].isna()].drop(columns="household_id")
    of_one = first[first["household_id"].notna()]
    found = pd.concat(
        [
            anchors.merge(of_all, on="project_id", how="left"),
            anchors.merge(of_one, on=["project_id", "household_id"], how="left"),
        ]
    ).sort_values(["case", *order])
    return found.drop_duplicates("case").rename(columns={"started_on": "began_on"})[CASE_COLUMNS]
