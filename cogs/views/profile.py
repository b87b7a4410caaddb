"""Usual wishes: the card that shows and changes them, and what other answers say of them."""

from typing import Final

import discord
from discord import ui

from bot.advice.code import RequestTooLongError, encode
from bot.advice.profile import Profile, UsualPart, spoken_of
from bot.advice.query import Query
from bot.speech.phrasebook import Words
from bot.speech.wishes import wishes_said
from cogs.views.layout import button, card, line, row, text
from cogs.views.picks import ALL, pick

KEEP: Final = "gpu:keep:"
"""A button that makes a request the usual one of whoever clicks; the request follows."""
MINE: Final = "gpu:mine:"
"""A select that changes one usual wish; its name follows."""
FORGET: Final = "gpu:forget"
RESTORE: Final = "gpu:restore:"
"""A button that takes forgetting back; what was forgotten follows."""


def profile_card(
    profile: Profile, words: Words, *, title: str, recommend: str, unlock: str
) -> ui.LayoutView:
    """Return what is saved, with a select for each wish that is asked for most.

    Args:
        profile: of the user who reads it.
        words: the reader's.
        title: what happened, or what this is.
        recommend: the mention of the command.
        unlock: likewise.
    """
    names = spoken_of(profile.query)
    lines = [title]
    if names:
        lines.append(wishes_said(profile.query, names, words))
    else:
        lines.append(words("profile-none"))
    lines += _left_out(profile.left_out, words)
    lines.append(words("profile-use", recommend=recommend, unlock=unlock))
    selects = [row(pick(name, profile.query, words, lambda name: f"{MINE}{name}")) for name in ALL]
    danger = discord.ButtonStyle.danger
    forget = [row(button(words("profile-forget"), FORGET, style=danger))]
    return card(
        text("\n".join(lines)), line(), *selects, *(forget if names or profile.left_out else [])
    )


def forgotten_card(before: Profile, words: Words, *, profile: str) -> ui.LayoutView:
    """Return that nothing is saved any more, with a way back.

    Args:
        before: what was saved.
        words: the reader's.
        profile: the mention of the command.
    """
    said = text(words("profile-forgotten", profile=profile))
    code = code_of(before)
    if not code:
        return card(said)
    return card(said, row(button(words("profile-restore"), RESTORE + code)))


def code_of(profile: Profile) -> str | None:
    """Return what `decode` gives a profile's request back of; None where no button can hold it."""
    try:
        return encode(profile.query, spoken_of=profile.query.model_fields_set)
    except RequestTooLongError:
        return None


def profile_lines(query: Query, usual: UsualPart, words: Words) -> list[str]:
    """Return what of a request comes from the user's profile."""
    told = _left_out(usual.left_out, words)
    if usual.wishes:
        wishes = wishes_said(query, usual.wishes, words)
        told.insert(0, words("profile-from", wishes=wishes))
    return told


def profile_row(
    query: Query, usual: UsualPart, words: Words, *, bare: Query, bare_id: str
) -> list[ui.ActionRow[ui.LayoutView]]:
    """Return the buttons that leave the profile aside this once, and that save the request.

    Args:
        query: the request; of what the user has it speaks as far as its set fields do.
        usual: what of it comes from the profile.
        words: the reader's.
        bare: the request without the profile.
        bare_id: what the `custom_id` of the first button begins with.
    """
    buttons: list[ui.Button[ui.LayoutView]] = []
    try:
        if bare != query:
            code = encode(bare, spoken_of=bare.model_fields_set)
            buttons.append(button(words("profile-aside"), bare_id + code))
        if usual.savable:
            code = encode(query, spoken_of=query.model_fields_set)
            buttons.append(button(words("profile-keep"), KEEP + code))
    except RequestTooLongError:
        pass  # with nothing to carry the request there is nothing to click
    return [row(*buttons)] if buttons else []


def _left_out(count: int, words: Words) -> list[str]:
    return [words("profile-left-out", count=count)] if count else []
