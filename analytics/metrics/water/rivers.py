"""What is listed of rivers and drawn on their map."""

from analytics.metrics.columns import (
    CLASS,
    CLASS_RANK,
    CLOSED,
    IS_CLOSED,
    IS_OVERDUE,
    ITEMS,
    MONTH,
    REACH,
    REGISTERED,
    REPORTED_ON,
    RIVER,
    SOURCE,
    STANDING,
    VILLAGE,
    WORK,
    of_ledger,
    with_words,
)
from analytics.metrics.model import Listing
from analytics.metrics.water.quality import SECTION_CLASS
from analytics.metrics.water.sources import SOURCE_CLOSURE
from data import words
from data.datasets.model import integer
from data.text import Text

RIVER_FACTS = Listing(
    name="river_facts",
    label=Text("河道名录", "Rivers as registered"),
    query="water.river_facts",
    columns=(
        RIVER,
        *of_ledger(
            "river",
            "level",
            "water_type",
            "length",
            "mean_width",
            "from_place",
            "to_place",
            "target_class",
            "assess_rule",
            "status_flag",
            "note",
        ),
    ),
)

RIVER_REACHES = Listing(
    name="river_reaches",
    label=Text("河段", "Reaches"),
    query="water.river_reaches",
    columns=(*of_ledger("reach", "sequence"), REACH, *of_ledger("reach", "length"), VILLAGE),
)

RIVER_OUTFALLS = Listing(
    name="river_outfalls",
    label=Text("入河排口（按类型）", "Outfalls by kind"),
    query="water.river_outfalls",
    columns=(
        *of_ledger("outfall", "kind"),
        CLOSED,
        REGISTERED,
        integer("flowing", "晴天仍排水", "Flowing in dry weather", "piece"),
    ),
)

RIVER_ISSUES = Listing(
    name="river_issues",
    label=Text("未销号的问题", "Open issues"),
    query="water.river_issues",
    columns=(
        *of_ledger("issue", "category", "problem", "location", "found_at", "due_on"),
        IS_OVERDUE,
        *of_ledger("issue_event", "step"),
        *of_ledger("issue", "handler"),
    ),
)

RIVER_SIGNBOARDS = Listing(
    name="river_signboards",
    label=Text("河长公示牌", "Signboards"),
    query="water.river_signboards",
    columns=(REACH, *of_ledger("signboard", "location", "condition", "checked_on", "info_as_of")),
)

RIVER_PHOTOS = Listing(
    name="river_photos",
    label=Text("整治照片", "Photos of works"),
    query="water.river_photos",
    columns=(WORK, REPORTED_ON, *of_ledger("work_progress", "photo_before", "photo_after")),
)

DUTIES = Listing(
    name="duties",
    label=Text("在任河长", "Chiefs in office"),
    query="water.duties",
    columns=(
        *of_ledger("chief", "post", "level"),
        *of_ledger("chief_duty", "role"),
        REACH,
        *of_ledger("chief_duty", "valid_from"),
    ),
)

REACH_MAP = Listing(
    name="reach_map",
    label=Text("河段和近来水质", "Reaches and their class of late"),
    query="water.reach_map",
    columns=(
        REACH,
        *of_ledger("reach", "length", "course"),
        RIVER,
        *of_ledger("river", "target_class"),
        VILLAGE,
        CLASS_RANK,
        CLASS,
        MONTH,
        ITEMS,
        STANDING,
    ),
    explained_by=SECTION_CLASS,
)

SOURCE_MAP = Listing(
    name="source_map",
    label=Text("污染源和现状", "Pollution sources and their state"),
    query="water.source_map",
    columns=(
        SOURCE,
        *of_ledger("source", "kind"),
        with_words("source", "state", words.NOT_DONE_YET),
        *of_ledger("source", "action"),
        RIVER,
        VILLAGE,
        *of_ledger("source", "lon", "lat", "found_on", "due_on", "closed_on"),
        IS_CLOSED,
        IS_OVERDUE,
        STANDING,
    ),
    explained_by=SOURCE_CLOSURE,
)
