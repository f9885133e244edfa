"""What stands in for the embedder where its speed would be all that a test measures."""

from hashlib import sha256

import numpy as np


class StandInEmbedder:
    """Counts words as tokens, and gives every text a direction of its own, the same each time."""

    limit = 254
    name = "stand-in"

    def count(self, text: str) -> int:
        """Words of the text."""
        return len(text.split())

    def reads(self, lang: str) -> bool:
        """Both languages."""
        return True

    def embed(self, texts) -> np.ndarray:
        """Unit vectors, float32 of shape (texts, 384)."""
        rows = [np.random.default_rng(int.from_bytes(sha256(text.encode()).digest()[:8], "big")).normal(size=384) for text in texts]
        vectors = np.array(rows, np.float32).reshape(len(rows), 384)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
