"""What each class of error says to the user; one that is not here is a fault of the bot's."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import discord
from discord import app_commands

from bot.discord.errors import Sentence, UserError
from bot.discord.mentions import CommandMentions
from bot.fit.errors import FitError, NoWorkloadError
from bot.follows import MOST_OF_USER, TooManyFollowsError
from bot.ledger import LedgerFull
from bot.reminders.errors import (
    AlreadyOver,
    ChangedMeanwhile,
    EndsBeforeFirst,
    LeadOutOfRange,
    NoteTooLong,
    NotFound,
    TooFar,
    TooMany,
    TooManyLeads,
    TooSoon,
    WasCancelled,
)
from bot.reports import EmptyReportError, TooManyReportsError
from bot.speech import stamps
from bot.speech.fitting import fit_error_said, no_workload_said
from bot.speech.neutral import neutral
from bot.speech.phrase import Phrase
from bot.store.errors import StoreError

VALUE_SHOWN: Final = 60


def _says(key: str) -> Sentence:
    """Return a sentence without arguments."""

    def sentence(_error: Exception, _mentions: CommandMentions) -> Phrase:
        return Phrase(key)

    return sentence


def _own(error: UserError, _: CommandMentions) -> Phrase:
    return error.phrase


def _bad_option(error: app_commands.TransformerError, _: CommandMentions) -> Phrase:
    return Phrase("error-bad-option", {"value": neutral(str(error.value), most=VALUE_SHOWN)})


def _unfit(error: FitError, _: CommandMentions) -> Phrase:
    return fit_error_said(error)


def _no_workload(error: NoWorkloadError, _: CommandMentions) -> Phrase:
    return no_workload_said(error)


def _not_found(_: NotFound, mentions: CommandMentions) -> Phrase:
    # Somebody else's reminder and one that never was: the same sentence.
    return Phrase("error-no-such-reminder", {"list": mentions("remind list")})


def _too_soon(error: TooSoon, _: CommandMentions) -> Phrase:
    return Phrase("error-reminder-too-soon", {"seconds": _whole(error.soonest, seconds=1)})


def _too_many(error: TooMany, mentions: CommandMentions) -> Phrase:
    arguments = {"limit": error.limit, "list": mentions("remind list")}
    return Phrase("error-reminder-too-many", arguments)


def _ledger_full(error: LedgerFull, _: CommandMentions) -> Phrase:
    return Phrase("error-ledger-full", {"limit": error.limit})


def _note_too_long(error: NoteTooLong, _: CommandMentions) -> Phrase:
    return Phrase("error-reminder-note-long", {"length": error.length, "limit": error.limit})


def _too_many_leads(error: TooManyLeads, _: CommandMentions) -> Phrase:
    return Phrase("error-reminder-leads-many", {"count": error.count, "limit": error.limit})


def _lead_out_of_range(error: LeadOutOfRange, _: CommandMentions) -> Phrase:
    return Phrase("error-reminder-lead-range", {"days": _whole(error.longest, days=1)})


def _ends_before_first(error: EndsBeforeFirst, _: CommandMentions) -> Phrase:
    arguments = {"until": stamps.full(error.until), "first": stamps.full(error.first)}
    return Phrase("error-reminder-ends-first", arguments)


def _too_many_follows(_: TooManyFollowsError, mentions: CommandMentions) -> Phrase:
    arguments = {"limit": MOST_OF_USER, "command": mentions("gpu follow")}
    return Phrase("error-follow-many", arguments)


def _whole(length: timedelta, **unit: int) -> str:
    return str(length // timedelta(**unit))


# The most special class that matches wins.
SENTENCES: Final[Mapping[type[Exception], Any]] = {
    UserError: _own,
    FitError: _unfit,
    NoWorkloadError: _no_workload,
    app_commands.NoPrivateMessage: _says("error-server-only"),
    app_commands.CheckFailure: _says("error-not-allowed"),
    app_commands.CommandNotFound: _says("error-command-changed"),
    app_commands.CommandSignatureMismatch: _says("error-command-changed"),
    app_commands.TransformerError: _bad_option,
    discord.Forbidden: _says("error-forbidden"),
    discord.DiscordServerError: _says("error-discord-down"),
    TimeoutError: _says("error-discord-down"),
    StoreError: _says("error-database-busy"),
    NotFound: _not_found,
    AlreadyOver: _says("error-reminder-over"),
    WasCancelled: _says("error-reminder-cancelled"),
    ChangedMeanwhile: _says("error-reminder-changed"),
    EndsBeforeFirst: _ends_before_first,
    TooSoon: _too_soon,
    TooFar: _says("error-reminder-too-far"),
    TooMany: _too_many,
    NoteTooLong: _note_too_long,
    TooManyLeads: _too_many_leads,
    LeadOutOfRange: _lead_out_of_range,
    TooManyReportsError: _says("error-report-many"),
    EmptyReportError: _says("error-report-empty"),
    TooManyFollowsError: _too_many_follows,
    LedgerFull: _ledger_full,
}
