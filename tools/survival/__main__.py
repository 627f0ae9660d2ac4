"""`make survival`: nothing lost, nothing doubled, on both databases, whatever is killed.

python -m tools.survival [--seed 1] [--short] [--database SQLite|PostgreSQL]

Exit code 1 when something is lost, doubled or unexplained; in the long run also when a gap without receipts is longer
than promised. `--short` is the version of `make test`: on a machine that is busy with other things gaps say little.
"""

from __future__ import annotations

import argparse
import sys

from tools.survival import cluster, report
from tools.survival.house import POSTGRESQL, SQLITE
from tools.survival.run import Length, survive

LONG = Length(seconds=180, rate=10, lease_seconds=20)
SHORT = Length(seconds=20, rate=8, lease_seconds=4)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL))
    options = parser.parse_args()
    databases = [options.database] if options.database else [SQLITE, POSTGRESQL]
    if POSTGRESQL in databases and cluster.find_binaries() is None:
        print("PostgreSQL left out: there is no server to start.")
        databases.remove(POSTGRESQL)
    results = []
    for database in databases:
        print(f"{database}: seed {options.seed} …", flush=True)
        results.append(survive(database, SHORT if options.short else LONG, seed=options.seed))
    report.print_table(results)
    missed = report.bars_missed(results)
    print("\n".join(missed))
    failed = not results or not all(result.holds for result in results) or (missed and not options.short)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
