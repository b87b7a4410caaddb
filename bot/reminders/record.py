"""Data that nobody changes, at the price of data that anybody might."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a dataclass that the type checker freezes, and nothing else.

    What `frozen=True` adds at run time makes an instance of twenty fields three times as dear; a
    backlog makes thousands of them. It has no hash. Where rows are read it is made by place, for
    twenty keywords cost as much again as all the rest.
    """
    return dataclass(slots=True)(cls)
