"""What must be true of the templates and style sheets as they are written."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.each import for_each

WEB = Path(__file__).parents[2] / "src" / "closeout" / "web"
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
SHEETS = sorted(path for path in WEB.rglob("static/**/*.css") if "vendor" not in path.parts)
COMPONENTS = WEB / "templates" / "components"

# Words that are HTML already: the QR code that the server draws, and help texts of Django's own fields.
TRUSTED = {"totp_svg|safe", "field.help_text|safe"}


def name_of(path):
    return str(path.relative_to(WEB))


def named(path):
    """Return a template's name as Django knows it."""
    return str(path).split("/templates/")[1]


@for_each("path", TEMPLATES)
def test_a_template_compiles(path):
    assert get_template(named(path))


@for_each("path", TEMPLATES)
def test_a_template_trusts_no_words_that_come_from_elsewhere(path):
    text = path.read_text()
    assert set(re.findall(r"[\w.]+\|safe", text)) <= TRUSTED
    assert "autoescape off" not in text
    assert "mark_safe" not in text


@for_each("path", TEMPLATES)
def test_a_template_carries_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|hx-on", text)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", text))


@for_each("path", TEMPLATES)
def test_a_template_names_no_other_host(path):
    hosts = set(re.findall(r"https?://([\w.-]+)", path.read_text())) - {"www.w3.org"}
    assert hosts == set()


@pytest.mark.parametrize("path", SHEETS, ids=name_of)
def test_a_style_sheet_loads_nothing(path):
    assert not re.search(r"url\(|@import", path.read_text())


def luminance(color):
    """Return the relative luminance of a color (WCAG 2.2), 0-1."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


COLORS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (WEB / "static/css/site.css").read_text()))


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("words", ["ink", "ink-soft", "muted", "action", "action-dark", "late"])
@pytest.mark.parametrize("ground", ["#ffffff", "wash", "wash-blue", "late-wash"])
def test_words_stand_out_from_every_ground(words, ground):
    assert contrast(COLORS[words], COLORS.get(ground, ground)) >= 4.5


def test_every_component_is_shown_in_the_gallery():
    frame = {"banner", "header", "footer", "messages"}  # on every page, so on the gallery too
    parts = {"form", "field", "field_words", "gallery", "gallery_forms"}  # drawn by the form renderer
    gallery = (COMPONENTS / "gallery.html").read_text() + (COMPONENTS / "gallery_forms.html").read_text()
    shown = set(re.findall(r"{% (\w+) ", gallery))
    shown |= set(re.findall(r"components/(\w+)\.html", gallery))
    written = {path.stem for path in COMPONENTS.glob("*.html")} - frame - parts
    assert written <= shown
