"""Apps on an Android: start, stop, forget, list, and what is in front."""

import re
from dataclasses import dataclass

from greenroom.agent.drivers.adb import readers
from greenroom.agent.drivers.adb.install import install, uninstall
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.adb.sync import Files
from greenroom.agent.drivers.bundle import Bundle
from greenroom.agent.drivers.splits import Fit, NoFit, choose
from greenroom.agent.errors import Refused
from greenroom.agent.phone_values import App, Front, Glance, Info, Progress

ID = re.compile(r"[A-Za-z]\w*(?:\.\w+)+", re.ASCII)
ACTIVITY = re.compile(r"\.?[\w$]+(?:\.[\w$]+)*", re.ASCII)
COMPONENT = re.compile(r"^([\w.]+)/([\w.$]+)$", re.ASCII | re.MULTILINE)
SHARED = "/sdcard"
VERSIONS = "grep -E '^  Package |versionName='"
FOCUSED = "grep -E 'mCurrentFocus|mFocusedApp'"
# Android 10 and later tell it with the displays, which is a tenth of all that earlier ones have to be asked for.
GLANCE = f"dumpsys window displays | {FOCUSED} || dumpsys window | {FOCUSED}; dumpsys power | grep mWakefulness="
ASKED = 100  # packages asked one by one, where the list of all names no versions


@dataclass(frozen=True, slots=True)
class Apps:
    shell: Shell

    async def launch(self, app: str, activity: str = "") -> None:
        """Bring it to the front as its icon would."""
        component = f"{self._known(app)}/{self._activity(activity)}" if activity else await self._entry(app)
        words = ["-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER"]
        done = await self.shell.run("am", "start", "-W", *words, "-n", component)
        if done.code != 0 or "Error" in done.text or b"Error" in done.error or "Exception" in done.text:
            raise Refused(self.shell.name, f"did not start {app}: {done.words}")

    async def stop(self, app: str) -> None:
        await self.shell.check("am", "force-stop", self._known(app))

    async def clear(self, app: str) -> None:
        said = (await self.shell.run("pm", "clear", self._known(app))).text
        if "Success" not in said:
            raise Refused(self.shell.name, f"did not clear {app}: it is not installed, or protected")

    async def uninstall(self, app: str) -> None:
        await uninstall(self.shell, self._known(app))

    async def list(self) -> tuple[App, ...]:
        """Everything installed, with versions where the phone tells them."""
        line = "cmd package list packages -f -U --show-versioncode"
        codes = readers.packages(await self.shell.check(*line.split()))
        own = readers.packages(await self.shell.check(*f"{line} -3".split()))
        names = readers.version_names((await self.shell.line(f"dumpsys package packages | {VERSIONS}")).text)
        unnamed = [id for id in own if id not in names and ID.fullmatch(id)][:ASKED]
        if unnamed:
            line = "; ".join(f"dumpsys package {id} | {VERSIONS}" for id in unnamed)
            names |= readers.version_names((await self.shell.line(line)).text)
        return readers.apps(codes, own, names)

    async def front(self) -> Front:
        found = readers.front((await self.shell.line(f"dumpsys window | {FOCUSED}")).text)
        found = found or readers.front(await self.shell.check("dumpsys", "activity", "activities"))
        if found is None:
            raise Refused(self.shell.name, "shows no app: its screen is off or locked; wake it")
        return found

    async def glance(self) -> Glance:
        """One line of the shell, so that it costs no more than asking whether the phone is there."""
        done = await self.shell.line(GLANCE)
        found = readers.front(done.text)
        awake = readers.awake(done.text)
        return Glance(found.app if found and awake is not False else "", awake)

    async def install(self, bundle: Bundle, files: Files, info: Info, progress: Progress | None) -> None:
        """The parts that fit this phone, then the files that have to lie beside the app."""
        fit = Fit(info.abis, info.density, (info.locale,))
        try:
            apks = choose(bundle.apks, fit) if len(bundle.apks) > 1 else bundle.apks
        except NoFit as error:
            raise Refused(self.shell.name, f"has another processor than this app is made for: {error}") from error
        await install(self.shell, apks, sdk=info.sdk, progress=progress)
        for file, place in bundle.extra:
            await files.push(file, f"{SHARED}/{place}")

    async def _entry(self, app: str) -> str:
        said = await self.shell.run("cmd", "package", "resolve-activity", "--brief", self._known(app))
        found = COMPONENT.findall(said.text)
        if not found:
            raise Refused(self.shell.name, f"has no {app} that could be started: install it first")
        return "/".join(found[-1])

    def _known(self, app: str) -> str:
        if not ID.fullmatch(app):
            raise Refused(self.shell.name, f"knows no app of this name: {app!r}")
        return app

    def _activity(self, activity: str) -> str:
        if not ACTIVITY.fullmatch(activity):
            raise Refused(self.shell.name, f"knows no activity of this name: {activity!r}")
        return activity
