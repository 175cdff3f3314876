"""The gateway's wire, small: who asks is in the token, what happens is in the question."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

REQUEST_ID = "0192f0c1-5a1e-7c3f-9d5b-3a1f0c9e7d11"
REFUSALS = {
    "too much": (429, "RESOURCE_EXHAUSTED", "REQUESTS_EXHAUSTED", "Too many requests in a minute."),
    "no model": (403, "PERMISSION_DENIED", "UPSTREAM_PERMISSION_DENIED", "Tell the endpoint's owner."),
    "down": (503, "UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "The model is not available at the moment. Try again."),
}


class StandIn:
    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.left = asyncio.Event()
        """An endless stream was closed by who asked for it."""
        model = "/v1/projects/acme-ml-qa/locations/europe-west4/publishers/google/models/gemini-2.5-flash"
        self.app = Starlette(
            routes=[
                Route("/openai/v1/chat/completions", self.openai, methods=["POST"]),
                Route(model + ":generateContent", self.gemini, methods=["POST"]),
                Route(model + ":streamGenerateContent", self.gemini, methods=["POST"]),
            ]
        )

    async def openai(self, request: Request) -> Response:
        body = await request.json()
        question = body["messages"][-1]["content"]

        def error(_: int, __: str, code: str, message: str) -> dict:
            return {"error": {"message": message, "type": "error", "param": None, "code": code}}

        if refusal := self.refusal(request, question):
            return refused(refusal, error(*refusal))
        if body.get("stream"):
            return self.stream(question, lambda text: chunk(delta={"content": text}), error)
        return JSONResponse(chunk(message={"role": "assistant", "content": await said(question)}))

    async def gemini(self, request: Request) -> Response:
        question = (await request.json())["contents"][0]["parts"][0]["text"]

        def error(status: int, name: str, code: str, message: str) -> dict:
            kind = "type.googleapis.com/google.rpc."
            info = {"@type": kind + "ErrorInfo", "reason": code, "domain": "secureprediction.dev"}
            request_info = {"@type": kind + "RequestInfo", "requestId": REQUEST_ID}
            return {"error": {"code": status, "message": message, "status": name, "details": [info, request_info]}}

        def answer(text: str) -> dict:
            return {"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}}]}

        if refusal := self.refusal(request, question):
            return refused(refusal, error(*refusal))
        if request.url.path.endswith(":streamGenerateContent"):
            return self.stream(question, answer, error)
        return JSONResponse(answer(await said(question)))

    def refusal(self, request: Request, question: str) -> tuple[int, str, str, str] | None:
        token = request.headers["authorization"].removeprefix("Bearer ")
        self.tokens.append(token)
        match token.split("-")[0]:
            case "user":
                return REFUSALS.get(question)
            case "guest":
                return 403, "PERMISSION_DENIED", "ACCESS_DENIED", "The caller may not do this here."
            case _:
                return 401, "UNAUTHENTICATED", "TOKEN_EXPIRED", "The bearer token has expired. Get a new one."

    def stream(self, question: str, frame, error) -> Response:
        async def frames() -> AsyncIterator[str]:
            try:
                for word in question.split():
                    yield f"data: {json.dumps(frame(word + ' '))}\n\n"
                if question == "then fail":
                    yield f"data: {json.dumps(error(*REFUSALS['down']))}\n\n"
                while question == "without end":
                    await asyncio.sleep(0.01)
                    yield f"data: {json.dumps(frame('on '))}\n\n"
            except asyncio.CancelledError:
                self.left.set()
                raise

        return StreamingResponse(frames(), media_type="text/event-stream")


async def said(question: str) -> str:
    if question == "slow":
        await asyncio.sleep(30)
    return f"You said: {question}"


def chunk(**choice: object) -> dict:
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, **choice}]}


def refused(refusal: tuple[int, str, str, str], body: dict) -> Response:
    headers = {"x-request-id": REQUEST_ID}
    if refusal[0] == 429:
        headers["retry-after"] = "7"
    return JSONResponse(body, refusal[0], headers)
