"""The main job: reports and records in, an assessment with evidence out.

`assess` does all of it and writes a folder; `assess_records` assesses recommendations that are known
already, such as those of the site, and `write_papers` writes the papers of what it found.

Each name is loaded when it is first asked for: the process beside a run needs neither the reading of reports
nor the writing of papers, which take half a second to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from closeout.assess.errors import AssessError, CannotKeepError, NothingToAssessError
    from closeout.assess.papers import Given, write_papers
    from closeout.assess.rules import Rules, load_rules
    from closeout.assess.run import Asked, Done, assess, assess_records, relinked
    from closeout.assess.steps import Steps

__all__ = [
    "Asked",
    "AssessError",
    "CannotKeepError",
    "Done",
    "Given",
    "NothingToAssessError",
    "Rules",
    "Steps",
    "assess",
    "assess_records",
    "load_rules",
    "relinked",
    "write_papers",
]
_IN = {
    "errors": ("AssessError", "CannotKeepError", "NothingToAssessError"),
    "papers": ("Given", "write_papers"),
    "rules": ("Rules", "load_rules"),
    "run": ("Asked", "Done", "assess", "assess_records", "relinked"),
    "steps": ("Steps",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module has under the name
    for module, names in _IN.items():
        if name in names:
            return getattr(import_module(f"closeout.assess.{module}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
