"""Checks over the text of single files, for what an import graph cannot see."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import EMPTY_NAMES

#: Modules through which a clock, chance or the outside would reach a pure rule.
IMPURE_MODULES = frozenset({"os", "random", "secrets", "socket", "sqlite3", "subprocess", "time", "urllib", "uuid"})
IMPURE_CALLS = frozenset({"now", "today", "utcnow"})
COMMITS = frozenset({"commit", "begin", "begin_nested"})


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_names(node: ast.AST) -> list[str]:
    """Modules a statement imports; a relative import keeps its dots. Also sees ``import_module("…")``."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    if isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"} and node.args:
        first = node.args[0]
        return [str(first.value)] if isinstance(first, ast.Constant) else ["(computed)"]
    return []


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_ours(name: str, own: frozenset[str]) -> bool:
    return name.startswith(".") or name == "(computed)" or name.split(".")[0] in own


def hidden_imports(path: Path, own: frozenset[str]) -> list[str]:
    """Imports of our own modules inside functions, where they hide a circle from the reader."""
    tree = tree_of(path)
    scopes = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))
    lines = {
        (inner.lineno, name)
        for scope in scopes
        for inner in ast.walk(scope)
        if isinstance(inner, ast.Import | ast.ImportFrom | ast.Call)
        for name in imported_names(inner)
        if _is_ours(name, own)
    }
    return [f"{path}:{line} imports {name} inside a function" for line, name in sorted(lines)]


def imports_of(path: Path, module: str) -> list[str]:
    """Lines on which a file imports ``module`` or something in it."""
    return [
        f"{path}:{node.lineno} imports {name}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported_names(node)
        if name.split(".")[0] == module
    ]


def empty_names(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths if EMPTY_NAMES & {path.stem.strip("_"), path.parent.name}]


def impure(path: Path) -> list[str]:
    """Clocks, chance and the outside world in a file whose rules must be pure."""
    return [f"{path}:{line} uses {what}" for line, what in sorted(_impure(tree_of(path)))]


def _impure(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((node.lineno, name) for name in imported_names(node) if name.split(".")[0] in IMPURE_MODULES)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_CALLS:
            yield node.lineno, f"{ast.unparse(node.func)}()"
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in {"np.random", "numpy.random"}:
            yield node.lineno, ast.unparse(node)


def commits(path: Path) -> list[str]:
    """Calls that open or end a transaction; business changes are committed by use cases alone."""
    return [
        f"{path}:{node.lineno} calls {ast.unparse(node.func)}()"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COMMITS
    ]
