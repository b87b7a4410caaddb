"""One offer whole: the figures first, the rest behind buttons."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.advice.eligible import is_open
from bot.catalog.catalog import Catalog
from bot.catalog.facts import Citations, cited_sources
from bot.catalog.offer import Offer
from bot.speech.figures import plain
from bot.speech.offers import JOIN, OfferSpeech, lack_of_gpu
from bot.speech.phrasebook import Words
from cogs.views.layout import MOST_TEXT, button, card, fitting, line, link, row, text
from cogs.views.quota import remind_button
from cogs.views.sources import links_to

TIMER = "gpu:timer:"
DETAILS = "gpu:details:"
SOURCES = "gpu:sources:"
HISTORY = "gpu:history:"
POINTS_SHOWN = 3  # of the pros, and of the cons
LINKS_SHOWN = 3  # to sources; the page of all sources has more


def offer_card(
    offer: Offer, *, catalog: Catalog, speech: OfferSpeech, words: Words, compare: str
) -> ui.LayoutView:
    """Return the layout of one offer; `compare` is the mention of the command for others."""
    operator = catalog.provider_of(offer).operator
    head = [
        f"## {speech.text(offer.name)}",
        words("info-subtitle", operator=operator, status=speech.status(offer)),
    ]
    if not is_open(offer):
        unknown = offer.open_to_new is None and not offer.paid_comparison_only
        gone = "info-perhaps-gone" if unknown else "info-gone"
        head.append(words(gone, status=speech.status(offer), compare=compare))
    if offer.not_free is not None:
        head.append(words("info-not-free", reason=speech.text(offer.not_free)))
    items: list[ui.Item[ui.LayoutView]] = [text("\n".join(head))]
    if offer.status.value != "discontinued":
        items += [line(), text("\n".join(_figures(offer, speech, words)))]
    # A block each: a line that follows a list in the same block can be drawn as a part of it.
    blocks = [_points(kind, offer, speech, words) for kind in ("pros", "cons")]
    points = [text("\n".join(block)) for block in blocks if block]
    if points:
        items += [line(), *points]
    more: list[ui.Button[ui.LayoutView]] = []
    if offer.status.value != "discontinued" and (remind := remind_button(offer, words)):
        more.append(remind)  # the row above it is full
    more += links_to(offer, most=LINKS_SHOWN)
    return card(*items, row(*_buttons(offer, words)), *([row(*more)] if more else []))


def details(offer: Offer, *, speech: OfferSpeech, words: Words) -> ui.LayoutView:
    """Return what the card leaves out: notes, all points, the upgrade, what sources disagree on."""
    notes = {
        "session": offer.session.notes,
        "session-concurrent": offer.session.concurrent_notes,
        "quota": offer.quota.rule.note if offer.quota.rule else None,
        "credits": offer.credits.note if offer.credits else None,
        "storage": offer.storage.notes,
        "access": offer.access.notes,
        "interface": offer.interface.description,
        "interface-frameworks": offer.interface.frameworks,
        "interface-datasets": offer.interface.datasets,
        "terms": offer.terms.forbidden,
    }
    lines = [
        words("details-note", subject=words(f"field-{name}"), text=speech.text(note))
        for name, note in notes.items()
        if note is not None
    ]
    for kind in ("pros", "cons"):
        lines += _rest_of_points(kind, offer, speech, words)
    lines += _upgrade(offer, speech, words)
    for conflict in offer.conflicts:
        subject = speech.subject(conflict.field, conflict.about)
        lines.append(words("details-conflict", subject=subject))
        lines += [
            words(
                "details-conflict-value",
                value=speech.value(each.value),
                source=speech.source(each.source),
            )
            for each in conflict.values
        ]
    return _page("details-title", lines or [words("details-none")], offer, speech, words)


def _figures(offer: Offer, speech: OfferSpeech, words: Words) -> list[str]:
    session, quota, storage = offer.session, offer.quota, offer.storage
    tpu = offer.tpu.sources if offer.tpu else ()
    rule = quota.rule.sources if quota.rule else ()
    allowance = offer.credits.sources if offer.credits else ()
    abilities = (
        *session.background.sources,
        *offer.interface.internet.sources,
        *offer.interface.custom_containers.sources,
    )
    said: list[tuple[str, str | None, Citations]] = [
        (
            "gpu",
            speech.cards_labelled(offer),
            (*(s for gpu in offer.gpus for s in gpu.sources), *tpu),
        ),
        ("session", speech.session(offer), session.limit_hours.sources),
        ("idle", speech.idle(offer), session.idle_minutes.sources),
        ("quota", speech.quota(offer), (*quota.amount.sources, *rule, *allowance)),
        (
            "storage",
            speech.storage(offer),
            (*storage.persistent_gb.sources, *storage.ephemeral_gb.sources),
        ),
        (
            "host",
            speech.host(offer),
            (*offer.host.cpu_cores.sources, *offer.host.ram_gb.sources),
        ),
        ("abilities", speech.abilities(offer), abilities),
        (
            "access",
            speech.access(offer.access),
            (*offer.access.card.sources, *offer.access.phone.sources),
        ),
    ]
    return [
        words(f"info-{name}", fact=speech.dated(fact, citations))
        for name, fact, citations in said
        # The name and the first lines say already that there is no GPU.
        if fact is not None and not (name == "gpu" and lack_of_gpu(offer) is not None)
    ]


def _points(kind: str, offer: Offer, speech: OfferSpeech, words: Words) -> list[str]:
    points = offer.pros if kind == "pros" else offer.cons
    if not points:
        return []
    lines = [words(f"info-{kind}")]
    lines += [words("info-point", text=speech.text(point)) for point in points[:POINTS_SHOWN]]
    left = len(points) - POINTS_SHOWN
    return [*lines, words("info-rest", n=left)] if left > 0 else lines


def _rest_of_points(kind: str, offer: Offer, speech: OfferSpeech, words: Words) -> list[str]:
    rest = (offer.pros if kind == "pros" else offer.cons)[POINTS_SHOWN:]
    if not rest:
        return []
    points = [words("info-point", text=speech.text(point)) for point in rest]
    return [words(f"info-{kind}"), *points]


def _upgrade(offer: Offer, speech: OfferSpeech, words: Words) -> list[str]:
    upgrade = offer.upgrade
    if upgrade is None:
        return []
    said = [speech.text(upgrade.path)]
    if upgrade.starting_price is not None:
        price, currency = plain(upgrade.starting_price), upgrade.currency or ""
        if upgrade.period is None:
            said.append(words("details-price", price=price, currency=currency))
        else:
            period = speech.text(upgrade.period)
            said.append(
                words("details-price-period", price=price, currency=currency, period=period)
            )
    if upgrade.note is not None:
        said.append(speech.text(upgrade.note))
    return [words("details-note", subject=words("field-upgrade"), text=JOIN.join(said))]


def _buttons(offer: Offer, words: Words) -> list[ui.Button[ui.LayoutView]]:
    buttons: list[ui.Button[ui.LayoutView]] = []
    if offer.status.value != "discontinued":
        primary = discord.ButtonStyle.primary
        buttons.append(button(words("info-timer"), f"{TIMER}{offer.id}", style=primary, emoji="⏱️"))
    buttons += [
        button(words("info-details"), f"{DETAILS}{offer.id}"),
        button(words("info-sources", n=len(cited_sources(offer))), f"{SOURCES}{offer.id}"),
    ]
    if offer.history:
        buttons.append(button(words("info-history", n=len(offer.history)), f"{HISTORY}{offer.id}"))
    if offer.url is not None:
        buttons.append(link(words("info-open"), offer.url))
    return buttons


def _page(
    title: str, lines: Sequence[str], offer: Offer, speech: OfferSpeech, words: Words
) -> ui.LayoutView:
    head = words(title, name=speech.text(offer.name))
    body = fitting(lines, most=MOST_TEXT - len(head), cut_short=words("cut-short"))
    return card(text(head), line(), text(body))
