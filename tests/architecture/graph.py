"""Checks over the import graph. Each returns the violations as sentences, empty when the house is in order."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import grimp

from tests.architecture.house import (
    ARROWS,
    BLUEPRINTS,
    NEVER_LIBRARIES,
    ONLY_LIBRARIES,
    SHARED_USECASES,
    WIRING,
)

Edges = dict[str, set[str]]


def build(package: str) -> grimp.ImportGraph:
    """Read the sources of ``package``; imports in functions and under TYPE_CHECKING count as well."""
    return grimp.build_graph(package, include_external_packages=True, cache_dir=None)


def _is_own(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _parts(module: str) -> list[str]:
    """``placement.web.feedback.routes`` → ``['web', 'feedback', 'routes']``."""
    return module.split(".")[1:]


def imports(graph: grimp.ImportGraph, package: str) -> Iterator[tuple[str, str]]:
    """Every pair (importer of ours, imported module of anyone)."""
    for importer in sorted(graph.modules):
        if _is_own(importer, package):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                yield importer, imported


def module_edges(graph: grimp.ImportGraph, package: str) -> Edges:
    edges: Edges = {}
    for importer, imported in imports(graph, package):
        if _is_own(imported, package):
            edges.setdefault(importer, set()).add(imported)
    return edges


def room_edges(graph: grimp.ImportGraph, package: str) -> Edges:
    edges: Edges = {}
    for importer, targets in module_edges(graph, package).items():
        for imported in targets:
            source, target = (_parts(importer) or ["(root)"])[0], (_parts(imported) or ["(root)"])[0]
            if source != target:
                edges.setdefault(source, set()).add(target)
    return edges


def circle(edges: Edges) -> list[str]:
    """One circle as the list of its stations, first repeated at the end; empty without one."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return [str(station) for station in reversed(error.args[1])]
    return []


def unlisted_rooms(graph: grimp.ImportGraph, package: str) -> list[str]:
    rooms = {_parts(module)[0] for module in graph.modules if _is_own(module, package) and module != package}
    return [f"{room} has no row in the table of arrows" for room in sorted(rooms - ARROWS.keys() - {WIRING})]


def forbidden_arrows(graph: grimp.ImportGraph, package: str) -> list[str]:
    found = []
    for importer, imported in imports(graph, package):
        source = (_parts(importer) or [""])[0]
        if source == WIRING or not _is_own(imported, package):
            continue
        target = (_parts(imported) or [""])[0]
        if source != target and target not in ARROWS.get(source, frozenset()):
            found.append(f"{importer} imports {imported}")
    return found


def forbidden_libraries(graph: grimp.ImportGraph, package: str) -> list[str]:
    """Libraries a room must not use, and ``config`` or ``wsgi`` anywhere but where they belong."""
    found = []
    for importer, imported in imports(graph, package):
        room = (_parts(importer) or [""])[0]
        if _is_own(imported, package) or room == WIRING:
            continue
        library = imported.split(".")[0]
        only = ONLY_LIBRARIES.get(room)
        foreign = only is not None and library not in only and library not in sys.stdlib_module_names
        if foreign or library in NEVER_LIBRARIES.get(room, ()) or library in {"config", "wsgi"}:
            found.append(f"{importer} imports {imported}")
    return found


def crossing_usecases(graph: grimp.ImportGraph, package: str) -> list[str]:
    """A use case that imports another one; ``effects`` and ``transaction`` are there to be shared."""
    found = []
    for importer, imported in imports(graph, package):
        source, target = _parts(importer), _parts(imported)
        inside = _is_own(imported, package) and source[:1] == target[:1] == ["usecases"]
        if inside and not set(target[1:2]) <= SHARED_USECASES:
            found.append(f"{importer} imports {imported}")
    return found


def crossing_nouns(graph: grimp.ImportGraph, package: str) -> list[str]:
    """A page that imports another noun's package. Files directly in ``web`` are shared, its folders are nouns.

    The list of blueprints imports every noun; in return only the wiring may import it.
    """
    register = ("web", BLUEPRINTS)
    nouns = {tuple(_parts(module)[:2]) for module in graph.modules if _is_noun_module(module, package)}
    found = []
    for importer, imported in imports(graph, package):
        source, target = tuple(_parts(importer)[:2]), tuple(_parts(imported)[:2])
        if source[:1] != ("web",) or source == target or not _is_own(imported, package):
            continue
        if target == register or (target in nouns and source != register):
            found.append(f"{importer} imports {imported}")
    return found


def _is_noun_module(module: str, package: str) -> bool:
    return _is_own(module, package) and _parts(module)[:1] == ["web"] and len(_parts(module)) > 2
