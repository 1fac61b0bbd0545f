"""The speakers of an article in the order in which they were last met: whom a pronoun can mean."""

from itertools import islice

from sourcemark.attribution.article_names import ArticleNames
from sourcemark.attribution.roles import BODY, PERSON
from sourcemark.attribution.speaker_entry import SpeakerEntry

_MEMORY = 6
"""How many blocks back a pronoun may reach for its speaker."""
_MOST_REMEMBERED = 40
"""How many speakers back."""


class LastMet:
    """Remembers who was met when, and finds whom "he", "she", "it" or "they" stands for."""

    def __init__(self, names: ArticleNames) -> None:
        self._names = names
        self._met = 0
        # in the order in which they were last met; by identity, since entries change
        self._recent: dict[int, SpeakerEntry] = {}

    def meet(self, entry: SpeakerEntry, block: int) -> None:
        """Note that a speaker is met in `block`, as the last one so far."""
        entry.last_block = block
        self._met += 1
        entry.met = self._met
        self._recent.pop(id(entry), None)
        self._recent[id(entry)] = entry

    def remembered(self, block: int) -> list[SpeakerEntry]:
        """Return the speakers that can still be meant in `block`, the last one first."""
        recent = islice(reversed(self._recent.values()), _MOST_REMEMBERED)
        return [entry for entry in recent if block - entry.last_block <= _MEMORY]

    def antecedent(self, pronoun: str, block: int) -> SpeakerEntry | None:
        """Return whom a lower-case pronoun in `block` stands for, or None where nobody fits."""
        unsure = None
        for entry in self.remembered(block):
            if pronoun in ("he", "she"):
                if entry.kind == PERSON and entry.gender in (None, pronoun):
                    if entry.sure or entry.turns:
                        entry.gender = pronoun
                        return entry
                    if len(entry.name) != 1 or len(self._names.places(entry.name[0].lower())) > 1:
                        unsure = unsure or entry
            elif pronoun == "it":
                if entry.kind == BODY or not (entry.sure or entry.gender):
                    return entry
            elif pronoun == "they" and entry.kind != PERSON:
                return entry
        return unsure
