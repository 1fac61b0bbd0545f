"""Tell whether two descriptions of a speaker, as an article words them, mean the same one.

The words below are kept apart from those that attribution reads with: a measure must not move when the thing
it measures is changed.
"""

from collections.abc import Iterator
from itertools import dropwhile, takewhile
import re

_WORD = re.compile(r"[^\W_]+(?:[.'’&-]+[^\W_]+)*")
_ALIAS = re.compile(r"\(([A-Z][\w.]*)\)")
_ASIDE = re.compile(r"\([^()]*\)")
_LIST = re.compile(r"[,;:/]|\b(?:and|or)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")

_DETERMINERS = frozenset("a an the his her its their our my your".split())
_PRONOUNS = frozenset("he she it they we i you him them us there".split())
_HONORIFICS = frozenset("mr mrs ms miss mx dr prof sir dame lord lady rev hon".split())
_SUFFIXES = frozenset(
    "jr sr ii iii iv kc qc mp mps ms msp mla td obe mbe cbe kbe phd md esq inc corp ltd llc llp plc co ag sa "
    "nv".split()
)
_HIDDEN = frozenset("unnamed unattributed anonymous reportedly allegedly".split())
"""What stands in an annotation where the text gives no source: "reportedly (unnamed)"."""
_NO_HEAD = _PRONOUNS | _HONORIFICS | _HIDDEN
_CLAUSE = frozenset("who whom whose which that is are was were has have had said says told not".split())
_NARROWS = frozenset(
    "of for in at from with on by to near about as inside outside within against among between behind "
    "under over after during before without representing including connected familiar close aware privy "
    "briefed involved affected based identified named known called led working living speaking".split()
)
"""Words that a noun phrase goes on with after its head: "a person | familiar with the matter"."""
_ENDS_NOUN = _CLAUSE | _NARROWS
_QUANTIFIERS = frozenset(
    "one two three four five six seven eight nine ten some many most several few all none both each any "
    "number handful couple majority dozen dozens scores hundreds thousands".split()
)
"""Words that count whom the words after "of" name: "one of the witnesses"."""
_FUNCTION_WORDS = _DETERMINERS | _PRONOUNS | _HONORIFICS | _HIDDEN | _ENDS_NOUN | {"and", "or"}


def heads(description: str) -> frozenset[str]:
    """Return the head words of a description, case-folded.

    The last word of a name ("Foreign Minister Dmytro Kuleba": kuleba), suffixes such as "KC" aside, or the
    last word of a noun phrase before what only narrows it down ("a spokesman for the ministry": spokesman;
    "Russian defence ministry": ministry). Appositions and lists have one head each. Empty where the words
    name no source ("it is understood", "unnamed").
    """
    found = {word.casefold() for alias in _ALIAS.findall(description) for word in _words(alias)}
    for part in _LIST.split(_ASIDE.sub(" ", description)):
        words = _after_quantifier([word for word in _words(part) if word not in _DETERMINERS])
        # first words narrow nothing down yet: "a working group"
        words = list(dropwhile(_NARROWS.__contains__, words))
        noun = list(takewhile(lambda word: word not in _ENDS_NOUN, words))
        found.update(_last(noun))
        if len(noun) < len(words):
            # what follows a preposition narrows down, be it a list too: "aides to Olmert and Mubarak"
            break
    return frozenset(found)


def same_head(one: str, other: str) -> bool:
    """Whether two descriptions share a head word. Symmetric."""
    return not heads(one).isdisjoint(heads(other))


def any_overlap(one: str, other: str) -> bool:
    """Whether two descriptions share any word but function words and honorifics. Symmetric, and lenient."""
    return not _content(one).isdisjoint(_content(other))


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group()).replace(".", "").replace("’", "'")
        # acronyms stay as they are: WHO is no pronoun
        yield word if len(word) > 1 and word.isupper() else word.casefold()


def _after_quantifier(words: list[str]) -> list[str]:
    quantified = len(words) > 2 and words[1] == "of" and (words[0] in _QUANTIFIERS or words[0].isdigit())
    return words[2:] if quantified else words


def _last(noun: list[str]) -> list[str]:
    """Return the last word that can be a head, as a list of one or none."""
    known = [word for word in noun if word not in _NO_HEAD and not word.isdigit()]
    full = [word for word in known if word.casefold() not in _SUFFIXES]
    return [word.casefold() for word in (full or known)[-1:]]


def _content(text: str) -> set[str]:
    return {word.casefold() for word in _words(text) if word not in _FUNCTION_WORDS}
