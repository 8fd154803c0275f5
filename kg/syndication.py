"""RSS, Atom and sitemaps to the pages that they name; fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree

from ontology.errors import KgError

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


class UnreadableFeedError(KgError):
    """A feed or sitemap that cannot be read."""


@dataclass(frozen=True, slots=True)
class Item:
    """A page that a feed names, with the date (YYYY-MM-DD) and the mark of its version that the feed gives it.

    `nested` items of a sitemap are sitemaps themselves.
    """

    address: str
    published: str | None = None
    version: str | None = None
    nested: bool = False


def items(raw: bytes, address: str) -> list[Item]:
    """The pages that a feed or sitemap names, in its order, each once; raises UnreadableFeedError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(raw.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeedError(f"{address}: is no readable XML ({error})") from error
    if root is None:
        raise UnreadableFeedError(f"{address}: is no readable XML")
    inside = root.getroottree().docinfo.internalDTD
    if inside is not None and any(True for _ in inside.iterentities()):
        raise UnreadableFeedError(f"{address}: declares entities of its own, which is refused")
    kind = _name(root)
    if kind not in _KINDS:
        raise UnreadableFeedError(f"{address}: is neither RSS nor Atom nor a sitemap, but <{kind}>")
    found = {each.address: each for each in reversed(list(_KINDS[kind](root, address)))}
    return list(reversed(found.values()))


def normal(address: str) -> str:
    """The address without fragment and without marks that only tell where a reader came from."""
    parts = urlsplit(address.strip())
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.startswith(_TRACKING)]
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return urlunsplit((parts.scheme.casefold(), parts.netloc.casefold(), parts.path or "/", query, ""))


def _rss(root: Any, address: str) -> Iterator[Item]:
    for each in root.iter():
        if _name(each) == "item":
            link = _text(each, "link") or _text(each, "guid")
            if link and urlsplit(urljoin(address, link)).scheme in ("http", "https"):
                told = _text(each, "pubDate") or _text(each, "date")
                yield Item(normal(urljoin(address, link)), _day(told), told)


def _atom(root: Any, address: str) -> Iterator[Item]:
    for each in root:
        if _name(each) == "entry":
            links = [link for link in each if _name(link) == "link" and link.get("rel", "alternate") == "alternate"]
            if links:
                target = urljoin(address, links[0].get("href", ""))
                published, updated = _text(each, "published"), _text(each, "updated")
                yield Item(normal(target), _day(published or updated), updated or published)


def _sitemap(root: Any, address: str) -> Iterator[Item]:
    for each in root:
        if link := _text(each, "loc"):
            changed = _text(each, "lastmod")
            yield Item(normal(urljoin(address, link)), None, changed, nested=_name(each) == "sitemap")


_KINDS = {"rss": _rss, "RDF": _rss, "feed": _atom, "urlset": _sitemap, "sitemapindex": _sitemap}


def _name(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _text(parent: Any, name: str) -> str | None:
    return next(("".join(c.itertext()).strip() for c in parent if _name(c) == name), None) or None


def _day(text: str | None) -> str | None:
    """The date of an RFC 822 or ISO 8601 time, as it is in UTC; None for what is neither."""
    if not text:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            told = read(text)
        except (ValueError, TypeError):
            continue
        return (told.astimezone(UTC) if told.tzinfo else told).date().isoformat()
    return None
