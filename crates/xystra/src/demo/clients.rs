//! A dozen plainly synthetic clients at every stage of the loop.

use jiff::civil::{Time, date};
use jiff::{SignedDuration, Timestamp};
use xystra_care::client::{Client, Contact, Handed, SkinTone};
use xystra_care::finding::{Depth, Finding, How, Kind};
use xystra_care::intake::{ComplaintSide, Goal, Intake, Irritability, Onset};
use xystra_care::plan::{Draft, Pause, Target};
use xystra_care::response::Skin;
use xystra_care::session::Force;
use xystra_catalog::atlas::Side;
use xystra_catalog::course::Band;
use xystra_dose::synthetic::{Channels, Emulation, Fault, Hand, Texture};
use xystra_store::{Scope, Store};

use super::story::{Story, Visit};

const DAY: f64 = 24.0;
const WEEK: f64 = 7.0 * DAY;

/// Writes them all; `now` is the moment of the demonstration.
pub(crate) async fn write(store: &Store, scope: &Scope, now: Timestamp) -> anyhow::Result<()> {
    let told = Told { store, scope, now };
    told.new_client().await?;
    told.screening_open().await?;
    told.mid_course().await?;
    told.goal_met().await?;
    told.refused().await?;
    told.precaution().await?;
    told.bruise_hold().await?;
    told.no_response().await?;
    told.too_early().await?;
    told.too_intense().await?;
    told.clearance_expired().await?;
    told.baseline_phase().await
}

struct Told<'a> {
    store: &'a Store,
    scope: &'a Scope,
    now: Timestamp,
}

