"""The answer as JSON: what `gpu-scout fit --json` prints. Memory is in bytes."""

from collections.abc import Callable, Mapping, Sequence

from bot.advice.index import OfferIndex
from bot.fit.cards import (
    OfferFit,
    cards_named,
    known_card,
    offer_fits,
    room_of_card,
    split_verdict,
)
from bot.fit.diffusion import DiffusionModel, DiffusionModels, Figure
from bot.fit.errors import FitError
from bot.fit.estimate import estimate
from bot.fit.fields import fields_of, method_of, quant_of
from bot.fit.models import Models
from bot.fit.reading import Wanted, read
from bot.fit.request import Method, Precision
from bot.fit.training import Peak
from bot.fit.verdict import MIB

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Request = Mapping[str, object]


def report(
    index: OfferIndex, models: Models, pictures: DiffusionModels, given: Callable[[], Request]
) -> Mapping[str, Json]:
    """Return the answer to a request, or what is wrong with it as `error` and `message`."""
    try:
        request = given()
        model = pictured(request, models, pictures)
        if model is not None:
            return _of_figures(index, model, fields_of(request))
        return _of_run(index, read(request, models))
    except FitError as error:
        return {"error": error.key, "message": str(error)}


def pictured(request: Request, models: Models, pictures: DiffusionModels) -> DiffusionModel | None:
    """Return the model with figures that a request is about; None where it is about another.

    Raises:
        FitError: it is about none that is known, but one that is much like it.
    """
    fields = fields_of(request)
    name = str(fields.get("model", ""))
    if "config" in fields or models.find(name) is not None:
        return None
    found = pictures.find(name)
    if found is None and (near := pictures.nearest(name)) and not models.nearest(name):
        raise FitError("no-figure-near", value=name[:60], nearest=", ".join(near))
    return found


def figures_of(model: DiffusionModel, fields: Request) -> Sequence[Figure]:
    """Return the figures of the method that a request names.

    The plain way comes first, or the way with the quantization that the request names.

    Raises:
        FitError: there is no such method, or nobody published a figure of it.
    """
    method = method_of(fields)
    found = model.figures(method)
    if not found:
        methods = ", ".join(model.methods)
        raise FitError("no-figure", value=model.name, method=method.value, methods=methods)
    quant = quant_of(fields)
    return sorted(found, key=lambda each: quant is None or each.quant != quant)


def derivation(wanted: Wanted) -> dict[str, Json]:
    """Return what a run is, what was assumed of it, and what it needs in parts."""
    peak = estimate(wanted.architecture, wanted.run)
    parts: dict[str, Json] = {name: round(size) for name, size in peak.parts.items()}
    return {
        "model": wanted.name,
        "known_model": wanted.known,
        "num_params": wanted.architecture.num_params,
        "run": wanted.run.model_dump(mode="json"),
        "assumed": [*wanted.assumed],
        "ignored": [*wanted.ignored],
        "parts": parts,
        "total_bytes": sum(round(size) for size in peak.parts.values()),
    }


def figure_as_json(figure: Figure) -> dict[str, Json]:
    """Return one published figure with its source."""
    return {
        "bytes": round(figure.bytes),
        "published": f"{figure.memory:g} {figure.unit}",
        "kind": figure.kind,
        "setting": figure.setting.en,
        "source": figure.source.url or figure.source.text,
        "as_of": figure.source.as_of,
    }


def _of_run(index: OfferIndex, wanted: Wanted) -> Mapping[str, Json]:
    peak = estimate(wanted.architecture, wanted.run)
    answer = derivation(wanted)
    if wanted.gpu is not None:
        answer |= _on_card(index, wanted.gpu, peak)
        if wanted.run.precision is Precision.BF16:
            card = known_card(index.catalog, wanted.gpu)
            rows = () if card is None else index.catalog.gpu_names.rows(card)
            answer["bf16_is_native"] = rows[0].bf16 if rows else None
    return {**answer, "offers": _offers(index, peak)}


def _of_figures(index: OfferIndex, model: DiffusionModel, fields: Request) -> Mapping[str, Json]:
    """Return the published figures; the verdicts are on the first, which is the plain way.

    They stand for one setting each, so that all other fields of the request are ignored.
    """
    figures = figures_of(model, fields)
    plain = figures[0]
    answer: dict[str, Json] = {
        "model": model.name,
        "makes": model.makes,
        "method": plain.method.value,
        "figures": [figure_as_json(each) for each in figures],
        "total_bytes": round(plain.bytes),
    }
    # Only beside an adapter does a quantization tell anything: that QLoRA is meant.
    used = {"model", "method", "gpu"}
    if plain.quant is not None or plain.method is Method.QLORA:
        used.add("quant")
    ignored: list[Json] = [*sorted(fields.keys() - used)]
    answer["ignored"] = ignored
    if "gpu" in fields:
        answer |= _on_card(index, str(fields["gpu"]), plain)
    return {**answer, "offers": _offers(index, plain)}


def _on_card(index: OfferIndex, gpu: str, need: Peak | Figure) -> dict[str, Json]:
    room, count = room_of_card(index.catalog, gpu), cards_named(gpu)
    split = split_verdict(room, need, count) if isinstance(need, Peak) and count > 1 else None
    return {
        "gpu": gpu,
        "gpu_count": count,
        "verdict": room.judge(need).value,
        "split_verdict": None if split is None else split.value,
        "usable_bytes": round(room.least * MIB),
        "usable_measured": room.measured,
    }


def _offers(index: OfferIndex, need: Peak | Figure) -> list[Json]:
    return [_offer(fit) for fit in offer_fits(index, need)]


def _offer(fit: OfferFit) -> Json:
    return {
        "offer": fit.offer.id,
        "gpus": [*fit.cards],
        "gpu_count": fit.gpus,
        "usable_bytes": round(fit.room.least * MIB),
        "usable_measured": fit.room.measured,
        "bf16": fit.option.bf16,
        "verdict": fit.verdict.value,
        "split_verdict": None if fit.split is None else fit.split.value,
    }
