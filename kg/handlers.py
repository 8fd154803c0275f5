"""What the endpoint answers at each of its addresses."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from kg import description, feed, guard, incoming, negotiation, protocol, replies, resource, saved, store, terms
from kg.home import Home
from kg.metrics import MEDIA_TYPE, Metrics
from kg.pool import answering
from kg.protocol import Message, ProtocolError
from kg.replies import Body
from kg.turns import Forwarding
from kg.worker import Answer, Failure, Limits, Task
from ontology.errors import KgError

_JSON = "application/sparql-results+json"
_HTML = "text/html"
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
}
_EDITOR_HEADERS = _PAGE_HEADERS | {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'"
}
_SCRIPTS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


class Handlers:
    """The handlers, and what they share: the query processes, the figures, and the numbers of the current version."""

    def __init__(self, home: Home, limits: Limits) -> None:
        self.home, self.limits = home, limits
        self.pool = answering(home, limits)
        self.metrics = Metrics(self.pool)
        self._published: tuple[int, str] = (0, "")
        self._numbers: tuple[str, str] = ("", "")

    async def sparql(self, request: Request) -> Response:
        """A query of the SPARQL 1.1 Protocol; without one, the service description."""
        if request.method != "POST" and not request.url.query:
            return await self._described(request)
        return await self._asked(request, protocol.task(await incoming.message(request)))

    async def graph_store(self, request: Request) -> Response:
        """A whole graph; refuses to write one."""
        if request.method not in ("GET", "HEAD"):
            raise ProtocolError(HTTPStatus.FORBIDDEN, guard.READ_ONLY)
        path = incoming.raw_path(request).removeprefix("/graph-store").removeprefix("/")
        return await self._asked(request, protocol.graph(incoming.reading(request), self.home.base, path))

    async def questions(self, request: Request) -> Response:
        """The page that lists the questions as links."""
        return _page(saved.page(self.home, str(request.url_for("questions"))))

    async def question(self, request: Request) -> Response:
        """The answer of a question, or its text; its values stand in the address."""
        name, _, ending = request.path_params["name"].partition(".")
        found = saved.questions(self.home).get(name)
        if found is None:
            raise ProtocolError(HTTPStatus.NOT_FOUND, f"there is no question {name!r}: /queries lists all")
        if ending == "rq":
            return Response(found.text, media_type="application/sparql-query")
        try:
            task = saved.task(found, ending, request.query_params, incoming.accept(request))
        except KgError as error:
            raise ProtocolError(HTTPStatus.BAD_REQUEST, str(error)) from error
        headers = {"Content_Disposition": f'inline; filename="{name}.{ending}"'} if ending else {}
        return await self._asked(request, task, mark=saved.MARK if ending == "csv" else b"", **headers)

    async def resource(self, request: Request) -> Response:
        """What is known of the IRI that the path stands for, or the graph that it names."""
        iri = incoming.iri(self.home.base, incoming.raw_path(request))
        accepted = negotiation.choose(
            incoming.accept(request), {**dict.fromkeys(negotiation.GRAPHS, ""), _HTML: _HTML}
        )
        if accepted == _HTML and (shown := await self._shown(request, iri)):
            return shown
        accept = "text/turtle" if accepted == _HTML else incoming.accept(request)
        reply = await self._run(request, Task(resource.description(iri), accept, required=True))
        if isinstance(reply, Failure) and reply.reason == "missing":
            reply = await self._run(request, protocol.graph(Message("", accept), iri, iri))
        if isinstance(reply, Failure) and reply.reason == "missing":
            told = f"{request.url.path}: nothing is known of it; queries go to /sparql, by GET or POST"
            raise ProtocolError(HTTPStatus.NOT_FOUND, told)
        return await self._replied(request, reply, self._tag(request, "", reply))

    async def _shown(self, request: Request, iri: str) -> Response | None:
        reply = await self._run(request, Task(resource.about(iri), _JSON))
        if isinstance(reply, Failure):
            return replies.failed(reply)
        page = resource.page(iri, self.home.base, reply.body)
        return _page(page) if page else None

    async def ontology(self, request: Request) -> Response:
        """The terms of the graph: a page for browsers, RDF for others."""
        offered = {"text/turtle": "", **dict.fromkeys(negotiation.GRAPHS, ""), _HTML: _HTML}
        if negotiation.choose(incoming.accept(request), offered) == _HTML:
            return _page(terms.page())
        return await self._constant(request, *terms.data("ci", incoming.accept(request)))

    async def regions(self, request: Request) -> Response:
        """The regions, as RDF."""
        return await self._constant(request, *terms.data("regions", incoming.accept(request)))

    async def start(self, request: Request) -> Response:
        """The start page."""
        return _page(description.page(str(request.url_for("sparql"))))

    async def editor(self, _: Request) -> Response:
        """The page of the editor."""
        return HTMLResponse(description.editor(saved.questions(self.home)), headers=_EDITOR_HEADERS)

    async def script(self, request: Request) -> Response:
        """A file of the editor."""
        name = request.path_params["name"]
        content, media_type = description.script(name), _SCRIPTS.get(name.rpartition(".")[2])
        if content is None or media_type is None:
            raise ProtocolError(HTTPStatus.NOT_FOUND, f"{request.url.path}: there is no such file")
        return await self._constant(request, media_type, content)

    async def style(self, request: Request) -> Response:
        """The style sheet of all pages."""
        return await self._constant(request, _SCRIPTS["css"], description.style().encode())

    async def changed(self, request: Request) -> Response:
        """What changed, as an Atom feed."""
        if not self.home.ledger.exists():
            return replies.problem(HTTPStatus.SERVICE_UNAVAILABLE, "nothing is recorded yet")
        content = await asyncio.to_thread(feed.atom, self.home, str(request.url))
        tag = replies.tag(content)
        if replies.fresh(request, tag):
            return replies.unchanged(tag)
        return await replies.whole(request, replies.Body("application/atom+xml", content, tag))

    async def health(self, _: Request) -> Response:
        """The published version, as JSON."""
        try:
            with store.current(self.home) as version:
                return JSONResponse({"status": "ok", "version": version.number, **version.info})
        except (KgError, OSError) as error:
            return replies.problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))

    async def figures(self, _: Request) -> Response:
        """The figures, for Prometheus."""
        return Response(self.metrics.text(), headers={"Content-Type": MEDIA_TYPE})

    async def _asked(self, request: Request, task: Task, *, mark: bytes = b"", **headers: str) -> Response:
        """The answer of a task, unless the client has it; `mark` is put before it."""
        known = self._tag(request, task.text)
        if guard.volatile(task.text):
            known = ""
        elif replies.fresh(request, known):
            return replies.unchanged(known)
        reply = await self._run(request, task)
        return await self._replied(
            request, reply, known and self._tag(request, task.text, reply), mark=mark, **headers
        )

    async def _replied(
        self, request: Request, reply: Answer | Failure, tag: str, *, mark: bytes = b"", **headers: str
    ) -> Response:
        if isinstance(reply, Failure):
            return replies.failed(reply, wait=self.limits.seconds / 2 if reply.reason == "busy" else 1)
        if tag and replies.fresh(request, tag):
            return replies.unchanged(tag)
        return await replies.whole(request, Body(reply.media_type, mark + reply.body, tag, reply.version), **headers)

    async def _run(self, request: Request, task: Task) -> Answer | Failure:
        """The answer of a task, which is given up once nobody waits for it."""
        running = asyncio.ensure_future(self.pool.run(task))
        leaving = asyncio.ensure_future(incoming.gone(request))
        try:
            await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                raise ClientDisconnect
            return running.result()
        finally:
            running.cancel()
            leaving.cancel()

    def _tag(self, request: Request, text: str, reply: Answer | Failure | None = None) -> str:
        """The tag of what a request is answered with by the version that gave the reply, else by the current one."""
        number = reply.version if isinstance(reply, Answer) else store.pointer(self.home)
        if number is None or isinstance(self.pool, Forwarding):  # a server does not tell when its graph changes
            return ""
        if self._published[0] != number:
            try:
                with store.current(self.home) as version:
                    self._published = (version.number, str(version.info))
            except (KgError, OSError):
                return ""
        if self._published[0] != number:
            return ""
        return replies.tag(self._published, str(request.url), text, incoming.accept(request))

    async def _constant(self, request: Request, media_type: str, content: bytes) -> Response:
        """What changes with the product only."""
        known = replies.tag(media_type, content)
        if replies.fresh(request, known):
            return replies.unchanged(known)
        return await replies.whole(request, Body(media_type, content, known))

    async def _described(self, request: Request) -> Response:
        address, accept = str(request.url_for("sparql")), incoming.accept(request)
        turtle = description.service(address, self.home, self.limits)
        media_type, body = description.written(turtle + await self._counts(request, address), accept)
        return await replies.whole(request, Body(media_type, body))

    async def _counts(self, request: Request, address: str) -> str:
        """The numbers of the graph; nothing where they cannot be had."""
        key = self._tag(request, "numbers")
        if not key or self._numbers[0] != key:
            classes = await self._run(request, Task(description.CLASSES, _JSON))
            properties = await self._run(request, Task(description.PROPERTIES, _JSON))
            if isinstance(classes, Failure) or isinstance(properties, Failure):
                return ""
            self._numbers = (key, description.numbers(address, classes.body, properties.body))
        return self._numbers[1]


def _page(html: str) -> Response:
    return HTMLResponse(html, headers=_PAGE_HEADERS | {"Vary": "Accept"})
