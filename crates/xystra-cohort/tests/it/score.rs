//! Forecasts of made-up clients: right where the world is as the model thinks, told honestly where it is not.

use std::fmt::Write as _;

use xystra_cohort::draw::Draw;
use xystra_cohort::natural::Natural;
use xystra_cohort::natural::fit::Effort;
use xystra_cohort::score::{Line, Options, Report, score};

const OPTIONS: Options = Options { seed: 1, effort: Effort { nodes: 4096, rounds: 40 } };

/// Made-up clients in two arms; the second is faster. `write` makes the score of a level on 0-10, 0 best, of one client at one visit.
fn trial(clients: u64, scale: &str, write: &dyn Fn(f64, u64) -> String) -> String {
    let mut text = "id,time_weeks,arm,score,scale\n".to_owned();
    let number = |name: &str, i| Draw::of(3, name).normal(i);
    for i in 0..clients {
        let arm = ["waiting", "treated"][(i % 2) as usize];
        let faster = if arm == "treated" { 0.7 } else { 0.0 };
        let one = Natural::of([
            6.0 + 1.5 * number("entry", i),
            -7.0 + faster + 0.7 * number("rate", i),
            -0.8 + 1.5 * number("plateau", i),
            -0.1 + 0.3 * number("noise", i),
        ]);
        for (visit, weeks) in [0.0, 6.0, 12.0, 26.0].into_iter().enumerate() {
            let seen = one.level(weeks * 168.0) + one.noise * number(&format!("visit {visit}"), i);
            let lost = visit > 0 && Draw::of(3, &format!("lost {visit}")).uniform(i) < 0.2;
            let value = if lost { String::new() } else { write(seen.clamp(0.0, 10.0), i * 4 + visit as u64) };
            let _ = writeln!(text, "p{i},{weeks},{arm},{value},{scale}");
        }
    }
    text
}

fn whole(level: f64, _: u64) -> String {
    format!("{}", level.round())
}

fn report(text: &str) -> Report {
    score("trial.csv", text, &OPTIONS).expect("it goes well").remove(0)
}

fn all(report: &Report, given_weeks: f64) -> &Line {
    let is_all =
        |line: &&Line| line.given_weeks.total_cmp(&given_weeks).is_eq() && line.weeks.is_none() && line.arm.is_none();
    report.lines.iter().find(is_all).expect("it goes well")
}

#[test]
fn made_up_clients_are_covered_and_beat_simple_forecasts() {
    let report = report(&trial(400, "0-10", &whole));
    for given in [0.0, 6.0] {
        let line = all(&report, given);
        let [ours, ..] = line.forecasts;
        println!("{given} {ours:?} {:?}", line.ratios);
        assert!((ours.exact[1] - 0.9).abs() < 0.05 && (ours.exact[0] - 0.5).abs() < 0.09, "{:?}", ours.exact);
        assert!(ours.coverage[1] > 0.87, "{:?}", ours.coverage);
        assert!(
            line.ratios.iter().all(|ratio| ratio.ratio < 1.0 && ratio.ninety[0] <= ratio.ratio),
            "{:?}",
            line.ratios
        );
    }
    assert_eq!(report.clients, [200, 200]);
    assert!(report.lines.iter().any(|line| line.arm.as_deref() == Some("treated") && line.weeks == Some(26.0)));
}

#[test]
fn a_hundred_points_the_other_way_round_say_the_same() {
    let ten = report(&trial(120, "0-10", &whole));
    let hundred = report(&trial(120, "100-0", &|level, _| format!("{}", 100.0 - 10.0 * level.round())));
    let (a, b) = (all(&ten, 0.0), all(&hundred, 0.0));
    assert!(hundred.more_is_better && !ten.more_is_better);
    assert!((10.0 * a.forecasts[0].crps - b.forecasts[0].crps).abs() < 1e-6, "{a:?} {b:?}");
    let bits = |line: &Line| line.forecasts[0].coverage.map(f64::to_bits);
    assert_eq!(bits(a), bits(b));
}

#[test]
fn a_direction_that_nobody_said_is_learnt_from_the_first_half_and_told() {
    let report = report(&trial(120, "0-100", &|level, _| format!("{:.0}", 100.0 - 10.0 * level)));
    assert!(report.more_is_better);
    assert!(report.assumed.expect("it goes well").contains("scores of the first half rise"));
}

#[test]
fn small_trials_and_several_scales_work() {
    let small = trial(20, "nprs", &whole);
    let more = trial(30, "visa-a", &|level, _| format!("{:.0}", 100.0 - 10.0 * level)).replace("\np", "\nq");
    let both = small + more.split_once('\n').expect("it goes well").1;
    let reports = score("trial.csv", &both, &OPTIONS).expect("it goes well");
    assert_eq!(reports.iter().map(|report| report.scale.as_str()).collect::<Vec<_>>(), ["nprs", "visa-a"]);
    assert!(reports.iter().all(|report| all(report, 0.0).n >= 10), "{reports:?}");
}

#[test]
fn what_the_second_half_says_changes_no_forecast() {
    let text = trial(80, "0-10", &whole);
    let before = report(&text);
    // Whoever is forecast says 10 at the end: the middle client, fitted on the others, must not move.
    let second = second_half(&text);
    let spoilt = text.lines().map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        let is_end = fields[1] == "26" && !fields[3].is_empty() && second.contains(&fields[0].to_owned());
        if is_end { format!("{},26,{},10,0-10\n", fields[0], fields[2]) } else { format!("{line}\n") }
    });
    let after = report(&spoilt.collect::<String>());
    assert_eq!(before.middle, after.middle);
    assert!(all(&after, 0.0).forecasts[0].crps > all(&before, 0.0).forecasts[0].crps);
}

/// The ids that are forecast: those in whose absence the fit stays as it is are found by leaving each out of the scoring alone.
fn second_half(text: &str) -> Vec<String> {
    let mut ids: Vec<(&str, f64, String)> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|fields| fields[1] == "0")
        .map(|fields| (fields[2], Draw::of(OPTIONS.seed, fields[0]).uniform(0), fields[0].to_owned()))
        .collect();
    ids.sort_by(|a, b| a.0.cmp(b.0).then(a.1.total_cmp(&b.1)));
    ids.into_iter().skip(1).step_by(2).map(|(_, _, id)| id).collect()
}

#[test]
fn too_little_is_refused_with_what_is_missing() {
    let refusal = |text: &str| score("t.csv", text, &OPTIONS).unwrap_err().to_string();
    let few = trial(6, "0-10", &whole);
    assert!(refusal(&few).contains("at least 8 are needed to fit on half of them"), "{}", refusal(&few));
    let is_entry = |line: &&str| line.starts_with("id") || line.split(',').nth(1) == Some("0");
    let once = few.lines().filter(is_entry).collect::<Vec<_>>().join("\n");
    assert!(refusal(&once).contains("nobody has a score after week 1"), "{}", refusal(&once));
}
