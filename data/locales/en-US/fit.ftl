### /gpu fit

cmd-gpu-fit = Will it fit? Memory, free cards that take it, and how long it runs
    .model = A model such as Llama 3.1 8B or SDXL, or a size such as 7B
    .method = What you do with it (default: inference, or what the other options mean)
    .method-inference = Inference (run it)
    .method-lora = LoRA
    .method-qlora = QLoRA (4-bit)
    .method-full = Full fine-tuning
    .quant = Quantization of the weights
    .quant-none = None (16 bits)
    .quant-int8 = 8-bit
    .quant-nf4 = 4-bit (nf4)
    .quant-gptq = GPTQ
    .quant-awq = AWQ
    .quant-q2_k = GGUF Q2_K
    .quant-q3_k_m = GGUF Q3_K_M
    .quant-q4_k_m = GGUF Q4_K_M
    .quant-q5_k_m = GGUF Q5_K_M
    .quant-q6_k = GGUF Q6_K
    .quant-q8_0 = GGUF Q8_0
    .batch = Sequences at once on one card (default: 1)
    .sequence = Tokens of one sequence; for inference prompt and answer (default: 1024)
    .rank = Rank of the adapter (default: 16)
    .optimizer = What keeps a state for each trained parameter (default: AdamW)
    .optimizer-adamw = AdamW
    .optimizer-adamw_8bit = AdamW, 8-bit
    .optimizer-paged_adamw_8bit = AdamW, paged, 8-bit
    .optimizer-adafactor = Adafactor
    .optimizer-lion = Lion
    .optimizer-sgd = SGD
    .precision = What is computed in (default: fp16)
    .precision-fp16 = fp16
    .precision-bf16 = bf16
    .precision-fp32 = fp32
    .stack = The training program (default: plain Transformers)
    .stack-transformers = Transformers and PEFT
    .stack-unsloth = Unsloth
    .stack-liger = Transformers with Liger kernels
    .stack-llamafactory = LLaMA-Factory
    .stack-axolotl = Axolotl
    .stack-litgpt = LitGPT
    .stack-torchtune = torchtune
    .attention = How attention is computed (default: SDPA)
    .attention-eager = Eager
    .attention-sdpa = SDPA
    .attention-flash = FlashAttention
    .checkpointing = Gradient checkpointing (default: yes)
    .gpu = A card to judge by, such as T4 or L4 (default: T4)
    .tokens = Tokens to train on in all, for how long it takes

fit-title = ## { $model }, { $method }: about { $total } GiB
fit-title-figure = ## { $model }, { $method }: { $memory }
fit-on-card = { $mark } **{ $verdict }** on { $card }: { $total } of { $usable } GiB usable
fit-verdict-fits = Fits
fit-verdict-tight = Tight
fit-verdict-over = May not fit
fit-verdict-does_not_fit = Does not fit
fit-group = { $mark } **{ $verdict }:** { $cards }
fit-card = { $card } ({ $usable } GiB): { $offers }
fit-more-cards =
    { $n ->
        [one] and one more kind of card
       *[other] and { $n } more kinds of cards
    }
fit-between-cards = {" "}·{" "}
fit-then-fits = fits
fit-then-tight = tight
fit-then-over = may not fit
fit-then-does_not_fit = does not fit
fit-usable-below = < { $gib }
fit-nowhere = No free offer of the catalog has a card that it fits on.
fit-two-cards =
    -# Two cards are not one: on { $offer } each of the { $count } cards runs a copy that needs all of this. { $count ->
        [2] Split over both
       *[other] Split over all
    } (sharded, slower; { $together } GiB together) it takes { $each } of { $usable } GiB a card: { $verdict }.
