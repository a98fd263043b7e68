"""Published figures that Closeout must reproduce, and the check that it does.

The figures are data (`figures.yaml`): what is published, where, and what our function is given. What is got
is always the product's own function, the one that a run uses, never arithmetic written for the check.
"""

from closeout.workload.reference.checks import Check, Seen, checks, left_out
from closeout.workload.reference.page import page

__all__ = ["Check", "Seen", "checks", "left_out", "page"]
