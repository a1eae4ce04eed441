//! `anprobe serve`: a page, the product's files and nothing else; a change is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::desk::Desk;

struct Server {
    child: Child,
    port: u16,
    said: Vec<String>,
}

impl Server {
    fn new(desk: &Desk, more: &[&str]) -> Self {
        std::fs::create_dir_all(desk.path("widget")).unwrap();
        std::fs::write(desk.path("widget/anprobe.js"), "export {};").unwrap();
        std::fs::write(desk.path("secret.txt"), "secret").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_anprobe"))
            .args(["serve", "shop/lamp.json", "--widget", "widget", "--port", "0"])
            .args(more)
            .current_dir(&desk.0)
            .env("XDG_CACHE_HOME", desk.path("cache"))
            .env("HOME", &desk.0)
            .env("LOCALAPPDATA", desk.path("cache"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().expect(&line);
        let mut said = Vec::new();
        while !more.is_empty() && !line.contains("Ctrl-C") {
            line.clear();
            if out.read_line(&mut line).unwrap() == 0 {
                break;
            }
            said.push(line.trim_end().to_owned());
        }
        Self { child, port, said }
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        stream
    }

    fn get(&self, path: &str) -> (String, String) {
        let mut text = Vec::new();
        self.ask(path).read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_has_the_widget_the_report_and_the_product_and_hears_of_changes() {
    let desk = Desk::new("serve");
    std::fs::create_dir_all(desk.path("shop")).unwrap();
    let desk = desk.with(&["lamp.json", "lamp.glb"]);
    for file in ["lamp.json", "lamp.glb"] {
        std::fs::rename(desk.path(file), desk.path("shop").join(file)).unwrap();
    }
    let server = Server::new(&desk, &[]);
    let (status, page) = server.get("/");
    assert!(status.contains("200") && page.contains("/widget/anprobe.js") && page.contains("/desk/page.js"));
    assert!(server.get("/widget/anprobe.js").1.contains("export"));
    assert!(server.get("/product/lamp.json?x=1").1.contains("\"anprobe\": 1"));
    for outside in ["/product/../secret.txt", "/product/%2e%2e/secret.txt", "/secret.txt", "/widget/none.js"] {
        let (status, body) = server.get(outside);
        assert!(status.contains("404") && !body.contains("secret"), "{outside}");
    }
    // A page elsewhere whose name leads to this machine reads nothing.
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(stream, "GET /product/lamp.json HTTP/1.1\r\nHost: shop.example\r\n\r\n").unwrap();
    let mut refused = String::new();
    stream.read_to_string(&mut refused).unwrap();
    assert!(refused.starts_with("HTTP/1.1 400"), "{refused}");
    let report = || serde_json::from_str::<Value>(&server.get("/desk/report.json").1).unwrap();
    let first = report();
    assert_eq!((&first["product"], &first["rules"]["combinations"]), (&"/product/lamp.json".into(), &"624".into()));
    assert!(first["firstView"]["triangles"].as_u64().unwrap() < first["budget"]["triangles"].as_u64().unwrap());
    let mut changes = BufReader::new(server.ask("/desk/changes"));
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        changes.read_line(&mut line).unwrap();
    }
    std::thread::sleep(Duration::from_millis(600));
    desk.edit("shop/lamp.json", r#""src": "lamp.glb""#, r#""src": "lost.glb""#);
    line.clear();
    changes.read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "event: changed");
    assert!(report()["issues"].as_array().unwrap().iter().any(|issue| issue["code"] == "AUDIT_FILE"));
    // A file that cannot be read at all is said on the page, too.
    std::fs::write(desk.path("shop/lamp.json"), "{").unwrap();
    assert!(report()["fault"].as_str().unwrap().contains("PRODUCT_FILE"));
}

/// Asks by https and trusts one certificate, which has to be for this machine's own address.
fn ask_securely(address: &str, port: u16, pem: &[u8], path: &str) -> std::io::Result<String> {
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, ServerName};
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem).unwrap()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = std::sync::Arc::new(config.with_root_certificates(roots).with_no_client_auth());
    let name = ServerName::try_from(address.to_owned()).unwrap();
    let connection = rustls::ClientConnection::new(config, name).unwrap();
    let mut stream = rustls::StreamOwned::new(connection, TcpStream::connect((address, port))?);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}:{port}\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

#[test]
fn a_phone_comes_in_by_https_with_a_certificate_that_stays() {
    let desk = Desk::new("lan").with(&["lamp.json"]);
    std::fs::create_dir_all(desk.path("shop")).unwrap();
    std::fs::rename(desk.path("lamp.json"), desk.path("shop/lamp.json")).unwrap();
    let mut fingerprints = Vec::new();
    for _ in 0..2 {
        let server = Server::new(&desk, &["--lan"]);
        let Some(url) = server.said.first().filter(|line| line.starts_with("https://")) else {
            eprintln!("SKIPPED a test of https: this machine is in no network: {:?}", server.said);
            return;
        };
        let address = url.trim_start_matches("https://").split(':').next().unwrap();
        assert!(server.said.iter().filter(|line| line.contains('█')).count() > 10, "a QR code");
        fingerprints.push(server.said.iter().find(|line| line.len() == 95 && line.matches(':').count() == 31).cloned());
        let file = desk.path(&format!("cache/anprobe/serve-{}.pem", address.replace('.', "-")));
        let pem = std::fs::read(&file).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        for name in [address, "127.0.0.1"] {
            let answer = ask_securely(name, server.port, &pem, "/desk/report.json").unwrap();
            assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("combinations"), "{answer}");
        }
        // Plain from this machine as ever; plain from elsewhere leads to the door.
        assert!(server.get("/").0.contains("200"));
        let mut plain = TcpStream::connect((address, server.port)).unwrap();
        write!(plain, "GET /widget/anprobe.js HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut answer = String::new();
        plain.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(&format!("Location: {url}widget/anprobe.js")), "{answer}");
    }
    assert!(fingerprints[0].is_some() && fingerprints[0] == fingerprints[1], "{fingerprints:?}");
}
