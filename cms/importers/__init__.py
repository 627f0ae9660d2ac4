"""Content that comes from files: the demo city and foreign service catalogues."""
