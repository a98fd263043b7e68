"""Write docs/reference/state-machines.md from the machines."""

from __future__ import annotations

from pathlib import Path

from closeout.records.machines import MACHINES
from closeout.records.machines.describe import reference

PAGE = Path(__file__).parents[1] / "docs/reference/state-machines.md"

if __name__ == "__main__":
    PAGE.write_text(reference(MACHINES.values()), encoding="utf-8")
