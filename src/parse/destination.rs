//! The URL that licensing messages go to: its host, and which server it means (DOMAIN 4.2).

use std::net::IpAddr;

use super::Sink;
use super::sink::is_nothing;
use crate::facts::Value;

/// Writes the `license.destination` facts for a URL. Values that say that there is none write nothing.
pub fn destination(sink: &mut Sink<'_>, line: u32, url: &str) {
    let url = url.trim();
    let host = host(url);
    let kind = kind(url, host);
    if kind == "other" && is_placeholder(host) {
        return;
    }
    if is_nothing(url) || host.is_empty() || is_cut(sink, line, url) {
        return;
    }
    sink.text("license.destination.url", line, url);
    sink.text("license.destination.host", line, host);
    sink.flag("license.destination.host_is_address", line, host.parse::<IpAddr>().is_ok());
    sink.add("license.destination.kind", line, Value::Text(kind.to_owned()));
}

/// Whether the end of the input may have cut a URL off.
pub fn is_cut(sink: &Sink<'_>, line: u32, url: &str) -> bool {
    let host = host(url);
    sink.ends_within(line) && is_beginning(url, host, kind(url, host))
}

/// Whether a template or a document has its own sign where an address is to be put: `{{ url }}`, `<URL>`, `$(url)`, `%URL%`. Such a sign
/// goes to no server, and so to none that is wrong.
fn is_placeholder(host: &str) -> bool {
    host.contains(['{', '}', '<', '>', '$', '%', '('])
}

/// Whether a URL is the beginning of one that a server listens at, so that the end of an input may have cut it off.
fn is_beginning(url: &str, host: &str, kind: &str) -> bool {
    const PATHS: &[&str] = &[
        "/its/service/oddce/services/DDCEService",
        "/licservice/license",
        "/Transportgateway/services/DeviceRequestHandler",
        "/SmartTransport",
        "/cslu/v1/pi",
    ];
    let path = url
        .split_once(host)
        .map_or("", |(_, rest)| rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    PATHS.iter().any(|whole| whole.len() > path.len() && whole.starts_with(path))
        && !(path.is_empty() && kind == "cslu")
}

/// The host of a URL, without port and brackets. Published templates lack the slashes: `http:10.1.1.1:8182/cslu` (DOMAIN 4.2).
pub fn host(url: &str) -> &str {
    let rest = ["https:", "http:"]
        .iter()
        .find_map(|scheme| {
            let start = url.get(..scheme.len())?;
            if start.eq_ignore_ascii_case(scheme) { url.get(scheme.len()..) } else { None }
        })
        .unwrap_or(url)
        .trim_start_matches('/');
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match authority.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

/// The server by host and path, compared without case: that a path is written in the wrong case is for a rule to say.
fn kind(url: &str, host: &str) -> &'static str {
    let (url, host) = (url.to_ascii_lowercase(), host.to_ascii_lowercase());
    let is_cisco = host == "cisco.com" || host.ends_with(".cisco.com");
    if is_cisco && url.contains("ddceservice") {
        "cloud-callhome"
    } else if is_cisco && (host.starts_with("smartreceiver") || url.contains("licservice")) {
        "cloud-smart"
    } else if url.contains("/transportgateway") || url.contains("devicerequesthandle") {
        "onprem-callhome"
    } else if url.contains("/smarttransport") {
        "onprem-smart"
    } else if url.contains("/cslu") || host == "cslu-local" {
        "cslu"
    } else {
        "other"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topology_has_its_kind() {
        for (url, host_is, kind_is) in [
            (
                "https://tools.cisco.com/its/service/oddce/services/DDCEService",
                "tools.cisco.com",
                "cloud-callhome",
            ),
            ("https://smartreceiver.cisco.com/licservice/license", "smartreceiver.cisco.com", "cloud-smart"),
            (
                "https://smartreceiver-stage.cisco.com/licservice/license",
                "smartreceiver-stage.cisco.com",
                "cloud-smart",
            ),
            ("https://ssm.lab/Transportgateway/services/DeviceRequestHandler", "ssm.lab", "onprem-callhome"),
            ("https://ssm.lab/transportgateway/services/DeviceRequestHandle", "ssm.lab", "onprem-callhome"),
            ("https://ssm.lab:443/SmartTransport", "ssm.lab", "onprem-smart"),
            ("https://ssm.lab/cslu/v1/pi/lab-1", "ssm.lab", "cslu"),
            ("http://192.0.2.7:8182/cslu/v1/pi", "192.0.2.7", "cslu"),
            ("http:192.0.2.7:8182/cslu", "192.0.2.7", "cslu"),
            ("cslu-local", "cslu-local", "cslu"),
            ("https://[2001:db8::7]:8443/SmartTransport", "2001:db8::7", "onprem-smart"),
            ("https://example.org/its/service/oddce/services/DDCEService", "example.org", "other"),
        ] {
            assert_eq!(host(url), host_is, "{url}");
            assert_eq!(kind(url, host(url)), kind_is, "{url}");
        }
    }

    #[test]
    fn a_sign_of_a_template_is_no_address() {
        for url in ["{{ smart_url }}", "<URL>", "https://{{ssm}}/x", "$(url)", "%URL%", "${SSM_URL}"] {
            assert!(is_placeholder(host(url)), "{url}");
        }
        for url in
            ["https://ssm_1.lab-2.example:8443/x", "https://[2001:db8::7]/x", "http://u%40x@192.0.2.7/x"]
        {
            assert!(!is_placeholder(host(url)), "{url}");
        }
    }

    #[test]
    fn the_end_of_the_input_may_cut_an_address_off() {
        for (url, may_be_cut) in [
            ("https://tools.cisco.com/its/serv", true),
            ("https://ssm.lab", true),
            ("https://ssm.lab:8443/Smart", true),
            ("https://tools.cisco.com/its/service/oddce/services/DDCEService", false),
            ("https://tools.cisco.com/its/servise", false),
            ("http://cslu-local:8182", false),
        ] {
            assert_eq!(is_beginning(url, host(url), kind(url, host(url))), may_be_cut, "{url}");
        }
    }
}
