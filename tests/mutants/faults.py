"""Faults that an expression or a statement can have: functions from a node to the nodes that may stand in its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.mutants.enums import Enums, make, member
from tests.mutants.tables import faults_of_a_dict, faults_of_a_set, is_a_table

NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
ONE_OFF: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OPPOSITE: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


def faults_of_an_expression(node: ast.expr, enums: Enums, *, condition: bool) -> Iterator[ast.expr]:
    """What may stand in its place. `condition`: something is decided by it, and so it is tried as always true and as
    never true, which takes the place of turning it round."""
    if condition:
        yield from (ast.Constant(True), ast.Constant(False))
    match node:
        case ast.Compare(ops=[operator]):
            for others in (ONE_OFF, {} if condition else NEGATED):
                if type(operator) in others:
                    yield ast.Compare(node.left, [others[type(operator)]()], node.comparators)
        case ast.BoolOp():
            for left_out in node.values:
                kept = [value for value in node.values if value is not left_out]
                yield kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)
        case ast.UnaryOp(op=ast.Not()) if not condition:
            yield node.operand
        case ast.BinOp() if type(node.op) in OPPOSITE and not (_words(node.left) or _words(node.right)):
            yield ast.BinOp(node.left, OPPOSITE[type(node.op)](), node.right)
        case ast.Constant():
            yield from _of_a_constant(node.value)
        case ast.Attribute() if found := member(node, enums):
            names = enums[found[0]]
            yield make(found[0], names[(names.index(found[1]) + 1) % len(names)])


def faults_of_a_table(node: ast.expr, enums: Enums) -> Iterator[tuple[ast.expr, str]]:
    """A table with a cell too few or too many, each with its name. Nothing for what is no table."""
    if is_a_table(node, enums):
        match node:
            case ast.Set():
                yield from faults_of_a_set(node, enums)
            case ast.Dict():
                yield from faults_of_a_dict(node, enums)


def faults_of_a_statement(node: ast.stmt) -> Iterator[ast.stmt]:
    """What may stand in its place: nothing at all, or a return without its value."""
    match node:
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.Raise() | ast.AugAssign():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()


def _of_a_constant(value: object) -> Iterator[ast.expr]:
    match value:
        case bool():
            yield ast.Constant(not value)
        case int() | float():
            yield ast.Constant(value + 1)
        case str():
            yield ast.Constant("" if value else "mutated")


def _words(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
