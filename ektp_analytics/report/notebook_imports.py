"""Which modules a notebook loads, so that its kernel can load them ahead of its run."""

from __future__ import annotations

import ast
import json

from ektp_analytics.report.notebook_run import find_notebook


def notebook_imports(name: str) -> tuple[str, ...]:
    """Return the modules that the code of a bundled notebook may import, in their order.

    ``from a import b`` gives ``a`` and ``a.b``, which need not be a module.

    Parameters
    ----------
    name
        Its name without ending.

    Raises
    ------
    Refused
        When there is no such notebook.
    """
    cells = json.loads(find_notebook(name).read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    found: dict[str, None] = {}
    for step in ast.walk(ast.parse(code)):
        if isinstance(step, ast.ImportFrom) and step.module:
            found[step.module] = None
            found.update(dict.fromkeys(f"{step.module}.{part.name}" for part in step.names))
        elif isinstance(step, ast.Import):
            found.update(dict.fromkeys(part.name for part in step.names))
    return tuple(found)
