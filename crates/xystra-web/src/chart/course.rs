//! The observed course of a measure beside its natural course: what was measured, what would have happened anyway where
//! somebody published it, and the least change that counts.

pub(super) mod layout;
pub(super) mod place;

use super::{Anchor, Scale, Svg, nice_step};
use layout::{Layout, NARROW, WIDE};
use place::{Label, freest};

/// What the chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What the picture says in words.
    pub finding: String,
    /// The lowest value of the scale, for a score; an angle or a length is drawn over its own range.
    pub floor: Option<f64>,
    /// What was measured, oldest first.
    pub points: Vec<Dot>,
    /// What happens without treatment, where somebody published it.
    pub natural: Option<Natural>,
    /// From where the change counts.
    pub counts: Option<Counts>,
    /// Finished sessions, weeks since the first observation.
    pub sessions: Vec<f64>,
    /// Today, weeks since the first observation.
    pub today: f64,
}

/// One observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// Weeks since the first observation.
    pub weeks: f64,
    /// In the measure's unit.
    pub value: f64,
    /// Day and value in words.
    pub title: String,
}

/// The natural course.
#[derive(Debug, Clone, PartialEq)]
pub struct Natural {
    /// Weeks and value, in order; straight lines between.
    pub points: Vec<(f64, f64)>,
    /// Whose course it is: "Left untreated".
    pub label: String,
}

/// The least change that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// The value from which the change counts.
    pub value: f64,
    /// Two lines: "2 points better than baseline,", "the least change that counts".
    pub words: [String; 2],
}

/// The chart twice: for a wide page, and redrawn for a phone.
pub fn course(course: &Course) -> String {
    let course = &course.sound();
    draw(course, &WIDE) + &draw(course, &NARROW)
}

impl Course {
    /// The same without anything that is not a number.
    fn sound(&self) -> Self {
        let mut sound = self.clone();
        sound.points.retain(|dot| dot.weeks.is_finite() && dot.value.is_finite());
        sound.sessions.retain(|weeks| weeks.is_finite());
        sound.counts = sound.counts.filter(|counts| counts.value.is_finite());
        if let Some(natural) = &mut sound.natural {
            natural.points.retain(|(weeks, value)| weeks.is_finite() && value.is_finite());
        }
        sound.natural = sound.natural.filter(|natural| natural.points.len() > 1);
        sound
    }

    /// Weeks from left to right. A published course that runs on for a year is cut where it leaves the client behind.
    fn weeks(&self) -> (f64, f64) {
        let first = self.sessions.iter().copied().fold(0.0, f64::min);
        let observed = self.points.iter().map(|dot| dot.weeks).chain(self.sessions.iter().copied());
        let last = observed.fold(0.0, f64::max);
        let natural =
            self.natural.as_ref().map_or(0.0, |natural| natural.points.last().map_or(0.0, |(weeks, _)| *weeks));
        let room = if natural > 0.0 { natural.min(LONGEST_WEEKS) } else { SHORTEST_WEEKS };
        (first, last.max(room).ceil())
    }

    /// Values from bottom to top, on round ends.
    fn values(&self, weeks: (f64, f64)) -> (f64, f64) {
        let observed = self.points.iter().map(|dot| dot.value);
        let natural = self.natural_within(weeks.1).into_iter().map(|(_, value)| value);
        let all = observed.chain(natural).chain(self.counts.iter().map(|counts| counts.value)).chain(self.floor);
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return (0.0, 1.0);
        }
        let step = nice_step((high - low).max(1.0), 5.0);
        let low = self.floor.unwrap_or_else(|| (low / step).floor() * step);
        (low, ((high / step).ceil() * step).max(low + step))
    }

    /// The natural course up to the chart's last week.
    fn natural_within(&self, last: f64) -> Vec<(f64, f64)> {
        let Some(natural) = &self.natural else { return Vec::new() };
        let mut within: Vec<(f64, f64)> =
            natural.points.iter().copied().take_while(|(weeks, _)| *weeks <= last).collect();
        let next = natural.points.get(within.len());
        if let (Some(&(from, value)), Some(&(to, then))) = (within.last(), next) {
            within.push((last, value + (then - value) * (last - from) / (to - from)));
        }
        within
    }
}

/// Weeks that a published course is drawn for, at most, unless the client is further.
const LONGEST_WEEKS: f64 = 12.0;
/// Weeks that are drawn without one, at least.
const SHORTEST_WEEKS: f64 = 4.0;

/// The chart's scales.
struct Scales {
    x: Scale,
    y: Scale,
    last: f64,
}

