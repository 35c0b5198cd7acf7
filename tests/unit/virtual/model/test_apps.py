"""What the sample apps do, by the hands of a person: every act through touches and keys."""

import pytest
import skia

from greenroom.agent.virtual.contracts import IPHONE, Package, Refused, Shape
from tests.unit.virtual.model.hands import find, keyed, nodes, phone, tap, texts, touch, wait


def picture_file() -> bytes:
    surface = skia.Surface.MakeRasterN32Premul(64, 48)
    surface.getCanvas().clear(0xFF0055AA)
    return bytes(surface.makeImageSnapshot().encodeToData())


@pytest.mark.parametrize("shape", [Shape(), IPHONE], ids=["android", "iphone"])
def test_a_pushed_picture_goes_from_the_gallery_through_the_share_sheet_into_the_feed(shape: Shape) -> None:
    at = phone(shape=shape)
    at.files["/sdcard/DCIM/Camera/stage.png"] = picture_file()
    at.launch("com.greenroom.gallery")
    wait(at)
    assert find(at, "photo")[0].description == "stage.png"
    tap(at, "photo")
    tap(at, "share")
    target = next(place for place, node in enumerate(find(at, "share_target")) if node.text == "Perch")
    tap(at, "share_target", target)
    assert at.front() == ("com.greenroom.feed", ".ComposerActivity")
    tap(at, "long_caption")
    keyed(at, "Blue stage")
    assert find(at, "long_caption")[0].text == "Blue stage"
    tap(at, "post")
    assert at.front() == ("com.greenroom.feed", ".MainActivity")
    assert find(at, "caption")[0].text == "Blue stage"
    assert at.app.kept.posts[0].picture[0] == "file"
    shown = at.frame(width=360)
    assert (shown[:, :, :3] == (0, 0x55, 0xAA)).all(axis=2).sum() > 10_000


def test_what_is_no_picture_stays_out_of_the_gallery() -> None:
    at = phone("gallery")
    before = len(find(at, "photo"))
    at.files["/sdcard/Pictures/broken.png"] = b"no picture"
    at.files["/sdcard/Pictures/list.txt"] = picture_file()
    assert len(find(at, "photo")) == before


def test_typing_on_the_keyboard_writes_a_note_and_deleting_it_can_be_undone() -> None:
    at = phone("notes")
    tap(at, "new_note")
    keyed(at, "Tea at five")
    tap(at, "key_enter")
    tap(at, "key_signs")
    keyed(at, "42")
    tap(at, "key_delete")
    assert find(at, "title")[0].text == "Tea at five"
    assert find(at, "long_body")[0].text == "4"
    tap(at, "delete")
    assert "Tea at five" not in texts(at)
    tap(at, "snackbar_action")
    assert "Tea at five" in texts(at)


def test_every_language_has_keys_that_write() -> None:
    at = phone("notes")
    at.locale = "de-DE"
    tap(at, "search")
    at.press_special("shift")
    keyed(at, "größe")
    assert find(at, "search")[0].text == "größe"
    at.app.texts["search"] = ""
    at.focus(at.app, "search")
    at.locale = "ja-JP"
    keyed(at, "そら")
    at.locale = "ar-EG"
    keyed(at, "سلام")
    assert find(at, "search")[0].text == "そらسلام"


def test_one_deletion_takes_one_character_as_it_is_read() -> None:
    at = phone("notes")
    tap(at, "search")
    at.text("a👨‍👩‍👧")
    at.key(67)
    assert find(at, "search")[0].text == "a"


