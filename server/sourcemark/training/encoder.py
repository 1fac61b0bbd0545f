"""Train the encoder: whole articles in, a label for every sentence out. Needs the extra `train`."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
import torch.nn.functional as F

from sourcemark.labels import ANONYMOUS, EYEWITNESS
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.model.windows import MASK, Pieces
from sourcemark.training.examples import (
    CLASSES,
    Pools,
    Targets,
    batches,
    mixed,
    pools_of,
    read_examples,
    tensors_of,
)
from sourcemark.training.export import to_onnx
from sourcemark.training.network import Network
from sourcemark.training.passes import FOLDS, Encoders
from sourcemark.training.samples import Progress


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the training with a learning rate that rises, and falls to nothing at its end."""

    name: str
    steps: int
    rate: float
    rate_of_head: float


PHASES = (
    Phase("first", 1_800, 2e-4, 1e-3),
    Phase("second", 2_700, 1.5e-4, 5e-4),
    Phase("whole", 1_400, 1e-4, 3e-4),
)
"""The last one learns from all articles, the others from those that are not held out."""

SEEDS = (0, 1)
"""Of the networks that score together: what one has by chance, the other mostly has not."""

_SAVED_EVERY = 100
_WEIGHTS = {ANONYMOUS: 1.7, EYEWITNESS: 1.4}
_SMOOTHING = 0.03
_SHARE_OF_SPEAKERS = 0.3
"""What pointing at the speaker counts beside the label."""
_SHARE_HELD_OUT = 0.35
"""Share of windows of the last phase that come from articles which the others have not seen."""
_SHARE_MASKED = 0.05
"""Share of pieces that are hidden, so that no single word decides."""
_HALF = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
"""Whether the processor has instructions for half precision: then a step takes two thirds of the time."""
_HEAD = ("asks", "answers", "dense", "final", "markers", "kinds")


def train_encoder(
    articles: Sequence[AnnotatedArticle],
    pretrained: Path,
    work: Path,
    progress: Progress,
    phases: Sequence[Phase] = PHASES,
    seeds: Sequence[int] = SEEDS,
) -> Encoders:
    """Train the encoder, first on the articles of all folds but fold 0 (see `fold_of`), then on all.

    It is a network for each seed, and they score together. `pretrained` is a folder with `model.safetensors`
    and `tokenizer.json` of MiniLM-L6-H384-uncased. Goes on from the checkpoints in `work`; after the last
    step they stay, and give the same files again. On one thread, and on processors that all have half
    precision or all lack it, the same seeds give the same files; several threads add up in another order.
    """
    vocabulary = read_vocabulary(pretrained / "tokenizer.json")

    @cache
    def pools(held_out: bool) -> Pools:
        """Return windows of the articles held out, or of the others; a training that is done needs none."""
        some = [article for number, article in enumerate(articles) if (number % FOLDS == 0) == held_out]
        return pools_of(read_examples(some, Pieces(vocabulary), progress))

    def seen() -> Pools:
        return pools(False)

    def everything() -> Pools:
        return mixed(pools(True), _SHARE_HELD_OUT, pools(False))

    *before, last = phases
    without, whole = [], []
    for seed in seeds:
        torch.manual_seed(seed)
        network = Network(len(vocabulary))
        network.start_from(pretrained / "model.safetensors")
        checkpoints = work / f"seed-{seed}"
        checkpoints.mkdir(parents=True, exist_ok=True)
        training = _Training(network, checkpoints, progress, seed, vocabulary.index(MASK))
        for number, phase in enumerate(before):
            training.run(phase, seen, number)
        without.append(deepcopy(network))
        training.run(last, everything, len(before))
        _take_mean(network, without[-1])
        whole.append(network)
    return Encoders(to_onnx(without, vocabulary), to_onnx(whole, vocabulary))


