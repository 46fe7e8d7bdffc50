"""The web door with the gallery behind it instead of the dashboard."""

import streamlit as st

from ui import web

app = st.App("widgets.py", middleware=web.MIDDLEWARE)
