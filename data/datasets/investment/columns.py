"""Columns and words that several ledgers of 招商引资 share."""

from data.datasets.model import Choice, Column, choices, parent
from data.text import Text

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
# a clock time in a cell counts from one hour up to the other: 08:30 is 上午, 14:00 is 下午
HALVES = (
    Choice("上午", Text("上午", "Morning"), ("AM", "A.M.", "早上", "上半天", "1"), hours=(6, 12)),
    Choice("下午", Text("下午", "Afternoon"), ("PM", "P.M.", "午后", "下半天", "2"), hours=(12, 18)),
)


def project_column(*, required: bool) -> Column:
    """Return the column that names a project."""
    aliases = ("项目名称", "项目编码")
    return parent("project_id", "investment_project", "项目", "Project", required=required, aliases=aliases)


def enterprise_column(*, required: bool) -> Column:
    """Return the column that names a firm."""
    aliases = ("企业名称", "企业编码", "公司")
    return parent("enterprise_id", "enterprise", "企业", "Firm", required=required, aliases=aliases)
