import pytest

from bot.fit.errors import FitError
from bot.fit.fields import fields_of, method_of, quant_of, targets, whole_number
from bot.fit.request import TARGETS, Method


@pytest.mark.parametrize("name", ["all-linear", ["all-linear"], list(TARGETS), "attn mlp"])
def test_all_matrices_have_several_names(name: object) -> None:
    assert set(targets(name)) == set(TARGETS)


@pytest.mark.parametrize(
    ("name", "quant"),
    [
        ("unsloth/llama-3-8b-bnb-4bit", "nf4"),
        ("llama-3.1-8b-instruct-awq", "awq"),
        ("qwen2.5-72b-instruct-gptq-int4", "gptq"),
        ("qwen2.5-72b-instruct-gptq-int8", "int8"),
        ("TheBloke/Llama-2-7B-Chat-GGUF", "q4_k_m"),
        ("qwen2.5-7b-instruct-q8_0.gguf", "q8_0"),
        ("llama3.1:8b-instruct-q5_K_M", "q5_k_m"),
        ("7B 4bit", "nf4"),
        ("Llama-3.1-8B", None),
    ],
)
def test_a_name_tells_how_the_weights_are_quantized(name: str, quant: str | None) -> None:
    assert quant_of(fields_of({"model": name})) == quant


def test_what_the_request_says_itself_beats_what_the_name_tells() -> None:
    name = "unsloth/llama-3-8b-bnb-4bit"
    assert quant_of(fields_of({"model": name, "quant": "int8"})) == "int8"
    assert quant_of(fields_of({"model": name, "load_in_8bit": True})) == "int8"
    full = fields_of({"model": "llama 3 8b qlora", "method": "full"})
    assert method_of(full) is Method.FULL


def test_who_trains_a_gguf_means_the_model_it_was_made_of() -> None:
    fields = fields_of({"model": "Llama-2-7B-Chat-GGUF", "method": "qlora"})
    assert (method_of(fields), quant_of(fields)) == (Method.QLORA, None)


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("qwen 2.5 7b qlora", Method.QLORA),
        ("微调qwen2.5-7b", Method.QLORA),
        ("llama 3.1 8b full fine-tuning", Method.FULL),
        ("全参微调llama 3.2 1b", Method.FULL),
        ("qwen2.5 7b 推理", Method.INFERENCE),
        ("llama 2 7b chat", Method.INFERENCE),
    ],
)
def test_a_name_tells_what_is_done_with_the_model(name: str, method: Method) -> None:
    assert method_of(fields_of({"model": name})) is method


@pytest.mark.parametrize(("written", "tokens"), [("8k", 8192), ("8,192", 8192), (" 4 K ", 4096)])
def test_a_length_may_be_written_in_thousands(written: str, tokens: int) -> None:
    assert whole_number("seq_len", written, 10_000) == tokens


@pytest.mark.parametrize("written", ["0", -1, 1.5, True, "10001", "many", [1]])
def test_what_is_no_whole_number_in_range_is_refused(written: object) -> None:
    with pytest.raises(FitError) as caught:
        whole_number("seq_len", written, 10_000)
    assert caught.value.key == "number"


def test_an_unknown_quantization_gets_the_few_that_people_use() -> None:
    with pytest.raises(FitError) as caught:
        quant_of({"quant": "exl2"})
    assert "q4_k_m" in caught.value.arguments["allowed"]
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    ("written", "quant"), [("4-bit", "nf4"), ("8 bit", "int8"), ("Q4_K_M.gguf", "q4_k_m")]
)
def test_bits_and_names_of_files_are_kinds_of_quantization(written: str, quant: str) -> None:
    assert quant_of({"quant": written}) == quant
