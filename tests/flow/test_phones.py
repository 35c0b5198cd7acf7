"""Phones over HTTP: enrolled, given, held, asked for, broken in; and what each role may."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest

from greenroom.entrypoints.api import create_app
from greenroom.kit.ids import uuid7
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant
from tests.support.people import add_person
from tests.support.phones import Shelf, seen


class Lab:
    """One application and browsers of several people."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self._app = create_app(tenant.house)
        self._open: list[httpx.AsyncClient] = []

    async def browser(self, user: UUID) -> httpx.AsyncClient:
        token = await start_session(self.tenant.house, self.tenant.organisation, user, address="", agent="test")
        self._open.append(self.stranger({"Cookie": f"greenroom={token}"}))
        return self._open[-1]

    async def person(self, name: str, role: str, level: str = "full") -> httpx.AsyncClient:
        return await self.browser((await add_person(self.tenant, name, role, level)).user)

    def stranger(self, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self._app)
        return httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1", headers=headers)

    async def close(self) -> None:
        for one in self._open:
            await one.aclose()


@pytest.fixture
async def lab(tenant: Tenant) -> AsyncIterator[Lab]:
    made = Lab(tenant)
    yield made
    await made.close()


async def test_an_agent_is_enrolled_and_its_phones_are_given_to_a_client(lab: Lab, shelf: Shelf) -> None:
    ada, bo = await lab.browser(lab.tenant.user), await lab.person("Bo", "admin")
    made = (await ada.post("/agents", json={"name": "Shelf 2"})).json()
    async with lab.stranger({}) as agent:
        form = {"code": made["code"], "public_key": "3b" * 32}
        enrolled = await agent.post("/agents/enrolment", json=form)
        assert (enrolled.status_code, enrolled.json()["agent_id"]) == (201, made["agent"]["id"])
        again = await agent.post("/agents/enrolment", json=form)
        assert (again.status_code, again.json()["type"].rsplit("/", 1)[-1]) == (410, "code-over")
    assert [one["name"] for one in (await ada.get("/agents")).json()["items"]] == ["Shelf 1", "Shelf 2"]
    assert (await bo.get("/agents")).status_code == 403

    new = (await shelf.report(seen(), seen(2, "R58N", model="Galaxy")))[2]
    assert [one["name"] for one in (await ada.get("/phones")).json()["items"]] == ["Galaxy R58N", "Shelf 1 5554"]
    assert [one["id"] for one in (await bo.get("/phones")).json()["items"]] == [str(shelf.phone)]
    assert (await bo.get(f"/phones/{new}")).status_code == 404
    gift = {"client_id": str(lab.tenant.client)}
    assert (await bo.put(f"/phones/{new}/client", json=gift)).status_code == 404
    given = await ada.put(f"/phones/{new}/client", json=gift)
    assert given.json()["client_id"] == str(lab.tenant.client)
    assert (await ada.put(f"/phones/{new}/client", json={"client_id": str(uuid7())})).status_code == 404
    back = await bo.put(f"/phones/{new}/client", json={"client_id": None})
    assert back.status_code == 403


async def test_phones_are_named_tagged_and_found_again(lab: Lab, shelf: Shelf) -> None:
    bo = await lab.person("Bo", "admin")
    address = f"/phones/{shelf.phone}"
    version = (await bo.get(address)).json()["version"]
    change = {"name": "Left one", "tags": ["red", "red", "<i>"], "groups": ["shelf"], "state": "maintenance",
              "why": "its screen is broken"}  # fmt: skip
    changed = await bo.patch(address, json=change, headers={"If-Match": f'"{version}"'})
    assert changed.status_code == 200, changed.text
    why = change.pop("why")
    assert {**change, "tags": ["red", "<i>"], "state_why": why}.items() <= changed.json().items()
    assert (await bo.patch(address, json=change, headers={"If-Match": f'"{version}"'})).status_code == 412
    for query, count in [({"tag": "red"}, 1), ({"tag": "blue"}, 0), ({"state": "active"}, 0), ({"group": "shelf"}, 1)]:
        assert len((await bo.get("/phones", params=query)).json()["items"]) == count
    assert (await bo.get("/phones", params={"tag": "\0"})).status_code == 422
    for wrong in ({"name": "\u202e "}, {"state": "offline"}, {"tags": ["x"] * 31}, {"client_id": None},
                  {"state": "failed"}, {"why": "it is hot"}):  # fmt: skip
        refused = await bo.patch(address, json=wrong, headers={"If-Match": f'"{version + 1}"'})
        assert refused.status_code == 422


