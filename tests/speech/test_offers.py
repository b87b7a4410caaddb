from datetime import UTC, datetime
from functools import cache

import pytest

from bot.catalog.catalog import Catalog
from bot.catalog.facts import UNKNOWN, Fact, Source, Text
from bot.catalog.load import load_catalog
from bot.catalog.offer import Access, Offer
from bot.catalog.quota import Quota
from bot.speech import cells
from bot.speech.locales import Locale
from bot.speech.offers import OfferSpeech
from bot.speech.phrasebook import Phrasebook, Words

NOW = datetime(2026, 11, 23, tzinfo=UTC)
RECENT = Source(url="https://x.example/a", as_of="2026-10-01", confidence="high")
OLD = Source(url="https://x.example/b", as_of="2025-01-02", confidence="low")
UNDATED = Source(text="a forum", as_of="unknown")

catalog_of_the_project = cache(load_catalog)


@pytest.fixture(params=list(Locale))
def words(request: pytest.FixtureRequest, phrasebook: Phrasebook) -> Words:
    return phrasebook.words(request.param)


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of_the_project()


@pytest.fixture
def speech(catalog: Catalog, words: Words) -> OfferSpeech:
    return OfferSpeech(catalog=catalog, words=words, now=NOW)


@pytest.fixture
def colab(catalog: Catalog) -> Offer:
    return catalog.offer("google-colab-free")


def without_facts(offer: Offer) -> Offer:
    """The same offer, of which nobody knows anything."""
    return offer.model_copy(
        update={
            "gpus": (),
            "tpu": None,
            "session": type(offer.session)(),
            "quota": Quota(),
            "credits": None,
            "storage": type(offer.storage)(),
            "host": type(offer.host)(),
            "interface": type(offer.interface)(),
            "access": Access(),
            "conflicts": (),
            "status": UNKNOWN,
            "status_date": UNKNOWN,
        }
    )


def test_what_nobody_knows_is_said_to_be_unknown_and_never_zero_or_no(
    speech: OfferSpeech, words: Words, colab: Offer, catalog: Catalog
) -> None:
    offer = without_facts(colab)
    assert speech.session(offer) == words("fact-session-unknown")
    assert speech.idle(offer) == words("fact-idle-unknown")
    assert speech.storage(offer) == words("fact-storage-unknown")
    assert speech.quota(offer) == words("quota-unknown")
    assert speech.status(offer) == words("status-unknown")
    assert speech.cards(offer) == words("fact-no-gpu")
    assert speech.access(offer.access) == " · ".join(
        [words("access-card-unknown"), words("access-phone-unknown")]
    )
    assert speech.host(offer) is None
    assert speech.abilities(offer) is None
    assert cells.memory(offer, catalog) == cells.session(offer) == cells.quota(offer) == "?"


def test_zero_is_said_where_it_is_known(speech: OfferSpeech, words: Words, colab: Offer) -> None:
    storage = type(colab.storage)(persistent_gb=Fact(value=0.0, sources=(RECENT,)))
    offer = colab.model_copy(update={"storage": storage})
    assert speech.storage(offer) == words("fact-storage-none")


def test_card_and_phone_are_always_spoken_of_and_other_demands_where_they_exist(
    speech: OfferSpeech, words: Words
) -> None:
    access = Access(card=Fact(value=False), phone=Fact(value=True), waitlist=Fact(value=False))
    assert speech.access(access) == " · ".join(
        [words("access-card-false"), words("access-phone-true")]
    )
    assert words("access-waitlist-true") in speech.access(Access(waitlist=Fact(value=True)))


def test_a_figure_has_the_date_of_its_newest_source_as_a_link(
    speech: OfferSpeech, words: Words
) -> None:
    assert speech.dated("12 h", (OLD, RECENT, UNDATED)) == "12 h [2026-10-01](https://x.example/a)"
    assert speech.dated("12 h", (OLD,)) == "12 h [⚠ 2025-01-02](https://x.example/b)"
    plain = speech.dated("12 h", (UNDATED,))
    assert "⚠" in plain
    assert words("date-unknown") in plain
    assert "](" not in plain
    assert speech.dated("unknown", ()) == "unknown"


@pytest.mark.parametrize(
    ("as_of", "old"), [("2026-05-28", False), ("2026-05-27", False), ("2026-05-26", True)]
)
def test_a_source_is_old_after_180_days(speech: OfferSpeech, as_of: str, old: bool) -> None:
    assert speech.is_old(Source(text="x", as_of=as_of)) is old


def test_an_undated_source_counts_as_old(speech: OfferSpeech) -> None:
    assert speech.is_old(UNDATED)


def test_a_source_is_a_link_by_its_text_or_its_host(speech: OfferSpeech, words: Words) -> None:
    assert speech.source(RECENT) == "[x.example](https://x.example/a)"
    assert speech.source(UNDATED) == "a forum"
    assert speech.source(Source(as_of="2026-01-01")) == words("unknown")
    tricky = RECENT.model_copy(update={"text": "see ](https://evil.example) [here"})
    assert speech.source(tricky).count("](") == 1


