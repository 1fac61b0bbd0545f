"""The routes under `/v1`: read the request, call the labeler, write the answer."""

from collections import Counter
from importlib.metadata import version
from typing import get_args

from flask import Blueprint, Flask, Response, current_app, jsonify

from sourcemark.budget import Budget
from sourcemark.labeler import LONGEST_BLOCK
from sourcemark.labels import LABELS, NONE_DEFINITION
from sourcemark.web import access, limits, schemas
from sourcemark.web.answer import label_answer
from sourcemark.web.caching import revalidated
from sourcemark.web.corrections.keeping import current_keeping
from sourcemark.web.gate import current_gate
from sourcemark.web.observe import count, meters_of
from sourcemark.web.openapi import document, operation
from sourcemark.web.reading import characters_of, current_label_request
from sourcemark.web.service import current_labeler, current_settings

blueprint = Blueprint("api", __name__, url_prefix="/v1")

_UNMARKED = schemas.Unmarked(
    none=NONE_DEFINITION,
    unsure="The text does not say clearly enough who stands behind it, so it was left without a label.",
    skipped="The paragraph is not in English, or longer than what can be read at once, or there was no time "
    "left for it.",
)


def init_app(app: Flask) -> None:
    """Add the API to `app`."""
    app.register_blueprint(blueprint)


@blueprint.post("/label")
@operation(
    request=schemas.LabelRequest,
    answer=schemas.LabelAnswer,
    problems=[
        "malformed-json",
        "body-too-large",
        "too-many-blocks",
        "too-many-characters",
        "not-json",
        "invalid-request",
        "no-blocks",
        "duplicate-block-id",
        "no-model",
        "busy",
    ],
)
def label() -> Response:
    """Label every sentence of an article."""
    labeler = current_labeler()
    label_request = current_label_request()
    texts = [block.text for block in label_request.blocks]
    seconds = current_settings().max_seconds
    # the time begins when it is its turn
    with meters_of(current_app).reading():
        article = current_gate().do(lambda: labeler.label(texts, label_request.title, Budget(seconds)))
    answer = label_answer(label_request, article, _model())
    labels = dict(answer.summary)
    count(
        blocks=len(texts),
        characters=characters_of(label_request),
        sentences=labels.pop("sentences"),
        labels=labels,
        skipped=Counter(block.reason for block in article.skipped),
        model=labeler.model.id,
    )
    return jsonify(answer)


@blueprint.get("/about")
@access.without_token
@operation(answer=schemas.AboutAnswer, problems=["no-model"])
def about() -> Response:
    """Say what answers here, what its labels mean and what it accepts."""
    settings = current_settings()
    known = access.access_of(current_app)
    requests, characters = limits.told(current_app) or (None, None)
    return revalidated(
        jsonify(
            schemas.AboutAnswer(
                product="Sourcemark",
                version=version("sourcemark"),
                model=_model(),
                labels=[schemas.Label(each.id, each.name, each.definition, each.caution) for each in LABELS],
                unmarked=_UNMARKED,
                offsets=list(get_args(schemas.Unit)),
                limits=schemas.Limits(
                    max_blocks=settings.max_blocks,
                    max_block_characters=LONGEST_BLOCK,
                    max_characters=settings.max_characters,
                    max_body_bytes=settings.max_body_bytes,
                    max_seconds=settings.max_seconds,
                    requests_per_minute=requests,
                    characters_per_minute=characters,
                ),
                token_required=known is not None and known.token_required,
                corrections=current_keeping().keeps,
            )
        )
    )


@blueprint.get("/openapi.json")
@access.without_token
@operation(answer=dict)
def openapi() -> Response:
    """Describe this API as an OpenAPI 3.1 document."""
    return revalidated(jsonify(document(current_app)))


def _model() -> schemas.Model:
    model = current_labeler().model
    return schemas.Model(model.name, model.version, model.id)
