"""Linear contact by finite elements: a frictionless parabola on bonded or slipping layers over a rigid base.

Quadratic quadrilaterals (plane strain, or axisymmetric for a round tip) and, for an edge with ends, quadratic hexahedra in a quarter
of the block. Units are mm and kPa. Nothing is shared with the kernel that it is held against: each layer is a mesh of its own, tied
to the next one by equal displacements, and the contact is an active set on the nodal reactions.
"""

import numpy as np
from scipy.sparse import block_diag, coo_matrix, csr_matrix
from scipy.sparse.linalg import splu
from skfem import Basis, BilinearForm, ElementQuad2, ElementVector, MeshQuad
from skfem.helpers import ddot, eye, sym_grad, trace

FAR = 12.0
GROWTH = 1.12


def lame(layer):
    young, poisson = layer["young_kpa"], layer["poisson"]
    return young * poisson / ((1 + poisson) * (1 - 2 * poisson)), young / (2 * (1 + poisson))


def graded(first, fine_to, end, growth=GROWTH):
    """Points from 0 to `end`: steps of `first` up to `fine_to`, then growing."""
    points = list(np.linspace(0, fine_to, max(2, int(np.ceil(fine_to / first)) + 1)))
    step = points[1] - points[0]
    while points[-1] < end:
        step *= growth
        points.append(points[-1] + step)
    points = np.array(points)
    split = np.searchsorted(points, fine_to + 1e-9)
    points[split:] = fine_to + (points[split:] - fine_to) * (end - fine_to) / (points[-1] - fine_to)
    return points


def between(top, bottom, first, growth=GROWTH):
    """Depths of one layer: steps near `first` plus what has grown above it."""
    points, step = [top], max(first, (growth - 1) * top + first)
    while points[-1] < bottom - 1e-12:
        points.append(points[-1] + step)
        step *= growth
    points = np.array(points)
    if len(points) < 4:
        return np.linspace(top, bottom, 4)
    return top + (points - top) * (bottom - top) / (points[-1] - top)


def stiffness(basis, layer, round_tip):
    first, second = lame(layer)

    @BilinearForm
    def plane(u, v, w):
        strain, test = sym_grad(u), sym_grad(v)
        return first * trace(strain) * trace(test) + 2 * second * ddot(strain, test)

    @BilinearForm
    def turned(u, v, w):
        radius = w.x[0]
        strain, test = sym_grad(u), sym_grad(v)
        hoop, test_hoop = u[0] / radius, v[0] / radius
        spread = trace(strain) + hoop
        return radius * (first * spread * (trace(test) + test_hoop) + 2 * second * (ddot(strain, test) + hoop * test_hoop))

    return (turned if round_tip else plane).assemble(basis)


class Block:
    """Layers meshed, tied, held at the bottom and on the axis, and condensed to nothing yet."""

    def __init__(self, layers, fine, fine_to, round_tip=False):
        total = sum(layer["thickness_mm"] for layer in layers)
        across = graded(fine, fine_to, FAR * total + 2 * fine_to)
        top, self.bases, self.layers = 0.0, [], layers
        for layer in layers:
            bottom = top + layer["thickness_mm"]
            mesh = MeshQuad.init_tensor(across, -between(top, bottom, fine)[::-1])
            self.bases.append(Basis(mesh, ElementVector(ElementQuad2()), intorder=4))
            top = bottom
        self.sizes = np.cumsum([0] + [basis.N for basis in self.bases])
        self.total, self.round_tip = total, round_tip
        self.tie()
        parts = [stiffness(basis, layer, round_tip) for basis, layer in zip(self.bases, layers)]
        self.matrix = (self.ties.T @ block_diag(parts, format="csr") @ self.ties).tocsc()

    def dofs(self, index, direction, depth):
        """Degrees of freedom of one layer along a depth, from the axis outwards, with their places."""
        basis = self.bases[index]
        own = np.concatenate([basis.nodal_dofs[direction], basis.facet_dofs[direction], basis.interior_dofs[direction]])
        own = own[np.abs(basis.doflocs[1, own] + depth) < 1e-9]
        own = own[np.argsort(basis.doflocs[0, own])]
        return own + self.sizes[index], basis.doflocs[0, own]

    def tie(self):
        """Bonded layers share both displacements, slipping ones the vertical one."""
        parent = np.arange(self.sizes[-1])
        depth = 0.0
        for index, layer in enumerate(self.layers[:-1]):
            depth += layer["thickness_mm"]
            for direction in [1] if layer.get("slips") else [0, 1]:
                above, below = self.dofs(index, direction, depth)[0], self.dofs(index + 1, direction, depth)[0]
                parent[below] = parent[above]
        kept, number = np.unique(parent, return_inverse=True)
        self.number = number
        self.ties = csr_matrix((np.ones(len(number)), (np.arange(len(number)), number)), shape=(len(number), len(kept)))

    def held(self):
        """No displacement at the base, none across the axis."""
        last = len(self.layers) - 1
        base = np.concatenate([self.dofs(last, direction, self.total)[0] for direction in (0, 1)])
        axis = []
        for index, basis in enumerate(self.bases):
            own = np.concatenate([basis.nodal_dofs[0], basis.facet_dofs[0], basis.interior_dofs[0]])
            axis.append(own[basis.doflocs[0, own] < 1e-12] + self.sizes[index])
        return np.unique(self.number[np.concatenate([base, *axis])])

    def surface(self):
        dofs, places = self.dofs(0, 1, 0.0)
        return self.number[dofs], places

    def displacements(self, reduced):
        return self.ties @ reduced


