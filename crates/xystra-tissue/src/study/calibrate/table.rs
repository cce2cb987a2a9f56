//! A calibration as text.

use std::fmt::{self, Display, Formatter};

use crate::library::library;
use crate::study::calibrate::{Misfit, Outcome};

impl Display for Outcome {
    /// Parameters with prior, value, 90 % interval and what was learnt; then the findings, the worst first.
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let one = &self.calibration;
        writeln!(
            f,
            "{}: {} studies, {} verified endpoints, cost {}, effective parameters {}",
            one.id,
            one.studies.len(),
            one.endpoints,
            one.cost,
            one.freedom
        )?;
        self.parameters(f)?;
        self.between(f)?;
        self.findings(f)
    }
}

impl Outcome {
    fn parameters(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\n{:26} {:>10} {:>10} {:>23} {:>7}", "parameter", "prior", "value", "90 % interval", "learnt")?;
        for one in &self.calibration.values {
            let prior = library().prior(&one.id).map_or(f64::NAN, |prior| prior.value);
            let interval = format!("{} to {}", one.low, one.high);
            writeln!(f, "{:26} {prior:>10} {:>10} {interval:>23} {:>5.0} %", one.id, one.value, 100.0 * one.learnt)?;
        }
        Ok(())
    }

    fn between(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\n{:26} {:>10}", "quantity", "between")?;
        self.calibration.between.iter().try_for_each(|(key, deviation)| writeln!(f, "{key:26} {deviation:>10}"))
    }

    fn findings(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(
            f,
            "\n{:24} {:30} {:>10} {:>10} {:>9} {:>7}",
            "study", "endpoint", "published", "simulated", "1 SD", "off by"
        )?;
        let mut worst: Vec<&Misfit> = self.misfits.iter().collect();
        worst.sort_by(|a, b| b.residual.abs().total_cmp(&a.residual.abs()));
        for one in worst {
            let published = one.published.map_or(String::from("-"), |number| format!("{number}"));
            let (mark, deviation) = (if one.assumed { "*" } else { "" }, one.deviation);
            let deviation = format!("{deviation:.3}{mark}");
            writeln!(
                f,
                "{:24} {:30} {published:>10} {:>10.3} {deviation:>9} {:>7.2}",
                one.study, one.endpoint, one.simulated, one.residual
            )?;
        }
        writeln!(f, "* the paper gives no standard error: from the width of the band")
    }
}
