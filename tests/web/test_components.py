from datetime import UTC, date, datetime

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import Context, RequestContext, Template
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.dates import FuzzyDate
from closeout.web.components.charts import bars
from closeout.web.components.dates import Shown, show_date

DAY = date(2026, 3, 4)


def fuzzy(edtf, first, last):
    return FuzzyDate(edtf, date.fromisoformat(first), date.fromisoformat(last))


def render(source, rf=None, query="", **context):
    template = Template("{% load components %}" + source)
    if rf is None:
        return template.render(Context(context))
    request = rf.get(f"/page/?{query}")
    request.user = AnonymousUser()
    return template.render(RequestContext(request, context))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (DAY, Shown("2026-03-04", "2026-03-04", "March 4, 2026")),
        (
            fuzzy("2018-01-31", "2018-01-31", "2018-01-31"),
            Shown("2018-01-31", "2018-01-31", "January 31, 2018"),
        ),
        (
            fuzzy("2017-12", "2017-12-01", "2017-12-31"),
            Shown("2017-12", "2017-12", "December 2017", "2017-12-01 to 2017-12-31"),
        ),
        (
            fuzzy("2024-12~", "2024-12-01", "2024-12-31"),
            Shown("2024-12", "about 2024-12", "about December 2024", "2024-12-01 to 2024-12-31"),
        ),
        (
            fuzzy("2023-34", "2023-04-01", "2023-06-30"),
            Shown("2023-06-30", "2023 Q2", "the second quarter of 2023", "2023-04-01 to 2023-06-30"),
        ),
        (
            fuzzy("2024-41", "2024-07-01", "2024-12-31"),
            Shown("2024-12-31", "2024 H2", "the second half of 2024", "2024-07-01 to 2024-12-31"),
        ),
        (
            fuzzy("2025-22", "2025-06-01", "2025-08-31"),
            Shown("2025-08-31", "summer 2025", "summer 2025", "2025-06-01 to 2025-08-31"),
        ),
        (
            fuzzy("2026", "2026-01-01", "2026-12-31"),
            Shown("2026", "2026", "2026", "2026-01-01 to 2026-12-31"),
        ),
        (
            fuzzy("2025-10/2026-09", "2025-10-01", "2026-09-30"),
            Shown("2026-09-30", "FY 2026", "fiscal year 2026", "2025-10-01 to 2026-09-30"),
        ),
        (
            fuzzy("2023-05-10/2023-06-20", "2023-05-10", "2023-06-20"),
            Shown(
                "2023-06-20",
                "2023-05-10–2023-06-20",
                "May 10, 2023 to June 20, 2023",
                "2023-05-10 to 2023-06-20",
            ),
        ),
    ],
)
def test_a_date_is_shown_no_more_precisely_than_it_was_said(value, shown):
    assert show_date(value) == shown


def test_an_instant_is_shown_in_the_offices_time_zone():
    shown = show_date(datetime(2026, 3, 5, 3, 7, tzinfo=UTC))
    assert (shown.machine, shown.short) == ("2026-03-04T22:07:00-05:00", "2026-03-04 22:07")
    assert shown.words == "March 4, 2026, 10:07 PM"


def test_a_period_says_the_days_it_can_mean():
    html = render("{% when value %}", value=fuzzy("2017-12", "2017-12-01", "2017-12-31"))
    assert html == '<time datetime="2017-12" title="2017-12-01 to 2017-12-31">2017-12</time>'


def test_a_day_in_a_sentence_is_in_words():
    assert render("{% when_words value %}", value=DAY) == '<time datetime="2026-03-04">March 4, 2026</time>'


def test_a_missing_date_is_said_to_be_missing():
    assert "not given" in render('{% when None "not given" %}')


def test_a_table_has_a_caption_and_scrolls_in_a_region_named_by_it():
    html = render('{% table caption="2 rows" name="rows" wide=True %}<tbody></tbody>{% endtable %}')
    assert '<caption id="rows-caption">2 rows</caption>' in html
    assert 'role="region" aria-labelledby="rows-caption" tabindex="0"' in html
    assert "table-scroll--wide" in html


def test_what_comes_from_data_is_escaped():
    html = render("{% tag words %}{% table caption=words %}{{ words }}{% endtable %}", words="<b>")
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 3


def test_a_tag_carries_its_word_whatever_the_tone():
    assert render('{% tag "Late" "late" %}') == '<span class="tag tag--late">Late</span>'
    assert render('{% tag "Open" %}') == '<span class="tag">Open</span>'


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("part=22 whole=150", ["22", "of 150 (15 %)"]),
        ("part=17 unit='open'", ["17", "open"]),
        ("part=0 whole=12", ["0", "of 12 (0 %)"]),
        ("part=3 whole=4", ["of 4 (75 %)", "Fewer than 10"]),
        ("part=1234 whole=4321", ["1,234", "of 4,321 (29 %)"]),
        ("part=22 whole=150 interval=interval", ["interval 10.4–21.7 %"]),
        ("part=22 whole=150 as_of=day", ["2026-03-04"]),
        ("part=22 whole=150 meaning='Because.'", ["Why this number", "Because."]),
        ("part=22 whole=150 href='/rows/'", ['href="/rows/"']),
    ],
)
def test_a_figure_says_its_denominator_interval_day_and_meaning(arguments, words):
    html = render("{% figure label='things' " + arguments + " %}", interval=(10.4, 21.7), day=DAY)
    assert all(each in html for each in [*words, "things"])
    assert "Not assessed" not in html


