"""What the room needs to come in: address, code, and both as a QR code."""

from typing import Any
from urllib.parse import urlencode

from sourcemark.web.workshop.qr import qr_code
from sourcemark.web.workshop.running import current_workshop


def invitation(code: str) -> dict[str, Any]:
    """Return what a page shows to invite the room; without an address while the door is closed."""
    address = current_workshop().door.address
    return {
        "code": code,
        "address": f"{address}/w" if address else None,
        "qr": qr_code(f"{address}/w?{urlencode({'code': code})}") if address else None,
    }
