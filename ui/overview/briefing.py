"""The briefing on its page: which kind, what is told above the preview, the file to take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from data.datasets.shared.issued_figure import BRIEFING_KINDS, WEEKLY
from data.text import Text, join_texts
from data.words import LATE
from ui.blocks import Download, Html
from ui.documents.briefing import BriefingResults, has_changed
from ui.documents.briefing_words import near_date
from ui.formats import format_date
from ui.markup import element, joined, link, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import t

KIND = "kind"  # in the address: weekly or monthly
PAGE = Page(
    label=Text("简报", "Briefing"),
    icon=":material/description:",
    place=80,
    ledgers=("issued_figure",),
    choices=(KIND,),
)
WHICH = Text("简报种类", "kind of briefing")
TITLE = Text(
    "{kind}：{count} 项目标中 {late} 项落后，比{day}有 {changed} 项变化",
    "{kind}: {late} of {count} targets behind, {changed} changed since {day}",
)
UNKNOWN = Text("，{count} 项没有数据", ", {count} without data")
DOWNLOAD = Text("下载 Word 文档（.docx）", "Download as a Word document (.docx)")
FILE_NAME = Text("{kind} {day}.docx", "{kind} {day}.docx")
PREVIEW = Text(
    "下面是预览，与下载的文档一字不差；每个数字后面的注指向它的批次。只作内部参考，不带红头、文号和印章。",
    "Below is the preview, word for word the document; the note behind a figure leads to its batch. It is for internal "
    "reference and bears no letterhead, number or seal.",
)
LABELS = {kind.value: kind.label for kind in BRIEFING_KINDS}


def title_sentence(results: BriefingResults) -> Text:
    """Say how many targets there are, how many are behind, how many have changed, of how many nothing is known."""
    targets = results.targets
    late, unknown = int(targets["light"].isin(LATE).sum()), int(targets["actual"].isna().sum())
    told = {
        "kind": LABELS[results.kind],
        "day": near_date(results.since, results.as_of),
        "count": len(targets),
        "late": late,
    }
    said = TITLE.fill(**told, changed=sum(map(has_changed, targets["change"])))
    return join_texts((said, UNKNOWN.fill(count=unknown))) if unknown else said


def kind_links(request: PageRequest, kind: str) -> Html:
    """Return the kinds of briefing, this one as a word and the other as a link, and what the preview is."""
    listed = (
        element("b", words(label), aria_current="true") if name == kind
        else link(words(label), same_page_href(request, **{KIND: None if name == WEEKLY else name}))
        for name, label in LABELS.items()
    )  # fmt: skip
    return Html(
        element("p", joined(listed, " · "), class_="fl-beside-words")
        + element("p", words(PREVIEW), class_="fl-caption")
    )


def word_download(kind: str, as_of: date, make: Callable[[], bytes], held: int) -> Download:
    """Return the document as a file, made when it is asked for; `held` is about what that keeps in memory."""
    name = t(FILE_NAME.fill(kind=LABELS[kind], day=format_date(as_of)))
    return Download(t(DOWNLOAD), "briefing-word", name, make, held)


def not_written(said: Text) -> Html:
    """Say why there is no briefing of the day."""
    return Html(element("p", words(said), class_="fl-notice", role="status"))
