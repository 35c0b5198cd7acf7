"""The people of an organisation and their access to clients."""

from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict, Forbidden, NotFound, Stale
from greenroom.kit.ids import uuid7
from greenroom.tenancy import session_store, store
from greenroom.tenancy.contracts import Access, Invited, NewUser, ProfileChange, SessionUser, User, UserChange
from greenroom.tenancy.links import password_link


async def list_users(ctx: Context, *, after: tuple[str, UUID] | None = None, limit: int | None = None) -> list[User]:
    """Everybody after a name and id, for who manages all clients; else those who share a client with the reader."""
    return [User(**row) for row in await store.users_page(ctx, await is_super(ctx), after, limit)]


async def invite(ctx: Context, form: NewUser) -> Invited:
    """Add a person; the answer holds the only copy of the link with which they choose a password."""
    await _check_grant(ctx, form.role, form.access)
    if await store.user_with_email(ctx, form.email):
        raise Conflict("Somebody with this address is here already", fields={"email": "Already in use here"})
    user = uuid7()
    await store.add_user(
        ctx.db,
        ctx.organisation,
        {
            "id": user,
            "email": form.email,
            "name": form.name,
            "role": form.role,
            "status": "invited",
            "zone": "UTC",
        },
    )
    await store.set_access(ctx.db, ctx.organisation, user, [a.model_dump() for a in form.access])
    await _tell(ctx, "tenancy.user.invited", user, "Somebody was invited")
    made = await get_user(ctx, user)
    await _record(ctx, "user.invited", user, None, made)
    return Invited(user=made, link=await password_link(ctx.db, ctx.house, ctx.organisation, user))


async def change_user(ctx: Context, user_id: UUID, version: int, form: UserChange) -> User:
    """Change role, state or access; a person who is disabled is signed out at once."""
    # Who is among the super users must hold still first: two who demote each other would leave none.
    await store.hold_supers(ctx)
    before = await get_user(ctx, user_id, lock=True)
    if before.version != version:
        raise Stale("This person was changed meanwhile; look again", present=before.model_dump(mode="json"))
    await _check_reach(ctx, before)
    await _check_grant(ctx, form.role or before.role, form.access if form.access is not None else ())
    await store.change_user(ctx, user_id, form.model_dump(exclude={"access"}))
    if form.access is not None:
        await store.set_access(ctx.db, ctx.organisation, user_id, [a.model_dump() for a in form.access])
    if form.status == "disabled":
        await session_store.end_sessions_of(ctx.db, user_id)
    if before.role == "super" and await store.supers(ctx) == 0:
        raise Conflict("Somebody has to stay super user; make another one first")
    await _tell(ctx, "tenancy.user.changed", user_id, "Somebody's access was changed")
    after = await get_user(ctx, user_id)
    await _record(ctx, "user.changed", user_id, before, after)
    return after


async def renew_link(ctx: Context, user_id: UUID) -> str:
    """A new link for choosing a password. It lets its holder in, so only super users renew an administrator's."""
    person = await get_user(ctx, user_id)
    await _check_reach(ctx, person)
    if person.role == "admin" and person.id != ctx.actor.id and not await is_super(ctx):
        raise Forbidden("Ask a super user to renew an administrator's link")
    await _tell(ctx, "tenancy.link.renewed", user_id, "A link was renewed")
    await _record(ctx, "user.link_renewed", user_id, None, None)
    return await password_link(ctx.db, ctx.house, ctx.organisation, user_id)


async def change_profile(ctx: Context, version: int, form: ProfileChange) -> SessionUser:
    """Change one's own name and zone."""
    user = ctx.person()
    before = await get_user(ctx, user, lock=True)
    if before.version != version:
        raise Stale("You were changed meanwhile; look again", present=_self(before).model_dump(mode="json"))
    await store.change_user(ctx, user, form.model_dump())
    after = await get_user(ctx, user)
    await _record(ctx, "user.profile_changed", user, before, after)
    return _self(after)


async def get_user(ctx: Context, user_id: UUID, *, lock: bool = False) -> User:
    return User(**await store.user(ctx.db, ctx.organisation, user_id, lock=lock))


def _self(person: User) -> SessionUser:
    return SessionUser(**{name: getattr(person, name) for name in SessionUser.model_fields})


async def _check_grant(ctx: Context, role: str, access: tuple[Access, ...]) -> None:
    """Nobody gives what they do not have: super by super users, clients by who manages them."""
    if role == "super" and not await is_super(ctx):
        raise Forbidden("Only a super user makes a super user")
    if any(a.client_id not in ctx.clients for a in access):
        raise NotFound("There is no such client here")


async def _check_reach(ctx: Context, person: User) -> None:
    if await is_super(ctx):
        return
    clients = {a.client_id for a in person.access}
    if person.role == "super" or not clients or not clients <= set(ctx.clients):
        raise Forbidden("This person also works for clients that you do not manage; ask a super user")


async def is_super(ctx: Context) -> bool:
    """Whether the actor may everything in this organisation: a super user, or a command on the server itself.

    A super user's token that was given less is none, and who was one when the request came in must still be one.
    """
    if ctx.actor.kind != "user":
        return True
    return ctx.whole and (await get_user(ctx, ctx.person())).role == "super"


async def _record(ctx: Context, action: str, user: UUID, before: User | None, after: User | None) -> None:
    await audit.record(
        ctx,
        action,
        ("user", user),
        before=before.model_dump() if before else None,
        after=after.model_dump() if after else None,
        personal=("name", "email"),
        person=user,
    )


async def _tell(ctx: Context, kind: str, user: UUID, message: str) -> None:
    await events.emit(ctx, kind, subject=("user", user), message=message, whole=True)
