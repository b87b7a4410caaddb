"""Reads a request as people and programs write it, and fills in what it leaves out."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from pydantic import ValidationError

from bot.fit.architecture import Architecture
from bot.fit.errors import FitError
from bot.fit.generic import parameters, shaped
from bot.fit.gguf import GGUF_BITS
from bot.fit.models import KnownModel, Models
from bot.fit.naming import told
from bot.fit.request import TARGETS, Attention, Method, Optimizer, Precision, Run, Stack
from bot.fit.stacks import PROFILES
from bot.fit.synonyms import (
    ATTENTIONS,
    FIELDS,
    FLAGS,
    MATRICES,
    METHODS,
    NOTHING,
    OPTIMIZERS,
    PRECISIONS,
    STACKS,
)
from bot.fit.synonyms import (
    QUANTS as QUANT_WORDS,
)
from bot.fit.weights import QUANTS
from bot.fit.words import workload_words

_KNOWN: Final = {
    "model",
    "gpu",
    "double_quant",
    "stack",
    "config",
    "load_in_4bit",
    "load_in_8bit",
    *Run.model_fields,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A request, read."""

    name: str
    """Of the model, as it is shown."""
    architecture: Architecture
    known: bool
    """Whether the numbers are the model's own, and not those of a typical one of its size."""
    run: Run
    assumed: tuple[str, ...]
    """The fields of the run that the request left out."""
    gpu: str | None = None
    ignored: tuple[str, ...] = ()
    """Fields of the request that mean nothing here."""


def request_of(text: str) -> dict[str, object]:
    """Return the fields of one line of JSON.

    Raises:
        FitError: it is no object.
    """
    try:
        given: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FitError("object") from error
    if not isinstance(given, dict):
        raise FitError("object")
    return cast("dict[str, object]", given)


def read_json(text: str, models: Models) -> Wanted:
    """Return the request of one line of JSON.

    Raises:
        FitError: it is none.
    """
    return read(request_of(text), models)


def read(given: Mapping[str, object], models: Models) -> Wanted:
    """Return the request; a field that is None is as good as left out.

    Raises:
        FitError: a field is wrong, or two contradict each other.
    """
    fields = fields_of(given)
    name, architecture = _model(fields, models)
    run, assumed = _run(fields, architecture)
    _check(run, fields, architecture)
    return Wanted(
        name=name,
        architecture=architecture,
        known="config" in fields or isinstance(architecture, KnownModel),
        run=run,
        assumed=assumed,
        gpu=_text(fields, "gpu"),
        ignored=tuple(sorted(set(fields) - (_KNOWN - _ignored(run)))),
    )


def _ignored(run: Run) -> set[str]:
    """Return the fields that mean nothing to a run: each program holds the same to answer."""
    return {"stack"} if run.method is Method.INFERENCE else set()


def fields_of(given: Mapping[str, object]) -> dict[str, object]:
    """Return what a request says, under the names of this room; nothing is left of an empty one."""
    fields: dict[str, object] = {}
    for written, value in given.items():
        name = written.strip().lower().replace("-", "_")
        if value is not None and value != "":
            # The field's own name beats the others that it has.
            own = FIELDS.get(name, name)
            if own == name or own not in fields:
                fields[own] = value
    return _with_name_read(fields)


def _with_name_read(fields: dict[str, object]) -> dict[str, object]:
    """Return the fields with what the model's name says beside the model, where they leave it out.

    A GGUF file is never trained: the one who trains it means the model that it was made of.
    """
    name = fields.get("model")
    if not isinstance(name, str) or "config" in fields:
        return fields
    said = told(name)
    fields = {**fields, "model": said.model}
    if said.method is not None:
        fields.setdefault("method", said.method)
    loaded = any(fields.get(flag) for flag, _ in _LOADED)
    word = _word(fields, "method", METHODS)
    trained = word in _TRAINING or not fields.keys().isdisjoint(_FOR_ADAPTERS)
    usable = not (trained and said.for_inference_only)
    if said.quant is not None and usable and not loaded:
        fields.setdefault("quant", said.quant)
    return fields


