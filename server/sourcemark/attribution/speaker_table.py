"""The table of an article's speakers: who they are, and everything it says about each."""

from collections.abc import Sequence
from itertools import islice

from sourcemark.article import Span
from sourcemark.attribution.article_names import ArticleNames
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.people import NamedPerson, gender_of
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

_MEMORY = 6
"""How many blocks back a pronoun may reach for its speaker."""
_MOST_REMEMBERED = 40
"""How many speakers back."""
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
        self._named: dict[str, SpeakerEntry] = {}
        self._by_initials: dict[str, SpeakerEntry] = {}
        self._by_head: dict[str, SpeakerEntry] = {}
        self._roles = RoleIndex(blocks)
        self._met = 0
        # in the order in which they were last met; by identity, since entries change
        self._recent: dict[int, SpeakerEntry] = {}

    def resolve(self, mention: Mention, block: int) -> SpeakerEntry | None:
        """Return the speaker that a source mention stands for, entering a new one into the table."""
        if mention.form == "pronoun":
            entry = self._antecedent(mention.head, block)
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
            entry = self._antecedent(mention.head, block)
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
        entry = self._named.get(tokens[-1].lower)
        if entry is None:
            entry = self._enter_person(person, block)
        entry.gender = entry.gender or self._gender(person.start, person.end, block)
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
        return word in self._named

    def meet_again(self, word: str, block: int) -> None:
        """Remember that a person known by the lower-case `word` is named again."""
        entry = self._named.get(word)
        if entry is not None and entry.kind == PERSON:
            self._meet(entry, block)

    def _meet(self, entry: SpeakerEntry, block: int) -> None:
        entry.last_block = block
        self._met += 1
        entry.met = self._met
        self._recent.pop(id(entry), None)
        self._recent[id(entry)] = entry
        self._by_head.update(dict.fromkeys(entry.heads, entry))

    def _remembered(self, block: int) -> list[SpeakerEntry]:
        """Return the speakers that can still be meant in `block`, the last one first."""
        recent = islice(reversed(self._recent.values()), _MOST_REMEMBERED)
        return [entry for entry in recent if block - entry.last_block <= _MEMORY]

    def _antecedent(self, pronoun: str, block: int) -> SpeakerEntry | None:
        unsure = None
        for entry in self._remembered(block):
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

    def _known(self, mention: Mention, block: int) -> SpeakerEntry | None:
        if mention.name:
            known = self._known_by_name(mention.name)
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
        known = self._named.get(self._blocks[number].tokens[one.end - 1].lower)
        return known or self._enter_person(one, number)

    def _body(self, mention: Mention, block: int) -> SpeakerEntry | None:
        """Return the body that "the company" means: the last one named, unless its name says otherwise."""
        parsed = self._blocks[block]
        kinds = body_kinds(parsed, mention.start, mention.core_end)
        core = parsed.tokens[mention.start + (mention.determiner == "definite") : mention.core_end]
        named = any(token.capitalised and not token.lower.endswith("-based") for token in core)
        if named or (mention.head not in _GENERAL_BODIES and not kinds & _FIRMS):
            return None
        bodies = [e for e in self._remembered(block) if e.name and e.kind == BODY]
        return next((entry for entry in bodies if entry.turns), bodies[0] if bodies else None)

    def _known_by_name(self, name: tuple[str, ...]) -> SpeakerEntry | None:
        whole = " ".join(name).lower()
        known = self._named.get(whole)
        if known is None and len(name) == 1:
            known = self._by_initials.get(name[0]) if name[0].isupper() else None
        elif known is None:
            known = self._named.get(name[-1].lower())
            if known is not None and known.kind != PERSON:
                return None
        return known

    def _words(self, mention: Mention, block: int) -> str:
        tokens = self._blocks[block].tokens[mention.start + 1 : mention.core_end]
        return " ".join(token.lower for token in tokens)

    def _enter(self, mention: Mention, block: int) -> SpeakerEntry:
        parsed = self._blocks[block]
        kind, sure = kind_of(parsed, mention)
        name, span, label = self._fullest(mention, kind, block)
        if name and kind == PERSON:
            sure = sure or len(name) > 1
        entry = self._add(name, kind, span, label)
        entry.sure = sure
        return entry

    def _fullest(self, mention: Mention, kind: str, block: int) -> tuple[tuple[str, ...], Span, str]:
        """Return a speaker's name, the span of the mention, and the label: the article's fullest name."""
        parsed = self._blocks[block]
        tokens = parsed.tokens
        span = Span(block, tokens[mention.start].start, tokens[mention.core_end - 1].end)
        if not mention.name:
            return (), span, one_line(parsed.text[span.start : span.end])
        first = mention.name_start if kind == PERSON else mention.start
        label = parsed.text[tokens[first].start : self._names.end_with_alias(block, mention.core_end)]
        if len(mention.name) == 1:
            fuller = self._names.fuller(mention.name[0])
            if fuller is not None:
                gender = self._gender(mention.start, mention.core_end, block)
                number, start, end = fuller
                if gender is None or self._gender(start, end, number) in (None, gender):
                    other = self._blocks[number]
                    name = tuple(token.text for token in other.tokens[start:end] if token.is_word)
                    place = other.span(number, start, end)
                    label = other.text[place.start : self._names.end_with_alias(number, end)]
                    return name, span, one_line(label)
        return mention.name, span, one_line(label)

    def _add(self, name: tuple[str, ...], kind: str, span: Span, label: str) -> SpeakerEntry:
        entry = SpeakerEntry(name, span, label, kind)
        if name:
            self._index(entry)
            self._describe_name(entry)
        return entry

    def _index(self, entry: SpeakerEntry) -> None:
        name = entry.name
        self._named[" ".join(name).lower()] = entry
        if entry.kind == PERSON:
            self._named[name[-1].lower()] = entry
        else:
            self._named.setdefault(name[-1].lower(), entry)
            for word in name:
                if word[0].isupper():
                    self._roles.note(word.lower(), entry)
        self._named.setdefault(name[0].lower(), entry)
        if len(name) > 1:
            initials = "".join(word[0] for word in name if word[0].isupper())
            self._by_initials.setdefault(initials, entry)

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
        entry.gender = entry.gender or self._gender(mention.start, mention.core_end, block)
        longer = len(mention.name) - len(entry.name)
        if longer > 0:
            entry.name, entry.span, entry.label = self._fullest(mention, entry.kind, block)
            self._index(entry)
        elif longer == 0 and not entry.turns:
            # the words they first speak with often tell more than those the narration met them with
            _, entry.span, entry.label = self._fullest(mention, entry.kind, block)
        stretch = (block, mention.start, mention.end)
        if len(entry.description) < 2 * _MOST_WINDOWS and stretch not in entry.description:
            entry.description.append(stretch)

    def _describe_name(self, entry: SpeakerEntry) -> None:
        """Gather what stands around the name anywhere in the article, outside quotations."""
        for number, index in self._names.places(entry.name[-1].lower()):
            if len(entry.description) == _MOST_WINDOWS:
                return
            entry.description.append((number, *window(self._blocks[number], index)))

    def _gender(self, start: int, end: int, block: int) -> str | None:
        return gender_of(self._blocks[block].tokens, self._blocks[block].matches, start, end)
