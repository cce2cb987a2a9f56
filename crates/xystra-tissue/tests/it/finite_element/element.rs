//! One element: nine nodes, nine points of integration, change of volume projected onto 1, xi, eta.

use super::Law;

/// Points and weights of three-point integration on -1 to 1.
pub(super) const POINTS: [(f64, f64); 3] =
    [(-0.774_596_669_241_483_4, 5.0 / 9.0), (0.0, 8.0 / 9.0), (0.774_596_669_241_483_4, 5.0 / 9.0)];

pub(super) struct Element {
    pub(super) size: [f64; 2],
    pub(super) law: Law,
    pub(super) motion: [f64; 18],
}

type Vector = [f64; 18];

/// What one point of integration needs.
struct Point {
    weight: f64,
    /// 1, xi, eta.
    modes: [f64; 3],
    slopes: [[f64; 2]; 9],
    volume: f64,
    /// `tr C`.
    stretch: f64,
    volume_by: Vector,
    stretch_by: Vector,
}

impl Element {
    /// Strain energy; none where the element is turned inside out.
    pub(super) fn energy(&self) -> Option<f64> {
        let points = self.points();
        if points.iter().any(|p| p.volume <= 0.0) {
            return None;
        }
        let swelling = self.swelling(&points);
        let one = |(p, theta): (&Point, f64)| p.weight * self.law.energy(p.distortion(), theta);
        Some(points.iter().zip(swelling).map(one).sum())
    }

    /// Force and stiffness: first and second derivative of the energy.
    pub(super) fn answer(&self) -> (Vector, [Vector; 18]) {
        let points = self.points();
        let swelling = self.swelling(&points);
        let area = self.size[0] * self.size[1];
        let mut gradient = [[0.0; 18]; 3];
        let mut pressure = [0.0; 3];
        for (p, theta) in points.iter().zip(swelling) {
            let d = self.law.derivatives(p.distortion(), theta);
            for m in 0..3 {
                let share = p.weight * p.modes[m] / (area * MODE[m]);
                pressure[m] += share * d.theta;
                (0..18).for_each(|i| gradient[m][i] += share * p.volume_by[i]);
            }
        }
        let (mut force, mut stiffness) = ([0.0; 18], [[0.0; 18]; 18]);
        for (p, theta) in points.iter().zip(swelling) {
            let d = self.law.derivatives(p.distortion(), theta);
            let held: f64 = (0..3).map(|m| pressure[m] * p.modes[m]).sum();
            let swell: Vector = std::array::from_fn(|i| (0..3).map(|m| p.modes[m] * gradient[m][i]).sum());
            p.add(&d, held, &swell, &mut force, &mut stiffness);
        }
        (force, stiffness)
    }

    /// Change of volume at each point, as the linear field has it.
    fn swelling(&self, points: &[Point]) -> [f64; 9] {
        let area = self.size[0] * self.size[1];
        let share =
            |m: usize| points.iter().map(|p| p.weight * p.modes[m] * (p.volume - 1.0)).sum::<f64>() / (area * MODE[m]);
        let field = [share(0), share(1), share(2)];
        std::array::from_fn(|g| (0..3).map(|m| field[m] * points[g].modes[m]).sum())
    }

    fn points(&self) -> Vec<Point> {
        let pairs = POINTS.iter().flat_map(|e| POINTS.iter().map(move |x| (x, e)));
        pairs.map(|(x, e)| self.point(x.0, e.0, x.1 * e.1)).collect()
    }

    fn point(&self, xi: f64, eta: f64, weight: f64) -> Point {
        let (a, b) = (shape(xi), shape(eta));
        let [wide, high] = self.size;
        let slopes: [[f64; 2]; 9] =
            std::array::from_fn(|i| [a.1[i % 3] * b.0[i / 3] * 2.0 / wide, a.0[i % 3] * b.1[i / 3] * 2.0 / high]);
        let f = self.gradient(&slopes);
        let inverse = [[f[1][1], -f[1][0]], [-f[0][1], f[0][0]]];
        let by = |m: [[f64; 2]; 2], i: usize| m[i % 2][0] * slopes[i / 2][0] + m[i % 2][1] * slopes[i / 2][1];
        Point {
            weight: weight * wide * high / 4.0,
            modes: [1.0, xi, eta],
            slopes,
            volume: f[0][0] * f[1][1] - f[0][1] * f[1][0],
            stretch: f.iter().flatten().map(|v| v * v).sum::<f64>() + 1.0,
            volume_by: std::array::from_fn(|i| by(inverse, i)),
            stretch_by: std::array::from_fn(|i| 2.0 * by(f, i)),
        }
    }

