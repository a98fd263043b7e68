"""Families of layouts: each recognizes its documents and reads them.

A new family is a module that exposes `FAMILY` (or `FAMILIES`) and one line below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.reading.families import unknown

if TYPE_CHECKING:
    from closeout.reading.families.base import Family

ALL_FAMILIES: tuple[Family, ...] = (unknown.FAMILY,)
