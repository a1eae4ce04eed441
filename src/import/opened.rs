//! The reading from end to end.

use std::borrow::Cow;
use std::ops::Range;

use crate::json::{self, Value};

#[cfg(feature = "decode")]
use super::container::Parts;
use super::cursor::{Cursor, Reporter};
use super::limits::Limits;
use super::mesh::Looks;
use super::reader::Reader;
use super::uri::{self, Address};
use super::{animation, camera, container, extension, image, kept, material, mesh, node, skin, variant};
use crate::issue::{Code, Issue, Issues, Severity};
use crate::scene::{Bytes, Scene};
use crate::text::split_once;

/// A file whose container is split and whose JSON is parsed; its buffers are not read yet.
///
/// Fetch [`Opened::external_buffers`], then [`Opened::finish`].
#[derive(Debug)]
pub struct Opened {
    bytes: Bytes,
    json: Range<usize>,
    document: Value,
    sources: Vec<Source>,
    external: Vec<ExternalBuffer>,
    issues: Issues,
    limits: Limits,
}

/// A buffer beside the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalBuffer {
    /// Its index in the file.
    pub buffer: usize,
    /// Its address relative to the file, without percent escapes: escape it again before fetching.
    pub uri: String,
}

/// Where a buffer's bytes are.
#[derive(Debug)]
enum Source {
    Chunk(Range<usize>),
    Data(Bytes),
    External,
    None,
}

/// From bytes to values; what is wrong is returned. Not a function, so that a module that does not unpack has it in its one
/// place, without moving the three results about.
macro_rules! parse {
    ($bytes:expr, $limits:expr, $issues:expr => $parts:ident, $text:ident, $document:ident) => {
        if $bytes.len() > $limits.bytes {
            return Err(excess($bytes.len() as u64, "bytes", $limits.bytes as u64));
        }
        let $parts = container::split(&$bytes, &mut $issues)?;
        let $text = text_of($bytes.get($parts.json.clone()).unwrap_or_default());
        let values = count_values($text.as_bytes());
        if values > $limits.json_values {
            return Err(excess(values, "JSON values", $limits.json_values));
        }
        let $document = json::parse(&$text)
            .map_err(|fault| Issue::new(Code::Json, "", format!("line {}, column {}", fault.line, fault.column)))?;
        if !$document.is_object() {
            return Err(Issue::new(Code::Json, "", "the JSON is not an object"));
        }
    };
}

impl Opened {
    /// Splits the container and parses the JSON.
    ///
    /// # Errors
    ///
    /// The bytes are no glTF 2.0, an extension is required that is not read, or the file is too large.
    pub fn new(bytes: Vec<u8>, limits: &Limits) -> Result<Self, Issue> {
        let mut issues = Issues::default();
        parse!(bytes, limits, issues => parts, text, document);
        let mut reader = Reader::new(Cursor(&document), Reporter::new(&document, issues), limits);
        check_version(&mut reader)?;
        extension::check(&mut reader)?;
        let (sources, external) = locate_buffers(&mut reader, parts.bin);
        let issues = reader.log.into_issues();
        let json = parts.json;
        let bytes = bytes.into();
        Ok(Self { bytes, json, document, sources, external, issues, limits: *limits })
    }

    /// Whether a file was refused because it is packed: unpacked it may be read. See [`Opened::new`].
    pub fn is_packed(refused: &Issue) -> bool {
        refused.code == extension::PACKED
    }

    /// The buffers that the caller has to fetch.
    pub fn external_buffers(&self) -> &[ExternalBuffer] {
        &self.external
    }

    /// Reads everything. `fetched` gives the bytes of an external buffer by its index, once each; none becomes an
    /// issue.
    ///
    /// # Errors
    ///
    /// A limit is passed, or nothing visible is left.
    pub fn finish(self, mut fetched: impl FnMut(usize) -> Option<Vec<u8>>) -> Result<(Scene, Issues), Issue> {
        let mut external = self.external.iter();
        let mut buffer = |source: &Source| match source {
            Source::Chunk(range) => Some(self.bytes.part(range.clone())),
            Source::Data(bytes) => Some(bytes.clone()),
            // They are in the order of their buffers.
            Source::External => external.next().and_then(|external| fetched(external.buffer)).map(Bytes::from),
            Source::None => None,
        };
        let buffers: Vec<Option<Bytes>> = self.sources.iter().map(&mut buffer).collect();
        let log = Reporter::new(&self.document, self.issues);
        let mut reader = Reader::new(Cursor(&self.document), log, &self.limits);
        for (index, (source, bytes)) in self.sources.iter().zip(&buffers).enumerate() {
            check_buffer(&mut reader, index, bytes.as_deref(), matches!(source, Source::External));
            reader.buffers.push(bytes.as_ref());
        }
        let mut scene = read_scene(&mut reader);
        if let Some(refused) = reader.refused {
            return Err(refused);
        }
        let issues = reader.log.into_issues();
        if !shows_something(&scene) {
            let grave = issues.iter().find(|issue| issue.code.severity() == Severity::Error);
            return Err(grave.cloned().unwrap_or_else(|| Issue::new(Code::Empty, "", "")));
        }
        scene.source_json = kept::without_data(&text_of(self.bytes.get(self.json).unwrap_or_default()));
        Ok((scene, issues))
    }
}

