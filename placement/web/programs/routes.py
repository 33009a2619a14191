"""A program, its words, its scale: importing these files attaches their pages to the blueprint."""

from __future__ import annotations

from placement.web.programs import catalog_routes, scale_routes, settings_routes
from placement.web.programs.blueprint import programs

__all__ = ["catalog_routes", "programs", "scale_routes", "settings_routes"]
