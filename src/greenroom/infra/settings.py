"""Every setting of an installation: from the environment, else from the file settings.toml in its home."""

import difflib
import ipaddress
import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AnyHttpUrl, Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from greenroom.infra.fetch.allow import read_allowed
from greenroom.kit.errors import Invalid

PREFIX = "GREENROOM_"
FILE = "settings.toml"

# Read elsewhere, before or beside the settings.
OTHER_VARIABLES = {"GREENROOM_DEBUG", "GREENROOM_API", "GREENROOM_TOKEN"}


class WrongSettings(Invalid):
    """Settings that cannot be used; the sentence names each of them and what to do."""

    exit_code = 2


def default_home() -> Path:
    """The clone's `var/` when run from a clone, else a folder in the user's data directory."""
    root = Path(__file__).resolve().parents[3]
    if (root / "pyproject.toml").is_file() and (root / "src" / "greenroom").is_dir():
        return root / "var"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Greenroom"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "greenroom"


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))


Folder = Annotated[Path, AfterValidator(_absolute)]


class Settings(BaseSettings):
    """What can be set; the defaults run everything on one machine. Raises WrongSettings, for all at once."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    home: Folder = Field(default_factory=default_home, description="The folder that holds all state.")
    host: str = Field(
        "127.0.0.1",
        description="The address to listen on. 0.0.0.0 lets other machines in; put TLS before it then.",
    )
    port: int = Field(
        8000, ge=1, le=65535, description="The port to listen on; if it is busy the next free one is taken."
    )
    public_url: AnyHttpUrl | None = Field(
        None,
        description="The address under which people reach this installation, such as https://greenroom.example.",
    )
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="Addresses or networks of reverse proxies, with commas, whose word on a reader's address is taken.",
    )
    database_url: str | None = Field(
        None,
        repr=False,
        description="A PostgreSQL elsewhere, signed in as greenroom_app; else an embedded one is started.",
    )
    owner_database_url: str | None = Field(
        None, repr=False, description="The same database, signed in as greenroom_owner; runs the migrations."
    )
    pg_bin: Folder | None = Field(
        None, description="The bin folder of the PostgreSQL (15 to 18) to start as the embedded one."
    )
    workers: int = Field(1, ge=0, le=64, description="How many worker processes `greenroom up` starts.")
    phones: int = Field(
        2, ge=0, le=60, description="How many virtual phones `greenroom up` runs and shows on the wall; 0 for none."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least severe line that is logged."
    )
    media: Folder = Field(
        default_factory=lambda values: values["home"] / "media",
        description="The folder for renders and other media; in the home when not set.",
    )
    render_profile: Literal["final", "draft"] = Field(
        "final", description="How videos are rendered; draft is small and fast, for tests."
    )
    c2pa_certificate: Folder | None = Field(
        None,
        description="The certificate chain (PEM) that signs Content Credentials; else one is made.",
    )
    c2pa_key: Folder | None = Field(None, description="The private key (PEM) of that certificate.")
    session_idle: timedelta = Field(
        timedelta(hours=12),
        gt=timedelta(0),
        description="A sign-in ends after this time without use (ISO 8601, PT12H).",
    )
    session_absolute: timedelta = Field(
        timedelta(days=14),
        gt=timedelta(0),
        description="A sign-in ends after this time in any case (ISO 8601, P14D).",
    )
    stop_within: timedelta = Field(
        timedelta(seconds=20),
        gt=timedelta(0),
        description="How long servers and workers may finish their work when stopped (ISO 8601, PT20S).",
    )
    late_after: timedelta = Field(
        timedelta(hours=1),
        gt=timedelta(0),
        description="A post that can't go out until it is this late is missed, and a person asked (ISO 8601, PT1H).",
    )
    keep_finished_jobs: timedelta = Field(
        timedelta(days=14),
        gt=timedelta(0),
        description="Jobs that are done or cancelled are removed after this time (ISO 8601, P14D).",
    )
    keep_failed_jobs: timedelta = Field(
        timedelta(days=90),
        gt=timedelta(0),
        description="Jobs that failed are removed after this time (ISO 8601, P90D).",
    )
    media_bucket: str | None = Field(None, min_length=3, description="An S3 bucket for media, instead of the folder.")
    media_endpoint: AnyHttpUrl | None = Field(
        None, description="The address of the S3-compatible server; Amazon's own when not set."
    )
    media_region: str = Field("us-east-1", description="The region of the media bucket.")
    media_access_key: str | None = Field(None, repr=False, description="The access key of the media bucket.")
    media_secret_key: str | None = Field(None, repr=False, description="The secret key of the media bucket.")
    media_cache: int = Field(
        20_000_000_000,
        ge=0,
        description="Bytes of the bucket's files to keep in the home for programs that need files.",
    )
    upload_most: int = Field(2_000_000_000, ge=1, description="Bytes that one uploaded file may have.")
    limit_user: int = Field(1200, ge=0, le=10**9, description="Requests a minute of one person; 0 for no limit.")
    limit_token: int = Field(
        900, ge=0, le=10**9, description="Requests a minute of one API token, its person's too; 0 for no limit."
    )
    limit_organisation: int = Field(
        12_000, ge=0, le=10**9, description="Requests a minute of one organisation; 0 for no limit."
    )
    limit_address: int = Field(
        600, ge=0, le=10**9, description="Requests a minute of one address that is not signed in; 0 for no limit."
    )
    fetch_allow: str = Field(
        "",
        description="Machines of your own that may be fetched from, with commas: media.lan:8080, 10.1.0.0/16.",
    )
    vault_folder: Folder = Field(
        default_factory=lambda values: values["home"] / "keys",
        description="The folder of the vault's key files; keep a copy elsewhere, no backup has them.",
    )
    vault_key: str | None = Field(
        None,
        repr=False,
        description="The vault's key in 64 hexadecimal digits instead of files; several with commas, the newest first.",
    )

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise WrongSettings(_explain(error)) from None

    @field_validator("host")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value == "localhost":
            return "127.0.0.1"
        try:
            ipaddress.ip_address(value)
        except ValueError:
            raise ValueError("must be an IP address such as 127.0.0.1, 0.0.0.0 or ::1") from None
        return value

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def _a_postgres(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        return value

    @field_validator("vault_key")
    @classmethod
    def _keys(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[0-9a-f]{64}(,[0-9a-f]{64})*", value):
            raise ValueError("must be 64 lower-case hexadecimal digits, or several such with commas and no spaces")
        return value

    @field_validator("fetch_allow")
    @classmethod
    def _hosts_and_networks(cls, value: str) -> str:
        read_allowed(value)
        return value

    @model_validator(mode="after")
    def _in_pairs(self) -> "Settings":
        if self.owner_database_url and not self.database_url:
            raise ValueError("owner_database_url needs database_url too: set both, or neither")
        if bool(self.c2pa_certificate) != bool(self.c2pa_key):
            raise ValueError("c2pa_certificate and c2pa_key belong together: set both, or neither")
        if bool(self.media_access_key) != bool(self.media_secret_key):
            raise ValueError("media_access_key and media_secret_key belong together: set both, or neither")
        if self.media_endpoint and not self.media_bucket:
            raise ValueError("media_endpoint needs media_bucket too: set both, or neither")
        if self.session_idle > self.session_absolute:
            raise ValueError("session_idle is longer than session_absolute: make it shorter")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        given = init_settings.init_kwargs if isinstance(init_settings, InitSettingsSource) else {}
        home = given.get("home") or os.environ.get(f"{PREFIX}HOME") or default_home()
        return (
            init_settings,
            env_settings,
            _File(settings_cls, _absolute(Path(home)) / FILE),
            _Unknown(settings_cls),
        )


class _File(TomlConfigSettingsSource):
    """settings.toml; a file that is no TOML is one of the errors, with its place."""

    def __init__(self, settings_cls: type[BaseSettings], path: Path) -> None:
        try:
            super().__init__(settings_cls, path)
        except (ValueError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise WrongSettings(f"{path} cannot be read: {reason}. Mend the file or move it away") from error
        if "home" in self.toml_data:
            raise WrongSettings(f"home cannot be set in {path}, which lies in the home; set GREENROOM_HOME")


class _Unknown(InitSettingsSource):
    """Variables with our prefix that mean nothing, so that a slip of the pen is refused too."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        known = {f"{PREFIX}{name}".upper() for name in settings_cls.model_fields} | OTHER_VARIABLES
        unknown = {name for name in os.environ if name.startswith(PREFIX) and name not in known}
        super().__init__(settings_cls, {name.removeprefix(PREFIX).lower(): os.environ[name] for name in unknown})


def _explain(error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_url=False):
        if problem["type"] == "default_factory_not_called":  # follows from another field's error
            continue
        name = str(problem["loc"][0]) if problem["loc"] else ""
        lines.append(f"  {_label(name)}: {_sentence(name, problem['type'], problem['msg'])}")
    return "These settings are wrong:\n" + "\n".join(sorted(lines))


def _label(name: str) -> str:
    if not name:
        return "together"
    variable = f"{PREFIX}{name.upper()}"
    return variable if os.environ.get(variable) else f"{name} in {FILE}"


def _sentence(name: str, kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, Settings.model_fields, n=1)
        return "there is no such setting" + (f"; is {close[0]} meant?" if close else "; remove it")
    message = message.removeprefix("Value error, ").replace("Input should be", "must be")
    field = Settings.model_fields.get(name)
    return f"{message}. {field.description}" if field else message
