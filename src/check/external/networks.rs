//! Addresses → whether they are on the public network, and a resolver of names that returns no others.
//!
//! A page, or a host that it links to, could otherwise have this machine ask machines that only it can reach.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::{Error, Proxy};

/// Whether an address can be reached from everywhere (IANA's registries of special-purpose addresses).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_special = match address.octets() {
        [0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..] => true,
        // Shared by a provider's customers (RFC 6598).
        [100, second, ..] => (64..128).contains(&second),
        [172, second, ..] => (16..32).contains(&second),
        [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [198, 18 | 19, ..] => true,
        // Multicast, reserved, broadcast.
        [first, ..] => first >= 224,
    };
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    match segments {
        // Unspecified, loopback, IPv4-compatible and IPv4-mapped.
        [0, 0, 0, 0, 0, 0, ..] => false,
        [0, 0, 0, 0, 0, 0xffff, ..] => false,
        // NAT64 (RFC 6052, RFC 8215), 6to4 and Teredo hold an IPv4 address; nothing on the web needs them.
        [0x64, 0xff9b, ..] | [0x2002, ..] | [0x2001, 0, ..] => false,
        // Documentation.
        [0x2001, 0xdb8, ..] | [0x3fff, ..] => false,
        // Global unicast is all in one block.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// A name that leads to an address of a private network.
#[derive(Debug)]
pub(super) struct NotPublic(pub(super) IpAddr);

impl fmt::Display for NotPublic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} is not on the public network", self.0)
    }
}

impl std::error::Error for NotPublic {}

/// Resolves names to public addresses only, whatever they resolved to a moment ago. An address that is written as a number passes: who asks
/// for it has looked at it.
#[derive(Debug)]
pub(super) struct PublicResolver {
    system: DefaultResolver,
    /// The host of the proxy that the environment names, which may well be on a private network.
    proxy: Option<String>,
}

impl PublicResolver {
    pub(super) fn new() -> Self {
        let proxy = Proxy::try_from_env().map(|proxy| proxy.host().to_owned());
        Self { system: DefaultResolver::default(), proxy }
    }

    fn may_be_private(&self, host: &str) -> bool {
        host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() || self.proxy.as_deref() == Some(host)
    }
}

impl Resolver for PublicResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system.resolve(uri, config, timeout).map_err(not_found)?;
        let private = found.iter().map(std::net::SocketAddr::ip).find(|address| !is_public(*address));
        match private.filter(|_| !self.may_be_private(uri.host().unwrap_or_default())) {
            Some(address) => Err(Error::Other(Box::new(NotPublic(address)))),
            None => Ok(found),
        }
    }
}

/// The errors of systems for a name that does not exist (glibc, musl, macOS); anything else may be a fault of this machine's network.
const NO_SUCH_NAME: &[&str] =
    &["Name or service not known", "Name does not resolve", "nodename nor servname provided", "No address associated"];
/// The error number on Windows (`WSAHOST_NOT_FOUND`, `WSANO_DATA`).
const NO_SUCH_NAME_ON_WINDOWS: &[i32] = &[11_001, 11_004];

fn not_found(error: Error) -> Error {
    let Error::Io(io) = &error else { return error };
    let text = io.to_string();
    let is_absent = NO_SUCH_NAME.iter().any(|said| text.contains(said))
        || io.raw_os_error().is_some_and(|number| NO_SUCH_NAME_ON_WINDOWS.contains(&number));
    if is_absent { Error::HostNotFound } else { Error::Other(text.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_private_networks_are_not_public() {
        let private = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
        ];
        for address in private {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["8.8.8.8", "100.128.0.1", "172.32.0.1", "192.1.1.1", "2606:4700::1111", "2a00:1450::1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_name_that_leads_to_this_machine_is_not_resolved() {
        let agent = ureq::Agent::with_parts(
            ureq::Agent::config_builder().proxy(None).build(),
            ureq::unversioned::transport::DefaultConnector::default(),
            PublicResolver { system: DefaultResolver::default(), proxy: None },
        );
        match agent.get("http://localhost:1/").call() {
            Err(Error::Other(error)) => assert!(error.is::<NotPublic>(), "{error}"),
            other => panic!("{other:?}"),
        }
    }
}
