//! The outlook on one measure: what was measured, the band so far and ahead, the same client never treated, and the least change
//! that counts.

mod frame;
mod labels;

use super::course::layout::{Layout, NARROW, WIDE};
use super::course::{Counts, Dot, place};
use super::ribbon::{self, Ribbon};
use super::{Anchor, Svg};
use frame::Frame;

/// What the chart shows. Weeks count from entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// What the picture says in words.
    pub finding: String,
    /// The scale's ends, for a score; an angle or a length is drawn over its own range.
    pub ends: Option<(f64, f64)>,
    /// What was measured, oldest first.
    pub points: Vec<Dot>,
    /// The level until now.
    pub so_far: Vec<Ribbon>,
    /// What one choice leads to.
    pub ahead: Ahead,
    /// The same client without treatment; empty for none.
    pub beside: Ahead,
    /// From where the change counts.
    pub counts: Option<Counts>,
    /// Sessions done and to come.
    pub sessions: (Vec<f64>, Vec<f64>),
    /// Now.
    pub today: f64,
}

/// A band with its label.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ahead {
    /// "Continue the plan".
    pub label: String,
    /// Its end in words: "2.7 (1.5 to 4)".
    pub end: String,
    /// In order of time.
    pub band: Vec<Ribbon>,
}

/// The chart twice: for a wide page, and redrawn for a phone.
pub fn outlook(outlook: &Outlook) -> String {
    let outlook = &outlook.sound();
    draw(outlook, &WIDE) + &draw(outlook, &PHONE)
}

/// As other courses on a phone, with room for the names above.
const PHONE: Layout = Layout {
    height: 376.0,
    top: 56.0,
    bottom: 294.0,
    week_title: ("weeks since baseline", (290.0, 370.0), Anchor::End),
    ..NARROW
};

impl Outlook {
    /// The same without anything that is not a number.
    fn sound(&self) -> Self {
        let mut sound = self.clone();
        sound.points.retain(|dot| dot.weeks.is_finite() && dot.value.is_finite());
        for band in [&mut sound.so_far, &mut sound.ahead.band, &mut sound.beside.band] {
            band.retain(Ribbon::is_sound);
        }
        for sessions in [&mut sound.sessions.0, &mut sound.sessions.1] {
            sessions.retain(|weeks| weeks.is_finite());
        }
        sound.counts = sound.counts.filter(|counts| counts.value.is_finite());
        sound
    }

    /// So far and ahead as one band: they meet today.
    fn course(&self) -> Vec<Ribbon> {
        self.so_far.iter().chain(&self.ahead.band).copied().collect()
    }
}

fn draw(outlook: &Outlook, layout: &Layout) -> String {
    let frame = Frame::of(outlook, layout);
    let mut svg = Svg::image(layout.class, layout.width, layout.height, &outlook.finding);
    frame.grid(&mut svg, layout);
    let lines = bands(&mut svg, outlook, &frame);
    let now = today(&mut svg, outlook, &frame, layout);
    labels::ends(&mut svg, outlook, &frame, layout);
    let dots: Vec<(f64, f64)> = outlook.points.iter().map(|dot| frame.at(dot.weeks, dot.value)).collect();
    let [course, beside] = lines.map(|line| place::along(&line));
    let marks = [dots.as_slice(), &course, &beside, &place::along(&now)].concat();
    least_change(&mut svg, outlook, &frame, layout, &marks);
    for (dot, at) in outlook.points.iter().zip(dots) {
        svg.circle("ob", at, 5.0, &dot.title);
    }
    sessions(&mut svg, outlook, &frame, layout);
    svg.finish()
}

/// Draws both bands, the one without treatment below, and gives their middle lines.
fn bands(svg: &mut Svg, outlook: &Outlook, frame: &Frame) -> [Vec<(f64, f64)>; 2] {
    let (x, y) = (&frame.x, &frame.y);
    let (course, beside) = (outlook.course(), &outlook.beside.band);
    ribbon::area(svg, "n90", beside, (x, y), |at| at.ninety);
    ribbon::area(svg, "p90", &course, (x, y), |at| at.ninety);
    ribbon::area(svg, "p50", &course, (x, y), |at| at.fifty);
    for edge in [0, 1] {
        svg.line("n-edge", &ribbon::line(beside, x, y, |at| at.ninety[edge]));
    }
    let [course, beside] = [&course, beside].map(|band| ribbon::line(band, x, y, |at| at.middle));
    svg.line("nl", &beside);
    svg.line("pl", &course);
    [course, beside]
}

fn today(svg: &mut Svg, outlook: &Outlook, frame: &Frame, layout: &Layout) -> Vec<(f64, f64)> {
    if !(frame.first..=frame.last).contains(&outlook.today) {
        return Vec::new();
    }
    let x = frame.x.at(outlook.today);
    let line = vec![(x, layout.top), (x, layout.bottom)];
    svg.line("now", &line);
    let (x, anchor) = if x > layout.right - 50.0 { (x - 6.0, Anchor::End) } else { (x + 6.0, Anchor::Start) };
    svg.text("at halo", (x, layout.top + 12.0), anchor, "today");
    line
}

