"""The catalog of planted defects, read from `planted.yaml`."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from closeout.records.example.defects import Defect

_WAYS = ("duty", "integrity", "check", "records", "study")


def defects() -> tuple[Defect, ...]:
    """Return what is planted, in the order of the systems list."""
    text = files(__package__).joinpath("planted.yaml").read_text(encoding="utf-8")
    return tuple(_defect(name, said) for name, said in yaml.safe_load(text).items())


def _defect(name: str, said: dict[str, Any]) -> Defect:
    found = said["found"]
    (way,) = (one for one in _WAYS if one in found)
    return Defect(
        id=name,
        section=found["section"],
        says=said["says"],
        table=found["table"],
        found_by=way,
        name=found[way],
        state=found.get("state", ""),
    )
