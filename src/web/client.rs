//! Who asks: the address that a client's budget goes by.
//!
//! Behind a proxy every connection comes from the proxy, which says for whom in
//! `X-Forwarded-For`. Anybody can write that header, so it is believed only from proxies that
//! the operator trusts. `Forwarded` (RFC 7239) is not read: a proxy that writes one of the two
//! passes the other on as the client wrote it.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

use super::App;
use crate::config::Network;

/// The header in which a proxy adds whom it asks for.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// How many bits of an IPv6 address are the network's; the rest a client chooses at will.
const NETWORK_BITS: u32 = 64;

/// The other end of a connection, as an extension of its requests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// Somebody who asks: an IPv4 address or an IPv6 network, or nobody in particular where
/// requests come without a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Client(Option<IpAddr>);

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        let address = match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = address.to_bits() >> NETWORK_BITS << NETWORK_BITS;
                IpAddr::V6(Ipv6Addr::from_bits(network))
            }
            v4 @ IpAddr::V4(_) => v4,
        };
        Self(Some(address))
    }
}

/// Who asks: the first address, from the end of the way, that is no trusted proxy.
pub(super) fn client_of(peer: Option<Peer>, headers: &HeaderMap, trusted: &[Network]) -> Client {
    let Some(Peer(mut last)) = peer else {
        return Client(None);
    };
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<_> = headers.get_all(FORWARDED_FOR).iter().collect();
    let hops = lines
        .iter()
        .rev()
        .flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
    for hop in hops {
        // What a trusted proxy does not know of, or hides, goes by the proxy.
        let Some(before) = address(hop.trim()).filter(|_| is_trusted(last)) else {
            break;
        };
        last = before;
    }
    Client::from(last)
}

/// An address as proxies write it: some with a port, those of IPv6 in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let plain = bare.unwrap_or(text).parse().ok();
    plain.or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().copied();
        let trusted = &app.parts.config.trusted_proxies;
        Ok(client_of(peer, &parts.headers, trusted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(text: &str) -> Client {
        Client::from(text.parse::<IpAddr>().unwrap())
    }

    #[test]
    fn one_network_of_ipv6_is_one_client() {
        assert_eq!(client("2001:db8:1:2::3"), client("2001:db8:1:2:ffff::"));
        assert_ne!(client("2001:db8:1:2::3"), client("2001:db8:1:3::3"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
        assert_ne!(client("192.0.2.2"), client("192.0.2.1"));
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let of = |peer: &str, lines: &[&'static str], trusted: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            headers.insert("forwarded", "for=203.0.113.99".parse().unwrap());
            let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
            client_of(Some(Peer(peer.parse().unwrap())), &headers, &trusted)
        };
        let here = ["127.0.0.0/8", "::1"];
        let far = ["127.0.0.0/8", "10.0.0.0/8"];
        for (peer, lines, trusted, expected) in [
            // Nobody says for whom.
            ("127.0.0.1", &[][..], &here[..], "127.0.0.1"),
            ("192.0.2.1", &[], &here, "192.0.2.1"),
            // Whoever is not trusted speaks for itself.
            ("192.0.2.1", &["203.0.113.1"], &here, "192.0.2.1"),
            ("127.0.0.1", &["203.0.113.1"], &[], "127.0.0.1"),
            // The proxy's word, and not what the client has put before it.
            ("127.0.0.1", &["203.0.113.1"], &here, "203.0.113.1"),
            ("::1", &["192.0.2.5, 203.0.113.1"], &here, "203.0.113.1"),
            (
                "127.0.0.1",
                &["192.0.2.5", "203.0.113.1"],
                &here,
                "203.0.113.1",
            ),
            (
                "127.0.0.1",
                &["127.0.0.1, 203.0.113.1"],
                &here,
                "203.0.113.1",
            ),
            // Proxies before the proxy.
            ("127.0.0.1", &["203.0.113.1, 10.1.1.1"], &far, "203.0.113.1"),
            ("127.0.0.1", &["203.0.113.1, 10.1.1.1"], &here, "10.1.1.1"),
            ("127.0.0.1", &["10.2.2.2, 10.1.1.1"], &far, "10.2.2.2"),
            // Ports and brackets.
            ("127.0.0.1", &["203.0.113.1:4711"], &here, "203.0.113.1"),
            ("127.0.0.1", &["[2001:db8::1]:4711"], &here, "2001:db8::"),
            ("127.0.0.1", &["[2001:db8::1]"], &here, "2001:db8::"),
            // What cannot be read goes by the one who says it.
            ("127.0.0.1", &["203.0.113.1, unknown"], &here, "127.0.0.1"),
            (
                "127.0.0.1",
                &["203.0.113.1, unknown, 10.1.1.1"],
                &far,
                "10.1.1.1",
            ),
            ("127.0.0.1", &[""], &here, "127.0.0.1"),
        ] {
            assert_eq!(
                of(peer, lines, trusted),
                client(expected),
                "{peer} {lines:?}"
            );
        }
    }

    #[test]
    fn requests_without_a_connection_are_one_client() {
        let unknown = client_of(None, &HeaderMap::new(), &Network::LOOPBACK);
        assert_eq!(unknown, Client(None));
    }
}
