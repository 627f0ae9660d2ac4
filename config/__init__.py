"""Composition root. Reads `.env` (which may name the settings) and swaps in a SQLite that is safe in WAL mode
before Django loads.

SQLite 3.7.0 to 3.51.2 can corrupt a database when the write-ahead log is reset under load; many
distributions still ship such a version. The wheel `pysqlite3` carries a fixed one. `manage.py doctor`
says which version runs.
"""

import sys
from pathlib import Path

import environ

if (Path(__file__).resolve().parents[1] / ".env").exists():
    environ.Env.read_env(Path(__file__).resolve().parents[1] / ".env")

try:
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # no wheel for this platform: doctor checks the system's version
    pass
