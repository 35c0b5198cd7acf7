"""The port: taken before anything else, the next free one when it is busy."""

import pytest

from greenroom.entrypoints.listen import listen, url_of
from greenroom.kit.errors import Unavailable


def test_a_busy_port_is_passed_over() -> None:
    with listen("127.0.0.1", 20000) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port) as second:
            assert port < second.getsockname()[1] < port + 50


def test_a_freed_port_can_be_had_again_at_once() -> None:
    with listen("127.0.0.1", 21000) as first:
        port = first.getsockname()[1]
    with listen("127.0.0.1", port) as second:
        assert second.getsockname()[1] == port


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Unavailable, match="GREENROOM_HOST"):
        listen("192.0.2.1", 20000)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104  # nothing is bound here
        ("10.1.2.3", "http://10.1.2.3:8000"),
        ("::1", "http://[::1]:8000"),
        ("::", "http://[::1]:8000"),
    ],
)
def test_the_address_for_a_browser_here(host: str, url: str) -> None:
    assert url_of(host, 8000) == url
