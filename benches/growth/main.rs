//! How time and memory grow with each construct of Markdown, front matter, letters, settings, search files and templates:
//! `cargo bench --bench growth`, with `-- --sizes 1000,2000,4000,8000` and `--only WORD` for a part of it.
//!
//! Each construct is put into an otherwise small site a growing number of times, and `letterpress check` runs on it. The slope is that of the
//! straight line through logarithms: 1 is linear, 2 quadratic. Exits with 1 if a slope is above 1.2. What costs less than a floor beside a
//! site without the construct is noise, and has no slope.

mod constructs;
mod measure;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use constructs::CONSTRUCTS;
use measure::Cost;

/// The steepest slope that is linear, with noise.
const STEEPEST: f64 = 1.2;
/// Below so much more than a site without the construct, seconds and megabytes are noise.
const FLOOR_SECONDS: f64 = 0.15;
const FLOOR_MEGABYTES: f64 = 25.0;
/// After so many seconds of processor time a run is ended, and the construct has failed.
const LIMIT: &str = "120";

struct Options {
    sizes: Vec<usize>,
    only: String,
    program: PathBuf,
    limit: Duration,
}

fn main() -> ExitCode {
    let options = options();
    println!("{:<40} {:>9} {:>9}  {:>9} {:>9}", "construct", "seconds", "slope", "MB", "slope");
    let bases: Vec<Cost> = (0..3).map(|_| run(&options, 0, 0)).collect();
    let base = bases.into_iter().min_by(|one, other| one.seconds.total_cmp(&other.seconds)).expect("a run");
    let chosen = (0..CONSTRUCTS.len()).filter(|at| CONSTRUCTS[*at].name.contains(&options.only));
    let steep = chosen.filter(|at| !is_linear(&options, *at, base)).count();
    println!("{steep} constructs grow faster than their size");
    if steep == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn options() -> Options {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|argument| argument == name).map(|at| arguments[at + 1].clone());
    let sizes = value("--sizes").unwrap_or_else(|| "12500,25000,50000,100000".to_owned());
    let limit = value("--limit").unwrap_or_else(|| LIMIT.to_owned());
    Options {
        limit: Duration::from_secs(limit.parse().expect("a limit in seconds")),
        sizes: sizes.split(',').map(|size| size.parse().expect("sizes are numbers")).collect(),
        only: value("--only").unwrap_or_default(),
        program: value("--program").map_or_else(|| env!("CARGO_BIN_EXE_letterpress").into(), PathBuf::from),
    }
}

/// Measures a construct, and prints its line.
fn is_linear(options: &Options, construct: usize, base: Cost) -> bool {
    let mut costs = Vec::new();
    for size in &options.sizes {
        costs.push((*size as f64, run(options, construct, *size)));
        if costs.last().is_some_and(|(_, cost)| !cost.ended) {
            break;
        }
    }
    let last = costs.last().expect("a size").1;
    let over = |floor: f64, of: fn(&Cost) -> f64| {
        let over = costs.iter().map(|(size, cost)| (*size, of(cost) - of(&base)));
        over.filter(|(_, over)| *over > floor).collect::<Vec<_>>()
    };
    let time = slope(&over(FLOOR_SECONDS, |cost| cost.seconds));
    let memory = slope(&over(FLOOR_MEGABYTES, |cost| cost.megabytes));
    let is_linear = last.ended && [time, memory].iter().flatten().all(|slope| *slope <= STEEPEST);
    println!(
        "{:<40} {:>9.2} {:>9}  {:>9.0} {:>9}{}",
        CONSTRUCTS[construct].name,
        last.seconds,
        shown(time),
        last.megabytes,
        shown(memory),
        if !last.ended {
            "  did not end"
        } else if is_linear {
            ""
        } else {
            "  too steep"
        }
    );
    is_linear
}

fn shown(slope: Option<f64>) -> String {
    slope.map_or("-".to_owned(), |slope| format!("{slope:.2}"))
}

/// The slope of the straight line through the logarithms; `None` for fewer than two points.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    if points.len() < 2 {
        return None;
    }
    let logarithms: Vec<(f64, f64)> = points.iter().map(|(size, cost)| (size.ln(), cost.ln())).collect();
    let count = logarithms.len() as f64;
    let mean_x = logarithms.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = logarithms.iter().map(|(_, y)| y).sum::<f64>() / count;
    let rise: f64 = logarithms.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let run: f64 = logarithms.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    Some(rise / run)
}

/// Checks a site that contains a construct so many times.
fn run(options: &Options, construct: usize, size: usize) -> Cost {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in CONSTRUCTS[construct].site(size) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a written file");
    }
    measure::check(&options.program, folder.path(), options.limit)
}
