"""The environment, read once, here and nowhere else. Needs no Django: the light commands use it too."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qiantang.config.authorities import DEMO_AUTHORITY, AuthorityNamed, authorities_of
from qiantang.config.calendars import calendars_of
from qiantang.config.clusters import search_cluster
from qiantang.config.connectors import ConnectorNamed, connectors_of
from qiantang.config.networks import networks_of
from qiantang.config.numbers import count_of, port_of, zero_or_more
from qiantang.config.providers import ProviderNamed, provider_secrets, providers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROJECT_ROOT = Path(__file__).resolve().parents[3]
_SECRET_FILE = "secret-key"  # noqa: S105 - the name of a file, not a secret
_SECRET_LEAST_LENGTH = 32


class SettingError(ValueError):
    """A variable holds what it cannot mean; the message names the variable and says what would do."""


class Kind(StrEnum):
    """For which use the platform runs."""

    DEV = "dev"
    PROD = "prod"
    TEST = "test"


class Changer(StrEnum):
    """Who changes a setting."""

    OPERATOR = "operator"
    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class Variable:
    """What the settings reference says of one variable.

    name        of the environment variable
    kind        of the value, in words
    default     as an operator would write it; empty where there is none
    meaning     with its unit
    changed_by  who has a reason to change it
    """

    name: str
    kind: str
    default: str
    meaning: str
    changed_by: Changer


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _address_of(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if urlsplit(text).scheme not in schemes:
            raise ValueError("begin with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return text

    return parse


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _secret(text: str) -> str:
    if len(text) < _SECRET_LEAST_LENGTH:
        raise ValueError(f"at least {_SECRET_LEAST_LENGTH} characters")
    return text


def _sender(text: str) -> str:
    if not re.fullmatch(r"[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", text):
        raise ValueError("as in notices@example.org or City <notices@example.org>")
    return text


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host:
        raise ValueError("host:port")
    return host, port_of(port)


def _city(text: str) -> str:
    if not re.fullmatch(r"[1-8][0-9]{3}00", text):
        raise ValueError("the six digits of a city after GB/T 2260, such as 330100")
    return text


def _variable(
    name: str,
    parse: Callable[[str], Any],
    *,
    kind: str,
    meaning: str,
    default: str = "",
    changed_by: Changer = Changer.OPERATOR,
) -> Any:
    told = Variable(name, kind, default, meaning, changed_by)
    return field(metadata={"variable": told, "parse": parse})


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """All that the surroundings decide. ``Environment.read()`` builds it; a field without a value is None.

    errors  SettingError, naming the variable
    """

    kind: Kind = _variable(  # noqa: RUF009 - returns a dataclass field
        "QIANTANG_ENV",
        Kind,
        kind="dev, prod or test",
        default="dev",
        meaning="for which use the platform runs",
    )
    home: Path = _variable(  # noqa: RUF009 - returns a dataclass field
        "QIANTANG_HOME",
        _folder,
        kind="folder",
        default=str(PROJECT_ROOT / "var" / "home"),
        meaning="all state: database, register, index, files; a relative path counts from the current folder",
    )
    port: int = _variable("PORT", port_of, kind="whole number", default="8000", meaning="TCP port of the server")
    database_url: str | None = _variable(
        "QIANTANG_DATABASE_URL",
        _address_of("sqlite", "postgresql"),
        kind="address",
        meaning="sqlite:///file or postgresql://user:password@host:port/name; unset: SQLite in the home",
    )
    search_url: str | None = _variable(
        "QIANTANG_SEARCH_URL",
        search_cluster,
        kind="address",
        meaning="OpenSearch cluster, http(s)://[user:password@]host[:port][,host[:port]…][/name of the index]; unset: the "
        "embedded engine. How: docs/howto/scale-out.md",
    )
    search_shards: int = _variable(
        "QIANTANG_SEARCH_SHARDS",
        count_of,
        kind="whole number from 1",
        default="3",
        meaning="parts of an index that is built in a search cluster from now on",
    )
    search_replicas: int = _variable(
        "QIANTANG_SEARCH_REPLICAS",
        zero_or_more,
        kind="whole number from 0",
        default="1",
        meaning="further copies of each part; with 1, any one node may be lost",
    )
    lake_url: str | None = _variable(
        "QIANTANG_LAKE_URL",
        _address_of("sc", "spark"),
        kind="address",
        meaning="analytical cluster; unset: the embedded engine",
    )
    authorities: tuple[AuthorityNamed, ...] = _variable(
        "QIANTANG_TSA_URL",
        authorities_of,
        kind="addresses, parted by blanks",
        default=DEMO_AUTHORITY,
        meaning="timestamp authorities (RFC 3161), each of which stamps every checkpoint of the evidence log: "
        "https://host/path#ca=FILE&name=NAME&policy=OID; demo: one on this machine, which is no legal timestamp",
    )
    connectors: tuple[ConnectorNamed, ...] | None = _variable(
        "QIANTANG_CONNECTORS",
        connectors_of,
        kind="addresses, parted by blanks",
        meaning="other bodies that take disputes over, by route: court=https://host/path#key=HEX (Ed25519); "
        "without one the office hands papers in by itself, and synthetic disputes go to simulators",
    )
    calendars: tuple[str, ...] | None = _variable(
        "QIANTANG_CALENDARS",
        calendars_of,
        kind="addresses, parted by blanks",
        meaning="calendars of OpenTimestamps, in which the newest checkpoint of the evidence log is anchored once an hour; "
        "unset: none. A checkpoint tells them nothing but a digest",
    )
    browser: str | None = _variable(
        "CHROMIUM",
        str,
        kind="program",
        meaning="the Chromium that captures web pages; unset: the first one on the PATH",
    )
    clocks: tuple[str, ...] | None = _variable(
        "QIANTANG_CLOCKS",
        _names,
        kind="names, parted by commas",
        meaning="time servers (NTP), host or host:port, with which a web capture compares the clock; unset: not compared",
    )
    capture_region: str | None = _variable(
        "QIANTANG_CAPTURE_REGION",
        str,
        kind="text",
        meaning="from where web captures are made, as it stands in their records; unset: not said",
    )
    secret_key: str | None = _variable(
        "QIANTANG_SECRET_KEY",
        _secret,
        kind="text of at least 32 characters",
        meaning="signs sessions and forms; dev makes one and keeps it in the home, prod does not start without it",
    )
    allowed_hosts: tuple[str, ...] = _variable(
        "QIANTANG_ALLOWED_HOSTS",
        _names,
        kind="names, parted by commas",
        default="localhost,127.0.0.1,[::1]",
        meaning="host names under which the platform answers",
    )
    city_code: str = _variable(
        "QIANTANG_CITY_CODE",
        _city,
        kind="six digits",
        default="330100",
        meaning="code of the city after GB/T 2260: its patents are monitored, and its districts go first where several have a name",
    )
    city_name_zh: str = _variable(
        "QIANTANG_CITY_NAME_ZH",
        str,
        kind="text",
        default="杭州",
        meaning="name of the city in Chinese",
    )
    city_name_en: str = _variable(
        "QIANTANG_CITY_NAME_EN",
        str,
        kind="text",
        default="Hangzhou",
        meaning="name of the city in English",
    )
    map_review_number: str = _variable(
        "QIANTANG_MAP_REVIEW_NUMBER",
        str,
        kind="text",
        default="",
        meaning="review number (审图号) of the outlines, printed on every map; a map that is published needs one",
    )
    public_url: str | None = _variable(
        "QIANTANG_PUBLIC_URL",
        _address_of("http", "https"),
        kind="address",
        meaning="where people reach the platform, for the links in mails; unset: this machine and PORT",
    )
    smtp_url: str | None = _variable(
        "QIANTANG_SMTP_URL",
        _address_of("smtp", "smtp+tls", "smtps"),
        kind="address",
        meaning=(
            "mail server: smtp+tls://user:password@host:587 with STARTTLS, smtps:// with TLS from the first byte, smtp:// "
            "in clear; ?ca=FILE names an authority of your own; unset: mails are written into the folder mail of the home"
        ),
    )
    mail_sender: str = _variable(
        "QIANTANG_MAIL_SENDER",
        _sender,
        kind="e-mail address",
        default="qiantang@localhost",
        meaning="who mails come from; also as Name <address>",
    )
    sms_url: str | None = _variable(
        "QIANTANG_SMS_URL",
        _address_of("https", "http"),
        kind="address",
        meaning="gateway for text messages, https://account:secret@host/path; unset: files in the folder texts of the home",
    )
    watch_folder: Path | None = _variable(  # noqa: RUF009 - returns a dataclass field
        "QIANTANG_WATCH_FOLDER",
        _folder,
        kind="folder",
        meaning="the worker loads complete files that are put here, once a minute; unset: no folder is watched",
    )
    snapshots_kept: int = _variable(
        "QIANTANG_SNAPSHOTS_KEPT",
        count_of,
        kind="whole number from 1",
        default="30",
        meaning="snapshots of the register that stay when old ones are pruned, besides pinned ones",
    )
    proxies: int = _variable(
        "QIANTANG_PROXIES",
        zero_or_more,
        kind="whole number from 0",
        default="0",
        meaning="web servers of yours before the platform; a caller's address is that many places from the end of "
        "X-Forwarded-For, with 0 that of the connection",
    )
    api_public_quota: int = _variable(
        "QIANTANG_API_PUBLIC_QUOTA",
        count_of,
        kind="whole number from 1",
        default="120",
        meaning="requests a minute that the open API answers an address without a token",
    )
    api_token_quota: int = _variable(
        "QIANTANG_API_TOKEN_QUOTA",
        count_of,
        kind="whole number from 1",
        default="1200",
        meaning="requests a minute that the open API answers one token",
    )
    identity_providers: tuple[ProviderNamed, ...] = _variable(
        "QIANTANG_IDENTITY_PROVIDERS",
        providers,
        kind="addresses, parted by blanks",
        meaning="OpenID Connect providers by which people sign in: https://issuer#client=ID&name=NAME&title=WORDS; "
        "accounts=open gives who is not yet known an account. How: docs/howto/sign-in-with-a-provider.md",
    )
    identity_secrets: dict[str, str] | None = _variable(  # noqa: RUF009 - returns a dataclass field
        "QIANTANG_IDENTITY_SECRETS",
        provider_secrets,
        kind="name:secret, parted by blanks",
        meaning="what the platform shows to each identity provider; one without a secret is a public client (PKCE alone)",
    )
    platform_networks: tuple[str, ...] | None = _variable(
        "QIANTANG_PLATFORM_NETWORKS",
        networks_of,
        kind="networks, parted by commas",
        meaning="networks inside which other platforms may be reached besides public addresses, as in 10.20.0.0/16; unset: none",
    )
    clamd_address: tuple[str, int] | None = _variable(
        "QIANTANG_CLAMD_ADDRESS",
        _host_and_port,
        kind="host:port",
        meaning="ClamAV daemon that looks at uploads; unset: no virus check, which the verdict then says",
    )

    @classmethod
    def read(cls, source: Mapping[str, str] | None = None) -> Environment:
        """The environment of this process, or of ``source``. An empty variable counts as unset."""
        given = os.environ if source is None else source
        values: dict[str, Any] = {one.name: _value(one, given) for one in fields(cls)}
        return cls(**values)

    def secret(self, *, may_make: bool) -> str:
        """The secret key given, else the one kept in the home.

        may_make    make one there (mode 600) when it is first asked for, as dev does
        errors      SettingError where none is given and none may be made
        """
        if self.secret_key is not None:
            return self.secret_key
        if not may_make:
            raise SettingError("QIANTANG_SECRET_KEY must be set in production: at least 32 random characters")
        return _kept_secret(self.home / _SECRET_FILE)


def variables() -> tuple[Variable, ...]:
    """Every variable, for the settings reference."""
    return tuple(one.metadata["variable"] for one in fields(Environment))


def choose_settings() -> None:
    """Tell Django which settings go with QIANTANG_ENV, unless DJANGO_SETTINGS_MODULE says so already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"qiantang.config.settings.{Environment.read().kind}")


def _value(one: Field[Any], given: Mapping[str, str]) -> Any:
    told: Variable = one.metadata["variable"]
    text = given.get(told.name, "").strip() or told.default
    if not text:
        return None
    try:
        return one.metadata["parse"](text)
    except ValueError as fault:
        shown = "" if told.name.endswith(("_KEY", "_SECRETS")) or "_URL" in told.name else f" {text!r}"
        raise SettingError(f"{told.name}{shown} is not {told.kind}: {fault}") from None


def _kept_secret(place: Path) -> str:
    """The secret in the file, made first where there is none. Two processes that start at once agree on one."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f"{place.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48) + "\n")
        with suppress(FileExistsError):
            os.link(draft, place)
        draft.unlink()
    return place.read_text(encoding="ascii").strip()
