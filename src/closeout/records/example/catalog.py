"""What is planted."""

from __future__ import annotations

from closeout.records.example.defects import Defect

DEFECTS: tuple[Defect, ...] = ()
