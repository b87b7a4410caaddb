from bot.pictures.picture import Cell, Certainty, Head, Picture, Row


def cell(value: float | None, certainty: Certainty = "exact") -> Cell:
    return Cell(text="unknown" if value is None else f"{value:g}", value=value, certainty=certainty)


def row(*values: float | None) -> Row:
    """The greatest of its values has the star, where there is another one."""
    most = max((value for value in values if value is not None), default=None)
    best = frozenset(place for place, value in enumerate(values) if value == most is not None)
    known = {value for value in values if value is not None}
    return Row(
        label="Hours",
        cells=tuple(cell(value) for value in values),
        best=best if len(known) > 1 else frozenset(),
    )


def picture(*values: float | None, note: str = "Oldest: 2026-01-01") -> Picture:
    heads = tuple(Head(name=f"Offer {place}", about="T4") for place in range(len(values)))
    return Picture(heads=heads, rows=(row(*values),), notes=(note,))
