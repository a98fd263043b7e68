"""Who may open the addresses of the cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.web.matrix import Rule

RULES: dict[str, Rule | tuple[Rule, ...]] = {}