def active_set(matrix, held, surface, sunk, reach):
    """Displacements and reactions of a frictionless indenter: `sunk` is how deep it stands at each surface node."""
    free = np.setdiff1d(np.arange(matrix.shape[0]), np.union1d(held, surface))
    inner = splu(matrix[free][:, free].tocsc())
    near = np.flatnonzero(reach)
    patch = surface[near]
    rest = np.setdiff1d(surface, patch)
    free = np.concatenate([free, rest])
    inner = splu(matrix[free][:, free].tocsc())
    coupling = matrix[free][:, patch].toarray()
    condensed = matrix[patch][:, patch].toarray() - coupling.T @ inner.solve(coupling)
    wanted = -sunk[near]
    touching = sunk[near] > 0
    for _ in range(200):
        shift = np.where(touching, wanted, 0.0)
        loose = ~touching
        if loose.any():
            shift[loose] = np.linalg.solve(condensed[np.ix_(loose, loose)], -condensed[np.ix_(loose, touching)] @ wanted[touching])
        reaction = condensed @ shift
        next_touching = np.where(touching, reaction < 0, shift > wanted + 1e-12)
        if (next_touching == touching).all():
            break
        touching = next_touching
    else:
        raise RuntimeError("the active set did not settle")
    solution = np.zeros(matrix.shape[0])
    solution[patch] = shift
    solution[free] = -inner.solve(coupling @ shift)
    return solution, patch, -np.where(touching, reaction, 0.0), touching


def line_mass(places, round_tip):
    """Mass matrix of quadratic line elements along the surface; places are ends and middles in order."""
    points, weights = np.polynomial.legendre.leggauss(4)
    rows, columns, values = [], [], []
    shapes = np.array([points * (points - 1) / 2, 1 - points**2, points * (points + 1) / 2])
    for start in range(0, len(places) - 2, 2):
        half = (places[start + 2] - places[start]) / 2
        radius = 2 * np.pi * (places[start + 1] + half * points) if round_tip else 2.0
        block = (shapes * weights * half * radius) @ shapes.T
        index = np.arange(start, start + 3)
        rows += list(np.repeat(index, 3))
        columns += list(np.tile(index, 3))
        values += list(block.ravel())
    return coo_matrix((values, (rows, columns)), shape=(len(places), len(places))).tocsc()


def press(layers, radius, depth, per_half=40, round_tip=False, half=None):
    """Presses the parabola `x^2 / 2R` to `depth`; `half` guesses the contact's half-width, mm."""
    if half is None:
        for _ in range(2):
            half = press(layers, radius, depth, 12, round_tip, half or np.sqrt(2 * radius * depth))["touching_mm"]
    block = Block(layers, half / per_half, 1.25 * half, round_tip)
    surface, places = block.surface()
    sunk = depth - places**2 / (2 * radius)
    solution, patch, reaction, touching = active_set(block.matrix, block.held(), surface, sunk, places <= 2.0 * half)
    near = places[: len(patch)]
    if round_tip:
        reaction = reaction * 2 * np.pi
    else:
        reaction = reaction * 2
    pressure = splu(line_mass(places, round_tip)).solve(np.concatenate([reaction, np.zeros(len(places) - len(patch))]))
    force = reaction.sum()
    return {
        "force": float(force),
        "touching_mm": float(near[touching].max()),
        "half_width_mm": edge(near, reaction, touching),
        "peak_pressure_kpa": ((pressure[:-2:2] + 4 * pressure[1:-1:2] + pressure[2::2]) / 6).max().item(),
        "layers": strains(block, solution),
        "unknowns": block.matrix.shape[0],
    }


def edge(places, reaction, touching):
    """Where the pressure ends: close to the edge the force beyond a place falls about as the 3/2 power of what is left."""
    beyond = (reaction[::-1].cumsum()[::-1] - reaction / 2)[::2]
    corners, end = places[::2], places[touching].max()
    part = (corners > 0.8 * end) & (corners < 0.97 * end)
    if part.sum() < 4:
        return float(end)
    roots = np.roots(np.polyfit(corners[part] / end, beyond[part] ** (2 / 3), 2)) * end
    return float(min(roots.real, key=lambda root: abs(root - end)))


CORNERS = (np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]]), np.full(4, 0.25))


def strains(block, solution):
    """The largest strains of each layer, at the corners of its elements: the interfaces are among them."""
    whole, found = block.displacements(solution), []
    for index, basis in enumerate(block.bases):
        own = whole[block.sizes[index] : block.sizes[index + 1]]
        grad = Basis(basis.mesh, basis.elem, quadrature=CORNERS).interpolate(own).grad
        found.append({
            "name": block.layers[index]["name"],
            "peak_fibre_strain": float(grad[0, 0].max()),
            "peak_compression": float(-grad[1, 1].min()),
            "peak_shear": float(np.abs(grad[0, 1] + grad[1, 0]).max()),
        })
    return found
