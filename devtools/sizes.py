"""Lists the largest of each kind. Nobody is blocked; someone answers."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHOWN = 10

Sized = tuple[int, str]


def show() -> int:
    """Print the ten largest files, functions, templates and tests."""
    code = sorted((ROOT / "src").rglob("*.py")) + sorted((ROOT / "devtools").rglob("*.py"))
    tests = sorted((ROOT / "tests").rglob("*.py"))
    kinds = {
        "Files (question at 300 lines)": [lines_of(path) for path in code],
        "Functions (question at 30 lines)": [sized for path in code for sized in functions_of(path)],
        "Templates (question at 100 lines)": [lines_of(path) for path in (ROOT / "src").rglob("*.html")],
        "Tests (question at 20 lines)": [sized for path in tests for sized in functions_of(path)],
    }
    for title, found in kinds.items():
        sys.stdout.write(f"{title}\n")
        sys.stdout.writelines(f"  {size:5}  {name}\n" for size, name in sorted(found, reverse=True)[:SHOWN])
    return 0


def lines_of(path: Path) -> Sized:
    """A file with its number of lines."""
    return len(path.read_text().splitlines()), str(path.relative_to(ROOT))


def functions_of(path: Path) -> Iterator[Sized]:
    """Each function of a file, without its docstring."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            docstring = node.body[0] if ast.get_docstring(node) else None
            spoken = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
            yield node.end_lineno - node.lineno + 1 - spoken, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
