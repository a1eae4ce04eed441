//! Unpacks models: a glTF file in, a plain GLB out, whose accessors every reader reads.
//!
//! EXT_meshopt_compression and KHR_meshopt_compression ([`meshopt`]) and KHR_draco_mesh_compression become plain buffer
//! views; EXT_mesh_gpu_instancing becomes nodes. Where a file brings the same unpacked and does not require the extension,
//! that is taken. What is not packed stays as it is written, but that bytes move and buffers are numbered anew.
//!
//! Generous as [`crate::import`] is: a stream that cannot be unpacked is a hole, which is reported here and again by who
//! reads the file. Nothing of the file is believed; what is unpacked is paid from the [`Limits`].

mod draco;
mod instances;
pub mod meshopt;
mod packed;
mod raw;
mod source;
mod write;

use crate::import::{Limits, is_read, parsed};
use crate::issue::{Code, Issue, Issues};
use crate::json::{Value, container};
use draco::{Outcome, Unpacked};
use packed::Packed;
use source::Sources;

/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_meshopt_compression>, and the one that it is
/// derived from.
pub(crate) const MESHOPT: [&str; 2] = ["KHR_meshopt_compression", "EXT_meshopt_compression"];
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_draco_mesh_compression>
pub(crate) const DRACO: &str = "KHR_draco_mesh_compression";
/// <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_mesh_gpu_instancing>
pub(crate) const INSTANCING: &str = "EXT_mesh_gpu_instancing";
/// All that is carried out here.
const ALL: [&str; 4] = [MESHOPT[0], MESHOPT[1], DRACO, INSTANCING];

/// A buffer beside the file that is needed to unpack it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its index in the file.
    pub buffer: usize,
    /// Its address relative to the file, without percent escapes: escape it again before fetching.
    pub uri: String,
}

/// What became of a view that was packed.
#[derive(Clone, Debug)]
enum View {
    /// Its bytes in what is unpacked.
    Unpacked(std::ops::Range<usize>),
    /// It cannot be unpacked.
    Lost,
}

/// A file that is being unpacked: give it the [`Decoder::resources`], then [`Decoder::step`] until that says true.
#[derive(Debug)]
pub struct Decoder {
    sources: Sources,
    text: String,
    tree: Value,
    packed: Vec<Packed>,
    done: usize,
    views: Vec<Option<View>>,
    primitives: Vec<Unpacked>,
    bin: Vec<u8>,
    left: usize,
    issues: Issues,
    limits: Limits,
}

impl Decoder {
    /// Finds what is packed.
    ///
    /// # Errors
    ///
    /// The bytes are no glTF, too large, or require an extension that nothing here reads.
    pub fn new(file: Vec<u8>, limits: &Limits) -> Result<Self, Issue> {
        // What there is to say about the container says who reads it next.
        let (parts, text, tree) = parsed(&file, limits, &mut Issues::default())?;
        let text = text.into_owned();
        for (index, name) in list(&tree, "extensionsRequired").iter().enumerate() {
            let name = name.as_str().unwrap_or_default();
            if !ALL.contains(&name) && !is_read(name) {
                return Err(Issue::new(Code::RequiredExtension, format!("/extensionsRequired/{index}"), name));
            }
        }
        let mut issues = Issues::default();
        let mut sources = Sources::new(file, parts.bin, list(&tree, "buffers"), &mut issues);
        let packed = packed::find(&tree, &sources);
        for buffer in packed::buffers(&tree, &packed) {
            sources.want(buffer);
        }
        let views = vec![None; list(&tree, "bufferViews").len()];
        let (limits, left) = (*limits, limits.bytes);
        let (primitives, bin) = Default::default();
        Ok(Self { sources, text, tree, packed, done: 0, views, primitives, bin, left, issues, limits })
    }

    /// The buffers beside the file that are needed; others stay beside it.
    pub fn resources(&self) -> Vec<Resource> {
        self.sources.wanted()
    }

    /// Takes the bytes of one of them.
    ///
    /// # Errors
    ///
    /// There are more than the limit allows.
    pub fn give(&mut self, buffer: usize, bytes: Vec<u8>) -> Result<(), Issue> {
        if bytes.len() > self.limits.bytes {
            let detail = format!("{} bytes of {}", bytes.len(), self.limits.bytes);
            return Err(Issue::new(Code::Limit, format!("/buffers/{buffer}"), detail));
        }
        self.sources.give(buffer, bytes);
        Ok(())
    }

    /// Unpacks one more view or primitive; true when all is done.
    ///
    /// # Errors
    ///
    /// A limit is passed.
    pub fn step(&mut self) -> Result<bool, Issue> {
        let Some(packed) = self.packed.get(self.done).copied() else { return Ok(true) };
        self.done += 1;
        match packed {
            Packed::View(index) => self.unpack_view(index)?,
            Packed::Primitive { mesh, primitive } => self.unpack_primitive(mesh, primitive)?,
            Packed::Double { mesh, primitive } => {
                self.primitives.push(Unpacked { mesh, primitive, outcome: Outcome::Own });
            }
            // They need all views.
            Packed::Instances(_) => {}
        }
        Ok(self.done == self.packed.len())
    }

