"""What corrections come to: how many of which kind, by how many, where they agree and where not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sourcemark.corrections.groups import Disputed, by_sentence, given
from sourcemark.corrections.tables import Correction


@dataclass
class Summary:
    """Counts of corrections; each contributor counts once for each sentence."""

    sentences: int = 0
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a label or state was given and another label, or `none`, proposed."""
    contributors: Counter[tuple[int, str | None]] = field(default_factory=Counter)
    """How many each contributor gave, by number and the token's id."""
    agreed: list[Disputed] = field(default_factory=list)
    """Sentences for which several contributors propose the same, and nobody anything else."""
    contested: list[Disputed] = field(default_factory=list)
    """Sentences for which different labels are proposed."""

    @property
    def corrections(self) -> int:
        """How many there are in all."""
        return self.pairs.total()


def summary_of(corrections: Iterable[Correction]) -> Summary:
    """Count corrections, which come as `Store.corrections` yields them."""
    summary = Summary()
    for disputed in by_sentence(corrections):
        summary.sentences += 1
        for proposal in disputed.proposals:
            for each in proposal.corrections:
                summary.pairs[given(each), proposal.label] += 1
                summary.contributors[each.contributor.number, each.contributor.token] += 1
        if disputed.is_contested:
            summary.contested.append(disputed)
        elif len(disputed.proposals[0].corrections) > 1:
            summary.agreed.append(disputed)
    return summary
