from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.catalog import Catalog
from bot.catalog.load import load_catalog
from bot.catalog.names import folded
from tests.catalog.folder import CatalogFolder

AWS = ["aws-cloud-credit-for-research", "aws-educate", "aws-free-plan", "sagemaker-studio-lab"]
KAGGLE = ["kaggle-notebooks-gpu", "kaggle-notebooks-tpu"]


def ids(catalog: Catalog, text: str, limit: int = 25) -> list[str]:
    return [offer.id for offer in catalog.search(text, limit)]


@pytest.mark.parametrize(
    ("typed", "offer_id"),
    [
        ("hf-zerogpu", "hf-zerogpu"),
        ("ZeroGPU", "hf-zerogpu"),
        ("  zero   gpu ", "hf-zerogpu"),
        ("ＺＥＲＯＧＰＵ", "hf-zerogpu"),
        ("抱抱脸", "hf-zerogpu"),
        ("谷歌 Colab", "google-colab-free"),
        ("Colab free tier (GPU)", "google-colab-free"),
        ("Colab 免费版（GPU）", "google-colab-free"),
        ("Kaggle", "kaggle-notebooks-gpu"),
        ("Kaggle TPU", "kaggle-notebooks-tpu"),
        ("Paperspace", "paperspace-gradient-free"),
    ],
)
def test_an_exact_name_finds_its_offer(catalog: Catalog, typed: str, offer_id: str) -> None:
    found = catalog.find(typed)
    assert found is not None
    assert found.id == offer_id


@pytest.mark.parametrize("typed", ["", "kagg", "colba", "A100", "@everyone", "不存在"])
def test_only_an_exact_name_finds(catalog: Catalog, typed: str) -> None:
    assert catalog.find(typed) is None


def test_each_offer_is_found_by_each_of_its_names(catalog: Catalog) -> None:
    for offer in catalog.offers.values():
        for name in (offer.id, offer.short, *offer.aliases):
            assert catalog.find(name) is offer
        for title in (offer.name.en, offer.name.zh):
            # Two providers may call what they offer the same ("Free credits").
            found = catalog.find(title)
            assert found is not None
            assert title in (found.name.en, found.name.zh)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kag", KAGGLE),
        ("kaggle tpu", ["kaggle-notebooks-tpu"]),
        ("kernels", KAGGLE),
        ("free tpu", ["google-colab-free-tpu", "kaggle-notebooks-tpu"]),
        ("百度", ["baidu-ai-studio"]),
        ("亚马逊", AWS),
        (
            "studio",
            [
                "baidu-ai-studio",
                "lightning-ai-free",
                "sagemaker-studio-lab",
                "tencent-cloud-studio",
            ],
        ),
    ],
)
def test_the_begin_of_words_is_enough(catalog: Catalog, typed: str, expected: list[str]) -> None:
    assert sorted(ids(catalog, typed)) == sorted(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kaggel", "kaggle-notebooks-gpu"),
        ("colba", "google-colab-free"),
        ("huging face", "hf-zerogpu"),
        ("paperspcae", "paperspace-gradient-free"),
        ("lihgtning", "lightning-ai-free"),
        ("flodyhub", "floydhub"),
    ],
)
def test_a_typo_in_a_name_is_forgiven(catalog: Catalog, typed: str, expected: str) -> None:
    assert ids(catalog, typed)[0] == expected


@pytest.mark.parametrize("typed", ["zzzz", "qz", "不存在"])
def test_nonsense_finds_nothing(catalog: Catalog, typed: str) -> None:
    assert ids(catalog, typed) == []


def test_a_gpu_finds_the_offers_that_have_it_and_no_near_one(catalog: Catalog) -> None:
    assert set(ids(catalog, "A10")) == {
        "alibaba-pai-dsw-trial",
        "cerebrium-hobby",
        "modal-starter",
        "modelscope-notebook",
    }
    assert ids(catalog, "A10G") == ["beam-developer"]
    assert ids(catalog, "MI300X") == ["amd-developer-cloud"]
    assert set(ids(catalog, "L4")) == {
        "cerebrium-hobby",
        "lightning-ai-free",
        "modal-starter",
        "ovhcloud-public-cloud-credit",
    }
    assert ids(catalog, "L40") == []
    assert ids(catalog, "A1000") == []


def test_no_name_that_ends_in_a_figure_is_taken_for_a_longer_one(folder: CatalogFolder) -> None:
    folder.replace('"acme two"', '"Acme A100"')
    catalog = folder.load()
    assert ids(catalog, "acme a10") == []
    assert ids(catalog, "acme a100") == ["acme-free"]
    assert ids(catalog, "a100") == ["acme-free"]


def test_nothing_typed_lists_all_with_the_closed_ones_last(catalog: Catalog) -> None:
    listed = ids(catalog, " ", limit=len(catalog.offers))
    assert sorted(listed) == sorted(catalog.offers)
    closed = [
        each
        for each in listed
        if catalog.offer(each).open_to_new is False or catalog.offer(each).paid_comparison_only
    ]
    assert listed[-len(closed) :] == closed


def test_no_more_than_the_limit_is_returned(catalog: Catalog) -> None:
    assert len(ids(catalog, "", limit=3)) == 3
    assert len(ids(catalog, "free", limit=2)) == 2


@cache
def packaged() -> Catalog:
    return load_catalog()


@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_be_searched(text: str) -> None:
    catalog = packaged()
    assert len(catalog.search(text, 5)) <= 5
    found = catalog.find(text)
    assert found is None or found in catalog.search(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_gpu_names_mean_one_row_or_tell_which_they_can_be(catalog: Catalog) -> None:
    names = catalog.gpu_names
    assert [row.id for row in names.rows("nvidia t4")] == ["t4"]
    assert [row.id for row in names.rows("A10")] == ["a10"]
    # Least memory first: who plans with it is never surprised.
    assert [row.vram_gb for row in names.rows("A100")] == [40, 80]
    assert names.rows("Ascend 910") == ()
    assert "Ascend 910" in names
    assert "A1000" not in names
    assert names.rows("T40") == ()


def test_every_gpu_of_every_offer_leads_to_its_row(catalog: Catalog) -> None:
    for offer in catalog.offers.values():
        for gpu in offer.gpus:
            assert gpu.model in catalog.gpu_names
            rows = catalog.hardware_of(gpu)
            if gpu.vram_gb is not None:
                assert {row.vram_gb for row in rows} == {gpu.vram_gb}, (offer.id, gpu.model)


def test_the_memory_an_offer_names_tells_which_variant_it_has(folder: CatalogFolder) -> None:
    folder.replace('model = "Tesla T4"\n', 'model = "A100"\nvram_gb = 80\n')
    catalog = folder.load()
    [gpu] = catalog.offer("acme-free").gpus
    assert [row.id for row in catalog.hardware_of(gpu)] == ["a100-80gb"]
