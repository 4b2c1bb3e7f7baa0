//! Tries again what a busy disk or network refused, each time after a longer pause.

use std::io;
use std::time::Duration;

const PAUSES: [Duration; 4] =
    [Duration::from_millis(100), Duration::from_millis(400), Duration::from_millis(1600), Duration::from_millis(6400)];

/// Does something until it is done, fails for good, or has failed too often.
pub(super) fn retried<T, E>(may_pass: impl Fn(&E) -> bool, mut attempt: impl FnMut() -> Result<T, E>) -> Result<T, E> {
    for pause in PAUSES {
        match attempt() {
            Err(error) if may_pass(&error) => std::thread::sleep(pause),
            done => return done,
        }
    }
    attempt()
}

/// Whether an error of a disk may pass: a mounted share that doesn't answer just now, a file that a scanner holds open.
pub(super) fn may_pass(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    let passing = [
        Kind::Interrupted,
        Kind::TimedOut,
        Kind::WouldBlock,
        Kind::StaleNetworkFileHandle,
        Kind::ResourceBusy,
        Kind::NetworkDown,
        Kind::NetworkUnreachable,
        Kind::HostUnreachable,
        Kind::ConnectionReset,
        Kind::ConnectionAborted,
    ];
    // On Windows, ERROR_SHARING_VIOLATION.
    passing.contains(&error.kind()) || (cfg!(windows) && error.raw_os_error() == Some(32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_tried_again_and_what_may_not_is_not() {
        for (kind, expected) in [(io::ErrorKind::TimedOut, 3), (io::ErrorKind::PermissionDenied, 1)] {
            let mut tries = 0;
            let done = retried(may_pass, || {
                tries += 1;
                if tries < 3 { Err(io::Error::from(kind)) } else { Ok(()) }
            });
            assert_eq!((tries, done.is_ok()), (expected, expected == 3));
        }
    }
}
