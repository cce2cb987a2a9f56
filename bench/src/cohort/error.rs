//! How far daily outputs lie from the truth, client by client.

/// Quantities that never get larger than this are compared by this: healthy levels are about 1.
const FLOOR: f64 = 1e-3;

/// Daily outputs of clients.
#[derive(Debug, Clone, PartialEq)]
pub struct Outputs {
    /// By client, then day, then output.
    pub values: Vec<f64>,
    /// Samples of a client.
    pub days: usize,
    /// Outputs of a sample.
    pub width: usize,
}

/// The largest difference in the course of each client, each output by its own largest size there.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors(Vec<f64>);

impl Outputs {
    /// How many clients.
    pub fn clients(&self) -> usize {
        self.values.len() / self.course()
    }

    fn course(&self) -> usize {
        self.days * self.width
    }
}

impl Errors {
    /// Of the clients whom `other` has; what is no number is an error without end.
    pub fn between(truth: &Outputs, other: &Outputs) -> Self {
        let courses = truth.values.chunks(truth.course()).zip(other.values.chunks(truth.course()));
        Self(courses.map(|(truth_course, course)| apart(truth_course, course, truth.width)).collect())
    }

    /// That of the client who is worst off.
    pub fn worst(&self) -> f64 {
        self.0.iter().copied().fold(0.0, f64::max)
    }

    /// That of the middle client.
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::INFINITY)
    }
}

/// The largest difference of two courses.
fn apart(truth: &[f64], other: &[f64], width: usize) -> f64 {
    let mut sizes = vec![FLOOR; width];
    for (place, value) in truth.iter().enumerate() {
        sizes[place % width] = value.abs().max(sizes[place % width]);
    }
    if truth.len() != other.len() {
        return f64::INFINITY;
    }
    let scaled = truth.iter().zip(other).enumerate().map(|(place, (a, b))| (a - b).abs() / sizes[place % width]);
    scaled.fold(0.0, |worst, one| if one.is_nan() { f64::INFINITY } else { worst.max(one) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(values: &[f64]) -> Outputs {
        Outputs { values: values.to_vec(), days: 2, width: 2 }
    }

    #[test]
    fn each_output_is_held_to_its_own_size() {
        let truth = outputs(&[100.0, 0.1, 50.0, 0.2, 1.0, 1.0, 1.0, 1.0]);
        let other = outputs(&[101.0, 0.1, 50.0, 0.24, 1.0, 1.0, 1.0, 1.0]);
        let errors = Errors::between(&truth, &other);
        assert!((errors.worst() - 0.2).abs() < 1e-12, "{errors:?}");
        assert_eq!(errors.0.len(), 2);
    }

    #[test]
    fn what_is_no_number_or_missing_is_wrong_without_end() {
        let truth = outputs(&[1.0; 4]);
        assert!(Errors::between(&truth, &outputs(&[1.0, 1.0, f64::NAN, 1.0])).worst().is_infinite());
        assert!(Errors::between(&truth, &outputs(&[1.0, 1.0])).worst().is_infinite());
        assert!(Errors::between(&truth, &outputs(&[1.0; 4])).worst() == 0.0);
    }
}
