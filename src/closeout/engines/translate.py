"""From an Ibis expression to SQLGlot's tree in one walk.

Ibis rewrites an expression four times over before it translates it, and each time makes most of its nodes
anew; nearly all of that turns projections, filters and sorts into one kind of SELECT. Here they are
translated as they stand, in the very order in which Ibis would, so that the statement is the same to the
letter, in a third of the time. An expression with anything that has to be rewritten is left to Ibis.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import ibis.expr.operations as ops
import sqlglot as sg
import sqlglot.expressions as sge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import ibis.expr.types as ir
    from ibis.backends.sql.compilers.base import SQLGlotCompiler

_REWRITTEN = frozenset(
    {
        *(ops.Alias, ops.AliasedRelation, ops.ArrayFilter, ops.ArrayMap, ops.ArrayPosition, ops.DropNull),
        *(ops.FillNull, ops.FindInSet, ops.First, ops.Last, ops.NTile, ops.NthValue, ops.Sample),
        *(ops.ScalarParameter, ops.StringFind),
    }
)
"""What Ibis rewrites, and this module does not."""
_SELECTS = (ops.Project, ops.Filter, ops.Sort, ops.Distinct, ops.DropColumns)
_SHARED = (*_SELECTS, ops.Aggregate, ops.JoinChain, ops.Set, ops.Limit)
"""What becomes a common table expression where several read it."""
_UNCOUNTED = (ops.Field, ops.CountStar, ops.CountDistinctStar)
"""What reads a relation and is not counted as one that does."""


_ANY = {"*": sge.Star()}
"""Stands for all columns: which ones are not said then."""


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """A relation where it is read by its name."""

    rel: ops.Relation


@dataclass(frozen=True, slots=True, eq=False)
class _FromZero:
    """A rank where it is read: Ibis's count from 0, those of SQL from 1."""

    rank: ops.WindowFunction


_Vertex: TypeAlias = Any
"""A node, or what stands for one: `_Shared`, `_FromZero`, or for Ibis's `Field` a relation and a name."""


def translate(compiler: SQLGlotCompiler, table: ir.Table) -> sge.Query | None:
    """Return SQLGlot's tree of an expression, with no selects merged.

    Args:
        compiler: Ibis's for the dialect.
        table: The expression.

    Returns:
        What `compiler.to_sqlglot` returns without `fuse_selects`; None where Ibis has to rewrite something.

    """
    walk = _Walk(table.op(), compiler)
    if not walk.is_plain:
        return None
    return _Translation(compiler, walk).made()


