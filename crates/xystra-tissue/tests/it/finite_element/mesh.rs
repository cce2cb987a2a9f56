//! Rectangles of nine nodes, fine under the edge.

use xystra_tissue::Stack;

pub(crate) struct Mesh {
    /// Corners and middles along the surface, mm.
    pub(crate) x: Vec<f64>,
    /// Corners and middles down, mm.
    pub(crate) z: Vec<f64>,
    /// Layer of each row of elements.
    rows: Vec<usize>,
}

impl Mesh {
    /// Some elements under a contact of half-width `contact`, growing sideways to `wide` and down to the bone.
    pub(crate) fn layered(stack: &Stack, contact: f64, wide: f64) -> Self {
        let (mut z, mut rows, mut top) = (vec![0.0], Vec::new(), 0.0);
        for (i, layer) in stack.layers.iter().enumerate() {
            let size = (0.25 * contact).max(0.25 * top).min(layer.thickness_mm / 2.0);
            let cuts = growing(layer.thickness_mm, size, 1.35);
            rows.extend(vec![i; cuts.len()]);
            z.extend(cuts.iter().map(|cut| top + cut));
            top += layer.thickness_mm;
        }
        let mut x: Vec<f64> = (0..=16).map(|i| 2.0 * contact * f64::from(i) / 16.0).collect();
        x.extend(growing(wide - 2.0 * contact, contact / 8.0, 1.25).iter().map(|cut| 2.0 * contact + cut));
        Self { x: halved(&x), z: halved(&z), rows }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.x.len() * self.z.len()
    }

    pub(crate) fn band(&self) -> usize {
        2 * (2 * self.z.len() + 3)
    }

    pub(crate) fn elements(&self) -> usize {
        (self.x.len() / 2) * self.rows.len()
    }

    /// Nodes (along, then down), size and layer of an element.
    pub(crate) fn element(&self, index: usize) -> ([usize; 9], [f64; 2], usize) {
        let (column, row) = (index / self.rows.len(), index % self.rows.len());
        let nodes = std::array::from_fn(|i| self.node(2 * column + i % 3, 2 * row + i / 3));
        let size = [self.x[2 * column + 2] - self.x[2 * column], self.z[2 * row + 2] - self.z[2 * row]];
        (nodes, size, self.rows[row])
    }

    pub(crate) fn node(&self, column: usize, row: usize) -> usize {
        column * self.z.len() + row
    }

    /// Motions that stay zero: along on the axis and far away, both at the bone.
    pub(crate) fn held(&self) -> Vec<usize> {
        let (last, bottom) = (self.x.len() - 1, self.z.len() - 1);
        let sides = (0..self.z.len()).flat_map(|row| [2 * self.node(0, row), 2 * self.node(last, row)]);
        let bone = (0..self.x.len()).flat_map(|column| [0, 1].map(|c| 2 * self.node(column, bottom) + c));
        sides.chain(bone).collect()
    }
}

/// Ends of pieces that begin with `size` and grow by `ratio`, scaled to fill `length`.
fn growing(length: f64, size: f64, ratio: f64) -> Vec<f64> {
    let (mut ends, mut piece) = (vec![size], size);
    while ends.last().is_some_and(|end| *end < length) {
        piece *= ratio;
        ends.push(ends.last().expect("not empty") + piece);
    }
    let scale = length / ends.last().expect("not empty");
    ends.iter().map(|end| end * scale).collect()
}

fn halved(corners: &[f64]) -> Vec<f64> {
    let mut all: Vec<f64> = corners.windows(2).flat_map(|c| [c[0], 0.5 * (c[0] + c[1])]).collect();
    all.extend(corners.last());
    all
}
