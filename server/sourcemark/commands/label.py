"""The command `sourcemark label`."""

from typing import BinaryIO

import click
import msgspec

from sourcemark.commands.reading_view import reading_view
from sourcemark.labeler import Labeler
from sourcemark.settings import chosen_settings, help_of
from sourcemark.text.extract import ExtractError, is_html, paragraphs_of_html, paragraphs_of_text
from sourcemark.web import schemas
from sourcemark.web.answer import label_answer
from sourcemark.web.reading import read_label_request


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print the answer of POST /v1/label.")
@click.option("--model", help=help_of("model"))
def label(file: BinaryIO, as_json: bool, model: str | None) -> None:
    """Label FILE, or standard input with `-`: text (a blank line ends a paragraph), an HTML page, or JSON
    as POST /v1/label takes it."""
    request = _read_request(file.read())
    labeler = Labeler.load(chosen_settings(model=model).model)
    blocks = [block.text for block in request.blocks]
    article = labeler.label(blocks, request.title)
    if as_json:
        about = schemas.Model(labeler.model.name, labeler.model.version, labeler.model.id)
        answer = msgspec.json.encode(label_answer(request, article, about))
        click.echo(msgspec.json.format(answer))
    else:
        click.echo("\n".join(reading_view(blocks, article)))


def _read_request(content: bytes) -> schemas.LabelRequest:
    if content.lstrip()[:1] == b"{":
        return read_label_request(content, chosen_settings())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractError(f"The file is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    paragraphs = paragraphs_of_html(text) if is_html(text) else paragraphs_of_text(text)
    if not paragraphs:
        raise ExtractError("There is no text to label.")
    blocks = [schemas.Block(f"p{number}", text) for number, text in enumerate(paragraphs, start=1)]
    return schemas.LabelRequest(blocks, offsets="code-point")
