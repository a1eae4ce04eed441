//! The sleeves: from the armhole's curve on the body to a round hem, with the arm of the form inside.

use glam::{Mat3, Vec2, Vec3};

use super::torso;
use crate::shape::angle::around;
use crate::shape::lathe::turn;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;
use crate::shape::sheet::{Sheet, mirrored, seam};

/// Steps around a sleeve.
const AROUND: usize = 48;
/// Steps from armhole to hem.
const ALONG: usize = 24;
/// The middle of the armhole.
const ARMHOLE: Vec3 = Vec3::new(172.0, 684.0, -5.0);
/// How far the armhole leans outwards, per millimetre of height.
const LEAN: f32 = 0.035;
/// Where the arm points: out, down and a little to the front.
const ARM: Vec3 = Vec3::new(0.5, -0.864, 0.05);
/// From the armhole's middle to the hem.
const LENGTH: f32 = 168.0;

/// How far a point lies beyond the plane of its armhole, in millimetres.
pub(super) fn beyond(point: Vec3) -> f32 {
    if point.y < 560.0 {
        return -1.0;
    }
    point.x.abs() - ARMHOLE.x - (point.y - ARMHOLE.y) * LEAN
}

/// A point of the armhole on the cloth, counted from the top to the front.
fn armhole(step: usize) -> Vec3 {
    let (sine, cosine) = around(step, AROUND);
    let way = Vec3::new(LEAN * cosine, cosine, sine);
    let (mut low, mut high) = (0.0, 160.0);
    for _ in 0..24 {
        let middle = (low + high) / 2.0;
        if torso::holds(ARMHOLE + way * middle, 4.6) {
            low = middle;
        } else {
            high = middle;
        }
    }
    ARMHOLE + way * low
}

/// The axes across the hem: outwards and to the front.
fn across() -> [Vec3; 2] {
    let arm = ARM.normalize_or(Vec3::X);
    let front = (Vec3::Z - arm * arm.z).normalize_or(Vec3::Z);
    [arm.cross(front), front].map(|axis| if axis.x < -0.5 { -axis } else { axis })
}

/// The right sleeve as a sheet; the hem is folded over to the inside.
fn sheet() -> Sheet {
    let arm = ARM.normalize_or(Vec3::X);
    let [out, front] = across();
    let middle = ARMHOLE + arm * LENGTH;
    let mut sheet = Sheet { across: AROUND + 1, closed: true, ..Sheet::default() };
    // From the hem's inside to the armhole.
    let folded = [(26.0, -3.4), (2.0, -2.4), (0.2, -1.9), (-0.5, -0.9)];
    for row in 0..=ALONG + folded.len() {
        for column in 0..=AROUND {
            let step = AROUND - column;
            let (sine, cosine) = around(step, AROUND);
            let at = armhole(step % AROUND);
            let away = out * cosine + front * sine;
            let end = middle + out * (cosine * 71.0) + front * (sine * 66.0);
            let reach = at.distance(end);
            let down = (1.0 - cosine) / 2.0;
            let leave = Vec3::new(0.86, -0.5, 0.0).lerp(arm, down).normalize_or(arm);
            // A little flare at the hem.
            let arrive = (arm - away * 0.05).normalize_or(arm);
            let (b, c) = (at + leave * (reach * 0.42), end - arrive * (reach * 0.36));
            let (back, lift) = folded.get(row).copied().unwrap_or((0.0, 0.0));
            let t = 1.0 - row.saturating_sub(folded.len()) as f32 / ALONG as f32;
            let s = 1.0 - t;
            let on = at * (s * s * s) + b * (3.0 * s * s * t) + c * (3.0 * s * t * t) + end * (t * t * t);
            let fold = folds(step, t) + lift;
            sheet.points.push(on + away * fold - arm * back);
            let turned = column as f32 / AROUND as f32;
            sheet.uvs.push(Vec2::new(turned * 430.0, reach * t));
        }
    }
    sheet
}

/// Soft folds: rings that break below the armpit, and long ones down the front and back.
fn folds(step: usize, t: f32) -> f32 {
    let (sine, cosine) = around(step, AROUND);
    let fade = t * t * (1.0 - t) * 6.0;
    let low = ((1.0 - cosine) / 2.0) * ((1.0 - cosine) / 2.0);
    let (_, rings) = crate::shape::angle::degrees(f64::from(t * 620.0 + sine * 50.0));
    let (_, long) = around(3 * step + 7, AROUND);
    let (_, slow) = around(2 * step + 13, AROUND);
    fade * (rings * low * 2.6 + long * 1.6) + t * t * slow * 1.5
}

/// Both sleeves.
pub(super) fn sleeves() -> Mesh {
    let right = sheet().whole();
    mirrored(&right).with(&right)
}

/// Seams around the armholes and above the hems.
pub(super) fn seams() -> Mesh {
    let sheet = sheet();
    let ring = |row: usize, lift: f32, tilt: f32| -> Vec<(Vec3, Vec3)> {
        let normal = |column: usize| {
            let at = sheet.at(row, column) - ARMHOLE;
            let out = Vec3::new(0.0, at.y, at.z).normalize_or(Vec3::Y);
            sheet.normal(row, column).lerp(out, tilt).normalize_or(Vec3::Y)
        };
        (0..=AROUND).rev().map(|column| (sheet.at(row, column) + normal(column) * lift, normal(column))).collect()
    };
    let top = sheet.rows() - 1;
    let right = seam(&ring(top, 0.1, 0.35), 3.2, 1.0).with(&seam(&ring(7, 0.05, 0.0), 1.5, 0.5)).with(&seam(
        &ring(8, 0.05, 0.0),
        1.5,
        0.5,
    ));
    mirrored(&right).with(&right)
}

/// What the sleeves show of the form's arms: their ends.
pub(super) fn arms() -> Mesh {
    let arm = ARM.normalize_or(Vec3::X);
    let profile = Profile::rounded(&[
        [0.0, -LENGTH + 6.0, 0.0],
        [57.0, -LENGTH + 6.0, 14.0],
        [53.0, -LENGTH + 46.0, 8.0],
        [0.0, -LENGTH + 54.0, 0.0],
    ]);
    let [out, _] = across();
    // The profile's +Y points back into the body.
    let turn_to = Mat3::from_cols(out, -arm, out.cross(-arm));
    let right = turn(&profile, 48, 200.0).turned(turn_to).moved(ARMHOLE.x, ARMHOLE.y, ARMHOLE.z);
    mirrored(&right).with(&right)
}
