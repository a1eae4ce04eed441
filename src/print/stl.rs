//! Binary STL (3D Systems, 1989): triangles without a unit. Ours are millimetres, and the file's name says so.

use super::file::{Printable, shelved};
use super::pace::Job;
use crate::issue::{Code, Issue};

/// Bytes before the number of triangles.
const HEADER: usize = 80;
/// Bytes of a triangle.
const TRIANGLE: usize = 50;

/// Writes pieces beside each other into one file, slice by slice.
///
/// The job gives [`Code::ExportEmpty`] without pieces, [`Code::ExportLimit`] for more triangles than the format counts.
pub fn stl(pieces: Vec<Printable>) -> Job<Result<Vec<u8>, Issue>> {
    Job::new(|pace| async move {
        let count: usize = pieces.iter().map(|piece| piece.piece.triangles.len()).sum();
        if count == 0 {
            return Err(Issue::new(Code::ExportEmpty, "", ""));
        }
        let counted = u32::try_from(count).map_err(|_| Issue::new(Code::ExportLimit, "", "triangles"))?;
        let mut out = Vec::with_capacity(HEADER + 4 + TRIANGLE * count);
        // A file that begins with "solid" is taken for text.
        out.extend_from_slice(concat!("Anprobe ", env!("CARGO_PKG_VERSION"), ", millimetres, z up").as_bytes());
        out.resize(HEADER, b' ');
        out.extend_from_slice(&counted.to_le_bytes());
        for (piece, place) in shelved(&pieces) {
            for triangle in 0..piece.triangles.len() {
                pace.spend(4).await;
                let normal = piece.cross(triangle).normalize_or_zero();
                let corners = piece.corners(triangle).map(|corner| corner + place);
                for number in [normal].iter().chain(&corners).flat_map(|vector| vector.to_array()) {
                    out.extend_from_slice(&number.to_le_bytes());
                }
                out.extend_from_slice(&[0, 0]);
                pace.reach((out.len() as f32) / (TRIANGLE * count) as f32);
            }
        }
        Ok(out)
    })
}
