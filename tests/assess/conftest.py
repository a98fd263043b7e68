"""The small example agency, a pack of few rules and four measures, and reports that ask for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from closeout.cli.demo_documents import DEMO
from closeout.duties.pack import own_folder
from closeout.records.example import write_example

REPORT = DEMO / "reports/oig/OIG-24-951.txt"
MEASURES = """
- measure: file-reviews-on-time
  group: 7
  title: File reviews held in time
  section: A7
  shape: share
  unit: share
  duties: [file-review]
  statistic: timeliness
  period: P12M
  direction: up
  target: {value: 0.95, made_up: true}
  owner: supervisor
  numerator: reviews held by their last day
  denominator: reviews that fell due
  closes_when: reviews are held
  recommendations:
    - {report: OIG-24-951, number: 4, covers: ["the number of reviews due and held"]}
- measure: cases-open
  group: 1
  title: Open cases
  section: A1
  shape: count
  unit: count
  over: cases
  where: closed_on is null
  office: office_id
  direction: down
  owner: director
  numerator: cases that are open
  closes_when: nothing
- measure: findings-open
  group: 21
  title: Findings of the integrity checks
  section: A1
  shape: count
  unit: count
  source: integrity
  rules: [open-case-without-lead]
  direction: down
  target: {value: 0, made_up: true}
  owner: director
  numerator: findings that are open
  closes_when: none is open
- measure: recommendations-open
  group: 19
  title: Recommendations with a promised date that has passed
  section: J1
  shape: count
  unit: count
  source: recommendations
  direction: down
  target: {value: 0, made_up: true}
  owner: audit_liaison
  numerator: open recommendations whose promised date has passed
  closes_when: none is overdue
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Path:
    """Return the small example agency, written once; nobody may change it."""
    folder = tmp_path_factory.mktemp("agency") / "small"
    write_example(folder)
    return folder


@pytest.fixture
def records(small, tmp_path) -> Path:
    """Return a copy of it that a test may spoil."""
    return Path(shutil.copytree(small, tmp_path / "records"))


@pytest.fixture(scope="session")
def pack(tmp_path_factory) -> Path:
    """Return a folder with the rules of case files and four measures."""
    folder = tmp_path_factory.mktemp("pack")
    for name in ("pack.yaml", "activities.yaml", "case_files.yaml"):
        shutil.copyfile(own_folder() / name, folder / name)
    (folder / "measures.yaml").write_text(MEASURES)
    return folder


@pytest.fixture(scope="session")
def reports(tmp_path_factory) -> Path:
    """Return a folder with one report of five recommendations."""
    folder = tmp_path_factory.mktemp("reports")
    shutil.copyfile(REPORT, folder / REPORT.name)
    return folder
