//! The Transport block: type, URL, proxy, VRF (DOMAIN 1.4, "every spelling of the transport block").

use super::super::{Sink, destination};
use super::field;

/// A field whose value stands on the following lines.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Pending {
    #[default]
    Nothing,
    Proxy,
    Vrf,
}

/// Transports, as printed.
const TYPES: &[&str] = &["Smart", "Callhome", "cslu", "Transport Off", "Satellite"];

/// What the block carries from line to line.
#[derive(Default)]
pub(super) struct Open {
    pending: Pending,
    proxy_address: Option<String>,
}

/// Reads a line of the block; false where it is not known.
pub(super) fn line(open: &mut Open, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
    let Some((key, value)) = field(text) else {
        return text.eq_ignore_ascii_case("Not Configured");
    };
    match key.to_ascii_lowercase().as_str() {
        "type" => sink.text("license.transport.type", number, value),
        "url" | "cslu address" | "registration url" => url(value, number, sink),
        // Billing of MSLA contracts goes there, not registration or usage reports.
        "utility url" => {}
        "proxy" => open.pending = Pending::Proxy,
        "address" if open.pending == Pending::Proxy => open.proxy_address = Some(value.to_owned()),
        "port" if open.pending == Pending::Proxy => {
            if let Some(address) = open.proxy_address.take() {
                let proxy = if value.starts_with('<') { address } else { format!("{address}:{value}") };
                sink.text("license.transport.proxy", number, &proxy);
            }
        }
        "username" | "password" => {}
        "vrf" => {
            open.pending = Pending::Vrf;
            if !value.eq_ignore_ascii_case("Not Configured") {
                sink.text("license.transport.vrf", number, value);
            }
        }
        "server identity check" => {
            sink.flag("license.transport.identity_check", number, value.eq_ignore_ascii_case("true"));
        }
        "ip mode" => sink.text("license.transport.ip_mode", number, value),
        "trust point" => sink.text("license.transport.trust_point", number, value),
        _ => return false,
    }
    true
}

/// Whether a line is the first of the block in an excerpt without its heading. `Type:` alone stands nowhere else, with one of these.
pub(super) fn identifies(text: &str) -> bool {
    let Some((key, value)) = field(text) else { return false };
    key.eq_ignore_ascii_case("type") && TYPES.iter().any(|it| value.eq_ignore_ascii_case(it))
}

fn url(value: &str, number: u32, sink: &mut Sink<'_>) {
    if !destination::is_cut(sink, number, value) {
        sink.text("license.transport.url", number, value);
    }
    destination::destination(sink, number, value);
}
