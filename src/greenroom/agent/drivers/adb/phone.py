"""An Android phone behind the interface of agent/phone.py: by scrcpy where its server is given, else by commands."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from greenroom.agent.drivers.adb import gallery
from greenroom.agent.drivers.adb.about import about
from greenroom.agent.drivers.adb.apps import Apps
from greenroom.agent.drivers.adb.devices import devices, track
from greenroom.agent.drivers.adb.host import Attached, Failed, Host
from greenroom.agent.drivers.adb.input import SlowHands
from greenroom.agent.drivers.adb.scrcpy import hands
from greenroom.agent.drivers.adb.scrcpy.jar import Jar, deliver
from greenroom.agent.drivers.adb.scrcpy.live import Live
from greenroom.agent.drivers.adb.scrcpy.session import Session
from greenroom.agent.drivers.adb.screencap import screencap
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.adb.stay_on import StayOn
from greenroom.agent.drivers.adb.sync import Files
from greenroom.agent.drivers.adb.tree import Trees
from greenroom.agent.drivers.adb.words import trouble
from greenroom.agent.drivers.aim import fault
from greenroom.agent.drivers.bundle import BadBundle
from greenroom.agent.drivers.channel import Channels, State, Watch
from greenroom.agent.drivers.deadline import within
from greenroom.agent.drivers.deadline import within as deadline
from greenroom.agent.drivers.stills import stills
from greenroom.agent.drivers.unpacking import unpacked
from greenroom.agent.errors import Busy, NotSupported, PhoneError, ProtectedScreen, Refused, Unauthorised
from greenroom.agent.liveness import Link
from greenroom.agent.phone_values import (
    THUMBNAIL,
    Ability,
    App,
    Element,
    Front,
    Glance,
    Info,
    Key,
    Picture,
    Point,
    Progress,
    Quality,
    Size,
    Stop,
    VideoFrame,
)

PLAIN = frozenset(
    {
        Ability.TREE,
        Ability.APPS,
        Ability.CLEAR,
        Ability.INSTALL,
        Ability.FILES,
        Ability.ROTATE,
        Ability.REBOOT,
        Ability.STORAGE,
        Ability.KEY_BACK,
        Ability.KEY_RECENTS,
        Ability.KEY_NOTIFICATIONS,
    }
)
WITH_SCRCPY = frozenset(
    {
        Ability.VIDEO_H264,
        Ability.SWIPE_PATH,
        Ability.UNICODE_TEXT,
        Ability.CLIPBOARD_READ,
        Ability.CLIPBOARD_WRITE,
    }
)
SHORT, FAIR, LONG = 5.0, 20.0, 900.0  # seconds
SIZES = 3  # pictures at once: each is an encoder on the phone
EMPTY = 1.5  # seconds after which a clipboard that says nothing is empty


class AdbPhone:
    """One phone as it is attached now; `ready` finds it again after it was away."""

    def __init__(
        self, host: Host, attached: Attached, *, name: str, features: frozenset[str], jar: Jar | None, watch: Watch
    ) -> None:
        self._host, self._features, self._jar, self._watch = host, features, jar, watch
        self._name = name
        self._trees = Trees()
        self._lives: dict[int, Live] = {}
        self._delivering = asyncio.Lock()
        self._stay_on = StayOn(lambda: self._shell)
        self._place(attached)

    @classmethod
    async def open(
        cls, host: Host, serial: str | Attached, *, name: str = "", jar: Jar | None = None, watch: Watch | None = None
    ) -> "AdbPhone":
        """The phone of this serial number, if it is there and has accepted this computer."""
        shown = name or (serial.serial if isinstance(serial, Attached) else serial)
        async with within(SHORT, shown, "say what it can do"):
            attached = serial if isinstance(serial, Attached) else await _attach(host, serial, shown)
            features = await host.features(attached, name=shown)
        clock = asyncio.get_running_loop().time
        return cls(host, attached, name=shown, features=features, jar=jar, watch=watch or Watch(clock))

    def _place(self, attached: Attached) -> None:
        self.attached = attached
        self._shell = Shell(self._host, attached, self._name, "shell_v2" in self._features)
        self._files = Files(self._host, attached, self._name, self._features)
        self._apps = Apps(self._shell)

    @property
    def name(self) -> str:
        return self._name

    @property
    def abilities(self) -> frozenset[Ability]:
        return PLAIN | (WITH_SCRCPY if self._jar else {Ability.VIDEO_JPEG})

    @property
    def channels(self) -> Channels:
        return self._watch.channels

    async def ready(self, *, within: float = 120.0) -> None:
        async with deadline(within, self._name, "start"):
            while True:
                if await self._started():
                    return
                await asyncio.sleep(0.5)

    async def alive(self) -> float:
        clock = asyncio.get_running_loop().time
        began = clock()
        async with within(SHORT, self._name, "answer"):
            await self._shell.check("echo", "here")
        return clock() - began

    async def glance(self) -> Glance:
        async with within(SHORT, self._name, "answer"):
            return await self._apps.glance()

    async def info(self) -> Info:
        async with within(FAIR, self._name, "say what it is"):
            return await about(self._shell)

    # -- seeing ---------------------------------------------------------------------------------------------------

    async def screenshot(self) -> Picture:
        async with within(FAIR, self._name, "take a screenshot"):
            picture = await screencap(self._shell)
            if picture.kind == "rgba" and picture.black() and await self._awake():
                raise ProtectedScreen(self._name, (await self._apps.front()).app)
            return picture

    async def live(self, quality: Quality) -> AsyncGenerator[VideoFrame, None]:
        if self._jar:
            live = self._live(self._jar, quality)
            live.retune(quality)  # it may have been kept from when this computer was overloaded
            frames = live.frames()
        else:
            frames = stills(self.screenshot, quality)
        async with contextlib.aclosing(frames):
            async for frame in frames:
                yield frame

    def want_key(self, quality: Quality) -> None:
        live = self._lives.get(quality.longest)
        if live is not None:
            live.want_key()

    def retune(self, quality: Quality) -> None:
        live = self._lives.get(quality.longest)
        if live is not None:
            live.retune(quality)

    async def tree(self) -> Element:
        try:
            async with within(FAIR, self._name, "list what is on its screen"):
                tree = await self._trees.read(self._shell)
        except PhoneError as error:
            self._watch.say("tree", State.DOWN, error.detail)
            raise
        self._watch.say("tree", State.UP)
        return tree

    async def front(self) -> Front:
        async with within(SHORT, self._name, "say which app is in front"):
            return await self._apps.front()

    # -- touching -------------------------------------------------------------------------------------------------

    async def tap(self, at: Point) -> None:
        async with within(FAIR, self._name, "take a tap"):
            session = await self._session(at.frame)
            await (hands.tap(session, at) if session else self._slow.tap(at))

    async def long_tap(self, at: Point, *, held: float = 0.8) -> None:
        async with within(FAIR + held, self._name, "take a long tap"):
            session = await self._session(at.frame)
            await (hands.hold(session, at, held) if session else self._slow.hold(at, held))

    async def swipe(self, path: Sequence[Stop], frame: Size) -> None:
        if wrong := fault(path):
            raise Refused(self._name, f"cannot be swiped like that: {wrong}")
        async with within(FAIR + path[-1].at - path[0].at, self._name, "take a swipe"):
            session = await self._session(frame)
            await (hands.swipe(session, path, frame) if session else self._slow.swipe(path, frame))

    async def key(self, key: Key, *, long: bool = False) -> None:
        async with within(FAIR, self._name, "take a key"):
            session = await self._session()
            await (hands.press(session, key, long=long) if session else self._slow.key(key, long=long))

    async def text(self, text: str) -> None:
        async with within(FAIR, self._name, "take the text"):
            session = await self._session()
            await (hands.write(session, text) if session else self._slow.text(text))

    # -- apps -----------------------------------------------------------------------------------------------------

    async def launch(self, app: str, activity: str = "") -> None:
        async with within(FAIR, self._name, f"start {app}"):
            await self._apps.launch(app, activity)

    async def stop(self, app: str) -> None:
        async with within(FAIR, self._name, f"stop {app}"):
            await self._apps.stop(app)

    async def clear(self, app: str) -> None:
        async with within(FAIR, self._name, f"clear {app}"):
            await self._apps.clear(app)

    async def install(self, files: Sequence[Path], *, progress: Progress | None = None) -> None:
        async with within(LONG, self._name, "install it"):
            info = await about(self._shell)
            try:
                async with unpacked(files) as bundle:
                    await self._apps.install(bundle, self._files, info, progress)
            except BadBundle as error:
                raise Refused(self._name, f"could not install it: {error}") from error

    async def uninstall(self, app: str) -> None:
        async with within(FAIR * 3, self._name, f"uninstall {app}"):
            await self._apps.uninstall(app)

    async def apps(self) -> tuple[App, ...]:
        async with within(FAIR, self._name, "list its apps"):
            return await self._apps.list()

    # -- the rest -------------------------------------------------------------------------------------------------

    async def push(self, source: Path | bytes, target: str, *, progress: Progress | None = None) -> None:
        async with within(LONG, self._name, "take the file"):
            await self._files.push(source, target, progress=progress)

    async def give(self, source: Path, name: str, *, progress: Progress | None = None) -> str:
        place = gallery.place(name)
        await self.push(source, place, progress=progress)
        async with within(FAIR, self._name, "show it in its gallery"):
            await gallery.scan(self._shell, place)
        return place

    async def pull(self, source: str, target: Path, *, progress: Progress | None = None) -> None:
        async with within(LONG, self._name, "give the file"):
            await self._files.pull(source, target, progress=progress)

    async def clipboard(self) -> str:
        session = await self._needed_session("read its clipboard")
        try:
            async with asyncio.timeout(EMPTY):
                return await session.read_clipboard()
        except TimeoutError:
            return ""

    async def set_clipboard(self, text: str) -> None:
        async with within(SHORT, self._name, "take the text on its clipboard"):
            session = await self._needed_session("fill its clipboard")
            try:
                await session.put_on_clipboard(text, paste=False)
            except ValueError as error:
                raise Refused(self._name, f"does not take so much: {error}") from error

    async def rotate(self, quarter: int) -> None:
        if quarter not in (0, 1, 2, 3):
            raise Refused(self._name, "turns by quarters: give 0, 1, 2 or 3")
        async with within(SHORT, self._name, "turn its screen"):
            await self._shell.check("settings", "put", "system", "accelerometer_rotation", "0")
            await self._shell.check("settings", "put", "system", "user_rotation", str(quarter))

    async def reboot(self) -> None:
        async with within(FAIR, self._name, "restart"):
            with contextlib.suppress(ConnectionError):
                async with await self._host.open(self.attached, "reboot:", name=self._name) as pipe:
                    await pipe.some()
            async with contextlib.aclosing(track(self._host)) as lists:
                async for found in lists:  # the order is answered while it still runs
                    if not any(one.attached == self.attached and one.link is Link.UP for one in found):
                        return

    async def close(self) -> None:
        lives, self._lives = list(self._lives.values()), {}
        for live in lives:
            await live.close()
        await self._stay_on.close()

    # -- inside ---------------------------------------------------------------------------------------------------

    @property
    def _slow(self) -> SlowHands:
        return SlowHands(self._shell)

    def _live(self, jar: Jar, quality: Quality) -> Live:
        """One a size, each with a control socket of its own: a key frame is asked for on it."""

        async def begin(wanted: Quality) -> Session:
            async with self._delivering:
                place = await deliver(jar, self._shell, self._files)
            session = await Session.start(self._shell, place, jar.version, wanted)
            self._stay_on.during(session)
            return session

        size = quality.longest
        self._lives = {one: live for one, live in self._lives.items() if live.running or one == size}
        if size not in self._lives:
            if len(self._lives) >= SIZES:
                raise Busy(self._name, f"sends its picture in {SIZES} sizes already: look at one of those")
            self._lives[size] = Live(begin, quality, self._watch, awake=self._awake)
        return self._lives[size]

    async def _session(self, frame: Size | None = None) -> Session | None:
        """The session whose frame was pressed on, else any that runs, else a new one; None: only commands are left."""
        if self._jar is None:
            self._watch.say("input", State.LIMPING, "there is no scrcpy: touches are slow and swipes are straight")
            return None
        running = [live.session for live in self._lives.values() if live.session and not live.session.over]
        found = next((one for one in running if one.size == frame), running[0] if running else None)
        found = found or await self._live(self._jar, THUMBNAIL).hold()
        if found:
            self._watch.say("input", State.UP)
        else:
            self._watch.say("input", State.LIMPING, f"scrcpy does not run: {self.channels.video.reason}")
        return found

    async def _needed_session(self, doing: str) -> Session:
        session = await self._session()
        if session is None:
            raise NotSupported(self._name, f"cannot {doing} without scrcpy: give Greenroom its server file")
        return session

    async def _awake(self) -> bool:
        done = await self._shell.line("dumpsys power | grep mWakefulness=")
        return "Awake" in done.text

    async def _started(self) -> bool:
        try:
            if (await self._shell.run("getprop", "sys.boot_completed")).text.strip() != "1":
                return False
            return (await self._shell.run("pm", "list", "packages", "com.android.shell")).code == 0
        except Unauthorised:
            raise
        except PhoneError:
            with contextlib.suppress(PhoneError, Failed):
                await self._find_again()
            return False

    async def _find_again(self) -> None:
        """After a restart it is another attachment; what hangs on the network has to be dialled again."""
        serial = self.attached.serial
        if ":" in serial and not any(one.serial == serial and one.link is Link.UP for one in await devices(self._host)):
            await self._host.disconnect(serial)
            await self._host.connect(serial)
        self._place(await _attach(self._host, serial, self._name))


async def _attach(host: Host, serial: str, name: str) -> Attached:
    try:
        return await host.attach(serial)
    except Failed as error:
        raise trouble(name or serial, str(error)) from error
