import logging
import re
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from discord import AppCommandOptionType, Interaction, app_commands, ui
from discord.ext import commands
from simcord import ChannelHandle, Env, MemberActor
from simcord.results import InteractionResult

from bot.discord.actions import Form, on_click, sealed
from bot.discord.client import intents
from bot.discord.errors import Complaints, UserError
from bot.discord.mentions import CommandMentions
from bot.discord.people import People
from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.languages import localize_interactions
from bot.discord.sentences import SENTENCES
from bot.fit.errors import FitError, NoWorkloadError
from bot.follows import TooManyFollowsError
from bot.ledger import LedgerFull
from bot.preferences import Preferences
from bot.reminders import errors as reminder_errors
from bot.reminders.errors import (
    AlreadyOver,
    ChangedMeanwhile,
    EndsBeforeFirst,
    LeadOutOfRange,
    NoteTooLong,
    NotFound,
    ReminderError,
    TooFar,
    TooMany,
    TooManyLeads,
    TooSoon,
    WasCancelled,
)
from bot.reports import EmptyReportError, TooManyReportsError
from bot.speech import stamps
from bot.speech.locales import Locale
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Phrasebook
from bot.store.errors import StoreBusy, StoreClosed, StoreError, StoreUnavailable
from bot.store.guilds import GuildRepository
from bot.store.store import Store
from bot.store.users import UserRepository
from tests.cogs.town import answer, told_privately
from tests.discord.answers import SECRET, http_error

START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
REFERENCE = re.compile(r"`([0-9a-f]{8})`")


def bad_option(value: str) -> app_commands.TransformerError:
    class Reader(app_commands.Transformer):
        async def transform(self, _: Interaction[Any], value: Any, /) -> None: ...

    return app_commands.TransformerError(value, AppCommandOptionType.string, Reader())


# Each error, and the sentence that a user is told: its key, and what is put into it.
TABLE: list[tuple[Exception, str, dict[str, str | int]]] = [
    (UserError(Phrase("error-note-empty")), "error-note-empty", {}),
    (app_commands.NoPrivateMessage(SECRET), "error-server-only", {}),
    (app_commands.CheckFailure(SECRET), "error-not-allowed", {}),
    (app_commands.MissingPermissions(["manage_guild"]), "error-not-allowed", {}),
    (app_commands.CommandNotFound(SECRET, []), "error-command-changed", {}),
    (bad_option("@everyone *x*"), "error-bad-option", {"value": "@\u200beveryone \\*x\\*"}),
    (http_error(403, 50013), "error-forbidden", {}),
    (http_error(500), "error-discord-down", {}),
    (http_error(503), "error-discord-down", {}),
    (TimeoutError(SECRET), "error-discord-down", {}),
    (StoreError(SECRET), "error-database-busy", {}),
    (StoreBusy(SECRET), "error-database-busy", {}),
    (StoreUnavailable(SECRET), "error-database-busy", {}),
    (StoreClosed(SECRET), "error-database-busy", {}),
    (NotFound(SECRET), "error-no-such-reminder", {"list": "`/remind list`"}),
    (AlreadyOver(SECRET), "error-reminder-over", {}),
    (WasCancelled(SECRET), "error-reminder-cancelled", {}),
    (ChangedMeanwhile(SECRET), "error-reminder-changed", {}),
    (
        EndsBeforeFirst(first=START + timedelta(hours=1), until=START),
        "error-reminder-ends-first",
        {"first": stamps.full(START + timedelta(hours=1)), "until": stamps.full(START)},
    ),
    (
        TooSoon(at=START, soonest=timedelta(seconds=10)),
        "error-reminder-too-soon",
        {"seconds": "10"},
    ),
    (TooFar(at=START, farthest=timedelta(days=366)), "error-reminder-too-far", {}),
    (LedgerFull(limit=2000), "error-ledger-full", {"limit": 2000}),
    (TooMany(limit=50), "error-reminder-too-many", {"limit": 50, "list": "`/remind list`"}),
    (NoteTooLong(length=501, limit=500), "error-reminder-note-long", {"length": 501, "limit": 500}),
    (TooManyLeads(count=6, limit=5), "error-reminder-leads-many", {"count": 6, "limit": 5}),
    (
        LeadOutOfRange(lead=timedelta(days=8), longest=timedelta(days=7)),
        "error-reminder-lead-range",
        {"days": "7"},
    ),
    (FitError("gpu-unknown", value="T5"), "fit-error-gpu-unknown", {"value": "T5"}),
    (NoWorkloadError("tea", measured=True), "fit-error-no-workload", {"value": "tea"}),
    (TooManyReportsError(SECRET), "error-report-many", {}),
    (EmptyReportError(SECRET), "error-report-empty", {}),
    (TooManyFollowsError(SECRET), "error-follow-many", {"limit": 20, "command": "`/gpu follow`"}),
]


