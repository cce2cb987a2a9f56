//! What somebody set on the page of the time course.

use xystra_catalog::catalog;
use xystra_course::loading::{Mechanisms, Protocol};
use xystra_tissue::library::library;
use xystra_tissue::study::arm::{By, Dose, Firmness};

use super::super::slider::{Slider, Standing};
use crate::form::Form;

const PER_WEEK: Slider = slider("per_week", "Sessions a week", "", (1.0, 7.0, 1.0), 2.0);
const WEEKS: Slider = slider("weeks", "For how long", " weeks", (1.0, 12.0, 1.0), 4.0);
const MINUTES: Slider = slider("minutes", "Strokes in a session", " min", (1.0, 20.0, 1.0), 5.0);
const FORCE: Slider = slider("force", "Mean force", " N", (1.0, 20.0, 0.5), 5.0);
const LOOKED: Slider = slider("looked", "Looked at for", " weeks", (4.0, 26.0, 1.0), 12.0);

const fn slider(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    (low, high, step): (f64, f64, f64),
    usual: f64,
) -> Slider {
    Slider { name, label, unit, low, high, step, usual, hint: "" }
}

/// How hard, as the page offers it; the last one takes the slider's number.
const FIRMNESS: [(&str, &str); 4] = [("light", "light"), ("medium", "medium"), ("firm", "firm"), ("number", "in N")];
/// Name, words and what it stands for.
const MECHANISMS: [(&str, &str, &str); 4] = [
    ("neural", "Neural", "tone, tolerance, sensitisation"),
    ("fluid", "Fluid", "blood flow, clearing of fluid"),
    ("remodelling", "Remodelling", "microtrauma, inflammation, collagen"),
    ("mechanical", "Mechanical", "breaking adhesions"),
];

/// The settings, each within what the page offers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settings {
    pub(super) protocol: Protocol,
    firmness: &'static str,
    force_n: f64,
    instrument: String,
}

/// A switch as the page shows it.
pub(super) struct Switch {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) of: &'static str,
    pub(super) is_on: bool,
}

impl Settings {
    /// As the query has it; whatever is missing or impossible is as usual.
    pub(super) fn read(query: &str) -> Self {
        let form = Form::decode(query.as_bytes());
        let firmness = one_of(form.get("firmness"), FIRMNESS.map(|(value, _)| value), "medium");
        let force_n = FORCE.read(&form);
        let instrument = known(form.get("instrument"), instruments().map(|(id, _)| id), "gt-4");
        let dose = dose(firmness, force_n, &instrument, MINUTES.read(&form));
        let protocol = Protocol {
            tissue: known(form.get("tissue"), tissues().map(|(id, _)| id), "human-back"),
            condition: known(form.get("condition"), conditions().map(|(id, _)| id), "low-back-pain"),
            per_week: whole(PER_WEEK.read(&form)),
            weeks: whole(WEEKS.read(&form)),
            dose,
            mechanisms: mechanisms(&form),
            looked_weeks: whole(LOOKED.read(&form).max(WEEKS.read(&form) + 1.0)),
        };
        Self { protocol, firmness, force_n, instrument }
    }

    /// The same settings in one line, for an address and to know them again.
    pub(super) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::from("set=1&"));
        for slider in self.sliders() {
            query.append_pair(slider.slider.name, &slider.plain());
        }
        let p = &self.protocol;
        for (name, value) in [("tissue", &p.tissue), ("condition", &p.condition), ("instrument", &self.instrument)] {
            query.append_pair(name, value);
        }
        query.append_pair("firmness", self.firmness);
        query.append_pair("force", &self.force().plain());
        for switch in self.switches().iter().filter(|switch| switch.is_on) {
            query.append_pair(switch.name, "on");
        }
        query.finish()
    }

    /// The sliders of the schedule.
    pub(super) fn sliders(&self) -> [Standing; 4] {
        let p = &self.protocol;
        [
            PER_WEEK.at(p.per_week.into()),
            WEEKS.at(p.weeks.into()),
            MINUTES.at(p.dose.minutes.unwrap_or(MINUTES.usual)),
            LOOKED.at(p.looked_weeks.into()),
        ]
    }

    pub(super) fn force(&self) -> Standing {
        FORCE.at(self.force_n)
    }

    /// Is the force a number of the slider?
    pub(super) fn firmness(&self) -> &'static str {
        self.firmness
    }

    pub(super) fn instrument(&self) -> &str {
        &self.instrument
    }

    pub(super) fn switches(&self) -> [Switch; 4] {
        let Mechanisms { neural, fluid, remodelling, mechanical } = self.protocol.mechanisms;
        let mut on = [neural, fluid, remodelling, mechanical].into_iter();
        MECHANISMS.map(|(name, label, of)| Switch { name, label, of, is_on: on.next().unwrap_or_default() })
    }
}

