import re

import pytest

from closeout.web.components.fitting import fit, text_width

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50">'


def text(words, at, anchor="start", inner=""):
    place = f'<g transform="translate(5,5)"><text text-anchor="{anchor}" transform="translate({at},9){inner}"'
    return f'{HEAD}{place} font-size="10px">{words}</text></g></svg>'


def box(svg):
    left, top, width, height = map(float, re.search(r'viewBox="([^"]*)"', svg)[1].split())
    assert float(re.search(r' width="([^"]*)"', svg)[1]) == width
    return left, top, width, height


def test_a_text_that_lies_inside_leaves_the_chart_as_it_is():
    assert fit(text("ab", 40)) == text("ab", 40)


@pytest.mark.parametrize(("at", "anchor"), [(10, "end"), (20, "middle")])
def test_a_text_that_may_begin_left_of_the_edge_moves_the_edge(at, anchor):
    # Twenty letters take about 122 px; the group begins 5 px from the edge.
    wide = text_width("n" * 20, 10)
    over = wide - 15 if anchor == "end" else wide / 2 - 25
    left, top, width, height = box(fit(text("n" * 20, at, anchor)))
    assert left == -round(over)
    assert (top, height) == (0, 50)
    assert width == 100 + round(over) + (0 if anchor == "end" else max(0, round(25 + wide / 2 - 100)))


def test_a_text_that_may_end_right_of_the_edge_moves_that_edge():
    left, _, width, _ = box(fit(text("n" * 20, 10)))
    assert (left, width) == (0, round(15 + text_width("n" * 20, 10)))


def test_a_turned_text_is_left_alone():
    assert fit(text("n" * 20, 10, "end", " rotate(-45,0,0)")) == text("n" * 20, 10, "end", " rotate(-45,0,0)")


def test_a_text_of_lines_is_as_wide_as_its_widest():
    lines = "<tspan>nnnnn</tspan><tspan>nnnnnnnnnn</tspan>"
    left, *_ = box(fit(text(lines, 0, "end")))
    assert left == -round(text_width("n" * 10, 10) - 5)


@pytest.mark.parametrize(("less", "more"), [("iii", "nnn"), ("nnn", "NNN"), ("NNN", "WWW")])
def test_wide_letters_take_more(less, more):
    assert text_width(less, 13) < text_width(more, 13) < text_width(more, 13, is_bold=True)
