"""Small T5 models that the tests make themselves, as Transformers has them and as a GGUF.

`flan` has the form of Flan-T5 (T5 1.1: gated GELU, a table of its own for what it writes) and is trained for some seconds on
questions of the sample corpora, each behind a passage that does not matter: so it is as sure of its words as a real model
is. `random` has the form of the first T5 (ReLU, one table for all) and is not trained at all. Both are kept in the
temporary folder of the system for the next run.
"""

import hashlib
import json
import os
import random
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property, wraps
from importlib.metadata import version
from pathlib import Path

from scripts import convert_t5
from workbench.corpora import SAMPLES, samples

PIECES, TABLE = 1900, 1920  # of the tokenizer, and of the model, which as in Flan-T5 has a few rows more
TRAINED = 32  # questions that the trained one knows
STEPS, BATCH = 200, 16
CLIP = 48  # tokens of a source in training


def on_one_thread(work):
    """A function that lets torch have one thread: two of them wait for each other longer than they work on so little."""

    @wraps(work)
    def run(*arguments):
        import torch

        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            return work(*arguments)
        finally:
            torch.set_num_threads(threads)

    return run


@dataclass(frozen=True)
class Small:
    """A model in both forms."""

    folder: Path

    @property
    def gguf(self) -> Path:
        return self.folder / "model.gguf"

    @cached_property
    def pieces(self):
        import sentencepiece

        return sentencepiece.SentencePieceProcessor(model_file=str(self.folder / "spiece.model"))

    @cached_property
    def reference(self):
        """The model as Transformers runs it."""
        from transformers import T5ForConditionalGeneration

        return T5ForConditionalGeneration.from_pretrained(self.folder).eval()

    def ids(self, text: str) -> list[int]:
        return [*self.pieces.encode(text), self.pieces.eos_id()]

    @on_one_thread
    def greedy(self, text: str, limit: int) -> tuple[list[str], list[float]]:
        """The pieces that Transformers writes with their log-probabilities, the one that ends the reply left out."""
        import torch

        with torch.inference_mode():
            made = self.reference.generate(
                torch.tensor([self.ids(text)]), max_new_tokens=limit, do_sample=False, num_beams=1, output_logits=True,
                return_dict_in_generate=True)
        tokens = made.sequences[0, 1:].tolist()
        logprobs = [float(row[0].log_softmax(-1)[token]) for row, token in zip(made.logits, tokens, strict=True)]
        if tokens[-1] == self.pieces.eos_id():
            tokens, logprobs = tokens[:-1], logprobs[:-1]
        return [self.pieces.id_to_piece(token).replace("▁", " ") for token in tokens], logprobs


def questions() -> list[tuple[str, str]]:
    """Questions of both sample corpora with their short answers, in turns."""
    found = []
    for name in samples():
        rows = [json.loads(line) for line in (SAMPLES / name / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
        found.append([(row["question"], row["answers"][0]) for row in rows if row["answers"] and len(row["answers"][0]) < 40])
    return [pair for both in zip(*found, strict=False) for pair in both]


def text() -> list[str]:
    """Lines of the sample corpora in both languages."""
    files = sorted(path for path in SAMPLES.glob("*/documents/*") if path.suffix in (".md", ".txt"))
    lines = [line.strip() for path in files for line in path.read_text(encoding="utf-8", errors="ignore").splitlines()]
    return [line for line in lines if len(line) > 20] + [each for pair in questions() for each in pair]


def asked(question: str, passage: str) -> str:
    return f"{passage}\n\n{question}"


def small(name: str) -> Small:
    """A model, made unless an earlier run of the same code made it."""
    recipe = Path(__file__).read_bytes() + Path(convert_t5.__file__).read_bytes()
    recipe += "".join(map(version, ("torch", "transformers", "sentencepiece", "gguf"))).encode() + "\n".join(text()).encode()
    folder = Path(tempfile.gettempdir()) / f"workbench-t5-{os.getuid()}-{hashlib.sha256(recipe).hexdigest()[:16]}" / name
    if not (folder / "model.gguf").exists():
        fresh = Path(tempfile.mkdtemp()) / name
        fresh.mkdir()
        make(name, fresh)
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(fresh, folder)
    return Small(folder)


def make(name: str, folder: Path, lines: list[str] | None = None) -> None:
    """Tokenizer, model and GGUF; the tokenizer knows the words of `lines`."""
    import sentencepiece
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines or text()), model_prefix=str(folder / "spiece"), vocab_size=PIECES if lines is None else 500, character_coverage=1.0,
        pad_id=0, eos_id=1, unk_id=2, bos_id=-1, num_threads=1, minloglevel=2)
    torch.manual_seed(7)
    flan = name == "flan"
    config = T5Config(
        vocab_size=TABLE, d_model=96, d_kv=16, d_ff=192, num_layers=2, num_decoder_layers=2, num_heads=6, dropout_rate=0.0,
        feed_forward_proj="gated-gelu" if flan else "relu", tie_word_embeddings=not flan, decoder_start_token_id=0,
        n_positions=512 if flan else 1024)
    model = T5ForConditionalGeneration(config)
    if flan:  # Transformers ties the tables of a new model, whatever the config says
        model.lm_head.weight = torch.nn.Parameter(torch.randn(TABLE, config.d_model) * config.d_model**-0.5)
        train(Small(folder), model)
    else:  # a token's own direction made small beside what the blocks add: else it would only say the one before again
        model.shared.weight.data *= 0.05
    model.save_pretrained(folder)
    convert_t5.convert(folder, folder / "model.gguf")


@on_one_thread
def train(own: Small, model) -> None:
    """Teach the model the answers to some questions, each time behind another passage."""
    import torch

    draw, passages = random.Random(7), text()
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=STEPS)
    for _ in range(STEPS):
        pairs = draw.sample(questions()[:TRAINED], BATCH)
        sources = [own.ids(asked(question, draw.choice(passages)))[-CLIP:] for question, _ in pairs]
        targets = [own.ids(answer) for _, answer in pairs]
        width, length = max(map(len, sources)), max(map(len, targets))
        loss = model(
            input_ids=torch.tensor([[*each, *[0] * (width - len(each))] for each in sources]),
            attention_mask=torch.tensor([[1] * len(each) + [0] * (width - len(each)) for each in sources]),
            labels=torch.tensor([[*each, *[-100] * (length - len(each))] for each in targets])).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
