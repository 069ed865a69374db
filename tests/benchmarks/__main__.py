"""How fast the reading is and how much memory it takes, as one Markdown table: `make bench`.

All times are ratios within one run, besides the few limits that are absolute. A whole run takes some twenty minutes;
`--quick` only shows that all of it works.
"""

from __future__ import annotations

import argparse
import os
import sys

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))  # one core

from tests.benchmarks.measures import FULL, QUICK, measure_all
from tests.benchmarks.table import as_table


def main() -> None:
    """Measure, saying on standard error what is being measured, and print the table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny amounts: the figures mean nothing")
    size = QUICK if parser.parse_args().quick else FULL
    rows = []
    for row in measure_all(size):
        sys.stderr.write(f"{row.what}: {row.figure}\n")
        rows.append(row)
    sys.stdout.write(as_table(rows))


if __name__ == "__main__":
    main()
