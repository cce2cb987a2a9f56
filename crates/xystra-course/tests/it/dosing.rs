use uuid::Uuid;
use xystra_care::id::RecordingId;
use xystra_care::plan::{Planned, Target};
use xystra_care::practice::ForceUnit;
use xystra_care::session::{Application, Force};
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_course::dosing::{AppliedDose, analyse_recording, applied, force_words, recording_of, target_words};
use xystra_dose::read::Reading;
use xystra_dose::{Dose, Error, Estimate, Options, Provenance, Sweeps};
use xystra_testkit::{SITE, region};

fn application(force: Force) -> Application {
    let target = Target::Band(Band::Low);
    let planned =
        Planned { region: region(SITE), instrument: String::new(), stroke: "sweep".into(), target, minutes: 3.0 };
    Application { force, ..Application::planned(&planned) }
}

fn recorded() -> Dose {
    let bytes = Sweeps::default().to_csv();
    let analysis = analyse_recording("sweeps.csv", bytes.as_bytes(), &Reading::default(), &Options::default());
    analysis.expect("a clean recording").dose
}

fn dose(application: &Application) -> AppliedDose {
    applied(application, Some(&recorded()), catalog())
}

/// The quantities that every dose has.
fn always(dose: &Dose) -> [Estimate; 5] {
    [dose.contact_s, dose.strokes, dose.mean_force_n, dose.peak_force_n, dose.impulse_ns]
}

#[test]
fn a_guess_stays_as_wide_as_the_clinicians() {
    let guessed = dose(&application(Force::Guessed));
    assert_eq!(guessed.provenance, Provenance::Guessed);
    assert_eq!(guessed.measured(), None, "a recording that the application does not name is left aside");
    assert_eq!(guessed.words(ForceUnit::Newton), "4.5 N (1.6–10), 3 min");
    assert_eq!(guessed.words(ForceUnit::KilogramForce), "0.46 kgf (0.16–1.02), 3 min");
    let dose = guessed.dose.unwrap();
    assert_eq!(dose.mean_force_n, Estimate::new(4.5, 1.6, 10.0));
    assert_eq!((dose.peak_force_n.value, dose.force_cv.unwrap().high), (6.7, 0.35));
    assert!((dose.contact_s.value - 108.0).abs() < 1e-9, "{:?}", dose.contact_s);
    assert!((dose.impulse_ns.value - 486.0).abs() < 1e-9);
    // Both doubts together are wider than either, and narrower than their product.
    assert!(dose.impulse_ns.high > 10.0 * 108.0 && dose.impulse_ns.high < 10.0 * 162.0, "{:?}", dose.impulse_ns);
    assert!(always(&dose).iter().all(|quantity| quantity.low < quantity.value && quantity.value < quantity.high));
    assert_eq!((dose.mean_resultant_n, dose.length_m, dose.duty), (None, None, None));
}

#[test]
fn a_band_is_its_range_and_the_clinicians_count() {
    let banded = Application { strokes: Some(120), minutes: Some(5.0), ..application(Force::Banded(Band::Medium)) };
    let applied = dose(&banded);
    assert_eq!(applied.words(ForceUnit::Newton), "4.8 N (3.5–6), about 120 strokes, 5 min");
    assert!(applied.region.contains("left forearm extensors"), "{}", applied.region);
    let dose = applied.dose.unwrap();
    assert_eq!((dose.mean_force_n.low, dose.mean_force_n.high), (3.5, 6.0));
    assert_eq!(dose.strokes, Estimate::new(120.0, 96.0, 150.0));
    assert!(dose.peak_force_n.value > 6.7 && dose.peak_force_n.low > 3.5, "{:?}", dose.peak_force_n);
    assert_eq!((dose.rate_per_min, dose.force_cv), (None, None));
}

#[test]
fn strokes_that_nobody_counted_follow_from_the_rate() {
    let dose = dose(&application(Force::Guessed)).dose.unwrap();
    assert_eq!(dose.rate_per_min, Some(Estimate::new(30.0, 15.0, 60.0)));
    assert!((dose.strokes.value - 90.0).abs() < 1e-9 && (dose.strokes.high - 180.0).abs() < 1e-9);
}

#[test]
fn where_no_minutes_were_said_the_doubt_grows() {
    let said = dose(&application(Force::Guessed)).dose.unwrap();
    let unsaid = dose(&Application { minutes: None, ..application(Force::Guessed) }).dose.unwrap();
    let width = |dose: &Dose| dose.contact_s.high / dose.contact_s.low;
    assert!(width(&unsaid) > 1.5 * width(&said));
    let never = dose(&Application { minutes: Some(0.0), ..application(Force::Guessed) }).dose.unwrap();
    assert_eq!(never.contact_s, unsaid.contact_s, "no time at all is not a time");
}

#[test]
fn each_number_says_what_it_stands_on() {
    let sources = |force| {
        let basis = dose(&application(force)).basis;
        basis.into_iter().map(|basis| (basis.quantity, basis.source, basis.verified)).collect::<Vec<_>>()
    };
    let guessed = sources(Force::Guessed);
    assert_eq!(guessed[0], ("force", "martonick2022".to_owned(), true));
    assert_eq!(guessed[1], ("contact", "clinician".to_owned(), true));
    assert!(guessed.contains(&("strokes", "everingham2019".to_owned(), false)));
    assert_eq!(sources(Force::Banded(Band::Low))[0], ("force", "xystra".to_owned(), false));
    let measured = sources(Force::Measured(RecordingId(Uuid::nil())));
    assert_eq!(measured, [("all", "recording".to_owned(), true)]);
}

#[test]
fn a_recording_says_force_and_strokes() {
    let measured = Application { strokes: Some(99), ..application(Force::Measured(RecordingId(Uuid::nil()))) };
    assert_eq!(recording_of(&measured), Some(RecordingId(Uuid::nil())));
    let (dose, truth) = (dose(&measured), recorded());
    assert_eq!((dose.dose, dose.measured()), (Some(truth), Some(&truth)));
    let force = force_words(truth.mean_force_n, ForceUnit::Newton);
    assert_eq!(dose.words(ForceUnit::Newton), format!("{force}, 20 strokes, 3 min"));
    let no_minutes = applied(&Application { minutes: None, ..measured }, Some(&truth), catalog());
    assert!(no_minutes.words(ForceUnit::Newton).ends_with("s in contact"));
}

#[test]
fn a_recording_without_a_dose_is_not_replaced_by_a_guess() {
    let dose = applied(&application(Force::Measured(RecordingId(Uuid::nil()))), None, catalog());
    assert_eq!((dose.provenance, dose.dose), (Provenance::Measured, None));
    assert_eq!(dose.words(ForceUnit::Newton), "force not known, 3 min");
}

#[test]
fn a_force_without_doubt_shows_none() {
    assert_eq!(force_words(Estimate::exact(4.0), ForceUnit::Newton), "4 N");
    assert_eq!(force_words(Estimate::new(4.0, 3.94, 4.11), ForceUnit::Newton), "4 N (3.9–4.1)");
}

#[test]
fn a_target_in_words() {
    assert_eq!(target_words(Target::Band(Band::Low), ForceUnit::Newton, catalog()), "light (1.6–3.5 N)");
    assert_eq!(target_words(Target::Newton { low: 4.2, high: 5.0 }, ForceUnit::Newton, catalog()), "4.2–5 N");
}

#[test]
fn bytes_that_are_no_recording_are_an_error() {
    let error = analyse_recording("notes.csv", b"hello", &Reading::default(), &Options::default());
    assert!(error.is_err_and(|error: Error| !error.to_string().is_empty()));
}
