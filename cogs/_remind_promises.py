"""Making promises: what was typed is read, the zone asked for where it matters, and stored."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final, final

import discord
from discord import Interaction, ui

from bot.catalog.offer import Offer
from bot.discord.errors import UserError
from bot.discord.forms import Field, open_form
from bot.discord.people import Person
from bot.reminders.repeat import Repeat
from bot.speech.neutral import in_one_line
from bot.speech.phrase import Phrase
from bot.when import MAX_CHARACTERS, Reading, Slot
from cogs._ends import real_end
from cogs._moved import Moves
from cogs._places import origin_of
from cogs._remind_base import NOTE_LENGTH, RemindBase, is_quiet_meanwhile, shown_note
from cogs._replies import privately_once_done
from cogs._times import read_every_option, read_started, read_until
from cogs._zones import GoOn

EXCERPT: Final = 80
ABOUT_TEMPLATE: Final = r"about:(?P<guild>@me|\d{1,20}):(?P<channel>\d{1,20}):(?P<message>\d{1,20})"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWish:
    """`/remind session` as it was typed."""

    duration: str
    started: str | None = None
    offer_id: str | None = None
    leads: tuple[timedelta, ...] | None = None
    note: str | None = None
    here: bool | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CustomWish:
    """`/remind me` as it was typed."""

    when: str
    about: str
    every: str | None = None
    until: str | None = None
    here: bool | None = None
    link: str | None = None


class RemindPromises(RemindBase):
    """The part of the cog that makes promises."""

    async def promise_session(self, interaction: Interaction[Any], wish: SessionWish) -> None:
        """Store a session and confirm it; ask for the time zone first where it needs one."""
        person = await self._people.behind(interaction)
        by_clock: list[str] = []  # what means nothing without a zone
        if self._read(wish.duration, person, Slot.DURATION).needs_zone:
            by_clock.append(wish.duration)
        if wish.started is not None:
            zone, now = person.settings.zone, self._clock.now()
            if read_started(wish.started, now=now, zone=zone).needs_zone:
                by_clock.append(wish.started)
        await self._once_zone_known(
            interaction, person, by_clock, partial(self._session_stored, wish)
        )

    async def promise_custom(self, interaction: Interaction[Any], wish: CustomWish) -> None:
        """Store a reminder and confirm it; ask for the time zone first where it needs one."""
        person = await self._people.behind(interaction)
        by_clock: list[str] = []
        if self._read(wish.when, person, Slot.TIME).needs_zone:
            by_clock.append(wish.when)
        if wish.until is not None and wish.every is None:
            raise UserError(Phrase("until-without-every"))
        if wish.every is not None and read_every_option(wish.every).needs_zone:
            by_clock.append(wish.every)
        if wish.until is not None:
            zone, now = person.settings.zone, self._clock.now()
            if read_until(wish.until, now=now, zone=zone).needs_zone:
                by_clock.append(wish.until)
        await self._once_zone_known(
            interaction, person, by_clock, partial(self._custom_stored, wish)
        )

    async def about_message(self, interaction: Interaction[Any], message: discord.Message) -> None:
        """Open the form behind "Remind me about this"; nothing of the message is kept by that."""
        words = (await self._people.behind(interaction)).words
        excerpt = in_one_line(message.content)
        if len(excerpt) > EXCERPT:
            excerpt = excerpt[: EXCERPT - 1].rstrip() + "…"
        place = "@me" if interaction.guild_id is None else str(interaction.guild_id)
        await open_form(
            interaction,
            title=words("about-form"),
            custom_id=f"about:{place}:{message.channel.id}:{message.id}",
            fields=[
                Field(
                    name="when",
                    label=words("about-when"),
                    hint=words("about-when-hint"),
                    most=MAX_CHARACTERS,
                    required=True,
                ),
                Field(
                    name="note",
                    label=words("about-note"),
                    value=excerpt,
                    most=NOTE_LENGTH,
                    long=True,
                ),
            ],
        )

    async def about_sent(
        self, interaction: Interaction[Any], match: re.Match[str], fields: Mapping[str, str]
    ) -> None:
        """Promise to remind of a message."""
        words = (await self._people.behind(interaction)).words
        note = shown_note(fields["note"]) or words("about-note-none")
        place = f"{match['guild']}/{match['channel']}/{match['message']}"
        link = f"https://discord.com/channels/{place}"
        wish = CustomWish(when=fields["when"], about=note, link=link)
        await self.promise_custom(interaction, wish)

    # ------------------------------------------------------------------- parts

    def _over(self, person: Person, offer: Offer | None) -> list[str]:
        """Say that an offer ended, which is no reason to refuse: its user may know better."""
        if offer is None or offer.status.value != "discontinued":
            return []
        status = self._speech(person.words).status(offer)
        return [person.words("remind-offer-over", name=offer.short, status=status)]

    async def _once_zone_known(
        self,
        interaction: Interaction[Any],
        person: Person,
        by_clock: Sequence[str],
        stored: GoOn,
    ) -> None:
        if by_clock and person.settings.zone is None:
            await self._question.ask(interaction, person, typed=by_clock[0], go_on=stored)
            return
        await privately_once_done(interaction, stored(interaction, person))

    async def _session_stored(
        self, wish: SessionWish, interaction: Interaction[Any], person: Person
    ) -> ui.LayoutView:
        asked_at = self._clock.now()
        reading = self._read(wish.duration, person, Slot.DURATION)
        ends_at, started_at = reading.at, asked_at
        if wish.started is not None:
            if not _is_length(reading):
                raise UserError(Phrase("started-needs-length"))
            start = read_started(wish.started, now=asked_at, zone=person.settings.zone)
            started_at = start.at
            ends_at -= timedelta(seconds=start.seconds)
            if ends_at <= asked_at:
                raise UserError(Phrase("started-over"))
        destination, why_there = await self._destination(interaction, person, here=wish.here)
        wished, catalog = ends_at, self._shelf.catalog
        offer = None if wish.offer_id is None else catalog.offer(wish.offer_id)
        ends_at, why = await real_end(
            self._ledger,
            offer,
            person,
            start=started_at,
            planned=wished,
            soonest=asked_at + self._reminders.rules.soonest,
        )
        # Without an offer nothing is counted, and nothing moves.
        moves = None if offer is None else await Moves.since_now(self._ledger, catalog, person)
        promise = await self._reminders.create_session(
            person.id,
            ends_at=ends_at,
            destination=destination,
            origin=origin_of(interaction),
            locale=person.words.locale,
            leads=wish.leads or person.settings.leads,
            offer_id=wish.offer_id,
            note=wish.note,
            zone=person.settings.zone,
            asked_at=asked_at,
            started_at=started_at,
            wished_end=wished if ends_at < wished else None,
        )
        moved = [] if moves is None else await moves.told()
        doubts = self._doubts(person.words, reading, promise.reminder)
        remarks = [*why, *doubts, *self._over(person, offer), *moved]
        if is_quiet_meanwhile(person, *(each.due_at for each in promise.warnings)):
            remarks.append(person.words("remind-quiet-warnings"))
        views = self._views(person.words)
        return views.confirmation(promise, why_there=why_there, remarks=remarks)

    async def _custom_stored(
        self, wish: CustomWish, interaction: Interaction[Any], person: Person
    ) -> ui.LayoutView:
        asked_at = self._clock.now()
        zone = person.settings.zone
        reading = self._read(wish.when, person, Slot.TIME)
        repeat = None
        if wish.every is not None:
            until = None
            if wish.until is not None:
                until = read_until(wish.until, now=asked_at, zone=zone).at
            repeat = Repeat(every=read_every_option(wish.every), until=until)
        destination, why_there = await self._destination(interaction, person, here=wish.here)
        promise = await self._reminders.create_custom(
            person.id,
            at=reading.at,
            note=wish.about,
            destination=destination,
            origin=origin_of(interaction),
            locale=person.words.locale,
            zone=zone,
            asked_at=asked_at,
            repeat=repeat,
            quiet=person.settings.quiet,
            link=wish.link,
        )
        doubts = self._doubts(person.words, reading, promise.reminder)
        views = self._views(person.words)
        return views.confirmation(promise, why_there=why_there, remarks=doubts)


def _is_length(reading: Reading) -> bool:
    return bool(reading.parts)
