"""Offices, posts, officers and their time (systems A13, E)."""

from __future__ import annotations

from closeout.records.columns import (
    OFFICER_NO,
    case,
    choice,
    claim,
    code,
    code_key,
    coded,
    count,
    day,
    in_order,
    label,
    moment,
    not_the_same,
    number_key,
    office,
    officer,
    quantity,
)
from closeout.records.table import Table

ROLES = (
    "deportation_officer supervisor director enforcement_assistant planner program_manager instructor "
    "juvenile_coordinator inspector special_unit"
)


class Offices(Table):
    """A field office or headquarters office."""

    section = "A1"
    office_id = code_key("The office's code.")
    label = label("What the office is called.")
    kind = choice("field headquarters", "A field office or headquarters; field if empty.", empty=True)
    region = code("The region it belongs to.", empty=True)
    area_code = code("The area of responsibility.", empty=True)
    time_zone = code("The time zone its days are counted in, as the tz database calls it.")
    opened_on = day("When it opened.")
    closed_on = day("When it closed; empty while open.")
    opened_before_closed = in_order("opened_on", "closed_on")


class Units(Table):
    """A unit of an office."""

    section = "A1"
    unit_id = code_key("The unit's code.")
    office_id = office("The office it is part of.")
    label = label("What the unit is called.")
    kind = choice("detained non_detained juvenile alternatives travel oversight special support", "Its work.")


class Sites(Table):
    """Premises of an office where people report: never a person's own place."""

    section = "A1"
    site_id = code_key("The site's code.")
    office_id = office("The office it belongs to.")
    label = label("What the site is called.")
    opened_on = day("When it opened.")
    closed_on = day("When it closed; empty while open.")
    opened_before_closed = in_order("opened_on", "closed_on")


class Positions(Table):
    """An authorized post, filled or vacant."""

    section = "E"
    position_no = code_key("The post's number.")
    office_id = office("The office it is authorized for.")
    unit_id = coded("units", "The unit.", empty=True)
    role = choice(ROLES, "What the post is for.")
    series = code("The occupational series.", empty=True)
    grade = code("The grade.", empty=True)
    authorized_on = day("When it was authorized.", empty=False)
    abolished_on = day("When it was abolished.")
    officer_no = officer("Who holds it; empty while vacant.", empty=True)
    vacant_from = day("Since when it is vacant; empty while filled.")
    authorized_before_abolished = in_order("authorized_on", "abolished_on")


class Officers(Table):
    """A member of staff, by staff number."""

    section = "E"
    officer_no = code_key("The staff number.", pattern=OFFICER_NO)
    office_id = office("The home office.")
    unit_id = coded("units", "The home unit.", empty=True)
    role = choice(ROLES, "What the officer does.")
    entered_on = day("When the officer took up this role.", empty=False)
    active_from = day("When the officer joined the agency.", empty=False)
    active_to = day("The last day; empty while serving.", future=True)
    contracted_hours = quantity("Hours a week by contract.", unit="hours a week", empty=False)
    is_converted = claim("Converted from another post, and so to be trained anew (OIG-17-51).")
    site_id = coded("sites", "The home site; empty where the office has none.", empty=True)
    active_from_before_to = in_order("active_from", "active_to")


class OfficerSkills(Table):
    """A skill or language an officer is certified in."""

    section = "I1"
    skill_id = number_key("The entry.")
    officer_no = officer("Who has it.")
    skill = code("The skill's code, such as lang-es, juvenile, instructor.")
    valid_from = day("From when.", empty=False)
    valid_to = day("Until when; empty without an end.", future=True)
    from_before_to = in_order("valid_from", "valid_to")


class Absences(Table):
    """Days an officer was or will be away."""

    section = "E"
    absence_id = number_key("The entry.")
    officer_no = officer("Who is away.")
    kind = choice("annual sick training administrative family military other", "Why.")
    from_on = day("The first day.", empty=False, future=True)
    to_on = day("The last day.", empty=False, future=True)
    hours_a_day = quantity("Hours away on each working day.", unit="hours a day", empty=False)
    from_before_to = in_order("from_on", "to_on")