fit-no-bf16 = ⚠ { $card } has no native bf16: take fp16 there.
fit-no-bf16-but = ⚠ { $card } has no native bf16 and only emulates it, slowly. In fp16 this takes { $total } GiB: { $verdict }.
fit-old-flash = ⚠ { $card } is too old for FlashAttention 2: take SDPA there.
fit-typical = -# Of “{ $model }” only the size is known: I took the usual shape of such a model.
fit-said = -# You said: { $settings }
fit-assumed = -# I assumed: { $settings }
fit-biggest = **Most of it:** { $part }, { $size } of { $total } GiB
fit-knob = **Shrinks it most:** { $change }: { $before } → { $after } GiB
fit-knob-verdict = { $knob }, { $verdict } on { $card }
fit-knob-button = { $change }
fit-change = { $before } → { $after }
fit-pace = **How long on one { $card }:** { $rate } tokens/s; { $steps } steps of { $tokens } tokens take { $hours }
fit-pace-tokens = **How long on one { $card }:** { $rate } tokens/s; { $tokens } tokens take { $hours }
fit-pace-answer = **How fast on one { $card }:** { $rate } tokens/s
fit-sessions = -# That is { $sessions } on { $offer }{ $weeks }
fit-sessions-count = { $fewest ->
        [1] { $most ->
            [1] one session
           *[other] 1 to { $most } sessions
        }
       *[other] { $fewest } to { $most } sessions
    }
fit-sessions-exact = { $n ->
        [1] one session
       *[other] { $n } sessions
    }
fit-weeks = , { $amount } weeks of its quota
fit-weeks-most = , at most { $amount } weeks of its quota
fit-weeks-share = , { $amount } % of a week of its quota
fit-weeks-share-most = , at most { $amount } % of a week of its quota
fit-details = How it is computed
fit-recommend = Recommend for this
fit-pick-method = Method
fit-pick-quant = Quantization
fit-pick-seq_len = Sequence
fit-pick-batch = Batch
fit-pick-gpu = Card to judge by
fit-figure = { $mark } **{ $memory }** { $setting }
fit-kind-measured = { $memory }
fit-kind-at_least = at least { $memory }
fit-kind-at_most = at most { $memory }
fit-figures-title = Published figures, judged on { $card } (no formula holds for such models):
fit-plain-way = Where the first of them fits:

fit-method-inference = inference
fit-method-lora = LoRA
fit-method-qlora = QLoRA
fit-method-full = full fine-tuning
fit-quant-none = 16-bit weights
fit-quant-nf4 = 4-bit weights (nf4)
fit-quant-int8 = 8-bit weights
fit-setting-batch = batch { $n }
fit-setting-sequence = sequence { $n }
fit-setting-rank = rank { $n }
fit-targets-all = adapter on all matrices
fit-targets = adapter on { $n } matrices
fit-checkpointing-on = gradient checkpointing
fit-checkpointing-off = no gradient checkpointing
fit-optimizer-adamw = AdamW
fit-optimizer-adamw_8bit = 8-bit AdamW
fit-optimizer-paged_adamw_8bit = paged 8-bit AdamW
fit-optimizer-adafactor = Adafactor
fit-optimizer-lion = Lion
fit-optimizer-sgd = SGD
fit-attention-eager = eager attention
fit-attention-sdpa = SDPA
fit-attention-flash = FlashAttention
fit-stack-transformers = plain Transformers
fit-stack-unsloth = Unsloth
fit-stack-unsloth_2024 = Unsloth of early 2024
fit-stack-liger = Liger kernels
fit-stack-llamafactory = LLaMA-Factory
fit-stack-axolotl = Axolotl
fit-stack-litgpt = LitGPT
fit-stack-torchtune = torchtune

fit-part-weights = weights
fit-part-adapter = adapter
fit-part-gradients = gradients
fit-part-optimizer = optimizer
fit-part-activations = activations
fit-part-logits = logits
fit-part-cache = KV cache
fit-part-overhead = overhead
fit-bar-usable = usable

