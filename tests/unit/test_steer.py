"""Requests find the same routes whether routers are asked one after the other or by how their paths begin."""

import httpx
from fastapi import APIRouter, FastAPI

from greenroom.infra.http.steer import steer


def routers() -> list[APIRouter]:
    bread, roll, any_one = APIRouter(), APIRouter(), APIRouter()

    @bread.get("/loaves/{name}")
    async def loaf(name: str) -> str:
        return f"loaf {name}"

    @bread.delete("/crumbs")
    async def crumbs() -> str:
        return "swept"

    @roll.get("/rolls")
    async def rolls() -> str:
        return "rolls"

    @roll.get("/loaves")
    async def loaves() -> str:
        return "loaves"

    @any_one.get("/{kind}/any")
    async def any_kind(kind: str) -> str:
        return f"any {kind}"

    return [bread, roll, any_one]


async def test_every_request_is_answered_as_without() -> None:
    plain, steered = FastAPI(), FastAPI()
    for router in routers():
        plain.include_router(router, prefix="/api")
    for _ in range(2):  # a second application over the same routers steers them again
        steered = FastAPI()
        for router in routers():
            steered.include_router(steer(steer(router, prefix="/api"), prefix="/api"), prefix="/api")
    paths = (
        "/api/loaves/rye", "/api/loaves", "/api/loaves/", "/api/rolls", "/api/rolls/", "/api/crumbs", "/api/none",
        "/api/stone/any", "/api/loaves/any", "/api/", "/api", "/", "/apiloaves", "/other/rolls", "/api/%6Coaves/x%2Fy",
        "/api//rolls", "/api/rolls/any",
    )  # fmt: skip
    async with at(plain) as left, at(steered) as right:
        for path in paths:
            for method in ("GET", "DELETE", "POST"):
                one, two = await left.request(method, path), await right.request(method, path)
                assert (one.status_code, one.text) == (two.status_code, two.text), f"{method} {path}"
        assert (await right.get("/api/loaves/rye")).json() == "loaf rye"
        assert (await right.get("/api/stone/any")).json() == "any stone"


def at(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")
