"""Settings by environment: dev (default of manage.py), test, production. All read base."""
