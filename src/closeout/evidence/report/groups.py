"""The groups of measures as headings name them, by the number a measure gives."""

from __future__ import annotations

from types import MappingProxyType

GROUPS = MappingProxyType(
    {
        1: "Duties done on time",
        2: "Outcomes of check-ins",
        3: "Check-ins without an outcome",
        4: "What the office itself caused",
        5: "Verifications",
        6: "Transfers",
        7: "File reviews",
        8: "Closing of cases",
        9: "Travel documents",
        10: "Cooperation of countries",
        11: "Policies and guidance",
        12: "Training",
        13: "Oversight of partners",
        14: "Complaints",
        15: "Credentials",
        16: "Contract standards",
        17: "Inspections and deficiencies",
        18: "Parents",
        19: "Recommendations",
        20: "Small units",
        21: "Quality of the records",
        22: "Privacy",
    }
)
