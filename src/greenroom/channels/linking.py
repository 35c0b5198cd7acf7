"""Linking an account on Bluesky with an app password; pausing and unlinking one on any platform."""

from uuid import UUID

from greenroom.cast import facade as cast
from greenroom.channels import account_acts, account_moves, account_store, accounts_now, login_store
from greenroom.channels.account_states import POSTING
from greenroom.channels.contracts import PAGE, AccountNow
from greenroom.channels.errors import RetryLater
from greenroom.channels.linking_contracts import AccountChange, NewAccount, Reconnection
from greenroom.channels.linking_names import check_did, shown_as
from greenroom.channels.linking_news import changed
from greenroom.channels.platforms.bluesky.identity import named, service_of
from greenroom.channels.platforms.bluesky.session import PASSWORD, SESSION, Session, sign_in
from greenroom.channels.platforms.bluesky.xrpc import Refused
from greenroom.channels.platforms.mastodon.connect import access_in, app_of, revoke
from greenroom.channels.platforms.service_address import service_address
from greenroom.infra.context import Context, House
from greenroom.infra.database import Row
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.infra.http.steps import Steps
from greenroom.infra.vault.secret import Secret
from greenroom.kit.errors import Conflict, Invalid, Unavailable
from greenroom.kit.ids import uuid7


async def link(steps: Steps, form: NewAccount) -> AccountNow:
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
    await account_acts.begin(ctx, account, established=form.established)
    await changed(ctx, account, "linked", None, reason=opened.service)
    return await accounts_now.account_now(ctx, account)


async def reconnect(steps: Steps, account: UUID, form: Reconnection) -> AccountNow:
    """Sign in with a new app password. Raises Invalid also when it opens another account than the linked one, or the
    server is not the account's."""
    async with steps.open() as looking:
        before, login = await _with_password(looking, account)
    service = await _own_service(steps.house, before, login, form.service)
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
    await account_moves.let_in(ctx.within(before["client_id"]), account)
    await changed(ctx.within(before["client_id"]), account, "reconnected", before, reason=opened.service)
    return await accounts_now.account_now(ctx, account)


async def change(ctx: Context, account: UUID, version: int, form: AccountChange) -> None:
    """Pause it, or let it post again. Raises Stale, and Conflict for a state that is not a person's to end."""
    before = await account_acts.at_version(ctx, account, version)
    if form.paused and before["state"] != "paused":
        await account_acts.pause(ctx, before)
    elif not form.paused and before["state"] not in POSTING:
        await account_acts.resume(ctx, before)


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
    why = f"Unlinked by {ctx.actor.name}"
    await account_moves.move(ctx, before, "closed", by="person", who=ctx.actor.name, why=why)
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


async def _own_service(house: House, account: Row, login: Row, given: str | None) -> str:
    """The account's server: the one that it was linked on, or the given one when the account's document names it.

    Any server can say that somebody signed in, so who has moved is asked of the directory.
    """
    own: str = login["service"]
    if not given or (moved := service_address(given)) == own:
        return own
    try:
        named_there = await service_of(house, account["remote_id"], None)
    except Invalid:
        named_there = own
    if moved != named_there:
        sentence = f"{account['name']} is on {named_there}; leave the server empty, or give the one it has moved to"
        raise Invalid(sentence, fields={"service": sentence})
    return moved


async def _signed_in(house: House, service: str, who: str, password: str) -> Session:
    try:
        opened = await sign_in(house, service, who, Secret(password))
        check_did(opened.did, service)
        return opened
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
    address = f"https://bsky.app/profile/{opened.did}"
    return shown_as(opened.handle, address=address, otherwise=address)
