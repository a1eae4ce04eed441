//! `anprobe serve`: the product in the real widget while it is being made.

mod door;
mod http;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use self::door::{Door, is_secure, own_address};
use super::Done;
use super::check::{Place, checked};
use super::opened::{beside, open};

/// How often files are looked at.
const LOOK: Duration = Duration::from_millis(400);
/// A request that has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(10);
/// A sign of life, so that a closed page is noticed.
const BEAT: u32 = 25;

/// Shows the product in the real widget, with all that `check` says and every choice; reloads when a file changes
///
/// The page is for one's own eyes: it listens on this machine alone, unless --lan lets the network in.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe serve lamp.json
  anprobe serve lamp.json --widget node_modules/anprobe/dist --port 9000
  anprobe serve lamp.json --lan      # for a phone in the same network: a QR code leads there, by https")]
pub(super) struct Arguments {
    /// The product file
    #[arg(value_name = "PRODUCT.json")]
    file: PathBuf,
    /// The folder with anprobe.js and what belongs to it; without: dist, or node_modules/anprobe/dist, here or above
    #[arg(long, value_name = "DIR")]
    widget: Option<PathBuf>,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 8300)]
    port: u16,
    /// Other machines of the network may look, too: by https, with a certificate of this machine's own
    #[arg(long)]
    lan: bool,
    /// What the first view is measured against
    #[arg(long, value_enum, default_value_t = Place::Mobile)]
    target: Place,
}

struct Desk {
    file: PathBuf,
    folder: PathBuf,
    widget: PathBuf,
    target: Place,
    lan: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let widget = arguments.widget.clone().or_else(found).ok_or(
        "the widget is not found: build it (cargo xtask build), or name its folder with --widget; it has anprobe.js",
    )?;
    if !widget.join("anprobe.js").is_file() {
        return Err(format!("{}: there is no anprobe.js", widget.display()));
    }
    std::fs::metadata(&arguments.file).map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    let parent = arguments.file.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).to_owned();
    let desk =
        Arc::new(Desk { file: arguments.file.clone(), folder, widget, target: arguments.target, lan: arguments.lan });
    let place = if arguments.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let listener =
        TcpListener::bind((place, arguments.port)).map_err(|error| format!("port {}: {error}", arguments.port))?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    println!("http://localhost:{port}/");
    let mut door = None;
    if arguments.lan {
        let address = own_address().ok_or("this machine has no address in a network")?;
        let opened = Door::new(address)?;
        let url = format!("https://{address}:{port}/");
        println!("{url}\n{}", code(&url)?);
        println!(
            "The certificate is made on this machine: say on the phone that it is all right. Its SHA-256 fingerprint:"
        );
        println!("{}", opened.fingerprint);
        door = Some(Arc::new(opened));
    }
    // Whoever reads only the address is served all the same.
    let _ = writeln!(std::io::stdout(), "Ctrl-C ends it");
    for stream in listener.incoming().flatten() {
        let (desk, door) = (Arc::clone(&desk), door.clone());
        // A browser that hangs up is no error.
        std::thread::spawn(move || drop(welcome(stream, &desk, door.as_deref())));
    }
    Ok(Done::Well)
}

/// One port for both: what begins as TLS goes through the door, and what comes in plain from elsewhere is shown there.
fn welcome(mut stream: TcpStream, desk: &Desk, door: Option<&Door>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let Some(door) = door else { return talk(&mut stream, desk) };
    if is_secure(&stream) {
        let mut stream = door.opened(stream).map_err(std::io::Error::other)?;
        talk(&mut stream, desk)?;
        stream.conn.send_close_notify();
        return stream.flush();
    }
    if stream.peer_addr()?.ip().is_loopback() {
        return talk(&mut stream, desk);
    }
    let here = stream.local_addr()?;
    let path = http::request(&mut stream, true).unwrap_or_default();
    let path = anprobe::viewer::escaped(path.trim_start_matches('/'));
    write!(
        stream,
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://{here}/{path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
}

/// Opens a secure door in front of a plain server on this machine, for whoever builds the widget.
#[derive(clap::Args)]
pub(super) struct DoorArguments {
    /// The port that others come to
    #[arg(long)]
    port: u16,
    /// The port of the server on this machine
    #[arg(long)]
    to: u16,
}

/// Hands requests over until what started it is gone.
pub(super) fn run_door(arguments: &DoorArguments) -> Result<Done, String> {
    let address = own_address().ok_or("this machine has no address in a network")?;
    let door = Arc::new(Door::new(address)?);
    let (port, to) = (arguments.port, arguments.to);
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).map_err(|error| format!("port {port}: {error}"))?;
    let url = format!("https://{address}:{port}/");
    println!("{url}\n{}\nSHA-256 fingerprint of its certificate:\n{}", code(&url)?, door.fingerprint);
    // Whoever started it holds the other end.
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    for stream in listener.incoming().flatten() {
        let door = Arc::clone(&door);
        std::thread::spawn(move || -> std::io::Result<()> {
            stream.set_read_timeout(Some(PATIENCE))?;
            let mut stream = door.opened(stream).map_err(std::io::Error::other)?;
            door::hand_over(&mut stream, to)?;
            stream.conn.send_close_notify();
            stream.flush()
        });
    }
    Ok(Done::Well)
}