fit-how-title = ## How it is computed
fit-how-weights = **weights**: parameters × bytes each; embedding and head stay in 16 bits, or 32 where PEFT prepares a quantized model
fit-how-adapter = **adapter**: rank × (inputs + outputs) of each matrix, with gradients and optimizer states
fit-how-gradients = **gradients**: one value for each trained parameter
fit-how-optimizer = **optimizer**: two states a parameter for AdamW, in 32 bits or 8
fit-how-activations = **activations**: what is kept between the layers, and the layer at work
fit-how-logits = **logits**: tokens × vocabulary, in several copies; rules of thumb forget them
fit-how-cache = **KV cache**: 2 × layers × KV heads × head size × tokens × batch
fit-how-overhead = **overhead**: CUDA context, and what the allocator can't use
fit-how-error = Fits up to 90 % of usable memory, tight up to 110 %: the same run took 12.0 and 13.4 GiB in two sessions. For training whose kind no measured run was fitted on, 80 and 120 %. For inference, all but the weights must fit twice, as some programs hold it twice; of GGUF files only the attention scores must fit on top. Kept-out runs on a T4 are 2 % off in the median and 5 % at worst.
fit-how-sources = -# Sources: arXiv 2205.05198 (activations), 2305.14314 (QLoRA), 2001.08361 (arithmetic); fitted to runs that fitcheck (MIT) and fms-acceleration (Apache-2.0) measured.
fit-how-architecture = -# { $layers } layers, width { $width }, { $heads } heads ({ $groups } for keys and values), vocabulary { $vocabulary }

fit-workload-choice = { $model }, { $method }: { $need } GiB
fit-because = -# { $model }, { $method }, takes about { $total } GiB (most of it { $parts }); with room to spare a card needs { $need } GiB. I took: { $settings }
fit-because-tokens = . How many tokens are trained on in all changes the time, not the memory
fit-because-part = { $part } { $size }
fit-because-figure = -# { $model }, { $method }: { $memory } are published, so that a card needs { $need } GiB

fit-error-model-missing = Say which model: a name such as Llama 3.1 8B, or a size such as 7B.
fit-error-model-unknown = I know no model called “{ $value }”. A size such as { $size } does too.
fit-error-model-near = I know no model called “{ $value }”. Near it are: { $nearest }. A size such as { $size } does too.
fit-error-no-figure-near = I have no figures of “{ $value }”. Near it are: { $nearest }.
fit-error-model-other = “{ $value }” is a model for speech, vision, retrieval or translation. I have figures only for language models, for models that make images and videos, for Whisper and for BERT.
fit-error-size = No model has { $value } parameters. It must be between { $least } and { $most }.
fit-error-size-bare = Did you mean { $size }? I read “{ $value }” as { $value } parameters, and no model is that small.
fit-error-config = Those numbers make no model: { $field }: { $problem }
fit-error-choice = { $field }: “{ $value }” is none of { $allowed }.
fit-error-number = { $field } must be a whole number between { $least } and { $most }, and “{ $value }” is not.
fit-error-text = { $field } must be one name.
fit-error-rank = A rank of { $rank } is more than the model's width of { $width }.
fit-error-sequence = A sequence of { $tokens } tokens is longer than the { $most } that the model reads.
fit-error-full-quantized = Full fine-tuning can't train { $quant } weights. Take QLoRA, or leave the quantization out.
fit-error-qlora-plain = QLoRA stands on a quantized model. Leave the quantization out, or take LoRA.
fit-error-gguf-training = { $quant } weights are for inference. Train with nf4, and convert afterwards.
fit-error-inference-training = Inference trains nothing, so { $field } means nothing there. Leave it out, or choose another method.
fit-error-full-adapter = Full fine-tuning has no adapter, so { $field } means nothing there. Leave it out, or take LoRA.
fit-error-contradiction = { $one } and { $other } contradict each other.
fit-error-gpu-unknown = I know no card called “{ $value }”. Names have to match exactly, such as T4, L4 or A100; its memory does too, such as 24 GB.
fit-error-gpu-unmeasured = Nobody published how much memory { $value } has.
fit-error-no-figure = Nobody published what { $value } takes for { $method }. There are figures for: { $methods }.
fit-error-object = I can't read that request.
fit-error-old-button = That button comes from an older version of me. Please ask again: { $command }
fit-error-several-sizes = “{ $value }” names several sizes: { $sizes }. Which of them? Please name one.
fit-error-no-workload = I read no model and no size in “{ $value }”. Write it like “qlora 7b” or “sdxl inference”.
fit-error-no-workload-figure = Nobody published what “{ $value }” takes.
