"""Prepared documents: rendered at publish, answered as bytes (docs/mechanisms/publish.md)."""
