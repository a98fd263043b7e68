from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.sources.lines import Lines


def built(*steps: tuple[str, ...]) -> str:
    lines = Lines()
    for name, *arguments in steps:
        getattr(lines, name)(*arguments)
    return lines.text()


def test_no_words_give_no_text():
    assert Lines().text() == ""
    assert built(("break_paragraph",), ("words", "  \n ")) == ""


def test_white_space_folds_across_pieces_as_in_a_browser():
    assert built(("words", " The "), ("words", " harbor\n"), ("words", "\tlamps ")) == "The harbor lamps\n"


def test_pieces_without_white_space_between_them_stay_together():
    assert built(("words", "re"), ("words", "count")) == "recount\n"


def test_a_no_break_space_is_kept():
    assert built(("words", "5\u00a0lamps")) == "5\u00a0lamps\n"


def test_breaks_do_not_add_up_and_a_paragraph_outweighs_a_line():
    assert built(("words", "a"), ("break_line",), ("break_line",), ("words", "b")) == "a\nb\n"
    assert built(("words", "a"), ("break_paragraph",), ("break_line",), ("words", "b")) == "a\n\nb\n"


def test_newlines_add_up_to_one_blank_line_at_most():
    assert built(("words", "a"), ("newline",), ("words", "b")) == "a\nb\n"
    assert built(("words", "a"), ("newline",), ("newline",), ("newline",), ("words", "b")) == "a\n\nb\n"


def test_a_space_before_a_break_is_dropped():
    assert built(("words", "a "), ("break_line",), ("words", " b")) == "a\nb\n"


def test_a_marked_line_begins_with_its_mark_and_the_next_with_the_indent():
    lines = Lines()
    lines.mark("  • ")
    lines.indent = "    "
    lines.words("first")
    lines.break_line()
    lines.words("second")
    assert lines.text() == "  • first\n    second\n"


def test_preformatted_text_keeps_its_lines_and_inner_spaces():
    assert built(("verbatim", "a  b\r\n  c  \nd")) == "a  b\n  c\nd\n"
    assert built(("verbatim", "a\n\n \nb")) == "a\n\nb\n"


def test_at_line_start_is_told_truly():
    lines = Lines()
    assert lines.at_line_start
    lines.words("a")
    assert not lines.at_line_start
    lines.break_line()
    assert lines.at_line_start


@given(st.lists(st.sampled_from(["word", " ", "line", "paragraph", "br"]), max_size=30))
def test_text_has_no_double_spaces_trailing_spaces_or_triple_breaks(steps):
    lines = Lines()
    actions = {"line": lines.break_line, "paragraph": lines.break_paragraph, "br": lines.newline}
    for step in steps:
        actions.get(step, lambda step=step: lines.words(step))()
    text = lines.text()
    assert "  " not in text
    assert " \n" not in text
    assert "\n\n\n" not in text
    assert text.count("word") == steps.count("word")