fn draw(course: &Course, layout: &Layout) -> String {
    let weeks = course.weeks();
    let values = course.values(weeks);
    let scales = Scales {
        x: Scale::new(weeks.0, weeks.1, layout.left, layout.right),
        y: Scale::new(values.0, values.1, layout.bottom, layout.top),
        last: weeks.1,
    };
    let mut svg = Svg::image(layout.class, layout.width, layout.height, &course.finding);
    value_axis(&mut svg, &scales, values, layout);
    week_axis(&mut svg, &scales, weeks, layout);
    let natural: Vec<(f64, f64)> = course
        .natural_within(scales.last)
        .iter()
        .map(|(weeks, value)| (scales.x.at(*weeks), scales.y.at(*value)))
        .collect();
    let dots: Vec<(f64, f64)> =
        course.points.iter().map(|dot| (scales.x.at(dot.weeks), scales.y.at(dot.value))).collect();
    svg.line("nl", &natural);
    let label = natural_label(&mut svg, course, &natural, layout);
    let now = now_line(course, &scales, layout);
    today(&mut svg, &now, layout);
    let marks = [dots.as_slice(), &label, &place::along(&natural), &place::along(&now)].concat();
    least_change(&mut svg, course, &scales, layout, &marks);
    let mut drawn: Option<(f64, f64)> = None;
    for (dot, at) in course.points.iter().zip(&dots) {
        if drawn.is_none_or(|drawn| !covers(drawn, *at)) {
            svg.circle("ob", *at, 5.0, &dot.title);
            drawn = Some(*at);
        }
    }
    sessions(&mut svg, course, &scales, layout);
    svg.finish()
}

/// Would a mark here be seen no more than the one before it? Of a thousand sessions most would.
fn covers(drawn: (f64, f64), at: (f64, f64)) -> bool {
    (drawn.0 - at.0).abs() < 2.0 && (drawn.1 - at.1).abs() < 2.0
}

fn value_axis(svg: &mut Svg, scales: &Scales, values: (f64, f64), layout: &Layout) {
    let step = nice_step(values.1 - values.0, 5.0);
    for value in scales.y.ticks(step) {
        let y = scales.y.at(value);
        svg.line("grid-ln", &[(layout.left, y), (layout.right, y)]);
        svg.text("al", (layout.left - 8.0, y + 4.5), Anchor::End, &crate::show::number(value, 2));
    }
}

fn week_axis(svg: &mut Svg, scales: &Scales, weeks: (f64, f64), layout: &Layout) {
    svg.line("axis", &[(layout.left, layout.bottom), (layout.right, layout.bottom)]);
    for week in scales.x.ticks(nice_step(weeks.1 - weeks.0, layout.most_weeks)) {
        let x = scales.x.at(week);
        svg.line("axis", &[(x, layout.bottom), (x, layout.bottom + 6.0)]);
        svg.text("al", (x, layout.bottom + 21.0), Anchor::Middle, &crate::show::number(week, 1));
    }
    let (words, at, anchor) = layout.week_title;
    svg.text("al", at, anchor, words);
}

/// From top to bottom; nothing when today is not on the chart.
fn now_line(course: &Course, scales: &Scales, layout: &Layout) -> Vec<(f64, f64)> {
    let x = scales.x.at(course.today);
    let is_on_it = (0.0..=scales.last).contains(&course.today);
    if is_on_it { vec![(x, layout.top), (x, layout.bottom)] } else { Vec::new() }
}

fn today(svg: &mut Svg, line: &[(f64, f64)], layout: &Layout) {
    let Some(&(x, _)) = line.first() else { return };
    svg.line("now", line);
    let near_end = x > layout.right - 50.0;
    let (x, anchor) = if near_end { (x - 6.0, Anchor::End) } else { (x + 6.0, Anchor::Start) };
    svg.text("at halo", (x, layout.top + 12.0), anchor, "today");
}

fn least_change(svg: &mut Svg, course: &Course, scales: &Scales, layout: &Layout, marks: &[(f64, f64)]) {
    let Some(counts) = &course.counts else { return };
    let y = scales.y.at(counts.value);
    svg.line("mic", &[(layout.left, y), (layout.right, y)]);
    let Label { x, y } = freest(y, &counts.words, layout, marks);
    for (line, down) in counts.words.iter().zip([0.0, place::LINE]) {
        svg.text("t-mic halo", (x, y + down), Anchor::Start, line);
    }
}

/// Draws the label and gives the places that it covers within the plot.
fn natural_label(svg: &mut Svg, course: &Course, drawn: &[(f64, f64)], layout: &Layout) -> Vec<(f64, f64)> {
    let (Some(natural), [.., last]) = (&course.natural, drawn) else { return Vec::new() };
    let Some(x) = layout.beside else {
        let from = layout.right - place::width(&natural.label);
        let above = place::along(drawn).into_iter().filter(|(x, _)| *x >= from).map(|(_, y)| y).fold(last.1, f64::min);
        let y = (above - 9.0).max(layout.top + 12.0);
        svg.text("t-none halo", (layout.right, y), Anchor::End, &natural.label);
        return place::along(&[(from, y - 5.0), (layout.right, y - 5.0)]);
    };
    let y = (last.1 + 4.0).clamp(layout.top + 12.0, layout.bottom - 2.0 * place::LINE - 4.0);
    let mut lines: Vec<_> = place::wrapped(&natural.label).into_iter().map(|line| ("t-none", line)).collect();
    lines.push(("al", "published course".to_owned()));
    for (n, (class, line)) in (0u8..).zip(&lines) {
        svg.text(class, (x, y + f64::from(n) * place::LINE), Anchor::Start, line);
    }
    Vec::new()
}

