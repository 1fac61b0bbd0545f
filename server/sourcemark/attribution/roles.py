"""Tell what kind of speaker a mention names, and by which roles they may come back."""

from collections.abc import Iterator

from sourcemark.attribution.lexicon import TITLES, Match
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.people import PLACES
from sourcemark.attribution.ranges import starting_within
from sourcemark.attribution.sentences import ParsedBlock

PERSON, GROUP, BODY = "person", "group", "body"

_HELD_BACK = frozenset({"rank", "withheld", "circle", "spokes", "employee", "vague", "indefinite", "person"})
_BEFORE = 6
_AFTER = 12
_FULL_FORMS = {
    "sen.": "senator",
    "gov.": "governor",
    "rep.": "congressman",
    "gen.": "general",
    "dr": "doctor",
    "dr.": "doctor",
    "pres.": "president",
    "prof.": "professor",
    "sgt.": "sergeant",
    "capt.": "captain",
    "rev.": "reverend",
    "lt.": "lieutenant",
    "pm": "prime minister",
}
_SINGULAR_IN_S = ("ss", "us", "is")


def is_plural(noun: str) -> bool:
    """Whether a noun looks like more than one: "officials", not "boss"."""
    return noun.endswith("s") and not noun.endswith(_SINGULAR_IN_S)


def kind_of(block: ParsedBlock, mention: Mention) -> tuple[str, bool]:
    """Return whether a mention names a person, a group or a body, and whether the text shows it."""
    found = list(starting_within(block.matches, mention.start, mention.core_end))
    lists = {match.entry.list for match in found}
    if mention.name:
        return _kind_of_name(block, mention, lists)
    closing = {match.entry.list for match in found if match.end == mention.core_end}
    if "roles" in (closing & {"roles", "organisations"} or lists):
        group = is_plural(mention.head) or mention.determiner == "number"
        return (GROUP if group else PERSON), True
    return (GROUP if mention.head.endswith("s") else BODY), True


def body_kinds(block: ParsedBlock, start: int, end: int) -> set[str]:
    """Return the kinds of body that `start` to `end` close with: "the Gannet airline" is a company."""
    found = starting_within(block.matches, start, end)
    return {match.entry.kind for match in found if match.entry.list == "organisations" and match.end == end}


def _kind_of_name(block: ParsedBlock, mention: Mention, lists: set[str]) -> tuple[str, bool]:
    titled = any(
        match.entry.list in TITLES and match.end == mention.name_start
        for match in starting_within(block.matches, mention.start, mention.name_start)
    )
    if titled:
        return PERSON, True
    own = list(starting_within(block.matches, mention.name_start, mention.core_end))
    if any(
        m.entry.list in ("organisations", "media", "documents") and m.end == mention.core_end for m in own
    ):
        return BODY, True
    if mention.name[-1].lower() in PLACES or any(word in ("of", "for", "and") for word in mention.name):
        return BODY, True
    if any(match.entry.list == "names" for match in own):
        return PERSON, True
    if len(mention.name) == 1 and mention.name[0].isupper():
        return BODY, True
    if mention.determiner == "definite":
        # "the Green Alliance": people have no article
        return BODY, True
    if lists & {"organisations"} and "roles" not in lists:
        return BODY, True
    return PERSON, len(mention.name) > 1


def withheld_role(block: ParsedBlock, mention: Mention) -> bool:
    """Whether the words are such as stand for people whose names are held back: "a senior official"."""
    found = starting_within(block.matches, mention.start, mention.end)
    return any(m.entry.list == "anonymity" or m.entry.kind in _HELD_BACK for m in found)


def roles_beside(block: ParsedBlock, start: int, end: int, last: int) -> Iterator[tuple[str, Match]]:
    """Yield the roles a person is introduced with, lower case: "Mayor Jane Hollis", "Jane Hollis, the mayor".

    `start` and `end` are the token range of the name, `last` closes what is known to belong to it.
    """
    tokens = block.tokens
    after = end
    if end < len(tokens) and tokens[end].text == ",":
        after = end + 1
        while after < len(tokens) and after - end < _AFTER and tokens[after].text not in (",", ".", '"', "”"):
            after += 1
    stop = max(after, last)
    for match in starting_within(block.matches, max(0, start - _BEFORE), stop):
        if match.entry.list not in TITLES or not (match.end == start or end < match.start < stop):
            continue
        words = [token.lower for token in tokens[match.start : match.end]]
        role = _FULL_FORMS.get(" ".join(words), " ".join(words))
        yield role, match
        yield role.rsplit(" ", 1)[-1], match
