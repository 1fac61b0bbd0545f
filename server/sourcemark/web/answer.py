"""Turns a labelled article into the wire answer, in the unit of offsets that was asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from sourcemark.article import LabelledArticle, LabelledSentence, Span
from sourcemark.labels import LABEL_IDS, NONE, UNSURE
from sourcemark.text.offsets import to_utf16
from sourcemark.web.schemas import (
    Evidence,
    LabelAnswer,
    LabelRequest,
    Model,
    Sentence,
    Skipped,
    Speaker,
)


def label_answer(request: LabelRequest, article: LabelledArticle, model: Model) -> LabelAnswer:
    """Return the answer to `request`, whose blocks were labelled as `article`."""
    ids = [block.id for block in request.blocks]
    offsets = _offsets(request, article)

    def sentence(labelled: LabelledSentence) -> Sentence:
        return Sentence(
            block=ids[labelled.block],
            start=offsets[labelled.block][labelled.start],
            end=offsets[labelled.block][labelled.end],
            label=labelled.label,
            state=labelled.state,
            scores=dict(labelled.scores),
            speaker=Speaker(labelled.speaker.name, labelled.speaker.named) if labelled.speaker else None,
            evidence=[
                Evidence(
                    kind=evidence.kind,
                    block=ids[evidence.span.block],
                    start=offsets[evidence.span.block][evidence.span.start],
                    end=offsets[evidence.span.block][evidence.span.end],
                )
                for evidence in labelled.evidence
            ],
            reason=labelled.reason,
        )

    return LabelAnswer(
        model=model,
        offsets=request.offsets,
        sentences=[sentence(labelled) for labelled in article.sentences],
        skipped=[Skipped(ids[skipped.block], skipped.reason) for skipped in article.skipped],
        summary=_summary(article),
    )


def _summary(article: LabelledArticle) -> dict[str, int]:
    counts = Counter(sentence.label or sentence.state for sentence in article.sentences)
    return {"sentences": len(article.sentences)} | {kind: counts[kind] for kind in (*LABEL_IDS, NONE, UNSURE)}


def _offsets(request: LabelRequest, article: LabelledArticle) -> dict[int, dict[int, int]]:
    """Return, for each block, every offset the answer needs: from code points to the unit asked for."""
    needed: defaultdict[int, set[int]] = defaultdict(set)
    for span in _spans(article):
        needed[span.block].update((span.start, span.end))
    if request.offsets == "code-point":
        return {block: {offset: offset for offset in offsets} for block, offsets in needed.items()}
    return {
        block: dict(zip(offsets, to_utf16(request.blocks[block].text, offsets), strict=True))
        for block, offsets in needed.items()
    }


def _spans(article: LabelledArticle) -> Iterator[Span]:
    for sentence in article.sentences:
        yield sentence.span
        yield from (evidence.span for evidence in sentence.evidence)
