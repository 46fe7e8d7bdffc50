"""Bytes in, records out: texts, workbooks and JSON, in any encoding."""
