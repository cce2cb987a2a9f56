//! The integrator on the real equations: accuracy, order, and a peer.

use differential_equations::prelude::{ExplicitRungeKutta, IVP, ODE};
use xystra_tissue::remodel::rosenbrock::{Problem, Step};
use xystra_tissue::remodel::{Course, Happening, Parameters, STATES, Site, State, Tolerance, simulate};

type States = [f64; STATES.len()];

/// Two treatments a week for some weeks.
fn visits(weeks: u32) -> Vec<Happening> {
    let starts = (0..weeks).flat_map(|week| [24.0, 96.0].map(|day_h| f64::from(week) * 168.0 + day_h));
    starts.flat_map(visit).collect()
}

/// Six minutes of strokes.
fn visit(at_h: f64) -> [Happening; 2] {
    let begin = Happening::new(at_h, "strokes-begin", &[("pressure", 30.0), ("slowness", 1.0)]);
    let variables = [("pressure", 30.0), ("minutes", 6.0), ("fibre", 0.05), ("shear", 0.1), ("belief", 1.0)];
    [begin, Happening::new(at_h + 0.1, "strokes-end", &variables)].map(|made| made.expect("it has its variables"))
}

fn course(tolerance: Tolerance) -> Course {
    let parameters = Parameters::prior().expect("priors read");
    let times_h: Vec<f64> = (0..=84).map(|day| f64::from(day) * 24.0).collect();
    simulate(&parameters, &State::rest(&parameters), &visits(5), &times_h, tolerance).expect("it runs")
}

/// The largest difference, by the larger of the value and 1.
fn apart<'a>(ones: impl IntoIterator<Item = &'a f64>, others: impl IntoIterator<Item = &'a f64>) -> f64 {
    ones.into_iter().zip(others).map(|(a, b)| (a - b).abs() / a.abs().max(1.0)).fold(0.0, f64::max)
}

#[test]
fn a_tighter_tolerance_gives_a_closer_course() {
    let exact = course(Tolerance { relative: 1e-13, absolute: 1e-15 });
    for (tolerance, bound) in [(Tolerance::REFERENCE, 1e-10), (Tolerance::DAILY, 1e-6), (Tolerance::COARSE, 1e-4)] {
        let found = course(tolerance);
        let states = apart(found.states.iter().flatten(), exact.states.iter().flatten());
        let outputs = apart(found.outputs.iter().flatten(), exact.outputs.iter().flatten());
        println!("{tolerance:?}: states {states:.1e}, outputs {outputs:.1e}");
        assert!(states < bound && outputs < bound, "{tolerance:?}: {states:e} {outputs:e}");
    }
}

#[test]
fn halving_the_step_divides_the_error_by_its_fifth_power() {
    let (site, start) = injured();
    let exact = fixed(&site, &start, 24.0, 2048);
    let errors: Vec<f64> = [16, 32, 64].iter().map(|&n| apart(&fixed(&site, &start, 24.0, n), &exact)).collect();
    let orders: Vec<f64> = errors.windows(2).map(|pair| (pair[0] / pair[1]).log2()).collect();
    println!("errors {errors:?}, orders {orders:.2?}");
    assert!(orders.iter().all(|order| (4.7..6.0).contains(order)), "{errors:?} {orders:?}");
}

#[test]
fn within_a_step_the_error_falls_with_the_fifth_power_of_its_length() {
    let (site, start) = injured();
    let error = |length: f64| {
        let step = Step::take(&site, &start, &site.jacobian(&start), length);
        let shares = [0.2, 0.5, 0.8];
        shares
            .map(|share| apart(&step.within(share), &fixed(&site, &start, share * length, 256)))
            .into_iter()
            .fold(0.0, f64::max)
    };
    let order = (error(1.0) / error(0.5)).log2();
    assert!((4.5..6.0).contains(&order), "{order}");
}

