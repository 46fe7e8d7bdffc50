"""疏 worked out again: households one by one, days one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by

STEPS = ("待摸底", "已摸底", "已评估", "已签约", "已审核", "已腾空", "已拆除", "已交付")
SIDES = ("退回", "补偿决定", "复议诉讼", "申请强制执行", "终止")
HALVES = {"上午": 1, "下午": 2, "晚上": 3}
FEWEST, LONG, WINDOW, AFTER = 5, 7, 28, 14  # chosen by the house: cases, days, days of four weeks, days
# 信访条例 2005, 信访工作条例 2022: written notice, closing, longest extension; the same days in both
NOTICE, FINISH, EXTENSION = 15, 60, 30
ONE_DAY = pd.Timedelta(days=1)
Spans = dict[str, list[tuple[pd.Timestamp, Any]]]
Row = dict[str, Any]


def agreement_spans(ledgers: Ledgers) -> Spans:
    """Return the days from and until which each household had agreements."""
    rows = ledgers["agreement"]
    ended = rows["withdrawn_on"] if "withdrawn_on" in rows else pd.Series(pd.NaT, rows.index)
    spans: Spans = {}
    for code, signed, withdrawn in zip(rows["household_id"], rows["signed_on"], ended, strict=True):
        spans.setdefault(code, []).append((signed, withdrawn))
    return spans


def is_signed(spans: Spans, code: str, day: pd.Timestamp) -> bool:
    return any(begun <= day and (pd.isna(ended) or ended > day) for begun, ended in spans.get(code, []))


def was_signed_before(spans: Spans, code: str, day: pd.Timestamp) -> bool:
    """Tell whether a household had an agreement when a day began, and on that day."""
    return any(begun < day and (pd.isna(ended) or ended > day) for begun, ended in spans.get(code, []))


def reached_step(events: pd.DataFrame) -> tuple[str | None, str | None]:
    """Return the step at which a household stands and the state beside the way; `events` are its own by the day."""
    steps, sides = events[events["status"].isin(STEPS)], events[events["status"].isin(SIDES)]
    returned = events.loc[events["status"] == "退回", "on_date"].max()
    places = [
        STEPS.index(status) if pd.isna(returned) or on > returned else min(STEPS.index(status), STEPS.index("已评估"))
        for status, on in zip(steps["status"], steps["on_date"], strict=True)
    ]
    newest = sorted((on, SIDES.index(state)) for on, state in zip(sides["on_date"], sides["status"], strict=True))
    is_beside = newest and (steps.empty or newest[-1][0] >= steps["on_date"].max())
    return STEPS[max(places)] if places else None, SIDES[newest[-1][1]] if is_beside else None


def visits_in_order(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the visits by the day, the oldest first, of one day in the order of its halves."""
    rows = rows_by(ledgers["visit"], "visited_on", day)
    return rows.assign(at=rows["half"].map(HALVES).fillna(0)).sort_values(["visited_on", "at", "visit_id"])


