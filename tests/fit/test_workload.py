import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.query import Query
from bot.fit.constraint import WorkloadReader, constraint_gib, rounded_need, with_memory
from bot.fit.diffusion import load_diffusion_models
from bot.fit.errors import NoWorkloadError
from bot.fit.estimate import estimate
from bot.fit.models import load_models
from bot.fit.reading import Wanted
from bot.fit.request import Method, Stack
from bot.fit.workload import Pictured, needed_gib, workload

MODELS, PICTURES = load_models(), load_diffusion_models()


def run_of(text: str) -> Wanted:
    wanted = workload(text, MODELS, PICTURES)
    assert isinstance(wanted, Wanted), text
    return wanted


@pytest.mark.parametrize(
    ("text", "name", "method", "quant"),
    [
        ("qlora 7b", "7B", "qlora", "nf4"),
        ("微调7B需要多大显存", "7B", "qlora", "nf4"),
        ("full finetune qwen 14b", "Qwen3 14B", "full", "none"),
        ("run llama 70b 4bit", "Llama 3.1 70B", "inference", "nf4"),
        ("can I fine-tune a 7B on a free T4?", "7B", "qlora", "nf4"),
        ("how much vram for mistral 7b", "Mistral 7B v0.1", "inference", "none"),
        ("在T4上跑qwen2.5-7b", "Qwen2.5 7B", "inference", "none"),
        ("70亿参数模型推理", "70亿", "inference", "none"),
        ("run 13b gguf", "13B", "inference", "q4_k_m"),
        ("llama 3.1 8b q5_k_m", "Llama 3.1 8B", "inference", "q5_k_m"),
        ("全参微调 llama 3 8b", "Llama 3 8B", "full", "none"),
        ("LoRA for gemma 2 9b", "Gemma 2 9B", "lora", "none"),
        ("run qwen 2.5 7b in 4 bit", "Qwen2.5 7B", "inference", "nf4"),
        ("千问2.5 7b 推理", "Qwen2.5 7B", "inference", "none"),
        ("can I run deepseek r1 14b", "DeepSeek R1 Distill Qwen 14B", "inference", "none"),
    ],
)
def test_a_sentence_names_a_run(text: str, name: str, method: str, quant: str) -> None:
    wanted = run_of(text)
    assert (wanted.name, wanted.run.method, wanted.run.quant) == (name, method, quant)


def test_settings_are_read_where_they_are_named() -> None:
    run = run_of("unsloth qlora llama 3.1 8b, batch 2, seq 4k, rank 64").run
    assert (run.stack, run.batch, run.seq_len, run.lora_r) == (Stack.UNSLOTH, 2, 4096, 64)


@pytest.mark.parametrize(
    ("text", "name", "method"),
    [
        ("sdxl inference", "SDXL 1.0", Method.INFERENCE),
        ("用lora训练sdxl", "SDXL 1.0", Method.LORA),
        ("fine-tune flux", "FLUX.1 [dev]", Method.QLORA),
        ("stable diffusion 出图", "Stable Diffusion 1.4 and 1.5", Method.INFERENCE),
        ("wan 2.2 video generation", "Wan 2.2 TI2V 5B", Method.INFERENCE),
        ("can I run whisper large on a T4", "Whisper large", Method.INFERENCE),
        ("在T4上跑whisper large v3 turbo", "Whisper large v3 turbo", Method.INFERENCE),
        ("fine-tune whisper", "Whisper large", Method.LORA),
        ("微调bert large", "BERT large", Method.FULL),
    ],
)
def test_a_sentence_names_a_model_with_figures(text: str, name: str, method: Method) -> None:
    wanted = workload(text, MODELS, PICTURES)
    assert isinstance(wanted, Pictured)
    assert (wanted.model.name, wanted.method) == (name, method)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what's the best gpu?",
        "free a100 for students",
        "I have 16 GB of VRAM",
        "which offers have 24 gb",
        "Kaggle 30 hours a week",
        "remind me in 7 b",
        "train a resnet50",
        "A100 80GB free?",
        "train 0b",
        "full fine-tune 7b in gguf",
        "llama 3 8b",
        "qlora 7b " * 100,
    ],
)
def test_what_is_no_workload_is_none(text: str) -> None:
    assert workload(text, MODELS, PICTURES) is None


def test_where_a_workload_is_asked_for_a_model_alone_is_one() -> None:
    assert workload("llama 3 8b", MODELS, PICTURES, bare=True) is not None
    assert workload("sdxl", MODELS, PICTURES, bare=True) is not None


