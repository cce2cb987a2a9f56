//! What happens to a virtual client, worked out once for all of them.

use xystra_tissue::library::Tissue;
use xystra_tissue::remodel::EVENTS;
use xystra_tissue::study::assumption::assumption;

use super::force::{Firmness, Touches};
use super::life::{CAUSES, Life};
use crate::Error;
use crate::batch::Jump;
use crate::case::{Session, Strokes};
use crate::draw::Draw;
use crate::numbers::whole;

/// How long a visit without strokes takes, hours: it is over before anybody measures again.
const VISIT_H: f64 = 0.25;

/// Exercise since the session before is done in as many bouts as fit this far apart, but in no more than these: what a bout does levels off.
const BETWEEN_BOUTS_H: f64 = 48.0;
const MOST_BOUTS: f64 = 3.0;

/// More sessions than anybody gives; each has its own chance.
const MOST_SESSIONS: u64 = 4096;

/// Sessions, in order of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Script {
    acts: Vec<Act>,
    /// End of each session's strokes or visit, hours.
    pub(crate) ends_h: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq)]
struct Act {
    at_h: f64,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Strokes { touches: usize, firmness: Firmness, minutes: f64, belief: f64, session: u64 },
    Visit { belief: f64 },
    Exercise { load: f64, hours: f64 },
}

/// Everything that a script needs besides a client.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Hands {
    touches: Vec<Touches>,
}

impl Hands {
    /// Learns the edges of sessions.
    pub(super) fn learn(&mut self, tissue: &Tissue, sessions: &[Session]) -> Result<(), Error> {
        for strokes in sessions.iter().flat_map(|session| &session.strokes) {
            if self.touches.iter().all(|known| !known.is_of(&strokes.edge)) {
                self.touches.push(Touches::of(tissue, &strokes.edge)?);
            }
        }
        Ok(())
    }

    /// The script of sessions whose edges were learnt.
    pub(super) fn script<'a>(&self, sessions: impl IntoIterator<Item = &'a Session>) -> Result<Script, Error> {
        let mut script = Script::default();
        let mut before_h = 0.0;
        for (number, session) in sessions.into_iter().enumerate() {
            script.exercise(session, before_h)?;
            script.session(self, session, number as u64 % MOST_SESSIONS)?;
            before_h = session.at_h;
        }
        script.acts.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
        Ok(script)
    }

    fn place(&self, strokes: &Strokes) -> Result<usize, Error> {
        let found = self.touches.iter().position(|known| known.is_of(&strokes.edge));
        found.ok_or_else(|| Error::Unknown {
            what: "edge",
            key: format!("{:?}", strokes.edge),
            known: "those of the case and its choices".to_owned(),
        })
    }
}

impl Script {
    /// Is there anything in it that a cause could act through? Natural recovery needs nothing.
    pub(crate) fn has(&self, cause: usize) -> bool {
        let any = |is: fn(&What) -> bool| self.acts.iter().any(|act| is(&act.what));
        match CAUSES[cause] {
            "natural" => true,
            "expectation" => {
                any(|what| matches!(what, What::Strokes { belief, .. } | What::Visit { belief } if *belief > 0.0))
            }
            "exercise" => any(|what| matches!(what, What::Exercise { .. })),
            _ => any(|what| matches!(what, What::Strokes { .. })),
        }
    }

    fn exercise(&mut self, session: &Session, before_h: f64) -> Result<(), Error> {
        let span = (session.at_h - before_h).max(0.0);
        if session.exercise_h <= 0.0 || span <= 0.0 {
            return Ok(());
        }
        let load = assumption("load-strength")?.value;
        let bouts = (span / BETWEEN_BOUTS_H).round().clamp(1.0, MOST_BOUTS);
        for bout in 0..whole(bouts) {
            let at_h = before_h + span * (bout as f64 + 0.5) / bouts;
            self.acts.push(Act { at_h, what: What::Exercise { load, hours: session.exercise_h / bouts } });
        }
        Ok(())
    }

    /// Strokes follow each other; what is expected of a session comes with the last of them.
    fn session(&mut self, hands: &Hands, session: &Session, number: u64) -> Result<(), Error> {
        let mut end_h = session.at_h;
        for (k, strokes) in session.strokes.iter().enumerate() {
            end_h += strokes.minutes / 60.0;
            let is_last = k + 1 == session.strokes.len();
            let what = What::Strokes {
                touches: hands.place(strokes)?,
                firmness: Firmness::of(&strokes.force)?,
                minutes: strokes.minutes,
                belief: if is_last { session.belief } else { 0.0 },
                session: number,
            };
            self.acts.push(Act { at_h: end_h, what });
        }
        if session.strokes.is_empty() {
            end_h += VISIT_H;
            self.acts.push(Act { at_h: end_h, what: What::Visit { belief: session.belief } });
        }
        self.ends_h.push(end_h);
        Ok(())
    }
}

/// How one client's sessions go: the chance of their own, and the clinician's hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Luck {
    pub(super) draw: Draw,
    pub(super) number: u64,
    pub(super) hand: f64,
}

impl Luck {
    fn of_session(self, session: u64) -> f64 {
        self.draw.normal(self.number * MOST_SESSIONS + session)
    }
}

/// Places of the events in the equations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Events {
    strokes: usize,
    visit: usize,
    exercise: usize,
}

impl Events {
    pub(super) fn known() -> Result<Self, Error> {
        Ok(Self { strokes: event("strokes-end")?, visit: event("attention")?, exercise: event("exercise")? })
    }

    /// Writes what happens to one client in one life. Only the end of strokes counts: that they begin moves nothing but reflex tone, for
    /// seconds, and no measure that is followed shows it. A sham is strokes of no force and no time, at the same instant.
    pub(super) fn write(self, script: &Script, hands: &Hands, luck: Luck, life: Life, jumps: &mut Vec<Jump>) {
        jumps.clear();
        let believed = |belief: f64| if life.expectation { belief } else { 0.0 };
        for act in &script.acts {
            let (event, variables) = match act.what {
                What::Strokes { touches, firmness, minutes, belief, session } if life.strokes => {
                    let own = luck.of_session(session);
                    let [pressure, fibre, shear] = hands.touches[touches].at(firmness.ln_newton(luck.hand, own));
                    (self.strokes, [pressure, minutes, fibre, shear, believed(belief)])
                }
                What::Strokes { belief, .. } => (self.strokes, [0.0, 0.0, 0.0, 0.0, believed(belief)]),
                What::Visit { belief } => (self.visit, [believed(belief), 0.0, 0.0, 0.0, 0.0]),
                What::Exercise { load, hours } if life.exercise => (self.exercise, [load, hours, 0.0, 0.0, 0.0]),
                What::Exercise { .. } => continue,
            };
            jumps.push(Jump { at_h: act.at_h, event, variables });
        }
    }
}

fn event(id: &str) -> Result<usize, Error> {
    let known = || EVENTS.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ");
    let found = EVENTS.iter().position(|(known, _)| *known == id);
    found.ok_or_else(|| Error::Unknown { what: "event", key: id.to_owned(), known: known() })
}
