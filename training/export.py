"""Writes trained weights as the int8 ONNX file that the product reads.

``python -m training.export WEIGHTS.pt``, or the mean of several: ``9.pt:0.6 8.onnx:0.4``.
Quantised by onnxruntime, one scale for each output channel; what that costs in quality is measured by ``tests.gold.score``.
"""

import re
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from extraction.trained.facts import COUNT
from extraction.trained.network import FOLDER, Pair, Passage
from extraction.trained.windows import FIRST_WORD
from training.network import WIDTH, Reader, tensors

PRODUCT = re.compile(r"/(.+)/(?:Gemm_)?MatMul_quant$")  # a layer's multiplication
AXES = {
    "ids": {1: "length"},
    "place": {1: "length"},
    "kind": {1: "length"},
    "seen": {1: "pairs", 2: "words"},
    "marked": {1: "marks"},
    "pairs": {0: "pairs"},
    "facts": {0: "pairs"},
    "logits": {0: "pairs"},
}


def weights_in(path: Path) -> dict[str, Tensor]:
    """Return the weights in a file: torch's, or an exported .onnx."""
    if path.suffix == ".onnx":
        return read_back(path)
    weights: dict[str, Tensor] = torch.load(path)
    return weights


def mean(shares: dict[Path, float]) -> dict[str, Tensor]:
    """Return the mean of the weights in files, by their shares of 1."""
    every = [(weights_in(path), share) for path, share in shares.items()]
    return {
        name: torch.stack([weights[name] * share for weights, share in every]).sum(0)
        for name in every[0][0]
    }


def export(weights: dict[str, Tensor], to: Path) -> None:
    """Write the network with ``weights`` to ``to``."""
    reader = Reader()
    reader.load_state_dict(weights)
    reader.eval()
    reader.join_tables()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "reader.onnx"
        torch.onnx.export(
            reader,
            tuple(tensors([_passage()])),
            str(whole),
            input_names=list(AXES)[:-1],
            output_names=["logits"],
            dynamic_axes=AXES,
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        quantize_dynamic(
            str(whole),
            str(to),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )


def read_back(path: Path) -> dict[str, Tensor]:
    """Return the weights in an exported file, as nearly as eight bits keep them.

    What the network is called there is what ``export`` of this version writes.
    """
    graph = onnx.load(path).graph
    kept = {
        one.name: torch.tensor(numpy_helper.to_array(one)) for one in graph.initializer
    }

    def whole(name: str) -> Tensor:
        rounded = kept[f"{name}_quantized"].float() - kept[f"{name}_zero_point"].float()
        return rounded * kept[f"{name}_scale"]

    found = {name: kept[name] for name in Reader().state_dict() if name in kept}
    for name in ("words", "places", "kinds"):
        found[f"{name}.weight"] = whole(f"{name}.weight")
    found["marks.weight"] = found["words.weight"][:FIRST_WORD].clone()
    for node in graph.node:
        if layer := PRODUCT.match(node.name):
            name = f"{layer[1].replace('/', '.')}.weight"
            found[name] = whole(node.input[1].removesuffix("_quantized")).T.contiguous()
    return found


def _passage() -> Passage:
    marks = [Pair(40, 12 + n, 1, [0.0] * COUNT) for n in range(3)]
    return Passage(list(range(1000, 1020)), [1] * 10 + [0] * 10, 10, marks)


if __name__ == "__main__":
    told = (one.partition(":") for one in sys.argv[1:])
    shares = {Path(name): float(share or 1) for name, _, share in told}
    export(mean(shares), FOLDER / "reader.onnx")
    size = (FOLDER / "reader.onnx").stat().st_size / 1e6
    sys.stdout.write(f"reader.onnx: {size:.1f} MB, width {WIDTH}\n")
