"""The ranking of villages by gap to their own plan, what is published of it, and the assessment of a year."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from analytics.metrics import METRICS, compute_metric
from data.datasets import DATASETS
from data.ingest import loader
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.recomputed.awkward import awkward_ledgers
from tests.recomputed.exported import exported_ledgers
from tests.recomputed.villages import ranked_on
from tests.stores import fill_store
from tests.upload_helpers import WHO, check_content, load_content, loaded_batch
from ui.demolition import ranking_draft, village_detail

DAY = "2014-03-12"  # 10 of the 20 days of project A, 20 of the 40 of project B
REAL_VILLAGES = ("胡家村", "灵山村")
PROJECTS = """项目编码,项目名称,征迁类别,总户数,签约开始,签约截止
A,甲,拆违,50,2014-03-02,2014-03-22
B,乙,三改,20,2014-02-20,2014-04-01
LATE,丙,三改,2,2013-10-01,2013-12-31
DONE,丁,三改,5,2013-10-01,2013-12-31
NEXT,戊,三改,6,2014-05-01,2014-06-30"""
# village: households of each project, how many of them signed on the days below
HOMES = {
    ("V1", "A"): (6, 5), ("V2", "A"): (5, 2), ("V2", "B"): (5, 4), ("V3", "B"): (4, 4), ("V4", "A"): (5, 3),
    ("", "A"): (3, 1), ("V5", "DONE"): (5, 5), ("V6", "NEXT"): (6, 0), ("V7", "LATE"): (2, 1), ("V7", "A"): (8, 5),
}  # fmt: skip
SIGNED_ON = {"A": "2014-03-10", "B": "2014-03-01", "LATE": "2013-12-01", "DONE": "2013-12-30"}
RANKING = "排名日期,所在村社,名次,已签约户,总户数,签约率,序时进度,与序时差\n"


def home_codes() -> list[tuple[str, str, str, bool]]:
    """Return the households: code, project, village, whether it signed."""
    return [
        (f"{project}{village or 'V0'}{n}", project, village, n < signed)
        for (village, project), (count, signed) in HOMES.items()
        for n in range(count)
    ]


def load_villages(store: Store) -> None:
    villages = "".join(f"V{n},{n}号村\n" for n in range(1, 8))
    load_without_errors(store, "village", "村社编码,村社名称\n" + villages)
    load_without_errors(store, "demolition_project", PROJECTS)
    homes = "".join(f"{code},{project},{village}\n" for code, project, village, _ in home_codes())
    load_without_errors(store, "household", "户编号,项目,所在村社\n" + homes)
    signed = "".join(f"{code},{SIGNED_ON[p]},货币补偿\n" for code, p, _, has_signed in home_codes() if has_signed)
    load_without_errors(store, "agreement", "户编号,签约日期,补偿方式\n" + signed)


def ranking_on(store: Store, day: str = DAY) -> pd.DataFrame:
    return metric_result(store, "village_ranking", day).rows.set_index("village")


def test_villages_are_ranked_by_the_gap_to_their_own_plan(store):
    """5 of 6 is 33.3 points ahead of half; 3 of 5, and 6 of 10 in two projects, share the second place."""
    load_villages(store)
    rows = ranking_on(store)
    assert rows["position"].dropna().to_dict() == {"1号村": 1, "2号村": 2, "4号村": 2, "7号村": 4}
    assert rows.loc["1号村", ["signed", "households", "planned_rate"]].tolist() == [5, 6, 50]
    assert rows.loc["2号村", ["signed", "households", "projects", "gap"]].tolist() == [6, 10, 2, pytest.approx(10)]
    assert rows.loc["7号村", "planned_rate"] == pytest.approx((2 * 100 + 8 * 50) / 10)
    assert rows.loc["7号村", ["gap", "overdue_left"]].tolist() == [pytest.approx(0), 1]


def test_four_households_have_no_place_and_five_have_one(store):
    """The village of four is listed with its counts and says 样本不足, though all of them signed."""
    load_villages(store)
    few = ranking_on(store).loc["3号村"]
    assert few["ranking"] == "样本不足"
    assert pd.isna(few["position"])
    assert few[["signed", "households"]].tolist() == [4, 4]
    assert ranking_on(store).loc["4号村", ["households", "position"]].tolist() == [5, 2]


def test_households_of_no_village_stand_beside(store):
    """Three households name no village: one row without a place and without a code, after all villages."""
    load_villages(store)
    last = metric_result(store, "village_ranking", DAY).rows.iloc[-1]
    assert last[["village", "ranking", "signed", "households"]].tolist() == ["未写村社", "未写村社", 1, 3]
    assert pd.isna(last["position"])
    assert pd.isna(last["village_id"])


def test_what_was_complete_last_year_or_has_not_begun_is_not_ranked(store):
    """The village that signed out on 2013-12-30 is in the ranking of that year and not of the next."""
    load_villages(store)
    assert not {"5号村", "6号村"} & set(ranking_on(store).index)
    assert ranking_on(store, "2013-12-31").loc["5号村", "position"] == 1
    assert "6号村" in ranking_on(store, "2014-05-02").index


def test_the_denominator_is_registered_codes_not_the_declared_total(store):
    """Project A declared 50 and registered 27: the villages share the 27, for nobody knows whose the others are."""
    load_villages(store)
    rows = metric_rows(store, "village_ranking", DAY)
    counted = [1 for _, project, _, _ in home_codes() if project not in ("DONE", "NEXT")]
    assert sum(row["households"] for row in rows) == len(counted)


def test_an_agreement_withdrawn_by_the_day_does_not_count(store):
    """The household that takes its agreement back on the day itself has not signed on it, and had the day before."""
    load_villages(store)
    load_without_errors(store, "agreement", "户编号,签约日期,撤销日期,补偿方式\nAV10,2014-03-10,2014-03-12,货币补偿")
    assert ranking_on(store).loc["1号村", "signed"] == 4
    assert ranking_on(store, "2014-03-11").loc["1号村", "signed"] == 5


def test_a_village_that_had_no_place_a_week_before_is_new(store):
    """Without a published ranking places are held against a week before, on which A had its first days."""
    load_villages(store)
    rows = ranking_on(store)
    assert set(rows["compared_with"]) == {"一周前"}
    assert set(rows["compared_on"]) == {pd.Timestamp("2014-03-05")}
    before = ranking_on(store, "2014-03-05")["position"]
    for village in ("1号村", "2号村", "4号村"):
        assert rows.loc[village, "change"] == before[village] - rows.loc[village, "position"]
    assert pd.isna(ranking_on(store, "2014-03-07").loc["1号村", "former_position"])


def test_places_are_held_against_the_last_ranking_published_before(store):
    """A ranking of the day itself is not what it is compared with; that of the days before is, as it was published."""
    load_villages(store)
    lines = "2014-03-05,V2,1,4,10,40,33.5,6.5\n2014-03-05,V1,2,0,6,0,15,-15\n"
    load_without_errors(store, "published_ranking", RANKING + lines)
    load_without_errors(store, "published_ranking", RANKING + "2014-03-12,V1,1,5,6,83.3,50,33.3")
    rows = ranking_on(store)
    assert set(rows["compared_with"]) == {"已公布的排名"}
    assert rows.loc["1号村", ["change", "former_position", "former_signed", "former_households"]].tolist() == [
        1,
        2,
        0,
        6,
    ]
    assert rows.loc["2号村", "change"] == -1
    assert pd.isna(rows.loc["4号村", "change"])


@pytest.mark.parametrize("name", ["sample_store", "awkward"])
@pytest.mark.parametrize("day", ["2013-12-31", "2014-01-15", "2014-04-30", "2014-06-30"])
def test_villages_and_projects_count_the_same_households(request, store, name, day):
    """To have signed is one thing: the villages and those of no village add up to the projects that count."""
    if name == "awkward":
        fill_store(store, awkward_ledgers())
    source = store if name == "awkward" else request.getfixturevalue(name)
    villages, projects = (metric_result(source, metric, day).rows for metric in ("village_ranking", "signing_rate"))
    new_year = datetime.date.fromisoformat(day).replace(month=1, day=1)
    before = metric_result(source, "signing_rate", str(new_year - datetime.timedelta(1))).rows.set_index("project_id")
    left = projects["project_id"].map(before["households_left"])
    counted = projects[(projects["sign_end"] >= pd.Timestamp(new_year)) | left.gt(0)]
    assert villages["signed"].sum() == counted["signed"].sum()


def published_ranking(store: Store, day: str) -> str:
    """Return the ranking of a day as the page would publish it."""
    result = metric_result(store, "village_ranking", day)
    return ranking_draft.ranking_csv(result, "zh").decode("utf-8-sig")


def test_what_is_published_stays_when_the_ledgers_are_corrected(store):
    """Six agreements are found wrong: the published row keeps 5 / 6, and what it would be now is told beside it."""
    load_villages(store)
    load_without_errors(store, "published_ranking", published_ranking(store, DAY))
    assert not any(row["is_different"] for row in metric_rows(store, "published_rankings", DAY))
    load_without_errors(store, "agreement", "户编号,签约日期,撤销日期,补偿方式\nAV10,2014-03-10,2014-03-11,货币补偿\n")
    rows = metric_result(store, "published_rankings", DAY).rows
    [changed] = rows[rows["village_id"] == "V1"].to_dict("records")
    assert changed["is_different"]
    assert [changed[name] for name in ("signed", "households", "signed_now", "households_now")] == [5, 6, 4, 6]
    said = village_detail.difference_text(changed)
    assert said.zh == "2014-03-12 1号村：公布时 5/6（第 1 名），现在重算 4/6（第 1 名）"
    assert said.en == "2014-03-12 1号村: published 5/6 (No. 1), now 4/6 (No. 1)"


def test_a_village_registered_later_was_not_in_what_was_published(store):
    """It has figures of now and none of then; the others are told to differ only where they do."""
    load_villages(store)
    load_without_errors(store, "published_ranking", published_ranking(store, DAY))
    load_without_errors(store, "village", "村社编码,村社名称\nV9,后来的村")
    load_without_errors(store, "household", "户编号,项目,所在村社\n" + "".join(f"N{n},A,V9\n" for n in range(5)))
    rows = metric_result(store, "published_rankings", DAY).rows.set_index("village")
    assert rows["is_different"].astype(bool).to_dict()["后来的村"]
    assert pd.isna(rows.loc["后来的村", "signed"])
    assert rows.loc["后来的村", ["signed_now", "households_now"]].tolist() == [0, 5]


def test_a_day_is_not_published_again_with_other_figures(store):
    """The same file again changes nothing; other figures, or another village, are refused until the batch is undone."""
    load_villages(store)
    content = published_ranking(store, DAY)
    batch = loaded_batch(load_content(store, "published_ranking", content))
    again = check_content(store, "published_ranking", content)
    assert (again.errors, again.counts.unchanged) == ([], 5)
    load_without_errors(store, "agreement", "户编号,签约日期,撤销日期,补偿方式\nAV10,2014-03-10,2014-03-11,货币补偿\n")
    other = published_ranking(store, DAY)
    refused = load_content(store, "published_ranking", other)
    assert refused.batch is None
    assert "已经公布，公布了的不改：要改先撤销那个批次再公布，或者公布另一天的" in refused.errors[0].reason.zh
    more = load_content(store, "published_ranking", RANKING + "2014-03-12,V5,,0,3,0,50,-50")
    assert "已经公布" in more.errors[0].reason.zh
    load_without_errors(store, "published_ranking", published_ranking(store, "2014-03-13"))
    loader.undo_batch(store, batch, WHO)
    load_without_errors(store, "published_ranking", other)
    rows = metric_result(store, "published_rankings", DAY).rows
    assert rows[rows["village_id"] == "V1"]["signed"].tolist() == [4]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2014-03-12,V1,1,5,6,90,50,40", "“签约率”与“已签约”÷“总户数”不符"),
        ("2014-03-12,V1,1,5,6,83.3,50,-33.3", "“与序时差”不等于“签约率”减“序时进度”"),
        ("2014-03-12,V1,1,7,6,100,50,50", "“已签约”大于“总户数”"),
        ("2014-03-12,V1,2,5,6,83.3,50,33.3", "“名次”缺号或重号"),
        ("2014-03-12,V1,1,2,4,50,50,0", "满 5 户的村社才排“名次”"),
        ("2014-03-12,V1,,5,6,83.3,50,33.3", "满 5 户的村社才排“名次”"),
        ("2014-03-12,V1,1,5,6,83.3,150,-66.7", "150"),
    ],
)
def test_published_numbers_that_do_not_fit_are_refused(store, line, said):
    """A rate, a gap, a count or a place that the others contradict is one clear sentence and no row."""
    load_villages(store)
    report = load_content(store, "published_ranking", RANKING + line)
    assert report.batch is None
    assert any(said in f"{error.value} {error.reason.zh}" for error in report.errors)


def test_places_follow_the_gap_and_equal_gaps_share_one(store):
    """1, 2, 2, 4 is loaded; the smaller gap in front is refused; equal gaps on two places are told and loaded."""
    load_villages(store)
    rows = "2014-03-12,V1,1,9,10,90,50,40\n2014-03-12,V2,2,7,10,70,50,20\n{}2014-03-12,V7,4,5,10,50,50,0\n"
    load_without_errors(store, "published_ranking", RANKING + rows.format("2014-03-12,V4,2,7,10,70,50,20\n"))
    swapped = "2014-03-13,V1,2,9,10,90,50,40\n2014-03-13,V2,1,7,10,70,50,20\n"
    report = check_content(store, "published_ranking", RANKING + swapped)
    assert any("不是按“与序时差”从大到小排的" in error.reason.zh for error in report.errors)
    equal = "2014-03-14,V1,1,7,10,70,50,20\n2014-03-14,V2,2,7,10,70,50,20\n"
    told = check_content(store, "published_ranking", RANKING + equal)
    assert told.errors == []
    assert any("相同的应当并列" in note.reason.zh for note in told.notes)


def test_a_score_is_weighted_and_weights_short_of_100_are_told(store):
    """60 % × 80 + 30 % × 90 over 90 % is 83.3; the door says that the weights are not 100, and so does the row."""
    load_without_errors(store, "village", "村社编码,村社名称\nV1,甲村")
    lines = "V1,2013,签约,60,80,,2014-01-10\nV1,2013,拆违,30,90,嘉奖,2014-01-10\nV1,2013,信访,,70,,2014-02-01\n"
    report = load_content(store, "village_assessment", "所在村社,年度,考核项目,权重,得分,奖惩,公布日期\n" + lines)
    assert any("加起来不是 100" in note.reason.zh for note in report.notes)
    [row] = metric_rows(store, "village_awards", "2014-03-01")
    assert row["score"] == pytest.approx((60 * 80 + 30 * 90) / 90)
    assert [row[name] for name in ("scored", "weight_total", "incomplete", "commended", "criticised")] == [
        3,
        90,
        1,
        1,
        0,
    ]
    assert not row["is_weight_whole"]
    [earlier] = metric_rows(store, "village_awards", "2014-01-31")
    assert (earlier["scored"], earlier["incomplete"]) == (2, 0)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("V1,2013,H-1,,,通报批评,2014-01-10", "只考核村社，不考核住户"),
        ("V1,2013,签约,50,,,2014-01-10", "都没填"),
        ("V1,2015,签约,50,80,,2014-01-10", "还没到的年度不能考核"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused(store, line, said):
    """No household is assessed, no row says nothing, and no year is assessed before it begins."""
    load_without_errors(store, "village", "村社编码,村社名称\nV1,甲村")
    load_without_errors(store, "demolition_project", PROJECTS)
    load_without_errors(store, "household", "户编号,项目\nH-1,A")
    report = load_content(store, "village_assessment", "所在村社,年度,考核项目,权重,得分,奖惩,公布日期\n" + line)
    assert [error for error in report.errors if said in error.reason.zh]


def test_the_sample_commends_and_criticises_fictional_villages_only(sample_store):
    """There is at least one of each, all of 示例 villages; the two villages of the article are never assessed."""
    rows = metric_result(sample_store, "village_awards", "2014-06-30").rows
    assert rows["commended"].sum() >= 1
    assert rows["criticised"].sum() >= 1
    assert rows["village"].str.startswith("示例").all()
    assert not set(rows["village"]) & set(REAL_VILLAGES)


@pytest.mark.parametrize("day", ["2014-04-30", "2014-05-31"])
def test_the_sample_published_what_its_ledgers_give(sample_store, day):
    """The two published rankings are those of plain pandas and of the metric, place by place and to four decimals."""
    rows = metric_result(sample_store, "published_rankings", day).rows
    own = rows[rows["ranked_on"] == day].set_index("village_id")
    assert len(own) >= 3
    assert not own["is_different"].any()
    assert (own["gap"] - own["gap_now"]).abs().max() < 1e-4
    again = ranked_on(exported_ledgers(sample_store), pd.Timestamp(day)).set_index("village_id")
    figures = ["position", "signed", "households"]
    assert own[figures].astype(float).equals(again.loc[own.index, figures].astype(float))


def test_the_csv_of_the_ranking_has_the_headings_of_its_ledger(sample_store):
    """It begins as the template of the ledger does, and has a line for each village but none for no village."""
    with sample_store.read() as con:
        result = compute_metric(con, METRICS["village_ranking"].name, datetime.date(2014, 6, 30))
    head, *lines = ranking_draft.ranking_csv(result, "zh").decode("utf-8-sig").splitlines()
    assert head.split(",") == [column.heading.zh for column in DATASETS["published_ranking"].columns]
    assert len(lines) == result.rows["village_id"].notna().sum()
