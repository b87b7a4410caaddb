"""Nothing of the facts was lost or altered on the way into data/, and nothing was made up."""

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.facts import Model, Text, cited_sources
from tests.catalog.facts_view import hardware_as_fact, known_only, offer_as_fact

REPOSITORY = Path(__file__).resolve().parents[2]
FACTS = Path(os.environ.get("SCOUT_FACTS", REPOSITORY.parent / "shared" / "facts"))


needs_facts = pytest.mark.skipif(
    not (FACTS / "offers.json").is_file(),
    reason=f"the facts are not at {FACTS} (set SCOUT_FACTS to where they are)",
)


def records(name: str) -> list[dict[str, Any]]:
    return json.loads((FACTS / name).read_text(encoding="utf-8"))


def changed_since() -> set[str]:
    """The offers that were added or corrected after the facts, each by intent."""
    text = (Path(__file__).parent / "changed_since_the_facts.txt").read_text(encoding="utf-8")
    return {line for line in text.splitlines() if line and not line.startswith("#")}


@needs_facts
def test_each_offer_holds_the_values_and_sources_of_the_facts_and_no_others(
    catalog: Catalog,
) -> None:
    facts = {record["id"]: known_only(record) for record in records("offers.json")}
    held = {
        offer.id: offer_as_fact(offer, catalog.provider_of(offer))
        for offer in catalog.offers.values()
    }
    changed = changed_since()
    assert held.keys() - changed == facts.keys() - changed, "see changed_since_the_facts.txt"
    for offer_id in held.keys() - changed:
        assert held[offer_id] == facts[offer_id], "see changed_since_the_facts.txt"
    assert [each for each in changed if held.get(each) == facts.get(each)] == []


@needs_facts
def test_each_hardware_row_of_the_facts_is_there_as_it_is(catalog: Catalog) -> None:
    facts = {record["model"]: known_only(record) for record in records("gpus.json")}
    assert {row.name: hardware_as_fact(row) for row in catalog.hardware.values()} == facts


@needs_facts
def test_usable_memory_is_that_of_the_measured_table_and_nowhere_else(catalog: Catalog) -> None:
    tables: list[dict[str, Any]] = json.loads(
        (FACTS / "vram-measured.json").read_text(encoding="utf-8")
    )["tables"]
    [table] = [each for each in tables if each["id"] == "usable_vram"]
    measured: dict[str, tuple[float, float, float]] = {}
    for record in table["rows"]:
        [row] = catalog.gpu_names.rows(record["gpu"])
        figures = (record["advertised_gb"], record["device_mib"], record["usable_mib"])
        measured[row.id] = figures
    held = {
        row.id: (row.vram_gb, row.usable.device_mib, row.usable.usable_mib)
        for row in catalog.hardware.values()
        if row.usable
    }
    assert held == measured
    for row in catalog.hardware.values():
        assert all(source.text == table["source"] for source in cited_sources(row.usable))


@needs_facts
def test_typed_rates_are_those_in_the_notes(catalog: Catalog) -> None:
    modal = catalog.offer("modal-starter")
    assert modal.credits is not None
    rates = {rate.gpu: f"{rate.price:.6f} USD/s" for rate in modal.credits.rates}
    notes = {gpu.model: str(gpu.note).partition(" (")[0] for gpu in modal.gpus}
    assert rates == notes


def texts(part: object) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif isinstance(part, Model):
        for field in type(part).model_fields:
            yield from texts(getattr(part, field))
    elif isinstance(part, tuple):
        for each in cast("tuple[object, ...]", part):
            yield from texts(each)


def test_every_sentence_is_chinese_in_chinese(catalog: Catalog) -> None:
    parts = (*catalog.offers.values(), *catalog.hardware.values())
    for text in (each for part in parts for each in texts(part)):
        # Names and figures ("JupyterLab", "500") are the same in both languages.
        same = text.zh.replace("、", ", ") == text.en
        assert same or re.search(r"[\u4e00-\u9fff]", text.zh), text


def test_both_languages_give_the_same_figures(catalog: Catalog) -> None:
    for offer in catalog.offers.values():
        for text in texts(offer):
            assert figures(text.zh) >= figures(text.en), text


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.:]\d+)*", text))


@pytest.mark.parametrize("folder", ["offers", "hardware"])
def test_each_source_of_a_file_is_cited(folder: str) -> None:
    for path in sorted((REPOSITORY / "data" / folder).glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        for key in tomllib.loads(text).get("sources", {}):
            assert text.count(f'"{key}"') > 0, f"{path.name}: nothing cites {key}"


def test_every_source_is_dated_or_says_that_it_is_not(catalog: Catalog) -> None:
    for offer in catalog.offers.values():
        for source in cited_sources(offer):
            assert source.as_of_date is not None or source.as_of.startswith("unknown"), source
