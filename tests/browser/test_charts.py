"""Charts as the reader's own font writes them: nothing is cut at an edge, and no name over another."""

import pytest

from closeout.evidence.statistics.funnel import Kind, Unit, funnel
from closeout.web.evidence.charts import funnel_chart, offices_chart
from tests.web.evidence.made import make_measured, share

NAMES = ["Dogwood", "Hawthorn", "Viburnum", "Zelkova"]
# Where each text of the picture lies in it, as the browser wrote it.
BOXES = """() => {
  const edge = document.querySelector('svg').getBoundingClientRect();
  return [...document.querySelectorAll('text')].filter(each => each.textContent).map(each => {
    const box = each.getBoundingClientRect();
    return {said: each.textContent, left: box.left - edge.left, right: edge.right - box.right,
            span: [box.left, box.right, box.top, box.bottom], halo: each.getAttribute('stroke') === 'white'};
  });
}"""


def boxes(page, svg):
    """Return where the texts of a picture lie."""
    page.set_content(svg)
    return page.evaluate(BOXES)


@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_no_office_s_name_is_cut_at_the_edge(page, is_narrow):
    labels = {f"F0{place}": f"{name} field office (fictional)" for place, name in enumerate(NAMES)}
    offices = [share(9, 10, office) for office in labels]
    drawn = boxes(page, offices_chart(make_measured()[0], labels, offices, is_narrow=is_narrow))
    assert len(drawn) > len(NAMES)
    assert [each["said"] for each in drawn if each["left"] < 0 or each["right"] < 0] == []


@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_a_long_title_of_an_axis_is_whole(page, is_narrow):
    title = "Officers that a requirement in force holds for on the day, without those exempt, added up"
    units = [Unit(f"F{place:02d}", place, 20 + place) for place in range(12)]
    svg = funnel_chart(funnel(units, kind=Kind.SHARE), {}, x_title=title, y_title="%", is_narrow=is_narrow)
    drawn = boxes(page, svg)
    assert [each["said"] for each in drawn if each["left"] < 0 or each["right"] < 0] == []
    assert title.replace(" ", "") in [each["said"].replace(" ", "") for each in drawn]


@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_no_name_of_a_funnel_is_written_over_another(page, is_narrow):
    # Three sizes of facility, as three kinds of inspection make them: outside ones at the foot of each.
    units = [
        Unit(f"FAC-{100 * place + number}", 0 if number < 3 else round(base), base)
        for place, base in enumerate((20.7, 34.5, 57.1))
        for number in range(30)
    ]
    svg = funnel_chart(
        funnel(units, kind=Kind.RATIO), {}, x_title="Expected", y_title="Found", is_narrow=is_narrow
    )
    named = [each for each in boxes(page, svg) if each["said"].startswith("FAC-") and not each["halo"]]
    assert named
    over = [
        (one["said"], other["said"])
        for place, one in enumerate(named)
        for other in named[:place]
        if one["span"][0] < other["span"][1]
        and other["span"][0] < one["span"][1]
        and one["span"][2] < other["span"][3]
        and other["span"][2] < one["span"][3]
    ]
    assert over == []
