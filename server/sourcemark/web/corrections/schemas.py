"""The wire contract of corrections: what is sent and what is answered."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from sourcemark.labeler import LONGEST_BLOCK
from sourcemark.web.schemas import LabelId, State

LONGEST: Final = LONGEST_BLOCK
"""Code points of a sentence, and of each of its neighbours."""

# said in the document only: what does not fit is a problem of its own
_Neighbour = Annotated[
    str | None,
    Meta(
        description="The neighbouring sentence as it stands on the page.",
        extra_json_schema={"maxLength": LONGEST},
    ),
]
_Label = Annotated[LabelId | None, Meta(description="Null says that no source stands behind the sentence.")]


class CorrectionRequest(Struct, frozen=True):
    """A reader's word against a mark. What it holds is kept, with the day, and nothing else."""

    model: Annotated[
        str,
        Meta(
            description="Id of the model that labelled the sentence.",
            extra_json_schema={"pattern": "^[0-9a-f]{12}$"},
        ),
    ]
    consent: Annotated[
        bool, Meta(description="The reader agreed to give this sentence; else nothing is kept.")
    ]
    sentence: Annotated[str, Meta(extra_json_schema={"minLength": 1, "maxLength": LONGEST})]
    given_state: State
    before: _Neighbour = None
    after: _Neighbour = None
    given: Annotated[LabelId | None, Meta(description="The label that it was marked with.")] = None
    proposed: _Label = None


class CorrectionAnswer(Struct, frozen=True):
    """The correction is kept. Whoever knows its id may take it back."""

    id: Annotated[str, Meta(extra_json_schema={"pattern": "^[0-9A-Za-z_-]{22}$"})]
