"""The marks of a chart: one for each statement, shaped by who spoke."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.chart.frame import Frame
from claims.timeline.statements import OPPOSITION, OWN, Statement
from claims.timeline.words import said

MARK = 5.0
DODGE = 9.0
QUOTE_LENGTH = 160
SHAPES = {
    OWN: "pentagon",
    "head_of_state": "circle",
    "head_of_government": "circle",
    "head_of_organisation": "circle",
    "minister": "square",
    "spokesperson": "triangle",
    "official": "diamond",
    OPPOSITION: "cross",
}
OTHER_SHAPE = "plus"
OPEN_SHAPES = {"cross", "plus"}
CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "pentagon": ((0, -1.15), (1.1, -0.35), (0.68, 0.95), (-0.68, 0.95), (-1.1, -0.35)),
    "cross": ((-0.9, -0.9), (0.9, 0.9), (-0.9, 0.9), (0.9, -0.9)),
    "plus": ((-1.1, 0), (1.1, 0), (0, -1.1), (0, 1.1)),
}


@dataclass(frozen=True)
class Mark:
    """A statement: a link to its evidence."""

    x: float
    y: float
    shape: str
    hollow: bool
    statement: Statement
    label: str
    quote: str

    @property
    def path(self) -> str:
        """The outline as SVG path commands."""
        return outline(self.shape, self.x, self.y)


def marks(
    frame: Frame, statements: Iterable[Statement], contested: set[int]
) -> Iterable[Mark]:
    """Place each statement; those that would cover each other are moved apart."""
    placed: list[tuple[float, float]] = []
    for statement in sorted(statements, key=lambda s: (s.counts_from, s.id)):
        if statement.counts_from > frame.last:
            continue
        x, level = frame.x(statement.counts_from), frame.y(statement.value)
        y = _free_height(x, level, placed)
        placed.append((x, y))
        yield _mark(x, y, statement, statement.id in contested)


def _free_height(x: float, level: float, placed: list[tuple[float, float]]) -> float:
    for place in (0, -1, 1, -2, 2):
        y = level + place * DODGE
        if all(abs(x - px) >= DODGE or abs(y - py) >= DODGE for px, py in placed):
            return y
    return level


def _mark(x: float, y: float, statement: Statement, contested: bool) -> Mark:  # noqa: FBT001 - one private caller
    return Mark(
        x=x,
        y=y,
        shape=SHAPES.get(statement.rank, OTHER_SHAPE),
        hollow=contested or not statement.official,
        statement=statement,
        label=said(statement),
        quote=shortened(statement.quote),
    )


def shortened(quote: str) -> str:
    """Cut a quote at a word for a mark's title."""
    if len(quote) <= QUOTE_LENGTH:
        return quote
    return quote[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"


def outline(shape: str, x: float, y: float) -> str:
    """Return the path of a mark's shape around a point."""
    if shape == "circle":
        return (
            f"M{x - MARK:g} {y:g}a{MARK:g} {MARK:g} 0 1 0 {2 * MARK:g} 0"
            f"a{MARK:g} {MARK:g} 0 1 0 {-2 * MARK:g} 0z"
        )
    points = [
        (round(x + dx * MARK, 1), round(y + dy * MARK, 1)) for dx, dy in CORNERS[shape]
    ]
    if shape in OPEN_SHAPES:
        pairs = zip(points[::2], points[1::2], strict=True)
        return "".join(f"M{a:g} {b:g}L{c:g} {d:g}" for (a, b), (c, d) in pairs)
    return "M" + "L".join(f"{px:g} {py:g}" for px, py in points) + "z"
