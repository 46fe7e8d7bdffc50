"""A page of the house, run through the script that readers run, without a browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.patience import PATIENCE
from ui.page import PAGES_FOLDER

SHELL = PAGES_FOLDER.parent / "ui" / "shell.py"


def open_app(file: str, language: str = "zh", **link: str) -> AppTest:
    """Run a page by its file below pages/; what else stands in the link is given by name."""
    app = AppTest.from_file(str(SHELL), default_timeout=PATIENCE)
    app.query_params["lang"] = language
    for name, value in link.items():
        app.query_params[name] = value
    return app.run().switch_page(str(PAGES_FOLDER / file)).run()
