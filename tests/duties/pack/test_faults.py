import pytest

from closeout.duties.clauses import LeftOut
from closeout.duties.faults import PackError
from closeout.duties.pack import check_pack, load_pack, read_pack
from tests.duties.pack.making import EVERY, FIXED, HEAD, ON, WITHIN, faults, make_pack


def only(found):
    (line,) = found
    return line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  minutes: check-in",
            "  minute: check-in",
            ":11: `minute` is no field of a clause. Did you mean minutes?",
        ),
        ("duty: check-in", "duty: Check In", ":1: `duty` must be text of the form"),
        ("duty: check-in", "duty: 5-days", ":1: `duty` must be text of the form"),
        ("title: Hold the check-in", "title:", ":2: a clause needs `title`"),
        ("section: A3", "section: Z9", ":3: `section` must be text of the form [A-J]"),
        ("owes: check_ins", "owes: check_in", ":4: `owes: check_in` is not known. Did you mean check_ins"),
        ("when: channel", "when: chanel", ":5: `chanel` is no column of check_ins. Did you mean channel?"),
        ("when: channel = 'phone'", "when: due_on", ":5: `due_on` is a date, where a boolean is needed."),
        ("when: channel = 'phone'", "when: true; true", ":5: `;` starts a comment or another statement"),
        ("when: channel = 'phone'", "when: [a, b]", ":5: `when` must be text of the form"),
        ("on: due_on", "on: case_no", ":6: `case_no` is a string, where a date is needed."),
        ("on: due_on", "on: recorded_at", ":6: `recorded_at` is an instant, where a date is needed."),
        ("on: due_on", "on:", ":6: a clause needs `on`"),
        ("on: due_on", "at: due_on", ":6: `at` is no field of a clause."),
        (
            "column: outcome_on",
            "column: outcome",
            ":7: check_ins.outcome is a string, where a date or instant",
        ),
        (
            "column: outcome_on",
            "column: outcom_on",
            ":7: `outcom_on` is no column of check_ins. Did you mean outcome_on",
        ),
        ("column: outcome_on, where", "where", ":7: `done` needs `column`"),
        (
            "column: outcome_on",
            "column: outcome_on, match: case_no",
            ":7: `match` is for another table; here the row's",
        ),
        (
            "column: outcome_on",
            "column: outcome_on, year: window_days",
            ":7: `year` is for `every: calendar_year`",
        ),
        (
            "column: outcome_on",
            "column: outcome_on, tabel: cases",
            ":7: `tabel` is no field of `done`. Did you mean table",
        ),
        ("outcome = 'attended'", "outcome = 'atended'", ":7: `outcome = 'atended'` can never be true"),
        ("when: is_service_issue, ", "", ":8: `excused` needs `when`"),
        (", reason: service_issue", "", ":8: `excused` needs `reason`"),
        ("reason: service_issue", "reason: Service Issue", ":8: `reason` must be text of the form"),
        (
            "on: outcome_on, reason",
            "on: outcome, reason",
            ":8: `outcome` is a string, where a date is needed.",
        ),
        ("holds: [legal_stay]", "holds: [legal_stay, leave]", ":9: `leave` is no kind of hold."),
        ("holds: [legal_stay]", "holds: {legal_stay: true}", ":9: `holds` must be a list of words"),
        (
            "case: case_no",
            "case: office_id",
            ":10: `office_id` is no column of check_ins that refers to a case",
        ),
        (
            "case: case_no",
            "case: case_no\n  starts: due_on",
            ":11: `starts` is not for `on`; it is for every",
        ),
        (
            "case: case_no",
            "case: case_no\n  ends: due_on",
            ":11: `ends` is not for `on`; it is for every and within",
        ),
        (
            "case: case_no",
            "case: case_no\n  officer: window_days",
            ":11: `window_days` is a number, where a string",
        ),
        (
            "policy: RULES",
            "policy: RULEZ",
            ":1: `RULEZ` is no policy of the pack. Did you mean RULES? Add it to",
        ),
        ("policy: RULES, ", "", ":13: `basis` needs `policy`"),
        ("clause: hold, ", "", ":13: `basis` needs `clause`"),
        (", made_up: true", "", ":13: `basis` gives neither a citation nor made_up: true"),
        (", made_up: true", ", made_up: false", ":13: `basis` gives neither a citation nor made_up: true"),
        (", made_up: true", ", made_up: yes", ":13: `made_up: yes` is not known."),
        (
            "made_up: true",
            "made_up: true, citation: here",
            ":13: `basis` gives both a citation and made_up: true",
        ),
        ("in_force: 2024-01-01/..", "in_force: 2024-01-01", ":14: `in_force: 2024-01-01` must be days like"),
        (
            "in_force: 2024-01-01/..",
            "in_force: 2024-02-30/..",
            ":14: `in_force: 2024-02-30/..` must be days like",
        ),
        (
            "in_force: 2024-01-01/..",
            "in_force: 2024-01-02/2024-01-01",
            ":14: `in_force: 2024-01-02/2024-01-01`",
        ),
        ("in_force: 2024-01-01/..", "in_force:", ":14: a version needs `in_force`"),
        ("grace: P3D", "grace: PT3H", ":15: `grace` counts calendar days or months only"),
        (
            "grace: P3D",
            "grace: {period: P3D, counts: business}",
            ":15: `grace` counts calendar days or months only",
        ),
        ("grace: P3D", "grace: {period: P3D}", ":15: `grace` needs `counts`"),
        ("grace: P3D", "grace: {period: P3D, counts: feast}", ":15: `counts: feast` is not known."),
        ("grace: P3D", "grace: 3", ":15: `grace`: 3 is no period; write it like P24M"),
        ("grace: P3D", "period: PT3H", ":15: hours count only from a trigger; use `within`, or write days"),
        ("grace: P3D", "first: P3D", ":15: `first` is for `every: rolling` only"),
        (
            "grace: P3D",
            "takes_over: true",
            ":15: `takes_over` is no field of a version. Did you mean takes_over_open",
        ),
    ],
)
def test_a_fault_of_an_on_clause_is_said_with_its_line(tmp_path, old, new, said):
    assert old in ON
    found = faults(tmp_path, ON.replace(old, new))
    assert any(line.startswith(f"clauses_1.yaml{said}") for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("every: rolling", "every: now_and_then", ":6: `every: now_and_then` is not known."),
        (
            "every: rolling",
            "every: rolling\n  on: signed_on",
            ":1: a clause needs one of `on`, `every` and `within`;",
        ),
        ("  starts: operational_on\n", "", ":1: a clause needs `starts`"),
        ("starts: operational_on", "starts: model", ":7: `model` is a string, where a date is needed."),
        ("ends: ended_on", "ends: true", ":8: `true` is a boolean"),
        ("ends: ended_on", "opened: ended_on", ":8: `opened` is not for `every`; it is for on"),
        (
            "table: partner_inspections",
            "table: partner_inspection",
            ":9: `table: partner_inspection` is not known.",
        ),
        ("match: agreement_id, ", "", ":9: `done` needs `match`"),
        ("match: agreement_id", "match: inspection_id", ":9: `done` needs `subject`"),
        (
            "match: agreement_id",
            "match: inspection_id, subject: agreement_id",
            ":9: partner_inspections.inspection_id is a number and agreements.agreement_id a string",
        ),
        ("kind <> 'complaint'", "model = 'WSO'", ":9: `model` is no column of partner_inspections."),
        ("office: office_id", "officer: office_id", ":1: a clause needs `office` (who owes it) or `case`"),
        (
            "office: office_id",
            "holds: [appeal]\n  office: office_id",
            ":10: `holds` stop the clock of a case",
        ),
        (
            "2020-01-01/2023-06-30",
            "2020-01-01/2024-01-01",
            ":12: overlaps the version in force from 2020-01-01; end",
        ),
        (
            "2020-01-01/2023-06-30",
            "2020-01-01/..",
            ":12: overlaps the version in force from 2020-01-01; end that one by",
        ),
        ("2020-01-01/2023-06-30", "2024-01-01/..", "overlaps the version in force from 2024-01-01"),
        ("period: P24M", "period: P0D", ":14: `period` must be longer than nothing"),
        ("      period: P24M\n", "", ":12: a version needs `period`"),
        ("period: P24M", "period: PT24H", ":14: hours count only from a trigger"),
        (
            "period: P24M",
            "period: {period: P24M, counts: business}",
            ":14: `period`: P24M holds months or years",
        ),
        ("first: P12M", "first: PT12H", ":15: `first` cannot hold hours"),
        ("lead: P90D", "lead: P24M", ":16: `lead` must be shorter than the interval"),
        (
            "takes_over_open: true",
            "takes_over_open: perhaps",
            ":17: `takes_over_open: perhaps` is not known.",
        ),
    ],
)
def test_a_fault_of_an_every_clause_is_said_with_its_line(tmp_path, old, new, said):
    assert old in EVERY
    found = faults(tmp_path, EVERY.replace(old, new, 1))
    assert any(said in line and line.startswith("clauses_1.yaml:") for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("within: received_at", "within: received_on", ":5: `received_on` is no column of complaints."),
        ("within: received_at", "within: office_id", ":5: `office_id` is a string, where a date or instant"),
        ("within: received_at", "within: resolved_on", ":11: hours need a trigger that is an instant;"),
        (
            "office: office_id",
            "starts: resolved_on\n  office: office_id",
            ":7: `starts` is for `every`; the trigger of",
        ),
        (
            "counts: weekday}",
            "counts: weekday}\n      grace: P1D",
            ":12: `grace` cannot be added to a clock of hours",
        ),
        (
            "counts: weekday}",
            "counts: weekday}\n      first: P1D",
            ":12: `first` is for `every: rolling` only",
        ),
        ("  done: {column: notified_at}\n", "", ":1: a clause needs `done: {table, column, match}`"),
        (
            "done: {column: notified_at}",
            "done: notified_at",
            ":6: `done` must be a mapping with table, column",
        ),
        (
            "basis: {policy: RULES, clause: notify, made_up: true}",
            "basis: RULES",
            ":9: `basis` must be a mapping",
        ),
        ("basis: {policy: RULES, clause: notify, made_up: true}\n      ", "", ":9: a version needs `basis:"),
    ],
)
def test_a_fault_of_a_within_clause_is_said_with_its_line(tmp_path, old, new, said):
    assert old in WITHIN
    found = faults(tmp_path, WITHIN.replace(old, new))
    assert any(line.startswith(f"clauses_1.yaml{said}") for line in found), found