    /// How much is done, from 0 to 1.
    pub fn progress(&self) -> f32 {
        self.done as f32 / self.packed.len().max(1) as f32
    }

    /// The plain file; the same when nothing was packed.
    ///
    /// # Errors
    ///
    /// A limit is passed.
    pub fn finish(mut self) -> Result<(Vec<u8>, Issues), Issue> {
        while !self.step()? {}
        if self.packed.is_empty() && !packed::is_declared(&self.tree) {
            return Ok((self.sources.into_file(), self.issues));
        }
        let json = self.document()?;
        if json.len().saturating_add(self.bin.len()) > 2 * self.limits.bytes {
            return Err(Issue::new(Code::Limit, "", format!("{} bytes unpacked", self.bin.len())));
        }
        let file =
            container(&json, &self.bin).ok_or_else(|| Issue::new(Code::Limit, "", "4 GB unpacked".to_owned()))?;
        Ok((file, self.issues))
    }

    fn unpack_view(&mut self, index: usize) -> Result<(), Issue> {
        let path = format!("/bufferViews/{index}");
        let Some((view, extension, at)) = packed::compressed(list(&self.tree, "bufferViews").get(index)) else {
            return Ok(());
        };
        let unpacked = match packed::layout(view, at) {
            Ok(layout) => {
                spend(&mut self.left, &self.limits, layout.count.saturating_mul(layout.stride), &path)?;
                let stream = self.sources.part(at);
                stream.and_then(|stream| meshopt::decode(stream, &layout).map_err(|why| (Code::Packed, why.to_owned())))
            }
            Err(why) => Err((Code::Packed, why.to_owned())),
        };
        let view = match unpacked {
            Ok(bytes) => View::Unpacked(self.append(&bytes)),
            Err((code, detail)) => {
                self.issues.report(code, format!("{path}/extensions/{extension}"), detail);
                View::Lost
            }
        };
        if let Some(place) = self.views.get_mut(index) {
            *place = Some(view);
        }
        Ok(())
    }

    /// Puts bytes behind what is unpacked, at a multiple of four.
    fn append(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        self.bin.resize(self.bin.len().next_multiple_of(4), 0);
        let start = self.bin.len();
        self.bin.extend_from_slice(bytes);
        start..self.bin.len()
    }

    /// The bytes of a view, unpacked.
    fn view_bytes(&self, index: usize) -> Result<&[u8], (Code, String)> {
        match self.views.get(index) {
            Some(Some(View::Unpacked(range))) => Ok(self.bin.get(range.clone()).unwrap_or_default()),
            Some(Some(View::Lost)) => Err((Code::Packed, format!("buffer view {index}"))),
            Some(None) => match list(&self.tree, "bufferViews").get(index) {
                Some(view) => self.sources.part(view),
                None => Err((Code::IndexOutOfRange, format!("buffer view {index}"))),
            },
            None => Err((Code::IndexOutOfRange, format!("buffer view {index}"))),
        }
    }
}

/// Unpacks a file at once. `fetched` gives the bytes of a buffer beside it; without them, what is packed there is a hole.
///
/// # Errors
///
/// As [`Decoder::new`] and [`Decoder::step`].
pub fn decode(
    file: Vec<u8>,
    limits: &Limits,
    mut fetched: impl FnMut(&Resource) -> Option<Vec<u8>>,
) -> Result<(Vec<u8>, Issues), Issue> {
    let mut decoder = Decoder::new(file, limits)?;
    for resource in decoder.resources() {
        if let Some(bytes) = fetched(&resource) {
            decoder.give(resource.buffer, bytes)?;
        }
    }
    decoder.finish()
}

/// Takes bytes from what may be unpacked in all.
fn spend(left: &mut usize, limits: &Limits, bytes: usize, path: &str) -> Result<(), Issue> {
    let rest = left.checked_sub(bytes);
    *left = rest.ok_or_else(|| Issue::new(Code::Limit, path, format!("more than {} bytes unpacked", limits.bytes)))?;
    Ok(())
}

/// The items of an array; none where there is no such array.
fn list<'a>(at: &'a Value, key: &str) -> &'a [Value] {
    at.get(key).and_then(Value::as_array).unwrap_or_default()
}

/// A whole number; one that is larger than anything that can be held is the largest that can.
fn number(at: &Value, key: &str) -> Option<usize> {
    Some(usize::try_from(at.get(key)?.as_u64()?).unwrap_or(usize::MAX))
}

/// An extension of an object.
fn extension<'a>(at: &'a Value, name: &str) -> Option<&'a Value> {
    at.get("extensions")?.get(name)
}
