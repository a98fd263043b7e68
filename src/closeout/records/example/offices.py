"""Offices and units: fictional, called after trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

TREES = (
    "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hawthorn", "Ironwood", "Juniper",
    "Katsura", "Larch", "Maple", "Nutmeg", "Oak", "Pine", "Quince", "Rowan", "Spruce", "Tamarack",
    "Viburnum", "Willow", "Yew", "Zelkova",
)  # fmt: skip
HEADQUARTERS = OFFICES
"""Place of headquarters among the offices."""
SPECIAL_OFFICE = 5
"""Where the small unit is."""
_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
UNITS = {
    "DET": ("detained", "Detained docket"),
    "NDD": ("non_detained", "Non-detained docket"),
    "JUV": ("juvenile", "Juvenile and family"),
    "ALT": ("alternatives", "Alternatives to detention"),
    "TRV": ("travel", "Travel documents"),
    "OVR": ("oversight", "Oversight"),
    "SUP": ("support", "Support"),
}
SPECIAL_UNIT = "SPC"


def codes() -> list[str]:
    """Return the offices' codes: field offices, then headquarters."""
    return [f"F{place + 1:02d}" for place in range(OFFICES)] + ["HQ"]


def sites_of(office: int) -> int:
    """Return how many sites an office has: one to three, headquarters one."""
    return 1 if office == HEADQUARTERS else 1 + office % 3


def site_codes() -> list[str]:
    """Return the sites' codes, office after office."""
    return [f"{code}-{'ABC'[turn]}" for place, code in enumerate(codes()) for turn in range(sites_of(place))]


def site_rows(opened: date) -> Iterator[dict[str, Any]]:
    """Yield a row per site."""
    for site in site_codes():
        office, letter = site.split("-")
        label = f"{office} site {letter} (fictional)"
        yield {"site_id": site, "office_id": office, "label": label, "opened_on": opened}


def office_rows(opened: date) -> Iterator[dict[str, Any]]:
    """Yield a row per office."""
    for place, office in enumerate(codes()):
        is_field = place < OFFICES
        yield {
            "office_id": office,
            "label": f"{TREES[place]} field office (fictional)" if is_field else "Headquarters (fictional)",
            "kind": "field" if is_field else "headquarters",
            "region": f"R{place % 4 + 1}" if is_field else None,
            "area_code": f"AREA-{place + 1:02d}" if is_field else None,
            "time_zone": _ZONES[place % 4],
            "opened_on": opened,
        }


def unit_rows() -> Iterator[dict[str, Any]]:
    """Yield a row per unit of every office, and the one small unit."""
    for place, office in enumerate(codes()):
        for unit, (kind, label) in UNITS.items():
            if place < OFFICES or unit in {"OVR", "SUP", "TRV"}:
                yield {"unit_id": f"{office}-{unit}", "office_id": office, "label": label, "kind": kind}
        if place == SPECIAL_OFFICE:
            yield {
                "unit_id": f"{office}-{SPECIAL_UNIT}",
                "office_id": office,
                "label": "Small special unit",
                "kind": "special",
            }
