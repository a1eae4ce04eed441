//! HTTP/1.1 as far as a page on a desk needs it: GET, and one stream of events.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};

/// No browser's request is longer.
const LONGEST_HEAD: u64 = 32 * 1024;

/// The path of a request, decoded and without its query; none when it is none that can be answered. Without `lan` only requests to
/// this machine's own names are: a page elsewhere may give its name this address.
pub(super) fn request(stream: &mut impl Read, lan: bool) -> Option<String> {
    let head = head(stream).ok()?;
    let mut lines = head.lines();
    let mut words = lines.next()?.split_whitespace();
    let (method, target) = (words.next()?, words.next()?);
    let mut is_own = lan;
    for line in lines {
        if let Some((_, host)) = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("host")) {
            let host = host.trim();
            let own = ["localhost", "127.0.0.1", "[::1]"];
            is_own |= own
                .iter()
                .any(|own| host.strip_prefix(own).is_some_and(|port| port.is_empty() || port.starts_with(':')));
        }
    }
    let path = target.split(['?', '#']).next()?;
    (is_own && method == "GET" && path.starts_with('/')).then(|| super::super::studio::plain(path))
}

/// The head of a request, all of it: a browser may not see the answer otherwise.
pub(super) fn head(stream: &mut impl Read) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream.take(LONGEST_HEAD));
    let mut head = String::new();
    loop {
        let read = reader.read_line(&mut head)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if read <= 2 {
            return Ok(head);
        }
    }
}

/// Writes an answer and ends the connection.
pub(super) fn answer(stream: &mut impl Write, status: &str, mime: &str, body: &[u8]) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)?;
    stream.flush()
}

/// A file below a folder; none for what leads out of it.
pub(super) fn below(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path.trim_start_matches('/'));
    let is_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    (is_inside && !path.contains('\0')).then(|| folder.join(relative))
}

/// The media type by the ending.
pub(super) fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        "glb" => "model/gltf-binary",
        "gltf" => "model/gltf+json",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_given_away() {
        let folder = Path::new("shop");
        assert_eq!(below(folder, "/lamp.json"), Some(folder.join("lamp.json")));
        assert_eq!(below(folder, "/a/b c.glb"), Some(folder.join("a/b c.glb")));
        for path in ["/../secret", "/a/../../secret", "/./x", "//etc/../x", "/a\0b"] {
            assert_eq!(below(folder, path), None, "{path}");
        }
    }
}
