"""Phones and agents over HTTP. Leases are in `lease_routes`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from greenroom.infra.http.context import Ctx, HouseOf
from greenroom.infra.http.idempotency import AnswersOnce
from greenroom.infra.http.paging import CursorText, Limit, Page, a_moment, page_by, page_from, read_key
from greenroom.infra.http.versions import Version
from greenroom.phones import agents, giving, history, inventory, many
from greenroom.phones.contracts import (
    Agent,
    AgentCode,
    Enrolled,
    Enrolment,
    NewAgent,
    Phone,
    PhoneChange,
    PhoneGift,
    PhoneMoment,
    PhonesChange,
    PhonesGift,
    PhoneWords,
)
from greenroom.phones.rules import State

router = APIRouter(tags=["phones"], route_class=AnswersOnce)
Word = Annotated[str | None, Query(max_length=40)]


@router.get("/phones", operation_id="list_phones")
async def list_phones(
    ctx: Ctx,
    state: State | None = None,
    tag: Word = None,
    group: Word = None,
    platform: Word = None,
    agent: UUID | None = None,
    unassigned: Annotated[bool, Query(description="Only those that no client has")] = False,
    search: Annotated[str | None, Query(max_length=200, description="Words that all have to occur")] = None,
    cursor: CursorText = None,
    limit: Limit = 200,
) -> Page[Phone]:
    """Phones by name, with who holds each. Those that no client has are shown to super users, among all clients'."""
    wanted = {
        "state": state, "tag": tag, "group": group, "platform": platform, "agent": agent, "unassigned": unassigned,
        "search": search, "client": ctx.client,
    }  # fmt: skip
    found = await inventory.list_phones(ctx, wanted, after=read_key(cursor, str, UUID), limit=limit + 1)
    return page_from(found, limit, lambda one: (one.name, one.id))


@router.get("/phones/words", operation_id="get_phone_words")
async def get_phone_words(ctx: Ctx) -> PhoneWords:
    """The tags and groups that phones have."""
    return await inventory.phone_words(ctx)


@router.post("/phones/changes", operation_id="change_phones")
async def change_phones(ctx: Ctx, change: PhonesChange) -> Page[Phone]:
    """Tag and group many phones, put them out of work and back. All of them are changed, or none."""
    return Page(items=await many.change_phones(ctx, change))


@router.post("/phones/gifts", operation_id="give_phones")
async def give_phones(ctx: Ctx, gift: PhonesGift) -> Page[Phone]:
    """Give many to a client, or to nobody again. Who holds one loses it. All of them are given, or none."""
    return Page(items=await giving.give_phones(ctx, gift.phones, gift.client_id))


@router.get("/phones/{phone_id}", operation_id="get_phone")
async def get_phone(ctx: Ctx, phone_id: UUID) -> Phone:
    return await inventory.get_phone(ctx, phone_id)


@router.patch("/phones/{phone_id}", operation_id="change_phone")
async def change_phone(ctx: Ctx, phone_id: UUID, version: Version, change: PhoneChange) -> Phone:
    """Name and label it, tag and group it, put it out of work and back."""
    return await inventory.change_phone(ctx, phone_id, version, change)


@router.put("/phones/{phone_id}/client", operation_id="give_phone")
async def give_phone(ctx: Ctx, phone_id: UUID, gift: PhoneGift) -> Phone:
    """Give it to a client, or to nobody again. Who holds it loses it."""
    return await giving.give_phone(ctx, phone_id, gift.client_id)


@router.get("/phones/{phone_id}/history", operation_id="list_phone_history")
async def list_phone_history(
    ctx: Ctx, phone_id: UUID, cursor: CursorText = None, limit: Limit = 50
) -> Page[PhoneMoment]:
    """Came, went, given away, put out of work and back, held by whom and why no longer; the newest first."""
    before = read_key(cursor, a_moment, str)
    found = await history.list_history(ctx, phone_id, before=before, limit=limit + 1)
    return page_from(found, limit, lambda one: (one.at, one.id))


@router.get("/agents", operation_id="list_agents")
async def list_agents(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[Agent]:
    """The organisation's agents, by name; for super users."""
    return page_by(await agents.list_agents(ctx), lambda one: (one.name, one.id), cursor=cursor, limit=limit)


@router.post("/agents", operation_id="create_agent", status_code=201)
async def create_agent(ctx: Ctx, form: NewAgent) -> AgentCode:
    """A code for `greenroom agent enrol`, good for ten minutes and once. This answer holds the only copy."""
    return await agents.add_agent(ctx, form)


@router.post("/agents/enrolment", operation_id="enrol_agent", status_code=201)
async def enrol_agent(house: HouseOf, form: Enrolment) -> Enrolled:
    """What the agent's own program sends: the code, and the public key that it will sign in with."""
    async with house.database.transaction() as tx:
        return await agents.enrol(tx, house, form)


@router.delete("/agents/{agent_id}", operation_id="revoke_agent", status_code=204)
async def revoke_agent(ctx: Ctx, agent_id: UUID) -> None:
    """Shut it out at once; its phones stay in the inventory, offline."""
    await agents.revoke_agent(ctx, agent_id)
