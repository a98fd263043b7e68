"""Small packs to load, and what is said of faulty ones."""

from closeout.duties.pack import check_pack, load_pack

HEAD = """\
pack: small
title: A small pack
policies:
  RULES: The rules of a small agency
"""

ON = """\
- duty: check-in
  title: Hold the check-in
  section: A3
  owes: check_ins
  when: channel = 'phone'
  on: due_on
  done: {column: outcome_on, where: "outcome = 'attended'"}
  excused: {when: is_service_issue, on: outcome_on, reason: service_issue}
  holds: [legal_stay]
  case: case_no
  minutes: check-in
  versions:
    - basis: {policy: RULES, clause: hold, made_up: true}
      in_force: 2024-01-01/..
      grace: P3D
      lead: P14D
      response: P10D
"""

EVERY = """\
- duty: inspection
  title: Inspect the partner
  section: C4
  owes: agreements
  when: model = 'WSO'
  every: rolling
  starts: operational_on
  ends: ended_on
  done: {table: partner_inspections, column: held_on, match: agreement_id, where: "kind <> 'complaint'"}
  office: office_id
  versions:
    - basis: {policy: RULES, clause: inspect, citation: "GAO-21-186"}
      in_force: 2024-01-01/..
      period: P24M
      first: P12M
      lead: P90D
      takes_over_open: true
    - basis: {policy: RULES, clause: inspect, made_up: true}
      in_force: 2020-01-01/2023-06-30
      period: P36M
"""

WITHIN = """\
- duty: notification
  title: Notify a complaint
  section: C7
  owes: complaints
  within: received_at
  done: {column: notified_at}
  office: office_id
  versions:
    - basis: {policy: RULES, clause: notify, made_up: true}
      in_force: 2020-01-01/..
      period: {period: PT48H, counts: weekday}
"""

FIXED = """\
- duty: summary
  title: Complete the annual summary
  section: C9
  owes: agreements
  every: fiscal_year
  starts: operational_on
  done: {table: partner_summaries, column: completed_on, match: agreement_id, year: fiscal_year}
  office: office_id
  versions:
    - basis: {policy: RULES, clause: summary, made_up: true}
      in_force: 2020-01-01/..
      period: P90D
"""


def make_pack(folder, *clauses, head=HEAD):
    """Write a pack: `pack.yaml`, and each clause text as a file of its own; return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    for number, clause in enumerate(clauses or (ON,), 1):
        (folder / f"clauses_{number}.yaml").write_text(clause, encoding="utf-8")
    return folder


def load(folder, *clauses, head=HEAD):
    """Write a pack and load it."""
    return load_pack(make_pack(folder, *clauses, head=head))


def faults(folder, *clauses, head=HEAD):
    """Write a pack and return what is wrong with it, without the folder."""
    made = make_pack(folder, *clauses, head=head)
    return [line.removeprefix(f"{made}/") for line in check_pack(made)]
