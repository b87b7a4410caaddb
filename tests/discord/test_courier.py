from dataclasses import replace
from datetime import timedelta

import pytest

from bot.discord.courier import DiscordCourier
from bot.reminders.models import Destination, Due, Origin, Reminder, ReminderId
from bot.reminders.outcome import Delivered, Found, NotAllowed, NotFound, Refused, Unknown
from bot.reminders.targets import targets_of
from bot.store.deliveries import DeliveryRepository
from tests.cogs.town import START, Town

NONCE = "abcdefghijklmnopqrstuvwx"


@pytest.fixture
def courier(town: Town) -> DiscordCourier:
    services = town.house.services
    return DiscordCourier(
        client=town.bot,
        phrasebook=services.phrasebook,
        catalog=services.shelf,
        clock=services.clock,
        shelf=DeliveryRepository(store=town.house.store),
        tag=services.tag,
    )


@pytest.fixture
async def due(town: Town) -> Due:
    """A reminder of Sam's for the square, as the ticker would claim it."""
    promise = await town.house.services.reminders.create_custom(
        town.sam.id,
        at=START + timedelta(days=300),
        note="tea",
        destination=Destination.channel(town.square.id),
        origin=Origin(guild_id=town.guild.id, channel_id=town.square.id),
        locale="en-US",
    )
    return _due(promise.reminder)


def _due(reminder: Reminder) -> Due:
    return Due(
        reminder=reminder,
        number=1,
        due_at=START,
        lead=None,
        worker="w",
        attempt=1,
        doubt_since=START,
    )


async def test_what_was_sent_is_found_again_by_its_buttons(
    town: Town, courier: DiscordCourier, due: Due
) -> None:
    channel, _ = targets_of(due.reminder)
    sent = await courier.send(due, channel, NONCE)
    message = town.square.last_message
    assert message is not None
    assert sent == Delivered(message.id, town.square.id)
    assert await courier.find(due, channel) == Found(message.id, town.square.id)


async def test_another_occurrence_or_reminder_is_not_taken_for_it(
    courier: DiscordCourier, due: Due
) -> None:
    channel, _ = targets_of(due.reminder)
    await courier.send(due, channel, NONCE)
    assert await courier.find(replace(due, number=2), channel) == NotFound()
    other = replace(due.reminder, id=ReminderId(999))
    assert await courier.find(replace(due, reminder=other), channel) == NotFound()


async def test_the_message_is_found_whatever_the_clocks_say(
    courier: DiscordCourier, due: Due
) -> None:
    channel, _ = targets_of(due.reminder)
    await courier.send(due, channel, NONCE)
    # This machine's clock was ahead of Discord's when the send began.
    later = replace(due, doubt_since=START + timedelta(hours=1))
    assert isinstance(await courier.find(later, channel), Found)


@pytest.mark.parametrize(
    ("status", "code", "finding"),
    [(403, 50001, NotAllowed()), (404, 10003, NotAllowed()), (503, 0, Unknown("http_503"))],
)
async def test_a_history_that_cannot_be_read_says_whether_it_ever_can(
    town: Town, courier: DiscordCourier, due: Due, status: int, code: int, finding: object
) -> None:
    town.env.inject_error("GET", "/channels/*/messages", status=status, code=code, times=None)
    channel, _ = targets_of(due.reminder)
    assert await courier.find(due, channel) == finding


async def test_the_message_has_a_nonce_that_discord_checks_and_pings_its_owner_alone(
    town: Town, courier: DiscordCourier, due: Due
) -> None:
    channel, _ = targets_of(due.reminder)
    await courier.send(due, channel, NONCE)
    sent = next(
        each.json
        for each in reversed(town.env.http_requests)
        if each.method == "POST" and each.path.endswith("/messages")
    )
    assert sent is not None
    assert (sent["nonce"], sent["enforce_nonce"]) == (NONCE, True)
    assert sent["allowed_mentions"]["parse"] == []
    assert [int(each) for each in sent["allowed_mentions"]["users"]] == [town.sam.id]


async def test_who_may_not_speak_there_does_not_speak_through_the_bot(
    town: Town, courier: DiscordCourier, due: Due
) -> None:
    reminder = replace(
        due.reminder,
        owner_id=town.mia.id,
        destination=Destination.channel(town.library.id),
        origin=Origin(guild_id=town.guild.id, channel_id=town.library.id),
    )
    channel, dm = targets_of(reminder)
    mias = replace(due, reminder=reminder)
    assert await courier.send(mias, channel, NONCE) == Refused("owner_may_not_speak")
    assert town.library.history() == []
    assert isinstance(await courier.send(mias, dm, NONCE), Delivered)


async def test_a_known_dm_channel_is_not_opened_again(
    town: Town, courier: DiscordCourier, due: Due
) -> None:
    dm = town.dm_of(town.sam)
    to_dm = replace(due, dm_channel_id=dm.id)
    assert isinstance(await courier.send(to_dm, targets_of(due.reminder)[1], NONCE), Delivered)
    assert not any(each.path == "/users/@me/channels" for each in town.env.http_requests)
