"""What is installed: the sample apps that a phone comes with, and the checks that its installer makes."""

from greenroom.agent.virtual.contracts import Package, Refused

ABIS = ("arm64-v8a", "armeabi-v7a", "x86_64")
SDK = 34

SAMPLES: tuple[Package, ...] = (
    Package("com.greenroom.launcher", "Home", "14", 34, system=True, signer="system", size=9_200_000),
    Package("com.greenroom.settings", "Settings", "14", 34, system=True, signer="system", size=31_000_000),
    Package("com.greenroom.notes", "Notes", "3.2.0", 320, size=6_400_000),
    Package("com.greenroom.gallery", "Gallery", "5.1.1", 511, size=18_700_000, permissions=("photos",)),
    Package("com.greenroom.shop", "Market Lane", "2.4.1", 241, size=22_300_000, permissions=("notifications",)),
    Package("com.greenroom.feed", "Perch", "7.0.3", 703, size=48_100_000, permissions=("photos", "camera")),
    Package("com.greenroom.camera", "Camera", "9.1", 91, system=True, signer="system", permissions=("camera",)),
    Package("com.greenroom.clock", "Clock", "7.4", 74, system=True, signer="system", size=2_900_000),
    Package("com.greenroom.calculator", "Calculator", "8.2", 82, system=True, signer="system", size=2_100_000),
    Package("com.greenroom.installer", "Installer", "1.8", 18, system=True, signer="system", size=3_100_000),
)


class Packages:
    """Installed packages by name, in the order in which they came."""

    def __init__(self) -> None:
        self._installed = {one.name: one for one in SAMPLES}

    def all(self) -> tuple[Package, ...]:
        return tuple(self._installed.values())

    def get(self, name: str) -> Package | None:
        return self._installed.get(name)

    def check(self, new: Package, *, free: int, downgrade: bool = False) -> None:
        """Refused, in the words of a phone's own installer, where this package cannot be installed."""
        old = self._installed.get(new.name)
        if new.abis and not set(new.abis) & set(ABIS):
            raise Refused(
                f"INSTALL_FAILED_NO_MATCHING_ABIS: Failed to extract native libraries, res=-113 ({', '.join(new.abis)})"
            )
        if new.minimum_sdk > SDK:
            raise Refused(
                f"INSTALL_FAILED_OLDER_SDK: Requires newer sdk version #{new.minimum_sdk} (current version is #{SDK})"
            )
        if old is not None and old.signer != new.signer:
            why = f"Existing package {new.name} signatures do not match newer version; ignoring!"
            raise Refused(f"INSTALL_FAILED_UPDATE_INCOMPATIBLE: {why}")
        if old is not None and new.code < old.code and not downgrade:
            why = f"Downgrade detected: Update version code {new.code} is older than current {old.code}"
            raise Refused(f"INSTALL_FAILED_VERSION_DOWNGRADE: {why}")
        if new.size > free:
            raise Refused("INSTALL_FAILED_INSUFFICIENT_STORAGE: Failed to override installation location")

    def install(self, new: Package) -> None:
        self._installed[new.name] = new

    def uninstall(self, name: str) -> Package:
        found = self._installed.get(name)
        if found is None:
            raise Refused(f"DELETE_FAILED_INTERNAL_ERROR: {name} is not installed")
        if found.system:
            raise Refused(f"DELETE_FAILED_USER_RESTRICTED: {name} is a part of the system")
        return self._installed.pop(name)
