"""What a user reads when the gateway refuses or fails: RFC 9457, the same for both SDKs, before a stream and in it."""

import logging
from collections.abc import Mapping
from typing import Any

import httpx2
import openai
from fastapi import Request
from fastapi.responses import JSONResponse
from google.genai import errors as genai_errors
from pydantic import BaseModel

GATEWAY_ERRORS = (openai.APIError, genai_errors.APIError, httpx2.HTTPError, TimeoutError)

# What these say is about this service or the endpoint, whatever their status: the user can do nothing about it.
_NOT_THE_USERS = {"ROUTE_UNKNOWN", "UPSTREAM_NOT_FOUND", "UPSTREAM_PERMISSION_DENIED", "UPSTREAM_UNAUTHENTICATED"}
_TITLES = {
    400: "The question was not accepted",
    401: "Sign in again",
    403: "You may not ask this here",
    413: "The question is too long",
    429: "Too much was asked; wait a little",
    502: "The assistant failed",
    503: "The assistant is not available at the moment",
    504: "The assistant took too long",
}

log = logging.getLogger(__name__)


class Problem(BaseModel):
    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    code: str | None = None
    """The gateway's own code, stable."""
    request_id: str | None = None
    """Finds the call in the gateway's audit records."""


def problem_of(error: Exception) -> Problem:
    """What may be told of the error. Never its text, which may hold more than a user should read."""
    match error:
        case openai.APITimeoutError() | httpx2.TimeoutException() | TimeoutError():
            return _problem(504)
        case openai.APIConnectionError() | httpx2.HTTPError():
            return _problem(503)
        case openai.APIStatusError():
            said = error.body if isinstance(error.body, dict) else {}
            return _problem(error.status_code, error.code, said.get("message"), error.request_id)
        case openai.APIError():  # within a stream
            return _problem(502, error.code, error.message)
        case genai_errors.APIError():
            details = _details(error)
            return _problem(error.code, details.get("reason"), error.message, details.get("requestId"))
        case _:
            raise TypeError(f"not an error of the gateway: {type(error).__name__}")


async def answer(_: Request, error: Exception) -> JSONResponse:
    """Exception handler of GATEWAY_ERRORS."""
    problem = problem_of(error)
    headers = {}
    if problem.status == 401:
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    if wait := _headers(error).get("retry-after"):
        headers["Retry-After"] = wait
    return JSONResponse(
        problem.model_dump(exclude_none=True), problem.status, headers, media_type="application/problem+json"
    )


def _problem(
    status: int, code: str | None = None, message: str | None = None, request_id: str | None = None
) -> Problem:
    log.warning("The gateway answered %s %s, request %s.", status, code, request_id)
    if code in _NOT_THE_USERS or status not in _TITLES:
        status, message = 502, None
    return Problem(title=_TITLES[status], status=status, detail=message, code=code, request_id=request_id)


def _details(error: genai_errors.APIError) -> Mapping[str, Any]:
    """Members of the details in Google's error shape; each kind of detail has names of its own."""
    body = error.details if isinstance(error.details, dict) else {}
    return {name: value for detail in body.get("error", {}).get("details", []) for name, value in detail.items()}


def _headers(error: Exception) -> Mapping[str, str]:
    response = getattr(error, "response", None)
    return getattr(response, "headers", None) or {}
