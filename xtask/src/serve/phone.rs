//! A page on a phone in the same network. Browsers open the camera only for secure pages, so that there is a door with a
//! certificate made here, for the addresses that this machine has.

use crate::tree;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::net::{IpAddr, UdpSocket};
use std::process::{Child, Command, Stdio};

/// Opens it in front of `to`; it closes with this process.
pub(super) fn open(port: u16, to: u16) -> Result<Child> {
    let folder = tree::root().join("target/phone");
    fs::create_dir_all(&folder)?;
    let (key, certificate) = (folder.join("key.pem"), folder.join("certificate.pem"));
    let address = address().context("this machine is in no network")?;
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"])
        .args(["-subj", "/CN=Anprobe on this machine", "-addext"])
        .arg(format!("subjectAltName=IP:{address},IP:127.0.0.1,DNS:localhost"))
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .context("`openssl` makes the certificate, and is not there")?;
    if !made.status.success() {
        bail!("openssl made no certificate: {}", String::from_utf8_lossy(&made.stderr).trim());
    }
    let mut door = Command::new("node")
        .arg(tree::root().join("xtask/src/serve/phone.mjs"))
        .args([&key, &certificate])
        .args([port.to_string(), to.to_string()])
        .stdin(Stdio::piped())
        .spawn()
        .context("`node` is not there")?;
    std::thread::sleep(std::time::Duration::from_millis(500));
    ensure!(door.try_wait()?.is_none(), "port {port} is taken");
    println!("https://{address}:{port}/  for phones in this network; say there that the certificate is all right");
    Ok(door)
}

/// By which this machine is known in its network: that of the way out. Nothing is sent.
fn address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address of documentation (RFC 5737): any that is not here will do.
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|local| local.ip()).filter(|ip| !ip.is_unspecified())
}
