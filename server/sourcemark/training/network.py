"""A network of the encoder: a small BERT whose sentences are scored from their marker and their mean.

Devlin et al. 2019 (https://arxiv.org/abs/1810.04805), started from the weights of MiniLM (Wang et al. 2020,
https://arxiv.org/abs/2002.10957). Two embeddings are added to those of the words: the shape of the word, and
a marker's own. A sentence also points at the pieces that name its speaker, and takes what they say of it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import torch
from torch import Tensor, nn
import torch.nn.functional as F

from sourcemark.labels import SCORE_IDS
from sourcemark.model.windows import CASES

WIDTH, LAYERS, HEADS, INNER, LONGEST = 384, 6, 12, 1536, 512
_POINTER = 64
_MARKERS = 3
"""Ids 1 to 3 of the vocabulary stand before a sentence, a block and an introduction."""


Attention: TypeAlias = Callable[[Tensor, Tensor | None], Tensor]
"""Maps queries, keys and values, side by side on the last axis, and a mask to what each piece takes."""


def attention(qkv: Tensor, mask: Tensor | None) -> Tensor:
    """Return what each piece takes from the others; in half precision a quarter faster than torch's own.

    `qkv` of shape (n_windows, n_pieces, 3 * width); `mask` is added to the scores.
    """
    windows, pieces, width = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
    parts = qkv.view(windows, pieces, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
    queries, keys, values = (part.contiguous() for part in parts)
    scores = queries * queries.shape[-1] ** -0.5 @ keys.transpose(-1, -2)
    if mask is not None:
        scores = scores + mask.to(scores.dtype)
    attended = scores.softmax(-1).to(values.dtype) @ values
    return attended.transpose(1, 2).reshape(windows, pieces, width)


class Layer(nn.Module):
    """Self-attention over the window, then a perceptron on each piece."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attention: Attention = attention
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Map states of shape (n_windows, n_pieces, width) to as many."""
        attended = self.attention(self.qkv(states), mask)
        states = self.norm1(states + self.dropout(self.out(attended)))
        return self.norm2(states + self.dropout(self.down(F.gelu(self.up(states)))))


class Network(nn.Module):
    """Scores every sentence of a batch of windows, and points at its speaker."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        # what is learnt of a few thousand articles must not pull rare words out of their place
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(LONGEST, WIDTH)
        self.kinds = nn.Embedding(2 * CASES, WIDTH)
        self.markers = nn.Parameter(torch.zeros(_MARKERS, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.asks = nn.Linear(2 * WIDTH, _POINTER)
        self.answers = nn.Linear(WIDTH, _POINTER)
        self.dense = nn.Linear(3 * WIDTH, WIDTH)
        self.final = nn.Linear(WIDTH, len(SCORE_IDS))
        nn.init.zeros_(self.kinds.weight)

    def forward(
        self, ids: Tensor, shapes: Tensor, marks: Tensor, shares: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Return logits of shape (n_windows, n_sentences, 4), and where each sentence's speaker stands.

        The latter has the shape of `shares` and sums to 1 over a window's pieces. `ids` and `shapes` of shape
        (n_windows, n_pieces), `marks` of shape (n_windows, n_sentences), `shares` of shape
        (n_windows, n_sentences, n_pieces); `mask` is added to the attention's scores.
        """
        markers = ((ids >= 1) & (ids <= _MARKERS)).unsqueeze(-1) * self.markers[
            (ids - 1).clamp(0, _MARKERS - 1)
        ]
        places = self.positions.weight[: ids.shape[1]].float()
        states = self.words(ids) + places + self.kinds(shapes) + markers
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, mask)
        marked = torch.gather(states, 1, marks.unsqueeze(-1).expand(-1, -1, WIDTH))
        joined = torch.cat([marked, shares @ states], -1)
        pointed = self.asks(joined) @ self.answers(states).transpose(1, 2) / _POINTER**0.5
        if mask is not None:
            pointed = pointed + mask.squeeze(1)
        pointed = pointed.softmax(-1)
        joined = self.dropout(torch.cat([joined, pointed @ states], -1))
        logits: Tensor = self.final(self.dropout(F.gelu(self.dense(joined))))
        return logits, pointed

    @torch.no_grad()
    def start_from(self, path: Path) -> None:
        """Copy pretrained weights of MiniLM-L6-H384-uncased, as safetensors with the names of BERT."""
        from safetensors.torch import load_file

        weights: Mapping[str, Tensor] = load_file(path)
        self.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        self.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        # all of a window is the one text that BERT calls the first
        self.positions.weight.add_(weights["embeddings.token_type_embeddings.weight"][0])
        _copy(self.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            prefix = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{prefix}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
            _copy(layer.out, weights, f"{prefix}attention.output.dense")
            _copy(layer.norm1, weights, f"{prefix}attention.output.LayerNorm")
            _copy(layer.up, weights, f"{prefix}intermediate.dense")
            _copy(layer.down, weights, f"{prefix}output.dense")
            _copy(layer.norm2, weights, f"{prefix}output.LayerNorm")


def _copy(module: nn.Module, weights: Mapping[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
