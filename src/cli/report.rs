//! What is printed if the program itself fails, so that an editor can send it to somebody who can mend that.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;
use std::sync::Mutex;

use super::MACHINE;
use letterpress::deploy::redacted;

/// What is being done, for a report. It is global because a panic's hook is.
static DOING: Mutex<&str> = Mutex::new("reading the command line");

/// Notes what is being done.
pub(super) fn doing(what: &'static str) {
    if let Ok(mut doing) = DOING.lock() {
        *doing = what;
    }
    fail_if_asked(what);
}

/// Panics if a test asks for it, in the step that it names.
fn fail_if_asked(what: &str) {
    if std::env::var("LETTERPRESS_TEST_PANIC").is_ok_and(|asked| asked == what) {
        let home = std::env::home_dir().unwrap_or_default();
        let secret = std::env::var("AWS_SECRET_ACCESS_KEY").unwrap_or_default();
        panic!("a fault of the tests in {} {secret}", home.join("site").display());
    }
}

/// Lets a panic on any thread print a report and end the program. What is being published may be cut off at any moment without harm.
pub(super) fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let doing = DOING.try_lock().map_or("something", |doing| *doing);
        super::print::error(&report(&message(panic), &place(panic), doing, &Backtrace::capture()));
        std::process::exit(i32::from(MACHINE));
    }));
}

fn message(panic: &PanicHookInfo<'_>) -> String {
    panic.payload_as_str().unwrap_or("a value that is no text").to_owned()
}

/// Where in the sources; of a library, without the folders of the machine that it was built on.
fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map_or_else(|| "an unknown place".to_owned(), |place| relative(&place.to_string()))
}

fn relative(place: &str) -> String {
    let place = place.replace('\\', "/");
    let inside = place.split_once("/registry/src/").and_then(|(_, inside)| inside.split_once('/'));
    let inside = inside.map(|(_, inside)| inside).or_else(|| place.split_once("/library/").map(|(_, inside)| inside));
    inside.unwrap_or(&place).to_owned()
}

fn report(message: &str, place: &str, doing: &str, trace: &Backtrace) -> String {
    let mut report = format!(
        "this is a fault of the program, not of your site. What was published before is whole.\n\
         Please send this report to those who gave you Letterpress, with the page that you changed last:\n\n\
         \x20   letterpress {} on {} {}\n\
         \x20   while {doing}\n\
         \x20   at {place}\n\
         \x20   {}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        without_secrets(message).replace('\n', "\n    "),
    );
    if trace.status() == BacktraceStatus::Captured {
        report.push_str(&format!("\n{}", without_secrets(&trace.to_string())));
    }
    report
}

/// The home folder bears a person's name, and credentials are nobody else's business.
fn without_secrets(text: &str) -> String {
    let text = redacted(text);
    match std::env::home_dir().as_deref().and_then(std::path::Path::to_str) {
        Some(home) if home.len() > 1 => text.replace(home, "~"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_where_and_when_and_nothing_of_the_person() {
        let home = std::env::home_dir().unwrap();
        let message = format!("no such thing in {}/site", home.display());
        let text = report(&message, "src/site/mod.rs:10:5", "building the site", &Backtrace::disabled());
        for part in [env!("CARGO_PKG_VERSION"), std::env::consts::OS, "while building the site", "src/site/mod.rs:10:5"]
        {
            assert!(text.contains(part), "{text}");
        }
        assert!(text.contains("no such thing in ~/site"), "{text}");
    }

    #[test]
    fn a_place_in_a_library_is_told_without_folders_of_the_machine() {
        let place = "/home/ann/.cargo/registry/src/index-1949/comrak-1.0/src/a.rs:1:2";
        assert_eq!(relative(place), "comrak-1.0/src/a.rs:1:2");
        assert_eq!(relative("src/site/mod.rs:10:5"), "src/site/mod.rs:10:5");
        assert_eq!(relative("/rustc/1234/library/core/src/slice.rs:1:2"), "core/src/slice.rs:1:2");
    }
}
