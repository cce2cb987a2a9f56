//! Virtual trials.

use xystra_cohort::Error;
use xystra_cohort::batch::Watch;
use xystra_cohort::trial::{Outcome, Part, Setup, Shard, Trial, merge};
use xystra_tissue::remodel::Tolerance;
use xystra_tissue::study::{Study, library, simulated};

fn carried(id: &str) -> (Study, String) {
    (library::study(id).expect("a study").clone(), library::text(id).expect("its text").to_owned())
}

fn part((study, text): &(Study, String), setup: Setup, shard: Shard, threads: usize) -> Part {
    let trial = Trial::new(study, text, setup).expect("a trial");
    trial.run(shard, threads, &Watch::default(), &mut |_| Ok(())).expect("a part")
}

fn outcome(study: &(Study, String), setup: Setup) -> Outcome {
    part(study, setup, Shard::WHOLE, 0).outcome().expect("an outcome")
}

fn document(part: &Part) -> String {
    serde_json::to_string(&part.outcome().expect("an outcome")).expect("a document")
}

/// Two arms that are given the same, or not.
fn two_arms(force: f64) -> (Study, String) {
    let arm = |id: &str, force: f64| {
        format!(
            "[[arm]]\nid = \"{id}\"\ncomparator = \"treatment\"\ntreatment = [{{ schedule = {{ per_week = 2, weeks = 2 }}, \
             dose = {{ force_n = {force}, minutes = 5, instrument = \"gt-4\" }} }}]\n"
        )
    };
    let text = format!(
        "study = {{ id = \"two\", title = \"Two arms\", tissue = \"human-back\", condition = \"low-back-pain\" }}\n\
         [subjects]\nbaseline = [{{ quantity = \"pain\", mean = 6, sd = 1 }}]\n{}{}\
         [[endpoint]]\nid = \"pain\"\nquantity = \"pain\"\nkind = \"difference\"\nof = \"change\"\narm = \"one\"\nagainst = \"other\"\n\
         at = \"2 wk\"\n",
        arm("one", force),
        arm("other", 1.0)
    );
    (Study::parse("two.toml", &text).expect("a study"), text)
}

#[test]
fn threads_and_shards_make_no_difference() {
    let study = two_arms(8.0);
    let setup = Setup::new(1500, Some(6), 9).unwrap();
    let whole = document(&part(&study, setup, Shard::WHOLE, 1));
    assert_eq!(whole, document(&part(&study, setup, Shard::WHOLE, 2)));
    for of in [3, 7] {
        let mut parts: Vec<(String, Part)> =
            (1..=of).map(|number| (number.to_string(), part(&study, setup, Shard { part: number, of }, 1))).collect();
        parts.reverse();
        assert_eq!(whole, document(&merge(parts).expect("one whole")), "{of} shards");
    }
    let other = Setup { seed: 10, ..setup };
    assert_ne!(whole, document(&part(&study, other, Shard::WHOLE, 1)));
}

#[test]
fn a_part_is_read_as_it_was_written() {
    let study = two_arms(8.0);
    let part = part(&study, Setup::new(60, Some(2), 1).unwrap(), Shard { part: 1, of: 1 }, 1);
    let text = serde_json::to_string(&part).expect("text");
    assert_eq!(Part::parse("a.json", &text).expect("the same"), part);
    let broken = Part::parse("a.json", &text.replace("xystra-trial-1", "xystra-trial-0")).unwrap_err().to_string();
    assert!(broken.starts_with("a.json: ") && broken.contains("xystra-trial-1"), "{broken}");
    assert!(Part::parse("b.json", "{}").unwrap_err().to_string().contains("cohort run --shard"));
}

