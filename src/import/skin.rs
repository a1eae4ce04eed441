//! Skins (glTF 2.0 §3.7.3).

use glam::Mat4;

use super::accessor::{self, Component, MAT4};
use super::cursor::Cursor;
use super::reader::Reader;
use crate::issue::Code;
use crate::scene::{Skin, Slots};

pub(super) fn read_skins(reader: &mut Reader<'_>) -> Slots<Skin> {
    reader.list("skins").iter().map(|item| read_skin(reader, Cursor(item))).collect()
}

/// A skin without one of its joints would move everything wrongly, so it goes as a whole.
fn read_skin<'a>(reader: &mut Reader<'a>, at: Cursor<'a>) -> Option<Skin> {
    let name = at.name(&mut reader.log);
    let nodes = reader.list("nodes");
    let mut joints = Vec::new();
    for item in at.list("joints", &mut reader.log) {
        let joint = Cursor(item).as_index(nodes.len(), &mut reader.log)?;
        nodes.get(joint).filter(|node| node.is_object())?;
        joints.push(joint);
    }
    if joints.is_empty() {
        reader.report(Code::Value, at, "a skin without joints");
        return None;
    }
    let inverse_bind_matrices = read_matrices(reader, at, joints.len());
    Some(Skin { name, joints, inverse_bind_matrices })
}

fn read_matrices<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, joints: usize) -> Vec<Mat4> {
    let identities = || vec![Mat4::IDENTITY; joints];
    let Some(accessor) = accessor::accessor(reader, at, "inverseBindMatrices") else { return identities() };
    if accessor.shape != MAT4 || accessor.component != Component::F32 || accessor.count < joints {
        reader.report(Code::AccessorType, accessor.at, format!("{joints} matrices of floats are needed"));
        return identities();
    }
    let numbers = accessor.floats(reader);
    numbers.as_chunks().0.iter().take(joints).map(Mat4::from_cols_array).collect()
}
