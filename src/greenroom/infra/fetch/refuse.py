"""Why an address is not fetched. One sentence covers what does not resolve and what is private, on purpose."""

from greenroom.kit.errors import Invalid


class AddressRefused(Invalid):
    """The address is not one that this server fetches."""

    slug = "address-refused"
    title = "This address is not fetched"


class AnswerRefused(Invalid):
    """What came from the address cannot be taken: too large, of another kind, or an error."""

    slug = "answer-refused"
    title = "What came from this address can't be taken"


def unreachable(host: str) -> AddressRefused:
    """For names that do not resolve and for private networks alike: the answer maps no one's network."""
    return AddressRefused(
        f"{host} is not on the public internet; give a public address, or ask an administrator to add a machine of "
        "your own to fetch_allow"
    )
