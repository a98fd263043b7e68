"""Writing the example agency: seconds, rows, megabytes and peak memory by size, each in a process of its own.

There is no peer: nobody else writes these tables. The bars are 90 s and 6 GB for the national size.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from closeout.records.example import SIZES, write_example
from closeout.records.tables import TABLES

BAR_SECONDS, BAR_GB = 90.0, 6.0
_ONE = "--one"


def main() -> None:
    """Write each size and print the table."""
    print("\n## The example agency\n")
    print("| size | cases | event rows | all rows | seconds | CPU seconds | rows/s | MB | peak MB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="closeout-bench-") as folder:
            said = measured(size, Path(folder) / "out")
        print(
            f"| {size} | {said['cases']:,} | {said['events']:,} | {said['rows']:,} | {said['seconds']:.1f} "
            f"| {said['cpu']:.1f} | {said['rows'] / said['seconds']:,.0f} | {said['mb']:,.0f} "
            f"| {said['peak_mb']:,.0f} |"
        )
    is_met = said["seconds"] < BAR_SECONDS and said["peak_mb"] < BAR_GB * 1_000
    print(f"\nBar {BAR_SECONDS:.0f} s and {BAR_GB:.0f} GB for national: {'met' if is_met else 'not met'}")


def measured(size: str, folder: Path) -> dict[str, Any]:
    """Return what writing one size took, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.example", _ONE, size, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def one(size: str, folder: Path) -> None:
    """Write one size and print what it took."""
    begun = time.perf_counter()
    manifest = write_example(folder, size=size).manifest
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_SELF)
    said = {
        "cases": manifest.rows("cases"),
        "events": sum(manifest.rows(name) for name, table in TABLES.items() if table.is_event),
        "rows": sum(manifest.rows(name) for name in TABLES),
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime,
        "mb": sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 1e6,
        "peak_mb": used.ru_maxrss / 1_000,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    if _ONE in sys.argv:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
