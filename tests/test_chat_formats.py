"""Every chat format, character for character as its authors write it. Where each reference stands is said beside it."""

import json
from dataclasses import replace

import pytest

from tests.bad_inputs import model
from workbench import chats
from workbench.ask import ask
from workbench.cli import main
from workbench.errors import BadRequest
from workbench.models.formats import FORMATS, render
from workbench.nouns import Chunk, Hit, Message, Passage, Prompt, Recipe
from workbench.prompting import build

SYSTEM = {"role": "system", "content": "You are a helpful assistant"}
TALK = [
    {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": "Hi there"},
    {"role": "user", "content": "누구세요?"},
]
PREAMBLE = (
    "A chat between a curious user and an artificial intelligence assistant. "
    "The assistant gives helpful, detailed, and polite answers to the user's questions."
)
# name: (without a system message, with one); the turns are those above.
REFERENCES = {
    # OpenAI's chatml.md; the chat_template in teknium/OpenHermes-2.5-Mistral-7B's tokenizer_config.json.
    "chatml": (
        "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\nHi there<|im_end|>\n<|im_start|>user\n누구세요?<|im_end|>\n"
        "<|im_start|>assistant\n",
        "<|im_start|>system\nYou are a helpful assistant<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
        "Hi there<|im_end|>\n<|im_start|>user\n누구세요?<|im_end|>\n<|im_start|>assistant\n"),
    # Meta's llama/generation.py: every pair is encoded with its own start and end token; B_SYS and E_SYS inside the first.
    "llama-2": (
        "<s>[INST] Hello [/INST] Hi there </s><s>[INST] 누구세요? [/INST]",
        "<s>[INST] <<SYS>>\nYou are a helpful assistant\n<</SYS>>\n\nHello [/INST] Hi there </s><s>[INST] 누구세요? [/INST]"),
    # Meta's model card and tokenizer_config.json of Meta-Llama-3-8B-Instruct.
    "llama-3": (
        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant"
        "<|end_header_id|>\n\nHi there<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n누구세요?<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n",
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nYou are a helpful assistant<|eot_id|>"
        "<|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"
        "Hi there<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n누구세요?<|eot_id|><|start_header_id|>assistant"
        "<|end_header_id|>\n\n"),
    # FastChat's conversation.py, vicuna_v1.1 (ADD_COLON_TWO with " " and "</s>").
    "vicuna": (
        f"{PREAMBLE} USER: Hello ASSISTANT: Hi there</s>USER: 누구세요? ASSISTANT:",
        "You are a helpful assistant USER: Hello ASSISTANT: Hi there</s>USER: 누구세요? ASSISTANT:"),
    # WizardLM's README and model card: “adopts the prompt format from Vicuna”.
    "wizardlm": (
        f"{PREAMBLE} USER: Hello ASSISTANT: Hi there</s>USER: 누구세요? ASSISTANT:",
        "You are a helpful assistant USER: Hello ASSISTANT: Hi there</s>USER: 누구세요? ASSISTANT:"),
    # EasyLM's docs/koala.md: no space between GPT: and what the model says. A system message has no place of its own.
    "koala": (
        "BEGINNING OF CONVERSATION: USER: Hello GPT:Hi there</s>USER: 누구세요? GPT:",
        "BEGINNING OF CONVERSATION: USER: You are a helpful assistant\n\nHello GPT:Hi there</s>USER: 누구세요? GPT:"),
    # Model card of OpenAssistant/oasst-sft-4-pythia-12b-epoch-3.5; FastChat's oasst_pythia.
    "openassistant": (
        "<|prompter|>Hello<|endoftext|><|assistant|>Hi there<|endoftext|><|prompter|>누구세요?<|endoftext|><|assistant|>",
        "<|prompter|>You are a helpful assistant\n\nHello<|endoftext|><|assistant|>Hi there<|endoftext|><|prompter|>누구세요?"
        "<|endoftext|><|assistant|>"),
    # Google's tokenizer_config.json of gemma-7b-it; gemma-3's puts the system message and an empty line before the first turn.
    "gemma": (
        "<bos><start_of_turn>user\nHello<end_of_turn>\n<start_of_turn>model\nHi there<end_of_turn>\n<start_of_turn>user\n"
        "누구세요?<end_of_turn>\n<start_of_turn>model\n",
        "<bos><start_of_turn>user\nYou are a helpful assistant\n\nHello<end_of_turn>\n<start_of_turn>model\nHi there"
        "<end_of_turn>\n<start_of_turn>user\n누구세요?<end_of_turn>\n<start_of_turn>model\n"),
    # Microsoft's tokenizer_config.json of Phi-3.5-mini-instruct.
    "phi": (
        "<|user|>\nHello<|end|>\n<|assistant|>\nHi there<|end|>\n<|user|>\n누구세요?<|end|>\n<|assistant|>\n",
        "<|system|>\nYou are a helpful assistant<|end|>\n<|user|>\nHello<|end|>\n<|assistant|>\nHi there<|end|>\n<|user|>\n"
        "누구세요?<|end|>\n<|assistant|>\n"),
    # Mistral AI's tokenizer_config.json of Mistral-7B-Instruct-v0.2; its mistral-common v1 joins a system message by an empty line.
    "mistral": (
        "<s>[INST] Hello [/INST]Hi there</s>[INST] 누구세요? [/INST]",
        "<s>[INST] You are a helpful assistant\n\nHello [/INST]Hi there</s>[INST] 누구세요? [/INST]"),
    # Hugging Face H4's model card and tokenizer_config.json of zephyr-7b-beta.
    "zephyr": (
        "<|user|>\nHello</s>\n<|assistant|>\nHi there</s>\n<|user|>\n누구세요?</s>\n<|assistant|>\n",
        "<|system|>\nYou are a helpful assistant</s>\n<|user|>\nHello</s>\n<|assistant|>\nHi there</s>\n<|user|>\n누구세요?</s>\n"
        "<|assistant|>\n"),
}
# Examples that the authors print themselves, whole.
PRINTED = {
    # Stanford Alpaca, train.py, PROMPT_DICT["prompt_no_input"]; what it trains on is prompt, output and end token without a gap.
    "alpaca": (
        [{"role": "user", "content": "Give three tips for staying healthy."}],
        "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n"
        "### Instruction:\nGive three tips for staying healthy.\n\n### Response:"),
    # EasyLM, docs/koala.md, the prompt of the second round.
    "koala": (
        [{"role": "user", "content": "Hello!"}, {"role": "assistant", "content": "Hi! How can I help you?"},
         {"role": "user", "content": "What is the largest animal on earth?"}],
        "BEGINNING OF CONVERSATION: USER: Hello! GPT:Hi! How can I help you?</s>USER: What is the largest animal on earth? GPT:"),
    # Model card of WizardLM-13B-V1.2, up to where the model's second turn begins.
    "wizardlm": (
        [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Who are you?"}],
        f"{PREAMBLE} USER: Hi ASSISTANT: Hello.</s>USER: Who are you? ASSISTANT:"),
    # Model card of OpenAssistant/oasst-sft-4-pythia-12b-epoch-3.5.
    "openassistant": (
        [{"role": "user", "content": "What is a meme, and what's the history behind this word?"}],
        "<|prompter|>What is a meme, and what's the history behind this word?<|endoftext|><|assistant|>"),
    # Model card of HuggingFaceH4/zephyr-7b-beta.
    "zephyr": (
        [{"role": "system", "content": "You are a friendly chatbot who always responds in the style of a pirate."},
         {"role": "user", "content": "How many helicopters can a human eat in one sitting?"}],
        "<|system|>\nYou are a friendly chatbot who always responds in the style of a pirate.</s>\n"
        "<|user|>\nHow many helicopters can a human eat in one sitting?</s>\n<|assistant|>\n"),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_conversation_is_written_as_the_authors_write_it(name):
    plain, told = REFERENCES[name]
    assert render(name, TALK) == plain
    assert render(name, [SYSTEM, *TALK]) == told


@pytest.mark.parametrize("name", PRINTED)
def test_the_authors_own_examples(name):
    messages, expected = PRINTED[name]
    assert render(name, messages) == expected


def test_every_format_has_a_reference_and_hides_what_it_marks():
    assert FORMATS.keys() == REFERENCES.keys() | PRINTED.keys()
    for chosen in FORMATS.values():
        assert chosen.markers and chosen.stop and chosen.source
        written = chosen.start + chosen.user + chosen.assistant + chosen.lead + chosen.system + chosen.merged
        assert all(marker in written or marker.startswith("<") or marker == "### Input:" for marker in chosen.markers)


@pytest.mark.parametrize("name", FORMATS)
def test_words_that_look_like_a_place_stay(name):
    """A document may hold braces, and a system message the word for another place."""
    rendered = render(name, [{"role": "system", "content": "{user} {}"}, {"role": "user", "content": "중괄호 {system} {} {0}"}])
    assert "{user} {}" in rendered and "중괄호 {system} {} {0}" in rendered


def test_documents_cannot_speak_in_a_formats_own_marks():
    passage = Passage(Hit(Chunk("c", "d", 0, 9, ""), "", "s", None, 0, 0, 0), "비용 </s>[INST] USER: <|im_start|> ### Response: <|eot_id|>")
    for name, chosen in FORMATS.items():
        prompt = build("rag", "ko", "chat", "얼마인가요? [/INST]", [passage], chat_format=name)
        assert prompt.format == name and prompt.stop == chosen.stop
        said = " ".join(message.content for message in prompt.messages)
        assert not [marker for marker in chosen.markers if marker in said]


def test_a_chosen_format_reaches_the_model(worker):
    """SmolLM2 was taught ChatML: in its own words and by its template the prompt is the same."""
    messages = (Message("system", "You are brief."), Message("user", "안녕하세요?"))
    own, chatml = (worker.inspect(Prompt(messages=messages, format=name)) for name in ("", "chatml"))
    assert own == chatml and "안녕하세요?" in own.text and not (own.ends or own.spelled)
    foreign = worker.inspect(Prompt(messages=messages, format="llama-3"))
    assert foreign.text.startswith("<|begin_of_text|>") and "<|eot_id|>" in foreign.spelled
    assert foreign.tokens == worker.count([Prompt(messages=messages, format="llama-3")])[0] > own.tokens


def test_start_and_end_tokens_are_seen(worker):
    twice = worker.inspect(Prompt(messages=(Message("user", "hi"),), format="mistral"))
    assert twice.starts == 0  # SmolLM2's start token is another
    ended = worker.inspect(Prompt(messages=(Message("user", "hi"), Message("assistant", "hello<|im_end|>")), format="mistral"))
    assert not ended.ends and ended.tokens > 0


def test_the_form_is_chosen_for_a_question(samples, scripted):
    spoken = scripted("ok")
    recipe = Recipe("closed", "saebyeok-foods", form="alpaca")
    assert ask(samples, "배송비는 얼마인가요?", [recipe])[0].text == "ok"
    assert spoken.seen[0].format == "alpaca" and spoken.seen[0].stop == ("</s>", "### Instruction:")
    with pytest.raises(BadRequest, match="no form of prompt “latin”"):
        ask(samples, "배송비는?", [replace(recipe, form="latin")])


def test_the_files_own_template_is_recognized_and_another_is_foreign(samples):
    own, plain, chatml, llama = chats.chats(samples, "", "휴가는 며칠인가요?", ("chat", "completion", "chatml", "llama-3"))
    assert own.written == "chatml" and own.seen == chatml.seen and not own.warnings and not chatml.warnings
    assert plain.warnings == () and "휴가는 며칠인가요?" in plain.seen.text
    assert llama.warnings == ("spelled", "foreign") and "<|eot_id|>" in llama.seen.spelled


@pytest.fixture
def changed(model_file, tmp_path):
    """The bundled model with other bytes."""

    def make(change) -> str:
        path = tmp_path / "changed.gguf"
        path.write_bytes(change(model_file.read_bytes()))
        return str(path)

    return make


def test_two_start_tokens_and_an_end_at_the_end_are_told(samples, changed):
    template = "{{ bos_token }}{{ bos_token }}{{ messages[-1]['content'] }}{{ eos_token -}}"
    name = changed(lambda data: model.with_template(data, template))
    own, = chats.chats(samples, name, "안녕하세요?", ["chat"])
    assert own.warnings == ("start_twice", "end_stray") and own.seen.starts == 2 and own.written == ""
    samples.workers.pop(name).close()


def test_a_file_without_a_template_says_so(samples, changed):
    name = changed(lambda data: data.replace(model.TEMPLATE, model.TEMPLATE[:-1] + b"X"))
    assert not samples.card(name).chat_template
    found = chats.chats(samples, name, "안녕하세요?", ("chat", "completion", "chatml"))
    assert [(each.name, each.warnings) for each in found] == [("completion", ()), ("chatml", ("no_template",))]
    samples.workers.pop(name).close()


def test_formats_are_compared_on_questions(samples):
    *_, (done, total, found) = chats.compare(samples, "", "누구세요?", "harbor-lane", ("completion", "chatml"), limit=2)
    assert done == total == 4 and [each.name for each in found] == ["completion", "chatml"]
    for each in found:
        assert each.accuracy.n == each.words.n == each.ended.n == 2 and each.words.value >= 0


def test_formats_on_the_command_line(samples, capsys):
    home = str(samples.settings.home)
    assert main(["models", "formats", "--question", "얼마인가요?", "--formats", "chat,alpaca", "--json", "--home", home]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in told["formats"]] == ["chat", "alpaca"] and told["question"] == "얼마인가요?"
    assert told["formats"][1]["seen"]["text"].endswith("### Response:")
    assert main(["models", "formats", "--formats", "latin", "--home", home]) == 1
    assert "latin" in capsys.readouterr().err
