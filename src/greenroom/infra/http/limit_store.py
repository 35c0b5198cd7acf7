"""The statements on gr.request_bucket, which all servers share. It is unlogged: a crash fills every bucket."""

from datetime import datetime

from greenroom.infra.database import Tx
from greenroom.infra.http.buckets import Bucket, Limit


async def take_share(tx: Tx, key: bytes, limit: Limit) -> tuple[Bucket, int]:
    """Take a server's share out of the bucket for good; gives what is left and how many requests were lent."""
    # Made or locked in one statement: between two, `tidy` could delete what the first one found.
    row = await tx.one(
        """insert into request_bucket (key, left_over) values (%(key)s, %(most)s)
           on conflict (key) do update set key = excluded.key
           returning left_over, at, clock_timestamp() as now""",
        {"key": key, "most": limit.most},
    )
    now: datetime = row["now"]
    bucket, lent = Bucket(row["left_over"], row["at"]).lend(limit, now)
    if lent:
        await tx.execute(
            "update request_bucket set left_over = %(left)s, at = %(at)s where key = %(key)s",
            {"key": key, "left": bucket.left, "at": bucket.at},
        )
    return bucket, lent


async def tidy(tx: Tx) -> None:
    """Forget buckets that are full again."""
    await tx.execute("delete from request_bucket where at < now() - interval '10 minutes'")
