"""Columns and words that several ledgers of 三改一拆 share."""

from data.datasets.model import Column, choices, parent

RESETTLEMENT_KINDS = choices(旧住宅区="Old housing", 旧厂区="Old factories", 城中村="Village in town")
HALVES_OF_VISITS = choices(上午="Morning", 下午="Afternoon", 晚上="Evening")
OUTCOMES = choices(已解决="Solved", 已解释="Explained", 不能解决="Cannot be solved")


def project_column(*, required: bool) -> Column:
    """Return the column that names a demolition project."""
    aliases = ("项目名称", "项目编码")
    return parent("project_id", "demolition_project", "项目", "Project", required=required, aliases=aliases)


def household_column(*, required: bool) -> Column:
    """Return the column that names a household by its code."""
    return parent("household_id", "household", "户编号", "Household", required=required, aliases=("户号", "户编码"))


def team_column() -> Column:
    """Return the column that names the team in charge."""
    return parent("team_id", "demolition_team", "负责小组", "Team", aliases=("工作组", "征拆小组", "责任小组"))
