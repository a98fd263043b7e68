"""What a run goes by: the pack, its measures, and links to recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.duties.pack import LINKS, load_pack, own_folder
from closeout.evidence.linking_file import load_links
from closeout.evidence.measures.read import read_measures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from closeout.duties.clauses import Pack
    from closeout.evidence.measures.measure import Link, Measure


@dataclass(frozen=True, slots=True)
class Rules:
    """A pack with its sound measures and the links given beside it, and what is wrong with other measures."""

    pack: Pack
    folder: Path | None
    measures: tuple[Measure, ...]
    links: Mapping[str, Sequence[Link]]
    faults: tuple[str, ...] = ()

    @property
    def left_out(self) -> list[str]:
        """Return a line for each fault, saying that the measure is left out."""
        return [f"{fault}; the measure is left out" for fault in self.faults]


def load_rules(folder: Path | None = None, links: Path | None = None) -> Rules:
    """Load a pack with its measures and the links beside it. A measure that is at fault is left out.

    Raises:
        PackError: With everything that is wrong, each with file and line.

    """
    pack = load_pack(folder)
    declared = read_measures(folder, pack)
    faults = tuple(f"{one.path.name}:{one.line}: {one.message}" for one in declared.faults)
    own = (folder or own_folder()) / LINKS
    given = [
        load_links(path, declared.codes)
        for path in (own, links)
        if path and (path == links or path.is_file())
    ]
    every = dict.fromkeys(code for one in given for code in one)
    joined = {code: tuple(each for one in given for each in one.get(code, ())) for code in every}
    return Rules(pack, folder, declared.measures, joined, faults)
