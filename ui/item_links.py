"""Where an item leads: the one map from what is behind, open or overdue to the page of the thing itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from data.datasets.targets import TARGETS, TargetMetric, target_metric
from ui import formats
from ui.item_words import TARGET
from ui.menu import page_href, page_of_ledger
from ui.result_list import Row

OWNERS = "overview/owners.py"
TARGET_PARTS = {"contract_value": "signed", "funds_in_place": "funds"}  # of the page: what adds up to the figure
# of each kind its page, and by the choices of that page the columns of the row that fill them
ITEM_PAGES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "工程": ("water/works.py", {"work": "item_id"}),
    "河道问题": ("water/issues.py", {"issue": "item_id"}),
    "污染源": ("water/sources.py", {"source": "item_id"}),
    "排口": ("water/sources.py", {"outfall": "item_id"}),
    "漏水设施": ("water/saving.py", {"facility": "item_id"}),
    "停运厂站": ("water/plants.py", {"plant": "item_id"}),
    "征迁项目": ("demolition/signing.py", {"project": "item_id"}),
    "违法建筑": ("demolition/violations.py", {"village": "village_id"}),
    "住户难题": ("demolition/difficulties.py", {"project": "project_id"}),
    "信访事项": ("demolition/difficulties.py", {"project": "project_id"}),
    "签约准备": ("demolition/legal.py", {"project": "project_id"}),
    "法定节点": ("demolition/legal.py", {"project": "project_id"}),
    "企业诉求": ("investment/requests.py", {"request": "item_id"}),
    "宝典任务": ("investment/playbook.py", {"project": "project_id", "task": "item_id"}),
    "供地地块": ("investment/land.py", {"parcel": "item_id"}),
    "卡点项目": ("investment/project.py", {"project": "item_id"}),
}


class HasLedgers(Protocol):
    """What is known here of a metric: the ledgers that it is worked out of."""

    @property
    def ledgers(self) -> tuple[str, ...]: ...


def target_page_hrefs(metrics: Mapping[str, HasLedgers]) -> dict[str, str]:
    """Return the address of the page on which the metric of each target is shown; an amount may have no metric."""
    return {
        name: page_href(_target_page(target, metrics.get(name)), open=TARGET_PARTS.get(name))
        for name, target in TARGETS.items()
    }


def _target_page(target: TargetMetric, metric: HasLedgers | None) -> str:
    ledgers = (target.ledger,) if target.ledger or metric is None else metric.ledgers
    return page_of_ledger(next(iter(ledgers), ""), target.stream).file


def item_href(row: Row, target_pages: Mapping[str, str]) -> str:
    """Return the address of the thing itself: a work, an issue, a project; of a target the page of its metric.

    `row` has the columns `kind` and `item_id`, and where a page asks for them `project_id` and `village_id`.
    """
    if row["kind"] == TARGET:
        return target_pages[target_metric(row["item_id"]).name]
    file, choices = ITEM_PAGES[row["kind"]]
    asked = {choice: row[column] for choice, column in choices.items()}
    return page_href(file, **{choice: None if formats.is_missing(code) else code for choice, code in asked.items()})


def owner_href(owner: object) -> str:
    """Return the address of all that one unit or person has to do; none where nobody is named."""
    return "" if formats.is_missing(owner) else page_href(OWNERS, owner=owner)
