"""The words of the clocks of the law, and of what is to be ready before signing."""

from data.datasets.model import choices

LEGAL_STATES = choices(
    违规="In breach",
    已逾期未办="Overdue, not done",
    缺日期不能判定="A date is missing",
    未到期="Not yet due",
    合规="In keeping",
    权利期满="Right lapsed",
    当时尚无规定="No rule at the time",
)
DAY_KINDS = choices(日历日="Calendar days", 工作日="Working days", 历月="Months")
PREPARATION_STATES = choices(
    逾期未完成="Overdue",
    签约后完成="Done after signing began",
    晚于期限完成="Done late",
    未到期="Not yet due",
    未登记="Not registered",
    按期完成="Done in time",
)
