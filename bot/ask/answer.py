"""An answer to a reading: plain data without words, by the engines that the commands use.

reading = read("when does kaggle renew?", lexicon, now=now)
found = answer(reading, index, workloads)
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.advice.compare import MOST_OFFERS
from bot.advice.eligible import is_open
from bot.advice.index import OfferIndex
from bot.advice.query import Query
from bot.advice.recommend import Recommendation, recommend
from bot.ask.cards import cards_asked, cards_unknown, cards_unoffered
from bot.ask.premises import NoSuchCard, WrongFigure, missing_cards, wrong_figures
from bot.ask.reading import SEARCHES, Clarify, Intent, Reading
from bot.ask.running import Running, running
from bot.ask.session import SessionAsked, usual_length
from bot.catalog.catalog import Catalog
from bot.catalog.hardware import Hardware
from bot.catalog.offer import Offer
from bot.fit.constraint import WorkloadReader
from bot.fit.workload import sizes_named
from bot.quotas.watch import watchable

MOST_ASKED: Final = 3
"""Offers whose facts one answer shows."""
MOST_FOUND: Final = 5
_PAID: Final = frozenset({"Google Colab Pro", "Google Colab Pro+"})
_FOR_STUDENTS: Final = ("google-colab-pro-education",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The instants of a reminder."""

    instants: tuple[datetime, ...] = ()
    """UTC: one, or that of the morning and that of the evening; none where a zone is missing."""
    zone_missing: bool = False
    """Whether nobody knows the zone of the user, and it depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is to be said; speech and views have the words."""

    reading: Reading
    offers: tuple[Offer, ...] = ()
    """What facts are shown of, or what is compared."""
    cards: tuple[Hardware, ...] = ()
    """Rows of the hardware table that are asked about themselves."""
    unknown_cards: tuple[str, ...] = ()
    """Cards that are asked about beside them and that the table does not have."""
    unoffered_cards: tuple[str, ...] = ()
    """Cards that are looked for and that nobody gives."""
    strangers: tuple[str, ...] = ()
    """Providers that are named and that the catalog does not have."""
    paid_plan: bool = False
    """Whether a paid plan of an offer is asked about: the catalog has its free one."""
    for_students: tuple[Offer, ...] = ()
    """The paid plan as students of some countries get it, where one asks for it."""
    gone: tuple[Offer, ...] = ()
    """Of the named: those that a newcomer can no longer get."""
    premises: tuple[WrongFigure | NoSuchCard, ...] = ()
    evades: bool = False
    clarify: Clarify | None = None
    session: SessionAsked | None = None
    """Of a reminder before the end of a session: what is known of it, its length always."""
    watch: Offer | None = None
    """Of a reminder of a quota: whose."""
    times: Times | None = None
    """Of a plain reminder: when it is; `bot.ask.times` adds it for the one who asks."""
    run: Running | None = None
    """What is to be run; `found` has the memory for it."""
    unknown_run: bool = False
    """Whether it is asked if something fits of which nobody measured the memory."""
    run_sizes: tuple[str, ...] = ()
    """Several sizes of models, of which nobody knows the one that is to be run."""
    found: Recommendation | None = None
    """What fits instead, or at all."""


