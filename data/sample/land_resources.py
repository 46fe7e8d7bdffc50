"""示例 land and idle resources: parcels of each band and test, resources of all kinds, their agents."""

from data.sample.rows import Ledgers, Row, named_rows, sample_generator

CHECKED_ON = "2014-06-20"
PROGRESS_COLUMNS = "due_floor_area built_floor_area planned_investment invested stopped_on checked_on"

# what the check of June 2014 found on the parcels of projects that have started
PROGRESS = {
    "LAND-S01": (39000, 39000, 21000, 20200, None, CHECKED_ON),
    "LAND-S02": (26000, 26000, 15500, 13900, None, CHECKED_ON),
    "LAND-S03": (57600, 49500, 38000, 21400, None, CHECKED_ON),
    "LAND-S04": (85000, 31000, 60000, 22800, None, CHECKED_ON),
    "LAND-S05": (33600, 2600, 13200, 2900, None, CHECKED_ON),
    "LAND-S06": (30700, 0, 19500, 3400, None, CHECKED_ON),
}

# second plots: one stopped with little built, one stopped with little invested, one that is due soon
SECOND_PLOTS = named_rows(
    f"parcel_id project_id area price agreed_start_on agreed_finish_on actual_start_on {PROGRESS_COLUMNS}",
    ("LAND-S01B", "INV-S01", 16.0, 980, "2012-09-30", "2014-03-31", "2012-10-15", 19200, 4800, 4600, 1750,
     "2013-04-20", CHECKED_ON),
    ("LAND-S02B", "INV-S02", 9.5, 560, "2012-12-31", "2014-06-30", "2013-01-15", 11400, 5300, 2400, 430,
     "2013-05-31", CHECKED_ON),
    ("LAND-S05B", "INV-S05", 12.0, 690, "2014-08-31", "2015-12-31", None, 14400, None, 5200, None, None, None),
)  # fmt: skip

AGENTS = named_rows(
    "agent_id name kind hired_on leads deals reported_on",
    ("AG-1", "示例银行甲", "银行", "2012-05-08", 11, 3, "2014-06-25"),
    ("AG-2", "示例中介机构乙", "中介机构", "2012-09-03", 16, 4, "2014-06-25"),
    ("AG-3", "示例银行丙", "银行", "2013-04-15", 6, 0, "2014-06-25"),
    ("AG-4", "示例商会丁", "其他", "2014-03-10", None, None, None),
)

# areas in mu and m², rent by the day
RESOURCES = named_rows(
    "name kind village_id owner_kind land_area floor_area vacant_area asking_rent found_on idle_since idle_reason "
    "defects in_brochure agent_id viewings marketed_on intended_on",
    ("示例闲置土地A", "闲置土地", "V-A", "国有", 18.5, None, None, None, "2012-03-12", "2009-08-31", "原项目终止",
     None, True, "AG-2", 4, "2012-06-05", None),
    ("示例闲置土地B", "闲置土地", "V-E", "村集体", 7.2, None, None, None, "2013-09-10", "2012-12-31", "规划待定",
     "没有道路", False, None, 0, None, None),
    ("示例低效用地A", "低效用地", "V-B", "民企", 32.0, 14800, 9600, 0.28, "2012-08-20", "2011-05-31", "企业停产",
     "部分没有产证", True, "AG-1", 6, "2012-11-12", "2014-05-20"),
    ("示例低效用地B", "低效用地", "V-C", "民企", 21.4, 9300, 4100, 0.25, "2013-11-05", "2013-02-28", "订单减少",
     None, False, "AG-3", 1, "2014-02-18", None),
    ("示例闲置厂房A", "闲置厂房", "V-B", "民企", 12.6, 8200, 8200, 0.32, "2012-04-16", "2010-10-31", "企业外迁",
     "消防没有验收", True, "AG-2", 9, "2012-07-02", None),
    ("示例闲置厂房B", "闲置厂房", "V-C", "村集体", 6.8, 4500, 2700, 0.30, "2013-05-13", "2013-01-31", "合同到期",
     None, True, "AG-1", 3, "2013-09-24", None),
    ("示例闲置厂房C", "闲置厂房", "V-E", "国有", 9.9, 6100, 6100, None, "2014-04-22", None, "改制清算", "没有产证",
     False, None, 0, None, None),
    ("示例空置楼宇A", "空置楼宇", "V-D", "民企", None, 12400, 5200, 1.1, "2013-03-18", "2012-06-30",
     "新建成后招租慢", None, True, "AG-2", 14, "2013-04-08", "2014-06-09"),
    ("示例空置楼宇B", "空置楼宇", "V-F", "国有", None, 3800, 1500, 0.9, "2014-06-12", "2014-03-31", "单位搬迁",
     None, False, None, 0, None, None),
    ("示例村集体物业A", "村集体物业", "V-A", "村集体", 3.1, 2100, 2100, 0.45, "2013-07-08", "2012-11-30",
     "租户退租", "消防没有验收", True, "AG-3", 2, "2013-12-03", None),
)  # fmt: skip

