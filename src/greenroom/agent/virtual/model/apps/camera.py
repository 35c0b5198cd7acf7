"""Camera: a view that is another with every picture, and a shutter that puts a file into /sdcard/DCIM/Camera."""

from greenroom.agent.virtual.contracts import Refused
from greenroom.agent.virtual.draw import pictures
from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.element import El, at, box, column, icon, picture, row, space, stack, text
from greenroom.agent.virtual.model.scene import Scene

FOLDER = "/sdcard/DCIM/Camera"


class Camera(App):
    package = "com.greenroom.camera"
    word = "camera"
    mark = "camera"
    colours = (0xFF4A5160, 0xFF23272F)

    def start(self) -> None:
        self.front = False

    def light(self, scene: Scene) -> bool:
        return True

    def show_home(self, scene: Scene) -> El:
        white = 0xFFFFFFFF
        shutter = box(
            box(width=58, height=58, radius=29, fill=white),
            width=74,
            height=74,
            radius=37,
            line=white,
            tap=self._take,
            role="button",
            name="shutter",
            say=scene.say("take_photo"),
        )
        last = self._last()
        thumb = (
            picture(*last, width=48, height=48, radius=24)
            if last
            else box(width=48, height=48, radius=24, fill=0xFF333333)
        )
        gallery = row(thumb, tap=self._look, role="button", name="thumbnail", say=scene.say("gallery"))
        turn = box(
            icon("refresh-cw", white, 24),
            width=48,
            height=48,
            radius=24,
            fill=0x40FFFFFF,
            tap=self._turn,
            role="button",
            name="switch_camera",
            say=scene.say("camera"),
        )
        tools = row(gallery, shutter, turn, spread="between", pad=(44, 14, 44, 18))
        if (self.package, "camera") not in self.phone.granted:
            view: El = box(text(scene.say("no_camera"), scene.look.body, white, spread="centre", lines=3), grow=1)
        else:
            view = stack(picture(*self._scene(), name="viewfinder"), *self._lines(scene), grow=1, clip=True, radius=16)
        return column(space(scene.top), view, tools, space(scene.bottom), fill=0xFF000000, solid=True)

    def receive(self, key: tuple[object, ...]) -> None:
        """It takes nothing."""

    def _lines(self, scene: Scene) -> list[El]:
        high = scene.height - scene.top - scene.bottom - 106
        across = [at(box(height=0.7, fill=0x55FFFFFF), 0, high * third / 3, 0, None) for third in (1, 2)]
        down = [at(box(width=0.7, fill=0x55FFFFFF), scene.width * third / 3, 0, None, 0) for third in (1, 2)]
        return across + down

    def _scene(self) -> tuple[object, ...]:
        if self.front:
            return ("portrait", self.phone.shape.account or "guest")
        return ("photo", f"view/{self.phone.shape.seed}/{self.phone.kept.get(self.package, 0)}")

    def _last(self) -> tuple[object, ...] | None:
        taken = self.phone.kept.get(self.package, 0)
        return ("photo", f"view/{self.phone.shape.seed}/{taken - 1}") if taken else None

    def _take(self) -> None:
        if (self.package, "camera") not in self.phone.granted:
            self.phone.popup("permission:camera")
            return
        taken = self.phone.kept.get(self.package, 0)
        stamp = self.phone.time().strftime("%Y%m%d_%H%M%S")
        try:
            self.phone.files[f"{FOLDER}/IMG_{stamp}_{taken}.jpg"] = pictures.encoded(self._scene(), 720, 960)
        except Refused as refused:
            self.phone.toast(str(refused))
            return
        self.phone.kept[self.package] = taken + 1

    def _turn(self) -> None:
        self.front = not self.front

    def _look(self) -> None:
        self.phone.launch("com.greenroom.gallery")
