"""The web server with the catalogue behind it instead of the dashboard."""

import streamlit as st

from ui import web_middleware

app = st.App("widgets.py", middleware=web_middleware.MIDDLEWARE)
