"""Every relative link leads somewhere, and the site builds without a warning or a call outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from urllib.parse import unquote

import pytest

from tests.docs.pages import ROOT, anchors, links, name_of, pages, slug, split

OUTSIDE = ("http://", "https://", "mailto:")
FETCHES = re.compile(r"<(?:script|img|iframe|link|source)\b[^>]*?\b(?:src|href)=[\"']?(https?:)?//[^\"'>\s]+")
PAGES = [name_of(page) for page in pages()]


@pytest.mark.parametrize("name", PAGES)
def test_every_relative_link_leads_to_a_file_and_heading(name):
    page = ROOT / name
    broken = []
    for target in links(page):
        if target.startswith(OUTSIDE):
            continue
        path, _, anchor = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_title(name):
    prose, _ = split(ROOT / name)
    assert len(re.findall(r"^# \S", prose, flags=re.MULTILINE)) == 1


@pytest.mark.parametrize("name", PAGES)
def test_no_page_links_to_a_machine_of_somebody(name):
    assert [
        link for link in links(ROOT / name) if re.search(r"//(?:localhost|127\.|10\.|192\.168\.)", link)
    ] == []


def test_a_headings_name_is_made_as_mkdocs_makes_it():
    assert slug("What follows") == "what-follows"
    assert slug("`closeout read`: the contract") == "closeout-read-the-contract"
    assert slug("2. Rooms, the reading model, and spans") == "2-rooms-the-reading-model-and-spans"


# Not with --quiet: it drops the warnings before --strict can count them.
@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own program
        command,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_builds_strictly_and_has_every_page(site):
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    written = {
        page.relative_to(ROOT / "docs").with_suffix("").as_posix() for page in (ROOT / "docs").rglob("*.md")
    }
    assert written <= built


def test_no_built_page_fetches_anything_from_another_host(site):
    found = {
        page.name: match[0]
        for page in site.rglob("*.html")
        for match in FETCHES.finditer(page.read_text(encoding="utf-8"))
        if 'rel="canonical"' not in match[0]
    }
    assert found == {}


def test_no_built_style_fetches_anything_from_another_host(site):
    calls = re.compile(r"(?:@import|url\()\s*[\"']?(?:https?:)?//")
    assert [path.name for path in site.rglob("*.css") if calls.search(path.read_text(encoding="utf-8"))] == []
