//! Addresses in a file: data URIs (RFC 2397) and relative references (RFC 3986).

use crate::issue::Code;
use crate::text::split_once;

/// What an address in a file leads to.
#[derive(Debug, PartialEq)]
pub(crate) enum Address {
    /// The bytes stand in the address itself.
    Data {
        /// The media type without parameters, lower case; may be empty.
        mime: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// Beside the file; without percent escapes.
    Relative(String),
}

/// Reads an address. Only data and relative ones may be followed: a model must not make a page talk to a third party.
pub(crate) fn resolve(uri: &str) -> Result<Address, (Code, &'static str)> {
    if uri.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return data(uri.get(5..).unwrap_or_default());
    }
    let decoded = String::from_utf8(percent_decoded(uri.as_bytes()))
        .map_err(|_| (Code::Uri, "the escapes in the address are not UTF-8"))?;
    // Browsers strip control characters, read `\` as `/` and `//host` as another origin.
    let outside = |text: &str| {
        let mut first = text.chars().map(|c| matches!(c, '/' | '\\'));
        text.is_empty()
            || text.trim_ascii().len() != text.len()
            || text.chars().any(|c| c.is_control())
            || first.next() == Some(true) && first.next() == Some(true)
            || text.bytes().find(|byte| matches!(byte, b'/' | b'?' | b'#' | b':')) == Some(b':')
    };
    if outside(uri) || outside(&decoded) {
        return Err((Code::Uri, "only relative addresses and data URIs are followed"));
    }
    Ok(Address::Relative(decoded))
}

fn data(rest: &str) -> Result<Address, (Code, &'static str)> {
    let (head, body) = split_once(rest, b',').ok_or((Code::Uri, "a data URI without a comma"))?;
    let (mime, parameters) = split_once(head, b';').unwrap_or((head, ""));
    let mime = mime.trim_ascii().to_ascii_lowercase();
    let body = percent_decoded(body.as_bytes());
    let mut parameters = parameters.as_bytes().split(|&byte| byte == b';');
    let bytes = if parameters.any(|parameter| parameter.trim_ascii().eq_ignore_ascii_case(b"base64")) {
        base64_decoded(&body).ok_or((Code::Uri, "a data URI whose base64 is wrong"))?
    } else {
        body
    };
    Ok(Address::Data { mime, bytes })
}

/// Replaces `%41` by `A`; what is no escape stays as it is.
fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let escape = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        out.push(escape.map_or(*first, |(high, low)| high * 16 + low));
        rest = rest.get(if escape.is_some() { 3 } else { 1 }..).unwrap_or_default();
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

/// Base64 in either alphabet (RFC 4648 §4 and §5), white space ignored, padding optional.
fn base64_decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0u32, 0u32);
    for &symbol in text {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ if symbol.is_ascii_whitespace() => continue,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    // A single symbol left over holds less than a byte: something was cut off.
    (bits < 6).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_every_length_comes_back() {
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg", "foob")] {
            assert_eq!(base64_decoded(text.as_bytes()).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        assert_eq!(base64_decoded(b"A"), None);
        assert_eq!(base64_decoded(b"A!=="), None);
        assert_eq!(base64_decoded(b"-_8="), base64_decoded(b"+/8="));
    }

    #[test]
    fn data_uris_with_and_without_base64_are_read() {
        let address = resolve("data:application/octet-stream;base64,AA%3D%3D");
        assert_eq!(address, Ok(Address::Data { mime: "application/octet-stream".into(), bytes: vec![0] }));
        assert_eq!(resolve("DATA:,a%20b"), Ok(Address::Data { mime: String::new(), bytes: b"a b".into() }));
        assert!(resolve("data:base64").is_err());
    }

    #[test]
    fn only_relative_addresses_are_followed() {
        assert_eq!(resolve("a%20b/c.bin"), Ok(Address::Relative("a b/c.bin".into())));
        assert_eq!(resolve("100%.bin"), Ok(Address::Relative("100%.bin".into())));
        for bad in [
            "http://example.com/a.bin",
            "//example.com/a.bin",
            "%2F%2Fexample.com/a.bin",
            "\\\\example.com\\a",
            "/\t/example.com",
            " //example.com",
            "javascript:alert(1)",
            "h%74tp://example.com",
            ":",
            "",
        ] {
            assert_eq!(resolve(bad).map_err(|error| error.0), Err(Code::Uri), "{bad}");
        }
    }
}
