"""Imports run one way, and what the playbook decides is not decided in Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbooks.default_playbook import default_files
from playbooks.load import read_draft

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for package in ("bot", "nlp", "playbooks") for path in (ROOT / package).rglob("*.py"))

# Words that are a key of the default playbook and something else as well: (file, or "" for all files) and why.
OTHER_MEANINGS = {
    ("", "competitor"): "a kind of fact and a verdict of scope, see nlp.reading",
    ("bot/database.py", "options"): "an argument of PostgreSQL's client library",
}


def test_imports_run_one_way():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    run = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 kept, 0 broken" in run.stdout


@pytest.fixture(scope="module")
def keys() -> frozenset[str]:
    written = read_draft(default_files())[0].keys
    assert written["needs"]
    assert written["objections"]
    return written["needs"] | written["objections"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_python_names_no_need_and_no_objection(path, keys):
    name = path.relative_to(ROOT).as_posix()
    found = {
        (line, text)
        for line, text in constants(ast.parse(path.read_text(encoding="utf-8")))
        if text in keys and ("", text) not in OTHER_MEANINGS and (name, text) not in OTHER_MEANINGS
    }
    assert not found, f"{name} names a need or an objection: {sorted(found)}"


def constants(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of every string in a module but its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value
