"""The committed report about odd CSV files is what the reader makes of them today."""

import pytest

from tests import reader_report


@pytest.mark.real
@pytest.mark.slow
def test_the_report_about_odd_files_is_current(real_data):
    """Every file of the collections is read as the report says, and every difference has its explanation."""
    assert reader_report.REPORT.read_text(encoding="utf-8") == reader_report.report_markdown(real_data / "csv")