def answer(reading: Reading, index: OfferIndex, workloads: WorkloadReader) -> Answer:
    """Answer one reading, with the offers of today and the models that are known."""
    catalog = index.catalog
    if reading.intent in {Intent.OUT_OF_SCOPE, Intent.REMINDER}:
        return _reminded(reading, _named(reading, catalog))
    offers = _wanted(reading, catalog)
    gone = tuple(offer for offer in offers if not is_open(offer))
    paid = any(named.name in _PAID for named in reading.providers)
    plain = Answer(
        reading=reading,
        offers=offers,
        cards=cards_asked(reading, catalog),
        unknown_cards=cards_unknown(reading, catalog),
        unoffered_cards=cards_unoffered(reading, catalog),
        strangers=tuple(named.name for named in reading.providers if named.offer is None),
        paid_plan=paid,
        for_students=_for_students(catalog) if paid and "student" in reading.ideas else (),
        gone=gone,
        premises=_premises(reading, offers, catalog),
        evades=reading.evades,
        clarify=reading.clarify,
    )
    run = running(reading, offers, index, workloads)
    if not _needs_search(reading, gone):
        return replace(plain, run=run)
    query = reading.query if run is None else run.asked(reading.query)
    sizes = () if run is not None else tuple(sizes_named(reading.text))
    if len(sizes) > 1:
        # What fits the one may not fit the other.
        return replace(plain, run_sizes=sizes)
    unknown_run = run is None and _judges(reading)
    found = _search(reading, query, index)
    return replace(plain, run=run, unknown_run=unknown_run, found=found)


def _reminded(reading: Reading, offers: tuple[Offer, ...]) -> Answer:
    """Return what is to be promised, as far as it was told; and nothing for what is none."""
    plain = Answer(reading=reading, offers=offers, clarify=reading.clarify)
    offer = offers[0] if offers else None
    if reading.watches and offer is not None and watchable(offer):
        return replace(plain, watch=offer, clarify=None)
    session = reading.session
    if session is None or session.duration is not None:
        return replace(plain, session=session)
    usual = None if offer is None else usual_length(offer)
    if usual is None:
        return replace(plain, clarify=Clarify.WHEN)
    return replace(plain, session=replace(session, duration=usual))


def _named(reading: Reading, catalog: Catalog) -> tuple[Offer, ...]:
    most = MOST_OFFERS if reading.intent is Intent.COMPARE else MOST_ASKED
    return tuple(catalog.offer(each) for each in reading.offers[:most])


def _for_students(catalog: Catalog) -> tuple[Offer, ...]:
    return tuple(catalog.offers[each] for each in _FOR_STUDENTS if each in catalog.offers)


def _wanted(reading: Reading, catalog: Catalog) -> tuple[Offer, ...]:
    """Return the named offers without those that are not wanted."""
    denied = {each.offer for each in reading.providers if each.name in reading.excluded}
    return tuple(offer for offer in _named(reading, catalog) if offer.id not in denied)


def _premises(
    reading: Reading, offers: tuple[Offer, ...], catalog: Catalog
) -> tuple[WrongFigure | NoSuchCard, ...]:
    """Return what is not so; of one offer only, else nobody knows which of them is meant."""
    if len(offers) != 1 or offers[0].status.value == "discontinued":
        return ()
    offer = offers[0]
    return (*wrong_figures(reading, offer), *missing_cards(reading, offer, catalog))


def _needs_search(reading: Reading, gone: tuple[Offer, ...]) -> bool:
    if reading.intent in SEARCHES:
        return True
    return bool(gone) and reading.intent is not Intent.COMPARE


def _judges(reading: Reading) -> bool:
    """Say whether it is asked if something runs on what is named, or how much memory it takes."""
    ideas = reading.ideas
    if reading.intent is Intent.ALTERNATIVE:
        return False
    if "workload" in reading.constraints and ideas & {"enough", "needs"}:
        return True
    return "workload" in ideas and bool(ideas & {"gpu-named", "named", "amount-vram"})


def _search(reading: Reading, query: Query, index: OfferIndex) -> Recommendation:
    """Recommend, without what the user does not want and without what they want to replace."""
    replaced = reading.intent not in {Intent.RECOMMEND, Intent.FILTER_LIST}
    left_out = {
        named.offer for named in reading.providers if replaced or named.name in reading.excluded
    }
    catalog = index.catalog
    makers = {catalog.provider_by_offer[each].id for each in left_out if each is not None}
    of_makers = {
        each.id for each in catalog.offers.values() if catalog.provider_of(each).id in makers
    }
    others = index.without(of_makers) if of_makers else index
    return recommend(others, Query() if reading.intent is Intent.STATUS_ALIVE else query)
