"""Write trained networks as one ONNX file: words in 4 bits, all other matrices in 8."""

from collections.abc import Sequence
from pathlib import Path
import tempfile
from typing import Any
import warnings

import torch
from torch import Tensor, nn

from sourcemark.model.encoder import VOCABULARY
from sourcemark.model.windows import BLOCK, INTRODUCTION, SENTENCE
from sourcemark.training.network import HEADS, Network

_OPSET = 17
_GROUP = 64
"""Values of a word that share a scale."""
_LATIN = 0x250
_PUNCTUATION = range(0x2010, 0x20D0)
"""Code points of dashes, quotation marks and signs of currency."""


class _FourBits(nn.Module):
    """A table of words with two values in a byte."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        groups = table.unflatten(1, (-1, _GROUP))
        scales = groups.abs().amax(-1, keepdim=True) / 7
        values = ((groups / scales).round() + 8).to(torch.uint8).flatten(1)
        self.register_buffer("packed", values[:, ::2] * 16 + values[:, 1::2])
        self.register_buffer("scales", scales.squeeze(-1).half())

    def forward(self, ids: Tensor) -> Tensor:
        """Return the values of words, shape (n_windows, n_pieces, width)."""
        packed = self.packed[ids].int()
        values = torch.stack([packed // 16, packed % 16], -1).flatten(-2) - 8
        return (values.unflatten(-1, (-1, _GROUP)) * self.scales[ids].float().unsqueeze(-1)).flatten(-2)


class _Attention(torch.autograd.Function):
    """Attention as one operator of onnxruntime, which never holds all scores of a window at once.

    https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MultiHeadAttention
    """

    @staticmethod
    def forward(_: Any, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """Return something of the right shape, which is all that the exporter asks for."""
        return values.clone()

    @staticmethod
    def symbolic(graph: Any, queries: Any, keys: Any, values: Any) -> Any:
        """Return the operator in a graph that is being written."""
        attended = graph.op("com.microsoft::MultiHeadAttention", queries, keys, values, num_heads_i=HEADS)
        attended.setType(values.type())
        return attended


def _attention(qkv: Tensor, _: Tensor | None) -> Tensor:
    attended: Tensor = _Attention.apply(*qkv.chunk(3, -1))
    return attended


class _Together(nn.Module):
    """Networks for a single window, which needs no padding; their scores stand side by side."""

    def __init__(self, networks: Sequence[Network], kept: Sequence[int]) -> None:
        super().__init__()
        # the words are never trained, so all networks have the same
        words = _FourBits(networks[0].words.weight[kept])
        for network in networks:
            network.words = words
            network.positions.half()
            for layer in network.layers:
                layer.attention = _attention
        self.networks = nn.ModuleList(networks)

    def forward(self, ids: Tensor, shapes: Tensor, marks: Tensor, shares: Tensor) -> Tensor:
        inputs = ids[None], shapes[None], marks[None], shares[None], None
        return torch.cat([network(*inputs)[0][0] for network in self.networks], -1)


def to_onnx(networks: Sequence[Network], vocabulary: Sequence[str]) -> bytes:
    """Return the file, with the vocabulary in its metadata; the networks are not to be trained further.

    Dynamic quantization, https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html.
    Pieces that no English text has are left out.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    kept = [number for number, piece in enumerate(vocabulary) if _is_of_use(piece)]
    together = _Together(networks, kept).eval()
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
            together,
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
        quantize_dynamic(
            full,
            small,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
        model = onnx.load(small)
    metadata = model.metadata_props.add()
    metadata.key, metadata.value = VOCABULARY, "\n".join(vocabulary[number] for number in kept)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _is_of_use(piece: str) -> bool:
    """Return whether a piece can stand in English text, or is one of the markers."""
    if piece.startswith("[unused"):
        return piece in (SENTENCE, BLOCK, INTRODUCTION)
    return all(ord(c) < _LATIN or ord(c) in _PUNCTUATION for c in piece)
