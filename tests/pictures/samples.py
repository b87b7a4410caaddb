from bot.pictures.picture import Cell, Certainty, Head, Picture, Row


def cell(value: float | None, certainty: Certainty = "exact") -> Cell:
    return Cell(text="unknown" if value is None else f"{value:g}", value=value, certainty=certainty)


def row(*values: float | None) -> Row:
    return Row(label="Hours", cells=tuple(cell(value) for value in values))


def picture(*values: float | None, note: str = "Oldest: 2026-01-01") -> Picture:
    heads = tuple(Head(name=f"Offer {place}", about="T4") for place in range(len(values)))
    return Picture(heads=heads, rows=(row(*values),), notes=(note,))
