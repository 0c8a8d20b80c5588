//! `show crypto pki trustpoints`, `trustpool` and `certificates`: which roots the device trusts, and until when (DOMAIN 3.4,
//! scenario 12).

use super::{Fields, Sink, sink};
use crate::facts::{Element, Value};
use crate::text::Section;

/// Reads `Trustpoint SLA-TrustPoint:` with the name and number of its certificate below it.
pub fn trustpoints(section: &Section<'_>, sink: &mut Sink<'_>) {
    read("pki.trustpoints", section, sink, |text| {
        let name = text.strip_prefix("Trustpoint ")?.strip_suffix(':')?;
        Some(("name", name))
    });
}

/// Reads the certificates of the pool: each begins with `CA Certificate` or, in other words, `Certificate`.
pub fn trustpool(section: &Section<'_>, sink: &mut Sink<'_>) {
    let is_head = |text: &str| matches!(text, "CA Certificate" | "CA certificate" | "Certificate");
    if section.lines.iter().any(|line| is_head(line.trimmed())) {
        read("pki.trustpool", section, sink, |text| is_head(text).then_some(("kind", text)));
    } else {
        names(section, sink);
    }
}

/// Of `show crypto pki trustpool | include IdenTrust` only the names are left: `cn=IdenTrust Commercial Root CA 1`. A root is its own
/// issuer, so either line names it.
fn names(section: &Section<'_>, sink: &mut Sink<'_>) {
    let named = section.lines.iter().filter(|line| line.trimmed().starts_with("cn="));
    let certificate = |sink: &Sink<'_>, number, name: &str| {
        let mut fields = Fields::default();
        fields.text(sink, "subject", number, name);
        fields.element()
    };
    let found: Vec<(u32, Element)> =
        named.map(|line| (line.number, certificate(sink, line.number, line.trimmed()))).collect();
    if let Some((first, _)) = found.first() {
        sink.list("pki.trustpool", *first, found.into_iter().map(|(_, it)| it).collect());
    }
}

/// Reads `show crypto pki certificates`: `CA Certificate`, `Certificate`, `Router Self-Signed Certificate`.
pub fn certificates(section: &Section<'_>, sink: &mut Sink<'_>) {
    read("pki.certificates", section, sink, |text| {
        let is_head = text.len() < 48
            && !text.contains([':', '='])
            && text.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("certificate"));
        is_head.then_some(("kind", text))
    });
}

