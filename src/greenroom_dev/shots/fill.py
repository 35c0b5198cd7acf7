"""Fills a new installation through its own API. What must lie in the past is put there by `past`."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from greenroom.entrypoints.running import Running
from greenroom_dev.desk import Desk
from greenroom_dev.shots.world import CAST, CLIENTS, FIRST_CLIENT, LINKS, NOTE, PEOPLE, VIDEOS, Video

MADE_WITHIN = 300


@dataclass
class World:
    """What was made, by name; contents and posts by their topic."""

    desk: Desk
    clients: dict[str, str] = field(default_factory=dict)
    characters: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)


def enter(running: Running) -> Desk:
    """The first administrator, with one client and nothing else."""
    return Desk.first(running, name="Ada Lindgren", organisation="Northwind Studio", client=FIRST_CLIENT)


def fill(desk: Desk) -> World:
    """Everything but the videos that are still running when people look; `start_running` begins those."""
    world = World(desk)
    _clients(world)
    for name, (client, template, seed) in CAST.items():
        made = desk.character(client=world.clients[client], template=template, seed=seed)
        world.characters[name], world.pages[name] = made, desk.page_of(made)
    for name, (title, address) in LINKS.items():
        desk.post("/links", {"account_id": world.pages[name]["id"], "title": title, "address": address})
    for video in VIDEOS:
        if video.end != "running":
            _begin(world, video)
    for video in VIDEOS:
        if video.end != "running":
            _finish(world, video)
    return world


def start_running(world: World) -> None:
    for video in VIDEOS:
        if video.end == "running":
            _begin(world, video)


def _clients(world: World) -> None:
    (first,) = world.desk.get("/clients")["items"]
    colour, zone = CLIENTS[FIRST_CLIENT]
    world.desk.patch(f"/clients/{first['id']}", {"colour": colour, "zone": zone}, first["version"])
    world.clients[FIRST_CLIENT] = first["id"]
    for name, (colour, zone) in CLIENTS.items():
        if name != FIRST_CLIENT:
            world.clients[name] = world.desk.post("/clients", {"name": name, "colour": colour, "zone": zone})["id"]
    access = [{"client_id": client, "level": "full"} for client in world.clients.values()]
    for number, (name, email, role) in enumerate(PEOPLE):
        world.desk.post("/users", {"name": name, "email": email, "role": role, "access": access[number:]})


def _begin(world: World, video: Video) -> None:
    brief = {"format": video.format, "seconds": video.seconds, "text": video.text or None}
    world.contents[video.topic] = world.desk.content(world.characters[video.speaker], video.topic, **brief)
    if video.end == "cancelled":
        world.desk.post(f"/contents/{world.contents[video.topic]}/cancel")


def _finish(world: World, video: Video) -> None:
    desk, content = world.desk, world.contents[video.topic]
    desk.settled(content, within=MADE_WITHIN)
    if video.end in ("approved", "planned", "out"):
        desk.reviewed(content)
    elif video.end == "sent back":
        desk.reviewed(content, "changes", note=NOTE, at_seconds=4.2)
    if video.end == "planned":
        day = datetime.now(UTC) + timedelta(days=video.days)
        zone = CLIENTS[CAST[video.speaker][0]][1]
        at = {"wall": f"{day:%Y-%m-%d}T{9 + video.days % 4:02}:30", "zone": zone}
        world.posts[video.topic] = desk.posted(content, world.pages[video.speaker], at=at)
    elif video.end == "out":
        world.posts[video.topic] = desk.published(desk.posted(content, world.pages[video.speaker])["id"])
