from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from closeout.simulation.chance import Source, identity, keys, mix, mixed, normal, uniform, uniforms


def test_mix_is_the_finalizer_of_splitmix64():
    # The first outputs of SplitMix64 from state 0 (Vigna's reference code): mix(golden), mix(2 golden).
    golden = 0x9E3779B97F4A7C15
    assert int(mixed(np.array([golden], dtype=np.uint64))[0]) == 0xE220A8397B1DCDAF
    assert int(mixed(np.array([2 * golden % 2**64], dtype=np.uint64))[0]) == 0x6E789E6AA1B965F4


def test_the_array_form_is_the_compiled_form():
    numbers = np.arange(1, 50, dtype=np.uint64) * np.uint64(7919)
    key = np.uint64(12345)
    assert [int(mix(one)) for one in numbers] == [int(one) for one in mixed(numbers)]
    assert [uniform(key, one) for one in numbers] == uniforms(key, numbers).tolist()


def test_uniform_draws_fill_the_unit_interval():
    drawn = uniforms(keys(1, 0, "NORTH")[0], np.arange(100_000, dtype=np.uint64))
    assert 0 < drawn.min() < drawn.max() < 1
    # Standard error of the mean is 0.0009, of a tenth's share 0.00095.
    assert drawn.mean() == pytest.approx(0.5, abs=0.004)
    shares = np.histogram(drawn, 10, (0, 1))[0] / len(drawn)
    assert shares == pytest.approx(np.full(10, 0.1), abs=0.004)


@pytest.mark.parametrize("share", [1e-300, 1e-12, 0.01, 0.075, 0.3, 0.5, 0.6, 0.925, 0.99, 1 - 1e-12])
def test_normal_is_the_quantile(share):
    assert normal(share) == pytest.approx(NormalDist().inv_cdf(share), rel=1e-12, abs=1e-14)


def test_keys_differ_by_replication_office_source_and_seed():
    found = {
        int(key)
        for given in ((1, 0, "NORTH"), (1, 1, "NORTH"), (1, 0, "SOUTH"), (2, 0, "NORTH"))
        for key in keys(*given)
    }
    assert len(found) == 4 * len(Source)
    assert keys(1, 0, "NORTH").tolist() == keys(1, 0, "NORTH").tolist()


def test_an_identity_is_of_all_its_parts():
    assert identity("a", "bc") != identity("ab", "c")
    assert identity("a", "bc") == identity("a", "bc")
