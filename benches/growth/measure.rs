//! Runs the program on a folder, and measures what it took. Linux only: processor time and memory are read from `/proc`.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Processor time in seconds, over all threads.
    pub seconds: f64,
    /// Peak resident memory in megabytes of 1,000,000 bytes.
    pub megabytes: f64,
    /// Whether the run ended by itself: not by a signal, and before the limit.
    pub ended: bool,
}

/// How often a running program's memory is read.
const INTERVAL: Duration = Duration::from_millis(2);
/// `USER_HZ` of Linux, in which `/proc` counts processor time.
const TICKS_A_SECOND: f64 = 100.0;

/// Checks the site in a folder, with at most so much processor time.
pub fn check(program: &Path, site: &Path, limit: Duration) -> Cost {
    let mut command = Command::new(program);
    command.args(["check", "--as-of", "2026-11-01", "--source"]).arg(site);
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    measured(command.spawn().expect("the program starts"), limit)
}

fn measured(mut child: Child, limit: Duration) -> Cost {
    let mut kilobytes = 0.0_f64;
    let mut in_time = true;
    // A program that has ended keeps its times until it is waited for.
    while !has_ended(&child) {
        kilobytes = kilobytes.max(peak_kilobytes(&child));
        if in_time && processor_seconds(&child) > limit.as_secs_f64() {
            in_time = false;
            child.kill().expect("the program can be ended");
        }
        std::thread::sleep(INTERVAL);
    }
    let seconds = processor_seconds(&child);
    let status = child.wait().expect("the program ended");
    Cost { seconds, megabytes: kilobytes * 1.024 / 1000.0, ended: in_time && status.code().is_some() }
}

/// The fields of `/proc/PID/stat` from the state on; the name before them may hold anything.
fn stat(child: &Child) -> Vec<String> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    fields.split_whitespace().map(str::to_owned).collect()
}

fn has_ended(child: &Child) -> bool {
    stat(child).first().is_none_or(|state| state == "Z")
}

fn processor_seconds(child: &Child) -> f64 {
    let stat = stat(child);
    let ticks = |place: usize| stat.get(place).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / TICKS_A_SECOND
}

fn peak_kilobytes(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok()).unwrap_or(0.0)
}
