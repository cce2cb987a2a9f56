"""The equations file read a second time, for SciPy: the same text, none of the code that Xystra generates from it."""

import re
import tomllib

import numpy as np
from scipy.integrate import solve_ivp


def python(expression):
    """The file's expressions are Python but for the sign of a power."""
    return re.sub(r"\^", "**", expression)


def name(key):
    return key.replace("-", "_")


class Site:
    """One site of tissue with its parameters."""

    def __init__(self, file, parameters):
        with open(file, "rb") as source:
            text = tomllib.load(source)
        self.states = [state["id"] for state in text["state"]]
        self.inputs = [given["id"] for given in text["input"]]
        self.values = dict(parameters)
        self.rate = self.compiled(text, [state["rate"] for state in text["state"]])
        self.outputs = self.compiled(text, [output["expr"] for output in text["output"]])
        self.events = {event["id"]: event for event in text["event"]}

    def compiled(self, text, expressions):
        """A function of time, states and inputs; only those definitions that the expressions need."""
        needed, lines = " ".join(expressions), []
        for define in reversed(text["define"]):
            if re.search(rf"\b{define['id']}\b", needed):
                lines.insert(0, f"    {define['id']} = {python(define['expr'])}")
                needed += " " + define["expr"]
        body = "\n".join([
            "def work(_t, _y, _u):",
            f"    {', '.join(self.states)}, = _y",
            f"    {', '.join(self.inputs)}, = _u",
            *lines,
            f"    return [{', '.join(python(expression) for expression in expressions)}]",
        ])
        space = dict(self.values)
        exec(body, space)
        return space["work"]

    def happen(self, happening, state, given):
        """States and inputs after an event: all assignments read what was before it."""
        event = self.events[happening["event"]]
        space = {**self.values, **dict(zip(self.states, state)), **dict(zip(self.inputs, given)), **happening["variables"]}
        for key, expression in event.get("let", {}).items():
            space[key] = eval(python(expression), space)
        space.pop("__builtins__", None)
        after = {key: eval(python(expression), dict(space)) for key, expression in event["then"].items()}
        pick = lambda keys, old: [after.get(key, value) for key, value in zip(keys, old)]
        return pick(self.states, state), pick(self.inputs, given)

    def run(self, state, happenings, times, method, relative, absolute):
        """States and outputs at all times; a row each."""
        state, given, now, rows = list(state), [0.0] * len(self.inputs), 0.0, []
        waiting = sorted(happenings, key=lambda happening: happening["at_h"])
        stops = sorted({happening["at_h"] for happening in waiting} | {times[-1]})
        for stop in stops:
            inside = [time for time in times if now <= time < stop]
            if stop > now:
                found = solve_ivp(
                    self.rate, (now, stop), state, method, t_eval=[*inside, stop], args=(given,), rtol=relative, atol=absolute
                )
                if not found.success:
                    raise RuntimeError(f"SciPy {method} from {now} to {stop} h: {found.message}")
                rows += [[*column, *self.outputs(0.0, column, given)] for column in found.y.T[: len(inside)].tolist()]
                state = found.y[:, -1].tolist()
            for happening in (one for one in waiting if one["at_h"] == stop):
                state, given = self.happen(happening, state, given)
            now = stop
        rows += [[*state, *self.outputs(0.0, state, given)] for time in times if time >= now]
        return np.array(rows)