REVIVED = named_rows(
    "name kind village_id owner_kind land_area floor_area vacant_area asking_rent found_on idle_since idle_reason "
    "in_brochure agent_id viewings marketed_on intended_on revived_on revived_area revived_land tax_before tax_after "
    "tenant_registered",
    ("示例闲置厂房D", "闲置厂房", "V-A", "民企", 10.4, 7000, 0, 0.30, "2012-03-12", "2011-03-31", "企业停产", True,
     "AG-1", 7, "2012-05-15", "2012-11-20", "2013-02-25", 7000, 10.4, 12, 96, True),
    ("示例空置楼宇C", "空置楼宇", "V-D", "民企", None, 5600, 0, 1.2, "2012-10-09", "2012-04-30", "租户退租", True,
     "AG-2", 11, "2012-12-04", "2013-08-06", "2013-10-15", 5600, None, 140, 365, True),
    ("示例低效用地C", "低效用地", "V-E", "国有", 14.0, 5200, 0, 0.26, "2012-06-18", "2011-09-30", "设备老化", True,
     "AG-2", 5, "2012-09-11", "2013-06-04", "2014-01-20", 5200, 14.0, 20, 118, True),
    ("示例闲置厂房E", "闲置厂房", "V-C", "民企", 8.3, 5400, 0, 0.33, "2013-01-15", "2012-08-31", "合同到期", True,
     "AG-1", 8, "2013-04-22", "2014-01-09", "2014-03-04", 5400, None, 30, 88, False),
    ("示例村集体物业B", "村集体物业", "V-B", "村集体", 2.4, 1800, 0, 0.50, "2013-10-21", "2013-07-31", "租户退租",
     True, "AG-2", 4, "2013-11-18", "2014-04-02", "2014-05-12", 1800, None, None, 60, True),
    ("示例空置楼宇D", "空置楼宇", "V-F", "国有", None, 2600, 0, 1.0, "2014-02-17", "2013-12-31", "单位搬迁", False,
     None, 6, "2014-03-03", "2014-05-06", "2014-06-16", 2600, None, 85, 240, True),
)  # fmt: skip


def parcel_progress(parcel_id: str) -> Row:
    """Return how much of a parcel was built and invested when it was checked; nothing where it has not started."""
    return dict(zip(PROGRESS_COLUMNS.split(), PROGRESS.get(parcel_id, (None,) * 6), strict=True))


@sample_generator
def idle_resource_ledgers() -> Ledgers:
    """Return the idle resources, those still idle first, and the agents who market them."""
    listed = [*RESOURCES, *REVIVED]
    return {
        "investment_agent": AGENTS,
        "idle_resource": [{"resource_id": f"RES-{n:02}"} | row for n, row in enumerate(listed, 1)],
    }
