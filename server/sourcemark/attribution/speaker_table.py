"""The table of an article's speakers: who they are, and everything it says about each."""

from collections.abc import Sequence

from sourcemark.article import Span
from sourcemark.attribution.article_names import ArticleNames
from sourcemark.attribution.last_met import LastMet
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.name_index import NameIndex
from sourcemark.attribution.people import NamedPerson
from sourcemark.attribution.role_index import RoleIndex
from sourcemark.attribution.roles import (
    BODY,
    PERSON,
    body_kinds,
    is_plural,
    kind_of,
    roles_beside,
    withheld_role,
)
from sourcemark.attribution.sentences import ParsedBlock
from sourcemark.attribution.speaker_entry import SpeakerEntry, window
from sourcemark.text.tokens import one_line

_MOST_WINDOWS = 6
_GENERAL_BODIES = frozenset("company firm agency body group organisation organization union party".split())
_LEAD = 1
"""Last block of an article's lead."""
_FIRMS = frozenset({"company", "finance", "platform"})


class SpeakerTable:
    """The speakers of one article, in the order in which they were last met."""

    def __init__(self, blocks: Sequence[ParsedBlock]) -> None:
        self._blocks = blocks
        self._names = ArticleNames(blocks)
        self._index = NameIndex()
        self._last_met = LastMet(self._names)
        self._by_head: dict[str, SpeakerEntry] = {}
        self._roles = RoleIndex(blocks)

    def resolve(self, mention: Mention, block: int) -> SpeakerEntry | None:
        """Return the speaker that a source mention stands for, entering a new one into the table."""
        if mention.form == "pronoun":
            entry = self._last_met.antecedent(mention.head, block)
        else:
            entry = self._known(mention, block) or self._enter(mention, block)
            self._describe(entry, mention, block)
        if entry is not None:
            entry.turns += 1
            self._meet(entry, block)
        return entry

    def subject(self, mention: Mention, block: int) -> SpeakerEntry | None:
        """Return who a sentence without a cue is about; a description nobody is known by stays nobody."""
        if mention.form == "pronoun":
            entry = self._last_met.antecedent(mention.head, block)
        else:
            entry = self._known(mention, block) or self._enter_subject(mention, block)
        if entry is not None:
            self._meet(entry, block)
        return entry

    def _enter_subject(self, mention: Mention, block: int) -> SpeakerEntry | None:
        # one capitalised word at the start of a sentence may be any word
        known = bool(mention.name) and kind_of(self._blocks[block], mention)[1]
        return self._enter(mention, block) if known else None

    def meet(self, person: NamedPerson, block: int) -> None:
        """Remember a person whom the narration names, so that a later pronoun can mean them."""
        tokens = self._blocks[block].tokens[person.start : person.end]
        entry = self._index.by_word(tokens[-1].lower)
        if entry is None:
            entry = self._enter_person(person, block)
        entry.gender = entry.gender or self._names.gender(block, person.start, person.end)
        self._learn_roles(entry, person.start, person.end, person.end, block)
        self._meet(entry, block)

    def _enter_person(self, person: NamedPerson, block: int) -> SpeakerEntry:
        tokens = self._blocks[block].tokens[person.start : person.end]
        name = tuple(token.text for token in tokens if token.is_word)
        span = Span(block, tokens[0].start, tokens[-1].end)
        entry = self._add(name, PERSON, span, one_line(self._blocks[block].text[span.start : span.end]))
        entry.sure = person.sure
        return entry

    def knows(self, word: str) -> bool:
        """Whether somebody goes by the lower-case `word`."""
        return self._index.by_word(word) is not None

    def meet_again(self, word: str, block: int) -> None:
        """Remember that a person known by the lower-case `word` is named again."""
        entry = self._index.by_word(word)
        if entry is not None and entry.kind == PERSON:
            self._meet(entry, block)

    def _meet(self, entry: SpeakerEntry, block: int) -> None:
        self._last_met.meet(entry, block)
        self._by_head.update(dict.fromkeys(entry.heads, entry))

    def _known(self, mention: Mention, block: int) -> SpeakerEntry | None:
        if mention.name:
            known = self._index.by_name(mention.name)
            if known is not None and known.kind == PERSON and not known.sure:
                # "Social Care" was no person
                return known if kind_of(self._blocks[block], mention) != (BODY, True) else None
            return known
        if mention.determiner == "indefinite" and block <= _LEAD:
            return self._introduced_later(mention, block)
        if mention.determiner not in ("definite", "bare", "possessive"):
            return None
        same = self._by_head.get(mention.head)
        if mention.determiner == "possessive" or is_plural(mention.head):
            return same
        found = [*self._roles.bearers(self._words(mention, block), mention.head)]
        found += [] if same is None else [same]
        known = max(found, key=lambda entry: entry.met, default=None)
        return known or self._body(mention, block) or self._introduced_later(mention, block)

    def _introduced_later(self, mention: Mention, block: int) -> SpeakerEntry | None:
        """Return the one person whom the article introduces further down by the words of this mention.

        A lead says "a shop owner" and the third paragraph who that is. Words for people whose names are
        held back are left alone.
        """
        person = self._roles.ahead(self._words(mention, block), mention.head)
        if person is None or withheld_role(self._blocks[block], mention):
            return None
        number, one = person
        known = self._index.by_word(self._blocks[number].tokens[one.end - 1].lower)
        return known or self._enter_person(one, number)

    def _body(self, mention: Mention, block: int) -> SpeakerEntry | None:
        """Return the body that "the company" means: the last one named, unless its name says otherwise."""
        parsed = self._blocks[block]
        kinds = body_kinds(parsed, mention.start, mention.core_end)
        core = parsed.tokens[mention.start + (mention.determiner == "definite") : mention.core_end]
        named = any(token.capitalised and not token.lower.endswith("-based") for token in core)
        if named or (mention.head not in _GENERAL_BODIES and not kinds & _FIRMS):
            return None
        bodies = [e for e in self._last_met.remembered(block) if e.name and e.kind == BODY]
        return next((entry for entry in bodies if entry.turns), bodies[0] if bodies else None)

    def _words(self, mention: Mention, block: int) -> str:
        tokens = self._blocks[block].tokens[mention.start + 1 : mention.core_end]
        return " ".join(token.lower for token in tokens)

    def _enter(self, mention: Mention, block: int) -> SpeakerEntry:
        parsed = self._blocks[block]
        kind, sure = kind_of(parsed, mention)
        name, span, label = self._names.fullest(mention, kind, block)
        if name and kind == PERSON:
            sure = sure or len(name) > 1
        entry = self._add(name, kind, span, label)
        entry.sure = sure
        return entry

    def _add(self, name: tuple[str, ...], kind: str, span: Span, label: str) -> SpeakerEntry:
        entry = SpeakerEntry(name, span, label, kind)
        if name:
            self._enter_name(entry)
            self._describe_name(entry)
        return entry

    def _enter_name(self, entry: SpeakerEntry) -> None:
        self._index.add(entry)
        if entry.kind != PERSON:
            for word in entry.name:
                if word[0].isupper():
                    self._roles.note(word.lower(), entry)

    def _learn_roles(self, entry: SpeakerEntry, start: int, end: int, last: int, block: int) -> None:
        for role, match in roles_beside(self._blocks[block], start, end, last):
            self._roles.note(role, entry)
            if entry.role is None and entry.kind == PERSON:
                entry.role = self._blocks[block].span(block, match.start, match.end)

    def _describe(self, entry: SpeakerEntry, mention: Mention, block: int) -> None:
        if not mention.name:
            entry.heads.add(mention.head)
        elif entry.name:
            self._learn_roles(entry, mention.name_start, mention.core_end, mention.end, block)
        entry.gender = entry.gender or self._names.gender(block, mention.start, mention.core_end)
        longer = len(mention.name) - len(entry.name)
        if longer > 0:
            entry.name, entry.span, entry.label = self._names.fullest(mention, entry.kind, block)
            self._enter_name(entry)
        elif longer == 0 and not entry.turns:
            # the words they first speak with often tell more than those the narration met them with
            _, entry.span, entry.label = self._names.fullest(mention, entry.kind, block)
        stretch = (block, mention.start, mention.end)
        if len(entry.description) < 2 * _MOST_WINDOWS and stretch not in entry.description:
            entry.description.append(stretch)

    def _describe_name(self, entry: SpeakerEntry) -> None:
        """Gather what stands around the name anywhere in the article, outside quotations."""
        for number, index in self._names.places(entry.name[-1].lower()):
            if len(entry.description) == _MOST_WINDOWS:
                return
            entry.description.append((number, *window(self._blocks[number], index)))
