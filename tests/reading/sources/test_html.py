import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.sources.html import declared_charset, looks_like_html, read_html


def text_of(body: str) -> str:
    return read_html(f"<!doctype html><html><head><title>T</title></head><body>{body}</body></html>").text


def test_blocks_become_lines_and_paragraphs_stand_apart():
    page = "<h1>Lamps</h1><p>One <em>two</em>\n three</p><div>a</div><div>b</div><section>c</section>"
    assert text_of(page) == "Lamps\n\nOne two three\n\na\nb\nc\n"


def test_the_title_is_taken_from_the_head_alone():
    page = read_html("<title> Open \n Lamps </title><body><svg><title>Icon</title></svg><p>Words</p>")
    assert page.title == "Open Lamps"
    assert page.text == "Icon\n\nWords\n"


def test_a_page_without_title_or_body_is_empty():
    assert read_html("").text == ""
    assert read_html("").title == ""


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert('secret')</script>",
        "<style>.secret{color:red}</style>",
        "<template><p>secret</p></template>",
        "<noscript>secret</noscript>",
        "<!-- secret -->",
        "<p hidden>secret</p>",
        '<p style="color:red; display : none">secret</p>',
        '<p style="VISIBILITY:hidden">secret</p>',
        '<iframe srcdoc="&lt;p&gt;secret&lt;/p&gt;">secret</iframe>',
        "<object><p>secret</p></object>",
        "<select><option>secret</option></select>",
        "<textarea>secret</textarea>",
        "<dialog><p>secret</p></dialog>",
        "<svg><style>secret</style><text>secret</text></svg>",
        "<input value=secret>",
        "<div hidden><ul><li>secret</li></ul></div>",
    ],
)
def test_what_a_reader_cannot_see_never_enters_the_text(hidden):
    assert text_of(f"<p>Before</p>{hidden}<p>After</p>") == "Before\n\nAfter\n"


def test_what_a_reader_can_open_or_hear_is_read():
    assert text_of("<details><summary>More</summary><p>Words</p></details>") == "More\n\nWords\n"
    assert text_of("<dialog open>Shown</dialog>") == "Shown\n"
    assert text_of('<img alt="Closed, checkmark"> to the Office') == "Closed, checkmark to the Office\n"
    assert text_of('<span class="visually-hidden">Sort descending</span>') == "Sort descending\n"


def test_scripts_on_a_page_are_noticed():
    assert read_html("<script>1</script><p>a</p>").has_script
    assert not read_html("<p>a</p>").has_script


def test_list_items_are_marked_numbered_and_indented():
    page = (
        "<ul><li>One<ul><li>In</li></ul></li><li><p>Two</p><p>more</p></li></ul><ol start=4><li>a<li>b</ol>"
    )
    assert text_of(page) == "  • One\n\n      • In\n\n  • Two\n\n    more\n\n  4. a\n  5. b\n"


def test_a_list_item_without_a_list_and_a_list_with_an_odd_start_are_read():
    assert text_of("<li>alone</li>") == "  • alone\n"
    assert text_of("<ol start=x><li>a</li></ol>") == "  1. a\n"


def test_labels_and_values_stand_on_lines_of_their_own():
    assert text_of("<dl><dt>Report Number</dt><dd>L-1</dd><dt>Date</dt></dl>") == "Report Number\nL-1\nDate\n"


def test_line_breaks_and_preformatted_text_are_kept():
    assert text_of("a<br>b<br><br>c<pre>  x  y\n z</pre>d<hr>e") == "a\nb\n\nc\n\n  x  y\n z\n\nd\n\ne\n"


def test_a_data_table_gives_rows_with_the_cell_ends_marked():
    page = (
        "<table><thead><tr><th>Agency</th><th>Recommendation</th><th>Status</th></tr></thead><tbody>"
        "<tr><td>Lamps</td><td><p>Count them. (Recommendation 1)</p></td>"
        "<td><div>Open</div><div><p>In May, Lamps said so.</p><p>More.</p></div></td></tr>"
        "<tr><td>Oil</td><td></td><td>Closed</td></tr></tbody></table>"
    )
    assert text_of(page) == (
        "Agency | Recommendation | Status |\n"
        "Lamps | Count them. (Recommendation 1) |\nOpen\nIn May, Lamps said so.\nMore.\n|\n"
        "Oil | | Closed |\n"
    )


def test_a_layout_table_gives_its_cells_as_blocks():
    page = "<table><tr><td><p>left</p></td><td>right <table><tr><th>in</th></tr></table></td></tr></table>"
    assert text_of(page) == "left\n\nright\n\nin |\n"


def test_a_page_within_the_page_is_read_once():
    assert text_of("<p>a</p><html><head></head><body><p>b</p></body></html>") == "a\n\nb\n"


def test_deep_nesting_does_not_exhaust_the_stack():
    assert text_of("<div>" * 4_000 + "deep") == "deep\n"
    assert text_of("<table><tr><td>" * 900 + "deep") == "deep\n"
    assert text_of("<ul><li>" * 900 + "deep").endswith("• deep\n")


def test_entities_are_decoded_and_no_break_spaces_kept():
    assert text_of("<p>5&nbsp;lamps &amp; oil &lt;b&gt;</p>") == "5\u00a0lamps & oil <b>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>x",
        "\n <html lang=en>",
        '<?xml version="1.0"?><!-- saved --><html>',
        "<table><tr><td>x</td></tr></table>",
        "<div>part of a page</div>",
    ],
)
def test_pages_and_parts_of_pages_look_like_html(text):
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text", ["", "# A title\n<b>bold</b>", "a < b", "<rss><item/></rss>", "Lamps <html>"]
)
def test_other_texts_do_not_look_like_html(text):
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", "shift_jis"),
        (b'<meta charset="ISO-8859-1">', "cp1252"),
        (b"<p>charset=utf-8</p>", ""),
    ],
)
def test_the_declared_encoding_is_found_as_browsers_understand_it(head, charset):
    assert declared_charset(b"<html><head>" + head) == charset


TAGS = ["p", "div", "ul", "li", "table", "tr", "td", "th", "span", "br", "h2", "ol", "script"]


@given(st.lists(st.sampled_from(TAGS), max_size=25))
def test_any_nesting_of_tags_keeps_the_words_in_order(tags):
    source = "".join(f"<{tag}>w{number} " for number, tag in enumerate(tags))
    words = [word for word in read_html(source).text.split() if word.startswith("w")]
    numbers = [int(word[1:]) for word in words]
    end = tags.index("script") if "script" in tags else len(tags)
    assert sorted(numbers) == list(range(end))
