//! The outlook on an invented client: `cargo run --release -p xystra-cohort --example outlook [CLIENTS]`.
//!
//! Weighs virtual clients (100,000 unless said otherwise) by what an invented client with neck pain reported over four weeks, runs some of
//! them on through six plans, and says how long each step took.

use std::error::Error;
use std::time::Instant;

use xystra_cohort::answer::{Answer, Effect};
use xystra_cohort::case::{Case, Choice, Observation, Session, example};
use xystra_cohort::forecast;
use xystra_cohort::weigh::{Effort, weigh};

fn main() -> Result<(), Box<dyn Error>> {
    let clients = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let effort = Effort { clients, forecast: (clients / 10).max(100), ..Effort::full(1) };
    let (case, times_h) = (case(), example::times_h(&example::case()));
    let choices = choices(&case);

    let started = Instant::now();
    let weighed = weigh(&case, &effort)?;
    println!("{:?}\n", weighed.weighing());
    println!("weighed by {} observations: {:.2} s", case.observations.len(), started.elapsed().as_secs_f64());

    let started = Instant::now();
    let answer = forecast::answer(&case, &weighed, &choices, &times_h, &effort)?;
    println!("answer with {} choices: {:.2} s", choices.len(), started.elapsed().as_secs_f64());

    let kept = weighed.kept(2000);
    let started = Instant::now();
    forecast::what_if(&case, &kept, &choices[2], &times_h)?;
    println!("what if, from {} kept clients: {:.0} ms", kept.size(), started.elapsed().as_secs_f64() * 1e3);
    println!("kept: {} bytes; answer: {} bytes", size(&kept)?, size(&answer)?);
    print_memory();
    tell(&answer);
    Ok(())
}

/// The example's case with ten observations of pain.
fn case() -> Case {
    let values = [6.0, 6.0, 5.0, 5.0, 5.0, 4.0, 4.0, 4.0, 3.0, 3.0];
    let at_h = |k: usize| example::WEEK_H * 4.0 * k as f64 / 9.0;
    let observations = values.into_iter().enumerate();
    let observations = observations.map(|(k, value)| Observation { track: 0, at_h: at_h(k), value }).collect();
    Case { observations, tracks: example::tracks()[..1].to_vec(), ..example::case() }
}

/// Six plans: two that are usual, and four changes.
fn choices(case: &Case) -> Vec<Choice> {
    let plan = |id: &str, sessions: Vec<Session>| Choice { id: id.to_owned(), sessions };
    let usual = || example::sessions(case.now_h + 24.0, 8);
    let later = |session: Session| Session { at_h: session.at_h + 3.0 * example::WEEK_H, ..session };
    vec![
        plan("continue", usual()),
        plan("stop", Vec::new()),
        plan("lighter", usual().into_iter().map(|one| with_force(one, 0.6)).collect()),
        plan("firmer", usual().into_iter().map(|one| with_force(one, 1.6)).collect()),
        plan("fewer", usual().into_iter().step_by(2).collect()),
        plan("break", usual().into_iter().map(later).collect()),
    ]
}

fn with_force(mut session: Session, by: f64) -> Session {
    for strokes in &mut session.strokes {
        let force = &mut strokes.force;
        (force.newton, force.low, force.high) = (force.newton * by, force.low * by, force.high * by);
    }
    session
}

fn size(value: &impl serde::Serialize) -> Result<usize, serde_json::Error> {
    Ok(serde_json::to_string(value)?.len())
}

/// The most memory that was held, where the system says so.
fn print_memory() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("most memory: {}\n", most.map_or("not known", str::trim));
}

fn tell(answer: &Answer) {
    println!("chance of a bruise after the next session: {:?}", answer.bruise);
    for track in &answer.tracks {
        println!("\n{}", track.track);
        for ahead in &track.ahead {
            let (last, chance) = (ahead.bands.last(), ahead.chances.last());
            println!("  {:10} {:?} chance {:?}", ahead.choice, last.map(|band| (band.middle, band.ninety)), chance);
        }
        for effect in [&track.effect, &track.effect_ahead] {
            told(effect);
        }
    }
    for design in &answer.designs {
        println!("  {design:?}");
    }
}

fn told(effect: &Effect) {
    println!("  effect at {} h: {:?}", effect.at_h, effect.verdict);
    println!("    before {:?}\n    after  {:?}", effect.prior, effect.posterior);
    for part in &effect.parts {
        println!("    {:12} {:6.2} -> {:6.2} {:.2?}", part.cause, part.prior.0, part.posterior.0, part.posterior.1);
    }
}