def test_a_fault_in_the_trigger_is_not_blamed_on_the_hours(tmp_path):
    assert len(faults(tmp_path, WITHIN.replace("received_at", "received"))) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "year: fiscal_year",
            "year: completed_on",
            ":7: partner_summaries.completed_on is a date, where a number",
        ),
        ("year: fiscal_year", "year: year", ":7: `year` is no column of partner_summaries."),
        (
            "every: fiscal_year",
            "every: month",
            ":7: `year` is for `every: calendar_year` and `every: fiscal_year`",
        ),
        (
            "year: fiscal_year",
            "period: fiscal_year",
            ":7: partner_summaries.fiscal_year is a number, where a date",
        ),
        (
            "year:",
            "period: completed_on, year:",
            ":7: `period` is for an `every` with a cycle, and not beside",
        ),
        ("every: fiscal_year", "every: rolling", ":7: `year` is for `every: calendar_year`"),
        ("period: P90D", "first: P90D", ":12: `first` is for `every: rolling` only"),
    ],
)
def test_a_fault_of_a_fixed_clause_is_said_with_its_line(tmp_path, old, new, said):
    assert old in FIXED
    found = faults(tmp_path, FIXED.replace(old, new))
    assert any(line.startswith(f"clauses_1.yaml{said}") for line in found), found