def test_the_shop_finds_filters_and_takes_an_order_only_with_a_whole_address() -> None:
    at = phone("shop")
    tap(at, "search")
    keyed(at, "lamp")
    tap(at, "key_enter")
    assert [node.description for node in find(at, "product")] == ["Arc Floor Lamp"]
    tap(at, "product")
    tap(at, "add_to_cart")
    tap(at, "snackbar_action")
    assert find(at, "total")[0].text == "€133.90"
    tap(at, "checkout")
    tap(at, "to_payment")
    assert texts(at).count("Please fill this in") == 5
    for name, words in (
        ("name", "Mira Sand"),
        ("email", "mira"),
        ("street", "Quay 1"),
        ("city", "Ghent"),
        ("postcode", "9000"),
    ):
        at.focus(at.app, name)
        at.text(words)
    at.back()
    tap(at, "to_payment")
    assert "That is no email address" in texts(at)
    at.focus(at.app, "email")
    at.text("@stage.example")
    at.back()
    tap(at, "to_payment")
    assert at.app.page.name == "payment"


def test_the_payment_page_is_black_in_pictures_and_marked_in_the_tree() -> None:
    at = phone("shop")
    at.app.kept.cart[0] = 1
    at.app.open("payment")
    wait(at)
    frame = at.frame()
    below = round(at.scene().top * at.scale)
    above = at.size[1] - round(at.nav_height() * at.scale)
    assert not frame[below:above, :, :3].any()
    assert all(node.secure for node in find(at, "card_number"))
    at.focus(at.app, "cvc")
    at.text("123")
    assert find(at, "cvc")[0].text == "•••"
    at.back()
    at.back()
    wait(at)
    assert at.frame()[below:above, :, :3].any()


def test_a_protected_page_is_not_shown_on_its_way_in_either() -> None:
    at = phone("shop")
    at.app.open("payment")
    at.advance(at.now + 0.27)
    middle = at.frame()[600:2000, 200:, :3]
    assert not middle.any()


def test_the_feed_has_no_end_and_likes_are_kept_for_each_account() -> None:
    at = phone("feed")
    for _ in range(12):
        at.scroll(540, 1500, 0, -40)
    assert at.app.count > 20
    at.scroll(540, 1500, 0, 10_000)
    likes = find(at, "like_count")[0].text
    tap(at, "like")
    assert find(at, "like_count")[0].text != likes
    at.app.switch("theo")
    wait(at)
    assert find(at, "like_count")[0].text == likes


def test_signing_in_wants_the_right_password_and_accounts_can_be_switched() -> None:
    at = phone("feed", Shape(account=""))
    for name, words in (("username", "theo"), ("password", "wrong")):
        tap(at, name)
        at.text(words)
    at.key(66)
    assert "Wrong username or password" in texts(at)
    assert "wrong" not in texts(at)
    tap(at, "password")
    at.set_field("lantern")
    at.key(66)
    wait(at)
    tap(at, "tab_profile")
    assert find(at, "switch_account")[0].text == "theo"
    tap(at, "switch_account")
    tap(at, "add_account")
    for name, words in (("username", "mira"), ("password", "curtain")):
        tap(at, name)
        at.text(words)
    at.key(66)
    wait(at)
    tap(at, "tab_profile")
    tap(at, "switch_account")
    tap(at, "account", 0)
    assert find(at, "switch_account")[0].text == "theo"


def test_settings_act_on_the_phone() -> None:
    at = phone("settings")
    tap(at, "dark_theme")
    assert at.dark
    assert find(at, "dark_theme")[0].checked is True
    at.app.open("language")
    wait(at)
    tap(at, "language_ar")
    assert at.locale == "ar-EG"
    assert "اللغة" in texts(at)


def test_the_installer_checks_asks_and_installs() -> None:
    at = phone("installer")
    tap(at, "install", 0)
    at.advance(at.now + 1.5)
    wait(at)
    assert "Camera" in texts(at)
    tap(at, "confirm_install")
    assert "org.sample.lantern" in {one.name for one in at.installed()}
    tap(at, "snackbar_action")
    assert at.front()[0] == "org.sample.lantern"


