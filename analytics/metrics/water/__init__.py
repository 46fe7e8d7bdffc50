"""Metrics of 五水共治, a file for each thing that is counted."""
