"""Bounded computing: who waits, who is refused, what is computed once, what is given up."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fastapi import FastAPI

from api.app import create_app
from api.desk import Desk
from api.slots import Slots, Turn, go_on
from kg.index.holder import SnapshotHolder
from kg.index.rewording import Change, apply_words
from kg.index.snapshot import IndexPlan
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.errors import Busy, Deserted, InvalidValue
from tests.world import load_world

Result = TypeVar("Result")
PATIENCE = 20.0  # seconds; a machine may be busy


@pytest.fixture
def desk(world_store: GraphStore, tmp_path: Path) -> Desk:
    """A desk without a snapshot, which the questions of this file do not need."""
    return Desk(world_store, SnapshotHolder(world_store, IndexPlan(tmp_path, tmp_path)), "2024")


class Question:
    """A question that waits until it is told to answer, and counts how often it was computed."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Semaphore(0), threading.Event()
        self.computed = 0

    def ask(self, desk: Desk, text: str) -> str:
        """Answer once it may."""
        self.computed += 1
        self.begun.release()
        while not self.may_end.wait(0.01):
            go_on()
        return f"{text}!"

    def began(self) -> None:
        """Wait until it is being computed once more."""
        assert self.begun.acquire(timeout=PATIENCE)


@contextmanager
def asking(slots: Slots, desk: Desk, question: Question) -> Iterator[Callable[..., Future[str]]]:
    """Give what asks in a thread of its own; at the end everything may end."""
    with ThreadPoolExecutor(8) as pool:

        def ask(text: str, left: threading.Event | None = None) -> Future[str]:
            turn = Turn(slots, left or threading.Event())
            return pool.submit(turn.once, question.ask, desk, text)

        try:
            yield ask
        finally:
            question.may_end.set()


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def waiting(slots: Slots, key_part: str) -> int:
    """Count who waits for the answer to a question."""
    return sum(len(one.left) for key, one in slots._flights.items() if key_part in str(key))


def test_the_same_question_is_computed_once_for_all_who_ask_it(desk: Desk) -> None:
    slots, question = Slots(2, 20), Question()
    with asking(slots, desk, question) as ask:
        asked = [ask("换型") for _ in range(5)]
        question.began()
        until(lambda: waiting(slots, "换型") == 5)
        question.may_end.set()
        assert [one.result(PATIENCE) for one in asked] == ["换型!"] * 5
    assert question.computed == 1


def test_asked_again_afterwards_it_is_computed_anew(desk: Desk) -> None:
    slots, question = Slots(1, 1), Question()
    question.may_end.set()
    turn = Turn(slots, threading.Event())
    assert [turn.once(question.ask, desk, "换型") for _ in range(2)] == ["换型!"] * 2
    assert question.computed == 2


def test_different_questions_are_computed_one_after_the_other_in_one_slot(desk: Desk) -> None:
    slots, question = Slots(1, 5), Question()
    with asking(slots, desk, question) as ask:
        first = ask("一")
        question.began()
        second = ask("二")
        until(lambda: waiting(slots, "二") == 1)
        assert question.computed == 1
        question.may_end.set()
        assert (first.result(PATIENCE), second.result(PATIENCE)) == ("一!", "二!")


def test_beyond_the_queue_it_is_refused_at_once(desk: Desk) -> None:
    slots, question = Slots(1, 1), Question()
    with asking(slots, desk, question) as ask:
        ask("一")
        question.began()
        ask("二")
        until(lambda: waiting(slots, "二") == 1)
        with pytest.raises(Busy, match="try again"):
            ask("三").result(PATIENCE)


def test_a_fault_is_told_to_all_who_asked_and_frees_the_slot(desk: Desk) -> None:
    slots = Slots(1, 5)

    def fail(_: Desk, text: str) -> str:
        raise InvalidValue("text", text, "is none")

    for _ in range(3):
        with pytest.raises(InvalidValue):
            Turn(slots, threading.Event()).once(fail, desk, "换型")
    assert not slots._flights


def test_who_leaves_the_queue_is_never_computed(desk: Desk) -> None:
    slots, question = Slots(1, 5), Question()
    with asking(slots, desk, question) as ask:
        first = ask("一")
        question.began()
        left = threading.Event()
        second = ask("二", left)
        until(lambda: waiting(slots, "二") == 1)
        left.set()
        with pytest.raises(Deserted):
            second.result(PATIENCE)
        question.may_end.set()
        assert first.result(PATIENCE) == "一!"
    assert question.computed == 1


