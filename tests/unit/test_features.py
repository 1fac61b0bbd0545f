"""Features name what was read of a sentence and of its speaker."""

import pytest

from sourcemark.article import Article
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import read_article
from sourcemark.model.features import describe
from sourcemark.model.groups import PREFIXES, names_of


def features(*blocks: str) -> list[dict[str, float]]:
    return [
        {group.prefix + name: group.weight for group in sample for name in group.names}
        for sample in describe(read_article(Article(blocks), load_lexicon()))
    ]


def test_no_group_has_a_name_of_another_or_a_prefix_that_is_unknown() -> None:
    blocks = ("“We ran,” said Jane Hollis, a neighbour.", "“It was dark,” Hollis said.", "Police said no.")
    for sample in describe(read_article(Article(blocks), load_lexicon())):
        names = list(names_of(sample))
        assert len(names) == len(set(names))
        for group in sample:
            assert group.prefix in ("", *PREFIXES)
            assert group.prefix or not any(name.startswith(PREFIXES) for name in group.names)


@pytest.mark.parametrize(
    ("block", "feature"),
    [
        ("“We ran,” said Jane Hollis, 34, from the next street.", "speaker:aged"),
        ("“We ran,” said Jane Hollis, a 34-year-old teacher.", "speaker:aged"),
        ("The money is gone, an official said on condition of anonymity.", "speaker:withheld"),
        ("“We ran,” said Jane Hollis, a neighbour.", "speaker:role=scene"),
        ("“We ran,” said Jane Hollis.", "speaker:role=unsaid-person"),
        ("The ministry said the dam would hold.", "speaker:kind=body"),
        ("“We ran,” said Jane Hollis.", "quote:part"),
        ("Jane Hollis said no.", "cue:main=say"),
    ],
)
def test_what_was_read_has_a_name(block: str, feature: str) -> None:
    assert feature in features(block)[0]


def test_two_digits_are_an_age_only_beside_a_name() -> None:
    assert "speaker:aged" not in features("Jane Hollis said that 34 houses were empty.")[0]


def test_what_is_told_of_a_speaker_counts_for_every_sentence_of_theirs() -> None:
    first, second = features("“We ran,” said Jane Hollis, a neighbour.", "“It was dark,” Hollis said.")
    told = {name for name in first if name.startswith(("speaker:role", "described:"))}
    assert told
    assert told <= second.keys()


def test_words_of_a_group_have_unit_length_together() -> None:
    (sentence,) = features("It rained on the old town all night.")
    weights = [value for name, value in sentence.items() if name.startswith("word:")]
    assert sum(weight**2 for weight in weights) == pytest.approx(4)


def test_a_sentence_sees_what_its_neighbours_rest_on() -> None:
    first, second = features("Jane Hollis said no. It rained.")
    assert "1b|quote:none" in first
    assert "-1b|cue:main=say" in second
    assert "1|edge:" in second
