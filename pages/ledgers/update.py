"""The clerk's page: template, files, report of the check, commit."""

from ui.ledgers.update import PAGE
from ui.page import linked_choices, show_known_errors
from ui.page_header import draw_plain_header
from ui.upload import commit, file_card, linked_row, upload_form, upload_session
from ui.upload import pending_files as files

draw_plain_header(PAGE.label, linked_choices(PAGE))
ledger = upload_form.choose_ledger()
linked_row.receive_linked_row()
if ledger:
    upload_form.draw_downloads(ledger)
upload_form.draw_uploader(ledger)
with show_known_errors():
    commit.draw_outcomes(upload_session.update_session())
    tray = files.parents_first_files(upload_session.session_files())
    for sent in tray:
        file_card.draw_file_card(sent, by_file=ledger is None, is_alone=len(tray) == 1)
    commit.draw_commit_form(tray)
