"""The same office run by a textbook event calendar: one heap of events, no clever arrays.

Written apart from the kernel, in plain Python, to be read next to the kernel's description. It shares
with the kernel only what the simulation is given: streams, hours by day, and keys.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import NormalDist

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
LEAVE, COUNT, OPEN, WAKE, BEGIN, END, ARISE = range(7)
PHASE, JITTER, GAP, MINUTES, OUTCOME = range(5)
ROLE = 9


def mix(number):
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & MASK
    return number ^ (number >> 31)


def uniform(key, number):
    return ((mix(number ^ key) >> 11) + 0.5) / 2**53


@dataclass
class Task:
    uid: int
    duty: int
    leader: int
    stream: int | None
    opened: float = 0.0
    due: int = 0
    left: float | None = None
    began: float = 0.0


@dataclass
class Calendar:
    """One run. `log` holds (duty, leader, doer, start, end) of each task in the order they ended.

    A task's leader is an officer, a role's name, or None for whoever is free of those who cover.
    """

    model: object
    duties: list
    streams: list
    hours: list
    present: list
    keys: list
    effects: list
    backlog: list = field(default_factory=list)

    def __post_init__(self):
        self.events, self.turn, self.log = [], 0, []
        staff = range(len(self.hours))
        roles = {role for duty in self.duties for role in duty.done_by}
        self.queue = {name: [] for name in [*staff, None, *sorted(roles)]}
        self.held = dict.fromkeys(staff)
        self.idle = []
        self.extra_left = dict.fromkeys(staff, self.model.overtime.minutes_a_year * self.model.horizon / 365)
        self.extra_today = dict.fromkeys(staff, 0.0)
        self.is_open = [self._opens(day) for day in range(self.model.horizon + 4000)]
        self.actions = {
            LEAVE: self.leave, COUNT: self.begin_counting, OPEN: self.open, WAKE: self.wake,
            BEGIN: self.begin_day, END: self.end, ARISE: self.arise,
        }  # fmt: skip

    def _opens(self, day):
        on = self.model.first_day + timedelta(days=day)
        return self.model.is_always_open or (on.weekday() < 5 and on not in self.model.holidays)

    def at(self, day, minute, kind, number=None, what=None):
        if day < self.model.horizon:
            self.turn += 1
            order = self.turn if number is None else number
            heapq.heappush(self.events, (day, minute, kind, order, self.turn, what))

    def run(self):
        for number, stream in enumerate(self.streams):
            duty = self.duties[stream["duty"]]
            stream |= {"number": number, "occurrence": 0}
            if duty.comes.name == "ARISES":
                stream["next"] = self.gap(stream)
                stream["occurrence"] = 1
            else:
                phase = math.floor(uniform(self.keys[PHASE], stream["uid"]) * stream["pace"])
                stream["next"] = phase + duty.lead_days
            self.schedule(stream, 0)
        self.at(self.model.warm_up_days, 0.0, COUNT)
        for day in range(self.model.horizon):
            self.at(day, 0.0, LEAVE)
            self.at(day, 0.0, BEGIN)
        while self.events:
            day, minute, kind, _, _, what = heapq.heappop(self.events)
            self.actions[kind](day, minute, what)
        return self.log

    # Streams: when the next task of each comes.

    def uid(self, stream):
        return mix((stream["uid"] + stream["occurrence"] * GOLDEN) & MASK)

    def gap(self, stream):
        return -math.log(uniform(self.keys[GAP], self.uid(stream))) / stream["pace"]

    def due(self, stream):
        jitter = self.duties[stream["duty"]].jitter_days
        off = jitter * (2 * uniform(self.keys[JITTER], self.uid(stream)) - 1) if jitter else 0
        day = math.floor(stream["next"] + off)
        while self.duties[stream["duty"]].is_set and not self.is_open[max(day, 0)]:
            day += 1
        return day

    def schedule(self, stream, earliest):
        duty = self.duties[stream["duty"]]
        if duty.comes.name == "ARISES":
            day = math.floor(stream["next"])
            minute = (stream["next"] - day) * self.model.open_minutes
            self.at(day, minute, ARISE, stream["number"], stream)
        else:
            self.at(max(earliest, self.due(stream) - duty.lead_days), 0.0, OPEN, None, stream)

    def last_day(self, duty, day):
        if not duty.is_business or day < 0:
            return day + duty.window_days
        left = duty.window_days
        while left:
            day += 1
            left -= self.is_open[day]
        return day

    def open(self, day, minute, stream):
        duty = self.duties[stream["duty"]]
        task = Task(self.uid(stream), stream["duty"], stream["leader"], stream)
        self.place(day, minute, task, self.last_day(duty, self.due(stream)))
        if duty.comes.name == "FIXED":
            stream["occurrence"] += 1
            stream["next"] += stream["pace"]
            self.schedule(stream, day + 1)

    def arise(self, day, minute, stream):
        duty = self.duties[stream["duty"]]
        task = Task(self.uid(stream), stream["duty"], stream["leader"], None)
        stream["next"] += self.gap(stream)
        stream["occurrence"] += 1
        self.schedule(stream, day + 1)
        self.place(day, minute, task, self.last_day(duty, day))

    def wake(self, day, minute, task):
        self.place(day, minute, task, self.last_day(self.duties[task.duty], day))

    # Officers: who is away, who is idle, who does what.

    def back(self, officer, day):
        """The day an absent officer returns on; None when not absent."""
        if not self.model.has_cover or self.present[officer][day] > 0:
            return None
        first = last = day
        while first > 0 and self.present[officer][first - 1] <= 0:
            first -= 1
        while last < self.model.horizon and self.present[officer][last] <= 0:
            last += 1
        if not any(self.is_open[one] for one in range(first, last)):
            return None
        return last if last < self.model.horizon else math.inf

    def put(self, queue, task):
        self.turn += 1
        heapq.heappush(self.queue[queue], (max(task.due, -1), self.turn, task))

    def leave(self, day, _minute, _):
        self.idle = []
        for officer, queue in self.queue.items():
            if officer not in self.held:
                continue
            back, shared = self.back(officer, day), self.model.shared_days
            until = -math.inf if shared is None else day + shared + 1
            if back is not None and (day == 0 or self.back(officer, day - 1) is None):
                until = max(until, back)
                held = self.held[officer]
                if held and held.due < back:
                    self.put(held.leader if isinstance(held.leader, str) else None, held)
                    self.held[officer] = None
            while queue and queue[0][0] < until:
                self.put(None, heapq.heappop(queue)[2])

    def begin_counting(self, day, minute, _):
        """What the records say is overdue takes the place of what the warm-up left overdue."""
        if self.model.backlog is None:
            return
        for officer, queue in self.queue.items():
            held = self.held.get(officer)
            if held and held.due < day:
                self.held[officer] = None
                self.withdraw(day, held)
            while queue and queue[0][0] < day:
                self.withdraw(day, heapq.heappop(queue)[2])
        for row in self.backlog:
            self.place(day, minute, Task(row["uid"], row["duty"], row["leader"], None), int(row["next_at"]))

    def withdraw(self, day, task):
        if task.stream and self.duties[task.duty].comes.name == "ROLLING":
            task.stream["occurrence"] += 1
            task.stream["next"] = day + task.stream["pace"]
            self.schedule(task.stream, day + 1)

    def doer(self, task):
        """The role that does what nobody leads: by the shares, in the order of their names."""
        left = uniform(self.keys[ROLE], task.uid)
        shares = sorted(self.duties[task.duty].done_by.items())
        for role, share in shares:
            left -= share
            if left < 0 or role == shares[-1][0]:
                return role
        return None

    def does(self, officer, leader):
        """Whether an officer does what is for a role, or for whoever is free."""
        post = self.model.officers[officer]
        return post.role == leader if isinstance(leader, str) else post.is_covering

    def place(self, day, minute, task, due):
        task.opened, task.due = day * 1440 + minute, due
        if task.leader is None:
            task.leader = self.doer(task)
        is_led = isinstance(task.leader, int)
        away = self.back(task.leader, day) if is_led else None
        if is_led and (away is None or due >= away):
            if task.leader in self.idle and minute < self.hours[task.leader][day]:
                self.idle.remove(task.leader)
                self.begin(day, minute, task.leader, task)
                return
            if self.model.shared_days is None or due > day + self.model.shared_days:
                self.put(task.leader, task)
                return
        for officer in [one for one in self.idle if self.does(one, task.leader)]:
            self.idle.remove(officer)
            if minute < self.hours[officer][day]:
                self.begin(day, minute, officer, task)
                return
        self.put(None if is_led else task.leader, task)

    def begin_day(self, day, minute, _):
        staff = len(self.hours)
        for turn in range(staff):
            officer = (turn + day) % staff
            if self.hours[officer][day] > 0:
                self.extra_today[officer] = min(self.model.overtime.minutes_a_day, self.extra_left[officer])
                self.go_on(day, minute, officer)

    def go_on(self, day, minute, officer):
        if self.held[officer]:
            self.begin(day, minute, officer, self.held[officer])
            return
        role = self.model.officers[officer].role
        names = [
            officer,
            *([None] if self.does(officer, None) else []),
            *([role] if role in self.queue else []),
        ]
        heads = [self.queue[name] for name in names if self.queue[name]]
        until = self.hours[officer][day]
        if heads:
            queue = min(heads, key=lambda tasks: tasks[0][0])
            is_urgent = queue[0][0] <= day
            if minute < until or (is_urgent and minute < until + self.extra_today[officer]):
                self.begin(day, minute, officer, heapq.heappop(queue)[2])
                return
        if minute < until:
            self.idle.append(officer)

    def begin(self, day, minute, officer, task):
        if task.left is None:
            task.left = self.minutes(task) * self.effects[officer]
            task.began = day * 1440 + minute
        regular = self.hours[officer][day]
        until = regular + (self.extra_today[officer] if task.due <= day else 0)
        end = minute + task.left
        task.left = max(0.0, end - until)
        self.held[officer] = task
        self.extra_left[officer] -= max(0.0, min(end, until) - max(regular, minute))
        if end <= until:
            self.at(day, end, END, officer, officer)

    def minutes(self, task):
        duty, share = self.duties[task.duty], uniform(self.keys[MINUTES], task.uid)
        if duty.law.name == "SAME" or duty.cv == 0:
            return duty.minutes
        if duty.law.name == "EXPONENTIAL":
            return -duty.minutes * math.log(share)
        spread = math.log(1 + duty.cv**2)
        return math.exp(NormalDist(math.log(duty.minutes) - spread / 2, spread**0.5).inv_cdf(share))

    def end(self, day, minute, officer):
        task, self.held[officer] = self.held[officer], None
        self.log.append((task.duty, task.leader, officer, task.began, day * 1440 + minute))
        if task.stream and self.duties[task.duty].comes.name == "ROLLING":
            task.stream["occurrence"] += 1
            task.stream["next"] = day + task.stream["pace"]
            self.schedule(task.stream, day + 1)
        for number, duty in enumerate(self.duties):
            if duty.after and duty.after == self.duties[task.duty].code:
                self.follow(day, minute, task, number)
        self.go_on(day, minute, officer)

    def follow(self, day, minute, parent, number):
        duty = self.duties[number]
        uid = mix((parent.uid + self.names[number]) & MASK)
        if uniform(self.keys[OUTCOME], uid) >= duty.probability:
            return
        task = Task(uid, number, None if duty.is_office else parent.leader, None)
        if duty.delay_days:
            self.at(day + duty.delay_days, 0.0, WAKE, None, task)
        else:
            self.place(day, minute, task, self.last_day(duty, day))
