"""An edge with two ends on layers, by quadratic hexahedra in a quarter of the block; all layers bonded.

The edge is a rigid parabola across and straight along, cut off at both ends, so that its pressure has no upper bound there: compare
the force and the pressure half way, not the peak.
"""

import numpy as np
from fem import between, graded, lame
from scipy.sparse.linalg import splu
from skfem import Basis, BilinearForm, ElementHex2, ElementVector, MeshHex
from skfem.helpers import ddot, sym_grad, trace

FAR = 5.0
GROWTH = 1.45


def depths(layers, fine):
    """Depths of all element faces, from the base to the surface; interfaces are among them."""
    points, top = [0.0], 0.0
    for layer in layers:
        bottom = top + layer["thickness_mm"]
        points += list(between(top, bottom, fine, GROWTH)[1:])
        top = bottom
    return -np.array(points[::-1])


def along(half_length, fine, far):
    """Places along the edge: fine near its end from both sides, coarse elsewhere."""
    inside = half_length - graded(fine, 2 * fine, half_length, GROWTH)[::-1]
    outside = half_length + graded(fine, 2 * fine, far, GROWTH)[1:]
    return np.concatenate([inside, outside])


@BilinearForm
def elastic(u, v, w):
    strain, test = sym_grad(u), sym_grad(v)
    return w["first"] * trace(strain) * trace(test) + 2 * w["second"] * ddot(strain, test)


def moduli(basis, layers):
    """Both Lame constants at every quadrature point."""
    bottoms = -np.cumsum([layer["thickness_mm"] for layer in layers])
    middle = basis.mesh.p[2, basis.mesh.t].mean(axis=0)
    index = np.searchsorted(-bottoms, -middle)
    table = np.array([lame(layer) for layer in layers])[index]
    shape = basis.dx.shape
    return [np.broadcast_to(table[:, which, None], shape) for which in (0, 1)]


def press(layers, radius, length, depth, per_half=4, half=None):
    """Force, N, and pressure half way, kPa, of an edge of `length` pressed to `depth`, all mm."""
    total = sum(layer["thickness_mm"] for layer in layers)
    far = FAR * min(total, 4 * length) + length
    fine = half / per_half
    mesh = MeshHex.init_tensor(
        graded(fine, 1.25 * half, far, GROWTH), along(length / 2, fine, far), depths(layers, fine)
    )
    basis = Basis(mesh, ElementVector(ElementHex2()), intorder=4)
    first, second = moduli(basis, layers)
    matrix = elastic.assemble(basis, first=first, second=second).tocsc()
    return solve(basis, matrix, radius, length, depth, half)


def solve(basis, matrix, radius, length, depth, half):
    x, y, z = basis.doflocs
    direction = np.zeros(basis.N, dtype=int)
    for axis in range(3):
        for dofs in (basis.nodal_dofs, basis.edge_dofs, basis.facet_dofs, basis.interior_dofs):
            direction[dofs[axis]] = axis
    held = (z < z.min() + 1e-9) | ((x < 1e-9) & (direction == 0)) | ((y < 1e-9) & (direction == 1))
    sunk = depth - x**2 / (2 * radius)
    patch = np.flatnonzero((z > -1e-9) & (direction == 2) & (y <= length / 2 + 1e-9) & (x <= 1.6 * half))
    free = np.setdiff1d(np.flatnonzero(~held), patch)
    inner = splu(matrix[free][:, free].tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
                 options={"SymmetricMode": True})
    coupling = matrix[free][:, patch].toarray()
    condensed = matrix[patch][:, patch].toarray() - coupling.T @ inner.solve(coupling)
    reaction, touching = settle(condensed, sunk[patch])
    return {
        "force_n": float(4 * reaction.sum() / 1000),
        "half_width_mm": float(x[patch][touching & (y[patch] < 1e-9)].max()),
        "unknowns": int(len(free)),
    }


def settle(condensed, sunk):
    """The active set of nodes that touch, and their reactions."""
    touching = sunk > 0
    for _ in range(200):
        shift = np.where(touching, -sunk, 0.0)
        loose = ~touching
        if loose.any():
            known = -condensed[np.ix_(loose, touching)] @ shift[touching]
            shift[loose] = np.linalg.solve(condensed[np.ix_(loose, loose)], known)
        reaction = condensed @ shift
        following = np.where(touching, reaction < 0, shift > -sunk + 1e-12)
        if (following == touching).all():
            return -np.where(touching, reaction, 0.0), touching
        touching = following
    raise RuntimeError("the active set did not settle")
