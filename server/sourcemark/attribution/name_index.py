"""The speakers of an article by their names: whole, last, first, and initials."""

from sourcemark.attribution.roles import PERSON
from sourcemark.attribution.speaker_entry import SpeakerEntry


class NameIndex:
    """Finds a speaker by what the article calls them later."""

    def __init__(self) -> None:
        self._named: dict[str, SpeakerEntry] = {}
        self._by_initials: dict[str, SpeakerEntry] = {}

    def add(self, entry: SpeakerEntry) -> None:
        """Enter a speaker who has a name. A person takes a surname over, a body only one that is free."""
        name = entry.name
        self._named[" ".join(name).lower()] = entry
        if entry.kind == PERSON:
            self._named[name[-1].lower()] = entry
        else:
            self._named.setdefault(name[-1].lower(), entry)
        self._named.setdefault(name[0].lower(), entry)
        if len(name) > 1:
            initials = "".join(word[0] for word in name if word[0].isupper())
            self._by_initials.setdefault(initials, entry)

    def by_word(self, word: str) -> SpeakerEntry | None:
        """Return who goes by the lower-case `word`."""
        return self._named.get(word)

    def by_name(self, name: tuple[str, ...]) -> SpeakerEntry | None:
        """Return who goes by a name, by its last word or by initials; None where nobody does."""
        known = self._named.get(" ".join(name).lower())
        if known is None and len(name) == 1:
            known = self._by_initials.get(name[0]) if name[0].isupper() else None
        elif known is None:
            known = self._named.get(name[-1].lower())
            if known is not None and known.kind != PERSON:
                return None
        return known
