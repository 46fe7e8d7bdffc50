"""Ledgers of 三改一拆: projects, households by code only, their status, agreements and visits."""

from data.datasets.constraint import Constraint, SumConstraint, at_most, not_before, not_in_future, steps_in_order
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer, number, parent, text
from data.text import Text

STATUSES = choices(
    已摸底="Surveyed",
    已评估="Appraised",
    已签约="Signed",
    已审核="Audited",
    已腾空="Vacated",
    已拆除="Demolished",
    已交付="Handed over",
)


def _project_column_sql(column: str) -> str:
    """Return the SQL of a column of the project of the household `p`."""
    return f"(SELECT d.{column} FROM demolition_project AS d WHERE d.project_id = p.project_id)"


DEMOLITION_PROJECT = Dataset(
    name="demolition_project",
    stream="demolition",
    label=Text("征迁项目", "Demolition projects"),
    description=Text(
        "每个征收或拆迁项目一行：总户数和签约期限。", "One row per project: households and signing period."
    ),
    key=("project_id",),
    name_column="name",
    columns=(
        code("project_id", "项目编码", "Project code"),
        text("name", "项目名称", "Project", required=True, aliases=("项目",)),
        choice(
            "kind",
            "征迁类别",
            "Kind",
            choices(
                国有土地征收="Expropriation on state land",
                集体土地征收="Expropriation on collective land",
                三改="Renovation",
                拆违="Removal of unlawful building",
            ),
            required=True,
        ),
        choice(
            "level",
            "项目级别",
            "Level",
            choices(市级重点="City key project", 区级="District", 街道="Subdistrict"),
        ),
        integer("households_total", "总户数", "Households", "household", required=True, low=1),
        date("sign_start", "签约开始", "Signing starts", required=True),
        date("sign_end", "签约截止", "Signing ends", required=True),
        text("owner", "牵头单位", "Lead unit"),
        text("note", "备注", "Note"),
    ),
    constraints=(not_before("sign_end", "sign_start"),),
)

HOUSEHOLD = Dataset(
    name="household",
    stream="demolition",
    label=Text("被征收户", "Households"),
    description=Text(
        "只用户编号，不登记姓名、证件、电话和门牌。",
        "Codes only: no names, identity numbers, telephones or door numbers.",
    ),
    key=("household_id",),
    columns=(
        code("household_id", "户编号", "Household code"),
        parent("project_id", "demolition_project", "项目", "Project", required=True, aliases=("项目名称", "项目编码")),
        parent("village_id", "village", "所在村社", "Village", aliases=("村社", "村")),
        text("block", "片区", "Block"),
        choice(
            "use",
            "房屋用途",
            "Use",
            choices(住宅="Dwelling", 商服="Shop", 办公="Office", 生产="Workshop", 其他="Other"),
        ),
        number("legal_area", "合法建筑面积", "Lawful floor area", "m2"),
        flag("needs_support", "需要帮扶", "Needs support", personal=True),
    ),
    constraints=(
        SumConstraint(
            name="registered_at_most_total",
            columns=("household_id", "project_id"),
            group=("project_id",),
            totals={"registered": "count(*)"},
            parent="demolition_project",
            breaks="r.registered > p.households_total",
            shown=("r.registered", "p.households_total"),
            reason=Text(
                "这个项目登记的“{household_id}”多于项目的总户数，请核对",
                "This project has more “{household_id}” registered than its number of households; make sure of it",
            ),
            is_warning=True,
        ),
    ),
)

STATUS_EVENT = Dataset(
    name="status_event",
    stream="demolition",
    label=Text("户状态", "Household status"),
    description=Text("每户在哪一天走到哪一步。", "The day on which a household reached a step."),
    is_event=True,
    key=("household_id", "status"),
    dated_by=("on_date",),
    columns=(
        parent("household_id", "household", "户编号", "Household", required=True),
        choice("status", "状态", "Status", STATUSES, required=True),
        date("on_date", "日期", "Date", required=True),
    ),
    constraints=(
        *not_in_future("on_date"),
        steps_in_order("status", tuple(status.value for status in STATUSES), ("household_id",), "on_date"),
    ),
)

