//! Where small pictures of several choices differ: what a thumbnail is to show, and the largest disc that lies within it.

/// How far the sum of red, green, blue and alpha must be apart to be seen.
const DIFFERS: u32 = 24;
/// A box has so much air around what differs, in shares of its longer side.
const AIR: f32 = 0.14;
/// And no box is smaller, in shares of the picture.
const LEAST: f32 = 0.16;

/// A part of a picture, in shares of its width and height, from the upper left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patch {
    /// Left, top, width and height of a square (in pixels) around all that differs.
    pub place: [f32; 4],
    /// The middle of the largest disc that differs everywhere, and its radius in shares of the width.
    pub disc: [f32; 3],
    /// How much of the picture differs, `[0, 1]`.
    pub share: f32,
}

/// Compares pictures of one size, each of straight or premultiplied RGBA bytes with rows from the top, one behind the
/// other. None when nothing differs, or the bytes are not those of whole pictures.
pub fn differing(pictures: &[u8], width_px: usize, height_px: usize) -> Option<Patch> {
    let area = width_px.checked_mul(height_px).filter(|area| *area > 0)?;
    let mut each = pictures.chunks_exact(area.checked_mul(4)?);
    let first = each.next()?;
    let mut mask = vec![false; area];
    for other in each {
        for ((mark, one), two) in mask.iter_mut().zip(first.chunks_exact(4)).zip(other.chunks_exact(4)) {
            let apart: u32 = one.iter().zip(two).map(|(one, two)| u32::from(one.abs_diff(*two))).sum();
            *mark |= apart > DIFFERS;
        }
    }
    let count = mask.iter().filter(|mark| **mark).count();
    let (middle_px, radius_px) = largest_disc(&mask, width_px)?;
    let [mut left, mut top, mut right, mut bottom] = [usize::MAX, usize::MAX, 0, 0];
    for (at, _) in mask.iter().enumerate().filter(|(_, mark)| **mark) {
        let (x, y) = (at % width_px, at / width_px);
        (left, right) = (left.min(x), right.max(x + 1));
        (top, bottom) = (top.min(y), bottom.max(y + 1));
    }
    let (width, height) = (width_px as f32, height_px as f32);
    let shorter = width.min(height);
    let long = (right - left).max(bottom - top) as f32;
    let side = (long * (1.0 + 2.0 * AIR)).max(LEAST * shorter).min(shorter);
    let start = |low: usize, high: usize, whole: f32| {
        let middle = (low + high) as f32 / 2.0;
        (middle - side / 2.0).max(0.0).min(whole - side)
    };
    let (x, y) = (start(left, right, width), start(top, bottom, height));
    Some(Patch {
        place: [x / width, y / height, side / width, side / height],
        disc: [middle_px[0] / width, middle_px[1] / height, radius_px / width],
        share: count as f32 / area as f32,
    })
}

/// The pixel that is farthest from what is not marked, and how far that is. Chamfers of 3 and 4 (Borgefors 1986) are
/// within 8 % of the true distance.
fn largest_disc(mask: &[bool], width_px: usize) -> Option<([f32; 2], f32)> {
    let height_px = mask.len() / width_px;
    let far = 3 * (width_px + height_px) as u32;
    let mut distances: Vec<u32> = mask.iter().map(|mark| if *mark { far } else { 0 }).collect();
    let at = |distances: &[u32], x: isize, y: isize| {
        // Outside nothing is marked.
        let inside = x >= 0 && y >= 0 && (x as usize) < width_px && (y as usize) < height_px;
        if inside { distances.get(y as usize * width_px + x as usize).copied().unwrap_or(0) } else { 0 }
    };
    let forth = [(-1, 0, 3), (-1, -1, 4), (0, -1, 3), (1, -1, 4)];
    for (turn, places) in [(false, forth), (true, forth.map(|(x, y, step)| (-x, -y, step)))] {
        for number in 0..mask.len() {
            let index = if turn { mask.len() - 1 - number } else { number };
            let (x, y) = ((index % width_px) as isize, (index / width_px) as isize);
            let near = places.iter().map(|(dx, dy, step)| at(&distances, x + dx, y + dy) + step).min().unwrap_or(0);
            if let Some(distance) = distances.get_mut(index) {
                *distance = near.min(*distance);
            }
        }
    }
    let (index, most) = distances.iter().enumerate().max_by_key(|(_, distance)| **distance)?;
    let middle = [(index % width_px) as f32 + 0.5, (index / width_px) as f32 + 0.5];
    (*most > 0).then(|| (middle, *most as f32 / 3.0 - 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A black picture with a white rectangle.
    fn picture(width: usize, height: usize, [left, top, right, bottom]: [usize; 4]) -> Vec<u8> {
        let pixel = |at: usize| (left..right).contains(&(at % width)) && (top..bottom).contains(&(at / width));
        (0..width * height).flat_map(|at| if pixel(at) { [255; 4] } else { [0, 0, 0, 255] }).collect()
    }

    #[test]
    fn the_square_holds_all_that_differs_and_the_disc_lies_within() {
        let (width, height) = (96, 64);
        let all = [picture(width, height, [0; 4]), picture(width, height, [40, 20, 60, 50])].concat();
        let patch = differing(&all, width, height).unwrap();
        let [x, y, across, down] = patch.place;
        assert!(x * 96.0 <= 40.0 && (x + across) * 96.0 >= 60.0, "{patch:?}");
        assert!(y * 64.0 <= 20.0 && (y + down) * 64.0 >= 50.0, "{patch:?}");
        assert!((across * 96.0 - down * 64.0).abs() < 1e-3, "{patch:?}");
        let [cx, cy, radius] = [patch.disc[0] * 96.0, patch.disc[1] * 64.0, patch.disc[2] * 96.0];
        assert!((9.0..=10.5).contains(&radius), "{radius}");
        assert!(cx - radius >= 39.5 && cx + radius <= 60.5 && cy - radius >= 19.5 && cy + radius <= 50.5, "{patch:?}");
        assert!((patch.share - 600.0 / 6144.0).abs() < 1e-6);
    }

    #[test]
    fn a_square_at_the_edge_stays_in_the_picture() {
        let all = [picture(64, 64, [0; 4]), picture(64, 64, [60, 0, 64, 4])].concat();
        let [x, y, across, down] = differing(&all, 64, 64).unwrap().place;
        assert!(x >= 0.0 && y >= 0.0 && x + across <= 1.0 + 1e-6 && y + down <= 1.0 + 1e-6);
        assert!(across >= LEAST);
    }

    #[test]
    fn nothing_differs_between_equal_or_broken_pictures() {
        let one = picture(8, 8, [2, 2, 5, 5]);
        assert_eq!(differing(&[one.clone(), one.clone()].concat(), 8, 8), None);
        assert_eq!(differing(&one[..40], 8, 8), None);
        assert_eq!(differing(&[], 0, 0), None);
        assert_eq!(differing(&one, usize::MAX, 2), None);
    }
}
