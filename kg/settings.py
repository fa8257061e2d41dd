"""The settings of the service, read once from the environment at the entry point."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.encoder.choice import EncoderChoice
from ontology.errors import InvalidValue

PREFIX = "SFKG_"


class Settings(BaseSettings):
    """Every setting is the variable `SFKG_<NAME>`; the README's table lists them all."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    data: Path = Field(
        default_factory=lambda: user_data_path("sfkg"),
        description="Folder of the embedded store and the snapshots",
    )
    store: str = Field("", description="Store address; empty is `graph.sqlite` in the data folder")
    neo4j_user: str = Field("neo4j", description="User of a Neo4j store")
    neo4j_password: str = Field("", repr=False, description="Password of a Neo4j store")
    neo4j_password_file: Path | None = Field(
        None, description="File that holds the password instead"
    )
    neo4j_database: str = Field("", description="Database; empty is the user's home database")
    neo4j_certificate: Path | None = Field(
        None, description="Certificate of the authority that signed the server's, for +s addresses"
    )
    edition: str = Field("2024", description="Guide edition that answers speak of")
    encoder: str = Field(
        "",
        description="Folder, or name on a hub, of a sentence-transformers model; empty is the"
        " built-in encoder",
    )
    encoder_revision: str = Field("", description="Revision of an encoder named on a hub")
    encoder_prompt: str = Field(
        "", description="Name of the encoder's own prompt that goes before questions"
    )
    encoder_length: int = Field(
        0, ge=0, description="Tokens of a text that the encoder reads; 0 is as many as it can"
    )
    encoder_runtime: Literal["", "onnx", "torch"] = Field(
        "", description="What runs the encoder; empty is onnx where model and machine have it"
    )
    encoder_download: bool = Field(
        False, description="Whether an encoder named on a hub may be downloaded"
    )
    host: str = Field("127.0.0.1", description="Address to listen on; beyond loopback needs a key")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on")
    key: str = Field("", description="Key that every request must carry; empty asks for none")
    contacts_key: str = Field(
        "", repr=False, description="Key that shows contacts of persons too; empty shows none"
    )
    read_only: bool = Field(
        False, description="Open the store for reading only and rebuild no snapshot"
    )
    compute_slots: int = Field(
        2, ge=1, le=64, description="Matching requests computed at the same time"
    )
    queue: int = Field(
        32, ge=0, le=10_000, description="Matching requests that may wait for a slot before 503"
    )
    poll_seconds: float = Field(
        5.0, gt=0, le=3600, description="How often a server looks for a new graph or snapshot"
    )

    @property
    def store_url(self) -> str:
        """The store's address, the default filled in."""
        return self.store or f"sqlite:///{self.data / 'graph.sqlite'}"

    @property
    def encoder_choice(self) -> EncoderChoice:
        """The encoder with how it is run."""
        return EncoderChoice(
            self.encoder,
            self.encoder_revision,
            self.encoder_prompt,
            self.encoder_length,
            self.encoder_runtime,
            self.encoder_download,
        )

    @property
    def words(self) -> Path:
        """The folder of a user's own taught words."""
        return self.data / "vocabulary"

    @property
    def snapshots(self) -> Path:
        """The folder that holds the snapshots."""
        return self.data / "snapshots"

    @property
    def guides(self) -> Path:
        """The folder of guide editions whose text was imported."""
        return self.data / "guides"

    @property
    def replicas(self) -> Path:
        """The folder that holds local copies of graphs on servers."""
        return self.data / "replicas"


def read_settings(**given: object) -> Settings:
    """Return the settings of the environment, overridden by what is `given` and not None."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise InvalidValue(f"{PREFIX}{name.upper()}", first["input"], first["msg"]) from None