@pytest.mark.parametrize(
    ("package", "says"),
    [
        (Package("com.greenroom.notes", "Notes", code=1), "INSTALL_FAILED_VERSION_DOWNGRADE"),
        (Package("com.greenroom.notes", "Notes", code=999, signer="other"), "INSTALL_FAILED_UPDATE_INCOMPATIBLE"),
        (Package("org.a", "A", abis=("x86",)), "INSTALL_FAILED_NO_MATCHING_ABIS"),
        (Package("org.a", "A", minimum_sdk=99), "INSTALL_FAILED_OLDER_SDK"),
        (Package("org.a", "A", size=10**12), "INSTALL_FAILED_INSUFFICIENT_STORAGE"),
    ],
)
def test_a_package_that_does_not_fit_is_refused_in_the_phones_words(package: Package, says: str) -> None:
    at = phone()
    with pytest.raises(Refused, match=says):
        at.install(package)
    assert package.name == "com.greenroom.notes" or at.packages.get(package.name) is None


def test_a_crash_says_so_and_opening_again_works() -> None:
    at = phone("notes")
    at.crash()
    wait(at)
    assert "Notes keeps stopping" in texts(at)
    assert at.front()[0] == "com.greenroom.launcher"
    tap(at, "aerr_restart")
    assert at.front()[0] == "com.greenroom.notes"
    at.stop("com.greenroom.notes")
    at.faults.crash = "com.greenroom.notes"
    at.launch("com.greenroom.notes")
    assert "Notes keeps stopping" in texts(at)


def test_clearing_an_app_takes_what_it_kept_and_stopping_it_does_not() -> None:
    at = phone("notes")
    at.app._delete(3)
    at.stop("com.greenroom.notes")
    at.launch("com.greenroom.notes")
    assert "Shot list, Thursday" not in texts(at)
    at.clear("com.greenroom.notes")
    at.launch("com.greenroom.notes")
    wait(at)
    assert "Shot list, Thursday" in texts(at)


@pytest.mark.parametrize(
    "name", ["permission:camera", "update", "rate", "low_battery", "storage_full", "unknown", "<b>odd</b>\x07"]
)
def test_a_pop_up_covers_the_app_until_it_is_answered(name: str) -> None:
    at = phone("notes")
    at.popup(name)
    wait(at)
    assert not find(at, "new_note")
    buttons = [node for node in nodes(at) if node.clickable and node.kind == "button"]
    assert buttons
    at.key(4)
    wait(at)
    assert find(at, "new_note")


def test_the_camera_asks_once_and_then_its_pictures_are_in_the_gallery() -> None:
    at = phone("camera")
    tap(at, "permission_allow")
    tap(at, "shutter")
    tap(at, "thumbnail")
    assert find(at, "photo")[0].description == "IMG_20260601_080000_0.jpg"
    at.launch("com.greenroom.camera")
    wait(at)
    assert not find(at, "permission_allow")


def test_a_full_phone_takes_no_picture_and_says_so() -> None:
    at = phone("camera")
    tap(at, "permission_allow")
    at.files.limit = at.files.used
    tap(at, "shutter")
    assert "No space left on device" in texts(at)


@pytest.mark.parametrize(
    ("keys", "shows"), [("12+30=", "42"), ("7÷2=", "3.5"), ("1÷0=", "–"), ("2×3−1=", "5"), ("0.1+0.2=", "0.3")]
)
def test_the_calculator_reckons(keys: str, shows: str) -> None:
    at = phone("calculator")
    for key in keys:
        touch(at, next(node for node in nodes(at) if node.clickable and node.description == key))
    assert find(at, "display")[0].text == shows


def test_the_stopwatch_runs_by_the_phones_own_clock() -> None:
    at = phone("clock")
    tap(at, "tab_stopwatch")
    tap(at, "toggle")
    began = find(at, "elapsed")[0].text
    assert (at.advance(at.now + 5) or 0) - at.now < 0.11
    tap(at, "toggle")
    stopped = find(at, "elapsed")[0].text
    assert began < "00:05.0" <= stopped
    at.advance(at.now + 5)
    assert find(at, "elapsed")[0].text == stopped