/// A site just injured: everything slow moves, and nothing is fast.
fn injured() -> (Site, States) {
    let parameters = Parameters::prior().expect("priors read");
    let rest = State::rest(&parameters);
    let mut site = Site::new(&parameters, &rest.inputs);
    let mut start = rest.values;
    site.happen(&Happening::new(0.0, "injury", &[("severity", 0.3), ("loss", 0.2)]).expect("it runs"), &mut start);
    (site, start)
}

fn fixed(site: &Site, start: &States, span_h: f64, steps: u32) -> States {
    let step = |y: States, _| Step::take(site, &y, &site.jacobian(&y), span_h / f64::from(steps)).end;
    (0..steps).fold(*start, step)
}

/// The equations as the crate differential-equations wants them.
struct Peer(Site);

impl ODE<f64, States> for Peer {
    fn diff(&self, _: f64, y: &States, slope: &mut States) {
        *slope = self.0.rate(y);
    }
}

/// The states at a time by another's explicit method of order 8, which knows no Jacobian.
fn by_peer(parameters: &Parameters, happenings: &[Happening], end_h: f64) -> States {
    let rest = State::rest(parameters);
    let mut peer = Peer(Site::new(parameters, &rest.inputs));
    let (mut at, mut y) = (0.0, rest.values);
    let mut go = |peer: &Peer, to: f64, y: &mut States| {
        let method = ExplicitRungeKutta::dop853().rtol(1e-12).atol(1e-14).max_steps(10_000_000);
        let solution = IVP::ode(peer, at, to, *y).method(method).solve().expect("it runs");
        *y = *solution.y.last().expect("it runs");
        at = to;
    };
    for happening in happenings {
        go(&peer, happening.at_h, &mut y);
        peer.0.happen(happening, &mut y);
    }
    go(&peer, end_h, &mut y);
    y
}

#[test]
fn another_crate_finds_the_same_states() {
    let parameters = Parameters::prior().unwrap();
    let happenings = visits(2);
    let theirs = by_peer(&parameters, &happenings, 500.0);
    let rest = State::rest(&parameters);
    let ours = simulate(&parameters, &rest, &happenings, &[500.0], Tolerance::REFERENCE).unwrap();
    let found = apart(&ours.states[0], &theirs);
    println!("apart by {found:.1e}");
    assert!(found < 1e-10, "{found:e}\n{:?}\n{theirs:?}", ours.states[0]);
}

#[test]
fn a_sample_on_an_events_instant_is_taken_after_it() {
    let parameters = Parameters::prior().unwrap();
    let injury = Happening::new(10.0, "injury", &[("severity", 0.5), ("loss", 0.0)]).unwrap();
    let rest = State::rest(&parameters);
    let run = |happenings: &[Happening], times_h: &[f64]| {
        simulate(&parameters, &rest, happenings, times_h, Tolerance::DAILY).unwrap().state("damage").unwrap()
    };
    assert_eq!(run(std::slice::from_ref(&injury), &[9.999, 10.0]), [0.0, 0.5]);
    assert_eq!(run(std::slice::from_ref(&injury), &[10.0])[0].to_bits(), 0.5_f64.to_bits());
    assert_eq!(run(&[injury.clone(), injury], &[10.0, 10.0]), [1.0, 1.0]);
}

#[test]
fn times_that_fall_or_lie_before_the_start_are_refused() {
    let parameters = Parameters::prior().unwrap();
    let run = |times_h: &[f64]| simulate(&parameters, &State::rest(&parameters), &[], times_h, Tolerance::DAILY);
    assert!(run(&[2.0, 1.0]).unwrap_err().to_string().contains("no earlier"));
    assert!(run(&[-1.0]).is_err());
    assert!(run(&[f64::NAN]).is_err());
}

#[test]
fn a_state_that_is_no_number_is_an_error_and_no_endless_loop() {
    let parameters = Parameters::prior().unwrap();
    let mut start = State::rest(&parameters);
    start.values[0] = f64::NAN;
    let error = simulate(&parameters, &start, &[], &[10.0], Tolerance::DAILY).unwrap_err().to_string();
    assert!(error.contains("did not settle"), "{error}");
}