@given(st.text(max_size=80) | st.text("qlora 7b微调run4it.亿k seqbatch", max_size=60))
def test_every_text_is_a_workload_or_none(text: str) -> None:
    for bare in (False, True):
        wanted = workload(text, MODELS, PICTURES, bare=bare)
        assert wanted is None or (needed_gib(wanted) or 1) > 0


def test_an_image_model_in_four_bits_needs_what_was_measured_in_four_bits() -> None:
    plain, four = WorkloadReader().needed("run flux"), WorkloadReader().needed("run flux in 4bit")
    assert four[1] < plain[1] / 2


def test_whisper_in_eight_bits_needs_what_was_measured_in_eight_bits() -> None:
    plain, eight = (WorkloadReader().needed(f"run whisper large{how}") for how in ("", " int8"))
    assert eight[1] < plain[1] / 2


def test_the_memory_to_ask_for_leaves_a_tenth_to_spare() -> None:
    wanted = run_of("qlora 7b")
    total = estimate(wanted.architecture, wanted.run).total / 2**30
    need = constraint_gib(wanted)
    assert need is not None
    assert total / 0.9 <= need <= total / 0.9 + 0.1


def test_a_workload_never_lowers_what_is_asked_for() -> None:
    assert with_memory(Query(min_vram_gib=40), 12).min_vram_gib == 40
    assert with_memory(Query(), 12).min_vram_gib == 12


@pytest.mark.parametrize("text", ["hello", "ltx video inference"])
def test_what_nobody_can_say_is_an_error_of_its_own(text: str) -> None:
    with pytest.raises(NoWorkloadError):
        WorkloadReader().needed(text)


@pytest.mark.parametrize(
    "text",
    [
        "train a 7b model on 1000000 tokens",
        "qlora 7b on 2048 tokens",
        "qlora 7b on 2B tokens",
        "qlora 7b 1,000,000 tokens",
        "fine-tune 7b over about 5 million tokens",
        "微调7B 10亿 token",
        "用100万token训练7B",
    ],
)
def test_tokens_to_train_on_are_no_length_of_a_sequence_and_no_size_of_a_model(text: str) -> None:
    wanted, plain = run_of(text), run_of("qlora 7b")
    assert (wanted.name, wanted.run) == (plain.name, plain.run)
    assert wanted.ignored == ("tokens",)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("qlora 7b 4096 tokens", 4096),
        ("train 7b on 4096 token sequences", 4096),
        ("run 7b on 8192 tokens", 8192),
        ("qlora 7b, sequence 2048, on 5M tokens", 2048),
    ],
)
def test_tokens_of_one_sequence_are_its_length(text: str, tokens: int) -> None:
    assert run_of(text).run.seq_len == tokens


@pytest.mark.parametrize("text", ["-7b", "qlora -7b", "\u22127b", "9999999b", "qlora 123456789亿"])
def test_half_of_a_number_is_no_size(text: str) -> None:
    assert workload(text, MODELS, PICTURES, bare=True) is None


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("7b 13b", ["7B", "13B"]),
        ("qlora 7b or 70亿 or 13b", ["7B", "13B"]),
        ("微调7B还是13B", ["7B", "13B"]),
        ("llama 3.1 8b or mistral 7b", ["8B", "7B"]),
    ],
)
def test_of_several_sizes_none_is_taken(text: str, sizes: list[str]) -> None:
    with pytest.raises(NoWorkloadError) as raised:
        WorkloadReader().needed(text)
    assert raised.value.sizes == sizes


def test_no_model_of_the_table_is_taken_for_several() -> None:
    for row in MODELS.rows:
        wanted = workload(row.name, MODELS, PICTURES, bare=True)
        assert isinstance(wanted, Wanted)
        assert wanted.name == row.name
    assert run_of("run deepseek 671b 37b active").name == "671B"


@given(st.floats(0.01, 1e6))
def test_a_need_is_rounded_up_to_the_digits_that_count(gib: float) -> None:
    need = rounded_need(gib)
    assert gib - 1e-6 * max(gib, 1) <= need <= gib + max(0.1, gib / 10)
    assert need == rounded_need(need)
    assert need < 100 or need == int(need)


def test_a_need_of_thousands_has_two_digits() -> None:
    assert [rounded_need(each) for each in (13.6, 13.61, 670.4, 1434.1, 97_789)] == [
        13.6, 13.7, 671, 1500, 98_000,
    ]  # fmt: skip
