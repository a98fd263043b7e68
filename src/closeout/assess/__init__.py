"""The main job: reports and records in, an assessment with evidence out.

`assess` does all of it and writes a folder; `assess_records` assesses recommendations that are known
already, such as those of the site, and `write_papers` writes the papers of what it found.
"""

from closeout.assess.errors import AssessError, CannotKeepError, NothingToAssessError
from closeout.assess.papers import Given, write_papers
from closeout.assess.run import Asked, Done, Rules, assess, assess_records, load_rules, relinked
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
