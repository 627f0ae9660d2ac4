"""Moving the answers of an open draft from one version of a form to another: proposed, checked, told, carried out.

Pure: documents, flows and answers in, plain values out. Who publishes a migration: services/migrations.py; who consents
to it: services/moving.py.
"""

from .applying import Hop, Left, Moved, migrate
from .checking import MigrationProblem, check_migration
from .document import Migration, MigrationUnreadable, read_migration
from .proposing import propose_migration
from .wording import describe_migration

__all__ = [
    "Hop",
    "Left",
    "Migration",
    "MigrationProblem",
    "MigrationUnreadable",
    "Moved",
    "check_migration",
    "describe_migration",
    "migrate",
    "propose_migration",
    "read_migration",
]
