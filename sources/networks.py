"""Which network addresses may be fetched from: public ones, nothing else."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Python 3.11 calls several of these global
SPECIAL_V4 = [
    ip_network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
# Everything outside 2000::/3 is special; inside it are tunnels to IPv4 and test networks
PUBLIC_V6 = ip_network("2000::/3")
SPECIAL_V6 = [
    ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
LOOPBACK_V4 = ip_network("127.0.0.0/8")
PORTS = frozenset({80, 443})


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether the address lies in the public internet."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in net for net in SPECIAL_V4)
    public = address in PUBLIC_V6 and address.scope_id is None
    return public and not any(address in net for net in SPECIAL_V6)


def may_connect(address: str, port: int, *, allow_loopback: bool) -> bool:
    """Say whether an address and port may be connected to.

    ``allow_loopback`` opens 127.0.0.0/8 on every port, for tests.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if allow_loopback and isinstance(parsed, IPv4Address) and parsed in LOOPBACK_V4:
        return True
    return port in PORTS and is_public(parsed)
