"""What was kept comes back as it was, and a record of another version comes back as far as it goes."""

import json
from dataclasses import dataclass, fields
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from workbench import nouns
from workbench.nouns import Answer, Budget, Chunk, Confidence, Hit, Recipe, Remark, Sentence
from workbench.records import plain, restored

KINDS = [kind for kind in vars(nouns).values() if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__")]
some.register_type_strategy(float, some.floats(allow_nan=False))
some.register_type_strategy(object, some.none() | some.integers() | some.text())


def through_json(kind, value):
    return restored(kind, json.loads(json.dumps(plain(value), ensure_ascii=False).encode("utf-8", "surrogatepass")))


@settings(max_examples=150, deadline=None)
@given(some.builds(Answer))
def test_an_answer_comes_back_as_it_was(answer):
    assert through_json(Answer, answer) == answer


@pytest.mark.parametrize("kind", KINDS)
def test_so_does_every_noun(kind):
    @settings(max_examples=15, deadline=None)
    @given(some.builds(kind, **{field.name: some.from_type(field_type(kind, field.name)) for field in fields(kind)}))
    def comes_back(value):
        assert through_json(kind, value) == value

    comes_back()


def field_type(kind, name):
    from typing import get_type_hints

    return get_type_hints(kind)[name]


def filled() -> Answer:
    hit = Hit(Chunk("c", "d", 3, 9, "왕복 배송비"), "규정", "규정.txt", 2, 1.5, 0.4, 7.0)
    return Answer("질문?", Recipe("rag", corpus="x"), "6,400원", budget=Budget(64, 1, 2, 3, 4), hits=(hit,),
                  best=Sentence("왕복", 3, 5, hit, 1), confidence=Confidence(coverage=0.5), error=Remark("number", {"value": 3}))


def test_an_older_record_lacks_fields_and_a_newer_one_has_more():
    record = plain(filled())
    for name in ("confidence", "used", "flags", "done", "text"):
        del record[name]
    del record["hits"][0]["page"]
    del record["hits"][0]["dense"]
    del record["hits"][0]["chunk"]["id"]
    del record["budget"]["reserve"]
    record |= {"weather": {"sun": []}, "clouds": [1]}
    record["recipe"]["mood"] = {"good": []}
    answer = restored(Answer, record)
    assert answer.text == "" and answer.confidence == Confidence() and answer.flags == () and answer.done is False
    assert answer.hits[0].page is None and answer.hits[0].dense == 0.0 and answer.hits[0].chunk.id == ""
    assert answer.hits[0].chunk.text == "왕복 배송비" and answer.budget == Budget(64, 1, 2, 3, 0)
    assert answer.error == Remark("number", {"value": 3})


@dataclass(frozen=True)
class Odd:
    """Kinds that no noun has yet."""

    pair: tuple[int, str]
    table: dict[str, Confidence]
    either: int | str
    level: Literal["low", "high"]
    within: Recipe


def test_other_kinds_of_fields():
    odd = Odd((1, "a"), {"x": Confidence(0.5)}, "b", "high", Recipe("closed"))
    assert through_json(Odd, odd) == odd
    recipe = {"corpus": "y"}
    assert restored(Odd, {"pair": [1, "a"], "within": recipe}) == Odd((1, "a"), {}, 0, "low", Recipe("closed", corpus="y"))