@pytest.mark.parametrize(
    "versions", ["", "versions:\n", "versions: []\n", "versions: P24M\n", "versions: {a: b}\n"]
)
def test_a_clause_without_versions_is_refused(tmp_path, versions):
    text = WITHIN[: WITHIN.index("versions:")].rstrip(" ") + (f"  {versions}" if versions else "")
    assert "a clause needs `versions`: a list with at least one" in only(faults(tmp_path, text))


def test_a_duty_named_twice_is_refused_where_it_stands_again(tmp_path):
    said = only(faults(tmp_path, ON, WITHIN + ON))
    assert said.startswith("clauses_2.yaml:12: `check-in` is a duty already, at ")
    assert said.endswith("clauses_1.yaml:1; name one differently")


def test_a_clause_that_is_no_mapping_is_refused(tmp_path):
    assert any(
        "a clause must be a mapping with duty, title" in line for line in faults(tmp_path, "- check-in\n")
    )


@pytest.mark.parametrize("text", ["duty: check-in\n", "check-in\n", "5\n"])
def test_a_file_that_is_no_list_of_clauses_is_refused(tmp_path, text):
    assert faults(tmp_path, ON, text) == [
        "clauses_2.yaml:1: must be a list of clauses, each beginning with `- duty:`"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pack: small", "pack: Small Pack", "pack.yaml:1: `pack` must be text of the form"),
        ("title: A small pack\n", "", "pack.yaml:1: pack.yaml needs `title`"),
        ("title:", "titel:", "pack.yaml:2: `titel` is no field of pack.yaml. Did you mean title?"),
        ("policies:\n  RULES: The rules of a small agency\n", "", "pack.yaml:1: pack.yaml needs `policies`"),
        ("RULES: The rules of a small agency", "RULES:", "pack.yaml:4: `policies` needs `RULES`"),
        (
            "title: A small pack",
            "title: A\nholidays: America",
            "pack.yaml:3: `holidays` must be text of the form",
        ),
        (
            "title: A small pack",
            "title: A small pack\nholidays: QQ",
            "pack.yaml:3: no holidays are known for `QQ`",
        ),
        (
            "title: A small pack",
            "title: A small pack\nholidays: US-QQ",
            "pack.yaml:3: no holidays are known for",
        ),
    ],
)
def test_a_fault_of_the_head_is_said_with_its_line(tmp_path, old, new, said):
    found = faults(tmp_path, ON, head=HEAD.replace(old, new))
    assert any(line.startswith(said) for line in found), found


