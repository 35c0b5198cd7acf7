"""What single sign-on takes and gives. Frozen; the provider's secret goes in and never comes out."""

import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, SecretStr

from greenroom.infra.fetch.address import read
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.tenancy.contracts import Access, Frozen, Name
from greenroom.tenancy.sign_in_contracts import Code

_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+")
_SAFE_TARGET = re.compile(r"/(?![/\\])[\x21-\x7e]*")


def _issuer(value: str) -> str:
    """Kept as it is written: it is compared letter by letter with what the provider says of itself."""
    try:
        target = read(value)
    except AddressRefused as error:
        raise ValueError(error.detail) from None
    if target.scheme != "https" and not target.loopback:
        raise ValueError("An issuer begins with https://")
    if "?" in value or "#" in value:
        raise ValueError("An issuer has no ? and no #; copy it from the provider's settings")
    return value


def _domain(value: str) -> str:
    value = value.strip().lower().removeprefix("@")
    if not _DOMAIN.fullmatch(value):
        raise ValueError("Write a domain of e-mail addresses, such as example.com")
    return value


def _target(value: str) -> str:
    """Only a page of this installation, never another site."""
    return value if _SAFE_TARGET.fullmatch(value) else "/"


Issuer = Annotated[str, Field(max_length=1000), AfterValidator(_issuer)]
Domain = Annotated[str, Field(max_length=253), AfterValidator(_domain)]
Target = Annotated[str, Field(max_length=1000), AfterValidator(_target)]
ProviderSecret = Annotated[SecretStr, Field(min_length=1, max_length=4000)]
TieDomains = Annotated[tuple[Domain, ...], Field(max_length=50)]


class NewPeople(Frozen):
    """Who is let in though nobody invited them: verified addresses in these domains, with this role and access."""

    domains: Annotated[tuple[Domain, ...], Field(min_length=1, max_length=50)]
    role: Literal["admin", "member", "viewer"] = "member"
    access: Annotated[tuple[Access, ...], Field(max_length=500)] = ()


class Provider(Frozen):
    """An identity provider. `people` is how many are tied to it, `redirect_address` what has to be registered there.

    `shown` counts while the organisation is the only one here. `tie_domains`: see NewProvider.
    """

    id: UUID
    name: str
    issuer: str
    oauth_client_id: str
    has_secret: bool
    enabled: bool
    shown: bool
    trusts_second_factor: bool
    tie_domains: tuple[str, ...]
    new_people: NewPeople | None
    people: int
    redirect_address: str
    version: int


class NewProvider(Frozen):
    """`trusts_second_factor`: whoever comes from there isn't asked for a code here, for the provider asks for one.

    `tie_domains`: whoever is here already is tied by a verified address in one of these (or of those of new people),
    except super users and administrators, who tie themselves when they are signed in.
    """

    name: Name
    issuer: Issuer
    oauth_client_id: Annotated[str, Field(min_length=1, max_length=500)]
    secret: ProviderSecret | None = None
    enabled: bool = False
    shown: bool = False
    trusts_second_factor: bool = False
    tie_domains: TieDomains = ()
    new_people: NewPeople | None = None


class ProviderChange(Frozen):
    """What is left out stays; `new_people: null` lets in nobody new."""

    name: Name | None = None
    issuer: Issuer | None = None
    oauth_client_id: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    secret: ProviderSecret | None = None
    enabled: bool | None = None
    shown: bool | None = None
    trusts_second_factor: bool | None = None
    tie_domains: TieDomains | None = None
    new_people: NewPeople | None = None


class Finding(Frozen):
    """One thing that was looked at; `about` says what to do when it isn't fine."""

    fine: bool
    about: str


class ProviderCheck(Frozen):
    """Whether people can be sent to the provider, and what was found."""

    fine: bool
    findings: tuple[Finding, ...]


class ProviderOffered(Frozen):
    """A way in, and whose people it is for: both names are shown, for the provider's is chosen freely."""

    id: UUID
    name: str
    organisation: str


class Leave(Frozen):
    """Where the person wants to be afterwards."""

    to: Target = "/"


class LeaveToConfirm(Leave):
    """The code is needed when an authenticator app is set and the provider isn't trusted to ask for one."""

    code: Code | None = None


class Leaving(Frozen):
    """The address at the provider to which the browser goes now."""

    address: str
