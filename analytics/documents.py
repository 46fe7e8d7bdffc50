"""The generated documents: `python -m analytics.documents` writes them, with --check it says which are stale."""

from __future__ import annotations

import sys
from pathlib import Path

from analytics import metrics_document
from data import dictionary

FOLDER = Path(__file__).parent.parent / "docs"
DOCUMENTS = {"data_dictionary.md": dictionary.dictionary_markdown, "metrics.md": metrics_document.document}


def stale() -> list[str]:
    """Return the documents that differ from what the registries say."""
    files = {name: FOLDER / name for name in DOCUMENTS}
    written = {name: file.read_text(encoding="utf-8") if file.exists() else "" for name, file in files.items()}
    return [name for name, document in DOCUMENTS.items() if written[name] != document()]


def main(words: list[str]) -> int:
    """Write the documents, or with --check say whether they are up to date."""
    if "--check" not in words:
        for name, document in DOCUMENTS.items():
            (FOLDER / name).write_text(document(), encoding="utf-8")
        return 0
    found = stale()
    print(f"stale, run `make docs`: {', '.join(found)}" if found else "documents: up to date", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
