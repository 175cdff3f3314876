"""The gateway, by the two SDKs. Each call carries the token of the user whom it is made for; none is kept."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

import httpx2
from google import genai
from google.genai import types
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam
from pydantic import SecretStr

from .settings import Settings


class Gateway:
    def __init__(self, settings: Settings, http: httpx2.AsyncClient) -> None:
        self._settings = settings
        self._http = http
        self._url = str(settings.gateway_url).rstrip("/")
        # Without project and location of its own the SDK looks for no credentials: each call brings its header.
        self._genai = genai.Client(
            vertexai=True,
            http_options=types.HttpOptions(
                base_url=f"{self._url}/v1/projects/{settings.project}/locations/{settings.location}",
                base_url_resource_scope=types.ResourceScope.COLLECTION,
                timeout=int(settings.idle_timeout * 1000),
                httpx_async_client=http,
            ),
        ).aio

    async def chat(self, token: SecretStr, messages: list[ChatCompletionMessageParam]) -> str:
        async with asyncio.timeout(self._settings.answer_timeout):
            answer = await self._openai(token).chat.completions.create(model=self._settings.model, messages=messages)
        return answer.choices[0].message.content or ""

    async def stream_chat(
        self, token: SecretStr, messages: list[ChatCompletionMessageParam]
    ) -> AsyncGenerator[str]:
        async with await self._openai(token).chat.completions.create(
            model=self._settings.model, messages=messages, stream=True
        ) as chunks:
            async for chunk in chunks:
                if chunk.choices and chunk.choices[0].delta.content:
                    yield chunk.choices[0].delta.content

    async def summarize(self, token: SecretStr, text: str) -> str:
        async with asyncio.timeout(self._settings.answer_timeout):
            answer = await self._genai.models.generate_content(
                model=self._settings.model, contents=text, config=self._summary(token)
            )
        return answer.text or ""

    async def stream_summary(self, token: SecretStr, text: str) -> AsyncGenerator[str]:
        chunks = await self._genai.models.generate_content_stream(
            model=self._settings.model, contents=text, config=self._summary(token)
        )
        async with aclosing(chunks):
            async for chunk in chunks:
                if chunk.text:
                    yield chunk.text

    def _openai(self, token: SecretStr) -> AsyncOpenAI:
        """A client per call is cheap, as all share one pool, and its token cannot become another user's."""
        return AsyncOpenAI(
            api_key=token.get_secret_value(),
            base_url=f"{self._url}/openai/v1",
            http_client=self._http,
            timeout=self._http.timeout,
            max_retries=0,  # the gateway repeats what is worth it, within the budget of the endpoint
        )

    @staticmethod
    def _summary(token: SecretStr) -> types.GenerateContentConfig:
        return types.GenerateContentConfig(
            system_instruction="Summarize the text in at most three sentences.",
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
            http_options=types.HttpOptions(headers={"Authorization": f"Bearer {token.get_secret_value()}"}),
        )


@asynccontextmanager
async def open_gateway(settings: Settings) -> AsyncIterator[Gateway]:
    """The gateway and its connections, which end with the service."""
    async with httpx2.AsyncClient(
        verify=ssl.create_default_context(cafile=settings.gateway_ca),
        timeout=httpx2.Timeout(settings.idle_timeout, connect=settings.connect_timeout),
        limits=httpx2.Limits(max_connections=settings.max_connections),
        follow_redirects=False,  # a token goes nowhere else
        trust_env=False,
    ) as http:
        yield Gateway(settings, http)
