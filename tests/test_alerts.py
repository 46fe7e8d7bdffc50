"""Alerts by hand: what an acknowledgement holds for, since when what came back stands, and the switch of each rule."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data.datasets.shared.alert_acknowledgement import ALERT_RULES
from data.ingest import batch_log
from data.standards import thresholds
from data.standards.alert_rules import STALE, alert_limits
from data.store import Store
from data.words import LEDGER_NAMES
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.test_plan_lights import PROGRESS, WORKS
from ui.overview.load_age import load_age_text

SOURCES = "污染源编码,污染源名称,类型,河道,所在村社,整治状态,发现日期,限期,完成日期\n"
SEEN = "提醒类型,事项类别,事项编号,确认时的数据日期\n"
READINGS = "断面,采样时间,指标,数值\n"
RULE_FILE = "alert_rule.csv"


@pytest.fixture
def river_store(store: Store) -> Store:
    """A database with one river."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型,目标水质\nR1,清河,村级,河流,Ⅲ\n")
    return store


def load_source(store: Store, state: str, due: str, closed: str = "") -> None:
    load_without_errors(store, "source", SOURCES + f"S1,某店,洗车,R1,,{state},2014-01-01,{due},{closed}\n")


def acknowledge(store: Store, rule: str, kind: str, code: str, day: str) -> None:
    load_without_errors(store, "alert_acknowledgement", SEEN + f"{rule},{kind},{code},{day}\n")


def is_known(store: Store, rule: str, day: str) -> bool:
    [who] = [row["acknowledged_by"] for row in metric_rows(store, "alerts", day, rule=rule)]
    return not pd.isna(who)


def test_what_ended_and_came_back_is_to_be_acknowledged_again(river_store):
    """Overdue since 31 May and acknowledged; with its limit put off to 20 June it is overdue anew and nobody knows."""
    load_source(river_store, "整治中", "2014-05-31")
    acknowledge(river_store, "逾期", "污染源", "S1", "2014-06-10")
    assert is_known(river_store, "逾期", "2014-06-25")
    load_source(river_store, "整治中", "2014-06-20")
    assert not is_known(river_store, "逾期", "2014-06-25")
    acknowledge(river_store, "逾期", "污染源", "S1", "2014-06-21")
    assert is_known(river_store, "逾期", "2014-06-25")


def test_a_relapse_after_a_second_closure_is_to_be_acknowledged_again(river_store):
    """The day of a relapse stands nowhere and stays empty; what was known before the last closure counts no more."""
    load_source(river_store, "反弹", "2014-03-31", "2014-03-01")
    acknowledge(river_store, "整治反弹", "污染源", "S1", "2014-06-10")
    assert is_known(river_store, "整治反弹", "2014-06-25")
    load_source(river_store, "反弹", "2014-03-31", "2014-06-15")
    assert not is_known(river_store, "整治反弹", "2014-06-25")
    [row] = metric_rows(river_store, "alerts", "2014-06-25", rule="整治反弹")
    assert pd.isna(row["stands_since"])
    assert pd.isna(row["days"])


@pytest.mark.parametrize(("april", "known"), [(36, False), (11, True)])
def test_what_was_behind_caught_up_and_fell_back_is_to_be_acknowledged_again(river_store, april, known):
    """Acknowledged on 15 April; 36 of 35 on the 20th was no longer behind, 11 of 35 has been behind all the time."""
    load_without_errors(river_store, "work", WORKS + "W1,清淤一,R1,清淤,100,m³,2014-01-01,2014-12-31\n")
    plan = "工程,节点日期,累计计划量\nW1,2014-03-31,30\nW1,2014-04-20,35\nW1,2014-05-12,90\nW1,2014-12-31,100\n"
    load_without_errors(river_store, "work_plan", plan)
    reports = f"W1,2014-03-31,10\nW1,2014-04-20,{april}\nW1,2014-05-12,40\n"
    load_without_errors(river_store, "work_progress", PROGRESS + reports)
    acknowledge(river_store, "落后序时", "工程", "W1", "2014-04-15")
    assert is_known(river_store, "落后序时", "2014-04-19")
    assert is_known(river_store, "落后序时", "2014-05-13") == known