def begun_projects(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    return rows_by(ledgers["demolition_project"], "sign_start", day).set_index("project_id")


def difficulties_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the difficulties raised by the day as they stand then, with their projects."""
    rows = rows_by(ledgers["household_difficulty"], "raised_on", day).copy()
    is_closed = rows["closed_on"] <= day
    rows["closed_on"], rows["outcome"] = rows["closed_on"].where(is_closed), rows["outcome"].where(is_closed)
    rows["project_id"] = rows["household_id"].map(ledgers["household"].set_index("household_id")["project_id"])
    rows["project"] = rows["project_id"].map(ledgers["demolition_project"].set_index("project_id")["name"])
    return rows.assign(is_closed=is_closed, is_overdue=(rows["due_on"] < day) & ~is_closed)


def open_of_household(own: pd.DataFrame, day: pd.Timestamp) -> Row:
    """Return what is open of one household: kinds, the earliest promise in front, and since when."""
    if own.empty:
        return {"open_reasons": None, "open_difficulties": 0, "difficulty_since": pd.NaT, "promised_on": pd.NaT,
                "days_overdue": None}  # fmt: skip
    kinds = own.groupby("difficulty_reason").agg(due=("due_on", "min"), since=("raised_on", "min")).reset_index()
    kinds = kinds.sort_values(["due", "since", "difficulty_reason"], na_position="last")
    due = own["due_on"].min()
    return {
        "open_reasons": ",".join(kinds["difficulty_reason"]) or None, "open_difficulties": len(own),
        "difficulty_since": own["raised_on"].min(), "promised_on": due,
        "days_overdue": (day - due).days if pd.notna(due) and due < day else None,
    }  # fmt: skip


def last_visit_of(own: pd.DataFrame, start: pd.Timestamp, day: pd.Timestamp) -> Row:
    """Return the newest visit of one household and the days since, at the earliest since signing began."""
    last = own.iloc[-1].to_dict() if len(own) else {}
    visited = last.get("visited_on", pd.NaT)
    days = (day - (start if pd.isna(visited) else max(start, visited))).days
    next_on = last.get("next_on", pd.NaT)
    missed = pd.notna(next_on) and visited < next_on < day
    return {
        "last_visited_on": visited, "visit_kind": last.get("kind"), "attitude": last.get("attitude"),
        "visits": len(own), "is_never_visited": own.empty, "days_unvisited": days, "is_unvisited": days > LONG,
        "next_step": last.get("next_step"), "next_on": next_on, "is_missed": missed,
        "visit_team": last.get("team_id"),
    }  # fmt: skip


def grouped(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(code): own for code, own in rows.groupby("household_id")}


@recomputes("unsigned_households", "household_id")
def unsigned_households(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Go through the households without an agreement, of projects whose signing has begun."""
    projects, spans = begun_projects(ledgers, day), agreement_spans(ledgers)
    difficulties = difficulties_on(ledgers, day)
    waiting, visits = grouped(difficulties[~difficulties["is_closed"]]), grouped(visits_in_order(ledgers, day))
    events = grouped(rows_by(ledgers["status_event"], "on_date", day))
    teams = ledgers["demolition_team"].set_index("team_id")["name"]
    rows = []
    for household in ledgers["household"].to_dict("records"):
        code = household["household_id"]
        if household["project_id"] not in projects.index or is_signed(spans, code, day):
            continue
        project = projects.loc[household["project_id"]]
        step, side = reached_step(events.get(code, ledgers["status_event"].head(0)))
        seen = last_visit_of(visits.get(code, ledgers["visit"].head(0)), project["sign_start"], day)
        team = seen.pop("visit_team") if pd.isna(household["team_id"]) else household["team_id"]
        rows.append({
            "household_id": code, "project": project["name"], "status": step, "side_state": side,
            **open_of_household(waiting.get(code, difficulties.head(0)), day),
            **{name: value for name, value in seen.items() if name != "visit_team"},
            "team": teams.get(team), "days_left": (project["sign_end"] - day).days,
            "is_late": project["sign_end"] < day,
        })  # fmt: skip
    table = pd.DataFrame(rows)
    dates = ["difficulty_since", "promised_on", "last_visited_on", "next_on"]
    return table.astype({"days_overdue": float} | dict.fromkeys(dates, "datetime64[ns]"))


def half_closed_within(days: pd.Series, is_closed: pd.Series) -> float:
    """Return the days in which half were closed, by the product limit; nothing of fewer than five."""
    if is_closed.sum() < FEWEST:
        return np.nan
    left = Fraction(1)
    for end in sorted(days[is_closed].unique()):
        at_risk = int((days >= end).sum())
        left *= Fraction(at_risk - int((days[is_closed] == end).sum()), at_risk)
        if left <= Fraction(1, 2):
            return float(end)
    return np.nan


def signed_after(spans: Spans, row: pd.Series, day: pd.Timestamp) -> tuple[bool, bool]:
    """Tell whether a difficulty was solved long enough ago for one not signed then, and whether it signed after."""
    closed = row["closed_on"]
    if row["outcome"] != "已解决" or closed + AFTER * ONE_DAY > day:
        return False, False
    code = row["household_id"]
    if was_signed_before(spans, code, closed):
        return False, False
    signed = [begun for begun, _ in spans.get(code, []) if closed <= begun <= closed + AFTER * ONE_DAY]
    return True, bool(signed)


@recomputes("difficulties", "project_id", "is_total", "difficulty_reason")
def difficulties(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count what became of difficulties: of all, by kind, by project, by both."""
    rows, spans = difficulties_on(ledgers, day), agreement_spans(ledgers)
    if rows.empty:
        return pd.DataFrame(columns=["project_id", "is_total", "difficulty_reason"])
    told = [signed_after(spans, row, day) for _, row in rows.iterrows()]
    rows["followed"], rows["signed_after"] = [first for first, _ in told], [second for _, second in told]
    rows["days"] = (rows["closed_on"].fillna(day) - rows["raised_on"]).dt.days
    rows = rows.assign(raised=1, closed=rows["is_closed"], open=~rows["is_closed"], overdue=rows["is_overdue"])
    outcomes = {"solved": "已解决", "explained": "已解释", "unsolvable": "不能解决"}
    rows = rows.assign(**{name: rows["outcome"] == word for name, word in outcomes.items()})
    copies = [
        rows.assign(**({} if by_project else {"project_id": None, "project": None}),
                    **({} if by_kind else {"difficulty_reason": None}), is_total=not by_kind)
        for by_project in (False, True) for by_kind in (False, True)
    ]  # fmt: skip
    words = {"project_id": object, "project": object, "difficulty_reason": object}
    told_rows = pd.concat([copy.astype(words) for copy in copies])
    by = ["project_id", "project", "is_total", "difficulty_reason"]
    names = ["raised", "closed", "open", "overdue", *outcomes, "followed", "signed_after"]
    groups = told_rows.groupby(by, dropna=False)
    found = groups[names].sum()
    found["median_days"] = groups[["days", "is_closed"]].apply(lambda g: half_closed_within(g["days"], g["is_closed"]))
    found = found.reset_index()
    shares = {"closed_rate": ("closed", "raised"), "difficulty_solved_rate": ("solved", "closed"),
              "signed_after_rate": ("signed_after", "followed")}  # fmt: skip
    for name, (part, whole) in shares.items():
        found[name] = percent(found[part], found[whole].where(found[whole] >= FEWEST))
    return found


@recomputes("visit_intensity", "is_total", "project_id")
def visit_intensity(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count visits, and go through the days of the window household by household."""
    projects, spans = begun_projects(ledgers, day), agreement_spans(ledgers)
    unsigned = unsigned_households(ledgers, day)
    visits = rows_by(ledgers["visit"], "visited_on", day)
    rows = []
    for code, project in projects.iterrows():
        households = ledgers["household"].loc[ledgers["household"]["project_id"] == code, "household_id"]
        first = max(project["sign_start"], day - (WINDOW - 1) * ONE_DAY)
        days = [(household, on) for household in households for on in pd.date_range(first, day)]
        recent = visits[visits["household_id"].isin(households) & (visits["visited_on"] >= first)]
        calls = zip(recent["household_id"], recent["visited_on"], strict=True)
        own = unsigned[unsigned["household_id"].isin(households)]
        rows.append({
            "project_id": code, "project": project["name"], "is_total": False,
            "recent_visits": sum(not was_signed_before(spans, household, on) for household, on in calls),
            "household_weeks": sum(not is_signed(spans, household, on) for household, on in days) / 7,
            "unsigned": len(own), "unvisited": own["is_unvisited"].sum(),
            "never_visited": own["is_never_visited"].sum(), "period_from": first, "period_to": day,
            "days_left": (project["sign_end"] - day).days,
        })  # fmt: skip
    if not rows:
        return pd.DataFrame(columns=["project_id", "is_total"])
    table = pd.DataFrame(rows)
    counts = table[["recent_visits", "household_weeks", "unsigned", "unvisited", "never_visited"]].sum()
    whole = {**counts, "is_total": True, "period_from": table["period_from"].min(), "period_to": day}
    table = pd.concat([table, pd.DataFrame([whole])])
    enough = table["household_weeks"].where(table["household_weeks"] >= FEWEST)
    return table.assign(visits_per_week=table["recent_visits"] / enough)


@recomputes("attitude_changes", "project_id", "is_total", "first_attitude", "newest_attitude")
def attitude_changes(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Follow the attitude of every household with two visits or more that tell it."""
    visits = visits_in_order(ledgers, day)
    own_project = ledgers["household"].set_index("household_id")["project_id"]
    ends = [
        (own_project[code], own["attitude"].iloc[0], own["attitude"].iloc[-1])
        for code, own in visits[visits["attitude"].notna()].groupby("household_id")
        if len(own) > 1
    ]
    rows = pd.DataFrame(ends, columns=["project_id", "first_attitude", "newest_attitude"])
    rows = pd.concat([rows.assign(project_id=None, is_total=True), rows.assign(is_total=False)])
    rows = rows.astype({"project_id": object})
    by = ["project_id", "is_total", "first_attitude", "newest_attitude"]
    found = rows.groupby(by, dropna=False).size().rename("households").reset_index()
    compared = rows.groupby(["project_id", "is_total"], dropna=False).size().rename("compared").reset_index()
    found = found.merge(compared, on=["project_id", "is_total"])
    names = ledgers["demolition_project"].set_index("project_id")["name"]
    is_changed = found["first_attitude"] != found["newest_attitude"]
    return found.assign(project=found["project_id"].map(names), is_changed=is_changed)


def petitions_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the petitions received by the day with their clocks as they stand then."""
    rows = rows_by(ledgers["petition"], "received_on", day).copy()
    for name in ("notified_on", "closed_on"):
        rows[name] = rows[name].where(rows[name] <= day)
    extended = rows["extended_days"].astype(float).fillna(0).clip(upper=EXTENSION)
    rows["notice_due_on"] = rows["received_on"] + NOTICE * ONE_DAY
    rows["due_on"] = rows["received_on"] + pd.to_timedelta(FINISH + extended, unit="D")
    rows["is_closed"] = rows["closed_on"].notna()
    rows["is_repeat"] = rows["is_repeat"].map(lambda said: said is True or said == True).astype(bool)  # noqa: E712
    return rows.assign(is_overdue=~rows["is_closed"] & (rows["due_on"] < day))


@recomputes("petition_list", "petition_id")
def petition_list(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List the petitions with their clocks."""
    rows = petitions_on(ledgers, day)
    ends = rows["closed_on"].fillna(day)
    late = (ends - rows["due_on"]).dt.days.astype(float)
    state = np.where(rows["is_closed"], "已办结", np.where(rows["is_overdue"], "逾期未办结", "未办结"))
    shown = ["petition_id", "petition_class", "notice_due_on", "notified_on", "due_on", "closed_on", "is_closed",
             "is_overdue", "is_repeat"]  # fmt: skip
    return rows[shown].assign(
        petition_state=state, days_open=(ends - rows["received_on"]).dt.days, days_overdue=late.where(late > 0),
        days_allowed=(rows["due_on"] - rows["received_on"]).dt.days,
    )  # fmt: skip


@recomputes("petitions", "is_total", "petition_class")
def petitions(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count what became of petitions, of all classes and of each."""
    rows = petitions_on(ledgers, day)
    rows = pd.concat([rows.assign(petition_class=None, is_total=True), rows.assign(is_total=False)])
    rows = rows.astype({"petition_class": object})
    notice_due, due, is_high = rows["notice_due_on"] < day, rows["due_on"] < day, rows["risk"] == "高"
    counts = rows.assign(
        received=1, notice_due=notice_due, notified_in_time=notice_due & (rows["notified_on"] <= rows["notice_due_on"]),
        due=due, closed_in_time=due & (rows["closed_on"] <= rows["due_on"]), closed=rows["is_closed"],
        open=~rows["is_closed"], overdue=rows["is_overdue"], repeats=rows["is_repeat"], high_risk=is_high,
        high_risk_open=is_high & ~rows["is_closed"],
    )  # fmt: skip
    names = ["received", "notice_due", "notified_in_time", "due", "closed_in_time", "closed", "open", "overdue",
             "repeats", "high_risk", "high_risk_open"]  # fmt: skip
    found = counts.groupby(["is_total", "petition_class"], dropna=False)[names].sum().reset_index()
    shares = {"notice_rate": ("notified_in_time", "notice_due"), "rate": ("closed_in_time", "due"),
              "repeat_share": ("repeats", "received")}  # fmt: skip
    for name, (part, whole) in shares.items():
        found[name] = percent(found[part], found[whole].where(found[whole] >= FEWEST))
    return found


def whole_of(rows: pd.DataFrame) -> Row:
    """Return the row of everything; without one, nothing is known."""
    whole = rows[rows["is_total"].astype(bool) & (rows["project_id"].isna() if "project_id" in rows else True)]
    return whole.iloc[0].to_dict() if len(whole) else {}


@recomputes("persuasion_indicators", "code", "part")
def persuasion_indicators(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Work out the indicators of 疏 from the counts above."""
    raised, seen, received = (whole_of(each(ledgers, day)) for each in (difficulties, visit_intensity, petitions))
    has_visits = len(rows_by(ledgers["visit"], "visited_on", day)) > 0
    changes = attitude_changes(ledgers, day)
    first = changes[changes["is_total"] & changes["first_attitude"].isin(["反对", "观望"])]
    won = first.loc[first["newest_attitude"] == "支持", "households"].sum()
    seen = seen if has_visits else {}
    turned = {"won": won, "first": first["households"].sum()} if len(changes) and has_visits else {}
    told = [
        ("D1", "1", "share", raised.get("solved"), raised.get("closed"), None),
        ("D1", "2", "given", raised.get("closed"), raised.get("raised"), raised.get("median_days")),
        ("D2", "1", "given", seen.get("recent_visits"), seen.get("household_weeks"), seen.get("visits_per_week")),
        ("D2", "2", "sum", seen.get("unvisited"), seen.get("unsigned"), None),
        ("D3", "1", "share", turned.get("won"), turned.get("first"), None),
        ("D4", "1", "share", received.get("closed_in_time"), received.get("due"), None),
        ("D4", "2", "share", received.get("repeats"), received.get("received"), None),
        ("D4", "3", "sum", received.get("high_risk_open"), received.get("high_risk"), None),
    ]
    table = pd.DataFrame(told, columns=["code", "part", "kind", "numerator", "denominator", "given"])
    numbers = table.astype(dict.fromkeys(["numerator", "denominator", "given"], float))
    share = percent(numbers["numerator"], numbers["denominator"].where(numbers["denominator"] >= FEWEST))
    value = share.where(table["kind"] == "share", numbers["given"]).mask(table["kind"] == "sum", numbers["numerator"])
    return numbers[["code", "part", "numerator", "denominator"]].assign(indicator_value=value)
