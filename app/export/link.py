"""A link as a picture to point a phone at."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import segno

from app.controls.short_link import short_link

QUIET = 4  # modules of white around it, without which it is not found


def qr_code(link: str, label: str) -> Element | None:
    """The QR code of a link, shortened where it is long, of error level M; None where none can be made."""
    try:
        code = segno.make_qr(short_link(link), error="m", boost_error=False)
    except ValueError:  # segno.DataOverflowError is one, too
        return None
    drawn = fromstring(code.svg_inline(border=QUIET, dark="#17202b", light="#fff", omitsize=True, lineclass=None))
    drawn.attrib |= {"role": "img", "aria-label": label, "width": "184", "height": "184"}
    return drawn
