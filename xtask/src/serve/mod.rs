//! `cargo xtask serve`: `dist/` on this machine, with the headers that a strict shop would send.

mod answer;
mod phone;
mod request;

use crate::{build, tree};
use anyhow::{Context, Result, bail};
use std::io::{BufReader, BufWriter};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Where phones come in.
const PHONE_PORT: u16 = 8443;

/// What is served.
pub(crate) struct Site {
    dir: PathBuf,
    /// The strict policy that the widget promises to live with.
    csp: bool,
}

/// The command. `--port` may come twice: the second is another origin for the same files.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let mut site = Site { dir: tree::dist(), csp: true };
    let (mut ports, mut dev, mut fresh, mut phone) = (Vec::new(), false, true, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("`{arg}` needs a value"));
        match arg.as_str() {
            "--port" => ports.push(value()?.parse::<u16>().context("a port is a number")?),
            "--dir" => (site.dir, fresh) = (tree::root().join(value()?), false),
            "--dev" => dev = true,
            "--phone" => phone = true,
            "--no-build" => fresh = false,
            "--no-csp" => site.csp = false,
            other => {
                bail!("`serve` knows --port, --dev, --phone, --dir, --no-build and --no-csp, not `{other}`")
            }
        }
    }
    if fresh {
        build::build(dev)?;
    }
    if ports.is_empty() {
        ports.push(8080);
    }
    site.dir = site.dir.canonicalize().with_context(|| format!("no folder {}", site.dir.display()))?;
    let site = Arc::new(site);
    let mut doors = Vec::new();
    // Closes with this process.
    let mut secure = None;
    for port in ports {
        let listener = TcpListener::bind(("127.0.0.1", port)).with_context(|| format!("port {port} is taken"))?;
        println!("http://{}/", listener.local_addr()?);
        if phone && secure.is_none() {
            secure = Some(phone::open(PHONE_PORT, listener.local_addr()?.port())?);
        }
        let site = Arc::clone(&site);
        doors.push(std::thread::spawn(move || open(&listener, &site)));
    }
    for door in doors {
        if door.join().is_err() {
            bail!("a server thread ended");
        }
    }
    Ok(())
}

fn open(listener: &TcpListener, site: &Arc<Site>) {
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(site);
        // A visitor who hangs up is no error of the server.
        std::thread::spawn(move || drop(talk(&stream, &site)));
    }
}

/// One connection: request after request until the visitor closes it or falls silent.
fn talk(stream: &TcpStream, site: &Site) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut writer = BufWriter::new(stream);
    while let Some(request) = request::read(&mut reader)? {
        answer::write(&mut writer, site, &request)?;
        if request.close {
            break;
        }
    }
    Ok(())
}

impl Site {
    /// The file or folder of a URL's path; nothing outside the site, whatever dots or links the path has.
    fn place(&self, path: &str) -> Option<PathBuf> {
        let path = request::decoded(path)?;
        let place = self.dir.join(path.trim_start_matches('/')).canonicalize().ok()?;
        place.starts_with(&self.dir).then_some(place)
    }
}

/// What a file is to a browser; modules and Wasm are refused under a wrong name.
fn mime(file: &Path) -> &'static str {
    match tree::extension(file).as_str() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "glb" => "model/gltf-binary",
        "gltf" => "model/gltf+json",
        "usdz" => "model/vnd.usdz+zip",
        "3mf" => "model/3mf",
        "stl" => "model/stl",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" | "ts" | "" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