HOUSING_SOURCE = Dataset(
    name="housing_source",
    stream="demolition",
    label=Text("安置房源", "Housing sources"),
    description=Text("可供安置或购买的房源。", "Homes that can be allotted or bought."),
    key=("housing_source_id",),
    name_column="estate",
    columns=(
        code("housing_source_id", "房源编码", "Housing code"),
        text("estate", "小区", "Estate", required=True),
        choice(
            "kind",
            "房源类型",
            "Kind",
            choices(安置房="Resettlement home", 现房="Ready home", 市场购房="Bought on the market"),
            required=True,
        ),
        integer("units_total", "总套数", "Units", "piece"),
        integer("units_free", "剩余套数", "Units free", "piece"),
        number("distance", "距离", "Distance", "km"),
    ),
    constraints=(at_most("units_free", "units_total"),),
)

AGREEMENT = Dataset(
    name="agreement",
    stream="demolition",
    label=Text("补偿协议", "Agreements"),
    description=Text(
        "每户一份补偿协议：签约、审核、补偿方式。", "One agreement per household: signed, audited, compensation."
    ),
    key=("household_id",),
    dated_by=("signed_on",),
    columns=(
        parent("household_id", "household", "户编号", "Household", required=True),
        date("signed_on", "签约日期", "Signed on", required=True),
        date("audited_on", "审核日期", "Audited on"),
        choice(
            "mode",
            "补偿方式",
            "Compensation",
            choices(货币补偿="Money", 产权调换="Exchange of property", 混合="Mixed"),
            required=True,
        ),
        number("amount", "补偿金额", "Amount", "wan"),
        parent("housing_source_id", "housing_source", "安置房源", "Housing source", aliases=("房源",)),
        date("move_due_on", "应搬迁日期", "Move due"),
    ),
    constraints=(
        *not_in_future("signed_on", "audited_on"),
        not_before("audited_on", "signed_on"),
        not_before("move_due_on", "signed_on"),
        Constraint(
            name="signed_within_period",
            columns=("signed_on", "household_id"),
            parent="household",
            breaks=(
                f"r.signed_on < {_project_column_sql('sign_start')} OR r.signed_on > {_project_column_sql('sign_end')}"
            ),
            shown=("r.signed_on", _project_column_sql("sign_start"), _project_column_sql("sign_end")),
            reason=Text(
                "“{signed_on}”不在项目的签约期限内，请核对",
                "“{signed_on}” is outside the signing period; make sure of it",
            ),
            is_warning=True,
        ),
        Constraint(
            name="exchange_has_a_home",
            columns=("mode", "housing_source_id"),
            breaks="r.mode IN ('产权调换', '混合') AND r.housing_source_id IS NULL",
            reason=Text(
                "“{mode}”要有安置房，却没有填“{housing_source_id}”，请补上",
                "“{mode}” needs a home, but “{housing_source_id}” is empty; add it",
            ),
            is_warning=True,
        ),
        SumConstraint(
            name="homes_at_most_units",
            columns=("housing_source_id",),
            group=("housing_source_id",),
            totals={"homes": "count(*)"},
            parent="housing_source",
            breaks="r.homes > p.units_total",
            shown=("r.homes", "p.units_total"),
            reason=Text(
                "选这处“{housing_source_id}”的户数多于它的总套数，请核对",
                "More households have chosen this “{housing_source_id}” than it has units; make sure of it",
            ),
            is_warning=True,
        ),
    ),
)

VISIT = Dataset(
    name="visit",
    stream="demolition",
    label=Text("入户走访", "Visits"),
    description=Text(
        "疏导走访记录，只记态度，不记亲属和人脉。", "Visits to households: attitude only, no relatives or contacts."
    ),
    is_event=True,
    key=("visit_id",),
    dated_by=("visited_on",),
    columns=(
        code("visit_id", "走访编码", "Visit code"),
        parent("household_id", "household", "户编号", "Household", required=True),
        date("visited_on", "走访日期", "Visited on", required=True),
        choice("half", "时段", "Half-day", choices(上午="Morning", 下午="Afternoon", 晚上="Evening")),
        choice(
            "kind",
            "走访方式",
            "Kind",
            choices(入户走访="Home visit", 重点约访="Appointment", 电话="Telephone", 接访="Office visit"),
            required=True,
        ),
        choice(
            "attitude",
            "走访后态度",
            "Attitude after",
            choices(支持="For", 观望="Waiting", 反对="Against", 未知="Unknown"),
        ),
    ),
    constraints=(*not_in_future("visited_on"),),
)

DATASETS = (DEMOLITION_PROJECT, HOUSEHOLD, STATUS_EVENT, HOUSING_SOURCE, AGREEMENT, VISIT)
