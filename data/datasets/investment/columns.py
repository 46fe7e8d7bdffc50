"""Columns and words that several ledgers of 招商引资 share."""

from data.datasets.model import Column, choices, parent

VERBS = choices(引="Attract", 增="Expand", 提="Upgrade", 促="Speed up", 储="Reserve", 联="Join", 暖="Care")
CHANNELS = choices(
    世界宁波帮大会="World Ningbo Merchants Convention",
    浙洽会="Zhejiang Investment Fair",
    推介会="Promotion event",
    以商引商="Referral",
    走访="Visit",
    中介="Agent",
    其他="Other",
)
HALVES = choices(上午="Morning", 下午="Afternoon")


def project_column(*, required: bool) -> Column:
    """Return the column that names a project."""
    aliases = ("项目名称", "项目编码")
    return parent("project_id", "investment_project", "项目", "Project", required=required, aliases=aliases)


def enterprise_column(*, required: bool) -> Column:
    """Return the column that names a firm."""
    aliases = ("企业名称", "企业编码", "公司")
    return parent("enterprise_id", "enterprise", "企业", "Firm", required=required, aliases=aliases)


def village_column() -> Column:
    """Return the column that names the village or community of a place."""
    return parent("village_id", "village", "所在村社", "Village", aliases=("村社", "村"))
