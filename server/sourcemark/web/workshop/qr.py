"""An address as a QR code, to be pointed at with a telephone's camera."""

import io

from markupsafe import Markup
import segno


def qr_code(address: str) -> Markup:
    """Return `address` as a drawing (SVG) that stands in a page, without a file of its own."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        light="#fff",
    )
    return Markup(drawing.getvalue().decode())