fn least_change(svg: &mut Svg, outlook: &Outlook, frame: &Frame, layout: &Layout, marks: &[(f64, f64)]) {
    let Some(counts) = &outlook.counts else { return };
    let y = frame.y.at(counts.value);
    svg.line("mic", &[(layout.left, y), (layout.right, y)]);
    let label = place::freest(y, &counts.words, layout, marks);
    for (line, down) in counts.words.iter().zip([0.0, place::LINE]) {
        svg.text("t-mic halo", (label.x, label.y + down), Anchor::Start, line);
    }
}

fn sessions(svg: &mut Svg, outlook: &Outlook, frame: &Frame, layout: &Layout) {
    let (done, planned) = &outlook.sessions;
    let y = layout.bottom + 38.0;
    for (class, weeks) in [("s-done", done), ("s-plan", planned)] {
        let mut drawn = f64::NEG_INFINITY;
        for x in weeks.iter().filter(|weeks| **weeks <= frame.last).map(|weeks| frame.x.at(*weeks)) {
            if x - drawn >= 2.0 {
                svg.diamond(class, (x, y), 6.0);
                drawn = x;
            }
        }
    }
    let words = labels::sessions(done.len(), planned.len());
    let right = done.iter().chain(planned).map(|weeks| frame.x.at(*weeks)).fold(layout.left, f64::max);
    let fits = right + 14.0 + place::width(&words) <= layout.width;
    let at = if fits { (right + 14.0, y + 4.5) } else { (layout.left, y + 22.0) };
    svg.text("al", at, Anchor::Start, &words);
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    fn band(from: f64, to: f64, fall: f64, wide: f64) -> Vec<Ribbon> {
        let at = |n: u32| {
            let weeks = from + (to - from) * f64::from(n) / 20.0;
            let (middle, half) = (6.8 - fall * weeks, 0.3 + wide * weeks);
            Ribbon {
                weeks,
                middle,
                fifty: [middle - half / 2.0, middle + half / 2.0],
                ninety: [middle - half, middle + half],
            }
        };
        (0..=20).map(at).collect()
    }

    pub(super) fn elbow() -> Outlook {
        let dots = [(0.0, 6.8), (1.0, 6.9), (1.3, 6.2), (2.0, 5.2), (2.9, 5.1)];
        let counts = Counts { value: 4.8, words: ["2 points better,".into(), "the least that counts".into()] };
        Outlook {
            finding: "Pain falls".into(),
            ends: Some((0.0, 10.0)),
            points: dots.map(|(weeks, value)| Dot { weeks, value, title: format!("{value}") }).to_vec(),
            so_far: band(0.0, 2.9, 0.5, 0.05),
            ahead: Ahead {
                label: "Continue the plan".into(),
                end: "2.7 (1.5 to 4)".into(),
                band: band(2.9, 12.0, 0.35, 0.1),
            },
            beside: Ahead {
                label: "Without treatment".into(),
                end: "4.7 (3.7 to 5.6)".into(),
                band: band(0.0, 12.0, 0.2, 0.1),
            },
            counts: Some(counts),
            sessions: (vec![1.0, 1.5, 2.0, 2.5], vec![3.0, 3.5, 4.0]),
            today: 2.9,
        }
    }

    #[test]
    fn both_widths_show_the_same() {
        let svg = outlook(&elbow());
        is_sound(&svg);
        for (mark, times) in
            [("\"ob\"", 10), ("\"s-done\"", 8), ("\"s-plan\"", 6), ("\"nl\"", 3), ("\"n90\"", 2), ("\"p90\"", 2)]
        {
            assert_eq!(svg.matches(&format!("class={mark}")).count(), times, "{mark}");
        }
        for words in ["today", "4 sessions done, 3 planned", "the least that counts"] {
            assert_eq!(svg.matches(&format!(">{words}</text>")).count(), 2, "{words}");
        }
        assert!(svg.contains(">2.7 (1.5 to 4)</text>") && svg.contains(">treatment</text>"));
    }

    #[test]
    fn odd_or_empty_answers_still_make_a_picture() {
        let none = Outlook {
            points: Vec::new(),
            so_far: Vec::new(),
            ahead: Ahead::default(),
            beside: Ahead::default(),
            counts: None,
            sessions: (Vec::new(), Vec::new()),
            today: f64::NAN,
            ..elbow()
        };
        let mut odd = elbow();
        odd.so_far[3].middle = f64::INFINITY;
        odd.ahead.band[4].ninety[1] = f64::NAN;
        let angle = Outlook { ends: None, ..elbow() };
        let many = Outlook { sessions: ((0..900).map(f64::from).collect(), Vec::new()), ..elbow() };
        for case in [none, odd, angle, many] {
            is_sound(&outlook(&case));
        }
    }
}
