"""The words that name a source are found around the words that report speech."""

import pytest

from sourcemark.article import Article
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.mentions import Mention
from sourcemark.attribution.reading import read_article


def mention_in(sentence: str) -> tuple[str, Mention] | None:
    """Return a sentence's source mention, as its text and as it was read."""
    reading = read_article(Article((sentence,)), load_lexicon())
    assert len(reading.sentences) == 1
    mention = reading.sentences[0].mention
    if mention is None:
        return None
    tokens = reading.blocks[0].tokens[mention.start : mention.end]
    return sentence[tokens[0].start : tokens[-1].end], mention


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        # the subject, left of the verb
        ("Jane Hollis said the bridge was closed.", "Jane Hollis"),
        ("The bridge was closed, Jane Hollis said.", "Jane Hollis"),
        ("“Nobody told us,” Hollis had already said.", "Hollis"),
        ("Jane Hollis declined to comment.", "Jane Hollis"),
        ("The company said the road was closed.", "The company"),
        ("A military source said the road was closed.", "A military source"),
        ("The road was closed because Hollis said so.", "Hollis"),
        ("The car stopped and police said the road was closed.", "police"),
        ("On Tuesday, Hollis told reporters the road was closed.", "Hollis"),
        ("But Hollis said no.", "Hollis"),
        ("In a statement, the ministry said the road was closed.", "the ministry"),
        ("In a statement on Tuesday, the foreign ministry said the road was closed.", "the foreign ministry"),
        ("Its spokesman later told reporters that the road was closed.", "Its spokesman"),
        ("The WHO said the outbreak was over.", "The WHO"),
        ("Speaking to reporters, Hollis said no.", "Hollis"),
        ("Two people briefed on the talks said the deal was off.", "Two people briefed on the talks"),
        # turned round, after a quotation
        ("“The bridge is closed,” said Jane Hollis.", "Jane Hollis"),
        ('"The bridge is closed," said Jane Hollis.', "Jane Hollis"),
        ("'The bridge is closed,' said Jane Hollis.", "Jane Hollis"),
        ("The road was closed, said Ana de la Cruz.", "Ana de la Cruz"),
        ("“No,” added the minister.", "the minister"),
        ("The fire was no accident, said the mayor.", "the mayor"),
        # where the source follows
        ("According to two officials, the bridge was closed.", "two officials"),
        ("According to Jane Hollis, a neighbour, the bridge was closed.", "Jane Hollis, a neighbour"),
        ("The bridge was closed, according to the transport ministry.", "the transport ministry"),
        ("The bridge was closed, according to two officials.", "two officials"),
        # with what describes it
        ("Hollis, 34, who lives next door, said that the wall fell.", "Hollis, 34, who lives next door"),
        ("“The wall fell,” Hollis, 34, who lives next door, said.", "Hollis, 34, who lives next door"),
        ("“The wall fell,” Hollis, a baker, recalled.", "Hollis, a baker"),
        ("On Tuesday, Hollis, the mayor, told reporters that it fell.", "Hollis, the mayor"),
        ("In a statement on Monday, Hollis, the mayor, said that it fell.", "Hollis, the mayor"),
        ("“It fell,” said Jane Hollis, who lives nearby.", "Jane Hollis, who lives nearby"),
        ("Witnesses, who were there, said that the wall fell.", "Witnesses, who were there"),
        ("Residents evacuated from the block said no.", "Residents evacuated from the block"),
        ("People familiar with the matter said the deal was off.", "People familiar with the matter"),
        ("Hollis, 34, who lives next door, said the wall fell.", "Hollis, 34, who lives next door"),
        ("Jane Hollis (34) said no.", "Jane Hollis"),
        ("Officials who were there said no.", "Officials who were there"),
        # beside another verb, and before the reporting one
        ("The mayor left the hall but said no.", "The mayor"),
        ("Hollis has long called for a closure, saying the road was unsafe.", "Hollis"),
        ("The fire was no accident, said Jane Hollis, who lives nearby.", "Jane Hollis, who lives nearby"),
        ("The road is shut, his spokesman, Tom Reed, said.", "his spokesman, Tom Reed"),
        ("Earlier this week the ministry said no.", "the ministry"),
        ("The company on Friday said no.", "The company"),
        ("The closure was announced by the ministry.", "the ministry"),
        ("Tom Reed - his oldest friend - said no.", "Tom Reed"),
        ("The losses he cited were small.", "he"),
        ("The road was seen by the alleged thief, police said.", "police"),
        # the verb stands in a clause about them
        ("Officials who spoke to the Gannet on Monday were afraid.", "Officials"),
        ("The officials, who spoke on condition of anonymity, said the wall fell.", "The officials"),
    ],
)
def test_the_source_of_a_sentence_is_found(sentence: str, source: str) -> None:
    found = mention_in(sentence)
    assert found is not None
    assert found[0] == source