def test_a_folder_without_a_head_is_refused(tmp_path):
    (make_pack(tmp_path, ON) / "pack.yaml").unlink()
    said = check_pack(tmp_path)
    assert any("there is no pack.yaml; a pack is a folder with one" in line for line in said)
    assert check_pack(tmp_path / "nowhere")


def test_a_pack_without_clauses_is_refused(tmp_path):
    found = faults(tmp_path, "[]\n")
    assert found == ["pack.yaml:1: the pack has no clauses; write them as a list in another .yaml file"]


@pytest.mark.parametrize(
    ("wrong", "left"),
    [
        (ON.replace("on: due_on", "on: due"), LeftOut("check-in", "A3")),
        (ON.replace("owes: check_ins", "owes: nothing"), LeftOut("check-in", "A3")),
        (ON.replace("policy: RULES", "policy: OTHERS"), LeftOut("check-in", "A3")),
        (ON.replace("  section: A3\n", ""), LeftOut("check-in", "")),
        (ON + ON, LeftOut("check-in", "A3")),
    ],
    ids=["an unknown column", "an unknown table", "an unknown policy", "no section", "stated twice"],
)
def test_a_clause_at_fault_can_be_left_out(tmp_path, wrong, left):
    folder = make_pack(tmp_path, wrong, EVERY)
    found = read_pack(folder)
    assert [one.duty for one in found.pack.clauses] == ["inspection"]
    assert found.pack.left_out == (left,)
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    assert refused.value.faults == found.faults != ()


@pytest.mark.parametrize(
    ("clauses", "head"),
    [
        ((ON.replace("duty: check-in", "duty:"), EVERY), HEAD),
        ((ON, EVERY + "  - : ["), HEAD),
        ((ON, EVERY), HEAD.replace("title: A small pack", "")),
        ((ON.replace("on: due_on", "on: due"),), HEAD),
    ],
    ids=["whose duty is not said", "a file that is no list", "the head", "nothing is left"],
)
def test_what_cannot_be_left_out_alone_refuses_the_pack(tmp_path, clauses, head):
    with pytest.raises(PackError):
        read_pack(make_pack(tmp_path, *clauses, head=head))


def test_a_sound_pack_leaves_nothing_out(tmp_path):
    found = read_pack(make_pack(tmp_path, ON, EVERY))
    assert (found.pack.left_out, found.faults) == ((), ())
    assert found.pack == load_pack(tmp_path)
