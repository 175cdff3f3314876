"""What the browser calls."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from .gateway import Gateway
from .problems import GATEWAY_ERRORS, problem_of

router = APIRouter(prefix="/api")

Text = Annotated[str, Field(min_length=1, max_length=32_000)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Message(Body):
    role: Literal["user", "assistant"]
    content: Text


class Chat(Body):
    messages: Annotated[list[Message], Field(min_length=1, max_length=50)]

    def to_openai(self) -> list:
        return [message.model_dump() for message in self.messages]


class Document(Body):
    text: Text


class Answer(BaseModel):
    text: str


def gateway_of(request: Request) -> Gateway:
    return request.state.gateway


def token_of(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
) -> SecretStr:
    """The user's token, unread: the gateway checks it, and a check here too would only let the two disagree."""
    if credentials is None:
        raise HTTPException(401, "A bearer token is required.", {"WWW-Authenticate": "Bearer"})
    return SecretStr(credentials.credentials)


TheGateway = Annotated[Gateway, Depends(gateway_of)]
Token = Annotated[SecretStr, Depends(token_of)]


@asynccontextmanager
async def begun(texts: AsyncGenerator[str]) -> AsyncIterator[AsyncIterator[str]]:
    """Waits for the first text, so that a refusal before it is a status of its own; closes what the browser left."""
    async with aclosing(texts):
        first = await anext(texts, "")

        async def all_of_them() -> AsyncIterator[str]:
            yield first
            async for text in texts:
                yield text

        yield all_of_them()


async def chat_texts(chat: Chat, token: Token, gateway: TheGateway) -> AsyncIterator[AsyncIterator[str]]:
    async with begun(gateway.stream_chat(token, chat.to_openai())) as texts:
        yield texts


async def summary_texts(document: Document, token: Token, gateway: TheGateway) -> AsyncIterator[AsyncIterator[str]]:
    async with begun(gateway.stream_summary(token, document.text)) as texts:
        yield texts


async def events(texts: AsyncIterator[str]) -> AsyncIterator[ServerSentEvent]:
    """`text` events, then one `done` or one `error`; a stream that ends without either was cut."""
    try:
        async for text in texts:
            yield ServerSentEvent(event="text", data=Answer(text=text))
    except GATEWAY_ERRORS as error:
        yield ServerSentEvent(event="error", data=problem_of(error).model_dump(exclude_none=True))
    else:
        yield ServerSentEvent(event="done", data={})


@router.post("/chat")
async def chat(chat: Chat, token: Token, gateway: TheGateway) -> Answer:
    return Answer(text=await gateway.chat(token, chat.to_openai()))


@router.post("/chat/stream", response_class=EventSourceResponse)
async def stream_chat(
    texts: Annotated[AsyncIterator[str], Depends(chat_texts)],
) -> AsyncIterator[ServerSentEvent]:
    async for event in events(texts):
        yield event


@router.post("/summary")
async def summary(document: Document, token: Token, gateway: TheGateway) -> Answer:
    return Answer(text=await gateway.summarize(token, document.text))


@router.post("/summary/stream", response_class=EventSourceResponse)
async def stream_summary(
    texts: Annotated[AsyncIterator[str], Depends(summary_texts)],
) -> AsyncIterator[ServerSentEvent]:
    async for event in events(texts):
        yield event
