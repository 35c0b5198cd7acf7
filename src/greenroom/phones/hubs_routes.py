"""USB hubs over HTTP. Included before the routes of single phones, whose addresses look alike."""

from fastapi import APIRouter

from greenroom.infra.http.context import Ctx
from greenroom.infra.http.paging import CursorText, Limit, Page, page_by
from greenroom.phones.hubs_contracts import AgentHubs
from greenroom.phones.hubs_shown import list_hubs

router = APIRouter(tags=["phones"])


@router.get("/phones/hubs", operation_id="list_usb_hubs")
async def list_usb_hubs(ctx: Ctx, cursor: CursorText = None, limit: Limit = 200) -> Page[AgentHubs]:
    """Each computer with phones: its USB controllers and hubs, the phones on their ports, the alarms that stand."""
    return page_by(await list_hubs(ctx), lambda one: (one.agent_name, one.agent_id), cursor=cursor, limit=limit)
