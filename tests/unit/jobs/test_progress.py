"""What was told of a run's progress, put together from any thread."""

import asyncio
import threading
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from greenroom.infra.jobs.progress import Outbox, Progress, merged

PROGRESS = st.builds(
    Progress,
    stage=st.none() | st.sampled_from(["script", "render"]),
    fraction=st.none() | st.floats(allow_nan=False),
    message=st.none() | st.text(max_size=20),
    eta=st.none() | st.timedeltas(),
)


@given(st.lists(PROGRESS, min_size=1, max_size=8))
def test_the_last_word_wins_value_by_value(told: list[Progress]) -> None:
    total: Progress | None = None
    for news in told:
        total = merged(total, news)
    assert total is not None
    messages = [news.message for news in told if news.message is not None]
    stages = [news.stage for news in told if news.stage is not None]
    assert total.message == (messages[-1] if messages else None)
    assert total.stage == (stages[-1] if stages else None)
    assert total.eta == told[-1].eta
    assert total.fraction is None or 0 <= total.fraction <= 1


async def test_threads_tell_and_the_loop_takes_the_sum() -> None:
    outbox = Outbox()

    def tell() -> None:
        for step in range(1000):
            outbox.tell(Progress(stage="render", fraction=step / 1000, eta=timedelta(seconds=step)))

    threads = [threading.Thread(target=tell) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        await asyncio.to_thread(thread.join)
    async with asyncio.timeout(30):
        first = await outbox.take()
    assert first.stage == "render"
    outbox.tell(Progress(message="done"))
    async with asyncio.timeout(30):
        assert await outbox.take() == Progress(message="done")
