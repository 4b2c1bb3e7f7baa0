//! Time grows no faster than what a file contains: the constructs that once compared each with each, at two sizes. `benches/growth` measures
//! all of them at larger ones.
//!
//! Processor time is compared, not time by the clock, with room for twice a linear growth, and what is below a floor passes.

#![cfg(target_os = "linux")]

#[path = "../../benches/growth/constructs.rs"]
mod constructs;
#[path = "../../benches/growth/measure.rs"]
mod measure;

use std::path::Path;
use std::time::Duration;

use constructs::{CONSTRUCTS, Construct};

const SMALL: usize = 1_500;
/// Four times as many.
const LARGE: usize = 4 * SMALL;
/// A linear construct takes four times as long, a quadratic one sixteen times.
const MOST_TIMES: f64 = 8.0;
/// Processor time in seconds below which the times of a site are noise.
const FLOOR: f64 = 0.3;
/// Ten times what a small site takes.
const MOST_MEGABYTES: f64 = 500.0;
const LIMIT: Duration = Duration::from_secs(120);

/// The names of constructs that were quadratic once.
const ONCE_QUADRATIC: &[&str] = &[
    "[a](",
    "](",
    "http://",
    "links without words",
    "broken anchors, many headings",
    "spaces",
    "</a>",
    "<!-- a -->",
    "unknown keys",
    "keys of allow",
    "choices with or",
    "[optional: that are open",
    "checked: aliases that collide",
    "links of guidance",
    "headings of guidance",
    "words of one synonym group",
    "synonym groups with one word",
    "terms to avoid",
    "unknown rules",
    "unknown settings",
];

#[test]
fn no_construct_that_was_quadratic_is_so_again() {
    for name in ONCE_QUADRATIC {
        let construct = CONSTRUCTS.iter().find(|construct| construct.name == *name).expect("a construct of that name");
        let (small, large) = (seconds(construct, SMALL), seconds(construct, LARGE));
        assert!(large <= MOST_TIMES * small.max(FLOOR), "{name}: {small} s for {SMALL}, {large} s for {LARGE}");
    }
}

/// The least of two runs.
fn seconds(construct: &Construct, size: usize) -> f64 {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in construct.site(size) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a written file");
    }
    let run = || {
        let cost = measure::check(Path::new(env!("CARGO_BIN_EXE_letterpress")), folder.path(), LIMIT);
        assert!(cost.ended, "{size} times {} did not end in {LIMIT:?}: {cost:?}", construct.name);
        assert!(cost.megabytes < MOST_MEGABYTES, "{size} times {}: {cost:?}", construct.name);
        cost.seconds
    };
    run().min(run())
}
