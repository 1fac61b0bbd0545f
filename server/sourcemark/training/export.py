"""Write the trained network as an ONNX file with 8-bit weights."""

from collections.abc import Sequence
from pathlib import Path
import tempfile
import warnings

import torch
from torch import Tensor, nn

from sourcemark.model.encoder import VOCABULARY
from sourcemark.training.network import Network

_OPSET = 17


class _OneWindow(nn.Module):
    """The network for a single window, which needs no padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, marks: Tensor, shares: Tensor) -> Tensor:
        logits: Tensor = self.network(ids[None], shapes[None], marks[None], shares[None], None)[0]
        return logits[0]


def to_onnx(network: Network, vocabulary: Sequence[str]) -> bytes:
    """Return the file: weights of matrices and of words in 8 bits, the vocabulary in its metadata.

    Dynamic quantization, https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    sentences, pieces = 2, 9
    example = (
        torch.arange(5, 5 + pieces),
        torch.zeros(pieces, dtype=torch.long),
        torch.tensor([0, 4]),
        torch.full((sentences, pieces), 1 / pieces),
    )
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # the exporter warns of shapes that it takes as fixed, which are the network's widths
        warnings.simplefilter("ignore")
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            _OneWindow(network),
            example,
            str(full),
            input_names=["ids", "shapes", "marks", "shares"],
            output_names=["logits"],
            dynamic_axes={
                "ids": {0: "pieces"},
                "shapes": {0: "pieces"},
                "marks": {0: "sentences"},
                "shares": {0: "sentences", 1: "pieces"},
                "logits": {0: "sentences"},
            },
            opset_version=_OPSET,
            dynamo=False,
        )
        # 7 bits of the 8: sums of products overflow on processors without instructions of their own for them
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        model = onnx.load(small)
    metadata = model.metadata_props.add()
    metadata.key, metadata.value = VOCABULARY, "\n".join(vocabulary)
    content: bytes = model.SerializeToString(deterministic=True)
    return content
