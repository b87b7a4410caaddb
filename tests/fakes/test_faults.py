from __future__ import annotations

from tests.fakes.discord.faults import Faults


def strikes(faults: Faults, *, requests: int = 200) -> list[bool]:
    return [faults.strike("POST", "/channels/1/messages", 1) is not None for _ in range(requests)]


def test_a_probability_strikes_the_same_requests_for_the_same_seed() -> None:
    series: list[list[bool]] = []
    for seed in (1, 1, 2):
        faults = Faults(seed=seed)
        faults.answer(503, times=None, probability=0.3)
        series.append(strikes(faults))
    assert series[0] == series[1] != series[2]
    assert 30 < sum(series[0]) < 90


def test_a_fault_strikes_what_it_matches_as_often_as_told() -> None:
    faults = Faults()
    fault = faults.answer(403, 50007, channel_id=7, method="POST", path=r"/channels/\d+/", times=2)
    assert fault.message == "Cannot send messages to this user"
    asked = [
        ("GET", "/channels/7/messages", 7),
        ("POST", "/users/@me", None),
        ("POST", "/channels/8/messages", 8),
        *[("POST", "/channels/7/messages", 7)] * 3,
    ]
    assert [faults.strike(*one) is fault for one in asked] == [False] * 3 + [True, True, False]
    assert fault.exhausted
    assert not faults.active


def test_the_first_fault_that_matches_goes_first() -> None:
    faults = Faults()
    first, second = faults.answer(500), faults.cut(moment="after")
    assert faults.strike("GET", "/gateway", None) is first
    assert faults.strike("GET", "/gateway", None) is second
    assert faults.strike("GET", "/gateway", None) is None
