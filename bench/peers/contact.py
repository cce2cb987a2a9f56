"""Contact by others: one line of JSON in, one out. Started by the bench program `contact` on one thread and one core.

`hertz` presses a paraboloid into a half-space on a square grid, by tamaas and by ContactMechanics; `plane`, `round` and `box` press a
parabola into layers by scikit-fem. Set-up (surface, convolution kernel) is not timed for the first two; for scikit-fem everything is.
"""

import json
import logging
import math
import sys
import time
from importlib.metadata import version

import box
import fem
import numpy as np
import tamaas as tm
from ContactMechanics import FreeFFTElasticHalfSpace
from ContactMechanics.Systems import NonSmoothContactSystem
from SurfaceTopography import Topography

PEERS = ("numpy", "scipy", "tamaas", "ContactMechanics", "scikit-fem")


def surface(points, size, radius):
    """Heights of a paraboloid whose tip stands on a grid point."""
    places = (np.arange(points) - points // 2) * size / points
    return -(places[:, None] ** 2 + places[None, :] ** 2) / (2 * radius)


def by_tamaas(points, size, radius, modulus, force, tolerance):
    model = tm.ModelFactory.createModel(tm.model_type.basic_2d, [size, size], [points, points])
    model.E, model.nu = modulus, 0.0
    tm.ModelFactory.registerNonPeriodic(model, "free")
    solver = tm.PolonskyKeerRey(model, surface(points, size, radius), tolerance)
    solver.setIntegralOperator("free")
    solver.dump_freq = 10**9
    start = time.perf_counter()
    solver.solve(force / size**2)
    return time.perf_counter() - start, np.array(model.traction)


def by_contact_mechanics(points, size, radius, modulus, force, tolerance):
    topography = Topography(surface(points, size, radius), (size, size), periodic=False)
    substrate = FreeFFTElasticHalfSpace((points, points), modulus, (size, size))
    system = NonSmoothContactSystem(substrate, topography)
    scale = (0.75 * force * radius / modulus) ** (2 / 3) / radius
    start = time.perf_counter()
    result = system.minimize_proxy(
        external_force=force, pentol=tolerance * scale, forcetol=tolerance, thermotol=tolerance, maxiter=2000
    )
    seconds = time.perf_counter() - start
    if not result.success:
        raise RuntimeError(f"ContactMechanics: {result.message}")
    return seconds, np.asarray(result.jac) * (points / size) ** 2


HERTZ = {"tamaas": by_tamaas, "ContactMechanics": by_contact_mechanics}


def hertz(peer, points, size, radius, modulus, force, tolerance):
    seconds, pressure = HERTZ[peer](points, size, radius, modulus, force, tolerance)
    half = (0.75 * force * radius / modulus) ** (1 / 3)
    peak = 1.5 * force / (math.pi * half**2)
    return {"seconds": seconds, "peak_error": float(pressure.max() / peak - 1)}


def timed(solve, **ask):
    start = time.perf_counter()
    return {**solve(**ask), "seconds": time.perf_counter() - start}


WORK = {
    "versions": lambda: {name: version(name) for name in PEERS},
    "hertz": hertz,
    "plane": lambda **ask: timed(fem.press, **ask),
    "round": lambda **ask: timed(fem.press, round_tip=True, **ask),
    "box": lambda **ask: timed(box.press, **ask),
}


def main():
    tm.initialize(1)
    tm.set_log_level(tm.LogLevel.error)
    logging.disable(logging.WARNING)
    for line in sys.stdin:
        ask = json.loads(line)
        print(json.dumps(WORK[ask.pop("do")](**ask)), flush=True)


main()