impl<'a> Told<'a> {
    async fn client(&self, number: i16, weeks_ago: f64) -> anyhow::Result<Story<'a>> {
        let client = Client {
            name: format!("Demo client {number}"),
            born: Some(date(1952 + 3 * number, 4, 12)),
            handed: Some(if number % 4 == 0 { Handed::Left } else { Handed::Right }),
            skin: Some(if number % 3 == 0 { SkinTone::Dark } else { SkinTone::Light }),
            phone: format!("555-01{number:02}"),
            emergency: Contact { name: "Demo relative".to_owned(), reach: format!("555-02{number:02}") },
            remarks: "Synthetic: invented for the demonstration.".to_owned(),
            synthetic: true,
            ..Client::default()
        };
        Story::of(self.store, self.scope, self.now, client, weeks_ago * WEEK).await
    }

    /// A client with a complaint, screened all clear, with findings and first measurements.
    async fn charted(
        &self,
        number: i16,
        weeks_ago: f64,
        intake: &Intake,
        regions: &[&str],
        values: &Values,
    ) -> anyhow::Result<Story<'a>> {
        let story = self.client(number, weeks_ago).await?;
        let ago = weeks_ago * WEEK;
        story.consents(ago).await?;
        story.complains(ago - 0.1, intake).await?;
        story.answers(ago - 0.2, &[], 0).await?;
        story.finds(ago - 0.3, &findings(regions)).await?;
        story.measures(ago - 0.4, values).await?;
        Ok(story)
    }

    /// That moment of today in the practice's time zone.
    fn today(&self, hour: i8, minute: i8) -> Timestamp {
        let zone = jiff::tz::TimeZone::system();
        let today = self.now.to_zoned(zone.clone()).date();
        today.to_datetime(Time::constant(hour, minute, 0, 0)).to_zoned(zone).map_or(self.now, |at| at.timestamp())
    }

    async fn new_client(&self) -> anyhow::Result<()> {
        let story = self.client(1, 0.01).await?;
        story.is_booked(self.today(11, 0), false).await
    }

    async fn screening_open(&self) -> anyhow::Result<()> {
        let story = self.client(2, 0.1).await?;
        story.consents(0.1 * WEEK).await?;
        story.complains(0.1 * WEEK, &self.complaint("plantar-fasciitis", ComplaintSide::Right, 20)).await?;
        story.answers(0.1 * WEEK, &[], 3).await?;
        story.is_booked(self.today(15, 30), true).await
    }

    async fn mid_course(&self) -> anyhow::Result<()> {
        let intake = Intake {
            goals: vec![goal("Carry the shopping", "nprs", 2.0)],
            activities: vec!["Carry shopping".into(), "Lift the kettle".into(), "Use a screwdriver".into()],
            story: "Began after moving house; worse with gripping.".into(),
            code: Some("M77.12".into()),
            diagnosed_by: "General practitioner".into(),
            ..self.complaint("lateral-epicondylitis", ComplaintSide::Left, 14)
        };
        let first: &Values = &[
            ("nprs", 6.8, None),
            ("psfs", 4.0, None),
            ("wrist-flexion", 58.0, LEFT),
            ("wrist-flexion", 71.0, RIGHT),
            ("prtee", 46.0, None),
        ];
        let regions = ["outer-elbow.back.left", "forearm-extensors-upper.back.left", "upper-trapezius.back.left"];
        let story = self.charted(3, 3.4, &intake, &regions, first).await?;
        story.measures(3.0 * WEEK, &[("nprs", 6.9, None)]).await?;
        story.measures(2.5 * WEEK, &[("nprs", 6.7, None)]).await?;
        let firm = |draft: &mut Draft| {
            draft.baseline_measurements = 3;
            for (n, planned) in draft.applications.iter_mut().enumerate() {
                planned.target =
                    if n == 0 { Target::Newton { low: 3.5, high: 5.5 } } else { Target::Band(Band::Medium) };
            }
        };
        story.plans(2.4 * WEEK, firm).await?;
        let visits = [
            (13.2, 3, Skin::Redness, 6.2, 4.3),
            (9.3, 5, Skin::FewPetechiae, 5.9, 4.9),
            (6.2, 4, Skin::Redness, 5.1, 5.3),
        ];
        for (days, discomfort, skin, pain, function) in visits {
            let visit = Visit {
                hours_ago: days * DAY,
                discomfort,
                skin,
                force: Some(if days > 9.0 { Force::Guessed } else { Force::Banded(Band::Medium) }),
            };
            story.measures(days * DAY + 1.0, &[("nprs", pain, None), ("psfs", function, None)]).await?;
            let session = match recorded(days) {
                Some(recording) => story.is_treated_with_recording(&visit, &recording).await?,
                None => story.is_treated(&visit).await?,
            };
            story.tells(session, (days - 1.0) * DAY, Skin::Redness, 3).await?;
            story.tells(session, (days - 2.0) * DAY, Skin::None, 1).await?;
        }
        story
            .measures(
                54.0,
                &[
                    ("nprs", 4.2, None),
                    ("psfs", 5.7, None),
                    ("wrist-flexion", 66.0, LEFT),
                    ("wrist-flexion", 71.0, RIGHT),
                ],
            )
            .await?;
        let visit =
            Visit { hours_ago: 52.0, discomfort: 4, skin: Skin::Redness, force: Some(Force::Banded(Band::Medium)) };
        let session = story.is_treated_with_recording(&visit, &emulated(4, 6.4, Some(Fault::Gap))).await?;
        story.tells(session, 28.0, Skin::Redness, 2).await?;
        story.tells(session, 5.0, Skin::None, 1).await?;
        story
            .is_noted(51.5, "Grip less guarded today. Agreed to keep the home programme at three times a day.")
            .await?;
        story.is_booked(self.today(9, 0), true).await
    }

    async fn goal_met(&self) -> anyhow::Result<()> {
        let intake = Intake {
            goals: vec![goal("Reach the top shelf", "shoulder-flexion", 160.0)],
            activities: vec!["Reach the top shelf".into()],
            ..self.complaint("rotator-cuff-tendinitis", ComplaintSide::Right, 22)
        };
        let first: &Values = &[
            ("nprs", 5.0, None),
            ("psfs", 3.0, None),
            ("shoulder-flexion", 128.0, RIGHT),
            ("shoulder-flexion", 166.0, LEFT),
        ];
        let story = self
            .charted(4, 4.6, &intake, &["shoulder-back.back.right", "shoulder-blade-lower.back.right"], first)
            .await?;
        story.plans(4.4 * WEEK, |_| ()).await?;
        for (n, days) in (1..).zip([27.0, 23.5, 20.0, 16.5, 13.0, 9.5, 6.0, 3.6]) {
            let visit = Visit { hours_ago: days * DAY, discomfort: 2, skin: Skin::Redness, force: None };
            let session = story.is_treated(&visit).await?;
            story.tells(session, (days - 1.5) * DAY, Skin::None, 1).await?;
            let gained = 4.5 * f64::from(n);
            let pain = 5.0 - 0.45 * f64::from(n);
            story
                .measures((days - 1.6) * DAY, &[("shoulder-flexion", 128.0 + gained, RIGHT), ("nprs", pain, None)])
                .await?;
        }
        story.is_booked(self.today(17, 0), true).await
    }

    async fn refused(&self) -> anyhow::Result<()> {
        let story = self.client(5, 0.2).await?;
        story.consents(0.2 * WEEK).await?;
        story.complains(0.2 * WEEK, &self.complaint("muscle-strain", ComplaintSide::Left, 1)).await?;
        story.answers(0.2 * WEEK, &["flag-leg-clot"], 0).await
    }

    async fn precaution(&self) -> anyhow::Result<()> {
        let intake = self.complaint("plantar-fasciitis", ComplaintSide::Right, 30);
        let story = self.client(6, 1.0).await?;
        story.consents(WEEK).await?;
        story.complains(WEEK, &intake).await?;
        story.answers(WEEK, &["anticoagulant"], 0).await?;
        story.finds(WEEK, &findings(&["sole-arch.back.right", "calf-lower.back.right"])).await?;
        story
            .measures(
                WEEK,
                &[("nprs", 6.0, None), ("ankle-dorsiflexion", 8.0, RIGHT), ("ankle-dorsiflexion", 14.0, LEFT)],
            )
            .await?;
        let light = |draft: &mut Draft| {
            for planned in &mut draft.applications {
                planned.target = Target::Band(Band::Low);
            }
        };
        story.plans(0.9 * WEEK, light).await?;
        let session =
            story.is_treated(&Visit { hours_ago: 72.0, discomfort: 3, skin: Skin::Redness, force: None }).await?;
        story.tells(session, 40.0, Skin::None, 1).await?;
        story.is_booked(self.today(10, 30), true).await
    }

    async fn bruise_hold(&self) -> anyhow::Result<()> {
        let intake = self.complaint("neck-pain", ComplaintSide::Right, 18);
        let first: &Values =
            &[("nprs", 6.0, None), ("cervical-rotation", 52.0, RIGHT), ("cervical-rotation", 68.0, LEFT)];
        let story =
            self.charted(7, 3.0, &intake, &["upper-trapezius.back.right", "neck-lower-back.back.right"], first).await?;
        story.plans(2.9 * WEEK, |_| ()).await?;
        for days in [16.0, 12.5, 9.0] {
            let session = story
                .is_treated(&Visit { hours_ago: days * DAY, discomfort: 4, skin: Skin::Redness, force: None })
                .await?;
            story.tells(session, (days - 2.0) * DAY, Skin::None, 2).await?;
        }
        let session = story
            .is_treated(&Visit {
                hours_ago: 5.0 * DAY,
                discomfort: 6,
                skin: Skin::Bruise,
                force: Some(Force::Banded(Band::High)),
            })
            .await?;
        story.tells(session, 3.0 * DAY, Skin::Bruise, 5).await?;
        story.tells(session, DAY, Skin::Bruise, 3).await?;
        story.is_booked(self.today(11, 30), true).await
    }

    async fn no_response(&self) -> anyhow::Result<()> {
        let intake = self.complaint("achilles-tendinitis", ComplaintSide::Left, 60);
        let story = self
            .charted(
                8,
                4.8,
                &intake,
                &["achilles.back.left", "calf-lower.back.left"],
                &[("nprs", 5.0, None), ("visa-a", 48.0, None)],
            )
            .await?;
        story.plans(4.6 * WEEK, |_| ()).await?;
        for days in [30.0, 26.5, 23.0, 19.5, 16.0, 12.5, 9.0, 5.0] {
            let session = story
                .is_treated(&Visit { hours_ago: days * DAY, discomfort: 3, skin: Skin::Redness, force: None })
                .await?;
            story.tells(session, (days - 1.5) * DAY, Skin::None, 1).await?;
        }
        story.measures(16.2 * DAY, &[("nprs", 5.2, None), ("visa-a", 50.0, None)]).await?;
        story.measures(4.0 * DAY, &[("nprs", 4.8, None), ("visa-a", 51.0, None)]).await
    }

    async fn too_early(&self) -> anyhow::Result<()> {
        let intake = self.complaint("patellar-tendinitis", ComplaintSide::Right, 40);
        let story = self
            .charted(
                9,
                1.2,
                &intake,
                &["patellar-tendon.front.right", "thigh-front-lower.front.right"],
                &[("nprs", 4.0, None), ("visa-p", 55.0, None)],
            )
            .await?;
        story.plans(1.1 * WEEK, |_| ()).await?;
        for hours in [5.0 * DAY, 20.0] {
            story.is_treated(&Visit { hours_ago: hours, discomfort: 3, skin: Skin::Redness, force: None }).await?;
        }
        story.is_booked(self.today(14, 0), true).await
    }

    async fn too_intense(&self) -> anyhow::Result<()> {
        let intake = self.complaint("it-band-syndrome", ComplaintSide::Left, 9);
        let story = self
            .charted(
                10,
                2.6,
                &intake,
                &["outer-thigh-lower.back.left", "outer-thigh-upper.back.left"],
                &[("nprs", 6.0, None), ("lefs", 44.0, None)],
            )
            .await?;
        story
            .plans(2.4 * WEEK, |draft| {
                for planned in &mut draft.applications {
                    planned.target = Target::Band(Band::Medium);
                }
            })
            .await?;
        for (days, skin) in [(13.0, Skin::ManyPetechiae), (9.5, Skin::FewPetechiae), (5.5, Skin::ManyPetechiae)] {
            let session = story.is_treated(&Visit { hours_ago: days * DAY, discomfort: 5, skin, force: None }).await?;
            story.tells(session, (days - 1.0) * DAY, Skin::FewPetechiae, 3).await?;
            story.tells(session, (days - 2.5) * DAY, Skin::None, 1).await?;
        }
        story.measures(5.6 * DAY, &[("nprs", 4.5, None)]).await?;
        story.is_booked(self.today(16, 0), true).await
    }

    async fn clearance_expired(&self) -> anyhow::Result<()> {
        let intake = self.complaint("carpal-tunnel-syndrome", ComplaintSide::Right, 50);
        let story = self
            .charted(
                11,
                13.0,
                &intake,
                &["forearm-flexors-lower.front.right"],
                &[("nprs", 4.0, None), ("bctq-sss", 2.8, None)],
            )
            .await?;
        story.plans(12.8 * WEEK, |_| ()).await?;
        let session = story
            .is_treated(&Visit { hours_ago: 12.6 * WEEK, discomfort: 2, skin: Skin::Redness, force: None })
            .await?;
        story.tells(session, 12.4 * WEEK, Skin::None, 0).await?;
        story.is_booked(self.today(13, 0), true).await
    }

    async fn baseline_phase(&self) -> anyhow::Result<()> {
        let intake = self.complaint("back-pain", ComplaintSide::Both, 16);
        let regions = ["low-back-lower.back.left", "low-back-lower.back.right"];
        let story = self
            .charted(
                12,
                2.0,
                &intake,
                &regions,
                &[("nprs", 5.5, None), ("rmdq", 11.0, None), ("lumbar-flexion", 41.0, None)],
            )
            .await?;
        story.measures(1.3 * WEEK, &[("nprs", 5.0, None), ("rmdq", 10.0, None)]).await?;
        story.measures(0.6 * WEEK, &[("nprs", 5.4, None), ("rmdq", 10.0, None)]).await?;
        story
            .plans(0.5 * WEEK, |draft| {
                draft.baseline_measurements = 3;
                draft.pause = Some(Pause { after_sessions: 4, weeks: 2 });
            })
            .await?;
        story.is_booked(self.today(18, 0), true).await
    }

    fn complaint(&self, condition: &str, side: ComplaintSide, weeks: i64) -> Intake {
        let since = self.now - SignedDuration::from_hours(weeks * 7 * 24);
        Intake {
            condition: condition.to_owned(),
            words: String::new(),
            side,
            since: Some(since.to_zoned(jiff::tz::TimeZone::UTC).date()),
            onset: Onset::RepeatedStrain,
            irritability: Some(Irritability::Moderate),
            diagnosed_by: String::new(),
            code: None,
            goals: vec![goal("Hurt less", "nprs", 2.0)],
            activities: vec!["Walk to work".into(), "Sleep through".into(), "Sport".into()],
            story: String::new(),
        }
    }
}

