"""Signing in over HTTP: steps and passkeys at the door, and one's own sessions and ways to sign in behind it.

No answer here is kept for a request that is sent again: most of them hold something shown once.
"""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from greenroom.infra.context import Context, House
from greenroom.infra.feed import present
from greenroom.infra.http.context import Ctx, HouseOf, Identified, Identity
from greenroom.infra.http.cookies import clear_session_cookie, read_session_cookie, set_session_cookie
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.origin import origin
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.infra.http.stream import PLACE
from greenroom.infra.http.versions import Version
from greenroom.kit.errors import SignedOut
from greenroom.tenancy import (
    facade,
    links,
    passkey_sign_in,
    passkeys,
    second_factor,
    second_step,
    sessions,
    sign_in,
)
from greenroom.tenancy.contracts import FirstRun, NewPassword, Session, SignIn
from greenroom.tenancy.relying_party import RelyingParty, relying_party
from greenroom.tenancy.sign_in_contracts import (
    AuthenticatorCode,
    CeremonyOptions,
    Confirmation,
    Method,
    NewAuthenticator,
    NewPasskey,
    OpenSession,
    Passkey,
    PasskeyChange,
    PasskeySignIn,
    PasswordChange,
    RecoveryCodes,
    SecondStep,
    SignInWays,
)

router = APIRouter(tags=["sign-in"], route_class=AnswersOnce)


@router.post("/session", operation_id="start_session")
async def start_session(form: SignIn, request: Request, response: Response, house: HouseOf) -> Session:
    """Sign in. Answers 401 of type `second-factor`, with a `challenge`, when a code is needed too."""
    address, agent = origin(request)
    token = await sign_in.sign_in(house, form.email, form.password, address=address, agent=agent)
    return await _entered(house, token, request, response)


@router.post("/session/second-factor", operation_id="answer_second_factor")
async def answer_second_factor(form: SecondStep, request: Request, response: Response, house: HouseOf) -> Session:
    organisation, user, method = await second_step.answer(house, form.challenge, form.code, address=origin(request)[0])
    return await _enter(house, organisation, user, request, response, method=method)


@router.post("/session/passkey/options", operation_id="ask_passkey")
async def ask_passkey(request: Request, house: HouseOf) -> CeremonyOptions:
    return await passkey_sign_in.begin(house, _party(house, request), address=origin(request)[0])


@router.post("/session/passkey", operation_id="start_session_with_passkey")
async def start_session_with_passkey(
    form: PasskeySignIn, request: Request, response: Response, house: HouseOf
) -> Session:
    party = _party(house, request)
    organisation, user = await passkey_sign_in.finish(house, party, form.credential, address=origin(request)[0])
    return await _enter(house, organisation, user, request, response, method="passkey")


@router.get("/session", operation_id="get_session")
async def get_session(ctx: Ctx, identity: Identified, response: Response) -> Session:
    """The header `Greenroom-Event` says where the live stream stands: who reads on from there misses nothing."""
    return await _described(ctx, identity, response)


@router.delete("/session", operation_id="end_session", status_code=204)
async def end_session(identity: Identified, request: Request, response: Response, house: HouseOf) -> None:
    await sign_in.sign_out(house, identity)
    clear_session_cookie(request, response)


@router.post("/session/confirm", operation_id="confirm_session", status_code=204)
async def confirm_session(
    form: Confirmation, identity: Identified, request: Request, response: Response, house: HouseOf
) -> None:
    """Show again who sits here: changes of the sign-in ask for that. The session gets another id and token."""
    token = await sessions.confirm(house, identity, form, address=origin(request)[0])
    set_session_cookie(request, response, token)


@router.get("/sessions", operation_id="list_sessions")
async def list_sessions(
    ctx: Ctx, identity: Identified, cursor: CursorText = None, limit: Limit = 200
) -> Page[OpenSession]:
    """Where you are signed in, the session used last first."""
    found = await sessions.list_sessions(ctx, identity)
    return page_by(found, lambda one: (one.used.isoformat(), one.id), cursor=cursor, limit=limit, descending=True)


@router.delete("/sessions", operation_id="end_other_sessions", status_code=204)
async def end_other_sessions(ctx: Ctx, identity: Identified) -> None:
    await sessions.end_others(ctx, identity)


@router.delete("/sessions/{session_id}", operation_id="end_one_session", status_code=204)
async def end_one_session(ctx: Ctx, identity: Identified, session_id: UUID) -> None:
    await sessions.end_session(ctx, identity, session_id)


@router.post("/first-run", operation_id="first_run")
async def first_run(form: FirstRun, request: Request, response: Response, house: HouseOf) -> Session:
    organisation, user = await links.first_run(house, form)
    return await _enter(house, organisation, user, request, response, method="link")