class Trouble:
    """A bot of which everything fails, in the way that `error` says."""

    def __init__(self, env: Env, complaints: Complaints, clock: PlaygroundClock) -> None:
        self.env = env
        self.clock = clock
        self.complaints = complaints
        self.error: Exception = RuntimeError(SECRET)
        self.before: Callable[[], None] = lambda: None
        self.channel: ChannelHandle
        self.sam: MemberActor
        self.lin: MemberActor

    async def fail(self) -> None:
        self.before()
        raise self.error


@pytest.fixture
async def store(address: str) -> AsyncGenerator[Store]:
    clock = PlaygroundClock(start=START, stopwatch=lambda: 0.0)
    store = await Store.open(address, clock=clock)
    yield store
    await store.close()


@pytest.fixture
def complaints(store: Store, phrasebook: Phrasebook) -> Complaints:
    preferences = Preferences(
        users=UserRepository(store=store), guilds=GuildRepository(store=store), clock=store.clock
    )
    return Complaints(
        people=People(preferences=preferences, phrasebook=phrasebook),
        phrasebook=phrasebook,
        mentions=CommandMentions(),
        sentences=SENTENCES,
    )


@pytest.fixture
async def trouble(complaints: Complaints) -> AsyncGenerator[Trouble]:
    bot = commands.AutoShardedBot(
        commands.when_mentioned, intents=intents(), help_command=None, max_messages=None
    )
    env = Env(bot, check_errors=False, shard_count=1)
    clock = PlaygroundClock(start=START, stopwatch=lambda: 0.0)
    env.backend.clock = clock  # pyright: ignore[reportAttributeAccessIssue] - it has all that is asked of one
    trouble = Trouble(env, complaints, clock)
    guild = env.create_guild("Town", owner=env.create_user("owner"))
    trouble.channel = guild.create_text_channel("square")
    trouble.sam = guild.add_member(env.create_user("sam"))
    trouble.lin = guild.add_member(env.create_user("lin"))
    localize_interactions(bot, lambda user: "zh-CN" if user == trouble.lin.id else "en-US")
    complaints.attach(bot)

    @bot.tree.command(name="fail", description="x")
    async def fail(interaction: Interaction[Any]) -> None:
        await trouble.fail()

    @bot.tree.command(name="late", description="x")
    async def late(interaction: Interaction[Any]) -> None:
        await interaction.response.send_message("first")
        await trouble.fail()

    @bot.tree.command(name="complete", description="x")
    async def complete(interaction: Interaction[Any], option: str) -> None: ...

    @complete.autocomplete("option")
    async def options(interaction: Interaction[Any], current: str) -> list[Any]:
        await trouble.fail()
        return []

    @bot.tree.command(name="show", description="x")
    async def show(interaction: Interaction[Any]) -> None:
        view = ui.View(timeout=None)
        view.add_item(ui.Button(label="button", custom_id="t:button"))
        view.add_item(ui.Button(label="form", custom_id="t:form"))
        select: ui.Select[ui.View] = ui.Select(custom_id="t:select")
        select.add_option(label="a", value="a")
        view.add_item(select)
        await interaction.response.send_message(view=sealed(view))

    class Failing(Form):
        def __init__(self) -> None:
            super().__init__(title="Form", complaints=complaints)
            self.add_item(ui.TextInput(label="x", custom_id="x"))

        async def on_submit(self, _: Interaction[Any], /) -> None:
            await trouble.fail()

    async def clicked(interaction: Interaction[Any], match: re.Match[str]) -> None:
        if match["what"] == "form":
            await interaction.response.send_modal(Failing())
        else:
            await trouble.fail()

    bot.add_dynamic_items(on_click("t:(?P<what>[a-z]+)", clicked, complaints=complaints))
    bot.setup_hook = bot.tree.sync  # pyright: ignore[reportAttributeAccessIssue] - a coroutine without arguments
    await env.start()
    yield trouble
    await env.shutdown()
    await bot.close()


