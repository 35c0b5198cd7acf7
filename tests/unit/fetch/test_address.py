"""Addresses that people give: one strict meaning or a refusal, and no way into a private network."""

import ipaddress

import pytest

from greenroom.infra.fetch.address import follow, read
from greenroom.infra.fetch.allow import read_allowed
from greenroom.infra.fetch.networks import is_public, parse
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.infra.fetch.resolve import permitted

# Every one of these has meant 127.0.0.1, a metadata service or another machine of the house to some program.
FORBIDDEN = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.000.000.001/", "http://0/",
    "http://0.0.0.0/", "http://①②⑦.⓪.⓪.①/", "http://１２７.０.０.１/", "http://127。0。0。1/", "http://127.0.0.1./",
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/", "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[ff02::1]/", "http://[3fff::1]/",
    "http://[fec0::1]/", "http://[100::1]/", "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/",
    "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://100.127.255.255/",
    "http://192.0.0.8/", "http://192.0.2.1/", "http://192.88.99.1/", "http://198.18.0.1/", "http://198.51.100.1/",
    "http://203.0.113.1/", "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/", "http://1.1.1.256/",
    "http://1.1.1.1:22/", "http://1.1.1.1:0/", "http://1.1.1.1:65536/", "http://1.1.1.1:８０/", "http://user@1.1.1.1/",
    "http://user:pass@1.1.1.1/", "http://1.1.1.1@127.0.0.1/", "http://1.1.1.1\\@127.0.0.1/",
    "http:\\\\127.0.0.1\\", "http:/127.0.0.1/", "http:127.0.0.1", "//127.0.0.1/", "http://1.1.1.1 /",
    "http://1.1.1.1\r\nHost: x/", "http://1.1.1.1/\t", "http:///", "http://", "", "http://[::1", "http://::1/",
    "http://[1.1.1.1]/", "http://a..b/", "http://-a.example/", "http://exa%6dple.org/", "http://%31%32%37.0.0.1/",
    "http://exa<mple.org/", "file:///etc/passwd", "ftp://1.1.1.1/", "gopher://1.1.1.1/", "data:text/plain,x",
    "javascript:alert(1)", "jar:http://1.1.1.1!/", "unix:/run/x", "http://" + "a" * 64 + ".example/",
    "http://1.1.1.1/" + "a" * 2000,
]  # fmt: skip


async def no_names(host: str, port: int) -> list[str]:
    raise OSError(f"{host} is not asked for here")


@pytest.mark.parametrize("address", FORBIDDEN)
async def test_odd_addresses_are_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        await permitted(read(address), (), no_names)


@pytest.mark.parametrize(
    ("address", "meaning"),
    [
        ("https://Example.org", "https://example.org/"),
        ("HTTPS://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("http://bücher.example/ä b".replace(" ", "%20"), "http://xn--bcher-kva.example/%C3%A4%20b"),
        ("https://example.org/a%2Fb?q=%20", "https://example.org/a%2Fb?q=%20"),
        ("http://[2606:4700:4700:0::1111]/", "http://[2606:4700:4700::1111]/"),
        ("http://example.org./", "http://example.org/"),
    ],
)
def test_plain_addresses_have_one_meaning(address: str, meaning: str) -> None:
    assert str(read(address)) == meaning
    assert read(meaning) == read(address)


@pytest.mark.parametrize("location", ["\\\\127.0.0.1", "http://u@1.1.1.1/", "//[::1", "javascript:x", "/a\r\nb"])
def test_a_redirect_is_read_as_strictly(location: str) -> None:
    with pytest.raises(AddressRefused):
        follow(read("https://example.org/"), location)


def test_a_redirect_may_be_relative() -> None:
    assert str(follow(read("https://example.org/a/b"), "../c?d")) == "https://example.org/c?d"


async def test_one_private_answer_among_public_ones_is_enough_to_refuse() -> None:
    async def mixed(host: str, port: int) -> list[str]:
        return ["1.1.1.1", "2606:4700::1", "10.0.0.1"]

    with pytest.raises(AddressRefused):
        await permitted(read("http://mixed.example/"), (), mixed)


async def test_what_does_not_resolve_and_what_is_private_get_the_same_sentence() -> None:
    async def private(host: str, port: int) -> list[str]:
        return ["10.0.0.1"]

    said = []
    for resolver in (private, no_names):
        with pytest.raises(AddressRefused) as refused:
            await permitted(read("http://box.example/"), (), resolver)
        said.append(refused.value.detail)
    assert said[0] == said[1]


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(parse(address))


def test_nothing_is_public_that_the_standard_library_knows_to_be_private() -> None:
    edges = [
        edge
        for version in (ipaddress.IPv4Network("0.0.0.0/0"), ipaddress.IPv6Network("2000::/3"))
        for network in version.subnets(prefixlen_diff=12)
        for edge in (network[0], network[-1])
    ]
    assert [str(one) for one in edges if is_public(one) and not one.is_global] == []


@pytest.mark.parametrize(
    ("allow", "address", "resolved", "passes"),
    [
        ("box.lan", "http://box.lan/", ["10.0.0.1"], True),
        ("box.lan", "http://box.lan:8080/", ["10.0.0.1"], False),
        ("box.lan:8080", "http://box.lan:8080/", ["10.0.0.1"], True),
        ("box.lan:8080", "http://box.lan/", ["10.0.0.1"], False),
        ("box.lan", "http://a.box.lan/", ["10.0.0.1"], False),
        ("10.1.0.0/16", "http://10.1.2.3/", [], True),
        ("10.1.0.0/16", "http://any.example/", ["10.1.2.3"], True),
        ("10.1.0.0/16", "http://any.example/", ["10.1.2.3", "10.2.0.1"], False),
        ("[fd00::/8]:9000", "http://[fd00::1]:9000/", [], True),
        ("x.lan, 127.0.0.1:9000", "http://127.0.0.1:9000/", [], True),
        ("10.1.0.0/16", "http://[::ffff:10.1.2.3]/", [], False),
    ],
)
async def test_machines_of_ones_own(allow: str, address: str, resolved: list[str], passes: bool) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return resolved

    if passes:
        assert await permitted(read(address), read_allowed(allow), resolver)
    else:
        with pytest.raises(AddressRefused):
            await permitted(read(address), read_allowed(allow), resolver)


@pytest.mark.parametrize("allow", ["http://x", "10.0.0.0/99", "a b", "box:99999", "fd00::1", "1.2.3", "*"])
def test_an_entry_that_is_none_is_named(allow: str) -> None:
    with pytest.raises(ValueError, match="no "):
        read_allowed(allow)
