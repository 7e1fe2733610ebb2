"""What is answered: the page, the decisions, and the check of an edit."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from briefing.errors import DecisionRefused, StoreError
from briefing.render import show_controls
from briefing.types import Action
from briefing.web.desk import Desk
from briefing.web.guard import MAX_BODY, Door, Guard, problem, too_large

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


def _without_controls(text: str) -> str:
    if any(ch < " " and ch not in "\n\t" for ch in text) or "\x7f" in text:
        raise ValueError("it holds a control character")
    return text


_Words = Annotated[str, Field(min_length=1, max_length=5000), AfterValidator(_without_controls)]
#: A claim is one line.
_Line = Annotated[_Words, AfterValidator(lambda text: " ".join(text.split()))]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True)


class _Check(_Strict):
    claim: Annotated[str, Field(max_length=40)]
    text: _Line


class _Decide(_Strict):
    claim: Annotated[str, Field(max_length=40)]
    action: Action
    text: _Line | None = None
    comment: _Words | None = None


def review_app(desk: Desk, door: Door, *, who: str) -> ASGIApp:
    """Return the server's application. `who` decides, unless somebody names himself with the password."""
    base = f"/{door.token}/"
    page = lru_cache(maxsize=8)(lambda name: desk.page(base, name))

    async def show(request: Request) -> Response:
        text = await run_in_threadpool(page, _who(request, who))
        policy = _POLICY.search(text)
        headers = {"content-security-policy": f"{html.unescape(policy[1])}; frame-ancestors 'none'"} if policy else {}
        return HTMLResponse(text, headers=headers)

    async def listed(_request: Request) -> Response:
        return JSONResponse({"decisions": await run_in_threadpool(desk.listed)})

    async def decide(request: Request) -> Response:
        given = _Decide.model_validate_json(await _body(request))
        _require_fitting(given)
        reviewer = _who(request, who)
        decided = await run_in_threadpool(
            desk.decide, given.claim, given.action, reviewer, text=given.text, comment=given.comment
        )
        return JSONResponse({"decision": decided})

    async def check(request: Request) -> Response:
        given = _Check.model_validate_json(await _body(request))
        return JSONResponse({"claim": await run_in_threadpool(desk.check, given.claim, given.text)})

    routes = [
        Route("/", show, methods=["GET"]),
        Route("/decisions", _answering(listed), methods=["GET"]),
        Route("/decisions", _answering(decide), methods=["POST"]),
        Route("/check", _answering(check), methods=["POST"]),
    ]
    app = Starlette(routes=routes)
    # A redirect would lead to a path without the token.
    app.router.redirect_slashes = False
    return Guard(app, door)


def _require_fitting(given: _Decide) -> None:
    """Refuse parts that an action has no use for, and an action without its part."""
    if (given.action is Action.EDIT) != (given.text is not None):
        raise DecisionRefused("text", "an edit has a text, and nothing else has", hint="send text with an edit")
    if given.action is Action.COMMENT and given.comment is None:
        raise DecisionRefused("comment", "a comment has words", hint="write some, or undo the decision")
    if given.action is Action.CLEAR and given.comment is not None:
        raise DecisionRefused("comment", "what is withdrawn has no comment", hint="send action comment instead")


def _who(request: Request, default: str) -> str:
    return show_controls(request.scope.get("reviewer", "").strip()[:80]) or default


async def _body(request: Request) -> bytes:
    """Read the body, and no more of it than the limit, whatever length it was said to have."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise _TooLarge
    return bytes(body)


class _TooLarge(Exception):
    pass


def _answering(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Turn what goes wrong on the way into the answers that the page shows."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except _TooLarge:
            return too_large()
        except ValidationError as error:
            return problem(422, *_wrong(error.errors(include_url=False, include_input=False)[0]))
        except DecisionRefused as error:
            return problem(409 if error.conflict else 422, error.message, error.hint)
        except StoreError as error:
            return problem(503, f"it was not saved: {error.message}", error.hint)

    return answered


def _wrong(first: Any) -> tuple[str, str]:
    field = ".".join(str(part) for part in first["loc"]) or "the whole"
    return f"{field}: {first['msg']}", "claim, action, text and comment are texts; nothing else is sent"
