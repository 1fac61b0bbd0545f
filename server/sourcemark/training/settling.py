"""Settle what many corrections say of one sentence: each sentence speaks once, or not at all."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sourcemark.model.corpus import CorpusError
from sourcemark.training.correction_files import Contributor, Correction

ALLOWANCE: Final = 50
"""Sentences that one contributor's may always weigh together, however few the others have corrected."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A sentence of which everybody who corrected it says the same."""

    correction: Correction
    weight: float
    """What it counts beside an annotated sentence, which counts 1."""


@dataclass(frozen=True, slots=True)
class Contested:
    """A sentence that is corrected in different ways; it is shown to a person, and not learnt from."""

    ids: tuple[str, ...]
    proposed: tuple[str, ...]
    """The label each of these proposes."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What corrections come to."""

    corrections: int
    """Different proposals for different sentences."""
    repeated: int
    """Proposals that stood in the files once more."""
    pairs: Mapping[tuple[str, str], int]
    """How many go from what was shown to what is proposed."""
    agreed: tuple[Agreed, ...]
    contested: tuple[Contested, ...]
    contributors: Mapping[Contributor, tuple[int, float]]
    """How many of the agreed sentences each contributor corrected, and what one of them weighs."""


def settle(corrections: Sequence[Correction]) -> Settled:
    """Return what corrections say, sentence by sentence, in the order in which the sentences first come.

    A sentence counts once, however often and by how many it was corrected; where the proposals differ it is
    left out, since half of one label and half of another is what nobody said. Nor does one contributor
    outvote the others with many sentences: those of one weigh together no more than those of all others do,
    or than `ALLOWANCE` sentences where the others have fewer. Raises CorpusError where all are contested.
    """
    by_sentence = _by_sentence(corrections)
    agreed = [own[0] for own in by_sentence if not _is_contested(own)]
    if not agreed:
        raise CorpusError(
            "Every sentence that is corrected here is contested: different labels are proposed for it, so "
            "nothing can be learnt. `sourcemark corrections list` shows them; delete the ones that are wrong."
        )
    weights = _weights(agreed)
    different = [each for own in by_sentence for each in own]
    return Settled(
        corrections=len(different),
        repeated=len(corrections) - len(different),
        pairs=Counter((given, each.proposed) for each in different for given in each.given),
        agreed=tuple(Agreed(each, max(weights[who][1] for who in each.contributors)) for each in agreed),
        contested=tuple(
            Contested(tuple(each.annotated.id for each in own), tuple(each.proposed for each in own))
            for own in by_sentence
            if _is_contested(own)
        ),
        contributors=weights,
    )


def _is_contested(own: Sequence[Correction]) -> bool:
    return len(own) > 1 or any(each.contested for each in own)


def _by_sentence(corrections: Sequence[Correction]) -> list[list[Correction]]:
    """Return the different proposals for each sentence; those that say the same become one."""
    found: dict[str, dict[str, Correction]] = defaultdict(dict)
    for correction in corrections:
        proposals = found[correction.sentence]
        first = proposals.setdefault(correction.proposed, correction)
        proposals[correction.proposed] = replace(
            first,
            given=tuple(sorted({*first.given, *correction.given})),
            contributors=first.contributors | correction.contributors,
            contested=first.contested or correction.contested,
        )
    return [list(proposals.values()) for proposals in found.values()]


def _weights(agreed: Sequence[Correction]) -> dict[Contributor, tuple[int, float]]:
    counts = Counter(contributor for each in agreed for contributor in each.contributors)
    # somebody who is alone outvotes nobody
    if len(counts) == 1:
        return {contributor: (count, 1.0) for contributor, count in counts.items()}
    weights = {}
    for contributor, count in sorted(counts.items()):
        others = sum(bool(each.contributors - {contributor}) for each in agreed)
        weights[contributor] = (count, min(1.0, max(ALLOWANCE, others) / count))
    return weights
