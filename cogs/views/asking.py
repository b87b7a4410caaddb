"""The answer to a question in words, and what corrects how it was read."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import discord
from discord import ui

from bot.advice.code import RequestTooLongError, encode
from bot.ask.answer import Answer
from bot.ask.reading import ABOUT_ONE, SEARCHES, Clarify, Intent, Reading
from bot.ask.session import SessionAsked
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer
from bot.speech.answers import AnswerSpeech
from bot.speech.asked_reminders import out_of_code
from bot.speech.attributes import ATTRIBUTES, attribute_name
from bot.speech.neutral import in_one_line
from bot.speech.phrasebook import Words
from cogs._finished import Finished
from cogs.views import layout, written
from cogs.views.layout import MOST_TEXT, fitting
from cogs.views.offer import HISTORY, TIMER
from cogs.views.recommendation import AGAIN
from cogs.views.table import cut
from cogs.views.written import Component

WHO: Final = "ask:who:"
"""A select of another provider; the intent, the attributes and what is to be run follow."""
FIX: Final = "ask:fix:"
"""A button that shows these selects; the intent, the attributes, the offer and what is to be run
follow. They are not in the answer itself: two lists of 25 are most of its weight, and few answers
need them."""
WHAT: Final = "ask:what:"
"""A select of another question about an offer; the intent and the offer follow."""
MEANT: Final = "ask:meant:"
"""A select of what else was meant; the offer follows, where one is known."""
RATHER: Final = "ask:rather:"
"""A button that answers what may have been meant as well; the intent, the attributes, the offers,
the request in code and what is to be run follow."""
SIDE: Final = "ask:side:"
"""A button that shows offers side by side; their ids follow."""
REMIND: Final = "ask:remind:"
"""A button that promises what was read; the time and the purpose follow."""
AGAIN_AND_AGAIN: Final = "ask:every:"
"""The same of what comes again; the first time, how often and the purpose follow."""
SESSION: Final = "ask:session:"
"""A button that times a session; its length, how long ago it began, how long before its end the
warning is wanted, and the offer follow."""
LONG: Final = "ask:long:"
"""A button that promises what was read, of which only the time and how often follow: the note is
too long for an id, and stands in the message."""
WATCH: Final = "ask:watch:"
"""A button that watches a quota; the offer follows."""
ABOUT_AN_OFFER: Final = (
    Intent.FACT,
    Intent.QUOTA_WHEN,
    Intent.STATUS_ALIVE,
    Intent.ALTERNATIVE,
)
LONGEST_ID: Final = 100
MOST_OPTIONS: Final = 25
BETWEEN: Final = "|"
_LABEL_COLUMNS: Final = 70
_NOTE: Final = re.compile(r"`about: (?P<note>[^`]*)`")
"""As `AskedReminderSpeech` shows it: no backtick is left in what was typed."""


def asked(
    answer: Answer,
    *,
    catalog: Catalog,
    speech: AnswerSpeech,
    words: Words,
) -> Finished:
    """Return the layout of an answer: the answer, how it was read, and what corrects that."""
    # In one text, the line after a list would be drawn as part of its last entry.
    # A friendly word was not read as anything.
    read_as = "" if answer.reading.friendly else speech.read_as(answer)
    lines, buttons = speech.lines(answer), _buttons(answer, words)
    if answer.times is not None and not buttons:
        lines.append(words("ask-remind-no-button"))
    said = fitting(lines, most=MOST_TEXT - len(read_as), cut_short=words("cut-short"))
    parts = [written.text(each) for each in (said, read_as) if each]
    if buttons:
        parts.append(written.row(*buttons))
    if answer.clarify is Clarify.PROVIDER:
        reading, title = answer.reading, words("ask-pick-one")
        providers = _providers(reading.intent, reading.attributes, title, catalog)
        parts += [written.line(), written.row(providers.to_component_dict())]
    return written.card(*parts)


def promise_id(when: str, about: str, every: str | None = None) -> str | None:
    """Return the id of the button that makes a promise; None where it does not hold it.

    It holds the note too, where there is room: nobody can change an id.
    """
    if BETWEEN in when or BETWEEN in (every or ""):
        return None
    often = f"{REMIND}{when}" if every is None else f"{AGAIN_AND_AGAIN}{when}{BETWEEN}{every}"
    custom_id = f"{often}{BETWEEN}{about}"
    if len(custom_id) > LONGEST_ID:
        custom_id = f"{LONG}{when}{BETWEEN}{every or ''}"
    return custom_id if len(custom_id) <= LONGEST_ID else None


def note_of(message: discord.Message | None) -> str | None:
    """Return the note that stands in an answer of the bot's, as it was typed; None where none does.

    A backtick that was typed has become an apostrophe.
    """
    texts = [] if message is None else list(_texts(message.components))
    found = next((match for each in texts if (match := _NOTE.search(each))), None)
    return None if found is None else out_of_code(found["note"])


def _texts(components: Sequence[discord.Component]) -> Iterator[str]:
    for each in components:
        if isinstance(each, discord.TextDisplay):
            yield each.content
        elif isinstance(each, discord.Container):
            yield from _texts(each.children)


def session_id(session: SessionAsked, offer: Offer | None) -> str | None:
    """Return the id of the button that times a session; None where it does not hold it."""
    told = (session.duration, session.started, session.lead, None if offer is None else offer.id)
    custom_id = SESSION + BETWEEN.join(each or "" for each in told)
    return custom_id if len(custom_id) <= LONGEST_ID else None


def _buttons(answer: Answer, words: Words) -> list[Component]:
    reading = answer.reading
    buttons: list[Component] = []
    if reading.intent is Intent.REMINDER:
        buttons += _promising(answer, words)
    if answer.found is not None and reading.intent is not Intent.STATUS_ALIVE:
        try:
            custom_id = AGAIN + encode(answer.found.query)
        except RequestTooLongError:
            pass
        else:
            buttons.append(written.button(words("ask-all"), custom_id))
    if reading.of_changes:
        buttons += [
            written.button(words("info-history", n=len(offer.history)), f"{HISTORY}{offer.id}")
            for offer in answer.offers[:1]
            if offer.history
        ]
    several = [offer.id for offer in answer.offers]
    side = SIDE + ",".join(several)
    if len(several) > 1 and len(side) <= LONGEST_ID:
        buttons.append(written.button(words("ask-side-by-side"), side))
    buttons += _rather(reading, words)
    fix = _fix_id(answer)
    certain = reading.intent is Intent.REMINDER or reading.friendly
    if not certain and answer.clarify is None and len(fix) <= LONGEST_ID:
        buttons.append(written.button(words("ask-fix"), fix))
    return buttons


def _rather(reading: Reading, words: Words) -> list[Component]:
    """Return the button of what else may have been meant, where it can hold all of that."""
    rather = reading.rather
    if rather is None or reading.friendly or rather.excluded:
        return []
    if rather.intent is Intent.COMPARE and len(rather.offers) < 2:
        return []
    try:
        code = encode(rather.query)
    except RequestTooLongError:
        return []
    run = str(rather.constraints.get("workload", ""))
    attributes, offers = ",".join(rather.attributes), ",".join(rather.offers)
    custom_id = RATHER + BETWEEN.join((rather.intent, attributes, offers, code, run))
    if len(custom_id) > LONGEST_ID:
        return []
    return [written.button(words(f"ask-rather-{rather.intent}"), custom_id)]


def _promising(answer: Answer, words: Words) -> list[Component]:
    reading, offers, primary = answer.reading, answer.offers, discord.ButtonStyle.primary
    if answer.watch is not None:
        return [
            written.button(words("ask-remind-button"), f"{WATCH}{answer.watch.id}", style=primary)
        ]
    if answer.session is not None:
        custom_id = session_id(answer.session, offers[0] if offers else None)
        label = words("ask-remind-button")
        return [] if custom_id is None else [written.button(label, custom_id, style=primary)]
    unread = reading.every is None and reading.constraints.get("recurring")
    if reading.when is None or unread:
        return [
            written.button(
                cut(words("ask-timer-button", name=offer.short), _LABEL_COLUMNS),
                f"{TIMER}{offer.id}",
                style=primary,
            )
            for offer in offers[:1]
            if offer.status.value != "discontinued"
        ]
    if reading.doubt is not None:
        return []  # Its time would be refused.
    about = reading.about or words("ask-remind-about")
    labels = {reading.when: words("ask-remind-button")}
    if reading.either:
        labels = {when: cut(in_one_line(when), _LABEL_COLUMNS) for when in reading.either}
    ids = {promise_id(when, about, reading.every): label for when, label in labels.items()}
    return [
        written.button(label, custom_id, style=primary)
        for custom_id, label in ids.items()
        if custom_id is not None
    ]


def correction(
    intent: Intent,
    attributes: Sequence[str],
    offer: Offer | None,
    run: str,
    *,
    catalog: Catalog,
    words: Words,
) -> ui.LayoutView:
    """Return what corrects a reading: what is asked, the provider, and which value of it.

    `run` is what is to be run, in words, or empty: it is judged on another provider too.
    """
    kept = intent in ABOUT_ONE or (run and intent in SEARCHES)
    # What else a search went by says nothing of what is to be known of one offer.
    about, attributes = (intent, attributes) if kept else (Intent.FACT, ())
    title = words("ask-pick-one" if offer is None else "ask-pick-provider")
    selects = [_providers(about, attributes, title, catalog, run if kept else "")]
    if meanings := _meanings(intent, offer, words):
        selects.insert(0, meanings)
    if offer is not None:
        questions = (about, attributes) if intent in ABOUT_ONE else (Intent.FACT, ())
        selects.append(_questions(*questions, offer, words))
    title = layout.text(words("ask-fix-title"))
    return layout.card(title, *(layout.row(select) for select in selects))


def _fix_id(answer: Answer) -> str:
    reading = answer.reading
    offer = answer.offers[0].id if answer.offers else ""
    told = f"{FIX}{reading.intent}:{','.join(reading.attributes)}:{offer}"
    run = "" if answer.run is None else str(reading.constraints.get("workload", ""))
    return f"{told}:{run}" if len(told) + len(run) < LONGEST_ID else told


def _providers(
    intent: Intent, attributes: Sequence[str], title: str, catalog: Catalog, run: str = ""
) -> ui.Select[ui.LayoutView]:
    about = f"{WHO}{intent}:{','.join(attributes)}"
    return ui.Select(
        custom_id=f"{about}:{run}" if run else about,
        placeholder=title,
        options=[
            discord.SelectOption(label=offer.short, value=offer.id)
            for offer in catalog.search("", MOST_OPTIONS)
        ],
    )


def _meanings(intent: Intent, offer: Offer | None, words: Words) -> ui.Select[ui.LayoutView] | None:
    """Return a select of what else can be answered: without words, and of one offer at most."""
    others = (*ABOUT_AN_OFFER, Intent.RECOMMEND) if offer is not None else (Intent.RECOMMEND,)
    options = [
        discord.SelectOption(label=words(f"ask-intent-{each}"), value=each.value)
        for each in others
        if each is not intent
    ]
    if not options:
        return None
    return ui.Select(
        custom_id=f"{MEANT}{'' if offer is None else offer.id}",
        placeholder=words("ask-pick-intent"),
        options=options,
    )


def _questions(
    intent: Intent, attributes: Sequence[str], offer: Offer, words: Words
) -> ui.Select[ui.LayoutView]:
    now = set(attributes[:1])
    return ui.Select(
        custom_id=f"{WHAT}{intent}:{offer.id}",
        placeholder=words("ask-pick-attribute"),
        options=[
            discord.SelectOption(label=attribute_name(name, words), value=name, default=name in now)
            for name in list(ATTRIBUTES)[:MOST_OPTIONS]
        ],
    )
