"""Nonsense and malice: one clear private sentence each, nothing stored, nothing unhandled."""

from datetime import timedelta

import pytest
from simcord import MemberActor

from bot.reminders.models import Destination, Origin
from tests.cogs.town import START, Town, answer, said, told_privately

NO_TIMES = [
    "-1h", "0", "0h", "NaN", "inf", "99999999999d", "1e309h", "9" * 5000, "h" * 5000, "@everyone",
    "<@1>", "[6h](https://evil.example)", "6\u200bh", "\u202e6h", "6h or 7h", "soon", "every day",
    "", " ", "5", "6h'; DROP TABLE reminders; --", "{6h}", "🕕", "1h\n2h", "\x00", "yesterday",
]  # fmt: skip
LONGEST_SENTENCE = 300  # characters: one clear sentence, not the input said back


@pytest.mark.parametrize("who", ["sam", "lin"])
async def test_what_is_no_time_is_one_sentence_in_the_users_language(town: Town, who: str) -> None:
    actor: MemberActor = getattr(town, who)
    fault = town.words_of(actor)("error-unexpected", id="|").partition("|")[0]
    for typed in NO_TIMES:
        for command, options in (
            ("remind session", {"duration": typed}),
            ("remind me", {"when": typed, "about": "tea"}),
        ):
            text = told_privately(await actor.slash(town.square, command, **options))
            assert 0 < len(text) <= LONGEST_SENTENCE, typed
            assert not text.startswith(fault), typed
            assert "@everyone" not in text
            assert "](" not in text.replace("\\](", "")
            assert (who == "lin") is any("\u4e00" <= char <= "\u9fff" for char in text), typed
    assert await town.kept(actor) == []


@pytest.mark.parametrize(
    "typed", ["0", "-5m", "soon", "tomorrow 9:00", "10m,,5m", "8d", "x" * 5000]
)
async def test_warning_times_that_are_none_are_one_sentence(town: Town, typed: str) -> None:
    result = await town.sam.slash(town.square, "remind session", duration="6h", leads=typed)
    assert len(told_privately(result)) <= LONGEST_SENTENCE
    assert await town.kept(town.sam) == []


@pytest.mark.parametrize("who", ["sam", "lin"])
async def test_warning_times_without_commas_are_shown_with_them(town: Town, who: str) -> None:
    actor: MemberActor = getattr(town, who)
    options = {"duration": "6h", "leads": "1h 30m 10m"}
    told = told_privately(await actor.slash(town.square, "remind session", **options))
    assert told == town.words_of(actor)("error-leads-commas", leads="1h, 30m, 10m")


@pytest.mark.parametrize("who", ["sam", "lin"])
async def test_nothing_at_all_is_not_offered_a_unit(town: Town, who: str) -> None:
    actor: MemberActor = getattr(town, who)
    for options in ({"duration": "6h", "leads": "0"}, {"duration": "00"}):
        told = told_privately(await actor.slash(town.square, "remind session", **options))
        assert told == town.words_of(actor)("when-zero")


async def test_more_warning_times_than_one_may_have_are_refused(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "remind session", duration="6h", leads="1m 2m 3m 4m 5m 6m".replace(" ", ",")
    )
    assert told_privately(result) == town.words()("error-reminder-leads-many", count=6, limit=5)


async def test_a_note_may_have_500_characters_and_no_more(town: Town) -> None:
    for length, taken in ((500, True), (501, False), (5000, False)):
        for command, options in (
            ("remind me", {"when": "1h", "about": "*" * length}),
            ("remind session", {"duration": "6h", "note": "字" * length}),
        ):
            before = len(await town.kept(town.sam))
            result = await town.sam.slash(town.square, command, **options)
            assert len(await town.kept(town.sam)) - before == int(taken)
            if not taken:
                words = town.words()
                expected = words("error-reminder-note-long", length=length, limit=500)
                assert told_privately(result) == expected


@pytest.mark.parametrize("note", ["\u200b", "\u202e\u200f", " \n\t ", "\u2066\u2069"])
async def test_a_reminder_of_nothing_visible_is_refused(town: Town, note: str) -> None:
    result = await town.sam.slash(town.square, "remind me", when="1h", about=note)
    assert told_privately(result) == town.words()("error-note-empty")
    session = await town.sam.slash(town.square, "remind session", duration="6h", note=note)
    assert answer(session).ephemeral
    (kept,) = await town.kept(town.sam)
    assert kept.note is None


