"""A document as plain text: every block in its order, and no digest."""

from __future__ import annotations

from closeout.evidence.letters.closeout import closeout_letter
from closeout.evidence.letters.paper import Grid
from closeout.evidence.letters.plain_text import plain_text
from tests.evidence.letters.making import DIGEST, make_dossier, make_paper


def test_every_block_is_a_line_or_a_few_in_its_order():
    assert plain_text(make_paper()).split("\n\n") == [
        "A title\nBureau of Keys, figures as of 2025-06-30",
        "First",
        "Some words.",
        "Quoted words.",
        "Second",
        "- One point.\n- Another point.",
        "Two rows:\nName | Count\na | 1\nb | 2",
    ]


def test_digests_are_left_to_the_file():
    words = plain_text(make_paper(blocks=(Grid("Frozen", ("What", "SHA-256"), (("keys", DIGEST),)),)))
    assert words.endswith("keys | [digest]")


def test_the_closeout_letter_is_read_as_text():
    words = plain_text(closeout_letter(make_dossier()))
    assert words.startswith("Request to close recommendation 2 of OIG-24-901")
    assert DIGEST not in words
