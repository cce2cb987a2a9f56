use uuid::Uuid;
use xystra_care::id::RecordingId;
use xystra_care::plan::{Planned, Target};
use xystra_care::practice::ForceUnit;
use xystra_care::session::{Application, Force};
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_course::dosing::{AppliedDose, AppliedForce, Counted, analyse_recording, applied, target_words};
use xystra_dose::{Dose, Error, Options, Provenance, Sweeps};
use xystra_testkit::{SITE, region};

fn application(force: Force) -> Application {
    let target = Target::Band(Band::Low);
    let planned =
        Planned { region: region(SITE), instrument: String::new(), stroke: "sweep".into(), target, minutes: 3.0 };
    Application { force, ..Application::planned(&planned) }
}

fn recorded() -> Dose {
    let analysis = analyse_recording("sweeps.csv", Sweeps::default().to_csv().as_bytes(), &Options::default());
    analysis.expect("a clean recording").dose
}

fn dose(application: &Application) -> AppliedDose {
    applied(application, Some(&recorded()), catalog())
}

#[test]
fn a_guess_stays_the_range_that_clinicians_press() {
    let dose = dose(&application(Force::Guessed));
    assert_eq!(dose.provenance, Provenance::Guessed);
    assert_eq!(dose.measured, None, "a recording that the application does not name is left aside");
    assert_eq!(dose.words(ForceUnit::Newton), "near 4.5 N (1.6–10), 3 min");
    assert_eq!(dose.words(ForceUnit::KilogramForce), "near 0.46 kgf (0.16–1.02), 3 min");
}

#[test]
fn a_band_is_its_range_and_the_clinicians_count() {
    let banded = Application { strokes: Some(120), minutes: Some(5.0), ..application(Force::Banded(Band::Medium)) };
    let dose = dose(&banded);
    assert_eq!(dose.words(ForceUnit::Newton), "3.5–6 N, about 120 strokes, 5 min");
    assert_eq!(dose.strokes.map(|strokes| strokes.how), Some(Counted::ByClinician));
    assert!(dose.region.contains("left forearm extensors"), "{}", dose.region);
}

#[test]
fn a_recording_says_force_and_strokes() {
    let measured = Application { strokes: Some(99), ..application(Force::Measured(RecordingId(Uuid::nil()))) };
    let (dose, truth) = (dose(&measured), recorded());
    assert_eq!(dose.measured, Some(truth));
    let expected = AppliedForce::Measured { mean_n: truth.mean_force_n, peak_n: truth.peak_force_n };
    assert_eq!(dose.force, Some(expected));
    let words = format!("{:.1} N mean, 20 strokes, 3 min", truth.mean_force_n).replace(".0 N", " N");
    assert_eq!(dose.words(ForceUnit::Newton), words);
    let no_minutes = applied(&Application { minutes: None, ..measured }, Some(&truth), catalog());
    assert!(no_minutes.words(ForceUnit::Newton).ends_with("s in contact"));
}

#[test]
fn a_recording_without_a_dose_is_not_replaced_by_a_guess() {
    let dose = applied(&application(Force::Measured(RecordingId(Uuid::nil()))), None, catalog());
    assert_eq!((dose.provenance, &dose.force), (Provenance::Measured, &None));
    assert_eq!(dose.words(ForceUnit::Newton), "force not known, 3 min");
}

#[test]
fn a_target_in_words() {
    assert_eq!(target_words(Target::Band(Band::Low), ForceUnit::Newton, catalog()), "light (1.6–3.5 N)");
    assert_eq!(target_words(Target::Newton { low: 4.2, high: 5.0 }, ForceUnit::Newton, catalog()), "4.2–5 N");
}

#[test]
fn bytes_that_are_no_recording_are_an_error() {
    let error = analyse_recording("notes.csv", b"hello", &Options::default());
    assert!(error.is_err_and(|error: Error| !error.to_string().is_empty()));
}