/// The parts of a file, its JSON as it is written, and what that says.
#[cfg(feature = "decode")]
pub(crate) fn parsed<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    issues: &mut Issues,
) -> Result<(Parts, Cow<'a, str>, Value), Issue> {
    parse!(bytes, limits, *issues => parts, text, document);
    Ok((parts, text, document))
}

fn excess(count: u64, what: &str, most: u64) -> Issue {
    Issue::new(Code::Limit, "", format!("{count} {what} of {most}"))
}

/// JSON without what fills its chunk. Names in another encoding must not cost the product: what is not ASCII in such a file
/// is U+FFFD, as everything else in glTF is ASCII.
fn text_of(mut bytes: &[u8]) -> Cow<'_, str> {
    while let [rest @ .., 0 | b' '] = bytes {
        bytes = rest;
    }
    let replaced = |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { char::REPLACEMENT_CHARACTER };
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(replaced).collect(), Cow::Borrowed)
}

/// What the values of a JSON text cost, as [`Limits::json_values`] counts. It is counted before the parser makes them,
/// so texts count with their commas; nothing has many.
fn count_values(json: &[u8]) -> u64 {
    let cost = |byte: &u8| match byte {
        b'{' => 16,
        b'[' => 5,
        _ => u64::from(*byte == b','),
    };
    json.iter().map(cost).sum()
}

fn check_version(reader: &mut Reader<'_>) -> Result<(), Issue> {
    let Some(asset) = reader.root.get("asset") else {
        reader.report(Code::Conformance, reader.root, "no asset and so no version");
        return Ok(());
    };
    let version = asset.text("version", &mut reader.log).unwrap_or("2.0");
    let least = asset.text("minVersion", &mut reader.log).unwrap_or("2.0");
    if split_once(version, b'.').map_or(version, |(major, _)| major) == "2" && least == "2.0" {
        return Ok(());
    }
    Err(Issue::new(Code::Version, "/asset", format!("version {version}, at least {least}")))
}

/// Where each buffer's bytes are to be had.
fn locate_buffers(reader: &mut Reader<'_>, chunk: Option<Range<usize>>) -> (Vec<Source>, Vec<ExternalBuffer>) {
    let mut external = Vec::new();
    let mut sources = Vec::new();
    for (index, item) in reader.list("buffers").iter().enumerate() {
        let at = Cursor(item);
        let source = match (at.get("uri"), &chunk) {
            (None, Some(range)) if index == 0 => Source::Chunk(range.clone()),
            (None, _) => Source::None,
            (Some(named), _) => match at.text("uri", &mut reader.log).map(uri::resolve) {
                Some(Ok(Address::Data { bytes, .. })) => Source::Data(bytes.into()),
                Some(Ok(Address::Relative(uri))) => {
                    external.push(ExternalBuffer { buffer: index, uri });
                    Source::External
                }
                Some(Err((code, detail))) => {
                    reader.report(code, named, detail);
                    Source::None
                }
                None => Source::None,
            },
        };
        sources.push(source);
    }
    (sources, external)
}

fn check_buffer(reader: &mut Reader<'_>, index: usize, bytes: Option<&[u8]>, external: bool) {
    let Some(at) = reader.list("buffers").get(index).map(Cursor) else { return };
    let stated = at.count("byteLength", &mut reader.log).unwrap_or(0);
    match bytes {
        Some(bytes) if bytes.len() > reader.limits.bytes => {
            reader.refuse("/buffers", format!("{} bytes of {}", bytes.len(), reader.limits.bytes));
        }
        Some(bytes) if bytes.len() < stated => {
            reader.report(Code::Range, at, format!("{stated} bytes stated, {} there", bytes.len()));
        }
        Some(_) => {}
        None if external => {
            let uri = at.get("uri").unwrap_or(at);
            reader.report(Code::Resource, uri, uri.0.as_str().unwrap_or_default());
        }
        // An address that cannot be followed was reported already.
        None if at.get("uri").is_none() => reader.report(Code::Resource, at, "a buffer without bytes"),
        None => {}
    }
}

fn read_scene(reader: &mut Reader<'_>) -> Scene {
    let images = image::read_images(reader);
    let textures = image::read_textures(reader, &images);
    let materials = material::read_materials(reader, &textures);
    let variants = variant::read_variants(reader);
    let meshes = mesh::read_meshes(reader, &Looks { materials: &materials, variants: variants.len() });
    let mut scene = Scene { meshes, materials, textures, images, variants, ..Scene::default() };
    scene.skins = skin::read_skins(reader);
    scene.cameras = camera::read_cameras(reader);
    scene.lights = camera::read_lights(reader);
    scene.nodes = node::read_nodes(reader, &scene);
    (scene.roots, scene.shown) = node::read_roots(reader, &scene.nodes);
    scene.animations = animation::read_animations(reader, &mut scene);
    scene
}

/// Whether any node has a mesh with a primitive.
fn shows_something(scene: &Scene) -> bool {
    scene.nodes.iter().any(|(_, node)| {
        let mesh = node.mesh.and_then(|mesh| scene.meshes.get(mesh));
        mesh.is_some_and(|mesh| mesh.primitives.iter().next().is_some())
    })
}