class _Walk:
    """The graph of an expression as Ibis would lower it: who reads what, in its order.

    Attributes:
        root: The expression.
        is_plain: Whether nothing in it has to be rewritten.
        order: All vertices, each after what it reads; empty if it is not plain.

    """

    def __init__(self, root: ops.Relation, compiler: SQLGlotCompiler) -> None:
        self.root = root
        self._lowers = compiler.lowered_ops
        self._lowered: dict[ops.Node, ops.Node] = {}
        self._shared: dict[ops.Relation, _Shared] = {}
        self._from_zero: dict[ops.WindowFunction, _FromZero] = {}
        self.one = ops.Literal(1, dtype="int8")
        self.is_plain = self._look()
        self.order = self._sorted() if self.is_plain else []

    def named(self, node: ops.Node) -> _Vertex:
        """Return what stands for a node where it is read."""
        if type(node) is ops.Field:
            return node.rel, node.name
        node = self._lowered.get(node, node)
        return self._shared.get(node) or self._from_zero.get(node) or node

    def _look(self) -> bool:
        """Find the relations that several read, and the ranks; return whether the expression is plain."""
        readers: Counter[ops.Relation] = Counter()
        seen: set[ops.Node] = set()
        queue = deque([self.root])
        while queue:
            node = queue.popleft()
            if node in seen:
                continue
            seen.add(node)
            if _is_rewritten(node):
                return False
            children = self._counted(node)
            readers.update(one for one in children if isinstance(one, _SHARED) and not _is_left_as_it_is(one))
            queue.extend(children)
        self._shared = {rel: _Shared(rel) for rel, times in readers.items() if times > 1}
        return True

    def _counted(self, node: ops.Node) -> list[ops.Node]:
        """Return what a node reads, as far as it counts; note what stands for the node itself."""
        if type(node) in self._lowers:  # a value that Ibis puts together from simpler ones
            self._lowered[node] = self._lowers[type(node)].match(node, {})
            return [self._lowered[node]]
        if type(node) is ops.WindowFunction and isinstance(node.func, ops.RankBase):
            self._from_zero[node] = _FromZero(node)
        return [child for child in _nodes(node.__args__) if not isinstance(child, _UNCOUNTED)]

    def _read_by(self, vertex: _Vertex) -> list[_Vertex]:
        """Return what a vertex reads, in Ibis's order."""
        if isinstance(vertex, tuple):
            return [self.named(vertex[0])]
        if isinstance(vertex, _Shared):
            return [vertex.rel]
        if isinstance(vertex, _FromZero):
            return [vertex.rank, self.one]
        if not isinstance(vertex, _SELECTS) or isinstance(vertex, ops.Project) or _is_left_as_it_is(vertex):
            return [self.named(node) for node in _nodes(vertex.__args__)]
        parent = vertex.parent
        columns = [(parent, name) for name in vertex.schema.names]
        return [self.named(parent), *columns, *map(self.named, _conditions(vertex))]

    def _sorted(self) -> list[_Vertex]:
        """Return all vertices, each after what it reads (Kahn), those at once ready breadth first."""
        reads: dict[_Vertex, list[_Vertex]] = {}
        queue: deque[_Vertex] = deque([self.root])
        while queue:
            vertex = queue.popleft()
            if vertex not in reads:
                reads[vertex] = self._read_by(vertex)
                queue.extend(reads[vertex])
        readers: dict[_Vertex, list[_Vertex]] = {vertex: [] for vertex in reads}
        for vertex, read in reads.items():
            for one in read:
                readers[one].append(vertex)
        awaited = {vertex: len(read) for vertex, read in reads.items()}
        queue = deque(vertex for vertex, number in awaited.items() if not number)
        order = []
        while queue:
            vertex = queue.popleft()
            order.append(vertex)
            for reader in readers[vertex]:
                awaited[reader] -= 1
                if not awaited[reader]:
                    queue.append(reader)
        return order