@router.post("/password", operation_id="choose_password")
async def choose_password(form: NewPassword, request: Request, response: Response, house: HouseOf) -> Session:
    """Keep the password and sign in. A link stands in for the password only, so a second factor is asked for too."""
    organisation, user = await links.choose_password(house, form, address=origin(request)[0])
    await second_step.demand(house, organisation, user, method="link")
    return await _enter(house, organisation, user, request, response, method="link")


@router.post("/profile/password", operation_id="change_password", status_code=204)
async def change_password(
    form: PasswordChange, identity: Identified, request: Request, response: Response, house: HouseOf
) -> None:
    """Change one's password. All other sessions end, and this one gets another id and token."""
    token = await sessions.change_password(house, identity, form, address=origin(request)[0])
    set_session_cookie(request, response, token)


@router.get("/profile/sign-in", operation_id="get_sign_in_ways")
async def get_sign_in_ways(ctx: Ctx) -> SignInWays:
    return await passkeys.sign_in_ways(ctx)


@router.post("/profile/authenticator", operation_id="begin_authenticator", status_code=201)
async def begin_authenticator(ctx: Ctx, identity: Identified) -> NewAuthenticator:
    """A secret for an authenticator app, shown once. It is asked for at sign-in after `finish_authenticator`."""
    await sessions.require_confirmed(ctx, identity)
    return await second_factor.begin(ctx)


@router.post("/profile/authenticator/confirm", operation_id="finish_authenticator")
async def finish_authenticator(ctx: Ctx, identity: Identified, form: AuthenticatorCode) -> RecoveryCodes:
    await sessions.require_confirmed(ctx, identity)
    return await second_factor.finish(ctx, form.code)


@router.delete("/profile/authenticator", operation_id="remove_authenticator", status_code=204)
async def remove_authenticator(ctx: Ctx, identity: Identified) -> None:
    await sessions.require_confirmed(ctx, identity)
    await second_factor.remove(ctx)


@router.post("/profile/recovery-codes", operation_id="renew_recovery_codes")
async def renew_recovery_codes(ctx: Ctx, identity: Identified) -> RecoveryCodes:
    await sessions.require_confirmed(ctx, identity)
    return await second_factor.renew_recovery_codes(ctx)


@router.post("/profile/passkeys/options", operation_id="begin_passkey")
async def begin_passkey(ctx: Ctx, identity: Identified, request: Request) -> CeremonyOptions:
    await sessions.require_confirmed(ctx, identity)
    return await passkeys.begin(ctx, _party(ctx.house, request))


@router.post("/profile/passkeys", operation_id="add_passkey", status_code=201)
async def add_passkey(ctx: Ctx, identity: Identified, request: Request, form: NewPasskey) -> Passkey:
    await sessions.require_confirmed(ctx, identity)
    return await passkeys.finish(ctx, _party(ctx.house, request), form)


@router.patch("/profile/passkeys/{passkey_id}", operation_id="rename_passkey")
async def rename_passkey(ctx: Ctx, passkey_id: UUID, version: Version, form: PasskeyChange) -> Passkey:
    return await passkeys.rename(ctx, passkey_id, version, form.name)


@router.delete("/profile/passkeys/{passkey_id}", operation_id="remove_passkey", status_code=204)
async def remove_passkey(ctx: Ctx, identity: Identified, passkey_id: UUID) -> None:
    await sessions.require_confirmed(ctx, identity)
    await passkeys.remove(ctx, passkey_id)


async def _enter(
    house: House, organisation: UUID, user: UUID, request: Request, response: Response, *, method: Method
) -> Session:
    address, agent = origin(request)
    token = await sign_in.start_session(house, organisation, user, address=address, agent=agent, method=method)
    return await _entered(house, token, request, response)


async def _entered(house: House, token: str, request: Request, response: Response) -> Session:
    """Hand the new session to the browser; one that it held before is over, and no token of its own is ever taken."""
    identity = await sign_in.identify(house, token)
    if identity is None:
        raise SignedOut("Your session ended at once; sign in again")
    await sign_in.leave(house, read_session_cookie(request))
    set_session_cookie(request, response, token)
    async with identity.context(house) as ctx:
        return await _described(ctx, identity, response)


async def _described(ctx: Context, identity: Identity, response: Response) -> Session:
    """Also where the live stream stands before anything that the page asks for from now on."""
    response.headers[PLACE] = str(await present(ctx))
    return await facade.describe_session(ctx, identity)


def _party(house: House, request: Request) -> RelyingParty:
    public = house.settings.public_url
    return relying_party(str(public) if public else None, str(request.url))
