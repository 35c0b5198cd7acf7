"""Linking an account on Bluesky with an app password; pausing and unlinking one on any platform."""

from uuid import UUID

from greenroom.cast import facade as cast
from greenroom.channels import account_store, login_store
from greenroom.channels.contracts import PAGE, Account
from greenroom.channels.errors import RetryLater
from greenroom.channels.linking_contracts import AccountChange, NewAccount, Reconnection
from greenroom.channels.linking_news import changed
from greenroom.channels.platforms.bluesky.identity import named, service_of
from greenroom.channels.platforms.bluesky.session import PASSWORD, SESSION, Session, sign_in
from greenroom.channels.platforms.bluesky.xrpc import Refused
from greenroom.channels.platforms.mastodon.connect import access_in, app_of, revoke
from greenroom.infra.context import Context, House
from greenroom.infra.database import Row
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.infra.http.steps import Steps
from greenroom.infra.vault.secret import Secret
from greenroom.kit.errors import Conflict, Invalid, Stale, Unavailable
from greenroom.kit.ids import uuid7


async def link(steps: Steps, form: NewAccount) -> Account:
    """Sign in there, keep the login in the vault, and give the new account.

    Raises Invalid when it does not let us in, Unavailable when it does not answer, Conflict when it is linked here
    already, NotFound when there is no such character.
    """
    async with steps.open() as looking:
        await _client_of(looking, form.character_id)
    who, typed = named(form.identifier), form.password.get_secret_value()
    opened = await _signed_in(steps.house, await service_of(steps.house, who, form.service), who, typed)
    ctx = await steps.last()
    client = await _client_of(ctx, form.character_id)
    ctx = ctx.within(client)
    there = await login_store.linked_as(ctx, client, form.platform, opened.did)
    if there is not None:
        raise Conflict(f"{there['name']} is linked already; reconnect it instead", account=str(there["id"]))
    account = uuid7()
    await login_store.insert_account(
        ctx,
        client,
        {
            "id": account,
            "platform": form.platform,
            "remote": opened.did,
            "character": form.character_id,
            **_shown(opened),
        },
    )
    subject, vault = ("account", account), ctx.house.vault
    password = await vault.put(ctx, typed, kind=PASSWORD, subject=subject, client=client)
    session = await vault.put(ctx, opened.kept(), kind=SESSION, subject=subject, client=client)
    login = {"account": account, "service": opened.service, "password": password, "session": session}
    await login_store.insert_login(ctx, client, login)
    return await changed(ctx, account, "linked", None, reason=opened.service)


async def reconnect(steps: Steps, account: UUID, form: Reconnection) -> Account:
    """Sign in with a new app password. Raises Invalid also when it opens another account than the linked one."""
    async with steps.open() as looking:
        before, login = await _with_password(looking, account)
    service = await service_of(steps.house, before["remote_id"], form.service or login["service"])
    opened = await _signed_in(steps.house, service, before["remote_id"], form.password.get_secret_value())
    if opened.did != before["remote_id"]:
        sentence = f"This password opens {opened.handle}, another account; link that one on its own"
        raise Invalid(sentence, fields={"password": sentence})
    ctx = await steps.last()
    before, login = await _with_password(ctx, account, lock=True)
    await ctx.house.vault.replace(ctx, login["password_id"], form.password.get_secret_value())
    await ctx.house.vault.replace(ctx, login["session_id"], opened.kept())
    await login_store.write_service(ctx, account, opened.service)
    await login_store.write_refreshed(ctx, account)
    await login_store.write_linked(ctx, account, **_shown(opened))
    return await changed(ctx.within(before["client_id"]), account, "reconnected", before, reason=opened.service)


async def change(ctx: Context, account: UUID, version: int, form: AccountChange) -> Account:
    """Pause it, or let it post again. Raises Stale, and Conflict for a state that is not a person's to end."""
    before = await account_store.account(ctx, account, lock=True)
    if before["version"] != version:
        raise Stale("This account was changed meanwhile; look again")
    wanted, from_ = ("paused", "active") if form.paused else ("active", "paused")
    if before["state"] == wanted:
        return Account(**before)
    if before["state"] != from_:
        raise Conflict(f"{before['name']} is {before['state']}, which pausing does not change")
    reason = f"Paused by {ctx.actor.name}" if form.paused else None
    await account_store.write_account(ctx, account, name=before["name"], state=wanted, reason=reason)
    return await changed(ctx.within(before["client_id"]), account, "paused" if form.paused else "resumed", before)


async def unlink(ctx: Context, account: UUID) -> None:
    """Forget how we sign in, and post there no more; what is out stays out and is still shown. Twice is once."""
    before = await _elsewhere(ctx, account, lock=True)
    login = await login_store.login(ctx, account, lock=True)
    if login is None:
        return
    if before["platform"] == "mastodon":
        await _give_back(ctx, login)
    await login_store.delete_login(ctx, account)
    for secret in (login["password_id"], login["session_id"]):
        await ctx.house.vault.forget(ctx, secret)
    await account_store.write_account(ctx, account, name=before["name"], state="closed", reason="It was unlinked")
    await changed(ctx.within(before["client_id"]), account, "unlinked", before)


async def _give_back(ctx: Context, login: Row) -> None:
    """Let the server forget our token afterwards; one that is away keeps it, and nobody has it here any more."""
    app = app_of(await ctx.house.vault.open(ctx, login["password_id"], why="An account is unlinked"))
    token = await ctx.house.vault.open(ctx, login["session_id"], why="An account is unlinked")

    async def give_back() -> None:
        await revoke(ctx.house, app, access_in(token))

    ctx.db.after_commit(give_back)


async def _client_of(ctx: Context, character: UUID | None) -> UUID:
    return ctx.one_client() if character is None else (await cast.find(ctx, character)).client_id


async def _with_password(ctx: Context, account: UUID, *, lock: bool = False) -> tuple[Row, Row]:
    """The account and its login. Raises Conflict when it has none that an app password opens."""
    row = await _elsewhere(ctx, account, lock=lock)
    if row["platform"] != "bluesky":
        raise Conflict(f"{row['name']} has no app password; let its server's page connect it again")
    login = await login_store.login(ctx, account, lock=lock)
    if login is None:
        raise Conflict(f"{row['name']} was unlinked; link it again")
    return row, login


async def _elsewhere(ctx: Context, account: UUID, *, lock: bool) -> Row:
    row = await account_store.account(ctx, account, lock=lock)
    if row["platform"] == PAGE or row["remote_id"] is None:
        raise Conflict(f"{row['name']} is a page of this installation; it has no login")
    return row


async def _signed_in(house: House, service: str, who: str, password: str) -> Session:
    try:
        return await sign_in(house, service, who, Secret(password))
    except Refused as refused:
        if refused.status == 401:
            sentence = "The server does not accept this name with this app password; copy both again"
            raise Invalid(sentence, fields={"password": sentence}) from refused
        raise Unavailable(
            f"{service} refuses to sign in: {refused.message or refused.status}; try again later"
        ) from refused
    except RetryLater as error:
        raise Unavailable(error.detail) from error
    except AddressRefused as refused:
        raise Invalid(refused.detail, fields={"service": refused.detail}) from refused


def _shown(opened: Session) -> dict[str, str]:
    return {"handle": opened.handle, "name": f"@{opened.handle}", "url": f"https://bsky.app/profile/{opened.did}"}
