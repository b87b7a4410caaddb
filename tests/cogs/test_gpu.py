from datetime import timedelta

import pytest
from simcord.results import InteractionResult

from bot.advice.compare import DEFAULT_OFFERS, MOST_OFFERS
from bot.catalog.catalog import Catalog
from bot.catalog.facts import cited_sources
from bot.catalog.load import load_catalog
from bot.reminders.models import ReminderKind
from bot.speech.cells import OLD
from cogs._share import SHARE
from cogs.views.comparison import CHOOSE, PICK
from tests.cogs.town import (
    Sendable,
    Town,
    answer,
    fields,
    labels,
    options,
    parts,
    said,
    told_privately,
)

OF_2020 = {"kaggle-notebooks-gpu", "google-colab-free", "paperspace-gradient-free"}
OFFER_IDS = sorted(load_catalog().offers)


def shown(result: InteractionResult) -> list[str]:
    """The ids of the offers that a comparison shows, in its order."""
    return list(options(answer(result), PICK).values())


@pytest.fixture
def catalog(town: Town) -> Catalog:
    return town.house.services.shelf.catalog


# ------------------------------------------------------------------------------ compare


async def test_a_bare_comparison_has_the_three_of_2020_in_it(town: Town, catalog: Catalog) -> None:
    result = await town.sam.slash(town.square, "gpu compare")
    assert set(shown(result)) >= OF_2020
    assert shown(result) == list(DEFAULT_OFFERS)
    for offer_id in shown(result):
        assert f"**{catalog.offer(offer_id).short}**" in said(result)
    assert not answer(result).ephemeral


async def test_named_offers_are_compared_in_the_order_they_were_named(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu compare", offer1="modal-starter", offer2="colab", offer3="Kaggle"
    )
    assert shown(result)[:2] == ["modal-starter", "google-colab-free"]
    assert shown(result)[2].startswith("kaggle-")
    assert len(shown(result)) == 3


async def test_chinese_aliases_are_names_too(town: Town, catalog: Catalog) -> None:
    aliases = {
        alias: offer.id
        for offer in catalog.offers.values()
        for alias in offer.aliases
        if not alias.isascii() and catalog.find(alias) is offer
    }
    assert aliases
    for alias, offer_id in aliases.items():
        assert shown(await town.lin.slash(town.square, "gpu compare", offer1=alias)) == [offer_id]


async def test_an_offer_that_is_named_twice_counts_once(town: Town) -> None:
    result = await town.sam.slash(
        town.square,
        "gpu compare",
        offer1="google-colab-free",
        offer2="colab",
        offer3="google-colab-free",
    )
    assert shown(result) == ["google-colab-free"]


async def test_options_may_be_left_out_in_between(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu compare", offer2="modal-starter", offer5="marimo-molab"
    )
    assert shown(result) == ["modal-starter", "marimo-molab"]


@pytest.mark.parametrize("command", ["gpu compare", "gpu info"])
@pytest.mark.parametrize(
    "name",
    ["no such gpu", "vast-ai-of-last-year", "x" * 5000, "@everyone", "", "\u200b\u202e", "["],
)
async def test_an_unknown_or_dropped_offer_is_one_private_sentence(
    town: Town, command: str, name: str
) -> None:
    option = "offer1" if command == "gpu compare" else "offer"
    text = told_privately(await town.sam.slash(town.square, command, **{option: name}))
    assert text.startswith(town.words()("error-no-such-offer", value="|").partition("|")[0])
    assert "@everyone" not in text
    assert len(text) < 300