#[test]
fn what_does_not_belong_together_is_refused_by_name() {
    let study = two_arms(8.0);
    let setup = Setup::new(600, Some(2), 1).unwrap();
    let shard = |setup, number, of| part(&study, setup, Shard { part: number, of }, 1);
    let refused = |parts: Vec<Part>| -> String {
        let named = parts.into_iter().enumerate().map(|(k, part)| (format!("{k}.json"), part)).collect();
        merge(named).and_then(|whole| whole.outcome()).unwrap_err().to_string()
    };
    let other_seed = refused(vec![shard(setup, 1, 3), shard(Setup { seed: 2, ..setup }, 2, 3)]);
    assert!(other_seed.contains("1.json") && other_seed.contains("the seed"), "{other_seed}");
    let twice = refused(vec![shard(setup, 1, 3), shard(setup, 1, 3)]);
    assert!(twice.contains("1/3") && twice.contains("already"), "{twice}");
    let missing = refused(vec![shard(setup, 2, 3)]);
    assert!(missing.contains("1/3, 3/3"), "{missing}");
    let other_count = refused(vec![shard(setup, 1, 3), shard(setup, 2, 4)]);
    assert!(other_count.contains("number of shards"), "{other_count}");
    let other_study = part(&two_arms(9.0), setup, Shard { part: 2, of: 3 }, 1);
    assert!(refused(vec![shard(setup, 1, 3), other_study]).contains("the study"));
    assert!(refused(Vec::new()).contains("no file"));
}

#[test]
fn a_trial_of_a_calibrated_study_lies_near_the_study() {
    for id in ["c13-lee-2016", "c14-el-hafez-2020", "c18-tang-2025-pain", "c16-tennis-elbow-untreated"] {
        let study = carried(id);
        let middle = simulated(&study.0, &study.0.parameters().unwrap(), 200, Tolerance::DAILY).unwrap();
        let found = outcome(&study, Setup::new(2000, Some(40), 1).unwrap());
        assert_eq!(found.lost, 0, "{id}");
        for (finding, middle) in found.endpoints.iter().zip(middle).filter(|(finding, _)| finding.order.is_empty()) {
            let [low, high] = finding.ninety.expect("an interval");
            // People whose response differs, or who have none, gain a little less in the mean than the middle person.
            let [low, high] = [low - 0.1 * (high - low), high + 0.1 * (high - low)];
            assert!((low..=high).contains(&middle), "{id} {}: {middle} is not from {low} to {high}", finding.id);
        }
    }
}

#[test]
fn power_rises_with_size_and_is_one_in_twenty_of_nothing() {
    let setup = Setup::new(1000, Some(10), 3).unwrap();
    let effect = outcome(&two_arms(9.0), setup).effects.remove(0);
    let chances: Vec<f64> = effect.power.iter().map(|one| one.chance.expect("a chance")).collect();
    assert!(chances.windows(2).all(|pair| pair[0] < pair[1]) && chances[5] > 2.0 * chances[0], "{chances:?}");
    assert!(effect.difference < Some(0.0), "harder strokes lower pain more: {effect:?}");
    let null = outcome(&two_arms(1.0), setup).effects.remove(0);
    assert!(null.power.iter().all(|one| (one.chance.unwrap() - 0.05).abs() < 0.002), "{null:?}");
    assert_eq!(null.difference, Some(0.0));
}

#[test]
fn more_clients_leave_what_the_studies_leave_open() {
    let study = two_arms(9.0);
    let width = |clients| {
        let effect = outcome(&study, Setup::new(clients, Some(20), 3).unwrap()).effects.remove(0);
        let [low, high] = effect.ninety.expect("an interval");
        (high - low, effect.error.expect("an error"))
    };
    let ((few, error_of_few), (many, error_of_many)) = (width(400), width(6400));
    assert!((error_of_few / error_of_many - 4.0).abs() < 1.0, "{error_of_few} {error_of_many}");
    assert!(many > 0.3 * few && many > 4.0 * error_of_many, "{few} {many} {error_of_many}");
}

#[test]
fn a_study_without_endpoints_and_a_stop_are_told() {
    let (mut study, text) = two_arms(8.0);
    let setup = Setup::new(1000, None, 1).unwrap();
    let watch = Watch::default();
    watch.stop();
    let stopped = Trial::new(&study, &text, setup).unwrap().run(Shard::WHOLE, 1, &watch, &mut |_| Ok(()));
    assert!(matches!(stopped, Err(Error::Stopped { .. })), "{stopped:?}");
    study.endpoints.clear();
    let error = Trial::new(&study, &text, setup).unwrap_err().to_string();
    assert!(error.contains("[[endpoint]]"), "{error}");
}
