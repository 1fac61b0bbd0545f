"""Look up the people of an article by the roles it introduces them with."""

from collections.abc import Sequence

from sourcemark.attribution.people import NamedPerson
from sourcemark.attribution.roles import roles_beside
from sourcemark.attribution.sentences import ParsedBlock
from sourcemark.attribution.speaker_entry import SpeakerEntry

_MOST_OF_A_ROLE = 5

Introduction = tuple[int, NamedPerson]
"""A block and the person it names."""


class RoleIndex:
    """Knows who was introduced as the mayor so far, and who will be further down."""

    def __init__(self, blocks: Sequence[ParsedBlock]) -> None:
        self._blocks = blocks
        self._bearers: dict[str, list[SpeakerEntry]] = {}
        self._ahead: dict[str, Introduction | None] | None = None

    def note(self, role: str, entry: SpeakerEntry) -> None:
        """Remember that a speaker was introduced by the lower-case `role`."""
        known = self._bearers.setdefault(role, [])
        if entry not in known:
            known.append(entry)
            del known[:-_MOST_OF_A_ROLE]

    def bearers(self, words: str, head: str) -> Sequence[SpeakerEntry]:
        """Return who was introduced by these words, or else by the last of them."""
        return self._bearers.get(words, self._bearers.get(head, ()))

    def ahead(self, words: str, head: str) -> Introduction | None:
        """Return the one person whom the whole article introduces so, or None where there are several."""
        if self._ahead is None:
            self._ahead = self._find_roles()
        return self._ahead.get(words, self._ahead.get(head))

    def _find_roles(self) -> dict[str, tuple[int, NamedPerson] | None]:
        """Return the first person introduced by each role, None for a role that several people have."""
        found: dict[str, tuple[int, NamedPerson] | None] = {}
        for number, block in enumerate(self._blocks):
            for person in block.people:
                name = block.tokens[person.end - 1].lower
                for role, _ in roles_beside(block, person.start, person.end, person.end):
                    other = found.setdefault(role, (number, person))
                    if other is not None and self._blocks[other[0]].tokens[other[1].end - 1].lower != name:
                        found[role] = None
        return found
