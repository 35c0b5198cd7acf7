"""Sample packages and real ones: what the installer reads, and what it refuses."""

import contextlib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.packages import BadPackage, read_apk, write_apk
from greenroom.agent.virtual.packages_axml import BadManifest, Tag, read_axml, write_axml

LAB = Package(
    "com.sample.lab", "Lab & Bühne", "2.1", 21, ".Home", signer="somebody", abis=("arm64-v8a",), permissions=("camera",)
)


def test_what_is_written_is_read() -> None:
    found = read_apk(write_apk(LAB, padding=1000))
    package = found.package()
    assert (package.name, package.label, package.version, package.code) == ("com.sample.lab", "Lab & Bühne", "2.1", 21)
    assert (package.activity, package.signer, package.abis, package.permissions) == (
        ".Home", "somebody", ("arm64-v8a",), ("camera",),
    )  # fmt: skip
    assert read_apk(write_apk(LAB, split="config.de")).split == "config.de"
    assert write_apk(LAB) == write_apk(LAB)


def test_a_real_package_of_a_real_tool_is_read() -> None:
    data = files("uiautomator2").joinpath("assets/app-uiautomator.apk").read_bytes()
    found = read_apk(data)
    assert (found.name, found.version, found.activity) == (
        "com.github.uiautomator", "2.4.0", "com.github.uiautomator.MainActivity",
    )  # fmt: skip
    assert len(found.signer) == 16


@pytest.mark.parametrize("cut", [0, 4, 100, 500, -30, -1])
def test_a_broken_package_is_refused_with_a_code(cut: int) -> None:
    with pytest.raises(BadPackage) as refused:
        read_apk(write_apk(LAB)[:cut])
    assert refused.value.code.startswith("INSTALL_PARSE_FAILED_")


@given(st.binary(max_size=400))
def test_nonsense_is_no_manifest(data: bytes) -> None:
    with contextlib.suppress(BadManifest):  # anything else fails
        assert isinstance(read_axml(b"\x03\0\x08\0" + data), list)


@given(
    st.lists(
        st.builds(
            Tag,
            st.sampled_from(["manifest", "application", "activity"]),
            st.dictionaries(
                st.sampled_from(["package", "name", "label", "versionCode"]),
                st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.integers(0, 2**31)),
            ),
        ),
        max_size=5,
    )
)
def test_any_elements_survive(tags: list[Tag]) -> None:
    assert read_axml(write_axml(tags)) == tags
