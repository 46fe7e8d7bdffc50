"""The overall ranking: measures against plans of their own, too few give no score, what is published stays."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analytics.metrics import compute_metric, parse_date
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.page_helpers import open_app, page_links, page_title, page_words
from tests.upload_helpers import load_content
from ui.demolition import ranking_draft

DAY = "2014-06-30"
VILLAGES = "村社编码,村社名称\nV1,一村\nV2,二村\n"
RIVERS = "河道编码,河道名称,河道等级,水体类型\nR1,一号河,街道级,河流\n"
SOURCES = "污染源编码,污染源名称,类型,河道,所在村社,整治状态,发现日期,限期,完成日期\n"
BUILDINGS = "违建编码,所在村社,违建类型,违建面积,发现日期,通知日期,限期,拆除日期\n"


def load_two_villages(store: Store, sources: int = 5) -> None:
    """Load sources: of village 1 all due, two closed, of village 2 five that are not due; buildings of both: four of
    five due, village 2 razed all."""
    load_without_errors(store, "village", VILLAGES)
    load_without_errors(store, "river", RIVERS)
    states = ["已完成,2014-01-01,2014-05-31,2014-05-01"] * 2 + ["整治中,2014-01-01,2014-05-31,"] * (sources - 2)
    rows = (f"S{n},源{n},废油,R1,V1,{state}\n" for n, state in enumerate(states))
    others = (f"T{n},源二{n},废油,R1,V2,整治中,2014-01-01,2014-12-31,\n" for n in range(5))
    load_without_errors(store, "source", SOURCES + "".join([*rows, *others]))
    built = [
        f"B{village}{n},V{village},存量,100,2014-01-01,2014-01-02,{'2014-12-31' if n == 4 else '2014-03-31'},{razed}\n"
        for village, razed in ((1, ""), (2, "2014-03-01"))
        for n in range(5)
    ]
    load_without_errors(store, "violation", BUILDINGS + "".join(built))


def standing(store: Store, code: str) -> dict[str, object]:
    [row] = metric_rows(store, "overall_ranking", DAY, ranked_id=code)
    return row


@pytest.mark.quick
def test_a_score_is_the_weighted_gap_to_the_own_plans(store):
    """Sources 2 done of 5 due: −60 at 30; buildings 0 of 4 due of 5: −80 at 20; together −68. All razed, 4 due: +20,
    with sources on plan +8."""
    load_two_villages(store)
    first, last = standing(store, "V2"), standing(store, "V1")
    assert [last["score"], first["score"]] == pytest.approx([(30 * -60 + 20 * -80) / 50, 8])
    assert [last["position"], first["position"]] == [2, 1]


def test_who_has_one_measure_is_not_ranked_beside_who_has_two(store):
    """Four sources are too few, and the buildings alone give no place: one measure counts, one is left out."""
    load_two_villages(store, sources=4)
    row = standing(store, "V1")
    assert [row["measures"], row["measures_left_out"], row["ranking"]] == [1, 1, "计分项不足"]
    assert pd.isna(row["score"])
    assert pd.isna(row["position"])
    assert standing(store, "V2")["position"] == 1


def test_viewers_see_places_without_scores(sample_store):
    """A score would tell how many households of a small village have not signed; the parts of it are left out."""
    with sample_store.read() as con:
        places = compute_metric(con, "overall_ranking", parse_date(DAY), "viewer").rows
        parts = compute_metric(con, "ranking_measures", parse_date(DAY), "viewer").rows
    assert places["score"].isna().all()
    assert places["position"].notna().any()
    assert not set(parts["measure"]) & {"征迁签约", "住户难题办理"}


def test_what_is_published_stays_and_places_are_held_against_it(store):
    """The ranking of a day is published; corrected afterwards it is refused another time and listed as it was."""
    load_two_villages(store)
    content = ranking_draft.ranking_csv(metric_result(store, "overall_ranking", DAY), "zh").decode("utf-8-sig")
    load_without_errors(store, "published_standing", content)
    load_without_errors(store, "violation", BUILDINGS + "B24,V2,存量,100,2014-01-01,2014-01-02,2014-12-31,\n")
    again = ranking_draft.ranking_csv(metric_result(store, "overall_ranking", DAY), "zh").decode("utf-8-sig")
    assert "已经公布" in load_content(store, "published_standing", again).errors[0].reason.zh
    with store.read() as con:
        [(score,)] = con.execute("SELECT score FROM published_standing WHERE ranked_id = 'V2'").fetchall()
    assert [score, standing(store, "V2")["score"]] == pytest.approx([8, 0])


def test_a_published_score_can_be_worked_out_again_from_its_own_row(store):
    """The row keeps since when the weights hold, and of each measure done / due / all and its weight."""
    load_two_villages(store)
    content = ranking_draft.ranking_csv(metric_result(store, "overall_ranking", DAY), "zh").decode("utf-8-sig")
    load_without_errors(store, "published_standing", content)
    with store.read() as con:
        kept = con.execute("SELECT score, weights_from, parts FROM published_standing ORDER BY ranked_id").fetchall()
    assert [(f"{day}", said) for _, day, said in kept] == [
        ("2000-01-01", "污染源和排口整治(2/5/5×30),违法建筑拆除(0/4/5×20)"),
        ("2000-01-01", "污染源和排口整治(0/0/5×30),违法建筑拆除(5/4/5×20)"),
    ]
    for score, _, said in kept:
        numbers = [[float(n) for n in re.findall(r"[\d.]+", part)] for part in said.split(",")]
        gaps = sum(weight * 100 * (done - due) / pieces for done, due, pieces, weight in numbers)
        assert score == pytest.approx(gaps / sum(weight for *_, weight in numbers))


@pytest.mark.usefixtures("page_database")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_names_the_first_and_the_last_of_both(language):
    """Villages and units; each leads to what makes its score, and from there to what it has to do."""
    app = open_app("overview/ranking.py", language)
    title = page_title(app)
    assert title.count({"zh": "第一", "en": " first"}[language]) == 2
    assert any("village=V-C" in href for href in page_links(app))
    one = open_app("overview/ranking.py", language, village="V-C")
    assert any(href.startswith("overview-owners") and "village=V-C" in href for href in page_links(one))


@pytest.mark.usefixtures("page_database")
def test_a_link_to_nobody_says_so():
    """An unknown village is told, and the whole ranking shown."""
    assert "V-NONE" in page_words(open_app("overview/ranking.py", village="V-NONE"))


def test_real_villages_without_figures_are_not_ranked(sample_store):
    """胡家村 and 灵山村 have nothing in the 示例 that could be judged: nobody invents a place for them."""
    names = pd.DataFrame(metric_rows(sample_store, "overall_ranking", DAY))["ranked_name"]
    assert not set(names) & {"胡家村", "灵山村"}
