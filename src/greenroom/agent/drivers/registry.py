"""The drivers by platform; a new one is a folder and a line here."""

from greenroom.agent.drivers.adb.phone import AdbPhone
from greenroom.agent.drivers.wda.phone import WdaPhone
from greenroom.agent.phone import Phone

DRIVERS: dict[str, type[Phone]] = {"android": AdbPhone, "ios": WdaPhone}
