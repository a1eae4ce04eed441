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
}

impl Server {
    fn new(desk: &Desk) -> Self {
        std::fs::create_dir_all(desk.path("widget")).unwrap();
        std::fs::write(desk.path("widget/anprobe.js"), "export {};").unwrap();
        std::fs::write(desk.path("secret.txt"), "secret").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_anprobe"))
            .args(["serve", "shop/lamp.json", "--widget", "widget", "--port", "0"])
            .current_dir(&desk.0)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().expect(&line);
        Self { child, port }
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
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
    let server = Server::new(&desk);
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
