"""Metrics of 三改一拆."""
