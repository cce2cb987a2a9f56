//! The page of docs/validation.

mod table;

use std::fmt::Write as _;

use xystra_cohort::trust::{Calibration, Power, Report, Share};

use super::chart::BINS;

/// The bands of nine in ten should hold the truth between these shares of the time.
const AIM: [f64; 2] = [0.87, 0.93];

/// The whole page; `picture` is the file beside it with the rank histograms.
pub(super) fn page(report: &Report, picture: Option<&str>) -> String {
    let mut text = format!("# How far to trust the outlook\n\n{}", head(report));
    text += &in_short(report);
    text += &right(report, picture);
    text += &wrong(report);
    text += &nothing(report);
    text += &telling(report);
    text + LIMITS
}

fn head(report: &Report) -> String {
    let setup = &report.setup;
    format!(
        "Made by `xystra cohort trust --clients {} --seed {} --out docs/validation/outlook.md`, {}; do not edit. Invented clients whose truth is\n\
         known are weighed by their records as real ones are (docs/methods/outlook.md). This asks whether the *arithmetic* keeps its word, and\n\
         what its bands are worth where the model is wrong in a known way. Whether the model is right about people is another question:\n\
         docs/validation/natural-course.md and docs/validation/studies.md have real ones.\n\n",
        setup.clients,
        setup.seed,
        jiff::Zoned::now().date()
    )
}

fn in_short(report: &Report) -> String {
    let [low, high] = ends(report.right.columns.iter().map(|column| column.within(0.9).value()));
    let missed = table::missed(&report.right, AIM);
    let kept = if missed.is_empty() {
        "all within the 87 to 93 % that were asked for".to_owned()
    } else {
        format!("outside the 87 to 93 % that were asked for: {}", missed.join("; "))
    };
    let all = |value: fn(&Power) -> f64| ends(report.power.iter().map(value));
    let ([null, _], [_, false_help]) = (all(|one| one.none.holds_zero.value()), all(said_anything));
    let [few_low, few_high] = ends(report.several.columns.iter().map(|column| column.within(0.9).value()));
    format!(
        "## In short\n\n\
         * If people are as the model takes them to be, a band of nine in ten holds the truth in {} to {} % of clients, by what is asked; {kept}.\n\
         * With several measures and reactions {} to {} % in {} clients: so few that the 95 % interval of a right band is some 7 % either way, but\n  \
         where clients are worth few equally likely ones (table of sizes), take bands as a little too narrow.\n\
         * If people are not so, it may hold the truth far less often: {}. Read a band as\n  \
         \"if this client is like those we imagine\".\n\
         * Where strokes do nothing, the interval of their effect holds zero in at least {} % of clients in every design, and \"helps\" or \"harms\"\n  \
         is said of at most {} %.\n\
         * Where strokes gained two points or more: {}\n\n",
        percent(low),
        percent(high),
        percent(few_low),
        percent(few_high),
        report.several.effective.len(),
        table::worst(&report.wrong).join("; "),
        percent(null),
        percent(false_help),
        verdict_on_power(report).replace('\n', "\n  ")
    )
}

fn said_anything(one: &Power) -> f64 {
    one.none.helps.value() + one.none.harms.value()
}

/// How many are told at best, by what is done for it.
fn verdict_on_power(report: &Report) -> String {
    let best = |is: &dyn Fn(&Power) -> bool| {
        let shares = report.power.iter().filter(|one| is(one)).map(|one| one.strong.helps.value());
        percent(ends(shares)[1])
    };
    let is_plain = |one: &Power| !one.design.baselines && !one.design.pause;
    let is_sure = report.power.iter().any(|one| one.strong.helps.interval()[0] >= 0.8);
    let sure = if is_sure { "Some design surely tells four of five." } else { "No design surely tells four of five." };
    format!(
        "Treated from the first day and without a break, at most {} % are told \"helps\", however many sessions. With two weeks of measuring before\n\
         the first session, or a break of three weeks, or both, at most {} % if measured once a week, {} % three times a week, {} % every day. More\n\
         sessions alone hardly help. {sure} For most, \"cannot tell\" is the honest answer unless somebody measured before the first session.",
        best(&is_plain),
        best(&|one| one.per_week == 1),
        best(&|one| one.per_week == 3),
        best(&|one| one.per_week == 7),
    )
}

fn right(report: &Report, picture: Option<&str>) -> String {
    let mut text = format!(
        "## Clients as the model takes them to be\n\n\
         Simulation-based calibration (Talts and others 2018). {} clients are drawn from the very prior; each lives through 8 sessions in 4 weeks,\n\
         forces known by their band; pain is written down 10 times with the error, the rounding, the ends of the scale and the slips that weighing\n\
         assumes. Each is then weighed alone by {} virtual clients, of whom {} are run on, with a seed of its own. Where the truth lies among\n\
         them must be even between 0 and 1: each of {BINS} bars within the grey band 99 times in 100, so that one or two of a hundred bars may lie\n\
         outside. *Uneven by chance* is the chance of bars at least as uneven if all is right.\n\n",
        report.setup.clients, report.setup.weighed, report.setup.forecast
    );
    if let Some(picture) = picture {
        let _ = writeln!(text, "![Rank histograms: one small chart for each quantity]({picture})\n");
    }
    text += TIES;
    text += &table::right(&report.right);
    let several = &report.several;
    let _ = write!(
        text,
        "\nThe same for {} clients whose pain and function are asked five times, a movement measured three times, and the skin graded after each\n\
         session; four times as many virtual clients weigh each.\n\n",
        several.effective.len()
    );
    text += &table::right(several);
    text += &sizes(&[&report.right, several]);
    text
}

