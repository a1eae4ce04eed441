//! The pictures that a file needs.

use crate::scene::{Bytes, Image, ImageSource, SceneId, picture};

use super::super::usdz::Encoding;

/// A picture that a file needs.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The model with the picture.
    pub scene: SceneId,
    /// Its index there.
    pub image: usize,
    /// The file's name for it.
    pub name: String,
    /// It may be encoded as people see: red, green and blue are colours, and alpha is not looked at.
    pub is_lossy: bool,
    /// The largest side, pixels.
    pub most_px: u32,
    /// Something of the customer's is drawn over the model's picture.
    pub is_printed: bool,
    /// Only PNG and JPEG are taken.
    pub is_plain: bool,
    /// Encoded, once it is there.
    pub(super) bytes: Option<Bytes>,
}

impl Picture {
    /// How it is to be encoded, after the encoded picture that it is made of. None where that can go in as it is.
    pub fn encoding(&self, source: &[u8]) -> Option<Encoding> {
        let mime = picture::mime(source);
        let is_small = picture::size(source).is_some_and(|(width, height)| width.max(height) <= self.most_px);
        let is_taken = match mime {
            Some("image/png" | "image/jpeg") => true,
            Some(_) => !self.is_plain,
            None => false,
        };
        if is_small && is_taken && !self.is_printed {
            return None;
        }
        let is_lossy = mime == Some("image/jpeg") || mime != Some("image/png") && self.is_lossy;
        Some(if is_lossy { Encoding::Jpeg } else { Encoding::Png })
    }

    /// True while its bytes are wanted.
    pub fn is_missing(&self) -> bool {
        self.bytes.is_none()
    }

    pub(super) fn take_own(&mut self, image: &Image) {
        if let ImageSource::Encoded { bytes, .. } = &image.source
            && self.encoding(bytes).is_none()
        {
            self.bytes = Some(bytes.clone());
        }
    }

    pub(super) fn mime(&self) -> Option<&'static str> {
        picture::mime(self.bytes.as_deref()?)
    }
}