@pytest.mark.parametrize(
    "note",
    [
        "@everyone and @here",
        "<@1> <@&2> <#3> </about:4> <:a:5> <t:6:R>",
        "[free](https://evil.example)",
        "a\u202eb\u200bc\u2067d",
        "# big\n# bigger\n> quote\n-# small",
        "```code``` `x` ||spoiler|| ~~no~~ __u__",
    ],
)
async def test_a_hostile_note_is_kept_and_shown_without_effect_everywhere(
    town: Town, note: str
) -> None:
    confirmed = await town.sam.slash(town.square, "remind me", when="1h", about=note)
    listed = await town.sam.slash(town.square, "remind list")
    (kept,) = await town.kept(town.sam)
    cancelled = await town.sam.slash(town.square, "remind cancel", reminder=str(kept.id))
    for result in (confirmed, listed, cancelled):
        text = said(result)
        for effect in ("@everyone", "@here", "](h", "\u202e", "\u2067", "\u200bc", "```", "||"):
            assert effect not in text.replace("\\|\\|", "").replace("\\](", ""), effect
        for mention in ("<@1>", "<@&2>", "<#3>", "</about:4>", "<:a:5>", "<t:6:R>"):
            assert mention not in text.replace("\\<", ""), mention
        assert not any(line.startswith(("# big", "-# small")) for line in text.splitlines())


async def test_fifty_reminders_are_all_one_may_have(town: Town) -> None:
    reminders = town.house.services.reminders
    for minutes in range(1, 50):
        await reminders.create_custom(
            town.sam.id,
            at=START + timedelta(minutes=minutes),
            note=f"note {minutes}",
            destination=Destination.dm(),
            origin=Origin(),
            locale="en-US",
        )
    fiftieth = answer(await town.sam.slash(town.square, "remind me", when="9h", about="fiftieth"))
    one_more = await town.sam.slash(town.square, "remind me", when="2h", about="one more")
    assert "50" in told_privately(one_more)
    assert "</remind list:" in told_privately(one_more)
    session = await town.sam.slash(town.square, "remind session", duration="2h")
    assert told_privately(session) == told_privately(one_more)
    assert len(await town.kept(town.sam)) == 50
    # The full list has pages, and autocomplete what Discord takes.
    listed = await town.sam.slash(town.square, "remind list")
    assert town.words()("remind-list-title-page", page=1, pages=10, n=50) in said(listed)
    assert len(await town.sam.autocomplete(town.square, "remind cancel", "reminder", "")) == 25
    found = await town.sam.autocomplete(town.square, "remind cancel", "reminder", "fiftieth")
    assert len(found) == 1
    # A cancelled one makes room, and can't come back once that is taken.
    cancel, undo = town.words()("remind-cancel-button"), town.words()("remind-undo-button")
    await town.sam.click(fiftieth, label=cancel)
    await town.sam.slash(town.square, "remind me", when="2h", about="in its place")
    assert told_privately(await town.sam.click(fiftieth, label=undo)) == told_privately(one_more)


@pytest.mark.parametrize("typed", ["", "x" * 5000, "@everyone", "%_'", "\u200b"])
async def test_autocomplete_of_reminders_takes_whatever_is_typed(town: Town, typed: str) -> None:
    await town.sam.slash(town.square, "remind me", when="1h", about="字" * 500)
    choices = await town.sam.autocomplete(town.square, "remind cancel", "reminder", typed)
    assert len(choices) == (1 if typed == "" else 0)
    assert all(1 <= len(each["name"]) <= 100 for each in choices)


@pytest.mark.parametrize("typed", ["9pm UTC", "2026-12-24T09:00Z", "<t:1795431600:F>"])
async def test_a_time_of_day_is_no_length_before_the_end(town: Town, typed: str) -> None:
    result = await town.sam.slash(town.square, "remind session", duration="6h", leads=typed)
    assert answer(result).ephemeral
    assert await town.kept(town.sam) == []
