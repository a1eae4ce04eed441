//! Environments: a Radiance picture, one that the browser decodes, or two of those that make one.

use super::effects::Job;
use super::viewer::Viewer;
use crate::environment::{GainMap, Panorama, Plain, is_radiance, no_gain_map, read_gain_map, read_radiance};
use crate::frame::EnvironmentId;
use crate::render::{Pixels, RenderError};
use crate::viewer::Answer;

/// A picture with a gain map, while the browser decodes first itself, then its map.
#[derive(Debug)]
pub(super) struct Lift {
    request: u32,
    map: GainMap,
    /// The JPEG of the map.
    jpeg: Vec<u8>,
    /// Width, height and bytes of the picture, once they are there.
    base: Option<(u32, u32, Vec<u8>)>,
}

/// What a decoded picture of an environment is.
pub(super) enum Lifted {
    /// All of it.
    Ordinary,
    /// A half of it; its bytes are wanted.
    Bytes,
    /// The first half.
    Taken,
    /// The second half, joined with the first.
    Whole(Panorama),
}

impl Viewer {
    /// The bytes of an environment arrived.
    pub(super) fn take_environment(&self, request: u32, bytes: &[u8]) {
        let job = self.jobs.borrow().get(&request).copied();
        let Some(Job::Environment { id, seen }) = job else { return };
        // Another element of the page may have been quicker.
        if self.page.renderer.borrow().has_environment(id) {
            return self.answer(request, Answer::Done);
        }
        if is_radiance(bytes) {
            let answer = match read_radiance(bytes) {
                Err(issue) => Answer::Failed(issue.detail),
                Ok(panorama) => match self.set_panorama(id, seen, &panorama) {
                    Err(error) => Answer::Failed(error.to_string()),
                    Ok(()) => Answer::Done,
                },
            };
            return self.answer(request, answer);
        }
        match read_gain_map(bytes) {
            None => {}
            Some(Err(issue)) => self.complain("", &issue),
            Some(Ok((map, range))) => {
                let jpeg = bytes.get(range).unwrap_or_default().to_vec();
                self.lifts.borrow_mut().push(Lift { request, map, jpeg, base: None });
            }
        }
        self.host.decode(request, bytes.into(), "");
    }

    /// Takes a decoded picture of an environment that may have a gain map.
    pub(super) fn lift(&self, request: u32, pixels: &Pixels<'_>) -> Lifted {
        let Some(mut lift) = self.take_lift(request) else { return Lifted::Ordinary };
        let Pixels::Rgba8 { width_px, height_px, bytes } = *pixels else {
            self.lifts.borrow_mut().push(lift);
            return Lifted::Bytes;
        };
        let texels = bytes;
        if let Some((width, height, base)) = &lift.base {
            let base = Plain { width_px: *width, height_px: *height, texels: base };
            let whole = lift.map.lifted(base, Plain { width_px, height_px, texels });
            return whole.map_or(Lifted::Ordinary, Lifted::Whole);
        }
        lift.base = Some((width_px, height_px, texels.to_vec()));
        let jpeg = lift.jpeg.as_slice().into();
        self.lifts.borrow_mut().push(lift);
        self.host.decode(request, jpeg, "");
        Lifted::Taken
    }

    /// The browser cannot decode a gain map: its picture lights as it is. False when the request is for something else.
    pub(super) fn light_without_map(&self, request: u32) -> bool {
        let base = self.take_lift(request).and_then(|lift| lift.base);
        let Some((width_px, height_px, bytes)) = &base else { return false };
        self.complain("", &no_gain_map());
        self.take_picture(request, Pixels::Rgba8 { width_px: *width_px, height_px: *height_px, bytes }, true)
    }

    pub(super) fn take_lift(&self, request: u32) -> Option<Lift> {
        let mut lifts = self.lifts.borrow_mut();
        let at = lifts.iter().position(|lift| lift.request == request)?;
        Some(lifts.swap_remove(at))
    }

    pub(super) fn set_panorama(&self, id: EnvironmentId, seen: bool, panorama: &Panorama) -> Result<(), RenderError> {
        self.page.renderer.borrow_mut().set_environment(id, panorama, seen)
    }

    pub(super) fn set_environment(&self, id: EnvironmentId, seen: bool, pixels: Pixels<'_>) -> Result<(), RenderError> {
        if self.page.renderer.borrow().has_environment(id) {
            return Ok(());
        }
        match pixels {
            Pixels::Bitmap(bitmap) => self.page.renderer.borrow_mut().set_environment_bitmap(id, bitmap, seen),
            Pixels::Rgba8 { width_px, height_px, bytes } => {
                let panorama = Panorama::from_srgb(width_px, height_px, bytes.to_vec());
                let panorama = panorama.ok_or(RenderError::Pixels { expected: 4, found: bytes.len() })?;
                self.set_panorama(id, seen, &panorama)
            }
        }
    }
}