def test_what_nobody_waits_for_any_more_stops(desk: Desk) -> None:
    slots, question, left = Slots(1, 5), Question(), threading.Event()
    with asking(slots, desk, question) as ask:
        first = ask("一", left)
        question.began()
        left.set()
        with pytest.raises(Deserted):
            first.result(PATIENCE)
    assert not slots._flights


def test_it_goes_on_while_one_of_several_still_waits(desk: Desk) -> None:
    slots, question, left = Slots(1, 5), Question(), threading.Event()
    with asking(slots, desk, question) as ask:
        first = ask("一", left)
        question.began()
        second = ask("一")
        until(lambda: waiting(slots, "一") == 2)
        left.set()
        time.sleep(0.2)
        question.may_end.set()
        assert first.result(PATIENCE) == second.result(PATIENCE) == "一!"
    assert question.computed == 1


# ---- through HTTP


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    """A service over the tiny world with one slot, followed by hand."""
    settings = Settings(data=tmp_path, compute_slots=1, queue=50)
    with open_store(settings.store_url) as store:
        load_world(store)
        made = create_app(settings, store, packaged_model())
        made.state.follower.look()
        made.state.store = store
        yield made


def in_a_loop(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread of its own: that of the tests may hold a browser's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def post(app: FastAPI, path: str, body: object, leave: asyncio.Event) -> list[Any]:
    """Return what the service sends to a client that stays until it is told to leave."""
    sent: list[Any] = []
    arriving = [{"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}]

    async def receive() -> Any:
        if arriving:
            return arriving.pop()
        await leave.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "path": path, "raw_path": path.encode(), "query_string": b"", "scheme": "http",
        "headers": [(b"content-type", b"application/json"), (b"host", b"localhost")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    await app(scope, receive, send)
    return sent


def test_a_request_whose_client_has_gone_stops(app: FastAPI) -> None:
    long = {"text": "换型太慢，停线时间长。用相机在线检查轮毂划痕。" * 4_000, "mode": "document"}

    async def run() -> list[Any]:
        leave = asyncio.Event()
        answering = asyncio.create_task(post(app, "/v1/match", long, leave))
        await asyncio.sleep(0.2)
        leave.set()
        return await answering

    assert in_a_loop(run())[0]["status"] == 499


def test_a_swap_under_load_fails_no_request_and_mixes_no_answer(
    app: FastAPI, tmp_path: Path
) -> None:
    """Before and after, the same text has different answers: each must be its snapshot's."""
    text, asked, expected = "我们厂想建一个魔方岛", 60, {}
    plan = IndexPlan(tmp_path / "snapshots", packaged_model(), words=tmp_path / "vocabulary")
    rows = {"S12": "word,魔方岛,S12,a plant,a test\n", "S17": "word,魔方岛,S17,a plant,a test\n"}
    holder, store = app.state.desk.holder, app.state.store

    def swap(scene: str) -> None:
        path = tmp_path / "own.csv"
        path.write_text(f"kind,term,means,source,author\n{rows[scene]}", encoding="utf-8")
        expected[apply_words(store, plan, Change((path,)))] = scene
        holder.refresh()

    swap("S12")

    async def run() -> list[list[Any]]:
        stay = asyncio.Event()
        swapping = asyncio.get_running_loop().run_in_executor(None, swap, "S17")
        requests = []
        for number in range(asked):
            body = {"text": f"{text}{'。' * (number % 7)}"}
            requests.append(asyncio.create_task(post(app, "/v1/match", body, stay)))
            await asyncio.sleep(0.02)
        await swapping
        requests += [asyncio.create_task(post(app, "/v1/match", {"text": text}, stay))]
        return await asyncio.gather(*requests)

    seen = set()
    for start, *parts in in_a_loop(run()):
        assert start["status"] == 200
        answer = json.loads(b"".join(part["body"] for part in parts))
        assert answer["scenes"][0]["id"] == expected[answer["snapshot"]]
        seen.add(answer["snapshot"])
    assert seen == set(expected)
