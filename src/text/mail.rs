//! Mail in quoted-printable (RFC 2045): `=` at the end of a line goes on in the next, `=3D` is an equals sign.

use super::Line;

const HEADER: &[u8] = b"ransfer-Encoding: quoted-printable";

/// Whether a text has a part that was sent so.
pub(super) fn is_quoted_printable(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), HEADER).is_some()
}

/// Decodes the lines between a header that says so and the end of its part. A line that went on keeps the number of its first.
pub(super) fn decode(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut decoded: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    let (mut is_quoted, mut goes_on) = (false, false);
    for line in lines {
        if !is_quoted || line.text.starts_with("--") {
            is_quoted = memchr::memmem::find(line.text.as_bytes(), HEADER).is_some();
            goes_on = false;
            decoded.push(line);
            continue;
        }
        let ends = !line.text.ends_with('=');
        let text = characters(line.text.strip_suffix('=').unwrap_or(&line.text));
        match decoded.last_mut().filter(|_| goes_on) {
            Some(before) => before.text.to_mut().push_str(&text),
            None => decoded.push(Line::new(line.number, text)),
        }
        goes_on = !ends;
    }
    decoded
}

/// `=3D` and the like as the characters that they stand for.
fn characters(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'=').and_then(|it| std::str::from_utf8(it).ok());
        if let Some(byte) = code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_went_on_are_one() {
        let text = "Content-Transfer-Encoding: quoted-printable\n\na =3D b: https://tools.cisco.com/=\nits/=C3=BC\n=zz\n--part\nx=\ny";
        assert!(is_quoted_printable(text));
        let lines = text.split('\n').zip(1..).map(|(text, number)| Line::new(number, text)).collect();
        let decoded: Vec<_> =
            decode(lines).into_iter().skip(1).map(|it| format!("{}:{}", it.number, it.text)).collect();
        assert_eq!(
            decoded,
            ["2:", "3:a = b: https://tools.cisco.com/its/ü", "5:=zz", "6:--part", "7:x=", "8:y"]
        );
    }
}
