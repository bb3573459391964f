"""Dense squares keep to their definition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.kernels.squares import dense_squares

WIDTH = 6
things = st.lists(
    st.tuples(
        *(st.integers(0, 4), st.integers(0, 3), st.integers(0, 2)),
        *(st.integers(1, 9), st.integers(0, 9)),
    ),
    max_size=20,
)


def by_definition(rows, demands):
    heaviest = {}
    for row, column, first, *weights in rows:
        key = row, column, first
        if weights[0] > heaviest.get(key, [0])[0]:
            heaviest[key] = weights
    dense = set()
    for row in range(-1, 6):
        for column in range(-1, 5):
            part = {(row + down, column + right) for down in (0, 1) for right in (0, 1)}
            inside = [weights for key, weights in heaviest.items() if key[:2] in part]
            sums = [sum(column) for column in zip(*inside, strict=True)]
            if inside and all(s >= d for s, d in zip(sums, demands, strict=True)):
                dense |= {key[:2] for key in heaviest if key[:2] in part}
    return sorted(row * WIDTH + column for row, column in dense)


@given(things, st.integers(1, 30), st.integers(0, 20))
def test_two_by_two_squares_with_enough_of_each_weight_are_dense(rows, least, other):
    # Equally heavy things of one place must not differ otherwise: either may count.
    rows = list({row[:4]: row for row in rows}.values())
    columns = np.array(rows, dtype=np.int64).reshape(-1, 5)
    weights = columns[:, 3].astype(float), columns[:, 4].astype(float)

    found = dense_squares(
        columns[:, 0] * WIDTH + columns[:, 1],
        columns[:, 2],
        WIDTH,
        list(zip(weights, (least, other), strict=True)),
    )

    assert found.tolist() == by_definition(rows, (least, other))
