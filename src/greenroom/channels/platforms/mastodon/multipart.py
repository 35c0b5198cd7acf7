"""A form with one file in it (RFC 7578), as a stream: no video is held in memory."""

import secrets
from collections.abc import AsyncIterator, Mapping

from greenroom.channels.platforms.mastodon.api import Body
from greenroom.infra.fetch.call import Stream


def with_file(fields: Mapping[str, str], file: Stream, *, name: str, type: str) -> Body:
    """`name` is the file's; it has no quotation marks or line breaks in it."""
    boundary = f"greenroom-{secrets.token_hex(16)}"
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    head += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {type}\r\n\r\n"
    )
    first, last = head.encode(), f"\r\n--{boundary}--\r\n".encode()

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for chunk in file.open():
            yield chunk
        yield last

    stream = Stream(len(first) + file.length + len(last), whole)
    return Body(stream, f"multipart/form-data; boundary={boundary}")
