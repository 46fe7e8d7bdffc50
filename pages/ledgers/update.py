"""The clerk's page: template, files, report of the check, commit."""

from ui import frame
from ui.phrases import UPDATE
from ui.upload import card, commit, desk, inlet
from ui.upload import tray as files

frame.header_plain(UPDATE)
ledger = inlet.choose_ledger()
if ledger:
    inlet.downloads(ledger)
inlet.uploader(ledger)
with frame.failures():
    commit.results(desk.settle())
    tray = files.in_order(desk.tray())
    for sent in tray:
        card.show(sent, by_file=ledger is None, is_alone=len(tray) == 1)
    commit.offer(tray)
