"""Numbers beside dots cover neither each other nor a dot, as long as there is room."""

from itertools import combinations

from sim.report.answers.spots import spots


def test_numbers_of_a_crowd_are_apart():
    """Sixteen dots of which each touches the next still have a number each."""
    dots = [(6.0 * (k % 4), 6.0 * (k // 4), 5.0) for k in range(16)]
    size = (8.0, 7.0)
    middles = spots(dots, [size] * 16)
    for (x, y), (other_x, other_y) in combinations(middles, 2):
        assert abs(x - other_x) >= size[0] - 1e-9 or abs(y - other_y) >= size[1] - 1e-9
    for x, y in middles:
        assert all(abs(x - a) > 5.0 or abs(y - b) > 5.0 for a, b, _ in dots)


def test_a_dot_alone_has_its_number_close_by():
    """Dots without a number are kept free as well."""
    (near,) = spots([(0.0, 0.0, 5.0)], [(4.0, 7.0)])
    assert max(abs(near[0]), abs(near[1])) < 10.0
    (other,) = spots([(0.0, 0.0, 5.0), (near[0], near[1], 3.0)], [(4.0, 7.0)])
    assert other != near