def method_of(fields: Mapping[str, object]) -> Method:
    """Return the method that a request names or means.

    Raises:
        FitError: there is none of that name.
    """
    return _method(fields, _quant(fields)[0])


def quant_of(fields: Mapping[str, object]) -> str | None:
    """Return the quantization that a request names; None where it names none.

    Raises:
        FitError: there is none of that name.
    """
    return _quant(fields)[0]


def _model(fields: Mapping[str, object], models: Models) -> tuple[str, Architecture]:
    name, config = _text(fields, "model"), fields.get("config")
    if config is not None:
        if not isinstance(config, Mapping):
            raise FitError("config", field="config", problem="it is no object of numbers")
        try:
            architecture = Architecture.model_validate(config)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            field = ".".join(map(str, first["loc"])) or "config"
            raise FitError("config", field=field, problem=first["msg"]) from error
        return name or "config", architecture
    if name is None or not name.strip():
        raise FitError("model-missing")
    known = models.find(name)
    if known is not None:
        return known.name, known
    params = parameters(name)
    if params is not None:
        return name.strip().upper(), shaped(params)
    raise unknown_model(name, models.nearest(name[:60]))


def unknown_model(name: str, nearest: Sequence[str]) -> FitError:
    """Return the error for a name that means no model, with the names that are near it."""
    words = workload_words()
    size = words.size.inside.search(name)
    said = {"value": name[:60], "size": _A_SIZE if size is None else size[0].strip().upper()}
    if words.name.other.search(name):
        return FitError("model-other", value=name[:60])
    if nearest:
        return FitError("model-near", nearest=", ".join(nearest), **said)
    return FitError("model-unknown", **said)


def _text(fields: Mapping[str, object], field: str) -> str | None:
    """Return what a field says; a plain number of parameters or of GB is text too."""
    value = fields.get(field)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FitError("text", field=field)
    return f"{value:.0f}" if value == value // 1 else str(value)


def _run(fields: Mapping[str, object], architecture: Architecture) -> tuple[Run, tuple[str, ...]]:
    """Return the run, and the names of the fields that have their defaults."""
    quant, double = _quant(fields)
    method = _method(fields, quant)
    if quant is None and method is Method.INFERENCE:
        quant = architecture.released_as
    method, quant = _agreed(method, quant)
    adapted = method in {Method.LORA, Method.QLORA}
    chosen = {
        "double_quant": double,
        **_choices(fields, training=method is not Method.INFERENCE),
        **_amounts(fields, adapted=adapted),
    }
    stack = Stack(chosen.get("stack", Stack.TRANSFORMERS))
    chosen.setdefault("grad_checkpoint", PROFILES[stack].checkpoints)
    run = Run.model_validate({"method": method, "quant": quant, **chosen})
    matters = set(_FOR_INFERENCE) if method is Method.INFERENCE else set(Run.model_fields)
    if method is Method.FULL:
        matters -= {"lora_r", "lora_targets"}
    return run, tuple(name for name in Run.model_fields if name in matters - set(fields))


def _agreed(method: Method, quant: str | None) -> tuple[Method, str]:
    """Return the method and the quantization that the two together mean."""
    if quant is None:
        return method, "nf4" if method is Method.QLORA else "none"
    if quant == "none" and method is Method.QLORA:
        raise FitError("qlora-plain")
    if (quant in GGUF_BITS or quant == "mxfp4") and method is not Method.INFERENCE:
        raise FitError("gguf-training", quant=quant)
    if quant != "none" and method is Method.FULL:
        raise FitError("full-quantized", quant=quant)
    adapted = quant != "none" and method is Method.LORA
    return Method.QLORA if adapted else method, quant


