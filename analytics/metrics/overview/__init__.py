"""Metrics of 总览."""
