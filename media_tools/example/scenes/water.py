"""Still water: what stands above it, upside down and rippled."""

import numpy as np

from media_tools.example.scenes.paint import WIDTH, Field, Sheet


def ripples(field: Field, made: Sheet, waterline: float) -> Field:
    """Waves from 0 to 1 for each px under `waterline`: thin and crowded far off, broad close by."""
    height, width = made.pixels.shape[:2]
    depth = (np.arange(height - made.row(waterline), dtype=np.float32)[:, None] + 1) / np.float32(made.scale)
    across = (np.arange(width, dtype=np.float32)[None, :] - np.float32(made.left)) / np.float32(made.scale)
    down = 330 * np.log1p(depth / 60)
    return _between_cells(field, down, (across - WIDTH / 2) * (9 / (30 + depth) ** 0.55) + 4000)


def mirror(made: Sheet, waterline: float, waves: Field, swell: float) -> None:
    """Reflect all that is above `waterline` below it, shaken by up to `swell` units a hundred units down."""
    height, width = made.pixels.shape[:2]
    shore = made.row(waterline)
    depth = np.arange(height - shore)[:, None]
    shaken = (waves - np.float32(0.5)) * (swell * made.scale * np.sqrt(depth / (100 * made.scale)))
    rows = np.clip(shore - 1 - depth - shaken.astype(np.int32) * 2, 0, shore - 1)
    columns = np.clip(np.arange(width)[None, :] + (shaken * 0.6).astype(np.int32), 0, width - 1)
    made.pixels[shore:] = made.pixels[rows, columns]


def _between_cells(field: Field, down: Field, across: Field) -> Field:
    """`field` at fractions of its cells, folded back at its edges so that it never ends."""
    last_row, last_column = field.shape[0] - 1, field.shape[1] - 1
    down, across = np.abs(down % (2 * last_row) - last_row), np.abs(across % (2 * last_column) - last_column)
    top, left = np.minimum(down.astype(np.int32), last_row - 1), np.minimum(across.astype(np.int32), last_column - 1)
    below, right = down - top, across - left
    upper = field[top, left] * (1 - right) + field[top, left + 1] * right
    lower = field[top + 1, left] * (1 - right) + field[top + 1, left + 1] * right
    between: Field = upper * (1 - below) + lower * below
    return between
