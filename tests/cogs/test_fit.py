import re
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot.advice.code import decode as decode_query
from bot.fit.code import LONGEST, decode
from bot.fit.models import load_models
from bot.fit.timing import two_digits
from cogs.views import fit_controls as controls
from cogs.views.recommendation import AGAIN
from cogs.views.table import WIDEST, width
from tests.cogs.town import Town, answer, said, told_privately
from tests.cogs.wishing import carried, custom_ids


def code_of(result: InteractionResult, prefix: str) -> dict[str, object]:
    [custom_id] = [each for each in custom_ids(result) if each.startswith(prefix)][:1]
    request = decode(custom_id.removeprefix(prefix))
    assert request is not None
    return request


def pick(result: InteractionResult, name: str) -> str:
    return next(each for each in custom_ids(result) if each.startswith(f"{controls.PICK}{name}:"))


async def test_the_verdict_comes_first_then_the_cards_the_parts_and_the_way_out(
    town: Town,
) -> None:
    result = await town.sam.slash(
        town.square, "gpu fit", model="llama-3.1-8b", method="qlora", sequence=3072
    )
    lines = said(result).splitlines()
    assert re.fullmatch(r"## Llama 3\.1 8B, QLoRA: about 17 GiB", lines[0])
    assert lines[1].startswith("❌ **Does not fit** on T4")
    assert any(line.startswith("✅ **Fits:**") and "A10" in line for line in lines)
    assert "weights" in said(result)
    assert "Shrinks it most" in said(result)
    assert "sequence 3072" in next(line for line in lines if "You said" in line)
    assumed = next(line for line in lines if "I assumed" in line)
    assert "rank 16" in assumed
    assert "sequence" not in assumed
    # Two T4s of Kaggle are told apart from one card with twice the memory.
    assert "Two cards are not one" in said(result)


async def test_what_is_over_by_less_than_the_estimate_is_sure_of_may_not_fit(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu fit", model="llama-3.1-8b", method="qlora", sequence=2048
    )
    assert said(result).splitlines()[1].startswith("🟡 **May not fit** on T4: 14.3 of 13.6")


async def test_the_bars_are_narrow_enough_for_a_phone_in_both_languages(town: Town) -> None:
    for actor in (town.sam, town.lin):
        result = await actor.slash(town.square, "gpu fit", model="7B", method="lora")
        [block] = re.findall(r"```\n(.*?)\n```", said(result), re.DOTALL)
        assert all(width(line) <= WIDEST for line in block.splitlines())


