from __future__ import annotations

import pytest

from closeout.reading.debris import find_debris
from closeout.reading.lines import LineTable


def debris_of(*lines: str, furniture: frozenset[int] = frozenset()) -> list[str]:
    text = "\n".join(lines)
    return [span.of(text) for span in find_debris(LineTable(text), furniture)]


NUMBERS = ("1,200", "1,000", "800", "600", "400", "200")


def test_six_loose_numbers_are_debris():
    assert debris_of("Lamps by station", *NUMBERS, "Source: bureau data.") == ["\n".join(NUMBERS) + "\n"]


def test_blank_lines_between_numbers_do_not_matter():
    lines = [line for number in NUMBERS for line in (number, "")]
    assert len(debris_of("Lamps", *lines, "Source")) == 1


def test_short_labels_between_numbers_go_with_them():
    found = debris_of("Lamps", *NUMBERS[:3], "Eastern light", "Western light", *NUMBERS[3:], "0", "Source")
    assert "Eastern light" in found[0]


def test_labels_after_the_last_number_stay():
    assert "Harbor, ME" not in debris_of("Lamps", *NUMBERS, "Harbor, ME", "Cove, ME")[0]


@pytest.mark.parametrize("number", ["12", "1,234", "12.5", "45%", "$3,000", "(12)", "-4"])
def test_numbers_of_any_form_count(number):
    assert len(debris_of("Lamps", *[number] * 7)) == 1


def test_furniture_between_numbers_is_looked_over():
    lines = ("Lamps", *NUMBERS[:3], "footer", *NUMBERS[3:])
    assert len(debris_of(*lines, furniture=frozenset({4}))) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("Lamps", "12", "14", "15", "18", "20"),
        ("1. Keep a log.", "2. Buy a lamp.", "3. Hire a keeper.", "4. Paint.", "5. Sweep.", "6. Rest."),
        ("Recommendation", "1", "The bureau should keep a log of the light.", "Cost", "0") * 8,
        ("12 lamps", "14 lamps", "15 lamps", "16 lamps", "17 lamps", "18 lamps", "20 lamps"),
        ("10/21/2024", "6/5/2024", "6/5/2024", "3/31/2025", "3/31/2025", "10/21/2024"),
        ("1", "The bureau keeps a log of every light in the east.", "2", "It does not compare it.") * 4,
        (),
    ],
)
def test_what_is_not_a_run_of_loose_numbers_stays(lines):
    assert debris_of(*lines) == []


def test_a_label_that_ends_a_sentence_ends_the_run():
    assert debris_of("12", "14", "15", "That is all.", "16", "17", "18") == []


def test_three_labels_in_a_row_end_the_run():
    assert debris_of("12", "14", "15", "North", "South", "East", "16", "17", "18") == []
