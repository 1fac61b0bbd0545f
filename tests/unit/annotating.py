"""Write annotated articles down in tests: a sentence a line, as it would be in a corpus."""

from sourcemark.article import Article, Span
from sourcemark.labels import NONE
from sourcemark.model.corpus import AnnotatedArticle, AnnotatedSentence


def article_of(
    *blocks: str, title: str | None = None, speakers: dict[str, tuple[str, str]] | None = None
) -> AnnotatedArticle:
    """Return an article whose blocks hold a sentence each.

    `speakers` gives the label and the speaker of some sentences; the others have none.
    """
    annotated = []
    for number, text in enumerate(blocks):
        label, speaker = (speakers or {}).get(text, (NONE, None))
        annotated.append(AnnotatedSentence(Span(number, 0, len(text)), label, speaker, False))
    return AnnotatedArticle("a1", "test", "test", Article(blocks, title), tuple(annotated))
