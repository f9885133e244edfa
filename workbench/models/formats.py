"""How families of models were taught to see a conversation: one entry a format, as its authors write it. Pure.

A conversation is an optional system message, then turns of user and assistant. Where the authors gave a system message no
place of its own, it begins the first turn of the user, in the way they show or, where they show none, before an empty line.
The start of the text (`<s>` and the like) is written as the authors write it; whoever cuts the text into tokens adds the
model's own only where it is not there yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Format:
    """`user` and `assistant` are one finished turn each with its end, `lead` is what the reply follows; `{}` stands for the
    words. `system` is the system message's own place, or else `merged`, with {system} and {user}, is the first turn that
    begins with it. `usual`: the system message that the authors trained with, for conversations without one. `trimmed`: words
    lose the blanks around them. `stop` ends a reply, for a model whose end token it is not. `markers`: what a document must
    not be able to say. `source`: where the authors define it."""

    name: str
    title: str
    user: str
    assistant: str
    lead: str
    source: str
    start: str = ""
    system: str = ""
    merged: str = "{system}\n\n{user}"
    usual: str = ""
    trimmed: bool = False
    stop: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()


VICUNA = Format(
    "vicuna",
    "Vicuna",
    start="",
    system="{} ",
    usual="A chat between a curious user and an artificial intelligence assistant. "
          "The assistant gives helpful, detailed, and polite answers to the user's questions.",
    user="USER: {} ",
    assistant="ASSISTANT: {}</s>",
    lead="ASSISTANT:",
    stop=("</s>", "USER:"),
    markers=("USER:", "ASSISTANT:", "</s>"),
    source="FastChat, fastchat/conversation.py, vicuna_v1.1",
)

TABLE: tuple[Format, ...] = (
    Format(
        "chatml",
        "ChatML",
        system="<|im_start|>system\n{}<|im_end|>\n",
        user="<|im_start|>user\n{}<|im_end|>\n",
        assistant="<|im_start|>assistant\n{}<|im_end|>\n",
        lead="<|im_start|>assistant\n",
        stop=("<|im_end|>",),
        markers=("<|im_start|>", "<|im_end|>"),
        source="OpenAI, chatml.md; tokenizer_config.json of teknium/OpenHermes-2.5-Mistral-7B",
    ),
    Format(
        "llama-2",
        "Llama 2",
        merged="<<SYS>>\n{system}\n<</SYS>>\n\n{user}",
        user="<s>[INST] {} [/INST]",
        assistant=" {} </s>",
        lead="",
        trimmed=True,
        stop=("</s>", "[INST]"),
        markers=("<s>", "</s>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"),
        source="Meta, llama/generation.py, chat_completion",
    ),
    Format(
        "llama-3",
        "Llama 3",
        start="<|begin_of_text|>",
        system="<|start_header_id|>system<|end_header_id|>\n\n{}<|eot_id|>",
        user="<|start_header_id|>user<|end_header_id|>\n\n{}<|eot_id|>",
        assistant="<|start_header_id|>assistant<|end_header_id|>\n\n{}<|eot_id|>",
        lead="<|start_header_id|>assistant<|end_header_id|>\n\n",
        trimmed=True,
        stop=("<|eot_id|>",),
        markers=("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|end_of_text|>"),
        source="Meta, tokenizer_config.json of Meta-Llama-3-8B-Instruct",
    ),
    Format(
        "alpaca",
        "Alpaca",
        system="{}\n\n",
        usual="Below is an instruction that describes a task. Write a response that appropriately completes the request.",
        user="### Instruction:\n{}\n\n",
        assistant="### Response:{}</s>\n\n",
        lead="### Response:",
        stop=("</s>", "### Instruction:"),
        markers=("### Instruction:", "### Input:", "### Response:", "</s>"),
        source="Stanford Alpaca, train.py, PROMPT_DICT; it knows single turns, which stand one after another here",
    ),
    VICUNA,
    Format(
        "koala",
        "Koala",
        start="BEGINNING OF CONVERSATION: ",
        user="USER: {} ",
        assistant="GPT:{}</s>",
        lead="GPT:",
        stop=("</s>", "USER:"),
        markers=("BEGINNING OF CONVERSATION:", "USER:", "GPT:", "</s>"),
        source="EasyLM, docs/koala.md",
    ),
    replace(VICUNA, name="wizardlm", title="WizardLM", source="WizardLM, README and model card of WizardLM-13B-V1.2: Vicuna's words"),
    Format(
        "openassistant",
        "OpenAssistant",
        user="<|prompter|>{}<|endoftext|>",
        assistant="<|assistant|>{}<|endoftext|>",
        lead="<|assistant|>",
        stop=("<|endoftext|>", "<|prompter|>"),
        markers=("<|prompter|>", "<|assistant|>", "<|system|>", "<|endoftext|>"),
        source="OpenAssistant, model card of oasst-sft-4-pythia-12b-epoch-3.5; FastChat, oasst_pythia",
    ),
    Format(
        "gemma",
        "Gemma",
        start="<bos>",
        user="<start_of_turn>user\n{}<end_of_turn>\n",
        assistant="<start_of_turn>model\n{}<end_of_turn>\n",
        lead="<start_of_turn>model\n",
        trimmed=True,
        stop=("<end_of_turn>",),
        markers=("<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>"),
        source="Google, tokenizer_config.json of gemma-7b-it and gemma-2-2b-it; the system message as gemma-3 has it",
    ),
    Format(
        "phi",
        "Phi-3",
        system="<|system|>\n{}<|end|>\n",
        user="<|user|>\n{}<|end|>\n",
        assistant="<|assistant|>\n{}<|end|>\n",
        lead="<|assistant|>\n",
        stop=("<|end|>",),
        markers=("<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|endoftext|>"),
        source="Microsoft, tokenizer_config.json of Phi-3.5-mini-instruct",
    ),
    Format(
        "mistral",
        "Mistral",
        start="<s>",
        user="[INST] {} [/INST]",
        assistant="{}</s>",
        lead="",
        stop=("</s>", "[INST]"),
        markers=("<s>", "</s>", "[INST]", "[/INST]"),
        source="Mistral AI, tokenizer_config.json of Mistral-7B-Instruct-v0.2; the system message as mistral-common v1 has it",
    ),
    Format(
        "zephyr",
        "Zephyr",
        system="<|system|>\n{}</s>\n",
        user="<|user|>\n{}</s>\n",
        assistant="<|assistant|>\n{}</s>\n",
        lead="<|assistant|>\n",
        stop=("</s>", "<|user|>"),
        markers=("<|system|>", "<|user|>", "<|assistant|>", "</s>"),
        source="Hugging Face H4, tokenizer_config.json and model card of zephyr-7b-beta",
    ),
)

FORMATS: dict[str, Format] = {each.name: each for each in TABLE}


def render(name: str, messages: Sequence[dict]) -> str:
    """A conversation in a format, ready for the reply. `messages` have a role and content as chat templates take them: a
    system message at most, first, then turns."""
    chosen = FORMATS[name]
    told, turns = ("", list(messages))
    if turns and turns[0]["role"] == "system":
        told, turns = turns[0]["content"], turns[1:]
    parts = [chosen.start]
    if chosen.system and (told or chosen.usual):
        parts.append(filled(chosen.system, told or chosen.usual, chosen))
    for place, message in enumerate(turns):
        words = message["content"]
        if place == 0 and told and not chosen.system:
            words = chosen.merged.replace("{user}", "\0").replace("{system}", told).replace("\0", words)
        parts.append(filled(chosen.assistant if message["role"] == "assistant" else chosen.user, words, chosen))
    return "".join([*parts, chosen.lead])


def filled(template: str, words: str, chosen: Format) -> str:
    """One turn with its words."""
    return template.replace("{}", words.strip() if chosen.trimmed else words)


def markers(name: str) -> tuple[str, ...]:
    """What a document must not be able to say in a format; nothing for one that is not in the table."""
    return FORMATS[name].markers if name in FORMATS else ()
