//! `contact`: our contact solver beside tamaas, ContactMechanics and scikit-fem, and how long it takes, on one core.

use std::process::ExitCode;

use anyhow::{Result, ensure};
use bench::contact::stacks::Press;
use bench::contact::{beside, hertz, speed, stacks};
use bench::peer::Peer;
use bench::report::{self, Page};
use clap::Parser;

/// The page that holds the figures.
const PAGE: &str = "docs/validation/contact.md";
/// How far the peak of a round tip may lie from Hertz, 1.
const PEAK_AIM: f64 = 1e-4;
/// How far force, half-width and peak may lie from finite elements, %.
const AIM: [f64; 3] = [0.5, 2.0, 0.5];

/// Hold the contact solver against other programs.
#[derive(Debug, Parser)]
struct Args {
    #[command(flatten)]
    report: report::Options,
    /// How many stacks are drawn beside the calf.
    #[arg(long, default_value_t = 6)]
    stacks: u32,
    /// Decides them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Finite elements in half the contact.
    #[arg(long, default_value_t = 64)]
    elements: u32,
    /// How often the plane problem is solved for its time.
    #[arg(long, default_value_t = 101)]
    repeats: usize,
    /// Also an edge with two ends by hexahedra, which takes minutes.
    #[arg(long)]
    ends: bool,
}

fn main() -> ExitCode {
    report::end("contact", run(&Args::parse()))
}

fn run(args: &Args) -> Result<()> {
    let (mut peer, versions) = args.report.peer("contact.py", "requirements.txt")?;
    let page = args.report.page(PAGE);
    page.show("speed", &["plane strain, 4096 points", "median, ms"], &speed::plane(args.repeats)?.rows())?;
    let (rows, peak) = hertz::rows(&mut peer, args.repeats.min(11))?;
    page.show("hertz", &hertz::HEADS, &rows)?;
    let presses = stacks::presses(args.stacks, args.seed);
    let worst = plane(args, &mut peer, page, &presses)?;
    footprints(args, &mut peer, page)?;
    own_ground(&mut peer, page, &presses[0])?;
    page.machine(&versions)?;
    peer.stop()?;
    ensure!(peak <= PEAK_AIM, "the peak lies {peak:.1e} from Hertz; the aim is {PEAK_AIM:.0e}");
    for (worst, aim) in worst.iter().zip(AIM) {
        ensure!(*worst <= aim, "ours lies {worst:.2} % from finite elements; the aim is {aim} %");
    }
    Ok(())
}

/// The calf and drawn stacks: the worst difference of force, half-width and peak, %.
fn plane(args: &Args, peer: &mut Peer, page: Page, presses: &[Press]) -> Result<[f64; 3]> {
    let (mut rows, mut worst) = (Vec::new(), [0.0_f64; 3]);
    for case in presses {
        let (theirs, strains) = beside::theirs(peer, case, args.elements)?;
        let (ours, contact) = beside::ours(case)?;
        let apart = beside::apart(ours, theirs);
        let (strain, place) = beside::strains_apart(&contact, &strains);
        rows.push(vec![
            case.name.clone(),
            stacks::text(&case.stack),
            format!("{:.2} / {:.2}", case.radius_mm, case.depth_mm),
            format!("{:.3} ({:+.2})", ours.force, apart[0]),
            format!("{:.3} ({:+.2})", ours.half_width, apart[1]),
            format!("{:.3} ({:+.2})", ours.peak, apart[2]),
            format!("{strain:+.1}: {place}"),
        ]);
        worst.iter_mut().zip(apart).for_each(|(worst, apart)| *worst = worst.max(apart.abs()));
    }
    let heads = [
        "case",
        "layers from the top",
        "R / depth, mm",
        "force, N/m (off, %)",
        "half-width, mm (off, %)",
        "peak, kPa (off, %)",
        "worst strain off, %",
    ];
    page.show("stacks", &heads, &rows)?;
    Ok(worst)
}

/// A round tip, and an edge of 30 mm when asked for: the latter takes minutes.
fn footprints(args: &Args, peer: &mut Peer, page: Page) -> Result<()> {
    let case =
        |name: &str, radius_mm, depth_mm| Press { name: name.to_owned(), stack: stacks::calf(), radius_mm, depth_mm };
    let mut pairs = Vec::new();
    for (name, radius_mm, depth_mm) in
        [("calf, round tip of 10 mm, 1 mm deep", 10.0, 1.0), ("calf, round tip of 5 mm, 3 mm deep", 5.0, 3.0)]
    {
        pairs.push((name, beside::round(peer, &case(name, radius_mm, depth_mm), args.elements / 2)?));
    }
    if args.ends {
        let name = "calf, edge of 10 mm and 30 mm long, 4 mm deep";
        pairs.push((name, beside::ended(peer, &case(name, 10.0, 4.0), 30.0, 2)?));
    }
    let row = |(name, [ours, theirs]): &(&str, [beside::Found; 2])| {
        let [force, width, peak] =
            beside::apart(*ours, *theirs).map(|off| if off.is_nan() { "-".to_owned() } else { format!("{off:+.2}") });
        let seconds = [ours.seconds, theirs.seconds].map(|seconds| format!("{:.0}", seconds * 1e3));
        [vec![(*name).to_owned(), format!("{:.4}", ours.force), force, width, peak], seconds.to_vec()].concat()
    };
    let heads = ["case", "force, N", "force off, %", "half-width off, %", "peak off, %", "ours, ms", "theirs, ms"];
    page.show("footprints", &heads, &pairs.iter().map(row).collect::<Vec<_>>())
}

/// scikit-fem at rising fineness beside ours at one: time beside error of the force, held against its own finest.
fn own_ground(peer: &mut Peer, page: Page, case: &Press) -> Result<()> {
    let (finest, _) = beside::theirs(peer, case, 128)?;
    let mut rows = Vec::new();
    let mut row = |name: String, found: beside::Found| {
        let [force, _, peak] = beside::apart(found, finest);
        rows.push(vec![name, format!("{force:+.3}"), format!("{peak:+.2}"), format!("{:.1}", found.seconds * 1e3)]);
    };
    for elements in [8, 16, 32, 64] {
        row(format!("scikit-fem, {elements} elements in half the contact"), beside::theirs(peer, case, elements)?.0);
    }
    row("Xystra, as `xystra contact` solves it".to_owned(), beside::ours(case)?.0);
    page.show("own-ground", &["program", "force off, %", "peak off, %", "ms, everything"], &rows)
}
