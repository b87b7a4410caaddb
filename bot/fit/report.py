"""The answer as JSON: what `gpu-scout fit --json` prints. Memory is in bytes."""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from bot.advice.index import OfferIndex
from bot.fit.cards import OfferFit, offer_fits, room_of_card
from bot.fit.errors import FitError
from bot.fit.estimate import estimate
from bot.fit.reading import Wanted
from bot.fit.training import Peak
from bot.fit.verdict import MIB

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def report(index: OfferIndex, read: Callable[[], Wanted]) -> Mapping[str, Json]:
    """Return the answer to a request, or what is wrong with it as `error` and `message`."""
    try:
        wanted = read()
        peak = estimate(wanted.architecture, wanted.run)
        answer = _answer(wanted, peak)
        if wanted.gpu is not None:
            room = room_of_card(index.catalog, wanted.gpu)
            answer["gpu"] = wanted.gpu
            answer["verdict"] = room.verdict(peak.total).value
            answer["usable_bytes"] = round(room.least * MIB)
            answer["usable_measured"] = room.measured
    except FitError as error:
        return {"error": error.key, "message": str(error)}
    answer["offers"] = [_offer(fit) for fit in offer_fits(index, peak)]
    return answer


def _answer(wanted: Wanted, peak: Peak) -> dict[str, Json]:
    parts: dict[str, Json] = {name: round(size) for name, size in asdict(peak).items()}
    return {
        "model": wanted.name,
        "known_model": wanted.known,
        "num_params": wanted.architecture.num_params,
        "run": wanted.run.model_dump(mode="json"),
        "assumed": [*wanted.assumed],
        "ignored": [*wanted.ignored],
        "parts": parts,
        "total_bytes": sum(round(size) for size in asdict(peak).values()),
    }


def _offer(fit: OfferFit) -> Json:
    return {
        "offer": fit.offer.id,
        "gpus": [*fit.cards],
        "gpu_count": fit.gpus,
        "usable_bytes": round(fit.room.least * MIB),
        "usable_measured": fit.room.measured,
        "verdict": fit.verdict.value,
        "split_verdict": None if fit.split is None else fit.split.value,
    }
