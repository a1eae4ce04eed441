//! A large piece leaves the page free: no slice takes long.

use std::time::{Duration, Instant};

use anprobe::print::{Options, check};
use glam::Vec3;

use crate::shapes::Shape;

#[test]
#[ignore = "a measurement: cargo test --release --test print -- --ignored --nocapture"]
#[allow(clippy::disallowed_methods, reason = "a measurement")]
fn half_a_million_triangles_in_slices() {
    let ball = Shape::ball(Vec3::ZERO, 60.0, 356).with(Shape::ball(Vec3::ZERO, 57.0, 356).inverted());
    let piece = ball.piece();
    println!("{} triangles", piece.triangles.len());
    let start = Instant::now();
    let mut job = check(piece, Options::default());
    let mut slices: Vec<(Duration, f32)> = Vec::new();
    let checked = loop {
        let slice = Instant::now();
        let done = job.step(200_000);
        slices.push((slice.elapsed(), job.progress()));
        if let Some(checked) = done {
            break checked;
        }
    };
    let whole = start.elapsed();
    slices.sort_by_key(|slice| slice.0);
    let longest: Vec<_> = slices.iter().rev().take(6).collect();
    println!("{whole:.1?} in {} slices, the longest {longest:.1?}", slices.len());
    println!("median {:.1?}", slices[slices.len() / 2]);
    assert!(checked.report().is_printable);
}

#[test]
fn slices_do_not_change_what_is_found() {
    let shape = Shape::ball(Vec3::ZERO, 20.0, 24).with(Shape::cuboid(Vec3::splat(-5.0), Vec3::splat(5.0)));
    let whole = shape.report();
    let mut job = check(shape.piece(), Options::default());
    let mut slices = 0;
    let mut before = 0.0;
    let sliced = loop {
        slices += 1;
        if let Some(done) = job.step(3000) {
            break done;
        }
        assert!(job.progress() >= before);
        before = job.progress();
    };
    assert!(slices > 20, "{slices}");
    assert_eq!(*sliced.report(), whole);
}