def _choices(fields: Mapping[str, object], *, training: bool) -> dict[str, str]:
    """Return the fields that name one of a few things."""
    chosen: dict[str, str] = {}
    stack = _word(fields, "stack", STACKS) if training else None
    if stack is not None and stack not in set(Stack):
        # "hf_fa2" names the attention of plain Transformers, "unsloth_2025" a stack.
        said = [ATTENTIONS.get(part, part) for part in stack.split("_")]
        attention = next((part for part in said if part in set(Attention)), None)
        if attention is not None:
            fields = {"attn": attention, **fields}
        named = next((each for each in Stack if each in stack), None)
        stack = named or (Stack.TRANSFORMERS if attention is not None else stack)
    if stack is None and training and _is_litgpt(fields):
        stack = Stack.LITGPT
    if stack is not None:
        chosen["stack"] = _one_of("stack", stack, list(Stack))
    choices: dict[str, tuple[Mapping[str, str], Collection[str]]] = {
        **({"optimizer": (OPTIMIZERS, list(Optimizer))} if training else {}),
        "precision": (PRECISIONS, list(Precision)),
        "attn": (ATTENTIONS, list(Attention)),
    }
    for field, (others, allowed) in choices.items():
        word = _word(fields, field, others)
        if word is not None and word != "auto":
            chosen[field] = _one_of(field, word, allowed)
    if stack in {Stack.UNSLOTH, Stack.UNSLOTH_2024}:
        # What its notebooks use.
        chosen.setdefault("optimizer", Optimizer.ADAMW_8BIT)
    return chosen


def _is_litgpt(fields: Mapping[str, object]) -> bool:
    """Return whether a request that names no stack is written in the words of LitGPT."""
    precision, quant = str(fields.get("precision", "")), str(fields.get("quant", ""))
    return precision.endswith("-true") or quant.startswith("bnb.")


def _amounts(fields: Mapping[str, object], *, adapted: bool) -> dict[str, object]:
    """Return the fields that are numbers, lists and flags."""
    named = {name for name in (*_MOST, "lora_targets") if name in fields}
    if not adapted:
        named -= {name for name in ("lora_r", "lora_targets") if fields.get(name) in NOTHING}
    chosen: dict[str, object] = {
        field: _whole(field, fields[field], most) for field, most in _MOST.items() if field in named
    }
    if "lora_targets" in named:
        chosen["lora_targets"] = _targets(fields["lora_targets"])
    if "grad_checkpoint" in fields:
        chosen["grad_checkpoint"] = _flag("grad_checkpoint", fields["grad_checkpoint"])
    return chosen


_A_SIZE: Final = "7B"
"""The example for a name that has none."""
_TRAINING: Final = {Method.LORA, Method.QLORA, Method.FULL}
_WHOLE: Final = re.compile(r"(\d{1,12}|\d{1,3}(?:,\d{3}){1,3}) ?(k)?", re.IGNORECASE | re.ASCII)
"""8192, "8,192" or "8k"."""
_MOST: Final = {"batch": 65_536, "seq_len": 10_000_000, "lora_r": 65_536, "grad_accum": 65_536}
_FOR_INFERENCE: Final = {"method", "quant", "batch", "seq_len", "precision"}
_FOR_ADAPTERS: Final = ("lora_r", "lora_targets")
_FOREIGN: Final = (
    (
        Method.INFERENCE,
        (*_FOR_ADAPTERS, "optimizer", "grad_checkpoint", "grad_accum"),
        "inference-training",
    ),
    (Method.FULL, _FOR_ADAPTERS, "full-adapter"),
)
"""Fields that contradict a method, and the error that says so."""


def _check(run: Run, fields: Mapping[str, object], architecture: Architecture) -> None:
    for method, others, error in _FOREIGN:
        for field in others:
            if run.method is method and fields.get(field) not in NOTHING:
                raise FitError(error, field=field)
    width = architecture.hidden_size
    if run.trains_adapter and run.lora_r > width:
        raise FitError("rank", rank=str(run.lora_r), width=str(width))
    most = architecture.max_position_embeddings
    if most is not None and run.seq_len > most:
        raise FitError("sequence", tokens=str(run.seq_len), most=str(most))


