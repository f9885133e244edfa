"""Gradio's queue and server as they should be while nobody asks: asleep.  [gradio]

As they come they look for work up to a thousand times a second, a fifteenth of a core. Here a question wakes the queue.
"""

import asyncio
from typing import Any

from gradio.http_server import Server
from gradio.queueing import Queue

TICK = 1.0  # seconds between the server's looks whether it should end


class Pass:
    """The queue as its own loop sees it for one pass: the loop ends where it would sleep until there is work."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue

    def __getattr__(self, name: str) -> Any:
        return getattr(self.queue, name)

    def __len__(self) -> int:
        return len(self.queue)

    @property
    def stopped(self) -> bool:
        """Whether nothing waits any more."""
        return self.queue.stopped or not len(self.queue)

    @stopped.setter
    def stopped(self, _: bool) -> None:
        """The loop says it at its end; the queue goes on."""

    def _cancel_asyncio_tasks(self) -> None:
        """What the pass has started goes on."""


def wake_by_event(queue: Queue) -> None:
    """Let what is put into the queue start its loop. Call before the app is launched."""
    push = queue.push
    loop: asyncio.Task | None = None

    async def push_and_wake(*args: Any, **kwargs: Any) -> Any:
        nonlocal loop
        pushed = await push(*args, **kwargs)
        if loop is None or loop.done():
            loop = asyncio.create_task(Queue.start_processing(Pass(queue)))  # type: ignore[arg-type]
        return pushed

    async def asleep() -> None:
        """In place of the loop that never ends."""

    queue.push = push_and_wake  # type: ignore[method-assign]
    queue.start_processing = asleep  # type: ignore[method-assign]
    queue.start_progress_updates = asleep  # type: ignore[method-assign]  # of gr.Progress, which is not used here
    queue.sleep_when_free = 0.05  # while others are at work and one waits for its turn


def tick_slowly(server: Server) -> None:
    """Let the server look once a second whether it should end, not ten times."""
    tick = server.on_tick

    async def slow(counter: int) -> bool:
        await asyncio.sleep(TICK)
        return await tick(counter)

    server.on_tick = slow  # type: ignore[method-assign]