@pytest.mark.parametrize(
    "sentence",
    [
        "The road has been closed for a week.",
        "Rain fell on the empty market.",
        "“It was loud.”",
        "",
    ],
)
def test_a_sentence_without_a_cue_has_no_source(sentence: str) -> None:
    reading = read_article(Article((sentence,)), load_lexicon())
    assert all(parsed.mention is None for parsed in reading.sentences)


def test_a_cue_inside_a_quotation_is_somebody_elses_report() -> None:
    assert mention_in("“The minister said no.”") is None


@pytest.mark.parametrize(
    ("sentence", "form", "name"),
    [
        ("Jane Hollis said no.", "name", ("Jane", "Hollis")),
        ("Hollis said no.", "name", ("Hollis",)),
        (
            "NATO forces left, the World Health Organization said.",
            "name",
            ("World", "Health", "Organization"),
        ),
        ("Ana de la Cruz said no.", "name", ("Ana", "de", "la", "Cruz")),
        ("John G. Reed said no.", "name", ("John", "G", "Reed")),
        ("The Ministry of Health and Sport said no.", "name", ("Ministry", "of", "Health", "and", "Sport")),
        ("Omar al-Jaber said no.", "name", ("Omar", "al-Jaber")),
        # without titles
        ("Foreign Minister Ana Ruiz said no.", "name", ("Ana", "Ruiz")),
        ("US Secretary of State Ana Ruiz said no.", "name", ("Ana", "Ruiz")),
        ("BHA harbour affairs spokesman Tom Reed said no.", "name", ("Tom", "Reed")),
        ("The Attorney General said no.", "noun", ()),
        ("State environmental officials said no.", "noun", ()),
        ("Athlete B said no.", "noun", ()),
        ("A survey by the Transport Board found no.", "name", ("Transport", "Board")),
        ("One of her pupils, Kira, said no.", "name", ("Kira",)),
        # the name stands beside the noun
        ("Another witness, Tom Reed, told the paper no.", "name", ("Tom", "Reed")),
        # capitalised only because a sentence starts with it
        ("Police said the road was closed.", "noun", ()),
        ("Residents said the road was closed.", "noun", ()),
        ("The ministry said the road was closed.", "noun", ()),
        ("She said the road was closed.", "pronoun", ()),
        ("“The road is closed,” they said.", "pronoun", ()),
    ],
)
def test_a_name_a_noun_and_a_pronoun_are_told_apart(sentence: str, form: str, name: tuple[str, ...]) -> None:
    found = mention_in(sentence)
    assert found is not None
    assert (found[1].form, found[1].name) == (form, name)


@pytest.mark.parametrize(
    ("source", "determiner", "head"),
    [
        ("The ministry", "definite", "ministry"),
        ("A military source", "indefinite", "source"),
        ("Two senior officials", "number", "officials"),
        ("His lawyer", "possessive", "lawyer"),
        ("Residents", "bare", "residents"),
        ("A person familiar with the matter", "indefinite", "person"),
    ],
)
def test_how_a_source_is_introduced_is_told(source: str, determiner: str, head: str) -> None:
    found = mention_in(f"{source} said the road was closed.")
    assert found is not None
    assert (found[1].determiner, found[1].head) == (determiner, head)


def test_the_core_of_a_mention_ends_before_what_describes_it() -> None:
    found = mention_in("Jane Hollis, 34, who lives next door, said that the wall fell.")
    assert found is not None
    _, mention = found
    assert (mention.start, mention.core_end) == (0, 2)
    assert mention.end > mention.core_end
