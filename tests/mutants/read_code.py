"""What a piece of code is, told from its syntax."""

from __future__ import annotations

import ast

LONG = 70
"""So many characters of a piece of code are shown whole."""


def name_of(node: ast.stmt, above: str) -> str:
    """The name that a statement gives, behind that of what it is in; of other statements what they are in."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name if above == "module" else f"{above}.{node.name}"
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if above == "module":
            return name
    return above


def head(node: ast.stmt) -> range:
    """The lines of a statement without those of the block in it."""
    body: list[ast.AST] = getattr(node, "body", None) or []
    inner = body[0].lineno - 1 if body and isinstance(body[0], ast.stmt) else node.end_lineno
    return range(node.lineno, max(inner or 0, node.lineno) + 1)


def is_a_log_line(node: ast.AST) -> bool:
    """What we write into the log is not tested word by word."""
    call = node.value if isinstance(node, ast.Expr) else node
    return isinstance(call, ast.Call) and ast.unparse(call.func).startswith("log.")


def is_text(node: ast.expr) -> bool:
    """Whether it is a string."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def shortened(text: str) -> str:
    """On one line; of a long one the first and the last words."""
    line = " ".join(text.split())
    return line if len(line) <= LONG else f"{line[: LONG // 2].strip()} … {line[-LONG // 2 :].strip()}"
