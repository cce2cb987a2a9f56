//! One step of a stiff one-step method: Rodas5P of G. Steinebach, "Construction of Rosenbrock-Wanner method Rodas5P and numerical
//! benchmarks within the Julia Differential Equations package", BIT Numerical Mathematics 63:27 (2023), doi 10.1007/s10543-023-00967-x.
//!
//! Eight stages, each one solve with the same factors of `I/(h gamma) - J`; order 5, an embedded result of order 4, L-stable,
//! and a continuous extension of order 4 for times within the step.

/// A system `y' = f(y)` of `S` equations whose Jacobian can be had.
pub trait Problem<const S: usize> {
    /// The Jacobian at a point, in whatever form.
    type Jacobian;
    /// Factors of `shift*I - J`.
    type Factors;
    /// `f(y)`
    fn rate(&self, y: &[f64; S]) -> [f64; S];
    /// `df/dy`
    fn jacobian(&self, y: &[f64; S]) -> Self::Jacobian;
    /// Factorises `shift*I - J`.
    fn factor(&self, shift: f64, jacobian: &Self::Jacobian) -> Self::Factors;
    /// Solves with the factors, in place.
    fn solve(&self, factors: &Self::Factors, b: &mut [f64; S]);
}

/// A step that was tried.
#[derive(Debug, Clone)]
pub struct Step<const S: usize> {
    /// Its length.
    pub length: f64,
    /// Where it started.
    pub start: [f64; S],
    /// Where it ended.
    pub end: [f64; S],
    stages: [[f64; S]; STAGES],
}

impl<const S: usize> Step<S> {
    /// Steps from `start` with the Jacobian there.
    pub fn take<P: Problem<S>>(problem: &P, start: &[f64; S], jacobian: &P::Jacobian, length: f64) -> Self {
        let factors = problem.factor(1.0 / (length * GAMMA), jacobian);
        let mut stages = [[0.0; S]; STAGES];
        let mut at = *start;
        for i in 0..STAGES {
            at = if i < SHARED { sum(start, &A[i], &stages[..i]) } else { sum(&at, &[1.0], &stages[i - 1..i]) };
            let slopes: [f64; STAGES] = std::array::from_fn(|j| C[i][j] / length);
            let mut stage = sum(&problem.rate(&at), &slopes, &stages[..i]);
            problem.solve(&factors, &mut stage);
            stages[i] = stage;
        }
        Self { length, start: *start, end: sum(&at, &[1.0], &stages[STAGES - 1..]), stages }
    }

    /// How far the results of order 5 and 4 are apart: the last stage itself.
    pub fn error(&self) -> &[f64; S] {
        &self.stages[STAGES - 1]
    }

    /// The state at a share of the step, 0 its start to 1 its end.
    pub fn within(&self, share: f64) -> [f64; S] {
        std::array::from_fn(|k| {
            let of = |row: &[f64; STAGES]| (0..STAGES).map(|j| row[j] * self.stages[j][k]).sum::<f64>();
            let bent = of(&H[0]) + share * (of(&H[1]) + share * of(&H[2]));
            (1.0 - share) * self.start[k] + share * (self.end[k] + (1.0 - share) * bent)
        })
    }
}

/// `base` and the stages by their weights.
fn sum<const S: usize>(base: &[f64; S], weights: &[f64], stages: &[[f64; S]]) -> [f64; S] {
    let mut total = *base;
    for (weight, stage) in weights.iter().zip(stages) {
        for (total, value) in total.iter_mut().zip(stage) {
            *total += weight * value;
        }
    }
    total
}

/// How many stages.
pub const STAGES: usize = 8;

/// From this stage on, each argument is the one before it and the stage before it.
pub const SHARED: usize = 6;

/// On the diagonal.
pub const GAMMA: f64 = 0.211_937_563_194_290_14;

/// Weights of the stages before in the argument of each.
pub const A: [[f64; 5]; SHARED] = [
    [0.0; 5],
    [3.0, 0.0, 0.0, 0.0, 0.0],
    [2.849_394_379_747_939, 0.458_422_422_044_639_23, 0.0, 0.0, 0.0],
    [-6.954_028_509_809_101, 2.489_845_061_869_568, -10.358_996_098_473_584, 0.0, 0.0],
    [2.802_998_627_562_896_4, 0.507_246_473_622_820_6, -0.398_831_254_177_052_4, -0.047_211_872_304_046_41, 0.0],
    [
        -7.502_846_399_306_121,
        2.561_846_144_803_919,
        -11.627_539_656_261_098,
        -0.182_687_676_599_422_56,
        0.030_198_172_008_377_946,
    ],
];

/// Weights of the stages before in the right-hand side of each, by the step's length.
pub const C: [[f64; STAGES]; STAGES] = [
    [0.0; 8],
    [-14.155_112_264_123_755, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-17.972_960_358_859_52, -2.859_693_295_451_294, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [147.121_502_757_117_16, -1.412_214_027_182_13, 71.689_402_513_023_58, 0.0, 0.0, 0.0, 0.0, 0.0],
    [
        165.435_170_248_716_76,
        -0.459_282_345_649_112_6,
        42.909_383_369_586_03,
        -5.961_986_721_573_306,
        0.0,
        0.0,
        0.0,
        0.0,
    ],
    [
        24.854_864_614_690_072,
        -3.000_922_700_283_218_6,
        47.493_111_002_076_8,
        5.581_419_782_155_812_5,
        -0.661_069_182_524_947_1,
        0.0,
        0.0,
        0.0,
    ],
    [
        30.912_732_140_285_99,
        -3.120_824_334_993_797_4,
        77.799_546_460_708_92,
        34.286_460_282_947_83,
        -19.097_331_116_725_623,
        -28.087_943_162_872_662,
        0.0,
        0.0,
    ],
    [
        37.802_771_233_905_63,
        -3.257_196_902_907_227_6,
        112.269_188_494_963_27,
        66.934_723_124_404_7,
        -40.066_189_370_910_02,
        -54.667_802_628_779_68,
        -9.488_616_523_096_27,
        0.0,
    ],
];

/// The continuous extension: weights of the stages, by powers of the share of the step.
pub const H: [[f64; STAGES]; 3] = [
    [
        25.948_786_856_663_858,
        -2.557_972_484_584_623_5,
        10.433_815_404_888_879,
        -2.367_925_102_268_520_4,
        0.524_948_541_321_073,
        1.124_108_831_045_040_4,
        0.427_287_619_443_187_4,
        -0.172_022_210_701_554_93,
    ],
    [
        -9.915_688_506_951_71,
        -0.968_994_459_411_515_4,
        3.043_803_724_297_845_3,
        -24.495_224_566_215_796,
        20.176_138_334_709_044,
        15.980_663_614_246_51,
        -6.789_040_303_419_874,
        -6.710_236_069_923_372,
    ],
    [
        11.419_903_575_922_262,
        2.887_964_514_613_699_4,
        72.921_379_959_960_29,
        80.125_118_346_226_43,
        -52.072_871_366_152_654,
        -59.789_936_252_667_29,
        -0.155_826_842_827_519_13,
        4.883_087_185_713_722,
    ],
];
