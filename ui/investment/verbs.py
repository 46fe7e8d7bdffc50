"""The page of the seven verbs: blocks of indicators, each a link to the list behind it; the lists of one verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.columns import VERBS
from data.standards.thresholds import thresholds
from data.text import Text, join_texts, mid_sentence, verbatim
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Block, Html
from ui.indicator_cards import group_sentence, indicator_card
from ui.markup import element, joined, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, facts_block, folded_table, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("七字诀", "Seven verbs"),
    icon=":material/translate:",
    place=40,
    ledgers=(
        "merchant",
        "investment_activity",
        "expansion_survey",
        "relocation",
        "promotion_material",
        "joint_partner",
    ),
    choices=("verb", "merchant"),
)

# where the list behind an indicator stands, if not on this page
LISTED_ON = {
    "idle_resource_list": "investment/land.py",
    "agent_list": "investment/land.py",
    "land_clocks": "investment/land.py",
    "cohort_rates": "investment/funnel.py",
    "target_coverage": "investment/overview.py",
    "request_list": "investment/requests.py",
    "playbook_tasks": "investment/playbook.py",
}
PROJECT_PAGE = "investment/project.py"
SHOWN_ROWS = 8  # chosen: two or three lists of a verb on three screens
LAW_OF, LATE_LAND = "促", ("超期一年以内", "超期一到两年", "超期两年以上")

LOST = Text(
    "{count} 位客商超过 {limit} 天没有联系，最久的{merchant}已 {days} 天",
    "{count} merchants not spoken to for more than {limit} days, {merchant} for {days}",
)
LATE_REQUESTS = Text("{count} 件诉求逾期没有办结", "{count} requests of firms overdue")
LATE_PARCELS = Text("{count} 块地过了约定动工日期没有动工", "{count} parcels not started in time")
FEW = Text("{count} 项指标样本不足", "too few for {count} of the indicators")
ALL_WELL = Text(
    "七字诀 {count} 项指标：没有失联的客商、逾期的诉求、超期未动工的地块",
    "{count} indicators of the seven verbs: no merchant out of contact, no request overdue, no parcel late",
)
LAW = Text(
    "《公平竞争审查条例》第九、十条：不得强制或变相强制企业迁入、不得阻碍企业迁出，不得给没有依据的税收和财政优惠。"
    "这里只计企业自愿或依法应当的变更，不登记、不考核催促次数。",
    "Fair Competition Review ordinance, arts. 9 and 10: firms may neither be forced in nor kept from leaving, nor "
    "favoured in taxes or funds without a basis. Only changes of the firm's own wish or required by law count; "
    "pressing is neither registered nor rated.",
)
ABOUT = {
    "引": Text("包装策划，引进好项目", "attract good projects"),
    "增": Text("排查意向，增资扩股", "let firms here expand"),
    "提": Text("盘活闲置低效资源", "bring idle resources into use"),
    "促": Text("促开工、促到位", "get started, get funded"),
    "储": Text("储备优质客商", "keep merchants in reserve"),
    "联": Text("与企业联手招商", "look for investors together"),
    "暖": Text("为投资者全程服务", "serve those who invest"),
}
CHOOSE_VERB, CHOOSE_MERCHANT = Text("七字诀的字", "verb"), Text("在储客商", "merchant in reserve")
TO_ALL_VERBS, TO_MERCHANTS = Text("← 七字诀", "← All seven verbs"), Text("← 在储客商", "← Merchants in reserve")
MERCHANTS_VERB = "储"
SILENT = Text("{merchant}（{grade} 级）：{days} 天没有联系", "{merchant} ({grade}): not spoken to for {days} days")
CONTACT_UNKNOWN = Text(
    "{merchant}（{grade} 级）：那天的联系情况不明", "{merchant} ({grade}): contact by that day is not known"
)
NO_ACTIVITY = Text("没有活动记录", "no activity on record")
MERCHANT_FACTS = ("grade", "channel", "industry", "first_on", "contact_on", "next_contact_on", "is_active", "is_lost")
ALL_INDICATORS = Text("全部指标：分子、分母、期间、数据截至", "All indicators: counts, periods, days")
LISTED_ELSEWHERE = Text("别的页面上的明细：", "Lists on other pages: ")
LIST_TITLES = {
    "introduced_list": Text("今年新引进的项目", "Projects signed this year"),
    "material_list": Text("招商资料，计入时效的在前", "Versions of the material"),
    "survey_list": Text(
        "增资排查：意向久未转化的、今年还没排查的在前", "Firms: old intents and those not surveyed first"
    ),
    "relocation_list": Text(
        "自愿或依法的注册地变更，在办最久的在前", "Changes of registration, the longest open first"
    ),
    "merchant_list": Text("在储客商，最久没有联系的在前", "Merchants in reserve, the longest silent first"),
    "early_talk_list": Text(
        "到了拿地或开业的重点项目，没有提前座谈的在前", "Key projects, those without an earlier talk first"
    ),
    "partner_list": Text("联合招商企业", "Joint partners"),
    "activity_list": Text("今年的活动，新的在前", "Activities of the year, the newest first"),
}
WITH_WHOM, WITH_WHOM_HEADING = "with_whom", Text("对象", "With whom")
LIST_COLUMNS = {
    "introduced_list": ["project", "investor", "signed_on", "investment", "expected_tax", "stage"],
    "material_list": ["name", "version", "published_on", "days_old", "plots_covered", "plots_total", "copies_sent"],
    "survey_list": ["enterprise", "intent", "amount", "surveyed_on", "days_intended", "project"],
    "relocation_list": ["enterprise", "consent_basis", "applied_on", "done_on", "days_taken", "days_open", "service"],
    "merchant_list": ["merchant", "days_silent", "grade", "contact_on", "next_contact_on", "channel"],
    "early_talk_list": ["project", "investment", "came_on", "talked_on", "days_before"],
    "partner_list": ["enterprise", "since", "leads", "deals", "tax_kept", "reported_on"],
    "activity_list": ["held_on", "kind", WITH_WHOM, "outcome"],
}
MORE_COLUMNS = {
    "introduced_list": ["verb", "is_high_quality"],
    "material_list": ["covered_rate", "topics", "is_counted"],
    "survey_list": ["method", "intended_on", "converted_on", "is_this_year", "is_waiting"],
    "relocation_list": ["found_on", "withdrawn_on", "is_open"],
    "merchant_list": ["industry", "first_on", "is_lost", "is_active"],
    "early_talk_list": ["track"],
    "partner_list": ["joint_plan", "shared_resources"],
    "activity_list": ["project", "merchant", "enterprise", "partner_role", "verb"],
}
WHOLE_LIST = Text("全表：{title}", "All columns: {title}")
ALARMS = {"survey_list": "is_waiting", "merchant_list": "is_lost"}
INDICATOR_COLUMNS = (
    *("verb", "code", "indicator", "indicator_value", "unit", "numerator", "denominator", "missing", "is_too_few"),
    *("period_from", "period_to", "newest"),
)


def title_sentence(verbs: DatedResult, merchants: DatedResult, requests: DatedResult) -> Text:
    """Count merchants out of contact, overdue requests, late parcels and what rests on too few; name the worst."""
    rows = verbs.rows
    if verbs.newest is None:
        return phrases.NOTHING_YET
    counted = (
        (LATE_REQUESTS, requests.rows["overdue"].astype(float).sum()),
        (LATE_PARCELS, rows.loc[rows["indicator"].isin(LATE_LAND), "indicator_value"].sum()),
        (FEW, rows["is_too_few"].astype(bool).sum()),
    )
    said = [*_lost_sentence(merchants), *(phrase.fill(count=int(count)) for phrase, count in counted if count)]
    return join_texts(said, Text("；", "; ")) if said else ALL_WELL.fill(count=len(rows))


def _lost_sentence(merchants: DatedResult) -> Iterator[Text]:
    """Yield how many merchants are out of contact and which has been longest, if any is."""
    lost = merchants.rows[merchants.rows["is_lost"].astype(bool)]
    if len(lost):
        worst, limit = lost.nlargest(1, "days_silent").iloc[0], int(thresholds(merchants.as_of)["lost_contact_days"])
        yield LOST.fill(count=len(lost), limit=limit, merchant=worst["merchant"], days=int(worst["days_silent"]))


def verb_title(verbs: DatedResult, verb: str) -> Text:
    """Say of one verb what its first indicators are."""
    firsts = verbs.rows[(verbs.rows["verb"] == verb) & (verbs.rows["part"] == "1")].to_dict("records")
    return group_sentence(verb, firsts)


def _list_href(request: PageRequest, row: Row) -> str:
    """Return where the list behind an indicator stands."""
    if row["listed_in"] in LISTED_ON:
        return page_href(LISTED_ON[row["listed_in"]])
    return same_page_href(request, verb=row["verb"], open=None)


def verb_blocks_html(request: PageRequest, verbs: DatedResult, shown: Sequence[str] = ()) -> Html:
    """Return each verb large with its indicators beside it, all seven or only some."""
    rows = verbs.rows.astype(object).where(verbs.rows.notna(), None)
    return Html(
        joined(
            _verb_block(request, verbs, verb.value, rows[rows["verb"] == verb.value])
            for verb in VERBS
            if verb.value in (shown or verbs.rows["verb"].unique())
        )
    )


def _verb_block(request: PageRequest, verbs: DatedResult, verb: str, rows: pd.DataFrame) -> Markup:
    heading = link(words(verb), same_page_href(request, verb=verb, open=None))
    about = element("small", words(_about_text(verb)))
    cards = joined(
        indicator_card(verbs, parts, _list_href(request, parts[0]))
        for parts in (group.to_dict("records") for _, group in rows.groupby("code", sort=False))
    )
    law = element("p", words(LAW), class_="fl-caption") if verb == LAW_OF else Markup("")
    named = element("div", element("h2", heading) + about)
    return element("section", named + element("div", element("div", cards, class_="fl-cards") + law), class_="fl-verb")


def _about_text(verb: str) -> Text:
    return verbatim(ABOUT[verb].zh, f"{WORDS[verb].en}: {ABOUT[verb].en}")


def way_back(request: PageRequest, verb: str | None = None) -> Html:
    """Return the way back to all seven verbs, or from a merchant to the verb of its list."""
    href = same_page_href(request, verb=verb, merchant=None, open=None)
    return Html(element("p", link(words(TO_MERCHANTS if verb else TO_ALL_VERBS), href)))


def merchant_title(row: pd.Series) -> Text:
    """Say of a merchant in reserve for how long nobody has spoken to it."""
    named = {"merchant": row["merchant"], "grade": row["grade"]}
    if formats.is_missing(row["days_silent"]):
        return CONTACT_UNKNOWN.fill(**named)
    return SILENT.fill(**named, days=int(row["days_silent"]))


def merchant_facts(merchants: DatedResult, row: pd.Series) -> Html:
    """Return what is registered of a merchant, heading by heading; what is not written down is left out."""
    return facts_block(merchants, row, [name for name in MERCHANT_FACTS if not formats.is_missing(row[name])])


def merchant_activity_list(activities: DatedResult) -> Html:
    """Return what was done with a merchant, the newest first."""
    if activities.rows.empty:
        return caption_block(NO_ACTIVITY)
    return list_block(activities, ["held_on", "kind", "partner_role", "outcome"])


def _merchant_href(request: PageRequest) -> Callable[[Row], str]:
    return lambda row: same_page_href(request, verb=None, merchant=row["merchant_id"], open=None)


def elsewhere_links(verbs: DatedResult, verb: str) -> Html:
    """Return the pages on which the lists behind the other indicators of a verb stand, each a link."""
    rows = verbs.rows[(verbs.rows["verb"] == verb) & verbs.rows["listed_in"].isin(LISTED_ON)]
    listed = []
    for name, group in rows.groupby("listed_in", sort=False):
        named = join_texts([WORDS[each] for each in group["indicator"]], Text("、", ", "))
        listed.append(link(words(named), page_href(LISTED_ON[str(name)])))
    return Html(element("p", words(LISTED_ELSEWHERE) + joined(listed, " · ")) if listed else Markup(""))


def rows_of_verb(result: DatedResult, verb: str) -> pd.DataFrame:
    """Return the rows of a list that are shown for a verb: activities for it, all rows of the others."""
    return result.rows[result.rows["verb"] == verb] if result.definition.name == "activity_list" else result.rows


def folded_list(request: PageRequest, result: DatedResult, rows: pd.DataFrame) -> Iterator[Block]:
    """Yield all columns and rows of a list, folded."""
    name = result.definition.name
    title = WHOLE_LIST.fill(title=mid_sentence(LIST_TITLES[name]))
    columns = [column for column in (*LIST_COLUMNS[name], *MORE_COLUMNS[name]) if column != WITH_WHOM]
    return folded_table(request, name, title, result, columns, rows)


def verb_list(request: PageRequest, result: DatedResult, rows: pd.DataFrame) -> Html:
    """Return one of the lists of a verb, worst first, what is amiss in red; a project is a link to its page."""
    name = result.definition.name
    columns, alarm = LIST_COLUMNS[name], ALARMS.get(name, "")
    cells = {"project": _project_cell, WITH_WHOM: _with_whom_cell}
    return list_block(
        result,
        columns,
        rows,
        href=_merchant_href(request) if name == "merchant_list" else None,
        cells={column: cell for column, cell in cells.items() if column in columns},
        headings={WITH_WHOM: WITH_WHOM_HEADING},
        is_alarming=lambda row: bool(alarm and row[alarm]),
        shown=SHOWN_ROWS,
        more_href=same_page_href(request, open=name),
    )


def _with_whom_cell(row: Row) -> Markup:
    """Return the project, the merchant and the firm of an activity, as far as it names any."""
    named = [words(row[name]) for name in ("merchant", "enterprise") if not formats.is_missing(row[name])]
    project = [] if formats.is_missing(row["project"]) else [_project_cell(row)]
    return joined([*project, *named], " · ")


def _project_cell(row: Row) -> Markup:
    if formats.is_missing(row["project"]):
        return words("")
    return link(words(row["project"]), page_href(PROJECT_PAGE, project=row["project_id"]))
