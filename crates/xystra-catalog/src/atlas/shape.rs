//! Plane shapes in body coordinates: x to the viewer's right of the midline, y down from the crown, about
//! 3.6 mm a unit for a grown person of 175 cm.

use serde::Deserialize;

/// A point, `[x, y]`.
pub(super) type Point = [f64; 2];

/// Points in order; a closed outline does not repeat its first point.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Outline(pub Vec<[f64; 2]>);

impl TryFrom<String> for Outline {
    type Error = String;

    /// Reads "x,y x,y ...".
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let points = text.split_whitespace().map(read_point).collect::<Result<Vec<_>, _>>()?;
        if points.len() < 2 {
            return Err(format!("\"{text}\" has fewer than 2 points"));
        }
        Ok(Self(points))
    }
}

impl Outline {
    /// Is the point inside the closed outline?
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        self.edges().filter(|[a, b]| crosses(*a, *b, x, y)).count() % 2 == 1
    }

    /// Smallest and largest corner of the box around it.
    pub fn bounds(&self) -> [[f64; 2]; 2] {
        let start = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
        self.0.iter().fold(start, |[low, high], p| {
            [[low[0].min(p[0]), low[1].min(p[1])], [high[0].max(p[0]), high[1].max(p[1])]]
        })
    }

    /// The point inside that lies farthest from the border, to a sixteenth of the shape's size.
    pub fn centre(&self) -> [f64; 2] {
        let [low, high] = self.bounds();
        let at = |k: usize, step: u32| low[k] + (high[k] - low[k]) * (f64::from(step) + 0.5) / 16.0;
        let grid = (0..16).flat_map(|i| (0..16).map(move |j| (i, j)));
        grid.map(|(i, j)| [at(0, i), at(1, j)])
            .filter(|point| self.contains(*point))
            .max_by(|a, b| self.depth(*a).total_cmp(&self.depth(*b)))
            .unwrap_or(low)
    }

    /// The same shape on the other side of the midline.
    pub(super) fn scaled_across(&self, sign: f64) -> Self {
        Self(self.0.iter().map(|[x, y]| [x * sign, *y]).collect())
    }

    fn depth(&self, point: Point) -> f64 {
        self.edges().map(|[a, b]| distance_to(point, a, b)).fold(f64::INFINITY, f64::min)
    }

    fn edges(&self) -> impl Iterator<Item = [Point; 2]> {
        (0..self.0.len()).map(|i| [self.0[i], self.0[(i + 1) % self.0.len()]])
    }
}

/// The closed outline that the lines make when laid end to end, or `None` where they do not close.
pub(super) fn join(mut lines: Vec<&Outline>) -> Option<Outline> {
    let mut ring = lines.pop()?.0.clone();
    while let Some(end) = ring.last().copied()
        && let Some(at) = lines.iter().position(|line| touches(line, end))
    {
        let line = &lines.swap_remove(at).0;
        if same(line[0], end) {
            ring.extend(&line[1..]);
        } else {
            ring.extend(line.iter().rev().skip(1));
        }
    }
    let closing = ring.pop()?;
    (lines.is_empty() && same(*ring.first()?, closing)).then_some(Outline(ring))
}

fn read_point(text: &str) -> Result<Point, String> {
    let wrong = || format!("\"{text}\" is not a point; write x,y");
    let (x, y) = text.split_once(',').ok_or_else(wrong)?;
    Ok([x.parse().map_err(|_| wrong())?, y.parse().map_err(|_| wrong())?])
}

fn crosses([ax, ay]: Point, [bx, by]: Point, x: f64, y: f64) -> bool {
    (ay > y) != (by > y) && x < ax + (bx - ax) * (y - ay) / (by - ay)
}

fn touches(line: &Outline, end: Point) -> bool {
    same(line.0[0], end) || line.0.last().is_some_and(|last| same(*last, end))
}

/// The same corner: the data has one decimal.
fn same(a: Point, b: Point) -> bool {
    (a[0] - b[0]).abs() < 0.05 && (a[1] - b[1]).abs() < 0.05
}

fn distance_to([x, y]: Point, [ax, ay]: Point, [bx, by]: Point) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy).max(1e-9);
    let t = along.clamp(0.0, 1.0);
    (ax + t * dx - x).hypot(ay + t * dy - y)
}