/// Measure, value, side.
type Values = [(&'static str, f64, Option<Side>)];

const LEFT: Option<Side> = Some(Side::Left);
const RIGHT: Option<Side> = Some(Side::Right);

fn goal(text: &str, measure: &str, target: f64) -> Goal {
    Goal { text: text.to_owned(), measure: Some(measure.to_owned()), target: Some(target) }
}

fn findings(regions: &[&str]) -> Vec<Finding> {
    let kinds = [Kind::Tenderness, Kind::Restriction, Kind::Texture];
    let finding = |(n, region): (usize, &&str)| Finding {
        region: region.parse().expect("a region of the atlas"),
        kind: kinds[n % kinds.len()],
        severity: 3 - u8::from(n > 0),
        depth: Some(Depth::Fascia),
        how: if n == 0 { How::Hand } else { How::ScanClinician },
        remark: String::new(),
    };
    regions.iter().enumerate().map(finding).collect()
}

/// What the instrumented tool recorded in the visit so many days ago, if it was there: the first visit went without.
fn recorded(days: f64) -> Option<Vec<u8>> {
    match days {
        days if days > 13.0 => None,
        days if days > 9.0 => Some(emulated(2, 4.6, None)),
        _ => Some(emulated(3, 5.6, None)),
    }
}

/// A recording of a tool that senses force, position and vibration, made up and said to be.
fn emulated(seed: u64, force_n: f64, fault: Option<Fault>) -> Vec<u8> {
    let emulation = Emulation {
        seed,
        sampling_hz: 500.0,
        hand: Hand { force_n, ..Hand::default() },
        texture: Some(Texture { vibration_m_s2: 1.5, change_at: 0.4, ratio: 2.5 }),
        channels: Channels { force_axes: 3, position: true, orientation: false, inertial: true, magnetic: false },
        faults: fault.into_iter().collect(),
        ..Emulation::default()
    };
    emulation.make().bytes
}
