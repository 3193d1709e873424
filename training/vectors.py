"""Writes the words' vectors that the product compares words by: ``python -m training.vectors``.

Those of all-MiniLM-L6-v2, which training leaves as they are, in their main directions (PCA).
"""

import sys

import numpy as np
from safetensors.numpy import load_file

from extraction.trained.likeness import FIRST
from extraction.trained.network import FOLDER
from training.network import BASE

DIMENSIONS = 64


def main() -> int:
    """Write ``vectors.npy``: int8, (words, DIMENSIONS)."""
    whole = load_file(BASE)["embeddings.word_embeddings.weight"][FIRST:]
    whole = whole / np.linalg.norm(whole, axis=1, keepdims=True)
    whole -= whole.mean(axis=0)
    directions = np.linalg.svd(whole.T @ whole)[0][:, :DIMENSIONS]
    vectors = whole @ directions
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    np.save(FOLDER / "vectors.npy", np.round(vectors * 127 / largest).astype(np.int8))
    sys.stdout.write(f"vectors.npy: {len(vectors)} words\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
