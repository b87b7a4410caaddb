"""What people, programs and tables call the fields of a request, and the things in them.

Words are compared in lower case, with underscores for dashes and spaces.
"""

from collections.abc import Mapping
from typing import Final

from bot.fit.request import TARGETS

_OTHER_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "model": ("model_name", "model_id", "base_model"),
    "method": ("task", "mode", "adapter"),
    "quant": ("quantization", "quantize"),
    "batch": ("batch_size", "micro_batch_size", "per_device_train_batch_size", "bs"),
    "seq_len": ("sequence", "sequence_len", "max_seq_length", "max_seq_len", "context", "seq"),
    "lora_r": ("rank", "lora_rank", "r"),
    "lora_targets": ("target_modules", "targets"),
    "grad_checkpoint": ("checkpointing", "gradient_checkpointing", "grad_ckpt"),
    "attn": ("attn_implementation", "attention"),
    "optimizer": ("optim",),
    "precision": ("dtype", "torch_dtype"),
    "stack": ("framework", "library"),
    "gpu": ("card", "device", "hardware"),
    "config": ("model_config", "architecture"),
}
FIELDS: Final[Mapping[str, str]] = {
    other: field for field, others in _OTHER_FIELDS.items() for other in others
}
"""The field that each other name means."""

METHODS: Final = {
    "infer": "inference",
    "generation": "inference",
    "generate": "inference",
    "serve": "inference",
    "run": "inference",
    "full_finetune": "full",
    "full_finetuning": "full",
    "full_ft": "full",
    "finetune": "full",
    "fft": "full",
    "sft": "full",
    "q_lora": "qlora",
}
QUANTS: Final = {
    "": "none",
    "no": "none",
    "null": "none",
    "false": "none",
    "16": "none",
    "16bit": "none",
    "fp16": "none",
    "bf16": "none",
    "fp32": "none",
    "16_bit": "none",
    "4": "nf4",
    "4bit": "nf4",
    "4_bit": "nf4",
    "int4": "nf4",
    "bnb": "nf4",
    "bnb_4bit": "nf4",
    "bnb.nf4": "nf4",
    "bnb.fp4": "fp4",
    "bnb_nf4": "nf4",
    "bitsandbytes": "nf4",
    "8": "int8",
    "8bit": "int8",
    "8_bit": "int8",
    "bnb_8bit": "int8",
    "bnb.int8": "int8",
    "bnb.int8_training": "int8",
    "autogptq": "gptq",
    "gptq_4bit": "gptq",
    "awq_4bit": "awq",
    "gguf": "q4_k_m",
    "q2": "q2_k",
    "q3": "q3_k_m",
    "q4": "q4_k_m",
    "q5": "q5_k_m",
    "q6": "q6_k",
    "q8": "q8_0",
}
OPTIMIZERS: Final = {
    "adam": "adamw",
    "adamw_torch": "adamw",
    "adamw_torch_fused": "adamw",
    "adamw_hf": "adamw",
    "adamw_apex_fused": "adamw",
    "adamw_32bit": "adamw",
    "torch.optim.adamw": "adamw",
    "fused_adamw": "adamw",
    "adam_8bit": "adamw_8bit",
    "adam8bit": "adamw_8bit",
    "adamw8bit": "adamw_8bit",
    "adamw_bnb_8bit": "adamw_8bit",
    "adamw_torch_8bit": "adamw_8bit",
    "paged_adamw": "paged_adamw_8bit",
    "paged_adamw_32bit": "paged_adamw_8bit",
    "pagedadamw8bit": "paged_adamw_8bit",
    "lion_32bit": "lion",
}
PRECISIONS: Final = {
    "32": "fp32",
    "16": "fp16",
    "float32": "fp32",
    "32_true": "fp32",
    "float16": "fp16",
    "half": "fp16",
    "mixed": "fp16",
    "16_mixed": "fp16",
    "16_true": "fp16",
    "bfloat16": "bf16",
    "bf16_true": "bf16",
    "bf16_mixed": "bf16",
}
ATTENTIONS: Final = {
    "flash_attention_2": "flash",
    "flash_attention": "flash",
    "flash2": "flash",
    "fa2": "flash",
    "flash_attn": "flash",
    "flash_attn_2": "flash",
    "flash_attention_3": "flash",
    "flashattention_2": "flash",
    "xformers": "sdpa",
    "mem_efficient": "sdpa",
    "flex_attention": "sdpa",
    "math": "eager",
    "standard": "eager",
}
STACKS: Final = {
    "plain": "transformers",
    "hf": "transformers",
    "huggingface": "transformers",
    "hf_transformers": "transformers",
    "peft": "transformers",
    "trl": "transformers",
    "transformers+peft": "transformers",
    "lit_gpt": "litgpt",
    "lightning": "litgpt",
    "llama_factory": "llamafactory",
}

MATRICES: Final[Mapping[str, tuple[str, ...]]] = {
    "all_linear": TARGETS,
    "all": TARGETS,
    "attention": TARGETS[:4],
    "attn": TARGETS[:4],
    "mlp": TARGETS[4:],
    "q": TARGETS[:1],
    "query": TARGETS[:1],
    "k": TARGETS[1:2],
    "key": TARGETS[1:2],
    "v": TARGETS[2:3],
    "value": TARGETS[2:3],
    "o": TARGETS[3:4],
    "projection": TARGETS[3:4],
    "gate": TARGETS[4:5],
    "up": TARGETS[5:6],
    "down": TARGETS[6:],
    "qkv": TARGETS[:3],
    "query_key_value": TARGETS[:3],
    "qkv_proj": TARGETS[:3],
    "wqkv": TARGETS[:3],
    "c_attn": TARGETS[:3],
    "dense": ("o_proj",),
    "out_proj": ("o_proj",),
    "gate_up_proj": ("gate_proj", "up_proj"),
    "fc1": ("up_proj",),
    "c_fc": ("up_proj",),
    "dense_h_to_4h": ("up_proj",),
    "fc2": ("down_proj",),
    "dense_4h_to_h": ("down_proj",),
}
"""What the matrices are called in models that are not built like Llama."""

FLAGS: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "1.0": True,
    "unsloth": True,
    "false": False,
    "no": False,
    "off": False,
    "none": False,
    "0": False,
    "0.0": False,
}

NOTHING: Final[tuple[object, ...]] = (None, False, 0, "none", [], ())
"""What a table writes where a column doesn't apply."""
