//! GLB and USDZ of a configuration, with their textures.

use std::collections::BTreeMap;

use anprobe::export::usdz::Encoding;
use anprobe::export::{glb, usdz};
use anprobe::issue::{Code, Issue};
use anprobe::scene::SceneId;

use super::{Arguments, Place};
use crate::remark::Remark;
use crate::studio::{Studio, decoded, encoded_anew};

/// Textures that are encoded already, by model, image, side, encoding and change.
pub(super) type Textures = BTreeMap<(SceneId, usize, String), Vec<u8>>;

pub(super) fn glb(arguments: &Arguments, studio: &mut Studio, textures: &mut Textures) -> Result<Vec<u8>, String> {
    let options = glb::Options {
        name: studio.name(&arguments.product.language),
        most_texture_px: arguments.texture,
        plain_pictures: true,
        animations: arguments.animations,
        quick: false,
    };
    let said = |issue: Issue| Remark::of(&arguments.product.file, issue).to_text(false);
    let mut plan = studio.viewer.glb(&options).map_err(said)?;
    for at in 0..plan.pictures().len() {
        let Some(picture) = plan.pictures().get(at).filter(|picture| picture.is_missing()).cloned() else { continue };
        let wanted = Wanted {
            scene: picture.scene,
            image: picture.image,
            is_printed: picture.is_printed,
            most_px: picture.most_px,
            kind: "glb".to_owned(),
        };
        if let Some(bytes) = texture(studio, textures, &wanted, |source| picture.encoding(source), |_| {}) {
            plan.give(at, bytes);
        }
    }
    let bytes = plan.write().map_err(said)?;
    plan.issues().iter().for_each(|issue| studio.notice(None, issue.clone()));
    Ok(bytes)
}

pub(super) fn usdz(arguments: &Arguments, studio: &mut Studio, textures: &mut Textures) -> Result<Vec<u8>, String> {
    let placement = match arguments.placement {
        Place::Floor => usdz::Placement::Horizontal,
        Place::Wall => usdz::Placement::Vertical,
        Place::Any => usdz::Placement::Any,
    };
    let said = |issue: Issue| Remark::of(&arguments.product.file, issue).to_text(false);
    let mut plan = studio.viewer.usdz(placement, arguments.texture).map_err(said)?;
    for at in 0..plan.pictures().len() {
        let Some(picture) = plan.pictures().get(at).filter(|picture| picture.is_missing()).cloned() else { continue };
        let usdz::Change { scale, bias } = picture.change;
        let wanted = Wanted {
            scene: picture.scene,
            image: picture.image,
            is_printed: picture.is_printed,
            most_px: picture.most_px,
            kind: format!("usdz{scale:?}{bias:?}{}", picture.has_alpha),
        };
        let change = |values: &mut [f32; 4]| {
            for (value, (by, more)) in values.iter_mut().zip(scale.into_iter().zip(bias)) {
                *value = *value * by + more;
            }
            if !picture.has_alpha {
                values[3] = 1.0;
            }
        };
        let bytes = texture(studio, textures, &wanted, |source| picture.encoding(source), change);
        if let Some(bytes) = bytes {
            plan.give(at, bytes);
        }
    }
    let bytes = plan.write().map_err(said)?;
    plan.issues().iter().for_each(|issue| studio.notice(None, issue.clone()));
    Ok(bytes)
}

/// A texture that a file needs.
struct Wanted {
    scene: SceneId,
    image: usize,
    is_printed: bool,
    most_px: u32,
    /// For what it is encoded.
    kind: String,
}

/// A texture, made once; none, with a remark, when its picture cannot be decoded.
fn texture(
    studio: &mut Studio,
    textures: &mut Textures,
    wanted: &Wanted,
    encoding: impl Fn(&[u8]) -> Option<Encoding>,
    change: impl Fn(&mut [f32; 4]),
) -> Option<Vec<u8>> {
    let Wanted { scene, image, is_printed, most_px, kind } = wanted;
    let key = (*scene, *image, kind.clone());
    // What customers give is another thing each time.
    if let Some(known) = textures.get(&key).filter(|_| !is_printed) {
        return Some(known.clone());
    }
    let base = studio.viewer.address_of(*scene).map(str::to_owned);
    let print = studio.viewer.print_over(*scene, *image).map(str::to_owned);
    let made = studio.encoded(*scene, *image, base.as_deref()).and_then(|source| {
        let Some(encoding) = encoding(&source) else { return Ok(source) };
        let mut picture = decoded(&source)?;
        if let Some(print) = &print {
            picture = studio.printed(*scene, *image, &picture, print).into();
        }
        encoded_anew(picture, encoding, *most_px, change)
    });
    match made {
        Ok(bytes) => {
            if !is_printed {
                textures.insert(key, bytes.clone());
            }
            Some(bytes)
        }
        Err(why) => {
            studio.notice(Some(*scene), Issue::new(Code::Image, format!("/images/{image}"), why));
            None
        }
    }
}
