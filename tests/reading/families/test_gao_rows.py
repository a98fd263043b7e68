"""Rows of a table of recommendations, offset by offset."""

from __future__ import annotations

from closeout.reading.families.gao_rows import pieces, read_rows

ROW = "Tide Survey The Director should read gauges. (Recommendation {})"


def parts(text, row):
    """Return the words of a row's parts."""
    return tuple(
        text[slice(*part)] if part else None for part in (row.agency, row.text, row.status, row.narrative)
    )


def rows(text, known=()):
    return [parts(text, row) for row in read_rows(text, 0, len(text), known)]


def test_pieces_are_cells_and_lines_without_headings_and_rules():
    text = "Agency Affected | Recommendation | Status |\n---|---|---|\nA | B |\n\n  C  \n"
    assert [piece.text for piece in pieces(text, 0, len(text))] == ["A", "B", "C"]
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces(text, 0, len(text)))


def test_a_row_has_agency_words_status_and_narrative():
    text = f"{ROW.format(1)}\nOpen\nIt reads.\n"
    assert rows(text) == [
        ("Tide Survey", "The Director should read gauges. (Recommendation 1)", "Open", "It reads.")
    ]


def test_a_row_without_a_status_ends_at_its_tag():
    text = f"{ROW.format(1)}\nIt reads.\nIt still reads.\n{ROW.format(2)}\nIt does not.\n"
    assert [(status, narrative) for _, _, status, narrative in rows(text)] == [
        (None, "It reads.\nIt still reads."),
        (None, "It does not."),
    ]


def test_a_row_without_a_tag_ends_at_its_status():
    text = "Tide Survey The Director should read gauges.\nOpen\nIt reads.\n"
    assert rows(text)[0][1:] == ("The Director should read gauges.", "Open", "It reads.")


def test_a_demand_of_several_lines_is_one_text():
    text = "Tide Survey The Director should:\n(1) read and\n(2) write. (Recommendation 1)\nOpen\nNo news.\n"
    assert rows(text)[0][1] == "The Director should:\n(1) read and\n(2) write. (Recommendation 1)"


def test_an_agency_in_a_cell_of_its_own_is_the_agency():
    text = "Tide Survey | The Director should read. (Recommendation 1) |\nOpen\nYes.\n|\n"
    assert rows(text) == [("Tide Survey", "The Director should read. (Recommendation 1)", "Open", "Yes.")]


def test_a_narrative_that_begins_with_an_agency_is_not_a_row():
    said = "Department of Waterways officials said that they read."
    text = f"{ROW.format(1)}\nOpen\n{said}\n{ROW.format(2)}\nOpen\n"
    assert len(rows(text)) == 2
    assert rows(text)[0][3] == said


def test_a_narrative_that_repeats_the_demand_is_not_a_row():
    said = "We recommended that the Director should read gauges."
    text = f"{ROW.format(1)}\nOpen\n{said}\n\nAs of May, it does.\n"
    assert len(rows(text)) == 1


def test_a_row_of_a_matter_needs_no_agency():
    text = "Congress should consider a law.\nOpen\nNo law.\nCongress should consider two.\nOpen\nNone.\n"
    assert [(row[0], row[1]) for row in rows(text)] == [
        (None, "Congress should consider a law."),
        (None, "Congress should consider two."),
    ]


def test_a_known_agency_makes_a_row_even_where_the_text_is_cut():
    text = f"{ROW.format(1)}\nOpen\nYes.\nGauge Readers The Head of"
    assert rows(text)[-1][0] is None or len(rows(text)) == 1
    assert rows(text, ["Gauge Readers"])[-1] == ("Gauge Readers", "The Head of", None, None)


def test_a_tooltip_alone_leaves_no_narrative():
    text = (
        f"{ROW.format(1)}\nOpen\nActions to satisfy the intent of the recommendation have not been taken.\n"
    )
    assert rows(text)[0][3] is None


def test_no_rows_are_found_in_nothing():
    assert rows("") == []
    assert rows("Nothing here asks for anything.\n") == []


def test_a_priority_row_keeps_its_agency_and_loses_its_mark():
    text = (
        "Tide Survey\nPriority Rec.\nThis is a priority recommendation.\nThe Director should read. "
        "(Recommendation 1)\nOpen\nYes.\n"
    )
    row = read_rows(text, 0, len(text))[0]
    assert (parts(text, row)[:2], row.is_priority) == (
        ("Tide Survey", "The Director should read. (Recommendation 1)"),
        True,
    )


CELLS = "Tide Survey | The Director should read. (Recommendation 1) |\nOpen\nIt read.\n|\n"


def test_what_follows_a_table_is_no_narrative():
    assert rows(f"{CELLS}\n  • About\n  • Contact\n")[0][3] == "It read."


def test_blank_lines_within_a_cell_do_not_end_its_narrative():
    text = CELLS.replace("It read.", "It read.\n\nIt read on.")
    assert rows(f"{text}\n  • About\n")[0][3] == "It read.\n\nIt read on."


def test_a_status_behind_blank_lines_is_still_the_rows():
    text = "Tide Survey | The Director should read. (Recommendation 1) |\n\nOpen\n\nIt read.\n"
    assert rows(text)[0][2:] == ("Open", "It read.")


def test_a_narrative_behind_a_status_in_a_cell_is_still_the_rows():
    text = "Tide Survey | The Director should read. (Recommendation 1) | Open |\n\nIt read.\n"
    assert rows(text)[0][2:] == ("Open", "It read.")


def test_a_table_without_closing_pipes_runs_to_its_end():
    text = f"{ROW.format(1)}\nOpen\nIt reads.\n\nIt still reads.\n"
    assert rows(text)[0][3] == "It reads.\n\nIt still reads."


def test_a_priority_row_cut_before_its_demand_can_be_told_is_a_row():
    text = "Tide Survey\nPriority Rec.\nTo improve the gauges an"
    assert rows(text) == [("Tide Survey", "To improve the gauges an", None, None)]
    assert read_rows(text, 0, len(text))[0].is_priority
