"""What goes wrong in tenancy.

Invalid     WrongPassword
Gone        LinkOver
"""

from greenroom.kit.errors import Gone, SignedOut


class WrongPassword(SignedOut):
    """Says the same whether the address or the password is wrong."""

    slug = "wrong-password"
    title = "That did not match"


class LinkOver(Gone):
    slug = "link-over"
    title = "This link is over"
