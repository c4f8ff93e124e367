"""What tests of the desk's pages share: addresses, and forms as a browser would send them."""

from typing import Any

from django.test import Client
from django.urls import reverse
from html5lib import parse

from communitycalls.models import Call

NS = "{http://www.w3.org/1999/xhtml}"


def at(name: str, call: Call, *parts: object) -> str:
    """The address of a desk page below a call."""
    return reverse(f"desk:{name}", args=[call.series.slug, call.address, *parts])


def form_at(client: Client, url: str, action: str = "") -> dict[str, Any]:
    """What a browser would send of the form that posts to `action`, by default to the page itself, unchanged."""
    page = parse(client.get(url).content.decode())
    wanted = action or url
    posted = [one for one in page.iter(f"{NS}form") if one.get("method") == "post"]
    forms = [one for one in posted if (one.get("action") or url) == wanted]
    fields = form_fields(forms[0])
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def form_fields(form: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in form.iter():
        name, kind = field.get("name"), field.tag.removeprefix(NS)
        if not name or field.get("type") in ("submit", "file") or kind == "button":
            continue
        if field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                found.setdefault(name, []).append(field.get("value", "on"))
        elif kind == "select":
            found[name] = picked(field)
        else:
            found[name] = field.get("value", "") if kind == "input" else field.text or ""
    return found


def picked(field: Any) -> str:
    options = list(field.iter(f"{NS}option"))
    chosen = [one for one in options if one.get("selected") is not None] or options[:1]
    return str(chosen[0].get("value", "")) if chosen else ""