/// What the two numbers of a cell are.
const TIES: &str = "Values that come in steps, and effects that are exactly zero in many, tie. *Counted in part* breaks ties by chance: only then is \
                    90 % what a right band holds.\n*As drawn* is the band on the page with both ends: where there are ties it holds more than it \
                    says. In brackets 95 % intervals.\n\n";

fn sizes(all: &[&Calibration]) -> String {
    let mut text = "\nHow many equally likely clients the weighed ones are worth:\n\n| record | least | one in ten below | middle |\n|---|---|---|---|\n".to_owned();
    for one in all {
        let at = |part: usize| one.effective[(one.effective.len() - 1) / part];
        let _ = writeln!(text, "| {} | {:.0} | {:.0} | {:.0} |", one.says, one.effective[0], at(10), at(2));
    }
    text + "\n"
}

fn wrong(report: &Report) -> String {
    let few: usize = report.wrong.iter().map(|one| one.alone).sum();
    let all: usize = report.wrong.iter().map(|one| one.effective.len()).sum();
    format!(
        "## Clients as the model does not take them to be\n\n\
         Truth and model differ in one way each; weighing does not know it. Cells: share of clients whose truth the 90 % band holds, ties counted\n\
         in part; 90 is right, and with {} clients 87 to 93 is chance. These clients share {} virtual ones from the prior; {few} of {all} whose\n\
         record made these worth fewer than 200, and all of those who may leave, were weighed alone as above; of these, half as many were tried.\n\
         Pain, points of 10.\n\n{}\n{}",
        report.setup.clients,
        report.setup.bank,
        table::wrong(&report.wrong),
        WRONG
    )
}

/// What the rows mean.
const WRONG: &str = "Rows: *by ... only*: the other mechanisms of the strokes are switched off in truth. *In everybody*: people do not differ in how \
strokes act, and\nact as said by the mean person. *Comes no more*: before each visit, those whose true pain is below 1.5 or above 7 stay away for good \
with chance\n0.3, others with 0.02; it depends on what nobody wrote down. *Forces*: every stroke beyond the band's end by 40 %. *Relapse*: at a random \
hour in 12\nweeks, 70 % of what was gained since entry is lost and stays lost.\n\n";

fn nothing(report: &Report) -> String {
    format!(
        "## Where strokes do nothing\n\nBy design: the interval of the effect must hold zero in 90 % or more. Said: the verdict three days after the \
         last session.\n\n{}\n",
        table::nothing(&report.power)
    )
}

fn telling(report: &Report) -> String {
    format!(
        "## How many it takes to tell\n\n\
         Clients from the prior whom strokes gained 2 points of pain or more by the end: the change that counts to a person. Chosen for a large\n\
         effect, they lie in the upper tail of what is foretold, so that bands hold them less often than 90 %. *Baseline*: two weeks of measuring\n\
         before the first session. *Break*: three weeks without sessions in the middle. Two sessions a week.\n\n{}\n{}",
        table::telling(&report.power),
        verdict_on_power(report) + "\n\n"
    )
}

const LIMITS: &str = "## What this does not show\n\n\
* Errors of measuring are independent here. Pain on one day and the next is not: measuring daily will tell less than the tables say.\n\
* Truths come from our own prior, whose spreads between people are ours (data/cohort/population.toml). Other people, other tables.\n\
* Wrong models are wrong in one way at a time, and only in ways that we thought of.\n";

fn ends(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values
        .filter(|value| !value.is_nan())
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)])
}

/// In hundredths, rounded.
fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.0}", share * 100.0) } else { "none".to_owned() }
}

/// A share with its interval.
fn with_interval(share: Share) -> String {
    let [low, high] = share.interval();
    format!("{:.1} ({:.0}-{:.0})", share.value() * 100.0, low * 100.0, high * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use xystra_cohort::trust::{Column, Design, Rank, Said, Setup};

    /// A report in which every truth lies at `share` among what was foretold.
    fn report(share: f64) -> Report {
        let rank = Rank { below: share, same: 0.0, luck: 0.5 };
        let column = Column { name: "nprs: level now".to_owned(), ranks: vec![rank; 20], means: [3.0, 2.5] };
        let of = |says: &str| Calibration {
            says: says.to_owned(),
            columns: vec![column.clone()],
            effective: vec![300.0; 20],
            alone: 1,
        };
        let part = |count| Share { count, of: 20 };
        let said = |helps| Said {
            helps: part(helps),
            adds_nothing: part(0),
            harms: part(0),
            holds_zero: part(19),
            holds_truth: part(15),
            gain: 2.5,
            width: 1.5,
            prior_width: 3.5,
            effective: 400.0,
            alone: 2,
        };
        let design = Design { sessions: 8, baselines: true, pause: false };
        Report {
            setup: Setup::new(20, 1, 0),
            right: of("pain"),
            several: of("several"),
            wrong: vec![of("none"), of("a relapse")],
            power: vec![Power { design, per_week: 3, measured: 19, none: said(0), strong: said(9) }],
        }
    }

    #[test]
    fn bands_that_miss_are_named_and_those_that_hold_are_not_boasted_of() {
        let page = page(&report(0.99), Some("outlook.svg"));
        assert!(page.contains("outside the 87 to 93 % that were asked for: nprs: level now (0.0 %)"), "{page}");
        assert!(page.contains("a relapse: 0 % (nprs: level now)") && page.contains("](outlook.svg)"), "{page}");
    }

    #[test]
    fn designs_that_do_not_tell_are_said_not_to() {
        let page = page(&report(0.5), None);
        assert!(page.contains("No design surely tells four of five") && !page.contains("]("), "{page}");
        assert!(page.contains("| 8 sessions, baseline, 3 a week | 19 | 20 | 45.0 (26-66) |"), "{page}");
    }
}
