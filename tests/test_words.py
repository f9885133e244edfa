"""No string is missing in either language, and no key that the code says is unknown."""

import re
from pathlib import Path

import pytest

from workbench.words import PARTS, WORDS, say

ROOT = Path(__file__).parents[1]
FIELDS = re.compile(r"\{(\w+)\}")
COUNTED = re.compile(r"\{(\w+):((?:[^{}|]|\{\w+\})+\|(?:[^{}|]|\{\w+\})+)\}")


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_values(key):
    english, korean = WORDS[key]
    assert english.strip() and korean.strip()
    assert sorted(set(FIELDS.findall(english))) == sorted(set(FIELDS.findall(korean)))


@pytest.mark.parametrize("key", [key for key in WORDS if key not in ("documents.files",)])
def test_korean_is_korean(key):
    text = FIELDS.sub("", WORDS[key][1])
    assert re.search("[가-힣]", text) or not re.search("[a-z]{3}", text)


@pytest.mark.parametrize("key", [key for key in WORDS if COUNTED.search(WORDS[key][0])])
def test_one_is_told_as_one(key):
    english = WORDS[key][0]
    counts = {field for field, _ in COUNTED.findall(english)}
    others = dict.fromkeys(set(FIELDS.findall(english)) - counts, "…")
    one, two = (say("en", key, **dict.fromkeys(counts, count), **others) for count in (1, "2"))
    for _, words in COUNTED.findall(english):
        single, several = words.split("|")
        assert single != several and FIELDS.sub("1", single) in one and FIELDS.sub("2", several) in two


def test_every_code_that_is_raised_or_said_has_words():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workbench").rglob("*.py"))
    raised = re.findall(
        r"(?:CannotRead|NoSuchCorpus|BadRequest|WindowTooSmall|HomeInUse|WorkbenchError|NoSuchModel|ModelStopped|ModelMissing|RemoteFailed)"
        r"\(\s*\"(\w+)\"", source)
    said = re.findall(r"say\(\s*(?:lang|\"en\"|\"ko\"),\s*\"([\w.]+)\"", source)
    remarks = re.findall(r"Remark\(\"(\w+)\"", source)
    assert len(raised) > 20 and len(said) > 30 and remarks
    missing = [f"error.{code}" for code in raised if f"error.{code}" not in WORDS]
    missing += [key for key in said if key not in WORDS]
    missing += [f"remark.{code}" for code in remarks if f"remark.{code}" not in WORDS]
    assert not missing


def test_no_key_stands_in_two_tables():
    """The later one would be said for both."""
    assert len(WORDS) == sum(len(part.WORDS) for part in PARTS)


def test_no_code_is_an_error_and_a_remark():
    """`tell` would say the error where the remark is meant."""
    codes = {kind: {key.partition(".")[2] for key in WORDS if key.startswith(f"{kind}.")} for kind in ("error", "remark")}
    assert not codes["error"] & codes["remark"]


def test_a_value_with_braces_is_no_placeholder():
    assert "{name}" in say("en", "error.read_empty", name="a{name}.txt")