async def in_a_command(trouble: Trouble, actor: MemberActor) -> InteractionResult:
    return await actor.slash(trouble.channel, "fail")


async def in_a_button(trouble: Trouble, actor: MemberActor) -> InteractionResult:
    shown = answer(await actor.slash(trouble.channel, "show"))
    return await actor.click(shown, label="button")


async def in_a_select(trouble: Trouble, actor: MemberActor) -> InteractionResult:
    shown = answer(await actor.slash(trouble.channel, "show"))
    return await actor.select(shown, ["a"])


async def in_a_form(trouble: Trouble, actor: MemberActor) -> InteractionResult:
    shown = answer(await actor.slash(trouble.channel, "show"))
    return await actor.submit_modal(await actor.click(shown, label="form"), {"x": "y"})


EVERYWHERE = pytest.mark.parametrize(
    "place", [in_a_command, in_a_button, in_a_select, in_a_form], ids=lambda place: place.__name__
)


def errors_in(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [each for each in caplog.records if each.levelno >= logging.ERROR]


# ------------------------------------------------------------------------- the table


@pytest.mark.parametrize(("error", "key", "arguments"), TABLE, ids=lambda each: type(each).__name__)
def test_each_class_of_error_has_its_sentence_in_each_language(
    complaints: Complaints,
    phrasebook: Phrasebook,
    error: Exception,
    key: str,
    arguments: dict[str, str | int],
) -> None:
    phrase = complaints.phrase_for(error)
    assert phrase is not None
    assert (phrase.key, phrase.arguments) == (key, arguments)
    for locale in Locale:
        assert SECRET not in phrase.put_in(phrasebook.words(locale))


def test_the_table_above_is_whole() -> None:
    tried = {kind for error, _, _ in TABLE for kind in type(error).__mro__}
    assert set(SENTENCES) - tried == {app_commands.CommandSignatureMismatch}  # needs a command


def test_every_reason_to_refuse_a_reminder_has_a_sentence() -> None:
    reasons = {
        each
        for each in vars(reminder_errors).values()
        if isinstance(each, type) and issubclass(each, ReminderError) and each is not ReminderError
    }
    assert reasons
    assert reasons <= set(SENTENCES)


@pytest.mark.parametrize(
    "error", [RuntimeError(SECRET), KeyError(SECRET), http_error(400), http_error(404, 10008)]
)
def test_what_is_not_in_the_table_is_a_fault_of_the_bots(
    complaints: Complaints, error: Exception
) -> None:
    assert complaints.phrase_for(error) is None


# -------------------------------------------------------------------- wherever it fails


@EVERYWHERE
async def test_a_known_error_is_a_private_sentence_and_nothing_for_the_log(
    trouble: Trouble, caplog: pytest.LogCaptureFixture, place: Any, phrasebook: Phrasebook
) -> None:
    trouble.error = TooMany(limit=50)
    for actor, locale in ((trouble.sam, Locale.EN_US), (trouble.lin, Locale.ZH_CN)):
        told = told_privately(await place(trouble, actor))
        key = "error-reminder-too-many"
        assert told == phrasebook.say(locale, key, limit=50, list="`/remind list`")
    assert errors_in(caplog) == []


@EVERYWHERE
async def test_an_unexpected_one_shows_a_number_that_the_log_has_with_the_whole(
    trouble: Trouble, caplog: pytest.LogCaptureFixture, place: Any
) -> None:
    trouble.error = RuntimeError(SECRET)
    told = told_privately(await place(trouble, trouble.lin))
    assert SECRET not in told
    reference = REFERENCE.search(told)
    assert reference
    (record,) = errors_in(caplog)
    assert vars(record)["error_id"] == reference[1]
    assert vars(record)["interaction_id"]
    assert record.exc_info
    assert record.exc_info[1] is trouble.error


async def test_two_faults_have_two_numbers(trouble: Trouble) -> None:
    numbers = {told_privately(await in_a_command(trouble, trouble.sam)) for _ in range(5)}
    assert len(numbers) == 5


async def test_autocomplete_that_fails_shows_nothing_and_the_log_has_it(
    trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    assert await trouble.sam.autocomplete(trouble.channel, "complete", "option", "x") == []
    assert trouble.channel.history(viewer=trouble.sam) == []
    assert any(each.exc_info and each.exc_info[1] is not None for each in errors_in(caplog))


async def test_autocomplete_of_a_command_that_was_dropped_shows_nothing(
    trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    tree = trouble.env.bot.tree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType] - typed as any client
    tree.remove_command("complete")  # pyright: ignore[reportUnknownMemberType]
    assert await trouble.sam.autocomplete(trouble.channel, "complete", "option", "x") == []
    assert trouble.channel.history(viewer=trouble.sam) == []
    assert [each for each in caplog.records if each.name == "bot.discord.errors"] == []


@EVERYWHERE
async def test_an_interaction_that_expired_is_no_fault_and_gets_no_answer(
    trouble: Trouble, caplog: pytest.LogCaptureFixture, place: Any
) -> None:
    trouble.error = http_error(404, 10062)
    result = await place(trouble, trouble.sam)
    assert result.response is None
    assert errors_in(caplog) == []
    assert any(each.levelno == logging.WARNING for each in caplog.records)


async def test_an_answer_that_comes_too_late_is_no_fault(
    trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    trouble.error = TooMany(limit=50)
    trouble.before = lambda: trouble.clock.advance(5)
    result = await in_a_command(trouble, trouble.sam)
    assert result.response is None
    assert errors_in(caplog) == []
    assert any("could not be told" in each.getMessage() for each in caplog.records)


async def test_after_an_answer_the_sentence_follows(
    trouble: Trouble, phrasebook: Phrasebook
) -> None:
    trouble.error = StoreBusy(SECRET)
    result = await trouble.sam.slash(trouble.channel, "late")
    (followup,) = result.followups
    assert followup.ephemeral
    assert followup.content == phrasebook.say(Locale.EN_US, "error-database-busy")


async def test_with_the_database_gone_the_sentence_is_in_the_language_of_their_discord(
    trouble: Trouble, store: Store, phrasebook: Phrasebook, caplog: pytest.LogCaptureFixture
) -> None:
    await store.close()
    trouble.error = StoreUnavailable(SECRET)
    told = told_privately(await in_a_command(trouble, trouble.lin))
    assert told == phrasebook.say(Locale.ZH_CN, "error-database-busy")
    assert errors_in(caplog) == []


async def test_a_command_that_was_dropped_says_so(trouble: Trouble, phrasebook: Phrasebook) -> None:
    tree = trouble.env.bot.tree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType] - typed as any client
    tree.remove_command("fail")  # pyright: ignore[reportUnknownMemberType]
    told = told_privately(await in_a_command(trouble, trouble.sam))
    assert told == phrasebook.say(Locale.EN_US, "error-command-changed")


async def test_a_command_whose_options_changed_says_so(
    trouble: Trouble, phrasebook: Phrasebook
) -> None:
    tree = trouble.env.bot.tree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType] - typed as any client
    tree.remove_command("fail")  # pyright: ignore[reportUnknownMemberType]

    @tree.command(name="fail", description="x")  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
    async def fail(interaction: Interaction[Any], needed: str) -> None: ...

    told = told_privately(await in_a_command(trouble, trouble.sam))
    assert told == phrasebook.say(Locale.EN_US, "error-command-changed")