/// The widget's folder where it usually is.
fn found() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let places = here.ancestors().flat_map(|folder| [folder.join("dist"), folder.join("node_modules/anprobe/dist")]);
    places.into_iter().find(|place| place.join("anprobe.js").is_file())
}

/// A QR code in half blocks, dark on light.
fn code(text: &str) -> Result<String, String> {
    use qrcodegen::{QrCode, QrCodeEcc};
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| error.to_string())?;
    let (size, quiet) = (code.size(), 2);
    let mut out = String::new();
    for y in (-quiet..size + quiet).step_by(2) {
        // Light modules are drawn, so that it reads on a dark terminal.
        for x in -quiet..size + quiet {
            out.push(match (code.get_module(x, y), code.get_module(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        out.push('\n');
    }
    Ok(out)
}

fn talk(stream: &mut (impl Read + Write), desk: &Desk) -> std::io::Result<()> {
    let Some(path) = http::request(stream, desk.lan) else {
        return http::answer(stream, "400 Bad Request", "text/plain", b"GET, and by this machine's own name\n");
    };
    let mut text = |mime, body: &str| http::answer(stream, "200 OK", mime, body.as_bytes());
    match path.as_str() {
        "/" => text("text/html; charset=utf-8", include_str!("page.html")),
        "/desk/page.js" => text("text/javascript; charset=utf-8", include_str!("page.js")),
        "/desk/page.css" => text("text/css; charset=utf-8", include_str!("page.css")),
        "/desk/report.json" => text("application/json; charset=utf-8", &report(desk).to_string()),
        "/desk/changes" => changes(stream, desk),
        other => {
            let file = match (other.strip_prefix("/widget"), other.strip_prefix("/product")) {
                (Some(rest), _) => http::below(&desk.widget, rest),
                (_, Some(rest)) => http::below(&desk.folder, rest),
                _ => None,
            };
            match file.and_then(|file| Some((http::mime(&file), std::fs::read(&file).ok()?))) {
                Some((mime, bytes)) => http::answer(stream, "200 OK", mime, &bytes),
                None => http::answer(stream, "404 Not Found", "text/plain", b"not here\n"),
            }
        }
    }
}

/// What `check` says, and where the product is.
fn report(desk: &Desk) -> Value {
    let name = desk.file.file_name().unwrap_or_default().to_string_lossy();
    let mut report = match open(&desk.file) {
        Ok(opened) => {
            let mut report = checked(&opened, desk.target);
            let target = desk.target.target();
            let budget = json!({
                "bytes": target.most_bytes, "triangles": target.most_triangles, "drawCalls": target.most_draw_calls,
            });
            super::merge(
                &mut report,
                json!({ "name": opened.catalog.product().name.in_language("en"), "budget": budget }),
            );
            report
        }
        Err(fault) => json!({ "fault": fault, "issues": [] }),
    };
    let product = format!("/product/{}", anprobe::viewer::escaped(&name));
    super::merge(&mut report, json!({ "file": name, "product": product }));
    report
}

/// Tells the page each time when a file has changed.
fn changes(stream: &mut impl Write, desk: &Desk) -> std::io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
    )?;
    let mut known = state(desk);
    for round in 1_u32.. {
        std::thread::sleep(LOOK);
        let now = state(desk);
        if now != known {
            // Whoever writes several files, or a large one, is still at it.
            std::thread::sleep(LOOK);
            known = state(desk);
            stream.write_all(b"event: changed\ndata:\n\n")?;
        } else if round % BEAT == 0 {
            stream.write_all(b":\n\n")?;
        }
        stream.flush()?;
    }
    Ok(())
}

/// When the product's files were changed, and how large they are.
fn state(desk: &Desk) -> Vec<Option<(SystemTime, u64)>> {
    let models = open(&desk.file).map(|opened| {
        let models = opened.catalog.product().models.entries().map(|model| desk.folder.join(&model.src));
        models.flat_map(|model| [vec![model.clone()], beside(&model)].concat()).collect::<Vec<_>>()
    });
    let files = std::iter::once(desk.file.clone()).chain(models.unwrap_or_default());
    let state = |file: PathBuf| {
        let found = std::fs::metadata(file).ok()?;
        Some((found.modified().ok()?, found.len()))
    };
    files.map(state).collect()
}
