"""A batch of courses by diffrax: all clients at once (vmap), compiled (jit), doubles; from event to event by a scan."""

import diffrax
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)


class Diffrax:
    """Events come in pairs, begin and end, each pair the same: a scan takes a pair at a time."""

    def __init__(self, trial, method):
        model = trial.model()
        rate, self.outputs = model.rate(), model.outputs(trial.outputs)
        self.term = diffrax.ODETerm(lambda _t, state, constants: jnp.stack(rate(state, constants)))
        self.solver = getattr(diffrax, method)()
        self.begin, self.end = (model.jump(then) for _, then in model.jumps[:2])
        assert all(then == model.jumps[n % 2][1] for n, (_, then) in enumerate(model.jumps))
        self.times = trial.times
        self.stops = np.array([at for at, _ in model.jumps]).reshape(-1, 2)
        # Tolerances are arguments, so that one compilation serves them all.
        self.work = jax.jit(jax.vmap(self.course, in_axes=(0, 0, None, None)))

    def at(self, relative, absolute):
        """The same at a tolerance."""
        self.tolerance = relative, absolute
        return self

    def run(self, clients):
        constants, states = (jnp.array(part) for part in zip(*clients))
        pauses, strokes, rest = (np.asarray(part) for part in self.work(constants, states, *self.tolerance))
        return [np.concatenate([*self.picked(one), last]) for *one, last in zip(pauses, strokes, rest)]

    def course(self, constants, state, relative, absolute):
        self.controller = diffrax.PIDController(rtol=relative, atol=absolute)
        starts = np.concatenate([[0.0], self.stops[:-1, 1]])
        begins, ends = self.stops.T
        plan = (starts, begins, ends, self.inside(starts, begins), self.inside(begins, ends))
        (state, constants), (pauses, strokes) = jax.lax.scan(self.pair, (state, constants), plan)
        last = jnp.array([time for time in self.times if time >= ends[-1]])
        _, rest = self.solve(state, constants, ends[-1], self.times[-1], last)
        return pauses, strokes, rest

    def pair(self, carry, plan):
        """A pause, what begins, strokes, what ends."""
        state, constants = carry
        start, begin, end, quiet, busy = plan
        state, pause = self.solve(state, constants, start, begin, quiet)
        state, constants = (jnp.stack(part) for part in self.begin(state, constants))
        state, strokes = self.solve(state, constants, begin, end, busy)
        state, constants = (jnp.stack(part) for part in self.end(state, constants))
        return (state, constants), (pause, strokes)

    def solve(self, state, constants, start, end, times):
        """The state at the end, and outputs at some times."""
        seen = diffrax.SubSaveAt(ts=times, fn=lambda _t, y, constants: jnp.stack(self.outputs(y, constants)))
        saved = diffrax.SaveAt(subs=[diffrax.SubSaveAt(t1=True), seen])
        found = diffrax.diffeqsolve(
            self.term, self.solver, start, end, None, state, constants, saveat=saved, stepsize_controller=self.controller,
            max_steps=None, throw=False,
        )
        last, seen = found.ys
        return last[0], seen

    def inside(self, starts, ends):
        """Sample times of each stretch, as many for all of them: filled up with the stretch's end."""
        lists = [[time for time in self.times if start <= time < end] for start, end in zip(starts, ends)]
        most = max(1, *map(len, lists))
        return np.array([[*inside, *[end] * (most - len(inside))] for inside, end in zip(lists, ends)])

    def picked(self, parts):
        """Rows of pauses and strokes in the order of time, without what was filled up."""
        starts = np.concatenate([[0.0], self.stops[:-1, 1]])
        for n, (begin, end) in enumerate(self.stops):
            yield parts[0][n][: sum(starts[n] <= time < begin for time in self.times)]
            yield parts[1][n][: sum(begin <= time < end for time in self.times)]
