//! Where the bytes of a file are while it is unpacked.

use std::ops::Range;

use super::{Resource, number};
use crate::import::{Address, resolve};
use crate::issue::{Code, Issues};
use crate::json::Value;

/// One buffer.
#[derive(Debug)]
pub(super) enum Source {
    /// The file's own binary chunk.
    Chunk(Range<usize>),
    /// Bytes of an address that holds them.
    Data(Vec<u8>),
    /// Beside the file, and needed only by who reads the file.
    Beside,
    /// Beside the file, and needed here; none until it is given.
    Given(Option<Vec<u8>>),
    /// There are none: what views on it hold is packed elsewhere.
    None,
}

/// All buffers of a file.
#[derive(Debug)]
pub(super) struct Sources {
    file: Vec<u8>,
    pub(super) all: Vec<Source>,
    uris: Vec<(usize, String)>,
}

impl Sources {
    pub(super) fn new(file: Vec<u8>, chunk: Option<Range<usize>>, buffers: &[Value], issues: &mut Issues) -> Self {
        let mut uris = Vec::new();
        let mut source = |(index, buffer): (usize, &Value)| match (buffer.get("uri"), &chunk) {
            (None, Some(chunk)) if index == 0 => Source::Chunk(chunk.clone()),
            (None, _) => Source::None,
            (Some(uri), _) => match resolve(uri.as_str().unwrap_or_default()) {
                Ok(Address::Data { bytes, .. }) => Source::Data(bytes),
                Ok(Address::Relative(uri)) => {
                    uris.push((index, uri));
                    Source::Beside
                }
                Err((code, detail)) => {
                    issues.report(code, format!("/buffers/{index}/uri"), detail);
                    Source::None
                }
            },
        };
        let all = buffers.iter().enumerate().map(&mut source).collect();
        Self { file, all, uris }
    }

    pub(super) fn into_file(self) -> Vec<u8> {
        self.file
    }

    /// Says that bytes of a buffer are needed here.
    pub(super) fn want(&mut self, buffer: usize) {
        if let Some(source @ Source::Beside) = self.all.get_mut(buffer) {
            *source = Source::Given(None);
        }
    }

    /// The buffers beside the file that are needed here.
    pub(super) fn wanted(&self) -> Vec<Resource> {
        let wanted = self.uris.iter().filter(|(buffer, _)| matches!(self.all.get(*buffer), Some(Source::Given(_))));
        wanted.map(|(buffer, uri)| Resource { buffer: *buffer, uri: uri.clone() }).collect()
    }

    pub(super) fn give(&mut self, buffer: usize, bytes: Vec<u8>) {
        if let Some(Source::Given(given)) = self.all.get_mut(buffer) {
            *given = Some(bytes);
        }
    }

    pub(super) fn bytes(&self, buffer: usize) -> Option<&[u8]> {
        match self.all.get(buffer)? {
            Source::Chunk(range) => self.file.get(range.clone()),
            Source::Data(bytes) | Source::Given(Some(bytes)) => Some(bytes),
            Source::Beside | Source::Given(None) | Source::None => None,
        }
    }

    /// What `at` names by `buffer`, `byteOffset` and `byteLength`.
    pub(super) fn part(&self, at: &Value) -> Result<&[u8], (Code, String)> {
        let buffer = number(at, "buffer").ok_or((Code::Packed, "no buffer".to_owned()))?;
        let bytes = self.bytes(buffer).ok_or((Code::Resource, format!("buffer {buffer}")))?;
        let (start, length) = (number(at, "byteOffset").unwrap_or(0), number(at, "byteLength").unwrap_or(0));
        let part = start.checked_add(length).and_then(|end| bytes.get(start..end));
        part.ok_or_else(|| (Code::Range, format!("bytes from {start} for {length}, the buffer has {}", bytes.len())))
    }
}