async def test_two_people_never_hold_one_phone(lab: Lab, shelf: Shelf) -> None:
    address = f"/phones/{shelf.phone}"
    bo, cy = await lab.person("Bo", "member", "limited"), await lab.person("Cy", "admin")
    taken = (await bo.post(f"{address}/lease")).json()
    refused = await cy.post(f"{address}/lease")
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("Bo holds this phone")
    assert (await cy.get(address)).json()["lease"]["holder_name"] == "Bo"
    assert (await cy.post(f"{address}/lease/asking", json={"note": "noon"})).status_code == 200
    held = (await bo.post(f"{address}/lease/renewal", json={"epoch": taken["epoch"]})).json()
    assert (held["asked"]["name"], held["asked"]["note"]) == ("Cy", "noon")
    handed = (await bo.post(f"{address}/lease/hand-over", json={"epoch": taken["epoch"]})).json()
    assert handed["holder_name"] == "Cy"
    lost = await bo.post(f"{address}/lease/renewal", json={"epoch": taken["epoch"]})
    assert (lost.status_code, lost.json()["reason"]) == (409, "handed_over")
    assert (await cy.post(f"{address}/lease/release", json={"epoch": handed["epoch"]})).status_code == 204

    again = (await bo.post(f"{address}/lease")).json()
    assert (await bo.post(f"{address}/lease/break-in", json={"why": "mine"})).status_code == 403
    assert (await cy.post(f"{address}/lease/break-in", json={"why": " "})).status_code == 422
    broken = await cy.post(f"{address}/lease/break-in", json={"why": "the post is due"})
    assert broken.json()["epoch"] > again["epoch"]
    told = await bo.post(f"{address}/lease/release", json={"epoch": again["epoch"]})
    assert told.json()["detail"] == "Cy took this phone over: the post is due"
    past: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    while True:
        page = (await cy.get(f"{address}/leases", params=query)).json()
        past += [one["reason"] for one in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert past == ["broken_in", "released", "handed_over"]


async def test_who_only_reads_takes_nothing(lab: Lab, shelf: Shelf) -> None:
    dee = await lab.person("Dee", "viewer", "read")
    address = f"/phones/{shelf.phone}"
    assert (await dee.get(address)).status_code == 200
    assert (await dee.post(f"{address}/lease")).status_code == 403
    assert (await dee.post(f"{address}/lease/asking", json={})).status_code == 403
    assert (await dee.patch(address, json={"label": "x"}, headers={"If-Match": '"1"'})).status_code == 403


async def test_many_phones_are_changed_and_given_by_who_manages_them(lab: Lab, shelf: Shelf) -> None:
    ada, bo, cy = await lab.browser(lab.tenant.user), await lab.person("Bo", "admin"), await lab.person("Cy", "member")
    ids = await shelf.report(seen(), seen(2, "R58N", model="Galaxy"), seen(3, "R58M", model="Galaxy"))
    phones = [str(one) for one in ids.values()]
    change = {"phones": phones, "add_tags": ["red"], "add_groups": ["shelf"]}
    assert (await cy.post("/phones/changes", json=change)).status_code == 403
    # Of phones that no client has an administrator knows nothing, so none of the three is changed.
    assert (await bo.post("/phones/changes", json=change)).status_code == 404
    assert (await bo.get("/phones/words")).json() == {"tags": [], "groups": []}
    assert (
        await bo.post("/phones/gifts", json={"phones": phones, "client_id": str(lab.tenant.client)})
    ).status_code == 404
    assert len((await ada.get("/phones", params={"unassigned": "true"})).json()["items"]) == 2
    given = await ada.post("/phones/gifts", json={"phones": phones, "client_id": str(lab.tenant.client)})
    assert {one["client_id"] for one in given.json()["items"]} == {str(lab.tenant.client)}
    changed = await bo.post("/phones/changes", json=change)
    assert [one["tags"] for one in changed.json()["items"]] == [["red"]] * 3
    assert (await cy.get("/phones/words")).json() == {"tags": ["red"], "groups": ["shelf"]}
    for wrong in ({**change, "phones": []}, {**change, "phones": phones * 70}, {"phones": phones, "state": "failed"}):
        assert (await bo.post("/phones/changes", json=wrong)).status_code == 422
    found = (await cy.get("/phones", params={"search": "galaxy shelf", "agent": str(shelf.agent)})).json()["items"]
    assert [one["name"] for one in found] == ["Galaxy R58M", "Galaxy R58N"]
    one_client = {"client": str(lab.tenant.client), "limit": "2"}
    page = (await ada.get("/phones", params=one_client)).json()
    rest = (await ada.get("/phones", params={**one_client, "cursor": page["next"]})).json()
    names = [one["name"] for one in page["items"] + rest["items"]]
    assert (names, rest["next"]) == (sorted(names), None)


async def test_a_phones_history_is_read_in_pages(lab: Lab, shelf: Shelf) -> None:
    bo, dee = await lab.person("Bo", "admin"), await lab.person("Dee", "viewer", "read")
    address = f"/phones/{shelf.phone}"
    lease = (await bo.post(f"{address}/lease")).json()
    await bo.post(f"{address}/lease/release", json={"epoch": lease["epoch"]})
    version = (await bo.get(address)).json()["version"]
    out = {"state": "quarantined", "why": "it types by itself"}
    await bo.patch(address, json=out, headers={"If-Match": f'"{version}"'})
    told, query = [], {"limit": "2"}
    while True:
        page = (await dee.get(f"{address}/history", params=query)).json()
        told += [(one["kind"], one["reason"], one["why"], one["by_name"]) for one in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert told == [
        ("state", None, "it types by itself", "Bo"),
        ("held", "released", "", None),
        ("given", None, "", "Ada"),  # that it came before is not the client's
    ]
    assert (await dee.get(f"/phones/{uuid7()}/history")).status_code == 404


async def test_attended_apps_are_a_super_users_and_what_ships_stays(lab: Lab, shelf: Shelf) -> None:
    ada, bo = await lab.browser(lab.tenant.user), await lab.person("Bo", "admin")
    form = {"app": "com.Example.Social", "name": "Nook"}
    refused = await bo.post("/attended-apps", json=form)
    assert (refused.status_code, refused.json()["detail"].split(";")[0]) == (403, "Ask a super user")
    made = (await ada.post("/attended-apps", json=form)).json()
    assert (made["app"], made["shipped"]) == ("com.example.social", False)
    assert (await ada.post("/attended-apps", json=form)).status_code == 409
    assert (await ada.post("/attended-apps", json={"app": "everything"})).status_code == 422
    listed = (await bo.get("/attended-apps")).json()["items"]
    assert listed[0] == made  # the own ones come first
    ships = next(one for one in listed if one["app"] == "com.burbn.instagram")
    stays = await ada.delete(f"/attended-apps/{ships['id']}")
    assert (stays.status_code, "ships as attended" in stays.json()["detail"]) == (403, True)
    assert (await bo.delete(f"/attended-apps/{made['id']}")).status_code == 403
    await shelf.report(seen(front="com.example.social.lite"))
    assert (await bo.get(f"/phones/{shelf.phone}")).json()["attended"]
    assert (await ada.delete(f"/attended-apps/{made['id']}")).status_code == 204
    assert not (await bo.get(f"/phones/{shelf.phone}")).json()["attended"]
