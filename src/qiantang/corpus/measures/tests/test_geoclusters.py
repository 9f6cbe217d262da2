"""Clusters of places: the worked example, the scikit-learn program as a witness, and independence of order."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.corpus.measures.methods import geoclusters as geo

PLACES = {
    "Binjiang": geo.GeoPoint(30.2085, 120.2120),
    "Xihu": geo.GeoPoint(30.2594, 120.1303),
    "Yuhang": geo.GeoPoint(30.2830, 120.0260),
    "Qiantang": geo.GeoPoint(30.3030, 120.4930),
    "Shaoxing": geo.GeoPoint(30.0300, 120.5800),
}


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ("Binjiang", "Xihu", 9.68),
        ("Xihu", "Yuhang", 10.35),
        ("Binjiang", "Yuhang", 19.69),
        ("Binjiang", "Qiantang", 28.96),
        ("Qiantang", "Shaoxing", 31.49),
    ],
)
def test_distances_of_the_example(one, other, km):
    assert geo.haversine(PLACES[one], PLACES[other]) == pytest.approx(km, abs=0.005)


@pytest.mark.parametrize(
    ("radius", "members"),
    [
        (15, ["Binjiang", "Xihu", "Yuhang"]),
        (30, ["Binjiang", "Xihu", "Yuhang", "Qiantang"]),
        (32, ["Binjiang", "Xihu", "Yuhang", "Qiantang", "Shaoxing"]),
    ],
)
def test_clusters_of_the_example(radius, members):
    parameters = geo.GeoParameters(radius_km=radius, least_weight=2)
    found = geo.find_clusters(list(PLACES.values()), parameters)
    assert [name for name, label in zip(PLACES, found.labels, strict=True) if label == 1] == members
    assert len(found.clusters) == 1
    assert found.noise == len(PLACES) - len(members)
    assert found.parameters == parameters
    assert found.parameters.earth_km == 6371


def test_density_is_the_sum_of_weights_in_the_ball():
    heavy = [geo.GeoPoint(30.30, 120.49, 4500.0), geo.GeoPoint(30.03, 120.58, 4499.0), geo.GeoPoint(30.25, 120.13, 0.5)]
    found = geo.find_clusters(heavy, geo.GeoParameters(15, 4500))
    assert found.labels == (1, 0, 0)
    assert found.clusters == ((1, 1, 4500.0, 30.30, 120.49),)
    assert found.noise == 4499.5


def test_a_place_between_two_clusters_goes_to_the_nearer_dense_place():
    west = [geo.GeoPoint(30.0, 120.00, 3.0), geo.GeoPoint(30.0, 119.90, 6.5)]
    east = [geo.GeoPoint(30.0, 120.30, 3.0), geo.GeoPoint(30.0, 120.40, 5.9)]
    for longitude, label in ((120.148, 1), (120.152, 2)):
        found = geo.find_clusters([geo.GeoPoint(30.0, longitude, 0.5), *west, *east], geo.GeoParameters(15, 9.3))
        assert found.labels == (label, 1, 1, 2, 2)


@pytest.mark.parametrize("bad", [geo.GeoPoint(91, 0), geo.GeoPoint(0, 181), geo.GeoPoint(0, 0, -1)])
def test_a_place_off_the_globe_is_refused(bad):
    with pytest.raises(ValueError, match="globe"):
        geo.find_clusters([bad], geo.GeoParameters(15, 2))


def test_no_radius_no_clusters():
    with pytest.raises(ValueError, match="radius"):
        geo.find_clusters([], geo.GeoParameters(0, 2))
    assert geo.find_clusters([], geo.GeoParameters(15, 2)).clusters == ()


some_points = st.lists(
    st.builds(geo.GeoPoint, st.floats(29.5, 30.5), st.floats(119.5, 120.8), st.integers(1, 4).map(float)),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40)
@given(some_points, st.sampled_from([5.0, 12.0, 25.0]), st.integers(2, 8), st.randoms(use_true_random=False))
def test_the_same_whatever_the_order(points, radius, least, order: random.Random):
    parameters = geo.GeoParameters(radius, least)
    found = geo.find_clusters(points, parameters)
    places = list(range(len(points)))
    order.shuffle(places)
    again = geo.find_clusters([points[at] for at in places], parameters)
    assert [found.labels[at] for at in places] == list(again.labels)
    assert [(one.number, one.points, one.weight) for one in found.clusters] == [
        (one.number, one.points, one.weight) for one in again.clusters
    ]
    assert sum(one.weight for one in found.clusters) + found.noise == pytest.approx(sum(one.weight for one in points))


def test_dense_places_are_joined_as_by_another_program():
    from sklearn.cluster import DBSCAN

    draws = np.random.default_rng(5)
    middles = draws.uniform((29, 119), (31, 122), (6, 2))
    spots = np.concatenate(
        [draws.normal(middle, 0.05, (60, 2)) for middle in middles] + [draws.uniform((29, 119), (31, 122), (80, 2))]
    )
    weights = draws.integers(1, 4, len(spots)).astype(float)
    other = DBSCAN(eps=8 / geo.EARTH_KM, min_samples=12, metric="haversine", algorithm="ball_tree")
    other.fit(np.radians(spots), sample_weight=weights)
    found = geo.find_clusters(
        [geo.GeoPoint(*spot, w) for spot, w in zip(spots, weights, strict=True)], geo.GeoParameters(8, 12)
    )
    ours, theirs = np.array(found.labels), other.labels_
    assert ((ours == 0) == (theirs == -1)).all()
    dense = other.core_sample_indices_  # only there DBSCAN itself does not depend on the order of points
    assert len(dense) > 100
    assert all((ours[a] == ours[b]) == (theirs[a] == theirs[b]) for a, b in combinations(dense[::5], 2))
    assert len(set(ours[dense])) == len(set(theirs[dense])) > 3


def test_each_address_counts_a_part():
    shares = geo.address_shares(["Hangzhou", "Hangzhou", "Shanghai", None])
    assert shares["Hangzhou"] == 0.5
    assert sum(shares.values()) == 1
    assert geo.address_shares([]) == {}


def test_the_score_of_the_example():
    assert geo.cluster_score(3000, 250_000, 12_000, 1_500_000) == pytest.approx(2.0)
    assert geo.cluster_score(3000, 250_000) == pytest.approx(1.2)
    assert geo.cluster_score(12_000, 1_500_000) == pytest.approx(0.8)
    assert geo.cluster_score(3, 0) is None
