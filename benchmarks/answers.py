"""How long users wait for the first answer: one by one, a thousand at once, and after a commit."""

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from statistics import median
from typing import Final

from benchmarks.bare_bot import ANSWER
from benchmarks.figures import Figure
from benchmarks.subjects import USERS, Ask, Subject, floor, ours, running
from tests.fakes.discord import User

CONSTANT: Final = Ask(command="constant", says=ANSWER)
INSERT: Final = Ask(command="insert", says=ANSWER)
COMPARE: Final = Ask(command="gpu compare", says="Kaggle")
INFO: Final = [
    Ask(command="gpu info", values={"offer": offer}, says=offer)
    for offer in ("Kaggle", "Colab", "Modal")
]
# What the selects of the command offer, so that many ask for it.
RECOMMEND: Final = [
    Ask(command="gpu recommend", values={"vram": vram, "session": session}, says="GiB")
    for vram in (8, 13, 22, 38, 44)
    for session in (1, 4, 6, 9, 12, 24)
]
UNHEARD_OF: Final = [
    Ask(command="gpu recommend", values={"vram": 8 + number / 10}, says="GiB")
    for number in range(1, 320)
]
QUESTIONS: Final = [
    Ask(command="gpu ask", values={"question": question}, says="I read")
    for question in (
        "how long can a Colab session last?",
        "when does the Kaggle quota renew",
        "Kaggle or Colab, which gives more hours a week?",
        "can I qlora a 7b on a free T4",
        "a free GPU with 16 GB VRAM, no credit card",
        "what can I use instead of Paperspace?",
    )
]
UNASKED: Final = [
    Ask(
        command="gpu ask",
        values={"question": f"how long is a {name} session, {number} h?"},
        says="I read",
    )
    for number in range(1, 160)
    for name in ("Colab", "Kaggle")
]
REMIND: Final = Ask(command="remind session", values={"duration": "5h"}, says="<t:")

_MOST_TIMES_FLOOR: Final = 1.5
_MOST_THE_FIRST_TIME: Final = 2.5
"""What is worked out or read for the first time may cost more, as long as the next one gains."""
_WARM_UP: Final = 40
_KNOWN: Final = 20
_ROUNDS: Final = 250
_BURSTS: Final = 5
_MOST_S: Final = 3  # then Discord shows the user that the bot did not answer
_MS: Final = 1e3


async def answers() -> list[Figure]:
    """Ask one after the other."""
    async with running(ours, users=USERS) as bot, running(floor, users=USERS) as bare:
        known, newcomers = bot.users[:1], bot.users
        asked = {
            "compare": (bot, [COMPARE], known),
            "info": (bot, INFO, known),
            "recommend": (bot, RECOMMEND, known),
            # Nobody may ask as often as one after the other; these the other rows don't use.
            "ask": (bot, QUESTIONS, bot.users[-50:]),
        }
        first_time = {
            "recommend with wishes never heard": (bot, UNHEARD_OF, known),
            "compare by a user never seen": (bot, [COMPARE], newcomers),
            "ask what nobody asked before": (bot, UNASKED, bot.users[-100:-50]),
        }
        took, constant = await _in_turn(asked | first_time, floor=(bare, CONSTANT))
    return [
        Figure(
            name=f"/gpu {name}, p50",
            floor_name="/constant",
            ours=took[name],
            floor=constant,
            unit="ms",
            most_times_floor=_MOST_THE_FIRST_TIME if name in first_time else _MOST_TIMES_FLOOR,
        )
        for name in took
    ]


async def burst() -> list[Figure]:
    """Let a thousand users ask at once, who are new to the bot each time."""
    mixed = list(islice(cycle([COMPARE, *INFO]), USERS))
    users = USERS * _BURSTS
    took: dict[str, list[float]] = {"ours": [], "floor": []}
    async with running(ours, users=users) as bot, running(floor, users=users) as bare:
        for ask in (COMPARE, *INFO):
            await bot.ask(ask, bot.users[0])
        for first in range(0, users, USERS):
            took["ours"].append(await bot.ask_at_once(mixed, first))
            took["floor"].append(await bare.ask_at_once([CONSTANT] * USERS, first))
    return [
        Figure(
            name=f"{USERS} interactions at once, until the last answer",
            floor_name="/constant",
            ours=median(took["ours"]),
            floor=median(took["floor"]),
            unit="s",
            most=_MOST_S,
            most_times_floor=_MOST_TIMES_FLOOR,
        )
    ]


async def remind() -> list[Figure]:
    """Promise one after the other, each committed before it is confirmed."""
    async with running(ours, users=USERS) as bot, running(floor, users=USERS) as bare:
        # Nobody may have more than some reminders: so several, whom the warm-up makes known.
        asked = {
            "remind session": (bot, [REMIND], bot.users[-_KNOWN:]),
            "remind session by a user never seen": (bot, [REMIND], bot.users),
        }
        took, insert = await _in_turn(asked, floor=(bare, INSERT))
    return [
        Figure(
            name=f"/{name}, p50",
            floor_name="/insert, aiosqlite",
            ours=took[name],
            floor=insert,
            unit="ms",
            most_times_floor=_MOST_THE_FIRST_TIME if "never" in name else 2,
        )
        for name in took
    ]


async def _in_turn(
    asked: Mapping[str, tuple[Subject, Sequence[Ask], Sequence[User]]],
    *,
    floor: tuple[Subject, Ask],
) -> tuple[dict[str, float], float]:
    """Return the median of each and of the floor, in ms.

    The floor is asked before each of them: all see the same machine, and none is asked twice in a
    row, which is quicker the second time.
    """
    took: dict[str, list[float]] = {name: [] for name in asked}
    constant: list[float] = []
    bare, same = floor
    for number in range(_WARM_UP + _ROUNDS):
        for name, (subject, asks, users) in asked.items():
            below = await bare.ask(same, bare.users[number])
            ask, user = asks[number % len(asks)], users[number % len(users)]
            latency = await subject.ask(ask, user)
            if number >= _WARM_UP:
                constant.append(below * _MS)
                took[name].append(latency * _MS)
    return {name: median(each) for name, each in took.items()}, median(constant)