fn sessions(svg: &mut Svg, course: &Course, scales: &Scales, layout: &Layout) {
    let y = layout.bottom + 38.0;
    let mut drawn: Option<(f64, f64)> = None;
    for at in course.sessions.iter().map(|weeks| (scales.x.at(*weeks), y)) {
        if drawn.is_none_or(|drawn| !covers(drawn, at)) {
            svg.diamond("s-done", at, 6.0);
            drawn = Some(at);
        }
    }
    let words = match course.sessions.len() {
        0 => return,
        1 => "1 session done".to_owned(),
        many => format!("{many} sessions done"),
    };
    let last = course.sessions.iter().map(|weeks| scales.x.at(*weeks)).fold(layout.left, f64::max);
    let first = course.sessions.iter().map(|weeks| scales.x.at(*weeks)).fold(layout.right, f64::min);
    if last + 14.0 + place::width(&words) <= layout.width {
        svg.text("al", (last + 14.0, y + 4.5), Anchor::Start, &words);
    } else if first - 14.0 - place::width(&words) >= 0.0 {
        svg.text("al", (first - 14.0, y + 4.5), Anchor::End, &words);
    } else {
        svg.text("al", (layout.left, y + 22.0), Anchor::Start, &words);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    fn elbow() -> Course {
        let dots = [(0.0, 6.8), (1.0, 6.9), (1.3, 6.2), (2.0, 5.2), (2.9, 5.1)];
        Course {
            finding: "Pain on gripping: 1.7 points lower".into(),
            floor: Some(0.0),
            points: dots.map(|(weeks, value)| Dot { weeks, value, title: format!("week {weeks}: {value}") }).to_vec(),
            natural: Some(Natural {
                points: vec![(0.0, 6.8), (6.0, 5.0), (52.0, 1.0)],
                label: "Left untreated".into(),
            }),
            counts: Some(Counts {
                value: 4.8,
                words: ["2 points better than baseline,".into(), "the least change that counts".into()],
            }),
            sessions: vec![1.0, 1.5, 2.0, 2.5],
            today: 2.9,
        }
    }

    #[test]
    fn both_widths_show_the_same() {
        let svg = course(&elbow());
        is_sound(&svg);
        for (mark, times) in [("class=\"ob\"", 10), ("class=\"s-done\"", 8), ("class=\"nl\"", 2), ("class=\"mic\"", 2)]
        {
            assert_eq!(svg.matches(mark).count(), times, "{mark}");
        }
        assert_eq!((svg.matches("only-wide").count(), svg.matches("only-narrow").count()), (1, 1));
        assert_eq!(svg.matches(">the least change that counts</text>").count(), 2);
    }

    #[test]
    fn a_score_begins_at_its_floor_and_an_angle_does_not() {
        assert_eq!(elbow().values((0.0, 12.0)), (0.0, 8.0));
        let angle = Course { floor: None, natural: None, counts: None, ..elbow() };
        assert_eq!(angle.values((0.0, 4.0)), (5.0, 7.0));
    }

    #[test]
    fn a_long_published_course_is_cut_on_its_line() {
        let cut = elbow().natural_within(12.0);
        assert_eq!(cut.len(), 3);
        assert!((cut[2].1 - (5.0 - 4.0 * 6.0 / 46.0)).abs() < 1e-9);
        assert_eq!(elbow().weeks(), (0.0, 12.0));
    }

    #[test]
    fn a_thousand_marks_are_drawn_where_they_can_be_told_apart() {
        let weeks = |n: i32| f64::from(n) / 100.0;
        let dot = |n| Dot { weeks: weeks(n), value: 5.0, title: String::new() };
        let many = Course {
            points: (0..1000).map(dot).collect(),
            sessions: (0..1000).map(weeks).collect(),
            natural: None,
            ..elbow()
        };
        let svg = course(&many);
        is_sound(&svg);
        for mark in ["class=\"ob\"", "class=\"s-done\""] {
            let drawn = svg.matches(mark).count();
            assert!((200..700).contains(&drawn), "{drawn} of {mark}");
        }
        assert!(svg.contains("1000 sessions done"));
    }

    #[test]
    fn nothing_odd_leaves_the_picture() {
        let one = Course {
            points: elbow().points[..1].to_vec(),
            natural: None,
            counts: None,
            sessions: Vec::new(),
            ..elbow()
        };
        let none = Course { points: Vec::new(), ..one.clone() };
        let odd = Course {
            points: vec![Dot { weeks: f64::NAN, value: 1.0, title: String::new() }],
            today: f64::NAN,
            ..elbow()
        };
        let before = Course { sessions: vec![-2.0, 0.5], today: 300.0, ..elbow() };
        let flat = Course { points: vec![Dot { weeks: 0.0, value: 0.0, title: "<b>".into() }], ..one.clone() };
        for case in [&one, &none, &odd, &before, &flat] {
            is_sound(&course(case));
        }
        assert!(course(&flat).contains("<title>&lt;b&gt;</title>"));
    }
}