async def test_one_unknown_name_among_good_ones_answers_for_itself(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu compare", offer1="colab", offer2="火星云")
    assert told_privately(result) == town.words_of(town.lin)("error-no-such-offer", value="火星云")


async def test_a_comparison_is_in_the_language_of_the_one_who_asks(town: Town) -> None:
    english = said(await town.sam.slash(town.square, "gpu compare"))
    chinese = said(await town.lin.slash(town.square, "gpu compare"))
    assert english.startswith(town.words_of(town.sam)("compare-title"))
    assert chinese.startswith(town.words_of(town.lin)("compare-title"))


@pytest.mark.parametrize(
    ("tag", "title"), [("zh-TW", "免费"), ("zh-HK", "免费"), ("fr", "Free"), ("en-GB", "Free")]
)
async def test_other_languages_get_the_nearest(town: Town, tag: str, title: str) -> None:
    town.speaks(town.sam, tag)
    assert title in said(await town.sam.slash(town.square, "gpu compare")).splitlines()[0]


async def test_an_offer_can_be_picked_below_a_comparison_for_oneself(
    town: Town, catalog: Catalog
) -> None:
    comparison = answer(await town.sam.slash(town.square, "gpu compare"))
    result = await town.lin.select(comparison, ["google-colab-free"], custom_id=PICK)
    assert answer(result).ephemeral
    assert f"## {catalog.offer('google-colab-free').name.zh}" in said(result)


async def test_the_sources_of_a_comparison_are_those_of_its_offers(
    town: Town, catalog: Catalog
) -> None:
    result = await town.sam.slash(
        town.square, "gpu compare", offer1="marimo-molab", offer2="floydhub"
    )
    sources = await town.sam.click(answer(result), label=town.words()("compare-sources"))
    assert answer(sources).ephemeral
    for offer_id in shown(result):
        assert catalog.offer(offer_id).name.en in said(sources)
    assert catalog.offer("google-colab-free").name.en not in said(sources)
    assert "](http" in said(sources)


async def test_the_sources_of_the_most_offers_fit_one_message_and_say_when_cut(town: Town) -> None:
    comparison = answer(await town.lin.slash(town.square, "gpu compare"))
    sources = await town.lin.click(comparison, label=town.words_of(town.lin)("compare-sources"))
    assert len(said(sources)) <= 4000


async def test_what_stands_below_a_comparison_works_after_a_restart(town: Town) -> None:
    comparison = answer(await town.sam.slash(town.square, "gpu compare", offer1="marimo-molab"))
    await town.restart()
    result = await town.sam.select(comparison, ["marimo-molab"], custom_id=PICK)
    assert "molab" in said(result)
    assert said(await town.sam.click(comparison, label=town.words()("compare-sources")))


def choice(result: InteractionResult) -> list[str]:
    """The ids of the offers that can be compared with a select."""
    return list(options(answer(result), CHOOSE).values())


def table_of(message: Sendable) -> list[str]:
    """The lines of the code block."""
    return said(message).split("```")[1].strip("\n").split("\n")


async def test_the_select_of_offers_has_those_shown_chosen_and_says_that_it_is_not_all(
    town: Town, catalog: Catalog
) -> None:
    result = await town.sam.slash(town.square, "gpu compare", offer1="floydhub", offer2="colab")
    (select,) = [each for each in parts(answer(result)) if each.get("custom_id") == CHOOSE]
    chosen = [each["value"] for each in select["options"] if each.get("default")]
    assert chosen == shown(result) == ["floydhub", "google-colab-free"]
    assert (select["min_values"], select["max_values"]) == (1, MOST_OFFERS)
    assert len(choice(result)) == 25
    assert f"25 of {len(catalog.offers)}" in said(result)
    assert "</gpu compare:" in said(result)


async def test_who_asked_changes_the_comparison_in_place(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu compare", offer1="colab", offer2="floydhub")
    before = len(town.square.history())
    names = ["modal-starter", "google-colab-free"]
    await town.sam.select(answer(result), names, custom_id=CHOOSE)
    assert len(town.square.history()) == before
    assert shown(result) == ["google-colab-free", "modal-starter"]  # what stood there stays first
    assert not answer(result).ephemeral
    assert SHARE not in {each.get("custom_id") for each in parts(answer(result))}


async def test_others_get_a_comparison_of_their_own_and_go_on_in_it(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu compare", offer1="colab", offer2="floydhub")
    own = await town.lin.select(answer(result), ["modal-starter"], custom_id=CHOOSE)
    assert answer(own).ephemeral
    assert said(own).startswith(town.words_of(town.lin)("compare-title"))
    assert (shown(result), shown(own)) == (["google-colab-free", "floydhub"], ["modal-starter"])
    names = ["modal-starter", "marimo-molab"]
    await town.lin.select(answer(own), names, custom_id=CHOOSE)
    assert shown(own) == names
    assert [each.get("custom_id") for each in parts(answer(own))].count(SHARE) == 1
    assert shown(result) == ["google-colab-free", "floydhub"]


async def test_offers_are_chosen_after_a_restart_too(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu compare", offer1="colab")
    await town.restart()
    await town.sam.select(answer(result), ["marimo-molab"], custom_id=CHOOSE)
    assert shown(result) == ["marimo-molab"]


async def test_the_best_of_each_column_is_marked_and_the_key_tells_the_signs(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu compare", offer1="kaggle", offer2="modal-starter", offer3="floydhub"
    )
    kaggle, modal, floyd = table_of(answer(result))[1:]
    assert kaggle.split() == ["Kaggle", "GPU", "13.6!", "12", "30h/w*!"]
    assert modal.split() == ["Modal", "130.8*", "24*", "$30/mo!"]
    assert floyd.split() == ["FloydHub", "?", "?", "?"]
    words = town.words()
    for sign in ("best", "disputed", "unknown"):
        assert words(f"compare-key-{sign}") in said(result)
    assert words("compare-key-advertised") not in said(result)


async def test_old_figures_are_marked_in_the_table(town: Town) -> None:
    young = answer(await town.sam.slash(town.square, "gpu compare", offer1="modal-starter"))
    assert OLD not in "".join(table_of(young))
    await town.wait(timedelta(days=300))
    old = answer(await town.sam.slash(town.square, "gpu compare", offer1="modal-starter"))
    assert all(cell.endswith(OLD) for cell in table_of(old)[1].split()[1:])
    assert town.words()("compare-key-old") in said(old)


async def test_what_changed_of_all_compared_offers_is_behind_one_button(town: Town) -> None:
    comparison = answer(await town.sam.slash(town.square, "gpu compare"))
    page = await town.sam.click(comparison, label=town.words()("compare-changes"))
    assert answer(page).ephemeral
    assert "Session: 9 h (2020) → **today** up to 12 h a session" in said(page)
    assert "Session: 6 h (2020), the same today" in said(page)
    assert "</gpu info:" in said(page)
    silent = answer(await town.sam.slash(town.square, "gpu compare", offer1="modal-starter"))
    assert town.words()("compare-changes") not in labels(silent)


async def test_sources_are_a_button_away(town: Town, catalog: Catalog) -> None:
    card = answer(await town.sam.slash(town.square, "gpu info", offer="kaggle-notebooks-gpu"))
    page = answer(await town.sam.click(card, custom_id="gpu:sources:kaggle-notebooks-gpu"))
    cited = {each.url for each in cited_sources(catalog.offer("kaggle-notebooks-gpu"))}
    for message, most in ((card, 3), (page, 5)):
        links = [each["url"] for each in parts(message) if "url" in each]
        assert len(cited & set(links)) == most
    comparison = answer(await town.sam.slash(town.square, "gpu compare"))
    of_all = answer(await town.sam.click(comparison, label=town.words()("compare-sources")))
    named = [each["label"] for each in parts(of_all) if "url" in each]
    assert named == [catalog.offer(each).short for each in DEFAULT_OFFERS]


# --------------------------------------------------------------------------- autocomplete


@pytest.mark.parametrize(
    "typed", ["", "k", "kagle", "COLAB", "谷歌", "x" * 100, "@everyone", "\u200b"]
)
async def test_autocomplete_offers_choices_that_discord_takes(town: Town, typed: str) -> None:
    for actor in (town.sam, town.lin):
        for option in ("offer1", f"offer{MOST_OFFERS}"):
            choices = await actor.autocomplete(town.square, "gpu compare", option, typed)
            assert len(choices) <= 25
            assert all(1 <= len(each["name"]) <= 100 for each in choices)


async def test_autocomplete_finds_by_name_alias_and_typo_and_nothing_for_nonsense(
    town: Town,
) -> None:
    async def found(typed: str) -> list[str]:
        return [
            each["value"]
            for each in await town.sam.autocomplete(town.square, "gpu info", "offer", typed)
        ]

    assert (await found("colab"))[0] == "google-colab-free"
    assert "kaggle-notebooks-gpu" in await found("kagle")
    assert await found("qqqqqqqq") == []
    assert set(await found("")) >= OF_2020


async def test_autocomplete_shows_names_in_the_language_of_the_one_who_types(
    town: Town, catalog: Catalog
) -> None:
    for actor, language in ((town.sam, "en"), (town.lin, "zh")):
        choices = await actor.autocomplete(town.square, "gpu info", "offer", "colab")
        name = getattr(catalog.offer("google-colab-free").name, language)
        assert {"name": name, "value": "google-colab-free"}.items() <= choices[0].items()


# -------------------------------------------------------------------------------- info


@pytest.mark.parametrize("offer_id", OFFER_IDS)
async def test_each_offer_is_shown_whole_in_both_languages_with_what_is_behind_its_buttons(
    town: Town, catalog: Catalog, offer_id: str
) -> None:
    offer = catalog.offer(offer_id)
    for actor, language in ((town.sam, "en"), (town.lin, "zh")):
        name = getattr(offer.name, language)
        words = town.words_of(actor)
        card = answer(await actor.slash(town.square, "gpu info", offer=offer_id))
        assert not card.ephemeral
        assert said(card).startswith(f"## {name}")
        for action in ("details", "sources", "history"):
            custom_id = f"gpu:{action}:{offer_id}"
            if action == "history" and not offer.history:
                assert custom_id not in {each.get("custom_id") for each in parts(card)}
                continue
            page = await actor.click(card, custom_id=custom_id)
            assert answer(page).ephemeral
            title = "changes-title" if action == "history" else f"{action}-title"
            assert said(page).startswith(words(title, name=name))
            if action != "details":
                assert words("cut-short") not in said(page)


async def test_history_tells_then_and_today_with_the_source_of_each_step(town: Town) -> None:
    for actor in (town.sam, town.lin):
        card = answer(await actor.slash(town.square, "gpu info", offer="kaggle-notebooks-gpu"))
        told = said(await actor.click(card, custom_id="gpu:history:kaggle-notebooks-gpu"))
        assert told.count("(https://towardsdatascience.com/") == 3
        words = town.words_of(actor)
        today = words("changes-now", fact="").strip()
        assert told.index("2020") < told.index("2026-09-15") < told.index(today)
        assert words("changes-now-same", fact="").strip() in told


async def test_history_tells_what_an_offer_was_in_2020(town: Town) -> None:
    for offer_id in sorted(OF_2020):
        card = answer(await town.sam.slash(town.square, "gpu info", offer=offer_id))
        history = said(await town.sam.click(card, custom_id=f"gpu:history:{offer_id}"))
        assert "2020" in history, offer_id


async def test_a_discontinued_offer_says_so_first_and_starts_no_timer(town: Town) -> None:
    card = answer(await town.sam.slash(town.square, "gpu info", offer="floydhub"))
    assert town.words()("status-discontinued") in "\n".join(said(card).splitlines()[:3])
    assert "</gpu compare:" in said(card)
    assert town.words()("info-timer") not in labels(card)


async def test_of_an_offer_without_a_known_status_nobody_says_that_it_is_gone(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu info", offer="ainize")
    assert "No source says whether it is still open" in said(result)
    assert "It is status unknown" not in said(result)


async def test_an_offer_that_is_open_says_nothing_of_being_gone(town: Town) -> None:
    assert "</gpu compare:" not in said(
        await town.sam.slash(town.square, "gpu info", offer="kaggle-notebooks-gpu")
    )


async def test_buttons_of_an_offer_that_was_dropped_answer_in_a_sentence(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = answer(await town.sam.slash(town.square, "gpu info", offer="marimo-molab"))

    def find_nothing(_self: Catalog, _name: str) -> None: ...

    monkeypatch.setattr(Catalog, "find", find_nothing)
    for action in ("timer", "details", "sources", "history"):
        result = await town.sam.click(card, custom_id=f"gpu:{action}:marimo-molab")
        assert told_privately(result) == town.words()("error-no-such-offer", value="marimo-molab")


# ----------------------------------------------------------------------------- start timer


async def test_start_timer_asks_with_the_offers_own_limit_and_stores_what_is_sent(
    town: Town, catalog: Catalog
) -> None:
    card = answer(await town.sam.slash(town.square, "gpu info", offer="kaggle-notebooks-gpu"))
    form = await town.sam.click(card, label=town.words()("info-timer"))
    limit = catalog.offer("kaggle-notebooks-gpu").session.limit_hours.value
    assert fields(form)["duration"]["value"] == f"{limit:g}h"
    result = await town.sam.submit_modal(form, {"duration": "6h", "note": "save *weights*"})
    assert answer(result).ephemeral
    (kept,) = await town.kept(town.sam)
    assert (kept.kind, kept.offer_id) == (ReminderKind.SESSION, "kaggle-notebooks-gpu")
    assert kept.note == "save *weights*"
    assert kept.ends_at is not None
    assert (kept.ends_at - town.clock.now()).total_seconds() == 6 * 3600
    assert "save \\*weights\\*" in said(result)


@pytest.mark.parametrize("offer_id", OFFER_IDS)
async def test_each_timer_can_be_sent_as_it_is_prefilled(
    town: Town, catalog: Catalog, offer_id: str
) -> None:
    card = answer(await town.lin.slash(town.square, "gpu info", offer=offer_id))
    if town.words_of(town.lin)("info-timer") not in labels(card):
        assert catalog.offer(offer_id).status.value == "discontinued"
        return
    form = await town.lin.click(card, custom_id=f"gpu:timer:{offer_id}")
    prefilled = fields(form)["duration"].get("value")
    result = await town.lin.submit_modal(form, {"duration": prefilled or "3小时"})
    assert answer(result).ephemeral
    (kept,) = await town.kept(town.lin)
    assert (kept.offer_id, kept.note) == (offer_id, None)


async def test_a_timer_with_nonsense_in_it_is_one_sentence_and_nothing_is_stored(
    town: Town,
) -> None:
    card = answer(await town.sam.slash(town.square, "gpu info", offer="modal-starter"))
    for typed in ("soon", "-1h", "99999999999d", "@everyone"):
        form = await town.sam.click(card, custom_id="gpu:timer:modal-starter")
        assert told_privately(await town.sam.submit_modal(form, {"duration": typed}))
    assert await town.kept(town.sam) == []


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_that_there_is_no_gpu_is_no_unknown_figure(town: Town, tag: str) -> None:
    town.speaks(town.sam, tag)
    card = said(await town.sam.slash(town.square, "gpu info", offer="google-cloud-shell"))
    assert "**GPU**" not in card
    assert {"en-US": "no GPU", "zh-CN": "没有 GPU"}[tag] in card
