"""Arithmetic of 招商引资 that SQL cannot say well."""
