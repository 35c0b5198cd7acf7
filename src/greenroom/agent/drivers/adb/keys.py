"""Android's key codes (android.view.KeyEvent)."""

from greenroom.agent.phone_values import Key

CODES: dict[Key, int] = {
    Key.HOME: 3,
    Key.BACK: 4,
    Key.RECENTS: 187,
    Key.POWER: 26,
    Key.VOLUME_UP: 24,
    Key.VOLUME_DOWN: 25,
    Key.ENTER: 66,
    Key.DELETE: 67,
    Key.TAB: 61,
    Key.ESCAPE: 111,
    Key.UP: 19,
    Key.DOWN: 20,
    Key.LEFT: 21,
    Key.RIGHT: 22,
    Key.WAKE: 224,
    Key.SLEEP: 223,
    Key.MENU: 82,
    Key.NOTIFICATIONS: 83,
}
