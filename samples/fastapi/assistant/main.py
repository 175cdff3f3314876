"""`uvicorn --factory assistant.main:create_app`"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi import FastAPI

from .gateway import Gateway, open_gateway
from .problems import GATEWAY_ERRORS, answer
from .routes import router
from .settings import Settings


class State(TypedDict):
    gateway: Gateway


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        async with open_gateway(settings) as gateway:
            yield {"gateway": gateway}

    app = FastAPI(title="Assistant", lifespan=lifespan, max_body_size=settings.max_body_bytes)
    for kind in GATEWAY_ERRORS:
        app.add_exception_handler(kind, answer)
    app.include_router(router)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        # whether the gateway answers is its own probe's business: pods that are all unready help nobody
        return {"status": "ok"}

    return app
