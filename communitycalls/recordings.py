"""Places in recordings, as addresses and as words. Pure."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}


def moment_in(url: str, offset: int) -> str:
    """The address of a recording from `offset` seconds on: YouTube's own way, else a media fragment (W3C, 2012).

    An address that cannot be taken apart stays as it is.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.hostname in YOUTUBE:
        query = [pair for pair in parse_qsl(parts.query) if pair[0] not in ("t", "start")]
        return urlunsplit(parts._replace(query=urlencode([*query, ("t", f"{offset}s")])))
    return urlunsplit(parts._replace(fragment=f"t={offset}"))


def offset_in_figures(offset: int) -> str:
    """3:55, or 1:03:55 beyond the hour."""
    hours, rest = divmod(offset, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def offset_in_words(offset: int) -> str:
    """3 min 55 s, as a reader of the page aloud should say it."""
    hours, rest = divmod(offset, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours} h {minutes} min {seconds} s" if hours else f"{minutes} min {seconds} s"
