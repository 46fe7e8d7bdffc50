"""Which ledger a file is for, by its name or else by its header."""

from __future__ import annotations

import re

from data.datasets import DATASETS, Dataset
from data.errors import NoLedger
from data.ingest import batch_log, loader
from data.ingest.loader import DEFAULT_READING
from data.ingest.reading import photo
from data.ingest.reading.reader import ReadOptions, Upload
from data.store import Store
from data.text import Text, join_list

NONE_NEAR = Text("没有相近的", "none is near")


def _normalized_name(written: str) -> str:
    return re.sub(r"[\s_-]+", " ", written.lower())


def _name_spans(name: str, ledger: Dataset) -> list[tuple[int, int]]:
    """Return where a file name holds the code or a label of a ledger as words of their own."""
    words = "|".join(re.escape(_normalized_name(w)) for w in (ledger.name, ledger.label.zh, ledger.label.en))
    return [found.span() for found in re.finditer(rf"(?<![a-z])(?:{words})(?![a-z])", _normalized_name(name))]


def ledgers_in_name(name: str) -> list[Dataset]:
    """Return the ledgers that a file name names; what is part of a longer name (work in work_plan) does not count."""
    spans = {ledger.name: _name_spans(name, ledger) for ledger in DATASETS.values()}
    taken = [span for found in spans.values() for span in found]
    return [
        ledger
        for ledger in DATASETS.values()
        for first, last in spans[ledger.name][:1]
        if not any(a <= first and last <= b and b - a > last - first for a, b in taken)
    ]


def ledgers_by_header(store: Store, file: Upload, reading: ReadOptions = DEFAULT_READING) -> list[Dataset]:
    """Return the ledgers that a file's header fits, by its headings or by what a clerk once made of them."""
    with store.read() as con:
        mapped = batch_log.mapped_signatures(con)
    return loader.candidate_ledgers(file, reading, mapped)


def ledger_of_file(store: Store, file: Upload) -> Dataset:
    """Return the ledger that a file's name names, or else the only one that its header fits; raises NoLedger."""
    if photo.is_photo(file.content):
        return DATASETS["photo"]
    by_name = ledgers_in_name(file.name)
    if len(by_name) == 1:
        return by_name[0]
    by_header = ledgers_by_header(store, file)
    likely = [ledger for ledger in by_header if ledger in by_name] or by_header
    if len(likely) != 1:
        nearest = None if likely or by_name else loader.likeliest_ledger(file)
        listed = likely or by_name or ([nearest] if nearest else [])
        words = join_list(d.label for d in listed) if listed else NONE_NEAR
        raise NoLedger(name=file.name, likely=words)
    return likely[0]
