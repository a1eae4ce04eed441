//! Reads HTTP/1.1 requests, as much of them as a static server needs.

use anyhow::{Result, bail};
use std::io::{BufRead, Read};

const LONGEST_HEAD: u64 = 32 * 1024;

/// One request.
pub(crate) struct Request {
    /// `GET`, `HEAD` or another.
    pub(crate) method: String,
    /// Still percent-encoded, without the query.
    pub(crate) path: String,
    /// The visitor takes brotli.
    pub(crate) brotli: bool,
    /// The version that the visitor has already.
    pub(crate) known: String,
    /// The last one on this connection.
    pub(crate) close: bool,
}

/// The next request; nothing when the visitor has gone.
pub(crate) fn read(reader: &mut impl BufRead) -> Result<Option<Request>> {
    let mut head = reader.take(LONGEST_HEAD);
    let mut line = String::new();
    if head.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        bail!("not a request line: {line:?}");
    };
    let mut request = Request {
        method: method.to_owned(),
        path: target.split(['?', '#']).next().unwrap_or("/").to_owned(),
        brotli: false,
        known: String::new(),
        close: version == "HTTP/1.0",
    };
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            bail!("a head without an end");
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(Some(request));
        }
        let Some((name, value)) = line.split_once(':') else { bail!("not a header: {line:?}") };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "accept-encoding" => request.brotli = value.split(',').any(|kind| kind.trim() == "br"),
            "if-none-match" => value.clone_into(&mut request.known),
            "connection" => request.close |= value.eq_ignore_ascii_case("close"),
            // No method that is answered has a body: whatever follows would be read as a request.
            "content-length" | "transfer-encoding" => request.close = true,
            _ => {}
        }
    }
}

/// `%20` and its kin undone; nothing for what is not UTF-8 or hides a NUL.
pub(crate) fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    (!path.contains('\0')).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::{decoded, read};

    #[test]
    fn a_request_says_what_the_server_needs() {
        let mut text =
            "GET /demo/?x=1 HTTP/1.1\r\nAccept-Encoding: gzip, br\r\nIf-None-Match: \"7\"\r\n\r\nGET".as_bytes();
        let request = read(&mut text).unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/demo/"));
        assert!(request.brotli && !request.close);
        assert_eq!(request.known, "\"7\"");
        assert_eq!(text, b"GET", "the next request stays for the next call");
    }

    #[test]
    fn silence_ends_and_noise_fails() {
        assert!(read(&mut "".as_bytes()).unwrap().is_none());
        assert!(read(&mut "hello\r\n\r\n".as_bytes()).is_err());
        assert!(read(&mut "GET / HTTP/1.1\r\nHost: a\r\n".as_bytes()).is_err());
    }

    #[test]
    fn paths_are_decoded_once() {
        assert_eq!(decoded("/a%20b").as_deref(), Some("/a b"));
        assert_eq!(decoded("/%2e%2e/x").as_deref(), Some("/../x"));
        assert_eq!(decoded("/%252e").as_deref(), Some("/%2e"));
        assert_eq!(decoded("/%00"), None);
        assert_eq!(decoded("/%4"), None);
        assert_eq!(decoded("/%ff"), None);
    }
}
