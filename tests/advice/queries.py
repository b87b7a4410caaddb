"""Requests of any kind, for tests of rules."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from hypothesis import strategies as st

from bot.advice.query import Aim, Query
from bot.catalog.offer import Kind, Tool

_AMOUNTS: Final = st.integers(1, 1000).map(float)
_FLAGS: Final = st.booleans()
FIELDS: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "accelerator": st.sampled_from(["gpu", "tpu", "any"]),
    "gpus": st.lists(
        st.sampled_from(["T4", "A100 80GB", "L40S"]), min_size=1, max_size=2, unique=True
    ).map(tuple),
    "min_gpus": st.integers(1, 8),
    "tools": st.lists(st.sampled_from(get_args(Tool)), min_size=1, max_size=2, unique=True).map(
        tuple
    ),
    "kinds": st.lists(st.sampled_from(get_args(Kind)), min_size=1, max_size=2, unique=True).map(
        tuple
    ),
    "region": st.sampled_from(["CN", "DE"]),
    "optimise": st.sampled_from(Aim),
    **{
        name: _FLAGS if field.annotation is bool else _AMOUNTS
        for name, field in Query.model_fields.items()
        if field.annotation is bool or (name.startswith(("min_", "max_")) and name != "min_gpus")
    },
}
"""Values of each field that can be given."""


def some_fields() -> st.SearchStrategy[dict[str, object]]:
    """Return fields of requests, any of them or none."""
    return st.fixed_dictionaries({}, optional=dict(FIELDS))
