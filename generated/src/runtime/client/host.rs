// @generated from an OpenAPI description: the runtime, the same for every API.

//! Hosts: one out of a URL in; whether it is this machine, or one that is trusted to be spoken to in the clear, out.

use std::net::IpAddr;

use url::Host;

/// Whether `host` is this machine, and no name server is needed to say so.
///
/// `0.0.0.0` and `::` are no addresses of a machine, though some systems connect to themselves there.
pub(crate) fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => is_local_name(name),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.to_canonical().is_loopback(),
    }
}

/// Whether a name is `localhost` or below it, which is this machine whatever a name server or a file says (RFC 6761).
pub(crate) fn is_local_name(name: &str) -> bool {
    let name = without_root(name);
    let last = name.rsplit('.').next().unwrap_or(name);
    last.eq_ignore_ascii_case("localhost")
}

/// A name without the dot for the root that may end it.
fn without_root(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

/// Hosts that may be spoken to in the clear, besides this machine.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trusted(Vec<Pattern>);

#[derive(Debug, Clone)]
enum Pattern {
    Name(String),
    /// All names that end so; it begins with a dot.
    Below(String),
    /// All addresses whose first `prefix` bits are those of `address`.
    Network {
        address: IpAddr,
        prefix: u32,
    },
}

impl Trusted {
    /// Reads what a caller says: names, `*.` or `.` and the end of names, addresses, and networks as `10.0.0.0/8`.
    pub(crate) fn parse(patterns: &[String]) -> Result<Self, String> {
        let read = |text: &String| {
            pattern(text).map_err(|reason| format!("`{text}` names no hosts to be reached by http: {reason}"))
        };
        patterns.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn contains(&self, host: &Host<&str>) -> bool {
        self.0.iter().any(|pattern| pattern.matches(host))
    }
}

impl Pattern {
    fn matches(&self, host: &Host<&str>) -> bool {
        let address = match host {
            Host::Domain(name) => {
                let name = without_root(name);
                return match self {
                    Self::Name(wanted) => name == wanted,
                    Self::Below(end) => name.len() > end.len() && name.ends_with(end),
                    Self::Network { .. } => false,
                };
            }
            Host::Ipv4(address) => IpAddr::V4(*address),
            Host::Ipv6(address) => address.to_canonical(),
        };
        match self {
            Self::Name(_) | Self::Below(_) => false,
            Self::Network {
                address: wanted,
                prefix,
            } => {
                let (bits, width) = bits(address);
                let (wanted, wanted_width) = self::bits(*wanted);
                width == wanted_width && is_same((bits ^ wanted, width), *prefix)
            }
        }
    }
}

fn pattern(text: &str) -> Result<Pattern, String> {
    if let Some((address, prefix)) = text.split_once('/') {
        return network(address, prefix);
    }
    let end = text.strip_prefix('*').unwrap_or(text).strip_prefix('.');
    let name = end.unwrap_or(text);
    if name.contains('*') {
        return Err("`*` stands only in front of a dot and the end of a name".to_owned());
    }
    // An address with colons in it is written without brackets, too.
    let host = match name.parse() {
        Ok(address) => Host::Ipv6(address),
        Err(_) => Host::parse(name).map_err(|error| format!("{error}; a pattern has neither scheme nor port"))?,
    };
    let address = match (host, end) {
        (Host::Domain(name), None) if !without_root(&name).is_empty() => {
            return Ok(Pattern::Name(without_root(&name).to_owned()));
        }
        (Host::Domain(name), Some(_)) if !without_root(&name).is_empty() => {
            return Ok(Pattern::Below(format!(".{}", without_root(&name))));
        }
        (Host::Ipv4(address), None) => IpAddr::V4(address),
        (Host::Ipv6(address), None) => address.to_canonical(),
        (Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_), _) => return Err("it is not the end of a name".to_owned()),
    };
    let (_, prefix) = bits(address);
    Ok(Pattern::Network { address, prefix })
}

fn network(address: &str, prefix: &str) -> Result<Pattern, String> {
    let bare = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address: IpAddr = bare
        .unwrap_or(address)
        .parse()
        .map_err(|_| "in front of `/` stands no address")?;
    if address.to_canonical() != address {
        return Err("networks of IPv4 are written as IPv4".to_owned());
    }
    let (bits, width) = bits(address);
    let prefix = prefix
        .parse()
        .ok()
        .filter(|length| (1..=width).contains(length) && prefix.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| format!("behind `/` stands no number from 1 to {width}"))?;
    let rest = width - prefix;
    if bits != bits >> rest << rest {
        return Err(format!("the address has bits beyond the first {prefix}"));
    }
    Ok(Pattern::Network { address, prefix })
}

/// The bits of an address, and how many there are.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (address.to_bits().into(), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

/// Whether two addresses, of which `difference` has the bits that differ, are the same in their first `prefix` bits.
const fn is_same((difference, width): (u128, u32), prefix: u32) -> bool {
    difference >> (width - prefix) == 0
}
