"""What became of a file that came in by the watched folder, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.datasets import DATASETS
from data.ingest.error_file import ErrorFile
from data.ingest.submissions import SubmissionReport
from data.text import SPACE, Text, join_texts

SENTENCES = {
    "loaded": Text(
        "“{file}”已载入“{ledger}”，批次 {batch}：新增 {inserted} 行，更新 {updated} 行，不变 {unchanged} 行。",
        "“{file}” was loaded into “{ledger}” as batch {batch}: "
        "{inserted} rows inserted, {updated} updated, {unchanged} unchanged.",
    ),
    "loaded_in_part": Text(
        "“{file}”中正确的行已载入“{ledger}”，批次 {batch}：新增 {inserted} 行，更新 {updated} 行，不变 {unchanged} 行；"
        "{rejected} 行有错没有载入，见旁边的“错误行”文件，改好后放回文件夹。",
        "The good rows of “{file}” were loaded into “{ledger}” as batch {batch}: "
        "{inserted} inserted, {updated} updated, {unchanged} unchanged; {rejected} rows are wrong and were left out: "
        "correct them in the file of errors beside this one and put it back into the folder.",
    ),
    "refused": Text(
        "“{file}”有 {rejected} 行有错，一行也没有载入“{ledger}”；错在哪里见旁边的“错误行”文件，改好后放回文件夹。",
        "{rejected} rows of “{file}” are wrong, so nothing was loaded into “{ledger}”; "
        "correct them in the file of errors beside this one and put it back into the folder.",
    ),
    "nothing_new": Text(
        "“{file}”的内容与“{ledger}”现有数据完全相同，没有任何变化。",
        "“{file}” says what “{ledger}” holds already; nothing changed.",
    ),
    "loaded_before": Text(
        "“{file}”已经作为批次 {batch} 载入过“{ledger}”，没有再次载入。",
        "“{file}” was loaded into “{ledger}” before, as batch {batch}; it was not loaded again.",
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the folder it goes to, why, the report as JSON, and the files of its errors."""

    place: Literal["done", "rejected"]
    sentence: Text
    report: Mapping[str, object]
    errors: Sequence[ErrorFile] = ()

    def as_json(self) -> dict[str, object]:
        return {"place": self.place, **self.report}


def _outcome_kind(told: SubmissionReport, earlier: int | None) -> str:
    if earlier is not None:
        return "loaded_before"
    if told.batches:
        return "loaded_in_part" if told.rejected else "loaded"
    return "refused" if told.rejected else "nothing_new"


def from_report(told: SubmissionReport, earlier: int | None, errors: Sequence[ErrorFile]) -> Outcome:
    """Return what became of a file that could be read; `earlier` is the batch that had loaded it before."""
    kind = _outcome_kind(told, earlier)
    batches = told.batches if earlier is None else [earlier]
    found = told.as_json() | {"batch": next(iter(batches), None)}
    labels = dict.fromkeys(DATASETS[report.dataset].label for report in told.parts)
    named = {"ledger": join_texts(labels, Text("”“", "”, “")), "batch": "、".join(map(str, batches))}
    unread = [*told.warnings, *(note.reason for note in told.notes)]
    sentence = join_texts([SENTENCES[kind].fill(**(found | named)), *unread], SPACE)
    about = {"outcome": kind, "sentence_zh": sentence.zh, "sentence_en": sentence.en}
    return Outcome("rejected" if kind == "refused" else "done", sentence, about | found, errors)


def unusable_file(name: str, sentence: Text) -> Outcome:
    """Return what became of a file that cannot be used, and why."""
    about = {"outcome": "unusable", "sentence_zh": sentence.zh, "sentence_en": sentence.en, "file": name}
    return Outcome("rejected", sentence, about)