@pytest.mark.parametrize("arguments", ["part=None whole=80", "part=0 whole=0", "part=None"])
def test_what_was_not_assessed_is_never_shown_as_zero(arguments):
    html = render("{% figure label='files reviewed' " + arguments + " %}")
    assert "Not assessed" in html
    assert "%" not in html


def test_an_empty_state_says_why():
    html = render('{% empty title="Nothing." %}<p>Because.</p>{% endempty %}')
    assert "Nothing." in html
    assert "<p>Because.</p>" in html


def test_an_entry_of_a_timeline_ends_in_its_source():
    html = render(
        '{% timeline_entry title="Promise" when=day tone="late" source="XIG-1, page 2" href="/s/" %}'
        "Words{% endtimeline_entry %}",
        day=DAY,
    )
    assert (
        html.index("March 4, 2026")
        < html.index("Promise")
        < html.index("Words")
        < html.index("XIG-1, page 2")
    )
    assert "timeline__entry--late" in html
    assert '<a href="/s/">XIG-1, page 2</a>' in html


def test_a_second_step_sends_its_form_with_a_token(rf):
    html = render(
        '{% confirm summary="Stop…" action="/stop/" button="Stop" warn=True %}It ends.{% endconfirm %}', rf
    )
    assert "<details" in html
    assert "csrfmiddlewaretoken" in html
    assert "usa-button--warn" in html


@pytest.mark.parametrize(
    ("query", "link", "direction"),
    [
        ("", "order=due", ""),
        ("order=due", "order=-due", 'aria-sort="ascending"'),
        ("order=-due&q=x", "q=x", 'aria-sort="descending"'),
        ("order=report&page=3", "order=due", ""),
    ],
)
def test_a_heading_sorts_first_up_then_down_and_starts_at_page_one(rf, query, link, direction):
    html = render('{% sort_heading "Due" "due" "number" %}', rf, query)
    assert link in html
    assert "page=" not in html
    assert direction in html
    assert ("aria-sort" in html) is bool(direction)


@given(st.lists(st.tuples(st.text(), st.integers(min_value=0, max_value=10**6))))
def test_bars_start_at_zero_and_the_longest_is_whole(rows):
    made = bars(rows)
    assert [bar.label for bar in made] == [label for label, _ in rows]
    assert all(0 <= bar.percent <= 100 for bar in made)
    numbers = [number for _, number in rows]
    for bar, number in zip(made, numbers, strict=True):
        assert (bar.percent == 0) is (number == 0) or number * 20_000 < max(numbers)
        assert (bar.percent == 100) is (number == max(numbers) != 0) or number * 1.0001 > max(numbers)


def test_a_bar_prints_its_number_and_is_marked_late_by_label():
    late, plain = bars([("Over a year, late", 1500), ("Under", 750)], late=frozenset({"Over a year, late"}))
    assert (late.value, late.percent, late.is_late) == ("1,500", 100, True)
    assert (plain.value, plain.percent, plain.is_late) == ("750", 50, False)


def test_a_chart_is_a_table_whose_bars_screen_readers_pass_over():
    html = render(
        '{% bar_table rows caption="Ages" label_heading="Age" value_heading="Open" %}',
        rows=bars([("Old", 3)]),
    )
    assert '<th scope="row">Old</th>' in html
    assert 'aria-hidden="true"' in html
    assert "style=" not in html


class EveryKindForm(forms.Form):
    words = forms.CharField(label="Words", help_text="Some words.")
    long = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    stage = forms.ChoiceField(
        label="Stage", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False
    )
    late = forms.BooleanField(label="Late", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_every_kind_of_field_gets_its_uswds_class_and_a_label():
    html = str(EveryKindForm())
    for name in ("usa-input", "usa-textarea", "usa-select", "usa-radio__input", "usa-checkbox__input"):
        assert name in html
    for label in ('for="id_words"', 'for="id_long"', 'for="id_kind"', 'for="id_stage_0"', 'for="id_late"'):
        assert label in html
    assert '<legend class="usa-legend">Stage' in html
    assert html.count("(optional)") == 3


def test_an_error_stands_at_its_field_and_is_tied_to_it():
    html = str(EveryKindForm({"words": ""}))
    assert 'id="id_words_error"' in html
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert 'aria-invalid="true"' in html
    assert "usa-input--error" in html


def test_an_error_of_the_whole_form_is_an_alert():
    form = EveryKindForm({"words": "x"})
    form.add_error(None, "Not like this.")
    html = str(form)
    assert 'role="alert"' in html
    assert "Not like this." in html