async def test_it_speaks_the_readers_language(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu fit", model="qwen2.5-7b", method="qlora")
    assert "放得下" in said(result)
    assert "我假定" in said(result)
    assert not re.search(r"\b(fits|assumed|needs)\b", said(result))


async def test_a_knob_is_a_button_that_asks_again_with_it_turned(town: Town) -> None:
    first = await town.sam.slash(
        town.square, "gpu fit", model="llama-3.1-8b", method="qlora", sequence=2048
    )
    [knob, *_] = [each for each in custom_ids(first) if each.startswith(controls.AGAIN_FIT)]
    second = await town.sam.click(answer(first), custom_id=knob)
    assert answer(second).ephemeral
    assert "✅ **Fits** on T4" in said(second)
    assert code_of(second, controls.HOW) != code_of(first, controls.HOW)


async def test_a_select_changes_one_setting_after_a_restart_too(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu fit", model="tinyllama", method="lora", batch=2)
    message = answer(first)
    await town.restart()
    second = await town.sam.select(message, ["4"], custom_id=pick(first, "batch"))
    assert code_of(second, controls.HOW)["batch"] == 4
    third = await town.sam.select(answer(second), ["inference"], custom_id=pick(second, "method"))
    # What has no meaning for the other method is left out; what has one stays.
    assert code_of(third, controls.HOW) == {"model": "tinyllama", "method": "inference", "batch": 4}
    fourth = await town.sam.select(answer(third), ["q4_k_m"], custom_id=pick(third, "quant"))
    assert "TinyLlama 1.1B, inference" in said(fourth)


async def test_how_it_is_computed_is_behind_a_button(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu fit", model="7B", method="qlora")
    words = town.words()
    shown = await town.sam.click(answer(first), label=words("fit-details"))
    assert answer(shown).ephemeral
    assert words("fit-how-logits") in said(shown)
    assert words("fit-more-cards", n="2")[:3] in said(first)
    assert all(name in said(shown) for name in ("Kaggle", "Modal", "MI300X", "M4000"))


async def test_a_recommendation_for_it_asks_for_the_memory(town: Town) -> None:
    first = await town.sam.slash(town.square, "gpu fit", model="7B", method="qlora")
    [custom_id] = [each for each in custom_ids(first) if each.startswith(AGAIN)]
    query = decode_query(custom_id.removeprefix(AGAIN))
    assert query is not None
    assert query.min_vram_gib is not None
    second = await town.sam.click(answer(first), label=town.words()("fit-recommend"))
    assert carried(second).min_vram_gib == query.min_vram_gib


async def test_how_long_is_told_in_sessions_and_weeks(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu fit", model="tinyllama", method="qlora", tokens=50_000_000
    )
    assert re.search(r"50M tokens take \d+ h.* – \d+ (h|d)", said(result))
    kaggle = next(line for line in said(result).splitlines() if "on Kaggle" in line)
    assert re.search(r"\d+ to \d+ sessions|\d+ sessions|one session", kaggle)
    assert "quota" in kaggle


async def test_the_time_is_told_for_a_card_that_takes_the_run(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu fit", model="llama-2-13b", method="lora", tokens=50_000_000, gpu="T4"
    )
    assert "❌ **Does not fit** on T4" in said(result)
    [told] = [line for line in said(result).splitlines() if line.startswith("**How long")]
    assert "on one T4" not in told
    assert "tokens take" in told
    huge = await town.sam.slash(town.square, "gpu fit", model="500B", method="full", gpu="T4")
    assert "How long" not in said(huge)


async def test_a_card_without_bf16_says_so(town: Town) -> None:
    result = await town.sam.slash(
        town.square,
        "gpu fit",
        model="7B",
        method="lora",
        precision="bf16",
        attention="flash",
        gpu="T4",
    )
    words = town.words()
    assert words("fit-no-bf16", card="T4") in said(result)
    assert words("fit-old-flash", card="T4") in said(result)


async def test_full_fine_tuning_without_bf16_says_what_fp16_takes_instead(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu fit", model="llama-3.2-1b", method="full", precision="bf16", gpu="T4"
    )
    words = town.words()
    in_fp16 = words(
        "fit-no-bf16-but", card="T4", total="24.3", verdict=words("fit-then-does_not_fit")
    )
    assert in_fp16 in said(result)


async def test_what_a_name_says_beside_the_model_is_read(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu fit", model="微调 qwen 2.5 7b")
    assert "Qwen2.5 7B，QLoRA" in said(result)
    card = await town.sam.slash(town.square, "gpu fit", model="7B", gpu="V100 32GB")
    assert "V100 32GB" in said(card)


async def test_an_image_model_has_published_figures_with_their_sources(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu fit", model="stable diffusion xl")
    assert "SDXL 1.0" in said(result)
    assert "8.96 GB" in said(result)
    assert "https://" in said(result)
    second = await town.lin.select(answer(result), ["lora"], custom_id=pick(result, "method"))
    assert "至多 16 GB" in said(second)


async def test_whisper_has_published_figures_too(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu fit", model="whisper large v3", gpu="t4")
    assert "Whisper large" in said(result)
    assert "11.06 GiB" in said(result)
    second = await town.lin.select(answer(result), ["full"], custom_id=pick(result, "method"))
    assert "至少 24 GB" in said(second)


@pytest.mark.parametrize(
    ("typed", "name"), [("qwen2.5-7b", "Qwen2.5 7B"), ("gemma 2 2b", "Gemma 2 2B")]
)
async def test_a_model_that_is_named_in_full_is_the_first_to_be_completed(
    town: Town, typed: str, name: str
) -> None:
    found = await town.sam.autocomplete(town.square, "gpu fit", "model", typed)
    assert found[0]["name"] == name


async def test_models_and_cards_are_completed(town: Town) -> None:
    found = await town.sam.autocomplete(town.square, "gpu fit", "model", "qwen 7b")
    assert any(choice["name"] == "Qwen2.5 7B" for choice in found)
    cards = await town.sam.autocomplete(town.square, "gpu fit", "gpu", "t4")
    assert any(choice["name"] == "T4" for choice in cards)


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        ({"model": "lama 3 8b"}, "Near it are: Llama 3 8B", "相近的有：Llama 3 8B"),
        ({"model": "0B"}, "between 1M and 5000B", "1M 到 5000B"),
        ({"model": "7B", "method": "lora", "rank": 5000}, "A rank of 5000", "秩 5000"),
        ({"model": "llama-2-7b", "sequence": 100_000}, "of 100000 tokens", "序列长度 100000"),
        ({"model": "7B", "method": "full", "quant": "nf4"}, "Take QLoRA", "请改用 QLoRA"),
        ({"model": "7B", "method": "qlora", "quant": "q4_k_m"}, "for inference", "只用于推理"),
        ({"model": "7B", "method": "inference", "rank": 8}, "so rank means", "rank 在这里"),
        ({"model": "7B", "gpu": "T400"}, "no card called “T400”", "“T400”的显卡"),
        ({"model": "wan 2.1", "method": "full"}, "Nobody published", "没有人公布过"),
        ({"model": "@everyone [x](http://a.example)"}, "no model called", "不认识名为"),
    ],
)
async def test_what_is_wrong_is_one_sentence_in_each_language(
    town: Town, given: dict[str, Any], english: str, chinese: str
) -> None:
    for actor, sentence in ((town.sam, english), (town.lin, chinese)):
        told = told_privately(await actor.slash(town.square, "gpu fit", **given))
        assert sentence in told
        assert "@everyone" not in told
        assert "[x](http" not in told


@pytest.mark.parametrize("code", ["", "?", "Z1", "bmany", "M7B;", "M"])
def test_a_code_of_another_version_is_none(code: str) -> None:
    assert decode(code) is None


def test_every_button_holds_its_state() -> None:
    ids = [f"{controls.PICK}seq_len:" + "x" * LONGEST, controls.AGAIN_FIT + "x" * LONGEST]
    assert all(len(each) <= 100 for each in ids)
    longest = max(load_models().rows, key=lambda row: len(row.id))
    assert len(f"M{longest.id};mqlora;Qnf4;b64;s131072;r128;GRTX PRO 6000") <= LONGEST


async def test_a_workload_sets_the_memory_and_says_why(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu recommend", workload="qlora 7b", card=False)
    query = carried(result)
    assert query.min_vram_gib is not None
    assert 10 < query.min_vram_gib < 13.6
    assert "7B, QLoRA, takes about" in said(result)
    assert "Kaggle" in said(result)


async def test_a_workload_of_images_rests_on_its_figure(town: Town) -> None:
    result = await town.lin.slash(town.square, "gpu recommend", workload="sdxl 推理")
    assert "8.96 GB" in said(result)
    assert carried(result).min_vram_gib == 9.3


async def test_what_names_nothing_to_run_is_one_sentence(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu recommend", workload="hello there")
    told = told_privately(result)
    assert told == town.words()("fit-error-no-workload", value="hello there")


async def test_a_workload_is_completed_as_it_is_understood(town: Town) -> None:
    found = await town.sam.autocomplete(town.square, "gpu recommend", "workload", "7b")
    assert any("7B, QLoRA" in choice["name"] for choice in found)


async def test_a_refusal_lists_names_and_methods_in_the_readers_language(town: Town) -> None:
    near = await town.lin.slash(town.square, "gpu fit", model="lama 3 8b")
    assert "Llama 3 8B、Llama 3.1 8B" in told_privately(near)
    figure = await town.lin.slash(town.square, "gpu fit", model="sdxl", method="full")
    assert "推理、LoRA" in told_privately(figure)
    assert "全参数微调" in told_privately(figure)


async def test_figures_of_thousands_stand_apart_from_their_names(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu fit", model="405B", method="full")
    [block] = re.findall(r"```\n(.*?)\n```", said(result), re.DOTALL)
    assert re.search(r"^ *\d{4} █+ +optimizer$", block, re.MULTILINE)
    assert all(width(line) <= WIDEST for line in block.splitlines())


async def test_one_more_kind_of_card_is_told_in_the_singular(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu fit", model="70B", quant="q4_k_m")
    assert "and one more kind of card" in said(result)
    assert "1 more kinds" not in said(result)


async def test_two_cards_that_are_named_are_told_what_they_give_together(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu fit", model="13B", method="lora", gpu="T4 x2")
    [both] = [line for line in said(result).splitlines() if "Two cards are not one" in line]
    assert "27.3 GiB together" in both
    assert re.search(r"it takes 16\.\d of 13\.6 GiB a card: does not fit", both)
    result = await town.sam.slash(
        town.square, "gpu fit", model="llama-13b", method="lora", gpu="T4 x2"
    )
    [both] = [line for line in said(result).splitlines() if "Two cards are not one" in line]
    assert both.endswith("it takes 15 of 13.6 GiB a card: may not fit.")


async def test_what_is_over_the_memory_of_a_card_is_not_called_tight(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu fit", model="llama-3.1-8b", method="qlora", sequence=2048
    )
    [tight] = [line for line in said(result).splitlines() if line.startswith("🟡 **May not fit:**")]
    assert "T4 (13.6 GiB)" in tight
    assert "🟡 **Tight:**" not in said(result)


async def test_a_published_figure_over_the_whole_card_does_not_fit(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu fit", model="sdxl", gpu="8 GB")
    assert "❌ **8.96 GB**" in said(result)
    [no] = [line for line in said(result).splitlines() if line.startswith("❌ **Does not fit:**")]
    assert "M4000" in no


async def test_a_figure_has_no_digits_that_mean_nothing(town: Town) -> None:
    for actor in (town.sam, town.lin):
        result = await actor.slash(
            town.square, "gpu fit", model="7B", method="qlora", sequence=1_000_000
        )
        figures = [float(each) for each in re.findall(r"(\d+(?:\.\d+)?) GiB", said(result))]
        assert max(figures) > 1000
        assert all(each == two_digits(each) for each in figures if each > 1000)
        assert not re.search(r"\d{3,}\.\d", said(result).split("```")[0])


async def test_of_several_sizes_it_is_asked_which(town: Town) -> None:
    result = await town.sam.slash(town.square, "gpu recommend", workload="7b 13b")
    assert said(result).endswith("names several sizes: 7B, 13B. Which of them? Please name one.")


async def test_tokens_to_train_on_are_said_to_change_no_memory(town: Town) -> None:
    result = await town.sam.slash(
        town.square, "gpu recommend", workload="qlora 7b on 1000000 tokens"
    )
    assert "changes the time, not the memory" in said(result)
    assert "sequence 1024" in said(result)


async def test_a_model_that_nobody_knows_is_called_as_it_was_typed(town: Town) -> None:
    town.speaks(town.sam, "zh-CN")
    told = told_privately(await town.sam.slash(town.square, "gpu fit", model="千问"))
    assert "“千问”" in told
    assert "qwen”" not in told


@pytest.mark.parametrize("tag", ["en-US", "zh-CN"])
async def test_a_bare_size_is_taken_for_billions_and_offered(town: Town, tag: str) -> None:
    town.speaks(town.sam, tag)
    told = told_privately(await town.sam.slash(town.square, "gpu fit", model="7"))
    assert told == town.words_of(town.sam)("fit-error-size-bare", value="7", size="7B")
    told = told_privately(await town.sam.slash(town.square, "gpu fit", model="7000"))
    assert "7B" not in told
