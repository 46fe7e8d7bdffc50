"""What is open in the three lines of work, and whose it is."""

import datetime
from itertools import chain

from analytics.metrics.basis import own
from analytics.metrics.columns import DAYS_LEFT, GAP, JUDGED_ON, STREAM, VILLAGE, of_ledger
from analytics.metrics.model import LazyTransform, Metric
from analytics.metrics.overview.cockpit import IS_LEVEL, OF_STREAMS, PLAN_LIGHTS, SCOPE_NAME
from data.datasets import DATASETS
from data.datasets.model import Choice, choice, date, integer, text
from data.text import Text
from data.words import LAND_BANDS, LIGHTS, OWNER_KINDS, STUCK_REASONS, TARGET_NAMES, TO_BE_DONE

HELD_AGAINST = ("plant_run", "petition_list", "land_clocks", "stuck_projects", "legal_clocks")


def _words_of(*columns: tuple[str, str]) -> tuple[Choice, ...]:
    """Return the words of several columns of ledgers."""
    return tuple(
        chain.from_iterable(
            next(column for column in DATASETS[ledger].columns if column.name == name).choices
            for ledger, name in columns
        )
    )


MATTERS = (
    *_words_of(
        ("issue", "problem"),
        ("source", "kind"),
        ("outfall", "kind"),
        ("facility_check", "finding"),
        ("work", "kind"),
        ("plant_daily", "run_state"),
        ("violation", "kind"),
        ("household_difficulty", "difficulty_reason"),
        ("preparation_item", "preparation"),
        ("demolition_project", "kind"),
        ("petition", "petition_class"),
        ("firm_request", "category"),
        ("legal_step", "legal_step"),
    ),
    *STUCK_REASONS,
    *LAND_BANDS,
)

OPEN_ITEMS = Metric(
    name="open_items",
    label=Text("未办结事项", "Open items"),
    unit="piece",
    formula=Text(
        "三条线截至当日还没有办结的每一项，一项一行：没有完成的工程和征迁项目、没有达到的目标（灯色见进度灯色）；没有销号的问题、"
        "没有整治的污染源和排口、没有修复的漏水设施、停着的污水厂；没有拆除的违法建筑、没有化解的住户难题、没有办结的信访、"
        "没有完成的签约准备、已逾期或 {legal_soon_days:g} 天内到期的法定节点；没有办结的企业诉求、没有完成的宝典任务、"
        "超期或闲置的地块、有卡点的项目；各按自己的口径。谁办：台账写明的牵头、承办、管护、运维单位或责任人；没有写的，是河道的河长"
        "（第一责任人、级别最高的在前），再没有的是所在村社，分解到单位的目标是那个单位，都没有就空着；问题的河长以台账为准，已离任的除外。"
        "剩余天数 = 期限 − 当日，负数为已过的天数；已有天数从发现、收到、开工或签约开始算起；"
        "只有期限没有计划的：过了期限为已逾期，没有过为正常；没有期限的为无数据。已逾期的在前，过得最久的最前",
        "Everything in the three lines of work that is not done by the day, a row each: works and demolition "
        "projects not done, targets not reached (their lights are those of Lights); issues not settled, sources "
        "and outfalls not closed, taps that leak, plants that stand still; unlawful buildings that stand, "
        "difficulties of households, petitions, preparations for signing not done, steps of the law overdue or due"
        " within {legal_soon_days:g} days; requests of firms, playbook tasks not done, parcels late or idle, "
        "projects that are stuck; each by its own definition. Who acts is the lead, handling, keeping or operating"
        " unit or the person in charge that the ledger names; without one the chief of the river (first "
        "responsible, highest level), then the village, of the target of a unit "
        "that unit, or nobody; the chief of an issue is that of its ledger "
        "while in office. Days left = deadline − day, below 0 the days over; days run from the finding, the "
        "receipt, the start of works or of signing. What has a deadline and no plan is past it or normal, what has"
        " none is without data. What is longest past its deadline comes first",
    ),
    direction="lower",
    basis=(
        own(
            "一个事项只有一个主办，其余的人在事项自己的页上",
            "an item has one who acts; others who take part stand on its own page",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    withheld={"kind": ("住户难题", "信访事项")},
    query="overview.open_item",
    columns=(
        STREAM,
        choice("kind", "类别", "Kind", TO_BE_DONE),
        choice("item", "事项", "Item", TARGET_NAMES),
        SCOPE_NAME,
        choice("matter", "事由", "Matter", MATTERS),
        choice("light", "灯色", "Light", LIGHTS),
        *of_ledger("project_difficulty", "owner"),
        choice("owner_kind", "责任类型", "Responsible as", OWNER_KINDS),
        VILLAGE,
        text("chief", "河长", "River chief"),
        date("since", "从哪天起", "Since"),
        *of_ledger("source", "due_on"),
        DAYS_LEFT,
        integer("days", "已有天数", "Open for", "day"),
        GAP,
        IS_LEVEL,
        JUDGED_ON,
        *of_ledger("issue_event", "note"),
    ),
    transform=LazyTransform("analytics.open_items", "open_items"),
    depends_on=(PLAN_LIGHTS, *(OF_STREAMS[name] for name in HELD_AGAINST)),
)
