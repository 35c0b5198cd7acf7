"""Where a phone hangs on USB, out of what adb says on each system."""

import pytest

from greenroom.agent.drivers.adb.devices import port_of_location, read_lines, read_proto


@pytest.mark.parametrize(
    ("said", "port"),
    [
        ("usb:1-4.2", "1-4.2"),
        ("usb:3-1", "3-1"),
        ("usb:337641472X", "20-2"),  # macOS: 0x14200000
        ("", ""),
        ("usb:1:7", ""),  # bus and address: no place
        ("usb:1-4.2;rm -rf", ""),
    ],
)
def test_the_long_list_shows_the_port(said: str, port: str) -> None:
    (device,) = read_lines(f"R58N            device {said} product:a model:b device:c transport_id:7\n")
    assert (device.port, device.serial, device.number) == (port, "R58N", 7)


@pytest.mark.parametrize("said", ["usb:1-4.2", "1-4.2"])
def test_the_protocol_buffer_shows_the_port(said: str) -> None:
    text = f'device {{\n  serial: "R58N"\n  state: DEVICE\n  bus_address: "{said}"\n  connection_type: USB\n}}\n'
    (device,) = read_proto(text)
    assert (device.port, device.usb) == ("1-4.2", True)


def test_a_phone_on_the_network_has_no_port() -> None:
    (device,) = read_lines("10.0.0.7:5555 device product:a model:b device:c transport_id:3\n")
    assert device.port == ""


@pytest.mark.parametrize(
    ("location", "port"), [(0x14200000, "20-2"), (0x14241000, "20-2.4.1"), (0x02A00000, "2-10"), (0x14000000, "")]
)
def test_a_location_of_macos_is_a_bus_and_a_way(location: int, port: str) -> None:
    assert port_of_location(location) == port
