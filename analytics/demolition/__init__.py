"""Arithmetic of 三改一拆 that SQL cannot say well."""
