import pytest

from bot.pictures.picture import Picture
from tests.pictures.samples import picture, row


def test_a_picture_has_a_cell_for_each_offer_and_at_most_five_offers() -> None:
    whole = picture(1, 2)
    with pytest.raises(ValueError, match="1 cells, 2 offers"):
        Picture(heads=whole.heads, rows=(row(1),), notes=())
    with pytest.raises(ValueError, match="1 to 5"):
        picture(1, 2, 3, 4, 5, 6)
    with pytest.raises(ValueError, match="1 to 5"):
        Picture(heads=(), rows=(), notes=())
