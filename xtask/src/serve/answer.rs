//! Answers one request.

use super::request::Request;
use super::{Site, mime};
use anyhow::Result;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;

const DEMO: &str = "/demo/";

/// What the widget promises to need, and no more.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                   connect-src 'self'; worker-src 'self'";

/// Writes head and body.
pub(crate) fn write(writer: &mut impl Write, site: &Site, request: &Request) -> Result<()> {
    let mut answer = answer(site, request);
    answer.header("Content-Length", &answer.body.len().to_string());
    answer.header("Connection", if request.close { "close" } else { "keep-alive" });
    write!(writer, "HTTP/1.1 {}\r\n{}\r\n", answer.status, answer.head)?;
    if request.method != "HEAD" {
        writer.write_all(&answer.body)?;
    }
    Ok(writer.flush()?)
}

struct Answer {
    status: &'static str,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn new(status: &'static str, body: &str) -> Self {
        let head = "Content-Type: text/plain; charset=utf-8\r\n".to_owned();
        Self { status, head, body: body.as_bytes().to_vec() }
    }

    fn elsewhere(place: &str) -> Self {
        let mut answer = Self::new("302 Found", "");
        answer.header("Location", place);
        answer
    }

    fn header(&mut self, name: &str, value: &str) {
        self.head.extend([name, ": ", value, "\r\n"]);
    }
}

fn answer(site: &Site, request: &Request) -> Answer {
    if request.method != "GET" && request.method != "HEAD" {
        let mut answer = Answer::new("405 Method Not Allowed", "GET and HEAD only\n");
        answer.header("Allow", "GET, HEAD");
        return answer;
    }
    let path = request.path.as_str();
    if path == "/" && site.dir.join("demo").is_dir() {
        return Answer::elsewhere(DEMO);
    }
    let Some(mut file) = site.place(path) else {
        return Answer::new("404 Not Found", "not found\n");
    };
    if file.is_dir() {
        if !path.ends_with('/') {
            // Without its slash a folder's page would look for its neighbours one floor too high. Two slashes at the
            // start would name another host.
            return Answer::elsewhere(&format!("/{}/", path.trim_start_matches('/')));
        }
        file.push("index.html");
    }
    let mut small = file.clone().into_os_string();
    small.push(".br");
    let compressed = if request.brotli { fs::read(small).ok() } else { None };
    let encoding = compressed.is_some();
    let Some(body) = compressed.or_else(|| fs::read(&file).ok()) else {
        return Answer::new("404 Not Found", "not readable\n");
    };

    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let fresh = request.known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
    let mut answer = Answer { status: "200 OK", head: String::new(), body };
    if fresh {
        answer.status = "304 Not Modified";
        answer.body.clear();
    }
    answer.header("Content-Type", mime(&file));
    if encoding {
        answer.header("Content-Encoding", "br");
    }
    answer.header("ETag", &tag);
    answer.header("Cache-Control", "no-cache");
    answer.header("Vary", "Accept-Encoding");
    answer.header("X-Content-Type-Options", "nosniff");
    // The files of a shop may lie on another origin than its pages.
    answer.header("Access-Control-Allow-Origin", "*");
    answer.header("Cross-Origin-Resource-Policy", "cross-origin");
    if site.csp {
        answer.header("Content-Security-Policy", CSP);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::{Answer, answer};
    use crate::serve::Site;
    use crate::serve::request::Request;
    use std::fs;

    fn ask(path: &str, change: impl FnOnce(&mut Request)) -> Answer {
        let dir = std::env::temp_dir().join(format!("anprobe-serve-{}", std::process::id()));
        fs::create_dir_all(dir.join("site/demo")).unwrap();
        fs::write(dir.join("secret.txt"), "secret").unwrap();
        for (name, text) in [("a.js", "long"), ("a.js.br", "br"), ("demo/index.html", "demo")] {
            fs::write(dir.join("site").join(name), text).unwrap();
        }
        let site = Site { dir: dir.join("site").canonicalize().unwrap(), csp: true };
        let mut request =
            Request { method: "GET".into(), path: path.into(), brotli: false, known: String::new(), close: false };
        change(&mut request);
        answer(&site, &request)
    }

    #[test]
    fn files_come_with_type_and_policy() {
        let answer = ask("/a.js", |_| {});
        assert_eq!((answer.status, answer.body.as_slice()), ("200 OK", b"long".as_slice()));
        assert!(answer.head.contains("Content-Type: text/javascript"));
        assert!(answer.head.contains("'wasm-unsafe-eval'"));
        assert!(!answer.head.contains("Content-Encoding"));
    }

    #[test]
    fn brotli_for_those_who_take_it() {
        let answer = ask("/a.js", |request| request.brotli = true);
        assert_eq!(answer.body, b"br");
        assert!(answer.head.contains("Content-Encoding: br"));
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let first = ask("/a.js", |_| {});
        let tag = first.head.split("ETag: ").nth(1).unwrap().split('\r').next().unwrap().to_owned();
        let answer = ask("/a.js", |request| request.known = tag);
        assert_eq!((answer.status, answer.body.len()), ("304 Not Modified", 0));
    }

    #[test]
    fn nothing_outside_the_folder() {
        for path in ["/../secret.txt", "/%2e%2e/secret.txt", "//../secret.txt", "/demo/../../secret.txt", "/nothing"] {
            assert_eq!(ask(path, |_| {}).status, "404 Not Found", "{path}");
        }
    }

    #[test]
    fn the_way_to_the_demo() {
        assert!(ask("/", |_| {}).head.contains("Location: /demo/\r\n"));
        assert!(ask("/demo", |_| {}).head.contains("Location: /demo/\r\n"));
        assert!(ask("//demo", |_| {}).head.contains("Location: /demo/\r\n"));
        assert_eq!(ask("/demo/", |_| {}).body, b"demo");
        assert_eq!(ask("/demo/", |request| request.method = "POST".into()).status, "405 Method Not Allowed");
    }
}