@dataclass(frozen=True, slots=True)
class _Training:
    network: Network
    work: Path
    progress: Progress
    seed: int
    mask: int
    """Number of the piece that stands for a hidden one."""

    def run(self, phase: Phase, pools: Callable[[], Pools], number: int) -> None:
        """Take the network through a phase, on from its checkpoint where there is one."""
        network = self.network
        state = self._saved(phase)
        done = state.get("step", 0)
        if done:
            network.load_state_dict(state["network"])
        if done == phase.steps:
            return
        torch.manual_seed(self.seed + number)
        optimizer = _optimizer(network, phase)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, phase.steps))
        if done:
            optimizer.load_state_dict(state["optimizer"])
            schedule.load_state_dict(state["schedule"])
            torch.set_rng_state(state["random"])
        network.train()
        for step, batch in enumerate(batches(pools(), phase.steps, self.seed + number)):
            if step < done:
                continue
            inputs, targets = tensors_of(batch)
            inputs["ids"] = self._masked(inputs["ids"])
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
                logits, pointed = network(**inputs)
            _loss(logits.float(), pointed.float(), targets).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            self.progress(
                f"Training the encoder, seed {self.seed}, phase {phase.name}", step + 1, phase.steps
            )
            if (step + 1) % _SAVED_EVERY == 0 or step + 1 == phase.steps:
                state = {
                    "network": network.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "random": torch.get_rng_state(),
                    "step": step + 1,
                }
                # a training that is stopped while it writes keeps the checkpoint before
                unfinished = self._checkpoint(phase).with_suffix(".unfinished")
                torch.save(state, unfinished)
                unfinished.replace(self._checkpoint(phase))

    def _masked(self, ids: Tensor) -> Tensor:
        """Hide some of the words' pieces; those before the mask in the vocabulary are no words."""
        hidden = (torch.rand(ids.shape) < _SHARE_MASKED) & (ids > self.mask)
        return ids.masked_fill(hidden, self.mask)

    def _checkpoint(self, phase: Phase) -> Path:
        return self.work / f"{phase.name}.pt"

    def _saved(self, phase: Phase) -> dict[str, Any]:
        path = self._checkpoint(phase)
        saved: dict[str, Any] = torch.load(path, weights_only=True) if path.is_file() else {}
        return saved


@torch.no_grad()
def _take_mean(network: Network, before: Network) -> None:
    """Set the weights to the mean of what they are and what they were before: it is right more often.

    Wortsman et al. 2022 (https://arxiv.org/abs/2109.01903).
    """
    for weights, earlier in zip(network.parameters(), before.parameters(), strict=True):
        weights.lerp_(earlier, 0.5)


def read_vocabulary(path: Path) -> list[str]:
    """Return the pieces of a tokenizer file in the order of their numbers."""
    numbers: dict[str, int] = json.loads(path.read_bytes())["model"]["vocab"]
    return sorted(numbers, key=numbers.__getitem__)


def _loss(logits: Tensor, pointed: Tensor, targets: Targets) -> Tensor:
    """Return the weighted cross-entropy of the labels and that of the places where speakers stand."""
    by_class = torch.tensor([_WEIGHTS.get(label, 1.0) for label in CLASSES])
    known = targets.labels >= 0
    labels, weights = targets.labels[known], targets.weights[known]
    losses = F.cross_entropy(
        logits[known], labels, weight=by_class, label_smoothing=_SMOOTHING, reduction="none"
    )
    loss = (losses * weights).sum() / (by_class[labels] * weights).sum()
    named = targets.speakers.any(-1)
    if not named.any():
        return loss
    found = (pointed * targets.speakers).sum(-1)[named]
    return loss - _SHARE_OF_SPEAKERS * found.clamp_min(1e-6).log().mean()


def _optimizer(network: Network, phase: Phase) -> torch.optim.Optimizer:
    head: list[nn.Parameter] = []
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            group = head if name.startswith(_HEAD) else matrices if parameter.dim() > 1 else others
            group.append(parameter)
    groups = [
        {"params": matrices, "lr": phase.rate, "weight_decay": 0.01},
        {"params": others, "lr": phase.rate, "weight_decay": 0.0},
        {"params": head, "lr": phase.rate_of_head, "weight_decay": 0.01},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def _rate(step: int, steps: int) -> float:
    """Return the share of the full learning rate: up in the first eighteenth, then straight down."""
    warm_up = max(1, steps // 18)
    return min((step + 1) / warm_up, (steps - step) / max(1, steps - warm_up))
