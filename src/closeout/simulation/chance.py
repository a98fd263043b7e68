"""Random numbers that belong to a task, not to the order in which things happen.

Each draw is a pure function of a source's key and the task's own number, by the finalizer of SplitMix64
(Steele, Lea and Flood 2014). So an input that is changed leaves every other draw as it was: two scenarios
meet the same people, the same illnesses and the same hard cases. Keys come from NumPy's SeedSequence by
replication, office and source, and so are independent of one another.
"""

from __future__ import annotations

import hashlib
import math
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from closeout.simulation.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53


class Source(IntEnum):
    """What a draw decides. Each source has a key of its own."""

    PHASE = 0
    """When a recurring duty first falls due."""
    JITTER = 1
    """By how many days a due date lies off its interval."""
    GAP = 2
    """The time until the next arrival."""
    MINUTES = 3
    """How long a task takes."""
    OUTCOME = 4
    """Whether a task sets another off, as a no-show does."""
    ABSENCE = 5
    """When an officer is away unforeseen."""
    OFFICER = 6
    """How much longer or shorter an officer takes than others."""
    ESCORT = 7
    """When trips are escorted."""
    STAFF = 8
    """Who leaves, and when who was hired arrives."""
    ROLE = 9
    """Which role does a task that nobody leads."""


def keys(seed: int, replication: int, office: str) -> NDArray[np.uint64]:
    """Return the key of each source, in the order of `Source`."""
    sequences = [
        np.random.SeedSequence(seed, spawn_key=(replication, _number(office), source.value))
        for source in Source
    ]
    return np.array([one.generate_state(1, np.uint64)[0] for one in sequences], dtype=np.uint64)


def identity(*parts: str) -> np.uint64:
    """Return a number that stands for some names, the same on every machine."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _number(name: str) -> int:
    return int(identity(name)) & 0xFFFFFFFF


@compiled
def mix(number: np.uint64) -> np.uint64:
    """Return the number scrambled, one to one (the finalizer of SplitMix64)."""
    number = (number ^ (number >> _30)) * _FIRST
    number = (number ^ (number >> _27)) * _SECOND
    return number ^ (number >> _31)


@compiled
def uniform(key: np.uint64, number: np.uint64) -> float:
    """Return the draw of one source for one number: above 0 and below 1."""
    return (float(mix(number ^ key) >> _11) + 0.5) * _UNIT


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return `mix` of each number."""
    numbers = (numbers ^ (numbers >> _30)) * _FIRST
    numbers = (numbers ^ (numbers >> _27)) * _SECOND
    scrambled: NDArray[np.uint64] = numbers ^ (numbers >> _31)
    return scrambled


def uniforms(key: np.uint64, numbers: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return `uniform` of each number."""
    return ((mixed(numbers ^ key) >> _11).astype(np.float64) + 0.5) * _UNIT


# Wichura's algorithm AS 241, PPND16 (Applied Statistics 37, 1988): the normal quantile to about 16 digits.
_A = (
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3,
)  # fmt: skip
_B = (
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
    5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
    2.8729085735721942674e4, 5.2264952788528545610e3,
)  # fmt: skip
_C = (
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
)  # fmt: skip
_D = (
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
    6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
    5.47593808499534494600e-4, 1.05075007164441684324e-9,
)  # fmt: skip
_E = (
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
)  # fmt: skip
_F = (
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
    1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
    1.42151175831644588870e-7, 2.04426310338993978564e-15,
)  # fmt: skip
_MIDDLE, _NEAR = 0.425, 5.0


@compiled
def _ratio(over: tuple[float, ...], under: tuple[float, ...], at: float) -> float:
    top = (((((((over[7] * at + over[6]) * at + over[5]) * at + over[4]) * at + over[3]) * at
             + over[2]) * at + over[1]) * at + over[0])  # fmt: skip
    bottom = (((((((under[7] * at + under[6]) * at + under[5]) * at + under[4]) * at + under[3]) * at
                + under[2]) * at + under[1]) * at + under[0])  # fmt: skip
    return top / bottom


@compiled
def normal(share: float) -> float:
    """Return the standard normal quantile of a share between 0 and 1."""
    off = share - 0.5
    if abs(off) <= _MIDDLE:
        return off * _ratio(_A, _B, _MIDDLE * _MIDDLE - off * off)
    tail = math.sqrt(-math.log(share if off < 0 else 1.0 - share))
    found = _ratio(_C, _D, tail - 1.6) if tail <= _NEAR else _ratio(_E, _F, tail - _NEAR)
    return -found if off < 0 else found
