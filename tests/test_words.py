"""No string is missing in either language, and no key that the code says is unknown."""

import re
from pathlib import Path

import pytest

from workbench.words import WORDS, say

ROOT = Path(__file__).parents[1]
FIELDS = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_values(key):
    english, korean = WORDS[key]
    assert english.strip() and korean.strip()
    assert sorted(set(FIELDS.findall(english))) == sorted(set(FIELDS.findall(korean)))


@pytest.mark.parametrize("key", [key for key in WORDS if key not in ("documents.files",)])
def test_korean_is_korean(key):
    text = FIELDS.sub("", WORDS[key][1])
    assert re.search("[가-힣]", text) or not re.search("[a-z]{3}", text)


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


def test_a_value_with_braces_is_no_placeholder():
    assert "{name}" in say("en", "error.read_empty", name="a{name}.txt")
