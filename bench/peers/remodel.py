"""Courses of remodelling by others: one line of JSON in, one out. Started by the bench program `remodel` on one thread and one core.

libroadrunner and COPASI run the exported SBML; SciPy runs the equations file itself (`equations.py`). Reading a model is not timed. A sample
on an event's instant is taken after the jump by all three.
"""

import json
import sys
import time
from importlib.metadata import version

import basico
import numpy as np
import roadrunner
from equations import Site

PEERS = ("numpy", "scipy", "libroadrunner", "copasi-basico", "python-copasi")
STEPS = 10**6


def repeated(work, repeats):
    """The last answer and the shortest time, s."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    return answer, min(seconds)


class RoadRunner:
    def __init__(self, file, relative, absolute, names):
        self.runner = roadrunner.RoadRunner(file)
        integrator = self.runner.integrator
        integrator.relative_tolerance = relative
        # One number would be scaled by each state's start, and then fails when a state decays to almost nothing.
        integrator.absolute_tolerance = [absolute] * len(integrator.getAbsoluteToleranceVector())
        integrator.maximum_num_steps = STEPS
        self.runner.timeCourseSelections = names

    def run(self, times):
        self.runner.resetAll()
        return np.array(self.runner.simulate(times=times))


class Copasi:
    def __init__(self, file, relative, absolute, names):
        self.names, self.settings = names, {"r_tol": relative, "a_tol": absolute, "max_steps": STEPS}
        self.model = basico.load_model(file)

    def run(self, times):
        if getattr(self, "times", None) != times:
            self.times = times
            basico.run_time_course(
                model=self.model, values=times, method="deterministic", use_initial_values=True, **self.settings
            )
        self.task = self.model.getTask("Time-Course")
        self.model.applyInitialState() if hasattr(self.model, "applyInitialState") else None
        if not self.task.process(True):
            raise RuntimeError("COPASI: " + self.task.getProcessError())

    def table(self):
        """Values of all names at all times."""
        frame = basico.run_time_course(
            model=self.model, values=self.times, use_initial_values=True, use_sbml_id=True, **self.settings
        )
        return frame[self.names].to_numpy()


def by_roadrunner(file, names, times, relative, absolute, repeats):
    peer = RoadRunner(file, relative, absolute, names)
    values, seconds = repeated(lambda: peer.run(times), repeats)
    return {"values": values.tolist(), "seconds": seconds}


def by_copasi(file, names, times, relative, absolute, repeats):
    peer = Copasi(file, relative, absolute, names)
    _, seconds = repeated(lambda: peer.run(times), repeats + 1)
    answer = {"values": peer.table().tolist(), "seconds": seconds}
    basico.remove_datamodel(peer.model)
    return answer


def by_scipy(equations, method, parameters, state, happenings, times, relative, absolute, repeats, seconds_at_most=60):
    site = Site(equations, parameters)
    values, seconds = repeated(lambda: site.run(state, happenings, times, method, relative, absolute), repeats)
    return {"values": values.tolist(), "seconds": seconds}


def published(file, names, start, times, relative, absolute):
    """The published model from given initial values."""
    runner = roadrunner.RoadRunner(file)
    runner.integrator.relative_tolerance, runner.integrator.absolute_tolerance = relative, absolute
    for name, value in start.items():
        runner[f"init([{name}])"] = value
    runner.reset()
    runner.timeCourseSelections = [f"[{name}]" for name in names]
    return {"values": np.array(runner.simulate(times=times)).tolist()}


WORK = {
    "versions": lambda: {name: version(name) for name in PEERS},
    "libroadrunner": by_roadrunner,
    "COPASI": by_copasi,
    "SciPy": by_scipy,
    "published": published,
}


def main():
    roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
    for line in sys.stdin:
        ask = json.loads(line)
        print(json.dumps(WORK[ask.pop("do")](**ask)), flush=True)


main()
