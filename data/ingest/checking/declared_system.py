"""A vector file that names another coordinate system than the clerk gives: the clerk is believed, and warned."""

from __future__ import annotations

from collections.abc import Iterator

from data.ingest.checking.error_reasons import WARNINGS
from data.ingest.checking.stage import LoadJob
from data.ingest.values.cells import parse_choice
from data.ingest.values.coordinates import FROM_WGS84
from data.text import Text


def declared_system_warnings(job: LoadJob) -> Iterator[Text]:
    """Warn where a file labels its degrees as those of the earth, and the clerk gives GCJ-02 or BD-09 for all rows.

    These have no code of their own, so a program labels their points WGS84 too; nothing is refused for it.
    """
    given = job.match.constants.get("crs")
    if not job.source.declared_crs or given is None:
        return
    choices = job.dataset.column("crs").choices
    system = parse_choice(given, {written: choice.value for choice in choices for written in choice.spellings()})
    if system in FROM_WGS84:
        yield WARNINGS["other_system"].fill(declared=job.source.declared_crs, given=system)
