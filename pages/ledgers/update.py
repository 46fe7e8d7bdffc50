"""The clerk's page: template, files, report of the check, commit."""

from ui import frame
from ui.phrases import UPDATE
from ui.upload import commit, file_card, upload_form, upload_session
from ui.upload import pending_files as files

frame.header_plain(UPDATE)
ledger = upload_form.choose_ledger()
if ledger:
    upload_form.downloads(ledger)
upload_form.uploader(ledger)
with frame.failures():
    commit.results(upload_session.settle())
    tray = files.in_order(upload_session.tray())
    for sent in tray:
        file_card.show(sent, by_file=ledger is None, is_alone=len(tray) == 1)
    commit.offer(tray)
