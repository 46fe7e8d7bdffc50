"""The ranking of villages and their assessment worked out again, household by household."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import rows_by, with_name

FEWEST = 5  # chosen by the house: households of a village that has a place
WEEK, ONE_DAY = pd.Timedelta(days=7), pd.Timedelta(days=1)
NOBODY = "未写村社"
FIGURES = ["position", "signed", "households", "rate", "planned_rate", "gap"]


def signed_on(ledgers: Ledgers, day: pd.Timestamp) -> set[str]:
    """Return the households that have an agreement on a day which was not withdrawn by it."""
    made = rows_by(ledgers["agreement"], "signed_on", day)
    return set(made.loc[~(made["withdrawn_on"] <= day), "household_id"])


def plans_on(ledgers: Ledgers, day: pd.Timestamp) -> dict[str, float]:
    """Return the plan to date of each project that has begun and was not complete before the year."""
    last_year = pd.Timestamp(day.year, 1, 1) - ONE_DAY
    before, homes, plans = signed_on(ledgers, last_year), ledgers["household"], {}
    for project in rows_by(ledgers["demolition_project"], "sign_start", day).to_dict("records"):
        codes = homes.loc[homes["project_id"] == project["project_id"], "household_id"]
        left = max(project["households_total"], len(codes)) - codes.isin(before).sum()
        days = (project["sign_end"] - project["sign_start"]).days
        if project["sign_end"] > last_year or left > 0:
            plans[project["project_id"]] = 100 * min(1, (day - project["sign_start"]).days / days) if days else 100
    return plans


def places(gaps: pd.Series[float]) -> list[int]:
    """Return the place of each gap: one more than there are greater ones, by a billionth."""
    return [1 + int((gaps > gap + 1e-9).sum()) for gap in gaps]


def ranked_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the villages of a day with their figures and places, and the households of none."""
    plans, signed = plans_on(ledgers, day), signed_on(ledgers, day)
    homes = ledgers["household"]
    homes = homes[homes["project_id"].isin(list(plans))]
    homes = homes.assign(
        village_id=homes["village_id"].fillna(""), signed=homes["household_id"].isin(signed).astype(int),
        planned_rate=homes["project_id"].map(plans).astype(float), households=1,
    )  # fmt: skip
    rows = homes.groupby("village_id", as_index=False).agg(
        {"signed": "sum", "households": "sum", "planned_rate": "mean", "project_id": "nunique"}
    )
    late = rows_by(ledgers["demolition_project"], "sign_end", day - ONE_DAY)["project_id"]
    left = homes[homes["project_id"].isin(late) & (homes["signed"] == 0)].groupby("village_id").size()
    rows["overdue_left"] = rows["village_id"].map(left).fillna(0)
    rows["rate"] = 100 * rows["signed"] / rows["households"]
    rows["gap"] = rows["rate"] - rows["planned_rate"]
    is_ranked = (rows["households"] >= FEWEST) & (rows["village_id"] != "")
    rows.loc[is_ranked, "position"] = places(rows.loc[is_ranked, "gap"])
    rows["ranking"] = is_ranked.map({True: "参加排名", False: "样本不足"}).where(rows["village_id"] != "", NOBODY)
    return rows.astype({"position": float} if "position" in rows else {}).rename(columns={"project_id": "projects"})


@recomputes("village_ranking", "village_id")
def village_ranking(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The ranking of a day, beside that published before it or that of a week before."""
    rows = ranked_on(ledgers, day)
    published = ledgers["published_ranking"]
    published = published[published["ranked_on"] < day]
    last = published["ranked_on"].max()
    former = ranked_on(ledgers, day - WEEK) if published.empty else published[published["ranked_on"] == last]
    former = former.set_index("village_id").reindex(rows["village_id"])[["position", "signed", "households"]]
    names = ledgers["village"].set_index("village_id")["name"]
    rows = rows.assign(
        village=rows["village_id"].map(names).fillna(NOBODY), households_left=rows["households"] - rows["signed"],
        former_position=former["position"].to_numpy(float), former_signed=former["signed"].to_numpy(float),
        former_households=former["households"].to_numpy(float),
        compared_on=day - WEEK if published.empty else last,
        compared_with="一周前" if published.empty else "已公布的排名",
    )  # fmt: skip
    rows["change"] = rows["former_position"] - rows["position"]
    return rows.assign(village_id=rows["village_id"].where(rows["village_id"] != "", None))


@recomputes("published_rankings", "ranked_on", "village_id")
def published_rankings(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """What was published beside what the ledgers of today give of the same day."""
    published = rows_by(ledgers["published_ranking"], "ranked_on", day)
    again = [ranked_on(ledgers, on).assign(ranked_on=on) for on in published["ranked_on"].unique()]
    if not again:
        return pd.DataFrame(columns=["ranked_on", "village_id"])
    now = pd.concat(again)
    now = now[now["village_id"] != ""][["ranked_on", "village_id", *FIGURES]]
    both = published[["ranked_on", "village_id", *FIGURES]].merge(
        now, how="outer", on=["ranked_on", "village_id"], suffixes=("", "_now")
    )
    same = (both["signed"] == both["signed_now"]) & (both["households"] == both["households_now"])
    same &= (both["position"] == both["position_now"]) | (both["position"].isna() & both["position_now"].isna())
    same &= (both["planned_rate"] - both["planned_rate_now"]).abs() < 0.051
    return with_name(ledgers, both.assign(is_different=~same), "village")


@recomputes("village_awards", "year", "village_id")
def village_awards(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The score by weight, the weights added up and the marks of each village and year."""
    rows = []
    issued = rows_by(ledgers["village_assessment"], "issued_on", day)
    for (year, village), own in issued.groupby(["year", "village_id"]):
        both = own.dropna(subset=["score", "weight"])
        total, scored = own["weight"].sum(min_count=1), both["weight"].sum()
        score = (both["weight"] * both["score"]).sum() / scored if scored else None
        lacking = int((own["score"].isna() != own["weight"].isna()).sum())
        is_whole = float("nan") if pd.isna(total) else float(abs(total - 100) < 0.005)
        marks = [int((own["award"] == award).sum()) for award in ("嘉奖", "通报批评")]
        rows.append(
            (
                year,
                village,
                score,
                int(own["score"].notna().sum()),
                total,
                is_whole,
                lacking,
                *marks,
                own["issued_on"].max(),
            )
        )
    names = "year village_id score scored weight_total is_weight_whole incomplete commended criticised issued_on"
    return with_name(ledgers, pd.DataFrame(rows, columns=names.split()), "village")