/// Tissues of people that a page offers: id and name.
pub(super) fn tissues() -> impl Iterator<Item = (&'static str, &'static str)> {
    let human = library().tissues.iter().filter(|tissue| tissue.species == "human" && !tissue.id.contains("cells"));
    human.map(|tissue| (tissue.id.as_str(), tissue.name.trim_start_matches("human ")))
}

/// Conditions: id and name.
pub(super) fn conditions() -> impl Iterator<Item = (&'static str, &'static str)> {
    library().conditions.iter().map(|condition| (condition.id.as_str(), condition.name.as_str()))
}

/// Instruments and hands of the catalog: id and name.
pub(super) fn instruments() -> impl Iterator<Item = (&'static str, &'static str)> {
    catalog().instruments.iter().map(|one| (one.id.as_str(), one.name.as_str()))
}

/// Words of how hard.
pub(super) fn firmnesses() -> [(&'static str, &'static str); 4] {
    FIRMNESS
}

fn dose(firmness: &str, force_n: f64, instrument: &str, minutes: f64) -> Dose {
    let by = match instrument {
        "thumb" | "fingertips" => By::Thumb,
        "hand" => By::Hand,
        _ => By::Instrument,
    };
    let force = match firmness {
        "light" => Some(Firmness::Light),
        "firm" => Some(Firmness::Firm),
        "number" => None,
        _ => Some(Firmness::Medium),
    };
    let force_n = force.is_none().then_some(force_n);
    let instrument = (by == By::Instrument).then(|| instrument.to_owned());
    Dose { by, force, force_n, instrument, minutes: Some(minutes), ..Dose::default() }
}

/// A box that is not ticked sends nothing, so `set` says that the boxes were there.
fn mechanisms(form: &Form) -> Mechanisms {
    let is_on = |name: &str| form.get("set").is_empty() || !form.get(name).is_empty();
    Mechanisms {
        neural: is_on("neural"),
        fluid: is_on("fluid"),
        remodelling: is_on("remodelling"),
        mechanical: is_on("mechanical"),
    }
}

fn known<'a>(asked: &str, mut ids: impl Iterator<Item = &'a str>, usual: &str) -> String {
    ids.find(|id| *id == asked).unwrap_or(usual).to_owned()
}

fn one_of<const N: usize>(asked: &str, known: [&'static str; N], usual: &'static str) -> &'static str {
    known.into_iter().find(|one| *one == asked).unwrap_or(usual)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sliders hold small numbers above 0")]
fn whole(value: f64) -> u32 {
    value.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_query_all_is_as_usual() {
        let settings = Settings::read("");
        assert_eq!((settings.protocol.per_week, settings.protocol.weeks), (2, 4));
        assert_eq!(settings.protocol.mechanisms, Mechanisms::ALL);
    }

    #[test]
    fn a_query_is_known_again_from_the_line_that_settings_make_of_it() {
        let asked = "set=1&per_week=3&weeks=99&tissue=human-tendon&condition=nothing&firmness=number&force=8&fluid=on";
        let settings = Settings::read(asked);
        assert_eq!(Settings::read(&settings.query()), settings);
        assert_eq!((settings.protocol.weeks, settings.protocol.condition.as_str()), (12, "low-back-pain"));
        assert_eq!(settings.protocol.dose.force_n, Some(8.0));
        let on: Vec<&str> = settings.switches().iter().filter(|one| one.is_on).map(|one| one.name).collect();
        assert_eq!(on, ["fluid"]);
    }
}
