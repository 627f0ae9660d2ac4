"""Search in the content of the city: pure Python, no server, the same on every database (docs/reference/search.md)."""
