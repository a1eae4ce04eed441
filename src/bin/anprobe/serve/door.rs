//! The secure door: phones open camera and room only on pages that come by https, so this machine makes a certificate for
//! itself. A phone says once that it is all right; the certificate is kept, so that it need not say so each time.

use std::io::{BufReader, Read, Write};
use std::net::{IpAddr, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// So long a certificate holds, and so long one is used again.
const HOLDS_DAYS: u64 = 90;
const USED_DAYS: u64 = 75;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What opens a secure connection.
pub(super) struct Door {
    config: Arc<ServerConfig>,
    /// SHA-256 of the certificate, as browsers show it.
    pub(super) fingerprint: String,
}

impl Door {
    /// For an address of this machine. Key and certificate are kept in the user's cache folder, for nobody else to read;
    /// where there is none, in memory.
    pub(super) fn new(address: IpAddr) -> Result<Self, String> {
        let file = cache().map(|folder| folder.join(format!("serve-{}.pem", plain(address))));
        let known = file.as_deref().filter(|file| is_fresh(file)).and_then(|file| std::fs::read(file).ok());
        if let Some(door) = known.and_then(|pem| Self::from_pem(&pem).ok()) {
            return Ok(door);
        }
        let pem = made(address).map_err(|error| format!("no certificate could be made: {error}"))?;
        if let Some(file) = &file {
            // Without a place for it there is another one next time.
            let _ = kept(file, pem.as_bytes());
        }
        Self::from_pem(pem.as_bytes())
    }

    fn from_pem(pem: &[u8]) -> Result<Self, String> {
        let said = |error: rustls::pki_types::pem::Error| error.to_string();
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(said)?;
        let certificate = CertificateDer::from_pem_slice(pem).map_err(said)?;
        let digest = rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256;
        let hash = digest.tls13().map(|suite| suite.common.hash_provider.hash(&certificate));
        let bytes = hash.as_ref().map_or(&[] as &[u8], |hash| hash.as_ref());
        let fingerprint = bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":");
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(vec![certificate], key))
            .map_err(|error| error.to_string())?;
        Ok(Self { config: Arc::new(config), fingerprint })
    }

    /// A connection through it.
    pub(super) fn opened(&self, stream: TcpStream) -> Result<StreamOwned<ServerConnection, TcpStream>, rustls::Error> {
        Ok(StreamOwned::new(ServerConnection::new(Arc::clone(&self.config))?, stream))
    }
}

/// Whether what comes in begins to speak TLS (RFC 8446 §5.1: a handshake is of type 22).
pub(super) fn is_secure(stream: &TcpStream) -> bool {
    let mut first = [0];
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    stream.peek(&mut first).is_ok_and(|read| read == 1) && first == [22]
}

/// By which this machine is known in its network: that of the way out. Nothing is sent.
pub(super) fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address of documentation (RFC 5737): any that is not here will do.
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_unspecified())
}

/// Hands one request to a plain server on this machine and its answer back.
pub(super) fn hand_over(mut phone: impl Read + Write, to: u16) -> std::io::Result<()> {
    let head = super::http::head(&mut phone)?;
    let mut server = TcpStream::connect(("127.0.0.1", to))?;
    for line in head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("connection:") && !line.is_empty()) {
        write!(server, "{line}\r\n")?;
    }
    server.write_all(b"Connection: close\r\n\r\n")?;
    std::io::copy(&mut BufReader::new(server), &mut phone)?;
    phone.flush()
}

fn made(address: IpAddr) -> Result<String, rcgen::Error> {
    let mut params = CertificateParams::new(vec![address.to_string(), "127.0.0.1".to_owned(), "localhost".to_owned()])?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "Anprobe on this machine");
    params.distinguished_name = name;
    let now = SystemTime::now();
    params.not_before = (now - DAY).into();
    params.not_after = (now + DAY * HOLDS_DAYS as u32).into();
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok(format!("{}{}", certificate.pem(), key.serialize_pem()))
}

/// An address as a part of a file's name.
fn plain(address: IpAddr) -> String {
    address.to_string().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
}

fn is_fresh(file: &Path) -> bool {
    let age = std::fs::metadata(file).and_then(|found| found.modified()).ok().and_then(|made| made.elapsed().ok());
    age.is_some_and(|age| age < DAY * USED_DAYS as u32)
}

/// Where this user's caches are.
fn cache() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = if cfg!(windows) {
        from("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Caches"))
    } else {
        from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")))
    };
    folder.map(|folder| folder.join("anprobe"))
}

/// Writes a file that only this user reads.
fn kept(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let part = file.with_extension(format!("{}.part", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let written =
        options.open(&part).and_then(|mut file| file.write_all(bytes)).and_then(|()| std::fs::rename(&part, file));
    if written.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    written
}
