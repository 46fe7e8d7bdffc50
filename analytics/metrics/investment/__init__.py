"""Metrics of 招商引资."""