/// Collects one element for every line that `begins` one, with the field and the words that it gives.
fn read(
    key: &str,
    section: &Section<'_>,
    sink: &mut Sink<'_>,
    begins: impl Fn(&str) -> Option<(&'static str, &str)>,
) {
    let mut walk = Walk::default();
    for line in &section.lines {
        let text = line.trimmed();
        if let Some((field, words)) = begins(text) {
            walk.start(line.number, field, words, sink);
        } else {
            walk.line(text, line.number, sink);
        }
    }
    walk.close(sink);
    if walk.first > 0 {
        sink.list(key, walk.first, walk.found);
    }
}

#[derive(Default)]
struct Walk {
    found: Vec<Element>,
    open: Option<Fields>,
    first: u32,
    /// The distinguished name that the next `cn=…`, `o=…` lines belong to.
    name: Option<(&'static str, u32, Vec<String>)>,
}

impl Walk {
    fn start(&mut self, number: u32, field: &str, words: &str, sink: &Sink<'_>) {
        self.close(sink);
        let mut fields = Fields::default();
        fields.text(sink, field, number, words);
        self.open = Some(fields);
        if self.first == 0 {
            self.first = number;
        }
    }

    fn line(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        let is_part = text.split_once('=').is_some_and(|(key, _)| {
            !key.is_empty() && key.len() <= 12 && key.bytes().all(|b| b.is_ascii_alphabetic())
        });
        if let Some((_, _, parts)) = self.name.as_mut().filter(|_| is_part) {
            parts.push(text.to_owned());
            return;
        }
        self.end_name(sink);
        let Some((key, value)) = text.split_once(':') else { return self.state(text, number, sink) };
        let key = key.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        match key.as_str() {
            "subject name" | "subject" => self.name = Some(("subject", number, first_part(value))),
            "issuer name" | "issuer" => self.name = Some(("issuer", number, first_part(value))),
            "serial number (hex)" | "certificate serial number (hex)" => {
                self.put("serial", number, value, sink);
            }
            "status" => self.put("status", number, value, sink),
            "associated trustpoints" => self.put("trustpoints", number, value, sink),
            "start date" => self.date("start", number, value, sink),
            "end date" => self.date("end", number, value, sink),
            _ => {}
        }
    }

    /// `Certificate configured.` of a trustpoint.
    fn state(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        if text.ends_with('.') && self.open.as_ref().is_some_and(|fields| fields.has("name")) {
            self.put("state", number, text.trim_end_matches('.'), sink);
        }
    }

    fn date(&mut self, name: &str, number: u32, value: &str, sink: &Sink<'_>) {
        let open = self.open.as_mut().filter(|fields| !fields.has(name));
        if let (Some(fields), Some(date)) = (open, sink::date(value)) {
            fields.add(sink, name, number, Value::Time(date));
        }
    }

    fn put(&mut self, name: &str, number: u32, value: &str, sink: &Sink<'_>) {
        if let Some(fields) = self.open.as_mut().filter(|fields| !fields.has(name)) {
            fields.text(sink, name, number, value);
        }
    }

    fn end_name(&mut self, sink: &Sink<'_>) {
        let Some((name, number, parts)) = self.name.take() else { return };
        if let Some(fields) = self.open.as_mut().filter(|fields| !fields.has(name) && !parts.is_empty()) {
            fields.add(sink, name, number, Value::Text(parts.join(", ")));
        }
    }

    fn close(&mut self, sink: &Sink<'_>) {
        self.end_name(sink);
        if let Some(fields) = self.open.take() {
            self.found.push(fields.element());
        }
    }
}

fn first_part(value: &str) -> Vec<String> {
    Some(value.trim()).filter(|value| !value.is_empty()).map(str::to_owned).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn trustpoints_with_their_certificate() {
        let text = "\
Trustpoint SLA-TrustPoint:
    Subject Name:\u{20}
    cn=Cisco Licensing Root CA
    o=Cisco
          Serial Number (hex): 01
    Certificate configured.

Trustpoint empty:
";
        let wanted = "pki.trustpoints = [name=SLA-TrustPoint serial=01 state=Certificate configured subject=cn=Cisco Licensing Root CA, o=Cisco] [name=empty]\n";
        assert_eq!(facts(&read("show crypto pki trustpoints", text, super::trustpoints)), wanted);
    }

    #[test]
    fn certificates_of_the_device() {
        let text = "\
Router Self-Signed Certificate
  Status: Available
  Certificate Serial Number (hex): 01
  Certificate Usage: General Purpose
  Issuer:\u{20}
    cn=IOS-Self-Signed-Certificate-1
  Subject:
    Name: IOS-Self-Signed-Certificate-1
  Validity Date:\u{20}
    start date: 12:00:00 UTC Jan 1 2020
    end   date: 00:00:00 UTC Jan 1 2030
  Associated Trustpoints: TP-self-signed-1
  Storage: nvram:IOS-Self-Sig#1.cer

CA Certificate
  Status: Available
  Certificate Serial Number (hex): 01
  Associated Trustpoints: SLA-TrustPoint Other
";
        let wanted = "pki.certificates = [end=2030-01-01T00:00:00Z issuer=cn=IOS-Self-Signed-Certificate-1 kind=Router Self-Signed Certificate serial=01 start=2020-01-01T12:00:00Z status=Available trustpoints=TP-self-signed-1] [kind=CA Certificate serial=01 status=Available trustpoints=SLA-TrustPoint Other]\n";
        assert_eq!(facts(&read("show crypto pki certificates", text, super::certificates)), wanted);
    }

    #[test]
    fn certificates_of_the_pool() {
        let text = "\
CA Certificate
  Status: Available
  Certificate Serial Number (hex): 0A0142800000014523C844B500000002
  Certificate Usage: Signature
  Issuer:\u{20}
    cn=IdenTrust Commercial Root CA 1
    o=IdenTrust
  Subject:\u{20}
    cn=IdenTrust Commercial Root CA 1
    o=IdenTrust
  Validity Date:\u{20}
    start date: 18:12:23 UTC Jan 16 2014
    end   date: 18:12:23 UTC Jan 16 2034
";
        let wanted = "pki.trustpool = [end=2034-01-16T18:12:23Z issuer=cn=IdenTrust Commercial Root CA 1, o=IdenTrust kind=CA Certificate serial=0A0142800000014523C844B500000002 start=2014-01-16T18:12:23Z status=Available subject=cn=IdenTrust Commercial Root CA 1, o=IdenTrust]\n";
        assert_eq!(facts(&read("show crypto pki trustpool", text, super::trustpool)), wanted);
    }

    #[test]
    fn names_alone_are_left_by_a_filter() {
        let text =
            "    cn=IdenTrust Commercial Root CA 1\n    o=IdenTrust\n    cn=IdenTrust Commercial Root CA 1\n";
        let capture = read("show crypto pki trustpool", text, super::trustpool);
        assert_eq!(
            facts(&capture),
            "pki.trustpool = [subject=cn=IdenTrust Commercial Root CA 1] [subject=cn=IdenTrust Commercial Root CA 1]\n"
        );
    }
}