def _method(fields: Mapping[str, object], quant: str | None) -> Method:
    word = _word(fields, "method", METHODS)
    if word is not None:
        return Method(_one_of("method", word, list(Method)))
    if "lora_r" in fields or "lora_targets" in fields:
        return Method.LORA if quant in {None, "none"} else Method.QLORA
    return Method.INFERENCE


def _quant(fields: Mapping[str, object]) -> tuple[str | None, bool]:
    """Return the kind of quantization, None where the request names none, and if it is doubled."""
    word = _word(fields, "quant", {})
    loaded = [(flag, kind) for flag, kind in _LOADED if _flag(flag, fields.get(flag, False))]
    if len(loaded) > 1:
        raise FitError("contradiction", one=loaded[0][0], other=loaded[1][0])
    if word is None and loaded:
        word = loaded[0][1]
    double = _flag("double_quant", fields.get("double_quant", False))
    if word is None:
        return None, double
    plain = word.removeprefix("gguf_").removesuffix("_gguf").removesuffix(".gguf")
    if plain.endswith("_dq"):
        plain, double = plain.removesuffix("_dq"), True
    kind = QUANT_WORDS.get(plain, plain)
    if kind not in QUANTS:
        raise FitError("choice", field="quant", value=word[:40], allowed=_QUANTS_NAMED)
    if loaded and kind not in _BY_BITSANDBYTES[loaded[0][1]]:
        raise FitError("contradiction", one=f"quant {kind}", other=loaded[0][0])
    return kind, double


_QUANTS_NAMED: Final = "none, nf4, int8, gptq, awq, q2_k, q3_k_m, q4_k_m, q5_k_m, q6_k, q8_0"
"""Those that people use: all of them are too many to read."""
_LOADED: Final = (("load_in_4bit", "nf4"), ("load_in_8bit", "int8"))
_BY_BITSANDBYTES: Final = {"nf4": {"nf4", "fp4"}, "int8": {"int8"}}


def _word(fields: Mapping[str, object], field: str, others: Mapping[str, str]) -> str | None:
    value = fields.get(field)
    if value is None:
        return None
    word = str(value).strip().lower().replace("-", "_").replace(" ", "_")
    return others.get(word, word)


def _one_of(field: str, word: str, allowed: Collection[str]) -> str:
    if word not in allowed:
        raise FitError("choice", field=field, value=word[:40], allowed=", ".join(allowed))
    return word


def _whole(field: str, value: object, most: int) -> int:
    if isinstance(value, str) and (written := _WHOLE.fullmatch(value.strip())) is not None:
        value = int(written[1].replace(",", "")) * (1024 if written[2] else 1)
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    if not whole or not 1 <= cast("float", value) <= most:
        raise FitError("number", field=field, value=str(value)[:40], least="1", most=str(most))
    return int(cast("float", value))


def _flag(field: str, value: object) -> bool:
    value = FLAGS.get(str(value).strip().lower(), value)
    if not isinstance(value, bool):
        raise FitError("choice", field=field, value=str(value)[:40], allowed="true, false")
    return value


def _targets(value: object) -> tuple[str, ...]:
    listed = isinstance(value, list | tuple)
    names = cast("list[object]", value) if listed else re.split(r"[\s,;|+]+", str(value).strip())
    found: dict[str, None] = {}
    for name in names:
        word = str(name).rpartition(".")[2].lower().replace("-", "_")
        known = (word,) if word in TARGETS else MATRICES.get(word)
        if known is None:
            allowed = ", ".join((*TARGETS, "all-linear"))
            raise FitError("choice", field="lora_targets", value=word[:40], allowed=allowed)
        found |= dict.fromkeys(known)
    if not found:
        raise FitError("choice", field="lora_targets", value="[]", allowed=", ".join(TARGETS))
    return tuple(found)
