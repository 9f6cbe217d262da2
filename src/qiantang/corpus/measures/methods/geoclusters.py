"""Clusters of places by density, after the method of the Global Innovation Index.

Points within a radius of a place add up to its density; places dense enough and near each other are one cluster. The result
does not depend on the order of points. Where the documents are domestic inventions it is "GII-like", not the GII's own.
Sources: Ester, Kriegel, Sander and Xu (1996) for DBSCAN; Bergquist, Fink and Raffo, Global Innovation Index (2017, 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EARTH_KM = 6_371.0
NOISE = 0
_AT_ONCE = 2_000  # points whose neighbours are held together
_Floats = NDArray[np.float64]


class GeoPoint(NamedTuple):
    """A geocoded place: degrees north and east, and its weight (addresses, or fractions of documents)."""

    latitude: float
    longitude: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class GeoParameters:
    """What makes a run repeatable: kilometres, weight in the ball that makes a place dense, and the Earth that was assumed."""

    radius_km: float
    least_weight: float
    earth_km: float = EARTH_KM


class GeoCluster(NamedTuple):
    """One cluster: its number (1 is the heaviest), points, weight, and its weighted middle in degrees."""

    number: int
    points: int
    weight: float
    latitude: float
    longitude: float


class GeoClusters(NamedTuple):
    """``labels``: for each point the number of its cluster, 0 for none; ``noise``: weight outside all clusters."""

    parameters: GeoParameters
    labels: tuple[int, ...]
    clusters: tuple[GeoCluster, ...]
    noise: float


def haversine(one: GeoPoint, other: GeoPoint, earth_km: float = EARTH_KM) -> float:
    """Great-circle distance in kilometres."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    half = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * earth_km * asin(min(1.0, sqrt(half)))


def find_clusters(points: Sequence[GeoPoint], parameters: GeoParameters) -> GeoClusters:
    """DBSCAN on the sphere with weights; a place on the border of two clusters goes to the nearer dense place.

    errors   ValueError for a radius that is not above zero or not below a quarter of the Earth, a weight below zero, or a place
             off the globe
    """
    if not 0 < parameters.radius_km < parameters.earth_km * pi / 2:
        raise ValueError("the radius lies between zero and a quarter of the Earth")
    if any(abs(one.latitude) > 90 or abs(one.longitude) > 180 or one.weight < 0 for one in points):  # noqa: PLR2004 degrees
        raise ValueError("a place lies on the globe and has no weight below zero")
    if not points:
        return GeoClusters(parameters, (), (), 0.0)
    spots = np.array([(one.latitude, one.longitude) for one in points], dtype=np.float64)
    weights = np.array([one.weight for one in points], dtype=np.float64)
    places, back = np.unique(spots, axis=0, return_inverse=True)
    where = back.reshape(-1)
    mass = np.bincount(where, weights, minlength=len(places)).astype(np.float64)
    members = _members(places, mass, parameters)
    return _numbered(parameters, members[where], spots, weights)


def _members(places: _Floats, mass: _Floats, parameters: GeoParameters) -> NDArray[np.int64]:
    """For each distinct place, in their fixed order, the place that its cluster is named by, or -1."""
    from scipy.sparse import coo_array  # noqa: PLC0415 a quarter of a second that only this needs
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - loaded when asked for, or every start would pay
    from scipy.spatial import cKDTree  # noqa: PLC0415 - loaded when asked for, or every start would pay

    angles = np.radians(places)
    level = np.cos(angles[:, 0])
    ball = np.column_stack((level * np.cos(angles[:, 1]), level * np.sin(angles[:, 1]), np.sin(angles[:, 0])))
    chord = 2 * sin(parameters.radius_km / parameters.earth_km / 2) * (1 + 1e-12)
    tree, n = cKDTree(ball), len(places)
    near: list[list[int]] = []
    for start in range(0, n, _AT_ONCE):
        near.extend(tree.query_ball_point(ball[start : start + _AT_ONCE], chord, return_sorted=True))
    lengths = np.fromiter((len(one) for one in near), dtype=np.int64, count=n)
    rows, columns = np.repeat(np.arange(n), lengths), np.concatenate(near).astype(np.int64)
    dense = np.bincount(rows, mass[columns], minlength=n) >= parameters.least_weight * (1 - 1e-12)
    both = dense[rows] & dense[columns]
    matrix = coo_array((np.ones(int(both.sum()), dtype=np.int8), (rows[both], columns[both])), shape=(n, n))
    labels = connected_components(matrix.tocsr(), directed=False)[1]
    found = np.where(dense, labels, -1).astype(np.int64)
    for at in np.flatnonzero(~dense):
        cores = np.asarray([one for one in near[at] if dense[one]], dtype=np.int64)
        if len(cores):
            far = ((ball[cores] - ball[at]) ** 2).sum(1)
            found[at] = labels[cores[int(np.argmin(far))]]  # of equally near ones the first in the order of places
    return found


def _numbered(parameters: GeoParameters, members: NDArray[np.int64], spots: _Floats, weights: _Floats) -> GeoClusters:
    """Clusters by weight, heaviest first; equal ones by their southernmost, then westernmost place."""
    rows = []
    for label in np.unique(members[members >= 0]):
        inside = members == label
        weight = float(weights[inside].sum())
        share = weights[inside] / weight if weight else np.full(int(inside.sum()), 1 / inside.sum())
        middle = (spots[inside] * share[:, None]).sum(0)
        first = tuple(float(one) for one in min(map(tuple, spots[inside])))
        rows.append((-round(weight, 9), first, int(label), int(inside.sum()), weight, middle))
    rows.sort(key=lambda row: row[:2])
    number = {row[2]: at for at, row in enumerate(rows, start=1)}
    clusters = tuple(
        GeoCluster(at, row[3], row[4], float(row[5][0]), float(row[5][1])) for at, row in enumerate(rows, start=1)
    )
    labels = tuple(number.get(int(one), NOISE) for one in members)
    return GeoClusters(parameters, labels, clusters, float(weights[members < 0].sum()))


def address_shares(addresses: Iterable[str | None]) -> dict[str | None, float]:
    """Place -> share of a document: each address counts one part in as many; None collects addresses of no known place."""
    listed = list(addresses)
    found: dict[str | None, float] = {}
    for one in listed:
        found[one] = found.get(one, 0.0) + 1
    return {place: count / len(listed) for place, count in found.items()}


def cluster_score(
    patents: float, all_patents: float, articles: float | None = None, all_articles: float | None = None
) -> float | None:
    """Share in all patents plus share in all articles, in per cent; patents alone where articles are not at hand.

    None where a total is not above zero.
    """
    if all_patents <= 0:
        return None
    score = 100 * patents / all_patents
    if articles is None or all_articles is None:
        return score
    return score + 100 * articles / all_articles if all_articles > 0 else None
