"""What must be true of every page that answers a GET, from the same table as the permission matrix."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from selectolax.lexbor import LexborHTMLParser

from closeout.web.privacy import find_identifiers
from tests.web.matrix import a_role_for, all_pages

PAGES = [pytest.param(address, rule, id=address) for address, rule in all_pages()]


@pytest.fixture
def page_of(make_user):
    """Return a function that gives an address's page, parsed, as somebody who may open it."""

    def get(address, rule):
        client, visitor = Client(), None
        if not rule.is_open:
            visitor = make_user(a_role_for(rule))
            client.force_login(visitor)
        response = client.get(reverse(address, kwargs=dict(rule.make(visitor))), follow=True)
        assert response.headers["Content-Type"].startswith("text/html")
        return LexborHTMLParser(response.content.decode())

    return get


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_every_link_and_form_leads_to_an_address_that_exists(page_of, address, rule):
    page = page_of(address, rule)
    targets = [node.attributes["href"] for node in page.css("a[href]")]
    targets += [node.attributes["action"] for node in page.css("form[action]")]
    for target in filter(None, targets):
        parts = urlsplit(target)
        assert parts.netloc == "", f"{target} leads to another site"
        if parts.path:
            try:
                resolve(parts.path)
            except Resolver404:
                pytest.fail(f"{target} leads nowhere")
        elif parts.fragment:
            assert page.css_first(f"#{parts.fragment}"), f"{target} is not on the page"


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_everything_loaded_comes_from_the_site_and_nothing_is_inline(page_of, address, rule):
    page = page_of(address, rule)
    sources = [node.attributes["src"] for node in page.css("script, img, iframe") if "src" in node.attributes]
    sources += [node.attributes["href"] for node in page.css("link")]
    assert sources
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)
    assert not page.css("style, [style], script:not([src]), iframe, object, embed")
    handlers = {name for node in page.css("*") for name in node.attributes if name.startswith("on")}
    assert handlers == set()


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_every_form_that_changes_something_carries_its_token_and_works_without_script(page_of, address, rule):
    page = page_of(address, rule)
    for form in page.css("form"):
        if form.attributes.get("method", "get").lower() == "post":
            assert form.css_first("input[name=csrfmiddlewaretoken]"), form.html[:200]
        assert form.css_first("button, input[type=submit]"), "a form needs a button"
    for node in page.css("[hx-get], [hx-post]"):
        asks_by_itself = "every" in node.attributes.get("hx-trigger", "")
        assert node.tag in {"form", "a"} or asks_by_itself, node.html[:200]


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_every_input_has_a_label_and_no_id_stands_twice(page_of, address, rule):
    page = page_of(address, rule)
    ids = Counter(node.attributes["id"] for node in page.css("[id]"))
    assert [name for name, count in ids.items() if count > 1] == []
    labels = {node.attributes.get("for") for node in page.css("label")}
    for field in page.css("input:not([type=hidden]), select, textarea"):
        named = field.attributes.get("id") in labels or "aria-label" in field.attributes
        assert named, field.html


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_every_table_has_a_caption_and_scoped_headings(page_of, address, rule):
    for table in page_of(address, rule).css("table"):
        assert table.css_first("caption").text(strip=True)
        assert all("scope" in heading.attributes for heading in table.css("th"))
        assert table.parent.attributes.get("tabindex") == "0", "a wide table scrolls, so keys must reach it"


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_no_page_shows_what_identifies_a_person(page_of, address, rule):
    page = page_of(address, rule)
    for typed in page.css("textarea"):  # a refused text is shown to the one who typed it, to be mended
        typed.decompose()
    assert find_identifiers(page.body.text(separator=" ")) == []


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_every_page_says_the_day_and_the_version(page_of, address, rule):
    footer = page_of(address, rule).css_first("footer").text()
    assert "As of" in footer
    assert "Closeout 0." in footer
