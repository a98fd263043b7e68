"""Words that make a date a promise, and words that make it a fact of the past."""

from __future__ import annotations

import re

REPORTING = re.compile(
    r"\b(?:stated|states|said|says|reported|noted|notes|told|indicated|indicates|explained|added|informed|"
    r"wrote|"
    r"responded|advised|confirmed|according\s+to|asserted|acknowledged)\b",
    re.IGNORECASE,
)
"""A verb that hands over what somebody else said."""

DATE_NOUN = re.compile(
    r"""(?P<phrase>(?:\b(?:an?|the|its|their|our|this|that)\s+)?
      (?:(?:new|revised|current|updated|original|initial|overall|final|interim)\s+){0,2}
      (?:(?:estimated|expected|anticipated|target(?:ed)?|planned|projected|proposed|scheduled|revised|due)\s+
         (?:\w+\s+){0,3}?(?:dates?|deadline|time\s?frames?|completion|quarter)
        |completion\s+(?:dates?|deadline)|target\s+dates?|due\s+dates?|ECDs?))
      (?:\s*\([A-Z]{2,5}\))?
      (?P<of>\s+(?:for|to|of(?=\s+(?:this|these|the|each|our)\s))\s+[^.;]{0,120}?(?=\s(?:is|was|are|has)\b|\s?:))?
      [\s*_]*(?:(?:,\s*)?(?:\bis|\bwas|\bare|\bof|\bto|\bas(?!\s+of)|\bbeing|\bby|:|-|–|
         \bhas\s+been\s+(?:revised|extended|moved)\s+to)[\s*_]*){0,2}
      (?:(?:now|set|on|by|in|for|around|no\s+later\s+than|the)\s+){0,3}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
"""A noun for the promised date, right before it: "an estimated completion date of"."""

PROMISE = re.compile(
    r"""\b(?:
      (?P<foresee>anticipates?|expects?|estimates?)\s+(?=(?:to|that|it|this|these|those|the|all|both|
         completion|full|final|\w+ing|(?-i:[A-Z])[\w’'-]*|a|an|its|their|having|more|\d+)\b
         |(?:[\w’'-]+\s+){1,8}?(?:to|will|would|can)\b)
      |(?P<foresaw>anticipated|expected|estimated|projected)\s+(?=(?:to|that|it|this|these|the|
        completion|\w+ing|by|in)\b)
      |(?:plans?|intends?|aims?|hopes?|proposes?|commits?|agrees?|seeks?)\s+(?:to|on)\b
      |(?:planned|intended|aimed|hoped|proposed|committed|agreed|scheduled|slated|targeted|set)\s+(?:to|
        on|for|by|in)\b
      |due\s+(?:for|by|in|on)\b
      |(?:on\s+track|in\s+the\s+process)\s+(?:to|of)\b
      |goals?\s+(?:of|is\s+to|to)\b
      |(?:will|shall|would)\s+(?!have\s+been\b|continue\s+to\s+(?:monitor|follow)\b)(?=[a-z])
      |(?:should|can|could|must|is|are|remains?)\s+to?\s*be(?=\s)
      |should\s+be\b|can\s+(?=begin|start|complete|finish)
      |to\s+be\s+(?=(?:\w+ly\s+)?\w+ed\b|complete\b|in\s+place\b|operational\b)
      )""",
    re.IGNORECASE | re.VERBOSE,
)
"""A verb that looks ahead."""

NOUN_BEFORE = re.compile(
    r"\b(?:the|its|their|of|these|those|cost|our|a|strategic|action|project|corrective|budget|and|an|this|"
    r"that)\s+\Z",
    re.IGNORECASE,
)
"""Before `plans` or `estimates` these words make a noun of it."""
AMBIGUOUS = re.compile(r"(?:plans?|estimates?|hopes?|aims?)\b", re.IGNORECASE)

BY = re.compile(
    r"(?:\b(?:by|in|on|before|at|during|around|for|within|beginning|starting|of|until)|\bno(?:t)?\s+later\s+"
    r"than"
    r"|\b(?:as\s+early\s+as|as\s+soon\s+as|some\s?time\s+in))\s*(?:about\s+)?(?:the\s+)?(?:end\s+of\s+)?\Z",
    re.IGNORECASE,
)
"""A preposition that ties a date to what is promised for it."""

NOT_DUE = re.compile(
    r"(?:\b(?:since|from|as\s+of|after|following|through|prior\s+to|until|dated|effective|between|and|"
    r"than|of)|’s|'s)\s+"
    r"(?:the\s+)?\Z"
    r"|\b(?:issued|released|published|signed|enacted|reported|recommended|approved|received|identified|found|"
    r"(?:was|were|had|which|has|have)\s+(?:\w+\s+)?\w+ed|began|held|met|took\s+place)\s+(?:in|on|during|"
    r"by)\s+(?:the\s+)?\Z"
    r"|\b(?:but|because|although|though|however)\s*,?\s+(?:in|on|by|as\s+of)\s+(?:the\s+)?\Z"
    r"|,\s*(?:and\s+)?(?:in|on|as\s+of)\s+(?:the\s+)?\Z"
    r"|\breports?\s+(?:in|of|from|on)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""Words that tie a date to something past, or to another clause."""
AFTERWARDS = re.compile(r"\bbefore\s+(?:being\s+)?\w+(?:ed|ing)\b[^,;]{0,60}\Z", re.IGNORECASE)
"""Words that tie a date to what came of a promise: "before being completed in"."""
STILL_DUE = re.compile(
    r"\b(?:be|being|having|have\s+it|to\s+have|get|no(?:t)?\s+later\s+than)\s+(?:\w+ly\s+)?(?:\w+ed\s+"
    r")?(?:in|on|during|by|than)?\s*(?:the\s+)?\Z",
    re.IGNORECASE,
)

MOVED_TO = re.compile(
    r"\b(?:extended|moved|revised|changed|delayed|postponed|pushed(?:\s+back)?|updated)\b[^.;]{0,100}?"
    r"\b(?:dates?|deadline|completion|target|time\s?frame)\b[^.;]{0,80}?\bto\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""A promised date that was moved, right before the new one."""

NEGATED = re.compile(
    r"\b(?:not(?!\s+later|\s+only)|never|unlikely|cannot|unable|no\s+longer|without)\b", re.IGNORECASE
)
AUDITOR = re.compile(
    r"\b(?:[Ww]e|GAO|I|[Tt]he\s+OIG|[Aa]uditors|[Oo]ur(?:\s+office)?|[Tt]his\s+report)\s+(?:\w+ly\s+)?\Z"
)
TREND = re.compile(
    r"(?:(?:[\w’'-]+\s+){1,6}(?:to|will)\s+|(?:that|to|be|it|is|are|only|even|under)\s+){0,3}(?:continue|"
    r"remain|grow|increase|decrease|decline|"
    r"rise|fall|drop|reach|cost|double|exceed|total|supply|displace|terminate|expire|sunset|lapse|benefit|"
    r"end\s+(?:in|by|about|around|on))\b",
    re.IGNORECASE,
)
"""What follows a verb that looks ahead when it foretells rather than promises."""
FORETELLS = re.compile(
    r"(?:will|would|shall|to\s+be|(?:expected|anticipated|estimated|projected)\b"
    r"|(?:expects?|anticipates?|estimates?)\s+(?!to\b))",
    re.IGNORECASE,
)
"""Verbs that can foretell; who plans, intends or expects *to do* a thing promises it."""

START = re.compile(
    r"\b(?:begin(?:ning)?|start(?:ing)?|initiat(?:e|ing)|commenc(?:e|ing)|kick(?:ing)?\s+off)\b",
    re.IGNORECASE,
)
FINISH = re.compile(
    r"\b(?:complet|finish|finali[sz]|implement|issu(?:e|ing)|publish|releas|conclud|deliver|approv|"
    r"clos(?:e|ing))\w*",
    re.IGNORECASE,
)
DRAFT = re.compile(r"\bdraft(?:s|ed|ing)?\b", re.IGNORECASE)
FINALIZE = re.compile(
    r"\b(?:finali[sz]|publish|issu(?:e|ing)\s+(?:the\s+)?final|implement)\w*", re.IGNORECASE
)
PART = re.compile(
    r"\b(?:first|second|third|initial|interim|pilot|phase|milestones?|half|portion|stage|remaining)\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"\b(?P<share>\d{1,3}(?:\.\d)?)\s*(?:percent\b|per\s+cent\b|%)", re.IGNORECASE)
