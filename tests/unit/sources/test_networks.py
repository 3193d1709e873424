"""Which network addresses may be connected to."""

from ipaddress import ip_address

import pytest

from sources.networks import is_public, may_connect

SPECIAL = [
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "2a00:1450::1%eth0",
]


@pytest.mark.parametrize("address", SPECIAL)
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not may_connect(address, 443, allow_loopback=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2a00:1450:4001::1"])
def test_public_addresses_are_open_on_web_ports_only(address: str) -> None:
    assert may_connect(address, 80, allow_loopback=False)
    assert may_connect(address, 443, allow_loopback=True)
    assert not may_connect(address, 22, allow_loopback=True)


def test_the_switch_for_tests_opens_loopback_and_nothing_else() -> None:
    assert may_connect("127.0.0.1", 5000, allow_loopback=True)
    assert not may_connect("::1", 80, allow_loopback=True)
    assert not may_connect("10.0.0.1", 80, allow_loopback=True)
    assert not may_connect("no address", 80, allow_loopback=True)
