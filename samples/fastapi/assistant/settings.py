"""What differs between environments, from variables `ASSISTANT_…`."""

from typing import Annotated

from pydantic import AnyHttpUrl, Field, FilePath
from pydantic_settings import BaseSettings, SettingsConfigDict

Seconds = Annotated[float, Field(gt=0, le=600)]
Segment = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True)

    gateway_url: AnyHttpUrl
    """`status.url` of the endpoint."""
    gateway_ca: FilePath | None = None
    """PEM of `status.gateway.certificateAuthority`; without it, authorities that this machine trusts."""
    project: Segment
    location: Segment
    model: Segment = "gemini-2.5-flash"

    connect_timeout: Seconds = 2
    idle_timeout: Seconds = 15
    """Longest silence of the gateway, which ends a slow model itself, by the endpoint's own timeouts."""
    answer_timeout: Seconds = 60
    """For a whole answer that is not streamed."""
    max_connections: Annotated[int, Field(ge=1, le=10_000)] = 200
    max_body_bytes: Annotated[int, Field(ge=1)] = 256 * 1024