def test_a_rebound_stands_since_its_reading_until_the_target_is_kept(river_store):
    """Two months of Ⅱ, then Ⅴ on 5 March: told since that day, in April still, and over with the Ⅱ of May."""
    load_without_errors(river_store, "section", "断面编码,断面名称,河道\nX1,桥,R1\n")
    ammonia = {"01": 0.4, "02": 0.4, "03": 1.8, "04": 1.8, "05": 0.4}
    rows = "".join(f"X1,2014-{month}-05 09:00,氨氮,{value}\n" for month, value in ammonia.items())
    load_without_errors(river_store, "reading", READINGS + rows)
    [row] = metric_rows(river_store, "alerts", "2014-04-30", rule="水质反弹")
    assert [f"{row['stands_since']:%m-%d}", row["days"], row["item_id"]] == ["03-05", 56, "X1"]
    assert metric_rows(river_store, "alerts", "2014-05-30", rule="水质反弹") == []


@pytest.fixture
def write_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[list[dict[str, str]]], None]]:
    """Give a writer of the file of rules, which is read for as long as the test runs."""
    caches = (thresholds.every_version, thresholds.rows_in_force, thresholds.thresholds)
    for file in thresholds.FOLDER.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(thresholds, "FOLDER", tmp_path)

    def write(rows: list[dict[str, str]]) -> None:
        with (tmp_path / RULE_FILE).open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        for cached in caches:
            cached.cache_clear()

    yield write
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


def test_each_alert_has_one_row_of_rules():
    """Each alert that is acknowledged, and that of nothing loaded, has a row with its limit, and there is no other."""
    assert sorted(alert_limits(None)) == sorted([*(rule.value for rule in ALERT_RULES), STALE])


@pytest.mark.parametrize("change", ["switched off", "without a row", "later"])
def test_a_rule_that_is_off_or_has_no_row_raises_no_alert(river_store, write_rules, change):
    """The overdue source is told by its rule alone; where that is off, gone or of later on, the formula says so."""
    load_source(river_store, "整治中", "2014-05-31")
    rows = [dict(row) for row in thresholds.every_version(RULE_FILE)]
    assert [row["rule"] for row in metric_rows(river_store, "alerts", "2014-06-25")] == ["逾期"]
    others = [row for row in rows if row["alert"] != "逾期"]
    [own] = [row for row in rows if row["alert"] == "逾期"]
    versions = {
        "switched off": [own | {"is_on": "0"}],
        "without a row": [],
        "later": [own | {"is_on": "0"}, own | {"effective_from": "2014-07-01"}],
    }
    write_rules([*others, *versions[change]])
    found = metric_result(river_store, "alerts", "2014-06-25")
    assert found.rows.empty
    assert "逾期：停用" in found.formula.zh


def days_later(store: Store, days: int) -> str | None:
    """Return what is said of the last batch some days from now."""
    with store.read() as con:
        last = batch_log.last_load(con, tuple(LEDGER_NAMES))
        said = load_age_text(last, datetime.now() + timedelta(days=days))
    return said.zh if said else None


def test_the_age_of_the_last_batch_goes_by_the_clock(river_store):
    """Nothing is said of a river, which nobody reports by the day; of a source from the seventh day on."""
    assert days_later(river_store, 99) is None
    load_source(river_store, "整治中", "2014-05-31")
    load_without_errors(river_store, "village", "村社编码,村社名称\nV1,示例村\n")
    assert days_later(river_store, 6) is None
    assert re.search(r"（批次 2，污染源台账）是 7 天前（.*）装入的", days_later(river_store, 7) or "")


def test_sample_batches_have_no_age(sample_store):
    """Nobody loads 示例 ledgers, so that nobody is blamed for their age."""
    assert days_later(sample_store, 999) is None


def test_the_age_is_told_only_while_its_rule_is_on(river_store, write_rules):
    """Switched off, the rule of the last batch says nothing."""
    load_source(river_store, "整治中", "2014-05-31")
    assert days_later(river_store, 30)
    write_rules(
        [row | ({"is_on": "0"} if row["alert"] == STALE else {}) for row in thresholds.every_version(RULE_FILE)]
    )
    assert days_later(river_store, 30) is None
