"""Gradio's queue, woken by what is asked instead of looking for it."""

import threading
import time

import gradio as gr
import pytest
from gradio_client import Client

from workbench.ui.doze import tick_slowly, wake_by_event


@pytest.fixture
def url():
    def double(number):
        time.sleep(0.2)
        return 2 * number

    with gr.Blocks() as app:
        number, result = gr.Number(), gr.Number()
        number.submit(double, number, result, api_name="double", concurrency_limit=1)
    app.queue()
    wake_by_event(app._queue)
    _, address, _ = app.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True)
    tick_slowly(app.server)
    yield address
    app.close()


def test_all_who_ask_at_once_and_later_are_answered(url):
    client = Client(url, verbose=False)
    for _ in range(2):
        jobs = [client.submit(number, api_name="/double") for number in range(4)]
        assert [job.result(timeout=20) for job in jobs] == [0, 2, 4, 6]
        time.sleep(0.3)


def test_nobody_asks_nothing_runs(url):
    server = next(thread for thread in threading.enumerate() if thread.name.endswith("(run)"))

    def switches() -> int:
        with open(f"/proc/self/task/{server.native_id}/status") as file:
            return sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)

    Client(url, verbose=False).predict(1, api_name="/double")
    time.sleep(1.5)
    before = switches()
    time.sleep(3)
    assert switches() - before < 15, "as Gradio comes, thousands"
