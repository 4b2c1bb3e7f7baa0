//! Whom the preview answers: a browser that asks for it by an address of this machine.
//!
//! A page on the web can point a name of its own at 127.0.0.1 and read the preview under that name (DNS rebinding). Such a request
//! carries the name in its `Host`.

use std::net::IpAddr;

/// Whether a `Host` (RFC 9110 § 7.2) names this machine, when the preview listens at `listening`.
pub(super) fn is_own(host: &str, listening: IpAddr) -> bool {
    let name = without_port(host);
    if name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost") {
        return true;
    }
    match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        // An address can't be rebound; one that reached us is ours if we listen at all of them.
        Ok(address) => address == listening || address.is_loopback() || listening.is_unspecified(),
        Err(_) => false,
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|byte| byte.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let loopback: IpAddr = "127.0.0.1".parse().unwrap();
        for own in ["localhost", "localhost:4000", "127.0.0.1:4000", "[::1]:4000", "a.localhost:4000", "LOCALHOST"] {
            assert!(is_own(own, loopback), "{own}");
        }
        for other in [
            "",
            "evil.example",
            "evil.example:4000",
            "127.0.0.1.evil.example",
            "192.168.1.9:4000",
            "localhost.evil.example",
            "127.0.0.1:4000:1",
        ] {
            assert!(!is_own(other, loopback), "{other}");
        }
        assert!(is_own("192.168.1.9:4000", "0.0.0.0".parse().unwrap()));
        assert!(!is_own("evil.example:4000", "0.0.0.0".parse().unwrap()));
    }
}