@dataclass(slots=True)
class _Translation:
    """The translation of a walk, vertex by vertex."""

    compiler: SQLGlotCompiler
    walk: _Walk
    _results: dict[_Vertex, Any] = field(default_factory=dict)
    _aliases: dict[_Vertex, str] = field(default_factory=dict)

    def made(self) -> sge.Query:
        """Return the whole tree."""
        for vertex in self.walk.order:
            if isinstance(vertex, tuple):
                continue  # made where it is needed: most are not
            made = self._visited(vertex)
            if isinstance(vertex, (ops.Relation, _Shared)) and vertex is not self.walk.root:
                made = self._aliased(vertex, made)
            self._results[vertex] = made
        root = self._results[self.walk.root]
        if isinstance(root, sge.Table):
            return self._with_shared(sg.select(sge.Star(), copy=False).from_(root, copy=False))
        return self._with_shared(root.this if isinstance(root, sge.Subquery) else root)

    def _visited(self, vertex: _Vertex) -> Any:  # noqa: ANN401 - SQLGlot's own
        compiler = self.compiler
        if isinstance(vertex, _Shared):
            return compiler.visit_CTE(None, parent=self._results[vertex.rel])
        if isinstance(vertex, _FromZero):
            left, right = self._results[vertex.rank], self._results[self.walk.one]
            return compiler.visit_Subtract(None, left=left, right=right)
        if isinstance(vertex, _SELECTS) and not _is_left_as_it_is(vertex):
            return self._selected(vertex)
        said = {name: self._of(arg) for name, arg in zip(vertex.__argnames__, vertex.__args__, strict=True)}
        return compiler.visit_node(vertex, **said)

    def _selected(self, node: ops.Relation) -> Any:  # noqa: ANN401 - SQLGlot's own
        """Return a projection, a filter, a sort or the like as a SELECT."""
        conditions = _conditions(node)
        plain = [one for one in conditions if isinstance(node, ops.Filter) and not _is_windowed(one)]
        windowed = [one for one in conditions if isinstance(node, ops.Filter) and _is_windowed(one)]
        return self.compiler.visit_Select(
            _Selected(node),
            parent=self._of(node.parent),
            selections=_ANY if _is_star(node) else self._of(node.values),
            predicates=self._of(plain),
            qualified=self._of(windowed),
            sort_keys=self._of(conditions) if isinstance(node, ops.Sort) else (),
            distinct=isinstance(node, ops.Distinct),
        )

    def _of(self, found: Any) -> Any:  # noqa: ANN401 - any argument of a node
        """Return an argument of a node with its nodes translated."""
        if isinstance(found, ops.Node):
            vertex = self.walk.named(found)
            if isinstance(vertex, tuple) and vertex not in self._results:
                self._results[vertex] = self.compiler.visit_Field(
                    None, rel=self._of(vertex[0]), name=vertex[1]
                )
            return self._results[vertex]
        if isinstance(found, (tuple, list)):
            return tuple(map(self._of, found))
        if isinstance(found, dict):
            return {self._of(key): self._of(value) for key, value in found.items()}
        return found

    def _aliased(self, vertex: _Vertex, made: Any) -> Any:  # noqa: ANN401 - SQLGlot's own
        """Return what a relation was translated to under the next name."""
        name = f"t{len(self._aliases)}"
        self._aliases[vertex] = name
        alias = sg.to_identifier(name, quoted=True)
        if isinstance(made, sge.Query) and not isinstance(made, sge.Subquery):
            return made.subquery(alias, copy=False)
        same = type(made)(**made.args)  # all it holds need not be copied, as SQLGlot would
        return same.as_(alias, quoted=True, table=isinstance(made, sge.Table), copy=False)

    def _with_shared(self, made: sge.Query) -> sge.Query:
        """Return the root's statement with what several read before it."""
        for vertex in self.walk.order:
            if isinstance(vertex, _Shared):
                said = self._results[vertex.rel]
                alias = sg.to_identifier(self._aliases[vertex.rel], quoted=True)
                body = said.this if "alias" in said.args else said
                made.with_(alias, as_=body, dialect=self.compiler.dialect, copy=False)
        return made


@dataclass(frozen=True, slots=True)
class _Selected:
    """What Ibis's compiler asks of a SELECT."""

    node: ops.Relation

    def is_star_selection(self) -> bool:
        """Say whether it has the columns of what it reads, in order."""
        return _is_star(self.node)


def _is_star(node: ops.Relation) -> bool:
    if isinstance(node, ops.DropColumns):
        return False
    if not isinstance(node, ops.Project):
        return True
    names = node.parent.schema.names
    return tuple(node.values) == names and all(
        isinstance(value, ops.Field) and value.name == name and value.rel == node.parent
        for name, value in node.values.items()
    )


def _nodes(args: Iterable[Any]) -> Iterator[ops.Node]:
    """Yield the nodes among the arguments of a node, in order."""
    for arg in args:
        if isinstance(arg, ops.Node):
            yield arg
        elif isinstance(arg, (tuple, list)):
            yield from _nodes(arg)
        elif isinstance(arg, dict):
            yield from _nodes(arg.values())


def _is_rewritten(node: ops.Node) -> bool:
    return type(node) in _REWRITTEN or (isinstance(node, ops.InValues) and not node.options)


def _is_left_as_it_is(node: ops.Relation) -> bool:
    """Say whether a relation drops so few columns that Ibis names these, and not the others."""
    return isinstance(node, ops.DropColumns) and len(node.columns_to_drop) < len(node.schema) // 2


def _is_windowed(condition: ops.Value) -> bool:
    return bool(condition.find(ops.WindowFunction, filter=ops.Value))


def _conditions(node: ops.Relation) -> list[ops.Value]:
    """Return what a filter keeps, those over a window last, or what a sort sorts by."""
    if isinstance(node, ops.Filter):
        return sorted(node.predicates, key=_is_windowed)
    return list(node.keys) if isinstance(node, ops.Sort) else []
