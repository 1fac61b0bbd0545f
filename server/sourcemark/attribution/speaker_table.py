"""The table of an article's speakers: who they are, and everything it says about each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from sourcemark.article import Span
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.people import NamedPerson, gender_of
from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.sentences import ParsedBlock

PERSON, GROUP, BODY = "person", "group", "body"

_MEMORY = 6
"""How many blocks back a pronoun may reach for its speaker."""
_MOST_REMEMBERED = 40
"""How many speakers back."""
_WINDOW_BEFORE, _WINDOW_AFTER = 7, 14
_MOST_WINDOWS = 6
_SENTENCE_MARKS = frozenset([".", ";", "“", "”", '"', "''", "``"])


@dataclass(slots=True)
class SpeakerEntry:
    """One speaker of the article, with every mention that introduced or repeated them."""

    name: tuple[str, ...]
    """The fullest name the article gives; empty for a speaker it only describes."""
    span: Span
    """The mention that tells most about them."""
    label: str
    """The text of that mention."""
    kind: str
    """`person`, `group` or `body`."""
    heads: set[str] = field(default_factory=set)
    gender: str | None = None
    description: list[tuple[int, int, int]] = field(default_factory=list)
    """Stretches that describe the speaker: block and half-open token indices."""
    last_block: int = 0
    turns: int = 0


class SpeakerTable:
    """The speakers of one article, in the order in which they were last met."""

    def __init__(self, blocks: Sequence[ParsedBlock]) -> None:
        self._blocks = blocks
        self._named: dict[str, SpeakerEntry] = {}
        self._by_initials: dict[str, SpeakerEntry] = {}
        self._by_head: dict[str, SpeakerEntry] = {}
        # in the order in which they were last met; by identity, since entries change
        self._recent: dict[int, SpeakerEntry] = {}

    def resolve(self, mention: Mention, block: int) -> SpeakerEntry | None:
        """Return the speaker that a source mention stands for, entering a new one into the table."""
        if mention.form == "pronoun":
            entry = self._antecedent(mention.head, block)
        else:
            entry = self._known(mention) or self._enter(mention, block)
            self._describe(entry, mention, block)
        if entry is not None:
            entry.turns += 1
            self._meet(entry, block)
        return entry

    def meet(self, person: NamedPerson, block: int) -> None:
        """Remember a person whom the narration names, so that a later pronoun can mean them."""
        tokens = self._blocks[block].tokens[person.start : person.end]
        entry = self._named.get(tokens[-1].lower)
        if entry is None:
            name = tuple(token.text for token in tokens)
            entry = self._add(name, PERSON, Span(block, tokens[0].start, tokens[-1].end))
        entry.gender = entry.gender or self._gender(person.start, person.end, block)
        self._meet(entry, block)

    def _meet(self, entry: SpeakerEntry, block: int) -> None:
        entry.last_block = block
        self._recent.pop(id(entry), None)
        self._recent[id(entry)] = entry
        self._by_head.update(dict.fromkeys(entry.heads, entry))

    def _antecedent(self, pronoun: str, block: int) -> SpeakerEntry | None:
        for entry in islice(reversed(self._recent.values()), _MOST_REMEMBERED):
            if block - entry.last_block > _MEMORY:
                return None
            if pronoun in ("he", "she"):
                if entry.kind == PERSON and entry.gender in (None, pronoun):
                    entry.gender = pronoun
                    return entry
            elif (pronoun == "it" and entry.kind == BODY) or (pronoun == "they" and entry.kind != PERSON):
                return entry
        return None

    def _known(self, mention: Mention) -> SpeakerEntry | None:
        if mention.name:
            known = self._named.get(mention.name[-1].lower())
            acronym = len(mention.name) == 1 and mention.name[0].isupper()
            return known or (self._by_initials.get(mention.name[0]) if acronym else None)
        if mention.determiner in ("definite", "bare", "possessive"):
            return self._by_head.get(mention.head)
        return None

    def _enter(self, mention: Mention, block: int) -> SpeakerEntry:
        tokens = self._blocks[block].tokens
        span = Span(block, tokens[mention.start].start, tokens[mention.core_end - 1].end)
        return self._add(mention.name, self._kind(mention, block), span)

    def _add(self, name: tuple[str, ...], kind: str, span: Span) -> SpeakerEntry:
        entry = SpeakerEntry(name, span, self._blocks[span.block].text[span.start : span.end], kind)
        if name:
            self._named[name[-1].lower()] = entry
            if len(name) > 1:
                self._by_initials.setdefault("".join(word[0] for word in name).upper(), entry)
            self._describe_name(entry)
        return entry

    def _kind(self, mention: Mention, block: int) -> str:
        lists = {
            m.entry.list: m.entry.kind
            for m in starting_within(self._blocks[block].matches, mention.start, mention.core_end)
        }
        if mention.name:
            person = "organisations" not in lists or "roles" in lists or "names" in lists
            return PERSON if person and (len(mention.name) > 1 or not mention.name[0].isupper()) else BODY
        if "roles" in lists:
            return GROUP if mention.head.endswith("s") or mention.determiner == "number" else PERSON
        return GROUP if mention.head.endswith("s") else BODY

    def _describe(self, entry: SpeakerEntry, mention: Mention, block: int) -> None:
        parsed = self._blocks[block]
        core = parsed.tokens[mention.start : mention.core_end]
        entry.heads.update(token.lower for token in core if not token.capitalised or not mention.name)
        entry.gender = entry.gender or self._gender(mention.start, mention.core_end, block)
        longer = len(mention.name) - len(entry.name)
        # the words they first speak with often tell more than those the narration met them with
        if longer > 0 or (longer == 0 and not entry.turns):
            entry.name = max(entry.name, mention.name, key=len)
            entry.span = Span(block, core[0].start, core[-1].end)
            entry.label = parsed.text[core[0].start : core[-1].end]
        stretch = (block, mention.start, mention.end)
        if len(entry.description) < 2 * _MOST_WINDOWS and stretch not in entry.description:
            entry.description.append(stretch)

    def _describe_name(self, entry: SpeakerEntry) -> None:
        """Gather what stands around the name anywhere in the article, outside quotations."""
        for number, block in enumerate(self._blocks):
            for index in block.places_of_name.get(entry.name[-1].lower(), ()):
                if len(entry.description) == _MOST_WINDOWS:
                    return
                entry.description.append((number, *_window(block, index)))

    def _gender(self, start: int, end: int, block: int) -> str | None:
        return gender_of(self._blocks[block].tokens, self._blocks[block].matches, start, end)


def _window(block: ParsedBlock, index: int) -> tuple[int, int]:
    tokens = block.tokens
    start = index
    while start > 0 and index - start < _WINDOW_BEFORE and tokens[start - 1].text not in _SENTENCE_MARKS:
        start -= 1
    end = index + 1
    while end < len(tokens) and end - index < _WINDOW_AFTER and tokens[end].text not in _SENTENCE_MARKS:
        end += 1
    return start, end
