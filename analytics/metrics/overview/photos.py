"""The photos that ledgers name, with the files that were taken in."""

from analytics.metrics.columns import DAY, RIVER, WORK, of_ledger
from analytics.metrics.model import Listing
from data import words
from data.datasets.model import choice
from data.datasets.water.choices import ISSUE_STEPS
from data.text import Text

PHOTOS = Listing(
    name="photos",
    label=Text("照片", "Photos"),
    query="overview.photos",
    columns=(
        choice("stage", "拍摄环节", "Taken at", (*words.PHOTO_SIDES, *ISSUE_STEPS)),
        DAY,
        RIVER,
        WORK,
        *of_ledger("issue", "category", "problem"),
        *of_ledger("issue_event", "photo"),
        *of_ledger("photo", "digest", "pixel_width", "pixel_height"),
    ),
)