    /// Deformation gradients at the points of integration.
    pub(super) fn gradients(&self) -> Vec<[[f64; 2]; 2]> {
        self.points().iter().map(|p| self.gradient(&p.slopes)).collect()
    }

    fn gradient(&self, slopes: &[[f64; 2]; 9]) -> [[f64; 2]; 2] {
        let mut f = [[1.0, 0.0], [0.0, 1.0]];
        for (i, u) in self.motion.iter().enumerate() {
            (0..2).for_each(|j| f[i % 2][j] += u * slopes[i / 2][j]);
        }
        f
    }
}

/// Mean square of 1, xi and eta over the element.
const MODE: [f64; 3] = [1.0, 1.0 / 3.0, 1.0 / 3.0];

impl Point {
    /// `Q = J^(-2/3) tr C - 3`.
    fn distortion(&self) -> f64 {
        self.stretch * self.volume.powf(-2.0 / 3.0) - 3.0
    }

    fn add(&self, d: &Derivatives, held: f64, swell: &Vector, force: &mut Vector, stiffness: &mut [Vector; 18]) {
        let power = |n: f64| self.volume.powf(-n / 3.0);
        let (by_stretch, by_volume) = (power(2.0), -2.0 / 3.0 * self.stretch * power(5.0));
        let (mixed, twice) = (-2.0 / 3.0 * power(5.0), 10.0 / 9.0 * self.stretch * power(8.0));
        let (drawn, grown) = (&self.stretch_by, &self.volume_by);
        let bend: Vector = std::array::from_fn(|i| by_stretch * drawn[i] + by_volume * grown[i]);
        for i in 0..18 {
            force[i] += self.weight * (d.q * bend[i] + held * grown[i]);
            for k in 0..18 {
                let [one, other] = [self.slopes[i / 2], self.slopes[k / 2]];
                let same = if i % 2 == k % 2 { 2.0 * (one[0] * other[0] + one[1] * other[1]) } else { 0.0 };
                let turn = one[0] * other[1] - one[1] * other[0];
                let volume = if i % 2 == k % 2 {
                    0.0
                } else if i % 2 == 0 {
                    turn
                } else {
                    -turn
                };
                let curved = by_stretch * same
                    + by_volume * volume
                    + mixed * (drawn[i] * grown[k] + grown[i] * drawn[k])
                    + twice * grown[i] * grown[k];
                stiffness[i][k] += self.weight
                    * (d.qq * bend[i] * bend[k]
                        + d.q * curved
                        + d.q_theta * (bend[i] * swell[k] + swell[i] * bend[k])
                        + d.theta_theta * swell[i] * swell[k]
                        + held * volume);
            }
        }
    }
}

/// Of the energy by distortion `q` and change of volume `theta`.
struct Derivatives {
    q: f64,
    theta: f64,
    qq: f64,
    q_theta: f64,
    theta_theta: f64,
}

impl Law {
    fn growth(&self, q: f64, theta: f64) -> f64 {
        self.stiffening * (q + self.bulk / self.shear * theta * theta)
    }

    fn energy(&self, q: f64, theta: f64) -> f64 {
        let plain = 0.5 * (self.shear * q + self.bulk * theta * theta);
        let growth = self.growth(q, theta);
        if growth.abs() < 1e-9 { plain } else { plain * growth.exp_m1() / growth }
    }

    fn derivatives(&self, q: f64, theta: f64) -> Derivatives {
        let (b, mu, k) = (self.stiffening, self.shear, self.bulk);
        let e = self.growth(q, theta).exp();
        Derivatives {
            q: 0.5 * mu * e,
            theta: k * theta * e,
            qq: 0.5 * b * mu * e,
            q_theta: b * k * theta * e,
            theta_theta: k * e * (1.0 + 2.0 * b * k / mu * theta * theta),
        }
    }
}

/// Values and slopes of the three quadratics on -1 to 1.
pub(super) fn shape(x: f64) -> ([f64; 3], [f64; 3]) {
    ([0.5 * x * (x - 1.0), 1.0 - x * x, 0.5 * x * (x + 1.0)], [x - 0.5, -2.0 * x, x + 0.5])
}
