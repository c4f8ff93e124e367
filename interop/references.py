"""Where references lead: `#107` through the matrix's issue tracker."""

import re
from dataclasses import replace

from interop.document.values import Reference

NUMBER = re.compile(r"#(\d+)")


def resolve(reference: Reference, tracker_url: str) -> Reference:
    """The reference with its address, where a number and a tracker give one."""
    match = NUMBER.fullmatch(reference.label)
    if reference.url or not match or not tracker_url:
        return reference
    return replace(reference, url=f"{tracker_url.rstrip('/')}/{match[1]}")
