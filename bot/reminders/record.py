"""Data that nobody changes, at the price of data that anybody might."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a dataclass that the type checker freezes, and nothing else.

    What `frozen=True` adds at run time makes an instance of twenty fields three times as dear; a
    backlog makes thousands of them. It has no hash.
    """
    return dataclass(slots=True, kw_only=True)(cls)
