"""Courses of many clients by others: one line of JSON in, one out. Started by the bench program `cohort` on one thread.

All read the same SBML once; for each client only numbers change. What is timed is the processor's time of setting a client's numbers and
running its course; reading, compiling and a first run are told apart. A sample on an event's instant is taken after the jump.
"""

import json
import os
import sys
import time
from importlib.metadata import version

PEERS = ("numpy", "scipy", "libroadrunner", "copasi-basico", "python-copasi", "python-libsbml", "jax", "diffrax")
STEPS = 10**6
FREE = 1e6


class RoadRunner:
    """One model, compiled once at the highest level; numbers set by index; a tolerance for every state."""

    def __init__(self, trial, relative, absolute):
        import roadrunner

        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
        self.trial, self.runner = trial, roadrunner.RoadRunner(trial.file)
        model, integrator = self.runner.model, self.runner.integrator
        integrator.relative_tolerance = relative
        states = [model.getStateVectorId(place) for place in range(len(integrator.getAbsoluteToleranceVector()))]
        # One number would be scaled by each state's start, and then fails when a state decays to almost nothing.
        integrator.absolute_tolerance = trial.absolute(absolute, states)
        integrator.maximum_num_steps = STEPS
        places = {name: place for place, name in enumerate(model.getGlobalParameterIds())}
        self.constants = [places[name] for name in trial.constants]
        places = {name: place for place, name in enumerate(model.getFloatingSpeciesIds())}
        self.states = [places[name] for name in trial.states]
        self.runner.timeCourseSelections = trial.outputs

    def run(self, clients):
        runner, model, trial, days = self.runner, self.runner.model, self.trial, []
        for constants, states in clients:
            runner.reset()
            model.setGlobalParameterValues(self.constants, constants)
            model.setFloatingSpeciesConcentrations(self.states, states)
            days.append(runner.simulate(trial.times[0], trial.times[-1], len(trial.times)).copy())
        return days


class Copasi:
    """One model; numbers set by reference; the time of getting numbers out of its tables is not counted."""

    def __init__(self, trial, relative, absolute):
        import basico
        import COPASI

        self.trial, self.data = trial, basico.load_model(trial.file)
        settings = {"r_tol": relative, "a_tol": absolute, "max_steps": STEPS}
        basico.run_time_course(model=self.data, values=trial.times, method="deterministic", **settings)
        self.task, self.model = self.data.getTask("Time-Course"), self.data.getModel()
        values = {one.getSBMLId(): one for one in self.model.getModelValues()}
        species = {one.getSBMLId(): one for one in self.model.getMetabolites()}
        self.constants = [values[name] for name in trial.constants]
        self.states = [species[name] for name in trial.states]
        self.changed = COPASI.ObjectStdVector()
        for one in self.constants:
            self.changed.append(one.getInitialValueReference())
        for one in self.states:
            self.changed.append(one.getInitialConcentrationReference())
        series = self.task.getTimeSeries()
        columns = {series.getSBMLId(n, self.data): n for n in range(series.getNumVariables())}
        self.columns = [columns[name] for name in trial.outputs]

    def run(self, clients):
        self.unseen, days = 0.0, []
        for constants, states in clients:
            for one, value in zip(self.constants, constants):
                one.setInitialValue(value)
            for one, value in zip(self.states, states):
                one.setInitialConcentration(value)
            self.model.updateInitialValues(self.changed)
            if not self.task.process(True):
                raise RuntimeError("COPASI: " + self.task.getProcessError())
            start = time.process_time()
            series = self.task.getTimeSeries()
            rows = range(series.getRecordedSteps())
            days.append([[series.getData(row, column) for column in self.columns] for row in rows])
            self.unseen += time.process_time() - start
        return days


class SciPy:
    """A right-hand side of plain Python made from the SBML; from event to event."""

    def __init__(self, trial, relative, absolute, method):
        from scipy.integrate import solve_ivp

        self.trial, self.solve = trial, solve_ivp
        self.settings = {"method": method, "rtol": relative, "atol": trial.absolute(absolute, trial.states)}
        model = trial.model()
        rate = model.rate()
        self.rate = lambda _t, state, constants: rate(state.tolist(), constants)
        self.outputs = model.outputs(trial.outputs)
        self.jumps = [(at, model.jump(then)) for at, then in model.jumps]

    def run(self, clients):
        return [self.course(constants, states) for constants, states in clients]

    def course(self, constants, state):
        now, times, rows = 0.0, self.trial.times, []
        for at, jump in [*self.jumps, (times[-1], None)]:
            inside = [t for t in times if now <= t < at]
            found = self.solve(self.rate, (now, at), state, t_eval=[*inside, at], args=(constants,), **self.settings)
            if not found.success:
                raise RuntimeError(f"SciPy from {now} to {at} h: {found.message}")
            rows += [self.outputs(column, constants) for column in found.y.T[: len(inside)].tolist()]
            now, state = at, found.y[:, -1].tolist()
            if jump:
                state, constants = jump(state, constants)
        return [*rows, self.outputs(state, constants)]


class Trial:
    """What is asked of everybody."""

    def __init__(self, file, trial):
        self.file, self.clients, self.batches = file, trial.pop("clients"), {}
        self.constants, self.states, self.needed = trial["constants"], trial["states"], set(trial["needed"])
        self.outputs, self.times = trial["outputs"], trial["times"]

    def absolute(self, tolerance, states):
        """A tolerance for each state; what no output needs may be as wrong as it likes, as in our own engine."""
        return [tolerance if state in self.needed else FREE for state in states]

    def model(self):
        """The file read by ourselves, with names in our order."""
        from sbml import Model

        model = Model(self.file)
        assert sorted(model.constants) == sorted(self.constants) and sorted(model.states) == sorted(self.states)
        model.constants, model.states = self.constants, self.states
        return model

    def batch(self, method):
        """A batch of diffrax, compiled once for all tolerances."""
        from cohort_diffrax import Diffrax

        if method not in self.batches:
            self.batches[method] = Diffrax(self, method)
        return self.batches[method]


def program(name, trial, relative, absolute):
    family, _, method = name.partition(" ")
    if family == "diffrax":
        return trial.batch(method).at(relative, absolute)
    if family == "SciPy":
        return SciPy(trial, relative, absolute, method)
    return {"libroadrunner": RoadRunner, "COPASI": Copasi}[name](trial, relative, absolute)


def run(trial, name, relative, absolute, clients, repeats):
    clients = trial.clients[:clients]
    start = time.process_time()
    peer = program(name, trial, relative, absolute)
    peer.run(clients if name.startswith("diffrax") else clients[:1])
    before, seconds = time.process_time() - start, []
    for _ in range(repeats):
        start = time.process_time()
        days = peer.run(clients)
        seconds.append(time.process_time() - start - getattr(peer, "unseen", 0.0))
    values = [value for client in days for row in client for value in row]
    return {"values": [float(value) for value in values], "seconds": seconds, "before": before}


def main():
    trial = None
    for line in sys.stdin:
        ask = json.loads(line)
        match ask.pop("do"):
            case "versions":
                answer = {name: version(name) for name in PEERS}
            case "load":
                trial, answer = Trial(**ask), True
            case "run":
                answer = run(trial, **ask)
        print(json.dumps(answer), flush=True)


os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
main()
