"""`gpu-scout recommend --json`: the engine of `/gpu recommend`, with the same options.

With `--unlock` it is the engine of `/gpu unlock`.
"""

import argparse
import json
from collections.abc import Mapping
from typing import Final, cast, get_args

from pydantic import ValidationError

from bot.advice.query import Aim, Query
from bot.catalog.offer import Kind, Tool
from bot.fit.errors import NoWorkloadError

NUMBERS: Final[Mapping[str, str]] = {
    "vram": "min_vram_gib",
    "max-vram": "max_vram_gib",
    "session": "min_session_hours",
    "idle": "min_idle_minutes",
    "weekly": "min_hours_per_week",
    "monthly": "min_hours_per_month",
    "storage": "min_persistent_gb",
    "disk": "min_disk_gb",
    "ram": "min_ram_gb",
    "gpus": "min_gpus",
}
NEEDS: Final[Mapping[str, str]] = {
    "bf16": "bf16",
    "background": "background",
    "internet": "internet",
    "containers": "custom_containers",
    "commercial": "commercial_use",
}
BRINGS: Final[Mapping[str, str]] = {
    "card": "card",
    "phone": "phone",
    "student": "academic_email",
    "waitlist": "waitlist",
    "identity": "id_check",
    "application": "application",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--json", action="store_true", required=True, help="print JSON")
    parser.add_argument(
        "request",
        nargs="?",
        metavar="JSON",
        help="a request as a JSON object with the fields of Query; - reads one a line",
    )
    for option, field in NUMBERS.items():
        parser.add_argument(f"--{option}", type=float, metavar="N", help=field.replace("_", " "))
    parser.add_argument("--gpu", action="append", help="a model or family, exactly; repeatable")
    parser.add_argument("--interface", action="append", choices=get_args(Tool))
    parser.add_argument("--kind", action="append", choices=get_args(Kind))
    parser.add_argument(
        "--workload", help='what to run, such as "qlora 7b" or "sdxl inference": sets the memory'
    )
    parser.add_argument("--region", help="two letters, such as DE")
    parser.add_argument("--optimise", choices=[aim.value for aim in Aim])
    parser.add_argument("--tpu", action="store_true", help="a TPU instead of a GPU")
    for option in NEEDS:
        parser.add_argument(f"--{option}", action="store_true")
    for option in BRINGS:
        parser.add_argument(f"--{option}", action=argparse.BooleanOptionalAction)
    parser.add_argument(
        "--unlock",
        action="store_true",
        help="tell which single thing opens the most work per week instead, as /gpu unlock does; "
        "of card, phone, student and waitlist, what is not given counts as not there",
    )


def query_of(arguments: argparse.Namespace) -> Query:
    """Return the request that the options make.

    Raises:
        ValidationError: a value is none that a request can have.
    """
    given = vars(arguments)
    fields: dict[str, object] = {
        field: given[option.replace("-", "_")]
        for options in (NUMBERS, BRINGS)
        for option, field in options.items()
        if given[option.replace("-", "_")] is not None
    }
    fields |= {field: True for option, field in NEEDS.items() if given[option]}
    lists = {"gpus": "gpu", "tools": "interface", "kinds": "kind"}
    fields |= {field: tuple(given[option]) for field, option in lists.items() if given[option]}
    fields |= {name: given[name] for name in ("region", "optimise") if given[name] is not None}
    if given["tpu"]:
        fields["accelerator"] = "tpu"
    return Query.model_validate(fields)


def query_from_json(text: str) -> tuple[Query, str | None]:
    """Return the request of one line, and the `workload` that it names beside the fields of one.

    Raises:
        ValueError: it is no JSON object, or no request.
    """
    try:
        given: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    workload: object = None
    if isinstance(given, dict):
        fields = {**cast("dict[str, object]", given)}
        workload, given = fields.pop("workload", None), fields
    if workload is not None and not isinstance(workload, str):
        raise NoWorkloadError(json.dumps(workload), measured=True)
    return Query.model_validate(given), workload


def refusal(error: ValueError) -> Mapping[str, object]:
    """Return what is printed instead of an answer."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(map(str, first["loc"])) or "request"
        return {"error": "invalid", "field": field, "message": f"{field}: {first['msg']}"}
    if isinstance(error, NoWorkloadError):
        return {"error": "invalid", "field": "workload", "message": f"workload: {error}"}
    return {"error": "invalid", "field": "request", "message": f"no JSON object: {error}"}
