"""Time studies: whom they ask, what was observed, and how minutes are adjusted (system E)."""

from __future__ import annotations

from closeout.records.columns import (
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
    share,
)
from closeout.records.table import Table
from closeout.records.tables.organization import ROLES


class TimeStudies(Table):
    """A time study: how officers' time is observed, and over which weeks."""

    section = "E"
    study_id = code_key("The study's code, as time entries name it.")
    label = label("What the study is called.")
    design = choice("diary random_moment", "A full diary of weeks, or moments drawn by chance.")
    state = choice("planned running finished cancelled", "Where it stands.")
    from_on = day("The first day.", empty=False, future=True)
    to_on = day("The last day.", empty=False, future=True)
    weeks = count("Weeks that each officer asked is to record.", unit="weeks", least=1)
    moments_a_week = count("Moments drawn a week and officer; empty for a diary.", unit="moments", empty=True)
    office_id = office("The office it is about; empty for all.", empty=True)
    role = choice(ROLES, "The role it is about; empty for all.", empty=True)
    aimed_error = share("Half the 90 % interval aimed at, as a share of the minutes.")
    seed = count("The seed that its sample was drawn with.", unit="seed", empty=True)
    planned_on = day("When it was planned.")
    planned_by = officer("Who planned it.", empty=True)
    from_before_to = in_order("from_on", "to_on")


class StudySamples(Table):
    """An officer asked to record one week, or one moment, of a time study."""

    section = "E"
    cluster_by = ("study_id",)
    sample_id = number_key("The entry.")
    study_id = coded("time_studies", "The study.")
    officer_no = officer("Who is asked.")
    office_id = office("Where the officer worked when the sample was drawn.")
    week_from = day("The week's Monday.", empty=False, future=True)
    asked_at = moment("The moment drawn; empty in a diary.", future=True)
    state = choice("asked recorded declined absent", "What came of it.")
    settled_on = day("When it was recorded or declined.")


class StudyMoments(Table):
    """What an officer was doing at a moment drawn by chance."""

    section = "E"
    cluster_by = ("officer_no",)
    is_event = True
    moment_id = number_key("The entry.")
    study_id = coded("time_studies", "The study.")
    officer_no = officer("Who.")
    office_id = office("Where.")
    observed_at = moment("The moment.", empty=False)
    activity = code("The activity's code.")
    case_no = case("The case, where it was for one.", empty=True)


class ActivityChanges(Table):
    """A change of what an activity consists of: minutes recorded before it no longer hold."""

    section = "E"
    change_id = number_key("The entry.")
    activity = code("The activity's code.")
    kind = choice("policy procedure system law", "What changed.")
    changed_on = day("From when the activity is another.", empty=False, future=True)
    policy_version_id = coded("policy_versions", "The policy's version that changed it.", empty=True)


class SufficiencyAnswers(Table):
    """Whether an officer has enough time to do an activity well."""

    section = "E"
    answer_id = number_key("The entry.")
    study_id = coded("time_studies", "The study it followed.", empty=True)
    activity = code("The activity's code.")
    officer_no = officer("Who answered.")
    is_enough = claim("The time there is suffices to do it well.")
    suggested_minutes = quantity("Minutes it would take to do it well; empty if not said.", unit="minutes")
    reason = choice(
        "steps_left_out interrupted waiting_for_others system_slow travel language training other",
        "Why it is not enough.",
        empty=True,
    )
    answered_on = day("When.", empty=False)


class DelphiEstimates(Table):
    """A panelist's estimate of the minutes an activity should take, in one of two rounds."""

    section = "E"
    estimate_id = number_key("The entry.")
    panel = code("The panel's code.")
    activity = code("The activity's code.")
    round = choice("first second", "The round; in the second the panel has seen what the first said.")
    officer_no = officer("The panelist.")
    low_minutes = quantity("At least.", unit="minutes", empty=False)
    likely_minutes = quantity("Most likely.", unit="minutes", empty=False)
    high_minutes = quantity("At most.", unit="minutes", empty=False)
    reason = choice(
        "experience procedure quality complexity travel other", "What the estimate rests on.", empty=True
    )
    estimated_on = day("When.", empty=False)
    low_before_likely = in_order("low_minutes", "likely_minutes")
    likely_before_high = in_order("likely_minutes", "high_minutes")


class WeightAdjustments(Table):
    """What an activity should take, decided by one person and approved by another."""

    section = "E"
    adjustment_id = number_key("The entry.")
    activity = code("The activity's code.")
    office_id = office("The office it holds for; empty for all.", empty=True)
    panel = code("The panel whose estimates it follows.", empty=True)
    observed_minutes = quantity("Minutes as observed; empty if nobody observed them.", unit="minutes")
    adjusted_minutes = quantity("Minutes as they should be.", unit="minutes", empty=False)
    low_minutes = quantity("At least.", unit="minutes", empty=False)
    high_minutes = quantity("At most.", unit="minutes", empty=False)
    reason = choice("steps_left_out too_little_time better_practice new_policy other", "Why it differs.")
    rationale = label("The reason in a few words, without any person or case.")
    decided_on = day("When it was decided.", empty=False)
    decided_by = officer("Who decided.")
    approved_on = day("When a second person approved it; empty while it does not count.")
    approved_by = officer("Who approved.", empty=True)
    expires_on = day("The last day it holds; empty without an end.", future=True)
    low_before_adjusted = in_order("low_minutes", "adjusted_minutes")
    adjusted_before_high = in_order("adjusted_minutes", "high_minutes")
    decided_before_approved = in_order("decided_on", "approved_on")
    two_people = not_the_same("decided_by", "approved_by")
