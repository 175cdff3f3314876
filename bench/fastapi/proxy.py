"""The gateway's job as a FastAPI service: token, role, body, forward, record."""

import asyncio
import os
import sys
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import httpx
import jwt
import orjson
from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

ISSUER = os.environ["ISSUER"]
AUDIENCE = os.environ["AUDIENCE"]
GROUP = os.environ["GROUP"]
MODEL = os.environ["MODEL"]
KEYS = {key.key_id: key.key for key in jwt.PyJWKSet.from_dict(orjson.loads(os.environ["JWKS"])).keys}


class Predict(BaseModel):
    model_config = ConfigDict(extra="allow")
    instances: list[Any] = Field(min_length=1)


class Records:
    """Lines gathered for a moment, written together."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def add(self, **members: Any) -> None:
        if not self._lines:
            asyncio.get_running_loop().call_later(0.01, self._write)
        self._lines.append(orjson.dumps(members, option=orjson.OPT_APPEND_NEWLINE))

    def _write(self) -> None:
        sys.stdout.buffer.write(b"".join(self._lines))
        sys.stdout.buffer.flush()
        self._lines.clear()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    limits = httpx.Limits(max_connections=1024, max_keepalive_connections=1024)
    async with httpx.AsyncClient(base_url=MODEL, verify=os.environ["CA"], limits=limits, timeout=60) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan, openapi_url=None)
records = Records()


def caller(authorization: Annotated[str, Header()] = "") -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise HTTPException(401)
    try:
        key = KEYS[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(token, key, algorithms=["RS256", "ES256"], audience=AUDIENCE, issuer=ISSUER)
    except (jwt.PyJWTError, KeyError):
        raise HTTPException(401) from None
    if GROUP not in claims.get("groups", ()):
        raise HTTPException(403)
    return claims["sub"]


Caller = Annotated[str, Depends(caller)]


def outgoing(request: Request, body: bytes, request_id: str) -> httpx.Request:
    headers = {
        "authorization": "Bearer the-gateways-own-token",
        "content-type": "application/json",
        "x-request-id": request_id,
    }
    return request.app.state.client.build_request("POST", request.url.path, content=body, headers=headers)


@app.post("/v1/projects/{rest:path}")
async def predict(rest: str, request: Request, subject: Caller) -> Response:
    begun = time.perf_counter()
    request_id = str(uuid.uuid4())
    body = await request.body()
    try:
        Predict.model_validate_json(body)
    except ValueError:
        raise HTTPException(400) from None
    upstream = outgoing(request, body, request_id)
    answer = await request.app.state.client.send(upstream, stream="tream" in rest.rpartition(":")[2])

    def ended(size: int) -> None:
        records.add(
            requestId=request_id,
            path=request.url.path,
            subject=subject,
            status=answer.status_code,
            bytesIn=len(body),
            bytesOut=size,
            milliseconds=(time.perf_counter() - begun) * 1000,
        )

    kind = answer.headers.get("content-type")
    if answer.is_stream_consumed:
        ended(len(answer.content))
        return Response(answer.content, answer.status_code, media_type=kind)

    async def pieces() -> AsyncIterator[bytes]:
        size = 0
        async for piece in answer.aiter_raw():
            size += len(piece)
            yield piece
        await answer.aclose()
        ended(size)

    return StreamingResponse(pieces(), answer.status_code, media_type=kind)
