"""Which rooms this installation has: their routes, their jobs, and who listens to whose news."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, FastAPI

from greenroom.cast import facade as cast
from greenroom.cast import routes as cast_routes
from greenroom.cast.versions import CHARACTER
from greenroom.channels import account_routes, linking_routes
from greenroom.channels import facade as channels
from greenroom.channels import listen as channels_listen
from greenroom.channels import routes as channels_routes
from greenroom.infra import events, versions
from greenroom.infra.http import event_routes
from greenroom.infra.http.live import Live
from greenroom.infra.jobs import Registry
from greenroom.infra.jobs import routes as job_routes
from greenroom.infra.versions import routes as version_routes
from greenroom.insights import routes as insights
from greenroom.insights.facade import PageCounting
from greenroom.insights.page import routes as public_page
from greenroom.media import routes as media_routes
from greenroom.media import upload_routes
from greenroom.phones import agent_socket, attended_routes, wall_socket
from greenroom.phones import file_routes as phone_file_routes
from greenroom.phones import hubs_routes as phone_hubs_routes
from greenroom.phones import lease_routes as phone_lease_routes
from greenroom.phones import routes as phones
from greenroom.phones.lines import Lines
from greenroom.phones.wall_parts import make_parts
from greenroom.planner import bulk_routes as planner_bulk
from greenroom.planner import calendar_routes as planner_calendar
from greenroom.planner import listen as planner_listen
from greenroom.planner import routes as planner
from greenroom.planner import schedule_routes as planner_schedules
from greenroom.planner.schedule_versions import SCHEDULE
from greenroom.studio import facade as studio
from greenroom.studio import routes as studio_routes
from greenroom.tenancy import audit_routes, oidc_routes, service_key_routes, sign_in_routes, token_routes
from greenroom.tenancy import facade as tenancy_facade
from greenroom.tenancy import routes as tenancy
from greenroom.tenancy.client_versions import CLIENT
from greenroom.tenancy.webhooks import routes as webhook_routes


def routers() -> list[APIRouter]:
    """The rooms' routers, mounted under /api/v1."""
    return [
        tenancy.router,
        oidc_routes.router,
        sign_in_routes.router,
        token_routes.router,
        service_key_routes.router,
        webhook_routes.router,
        audit_routes.router,
        version_routes.router,
        job_routes.router,
        event_routes.router,
        channels_routes.router,
        linking_routes.router,
        account_routes.router,  # after what stands in the place of an account's id
        planner_bulk.router,  # before the posts, whose paths end with an id
        planner.router,
        planner_calendar.router,
        planner_schedules.router,
        insights.router,
        media_routes.router,
        upload_routes.router,
        cast_routes.router,
        studio_routes.router,
        phone_hubs_routes.router,
        phone_file_routes.router,  # before the phones, whose paths end with an id
        phones.router,
        phone_lease_routes.router,
        attended_routes.router,
    ]


def socket_routers() -> list[APIRouter]:
    """The rooms' WebSockets, mounted under /api/v1. They say themselves who may speak on them."""
    return [agent_socket.router, wall_socket.router]


def public_routers() -> list[APIRouter]:
    """Pages for readers without a sign-in, mounted at the root."""
    return [
        public_page.router,
    ]


def register_jobs(registry: Registry) -> None:
    """The rooms' kinds of job and periodic ticks. Only workers ask; handlers bring renderers the API does not need."""
    from greenroom.channels import jobs as channels
    from greenroom.insights import jobs as insights
    from greenroom.media import jobs as media
    from greenroom.phones import jobs as phones
    from greenroom.planner import jobs as planner
    from greenroom.studio import jobs as studio
    from greenroom.tenancy import jobs as tenancy
    from greenroom.tenancy.webhooks import jobs as webhooks

    for room in (studio, channels, planner, insights, tenancy, webhooks, media, phones):
        room.register(registry)


def register_listeners() -> None:
    """Let rooms hear the news of the rooms below them, and lend them what they asked for; once per process."""
    cast.lend(studio.StudioArtist())
    register_definitions()
    events.listen("job.changed", studio.follow_job)
    channels_listen.register()
    planner_listen.register()
    channels.count_with(PageCounting())


def register_definitions() -> None:
    """Say what has versions, and who knows the names of their authors."""
    versions.register(CHARACTER)
    versions.register(CLIENT)
    versions.register(SCHEDULE)
    versions.name_authors_with(tenancy_facade.names_of)


def furnish(app: FastAPI) -> None:
    """What the API's process keeps in memory: who listens for live news, the lines to agents, what walls share."""
    app.state.live = Live(app.state.house.database)
    app.state.lines = Lines()
    app.state.wall = make_parts(app.state.house, app.state.live, app.state.lines)


@asynccontextmanager
async def beside_api(app: FastAPI) -> AsyncIterator[None]:
    """What runs in the API process as long as it serves: the reader of live news."""
    listening = asyncio.create_task(app.state.live.listen())
    try:
        yield
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
