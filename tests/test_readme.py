"""The README says what is."""

import re
from pathlib import Path

from workbench.cli import parser
from workbench.reading import READERS

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_of_the_command_line_is_there_and_no_other():
    commands = set(re.findall(r"^python -m workbench (\w+)", TEXT, re.MULTILINE))
    actions = next(action for action in parser()._actions if action.choices and "ask" in action.choices)
    assert commands == set(actions.choices)
    for line in re.findall(r"^python -m workbench .*", TEXT, re.MULTILINE):
        command = actions.choices[line.split()[3]]
        for flag in re.findall(r"--[\w-]+", line):
            assert flag in command.format_help(), (line, flag)


def test_the_tree_is_the_real_one():
    tree = TEXT[TEXT.index("app.py           "):].split("```")[0]
    for line in tree.strip().splitlines():
        assert (ROOT / line.split()[0]).exists(), line
    for word in re.findall(r"\w+", tree.split("workbench/       ")[1].split("\n")[0]):
        assert list((ROOT / "workbench").glob(f"{word}*")), word


def test_make_targets_and_files():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", TEXT, re.MULTILINE):
        assert f"\n{target}:" in makefile
    for path in re.findall(r"\]\((?!#|http)([^)]+)\)", TEXT):
        assert (ROOT / path).exists(), path


def test_every_format_is_named():
    assert set(re.findall(r"`(\.\w+)`", TEXT.split("## What is read")[1].split("##")[0])) == set(READERS)


def test_requirements_are_pinned():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            assert line.startswith("#") or re.fullmatch(r"[\w-]+(\[\w+\])?==[\w.]+", line), line
