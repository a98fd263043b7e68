"""What a run goes by: the pack, its measures, and links to recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.duties.pack import LINKS, own_folder, read_pack
from closeout.evidence.linking_file import load_links
from closeout.evidence.measures.read import read_measures, without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from closeout.duties.clauses import Pack
    from closeout.duties.faults import Fault
    from closeout.evidence.measures.measure import Link, Measure


@dataclass(frozen=True, slots=True)
class Rules:
    """A pack with its sound measures and the links given beside it, and what was left out.

    Attributes:
        pack: The sound clauses.
        folder: Where the pack lies; None for the one that comes with Closeout.
        measures: The sound measures, but for those that count a duty which is left out.
        links: Recommendations beside those of the measures, by what answers them.
        left_out: A line for each fault of a clause or measure, saying what is left out.

    """

    pack: Pack
    folder: Path | None
    measures: tuple[Measure, ...]
    links: Mapping[str, Sequence[Link]]
    left_out: tuple[str, ...] = ()


def load_rules(folder: Path | None = None, links: Path | None = None) -> Rules:
    """Load a pack with its measures and the links beside it. What is at fault is left out.

    Raises:
        PackError: Too little is sound to go on, or the links are wrong; with everything that is wrong, each
            with file and line.

    """
    read = read_pack(folder)
    pack = read.pack
    declared = read_measures(folder, pack)
    left_out = (
        *(f"{_said(one)}; the duty is left out" for one in read.faults),
        *(f"{_said(one)}; the measure is left out" for one in declared.faults),
        *without(declared.short),
    )
    own = (folder or own_folder()) / LINKS
    given = [
        load_links(path, declared.codes)
        for path in (own, links)
        if path and (path == links or path.is_file())
    ]
    every = dict.fromkeys(code for one in given for code in one)
    joined = {code: tuple(each for one in given for each in one.get(code, ())) for code in every}
    return Rules(pack, folder, declared.measures, joined, left_out)


def _said(fault: Fault) -> str:
    return f"{fault.path.name}:{fault.line}: {fault.message}"
