"""What `make check` runs of files that are slow as a whole."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
WHOLLY_SLOW = re.compile(r"^pytestmark = .*pytest\.mark\.slow\b", re.MULTILINE)
WITHOUT = {
    "test_fault_injection.py": "kills and full disks take their time",
    "test_properties.py": "tables and records are compared by quick tests of the reader",
    "test_water_combined_works.py": "each test loads three ledgers; test_water_works has quick ones",
    "test_water_pages.py": "test_pages opens each page",
}


def test_a_slow_file_has_quick_tests():
    """`make check` runs some tests of every file, so that a fault in what it holds is seen before a commit."""
    slow = {f.name: f.read_text(encoding="utf-8") for f in FOLDER.glob("test_*.py")}
    lacking = {name for name, text in slow.items() if WHOLLY_SLOW.search(text) and "mark.quick" not in text}
    assert lacking == WITHOUT.keys()