def test_a_least_amount_joins_the_words_around_it(catalog: Catalog, phrasebook: Phrasebook) -> None:
    kaggle = catalog.offer("kaggle-notebooks-gpu")
    said = {
        locale: OfferSpeech(
            catalog=catalog, words=phrasebook.words(locale), now=datetime(2026, 11, 23, tzinfo=UTC)
        ).quota(kaggle)
        for locale in Locale
    }
    assert said[Locale.ZH_CN].startswith("每周至少 30 小时，")
    assert said[Locale.EN_US].startswith("at least 30 h a week, ")


def test_a_tpu_is_named_without_what_points_to_another_offer(
    speech: OfferSpeech, catalog: Catalog
) -> None:
    colab = catalog.offer("google-colab-free").model_copy(update={"gpus": ()})
    assert speech.cards(colab) == "TPU v5e-1"


def test_what_is_known_to_have_no_gpu_is_not_said_to_be_silent_about_it(
    speech: OfferSpeech, catalog: Catalog, words: Words
) -> None:
    assert speech.cards(catalog.offer("google-cloud-shell")) == words("fact-gpu-none")
    lack = catalog.offer("azure-free-account").cons
    assert speech.cards(catalog.offer("azure-free-account")) in map(speech.text, lack)
    assert speech.cards(catalog.offer("nvidia-launchpad")) == words("fact-no-gpu")
    assert speech.cards_labelled(catalog.offer("nvidia-launchpad")) == words("unknown")
    none = words("fact-gpu-none-labelled")
    assert speech.cards_labelled(catalog.offer("google-cloud-shell")) == none


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("https://x.example/a ; https://x.example/docs/b", "x.example"),
        ("https://www.x.example/a; https://y.example/b", "x.example, y.example"),
        ("https://x.example/faq (the part on limits)", "x.example"),
        ("docs commits e3777d14 (large), fa617619 (reset rule)", "docs commits"),
        ("docs commit (d98666c2)", "docs commit"),
        ("a talk of 20240131 on the facade", "a talk of 20240131 on the facade"),
    ],
)
def test_a_source_is_named_briefly(speech: OfferSpeech, title: str, label: str) -> None:
    source = RECENT.model_copy(update={"text": title})
    assert speech.source(source) == f"[{label}]({RECENT.url})"
    assert speech.source(source.model_copy(update={"url": None})) == label


def test_texts_are_in_the_language_of_the_words(speech: OfferSpeech, words: Words) -> None:
    text = Text(en="one", zh="一")
    assert speech.text(text) == ("一" if words.locale is Locale.ZH_CN else "one")
    assert speech.value(text) == speech.text(text)
    assert speech.value(True) == words("yes")
    assert speech.value(12.0) == "12"


def test_names_of_fields_are_said_down_to_their_section(speech: OfferSpeech, words: Words) -> None:
    assert speech.subject("session.limit_hours", None) == words("field-session-limit_hours")
    assert speech.subject("session.notes", None) == words("field-session")
    assert speech.subject("no.such", None) == words("field-other")
    assert speech.subject(None, None) == words("field-other")
    about = Text(en="queue", zh="排队")
    assert speech.subject("session", about) == speech.text(about)


def test_an_offer_that_was_dropped_has_no_name(speech: OfferSpeech) -> None:
    assert speech.name("google-colab-free") == "Colab"
    assert speech.name("gone") is None


def test_another_sources_figure_stands_beside_the_first(
    speech: OfferSpeech, words: Words, catalog: Catalog
) -> None:
    contested = [
        (offer, conflict)
        for offer in catalog.offers.values()
        for conflict in offer.conflicts
        if conflict.field in {"session.limit_hours", "session.idle_minutes"}
    ]
    assert contested, "no offer of the catalog shows what this test is about"
    marker = words("elsewhere", line="|", other="|").split("|")[1]
    for offer, conflict in contested:
        said = speech.session(offer) if "limit" in str(conflict.field) else speech.idle(offer)
        assert marker in said


def test_no_line_of_any_offer_is_longer_than_a_phone_shows_at_once(
    speech: OfferSpeech, catalog: Catalog
) -> None:
    for offer in catalog.offers.values():
        for line in (
            speech.cards(offer),
            speech.session(offer),
            speech.idle(offer),
            speech.quota(offer),
            speech.storage(offer),
            speech.access(offer.access),
            speech.status(offer),
        ):
            assert 0 < len(line) <= 160, (offer.id, line)


def test_cells_are_short_enough_for_the_table_of_a_phone(catalog: Catalog) -> None:
    for offer in catalog.offers.values():
        for cell in (cells.memory(offer, catalog), cells.session(offer), cells.quota(offer)):
            assert 0 < len(cell) <= 9, (offer.id, cell)
