"""A course in SBML read for SciPy and JAX: rules and events as Python, none of the code that Xystra generates.

Holds for what our export uses: one compartment of size 1, rate rules of species, assignment rules, events at given times that replace values by
what they were before.
"""

import re

import libsbml


class Model:
    """Names, and functions of constants, state and time made from the rules."""

    def __init__(self, file):
        model = libsbml.readSBMLFromFile(file).getModel()
        rules = [(rule.getVariable(), text(rule.getMath()), rule.isRate()) for rule in model.getListOfRules()]
        self.rates = {name: rate for name, rate, is_rate in rules if is_rate}
        self.worked_out = {name: value for name, value, is_rate in rules if not is_rate}
        self.states = [species.getId() for species in model.getListOfSpecies()]
        known = set(self.states) | set(self.worked_out)
        self.constants = [one.getId() for one in model.getListOfParameters() if one.getId() not in known]
        self.jumps = [(at(event), assignments(event)) for event in model.getListOfEvents()]

    def rate(self):
        """Slopes of the states."""
        return self.compiled([self.rates[name] for name in self.states])

    def outputs(self, names):
        return self.compiled([self.worked_out[name] for name in names])

    def jump(self, then):
        """States and constants after an event."""
        names = self.states + self.constants
        after, cut = self.compiled([then.get(name, name) for name in names]), len(self.states)

        def work(state, constants):
            every = after(state, constants)
            return every[:cut], every[cut:]

        return work

    def compiled(self, expressions):
        """A function of states and constants that gives a list."""
        needed, lines = " ".join(expressions), []
        for name, value in reversed(self.worked_out.items()):
            if re.search(rf"\b{name}\b", needed):
                lines.insert(0, f"    {name} = {value}")
                needed += " " + value
        body = "\n".join([
            "def work(_y, _c):",
            f"    {', '.join(self.states)}, = _y",
            f"    {', '.join(self.constants)}, = _c",
            *lines,
            f"    return [{', '.join(expressions)}]",
        ])
        space = {}
        exec(body, space)
        return space["work"]


def text(math):
    """A formula as Python: only the sign of a power differs."""
    return libsbml.formulaToL3String(math).replace("^", "**")


def at(event):
    """The time of a trigger `time >= x`."""
    return event.getTrigger().getMath().getChild(1).getValue()


def assignments(event):
    return {one.getVariable(): text(one.getMath()) for one in event.getListOfEventAssignments()}