class Details(Table):
    """An officer lent to another office or task."""

    section = "E"
    detail_id = number_key("The entry.")
    officer_no = officer("Who is lent.")
    from_office_id = office("The home office.")
    to_office_id = office("The office that receives; empty for a task outside.", empty=True)
    kind = choice("border_rotation surge special_operation training other", "For what.")
    from_on = day("The first day.", empty=False, future=True)
    to_on = day("The last day.", empty=False, future=True)
    from_before_to = in_order("from_on", "to_on")


class CollateralDuties(Table):
    """A standing task beside the caseload."""

    section = "E"
    collateral_id = number_key("The entry.")
    officer_no = officer("Who has it.")
    kind = choice("window transport escort court_transport instructor union firearms other", "The task.")
    hours_a_week = quantity("Hours it takes.", unit="hours a week", empty=False)
    from_on = day("The first day.", empty=False, future=True)
    to_on = day("The last day; empty without an end.", future=True)
    from_before_to = in_order("from_on", "to_on")


class Delegations(Table):
    """One officer acting for another."""

    section = "E"
    delegation_id = number_key("The entry.")
    from_officer_no = officer("Who is stood in for.")
    to_officer_no = officer("Who stands in.")
    from_on = day("The first day.", empty=False, future=True)
    to_on = day("The last day.", empty=False, future=True)
    not_oneself = not_the_same("from_officer_no", "to_officer_no")
    from_before_to = in_order("from_on", "to_on")


class TimeEntries(Table):
    """Minutes an officer spent on one activity on one day."""

    section = "E"
    cluster_by = ("officer_no",)
    is_event = True
    entry_id = number_key("The entry.")
    officer_no = officer("Whose time.")
    office_id = office("Where.")
    worked_on = day("The day.", empty=False)
    activity = code("The activity's code, as the time study names it.")
    minutes = count("How long.", unit="minutes")
    case_no = case("The case, where it was for one.", empty=True)
    tasks = count("How many tasks of this activity the minutes cover.", empty=True)
    study = code("The time study it was collected for.", empty=True)
    is_overtime = claim("Beyond the contracted hours.")


class DeskContacts(Table):
    """A walk-in, a call or another contact at the window (A13)."""

    section = "A13"
    cluster_by = ("office_id",)
    is_event = True
    contact_id = number_key("The entry.")
    office_id = office("Whose window.")
    officer_no = officer("Who served.", empty=True)
    case_no = case("The case, where there was one.", empty=True)
    received_at = moment("When it came.", empty=False)
    channel = choice("walk_in phone mail online", "How it came.")
    category = choice("new_case check_in question documents complaint representative other", "About what.")
    minutes = count("How long it took.", unit="minutes", empty=True)


class SmallUnitTasks(Table):
    """A task of a small unit's mission, with the hours it takes (I1)."""

    section = "I1"
    task_id = number_key("The entry.")
    unit_id = coded("units", "The unit.")
    task = code("The task's code.")
    hours_a_year = quantity("Hours the mission calls for.", unit="hours a year", empty=False)
    skill = code("The skill it needs.", empty=True)
    assessed_on = day("When the need was worked out.", empty=False)


class RecruitmentStages(Table):
    """Applicants at one stage in one quarter, against the target (I2)."""

    section = "I2"
    stage_id = number_key("The entry.")
    unit_id = coded("units", "The unit that recruits.")
    office_id = office("The office that owes it.", empty=True)
    stage = choice("announced applied screened interviewed offered entered trained", "The stage.")
    quarter_from = day("The quarter's first day.", empty=False, future=True)
    target = count("How many were aimed at.", empty=True)
    reached = count("How many reached the stage.", empty=True)
    median_days = quantity("Median days spent in the stage.", unit="days")
    milestone_due_on = day("When the stage's target was to be met.", future=True)
    met_on = day("When it was met.")


class WorkerStatements(Table):
    """That a worker was given an individual statement of what a change means (I3). Never its figures."""

    section = "I3"
    statement_id = number_key("The entry.")
    officer_no = officer("For whom.")
    unit_id = coded("units", "The unit.")
    office_id = office("The office that owes it.", empty=True)
    subject = code("What it was about, such as reclassification.")
    owed_from = day("Since when it is owed.", empty=False)
    delivered_on = day("When it was delivered.")
    acknowledged_on = day("When it was acknowledged.")
    tables_version = code("The version of the tables it was computed with.", empty=True)
    delivered_before_acknowledged = in_order("delivered_on", "acknowledged_on")
