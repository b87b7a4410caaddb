"""Rules that hold for every run, whatever the factors are."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fit.architecture import Architecture
from bot.fit.cards import Room, per_card
from bot.fit.estimate import estimate
from bot.fit.models import load_models
from bot.fit.request import TARGETS, Attention, Method, Optimizer, Precision, Run, Stack
from bot.fit.training import Peak
from bot.fit.verdict import Verdict
from bot.fit.weights import GGUF_BITS, QUANTS, weight_bytes

RANK = {Verdict.FITS: 0, Verdict.TIGHT: 1, Verdict.DOES_NOT_FIT: 2}
architectures = st.sampled_from(load_models().rows)
methods = st.sampled_from(Method)


@st.composite
def runs(draw: st.DrawFn, method: st.SearchStrategy[Method] = methods) -> Run:
    chosen = draw(method)
    quants = {
        Method.INFERENCE: st.sampled_from(QUANTS),
        Method.QLORA: st.sampled_from(("nf4", "fp4", "int8", "gptq", "awq")),
    }
    return Run(
        method=chosen,
        quant=draw(quants.get(chosen, st.just("none"))),
        double_quant=draw(st.booleans()),
        batch=draw(st.integers(1, 64)),
        seq_len=draw(st.integers(1, 32_768)),
        lora_r=draw(st.integers(1, 256)),
        lora_targets=tuple(draw(st.lists(st.sampled_from(TARGETS), min_size=1, unique=True))),
        optimizer=draw(st.sampled_from(Optimizer)),
        precision=draw(st.sampled_from(Precision)),
        grad_checkpoint=draw(st.booleans()),
        attn=draw(st.sampled_from(Attention)),
        stack=draw(st.sampled_from(Stack)),
    )


def total(architecture: Architecture, run: Run, **changes: object) -> float:
    return estimate(architecture, run.model_copy(update=changes)).total


@given(architectures, runs())
def test_the_parts_are_never_negative_and_add_up(architecture: Architecture, run: Run) -> None:
    peak = estimate(architecture, run)
    parts = asdict(peak)
    assert all(part >= 0 for part in parts.values())
    assert sum(parts.values()) == pytest.approx(peak.total)
    assert peak.weights > 0


@pytest.mark.parametrize("field", ["batch", "seq_len", "lora_r"])
@given(architectures, runs(), st.integers(1, 64))
def test_more_of_a_setting_never_needs_less(
    field: str, architecture: Architecture, run: Run, more: int
) -> None:
    raised = getattr(run, field) + more
    assert total(architecture, run, **{field: raised}) >= total(architecture, run)


@given(architectures, runs(), st.integers(1, 10**12))
def test_more_parameters_never_need_less(architecture: Architecture, run: Run, more: int) -> None:
    # What a feed-forward block is made of is read off the parameters, so that it must not change.
    larger = architecture.model_copy(update={"num_params": architecture.num_params + more})
    if larger.gated == architecture.gated:
        assert total(larger, run) >= total(architecture, run)


@given(architectures, runs(st.just(Method.INFERENCE)))
def test_inference_needs_less_with_fewer_bits(architecture: Architecture, run: Run) -> None:
    plain, eight, four = (total(architecture, run, quant=q) for q in ("none", "int8", "nf4"))
    assert four <= eight <= plain


@given(architectures, runs(st.just(Method.QLORA)))
def test_training_on_four_bits_needs_no_more_than_on_eight(
    architecture: Architecture, run: Run
) -> None:
    assert total(architecture, run, quant="nf4") <= total(architecture, run, quant="int8")


@given(architectures)
def test_the_kinds_of_gguf_are_in_the_order_of_their_bits(architecture: Architecture) -> None:
    def size(quant: str) -> float:
        return weight_bytes(architecture, quant=quant, double_quant=False, kept=2.0)

    ordered = sorted(GGUF_BITS, key=GGUF_BITS.__getitem__)
    assert sorted(ordered, key=size) == ordered


@given(architectures, runs(st.sampled_from([Method.LORA, Method.QLORA, Method.FULL])))
def test_checkpoints_never_need_more(architecture: Architecture, run: Run) -> None:
    kept = total(architecture, run, grad_checkpoint=False)
    assert total(architecture, run, grad_checkpoint=True) <= kept * 1.0001


@given(architectures, runs())
def test_whole_scores_never_need_less(architecture: Architecture, run: Run) -> None:
    eager = total(architecture, run, attn=Attention.EAGER)
    assert total(architecture, run, attn=Attention.SDPA) <= eager


@given(
    st.floats(1, 2e6), st.floats(0.5, 1), st.floats(1, 4), st.floats(1, 1e13), st.floats(1, 1e13)
)
def test_a_verdict_is_never_better_on_less_memory_or_for_more_bytes(
    most: float, share: float, larger: float, one: float, other: float
) -> None:
    room, roomier = (Room(least=m * share, most=m) for m in (most, most * larger))
    assert RANK[roomier.verdict(one)] <= RANK[room.verdict(one)]
    small, large = sorted((one, other))
    assert RANK[room.verdict(small)] <= RANK[room.verdict(large)]


@given(architectures, runs(), st.integers(2, 16))
def test_two_cards_are_never_one_of_twice_the_size(
    architecture: Architecture, run: Run, cards: int
) -> None:
    peak: Peak = estimate(architecture, run)
    assert peak.total / cards < per_card(peak, cards) <= peak.total


def test_weights_in_gptq_leave_the_rest_as_it_came_and_those_of_bitsandbytes_do_not() -> None:
    # PEFT's preparation passes GPTQ by: a trainer then needs no more than plain LoRA beside them.
    seven_b = load_models().find("llama 2 7b")
    assert seven_b is not None
    beside = {
        quant: total(seven_b, run) - weight_bytes(seven_b, quant=quant, double_quant=False, kept=2)
        for quant, run in (
            (quant, Run(method=method, quant=quant, seq_len=4096))
            for quant, method in (
                ("none", Method.LORA),
                ("gptq", Method.QLORA),
                ("nf4", Method.QLORA),
            )
        )
    }
    assert beside["gptq"] <= beside["none"]
    assert beside["nf4"] > 1.2 * beside["none"]
