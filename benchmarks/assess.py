"""The main job at national size, from the command, cold: its steps, its time and its peak memory.

There is no peer that does the same: the steps are shown instead. The reports are the demonstration's; the
records are the example agency's. The whole is one process with one more beside it, both counted. The
small size is run as well, because that is what somebody tries first: three times, of which the best counts
as for the peers of other benchmarks, and the median and the first are shown beside it with what each read
from the disk. A run is only cold from the disk where no run before it has left the libraries in memory.
`CLOSEOUT_BENCH_SNAPSHOT` may name a snapshot that is there already.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks._records import records
from closeout.assess.keeping import LOG
from closeout.cli.demo_documents import DEMO
from closeout.records.example import write_example
from closeout.records.snapshot import open_snapshot

SECONDS, GIGABYTES, SMALL_SECONDS = 180, 8, 15
_STEP = re.compile(r"^ *([\d.]+) s  (.+)$", re.MULTILINE)
_EVERY = 0.2
_SMALL_RUNS = 3
_BLOCK, _COLD_MB = 512, 100
"""Bytes of a block, as Linux counts what processes read from the disk; above so much a run was disk-cold."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds by the clock and of the processor, peak memory, seconds of each step, MB from disk."""

    seconds: float
    cpu: float
    peak_gb: float
    steps: dict[str, float]
    read_mb: float


def main() -> None:
    """Measure both sizes and print their tables."""
    with tempfile.TemporaryDirectory(prefix="closeout-bench-") as folder:
        small = Path(folder, "small")
        write_example(small)
        _show("small", small, SMALL_SECONDS, None, times=_SMALL_RUNS)
    with records() as snapshot:
        _show("national", snapshot, SECONDS, GIGABYTES)


def _show(size: str, snapshot: Path, seconds: float, gigabytes: float | None, times: int = 1) -> None:
    manifest = open_snapshot(snapshot).manifest
    rows = sum(map(manifest.rows, manifest.tables))
    load = os.getloadavg()[0]
    print(f"\n## The main job, {size}: {manifest.rows('cases'):,} cases, {rows:,} rows, load {load:.1f}\n")
    runs = [_ran(snapshot) for _ in range(times)]
    ran = min(runs, key=lambda one: one.seconds)
    print("| step | seconds |\n|---|--:|")
    for step, took in ran.steps.items():
        print(f"| {step} | {took:.2f} |")
    is_met = ran.seconds <= seconds and (gigabytes is None or ran.peak_gb <= gigabytes)
    bar = f"{seconds:g} s" + (f", {gigabytes:g} GB" if gigabytes else "")
    print(f"| **all, from a cold start** (processor {ran.cpu:.1f} s) | **{ran.seconds:.2f}** |")
    if times > 1:
        print(f"| median of {times} | {median(one.seconds for one in runs):.2f} |")
    heat = "disk-cold" if runs[0].read_mb > _COLD_MB else "files in memory"
    print(f"| the first ({heat}: {runs[0].read_mb:.0f} MB read from disk) | {runs[0].seconds:.2f} |")
    print(
        f"\nPeak memory of all processes: {ran.peak_gb:.2f} GB. Bar {bar}: {'met' if is_met else 'NOT met'}."
    )


def _ran(snapshot: Path) -> Ran:
    """Run the command once and watch its processes."""
    manifest = open_snapshot(snapshot).manifest
    with tempfile.TemporaryDirectory(prefix="closeout-bench-") as folder:
        out = Path(folder, "out")
        command = [
            sys.executable, "-m", "closeout.cli.main", "assess", "--reports", str(DEMO / "reports"),
            "--records", str(snapshot), "--as-of", manifest.as_of.isoformat(), "--out", str(out),
            "--links", str(DEMO / "links.yaml"), "--json",
        ]  # fmt: skip
        before, read, started = os.times(), _blocks_read(), time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peak = _Peak(process.pid)
        process.wait()
        seconds, after = time.perf_counter() - started, os.times()
        peak.stop()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        read_mb = (_blocks_read() - read) * _BLOCK / 1e6
        steps = _STEP.findall((out / LOG).read_text(encoding="utf-8"))
        return Ran(seconds, cpu, peak.bytes / 1e9, {step: float(took) for took, step in steps}, read_mb)


def _blocks_read() -> int:
    """Return how many blocks the processes that were waited for have read from the disk."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_inblock


class _Peak:
    """Watches the resident memory of a process and all below it, and keeps the largest sum seen."""

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watch."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            self.bytes = max(self.bytes, sum(map(_resident, _family(self._pid))))


def _family(pid: int) -> set[int]:
    """Return a process and all that it began."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
