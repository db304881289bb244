//! Addresses that belong together: one, or all with the same beginning.

use std::net::IpAddr;
use std::str::FromStr;

/// A range of addresses, such as `10.0.0.0/8`, or a single one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// The first address; one of IPv4 as it is mapped into IPv6.
    first: u128,
    /// How many bits all have in common.
    bits: u32,
}

/// How many bits stand before the address of IPv4 when it is mapped into IPv6.
const BEFORE_V4: u32 = 96;

impl Network {
    /// This machine.
    pub const LOOPBACK: [Self; 2] = [
        Self {
            first: 0xffff_7f00_0000,
            bits: BEFORE_V4 + 8,
        },
        Self {
            first: 1,
            bits: u128::BITS,
        },
    ];

    /// Whether an address is one of them.
    pub fn contains(self, address: IpAddr) -> bool {
        number(address) & mask(self.bits) == self.first
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn mask(bits: u32) -> u128 {
    u128::MAX.checked_shl(u128::BITS - bits).unwrap_or(0)
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no address (10.0.0.1, ::1) and no range (10.0.0.0/8)");
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let before = if address.is_ipv4() { BEFORE_V4 } else { 0 };
        let bits = match length {
            None => u128::BITS,
            Some(length) => {
                let length = length.parse::<u8>().map_err(|_| wrong())?;
                before + u32::from(length)
            }
        };
        if bits > u128::BITS {
            return Err(wrong());
        }
        let first = number(address);
        if first & mask(bits) != first {
            return Err(format!(
                "{text} has bits set after its first {}",
                bits - before
            ));
        }
        Ok(Self { first, bits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_begins_alike() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
            ("192.0.2.7/32", "::ffff:192.0.2.7", "192.0.2.8"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "127.0.0.1"),
            ("0.0.0.0/0", "203.0.113.9", "2001:db8::1"),
        ] {
            let parsed: Network = network.parse().unwrap();
            assert!(parsed.contains(inside.parse().unwrap()), "{network}");
            assert!(!parsed.contains(outside.parse().unwrap()), "{network}");
        }
        let all: Network = "::/0".parse().unwrap();
        assert!(all.contains("203.0.113.9".parse().unwrap()));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for wrong in [
            "",
            "localhost",
            "10.0.0.0/33",
            "::1/129",
            "10.0.0.1/8",
            "10.0.0.0/",
            "10.0.0.0/x",
            "10.0.0.0/-1",
            "10.0.0.0/8/8",
            "1.2.3",
        ] {
            let error = wrong.parse::<Network>().unwrap_err();
            assert!(error.starts_with(wrong), "{error}");
        }
    }

    #[test]
    fn this_machine_is_127_and_1() {
        let parsed = ["127.0.0.0/8", "::1"].map(|text| text.parse::<Network>().unwrap());
        assert_eq!(parsed, Network::LOOPBACK);
    }
}
