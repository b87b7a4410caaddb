"""Puts a comparison into a picture's labels and, for who can't see it, into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final, Literal

from bot.advice.best import best_of, takes_part
from bot.advice.bounds import exactly
from bot.advice.compare import Column, Compared, Comparison
from bot.advice.eligible import is_open
from bot.advice.memory import main_card, usable_mib
from bot.catalog.catalog import Catalog
from bot.catalog.offer import Offer, OfferedTpu
from bot.pictures.picture import Cell, Certainty, Head, Picture, Row
from bot.speech.figures import gib, plain
from bot.speech.offers import JOIN
from bot.speech.phrasebook import Words

ALT_LIMIT: Final = 1024
"""Characters that Discord takes as the description of a picture."""

Range = tuple[float, float]
"""The least and the most that a figure can be: equal where it is known, from 0 where it is not."""

_Measure = Literal["memory", "session", "week", "speed"]
_MEASURES: Final[tuple[_Measure, ...]] = ("memory", "session", "week", "speed")

# A name in the catalog can be far longer than what fits below a name or into the description.
_CARD_LENGTH: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is computed of one offer, for a session with its `main_card`."""

    weekly_hours: Range
    """Hours a week; of what is given once, averaged over a year."""
    once: bool
    """Whether what is used never comes back."""
    speed: Range
    """Of all cards of a session together, relative to one T4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedPicture:
    """A picture, and what it shows in words."""

    picture: Picture
    alt: str
    """At most `ALT_LIMIT` characters, with every figure of the picture."""


@dataclass(frozen=True, slots=True)
class _Figure:
    value: float | None
    """As it is written, so that equal writing is equally good."""
    number: str
    certainty: Certainty = "exact"
    once: bool = False


_UNKNOWN: Final = _Figure(None, "")


def comparison_picture(
    comparison: Comparison, measures: Sequence[Measures], *, catalog: Catalog, words: Words
) -> DescribedPicture:
    """Return the picture of a comparison of one to five offers, and its description.

    Args:
        comparison: the offers, in their order.
        measures: of each offer, in the same order.
        catalog: for the memory of cards.
        words: the language.
    """
    offers = [each.offer for each in comparison.offers]
    figures: dict[_Measure, list[_Figure]] = {
        "memory": [_memory(offer, catalog) for offer in offers],
        "session": [_session(offer) for offer in offers],
        "week": [_estimate(each.weekly_hours, once=each.once) for each in measures],
        "speed": [_estimate(each.speed) for each in measures],
    }
    best = _best(comparison, figures)
    rows = tuple(_row(measure, figures[measure], best[measure], words) for measure in _MEASURES)
    legend = _legend(rows, figures, words)
    picture = Picture(
        heads=tuple(_head(offer, words) for offer in offers),
        rows=rows,
        notes=(*([legend] if legend else []), _age(comparison.offers, words)),
    )
    return DescribedPicture(picture=picture, alt=_alt(picture, figures, words))


# ---------------------------------------------------------------------- figures


def _memory(offer: Offer, catalog: Catalog) -> _Figure:
    card = main_card(offer)
    if card is None:
        return _UNKNOWN if offer.tpu is None else _memory_of_chip(offer.tpu)
    usable = usable_mib(catalog, card)
    if usable is not None:
        written = gib(usable)
        return _Figure(float(written), written)
    return _UNKNOWN if card.vram_gb is None else _advertised(card.vram_gb)


def _memory_of_chip(tpu: OfferedTpu) -> _Figure:
    if tpu.hbm_gb_total is None or not tpu.chips:
        return _UNKNOWN
    return _advertised(tpu.hbm_gb_total / tpu.chips)


def _advertised(gigabytes: float) -> _Figure:
    return _Figure(gigabytes, f"≤{plain(gigabytes)}", "advertised")


def _session(offer: Offer) -> _Figure:
    hours = offer.session.limit_hours.value
    return _UNKNOWN if hours is None else _Figure(hours, plain(hours))


def _estimate(bounds: Range, *, once: bool = False) -> _Figure:
    """Return a figure as exact as an estimate is, rounded down: nobody is promised more.

    Whole from 10 on, else one place after the point, below 1 two; never 0 unless it is 0.
    """
    least, most = bounds
    if least == 0 < most:
        return _UNKNOWN
    certainty: Certainty = "exact" if least == most else "at_least"
    sign = "" if certainty == "exact" else "≥"
    if 0 < least < 0.01:
        return _Figure(least, "<0.01", certainty, once)
    digits = 0 if least >= 10 else 1 if least >= 1 else 2
    # A product such as 0.29 * 100 falls just short of what it means.
    value = floor(least * 10**digits + 1e-9) / 10**digits
    return _Figure(value, sign + plain(value), certainty, once)


# ---------------------------------------------------------------------- the picture


def _head(offer: Offer, words: Words) -> Head:
    return Head(name=offer.short, about=_card(offer, words), warning=_warning(offer, words))


def _card(offer: Offer, words: Words) -> str | None:
    card = main_card(offer)
    if card is None:
        return None if offer.tpu is None else _clipped(offer.tpu.name)
    model = _clipped(card.model)
    if card.count is None or card.count == 1:
        return model
    return words("fact-gpu-many", model=model, count=str(card.count))


def _clipped(model: str) -> str:
    return model if len(model) <= _CARD_LENGTH else f"{model[: _CARD_LENGTH - 1].rstrip()}…"


def _warning(offer: Offer, words: Words) -> str | None:
    if is_open(offer):
        return None
    if offer.paid_comparison_only:
        return words("picture-paid")
    return words(f"status-{offer.status.value or 'unknown'}")


def _best(
    comparison: Comparison, figures: dict[_Measure, list[_Figure]]
) -> dict[_Measure, frozenset[int]]:
    """Return the places that get a star, by the rules of the table that the picture belongs to."""

    def estimated(measure: _Measure) -> frozenset[int]:
        return best_of(
            [
                exactly(each.value) if each.value is not None and takes_part(one.offer) else None
                for one, each in zip(comparison.offers, figures[measure], strict=True)
            ]
        )

    def marked(column: Column) -> frozenset[int]:
        offers = enumerate(comparison.offers)
        return frozenset(place for place, each in offers if each.marks[column].best)

    return {
        "memory": marked("memory"),
        "session": marked("session"),
        "week": estimated("week"),
        "speed": estimated("speed"),
    }


def _row(measure: _Measure, figures: Sequence[_Figure], best: frozenset[int], words: Words) -> Row:
    cells = tuple(_cell(each, words) for each in figures)
    return Row(label=words(f"picture-row-{measure}"), cells=cells, best=best)


def _cell(figure: _Figure, words: Words) -> Cell:
    if figure.value is None:
        return Cell(text=words("unknown"), value=None)
    caption = None
    if figure.certainty == "advertised":
        caption = words("picture-advertised")
    elif figure.once:
        caption = words("picture-once")
    return Cell(text=figure.number, value=figure.value, certainty=figure.certainty, caption=caption)


def _legend(rows: Sequence[Row], figures: dict[_Measure, list[_Figure]], words: Words) -> str:
    """Return what those signs mean that the picture has; empty where it has none."""
    all_figures = [each for row in figures.values() for each in row]
    signs = {
        "best": any(row.best for row in rows),
        "advertised": any(each.certainty == "advertised" for each in all_figures),
        "once": any(each.once for each in all_figures),
    }
    return JOIN.join(words(f"picture-legend-{sign}") for sign, shown in signs.items() if shown)


def _age(offers: Sequence[Compared], words: Words) -> str:
    oldest = min((each.oldest for each in offers if each.oldest is not None), default=None)
    date = words("date-unknown") if oldest is None else oldest.isoformat()
    old = any(each.old for each in offers)
    return words("picture-oldest-old" if old else "picture-oldest", date=date)


# ---------------------------------------------------------------------- in words


def _alt(picture: Picture, figures: dict[_Measure, list[_Figure]], words: Words) -> str:
    best = [row.best for row in picture.rows]
    between = words("between")

    def offer(place: int, *, with_card: bool) -> str:
        said = between.join(
            _said(measure, figures[measure][place], words, is_best=place in best[row])
            for row, measure in enumerate(_MEASURES)
        )
        head = picture.heads[place]
        if head.warning is not None:
            said = f"{head.warning}{between}{said}"
        if head.about is None or not with_card:
            return words("picture-alt-offer", name=head.name, figures=said)
        return words("picture-alt-offer-card", name=head.name, card=head.about, figures=said)

    def whole(*, with_cards: bool) -> str:
        offers = [offer(place, with_card=with_cards) for place in range(len(picture.heads))]
        return words("picture-alt", offers=" ".join(offers), notes=picture.notes[-1])

    described = whole(with_cards=True)
    return described if len(described) <= ALT_LIMIT else whole(with_cards=False)


def _said(measure: _Measure, figure: _Figure, words: Words, *, is_best: bool) -> str:
    if figure.value is None:
        return words(f"picture-alt-{measure}-unknown")
    if figure.certainty == "advertised":
        said = words("picture-alt-memory-advertised", n=plain(figure.value))
    elif figure.once:
        said = words("picture-alt-week-once", n=figure.number)
    else:
        said = words(f"picture-alt-{measure}", n=figure.number)
    return words("picture-alt-best", figure=said) if is_best else said
