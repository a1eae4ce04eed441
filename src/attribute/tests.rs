use std::f32::consts::PI;

use glam::Vec3;

use super::{ATTRIBUTES, Basis, Kind, Quantity, read_list, read_number, read_orientation, read_scale, read_word};

fn orbit() -> [Basis; 3] {
    [
        Basis::new(Quantity::angle(0.0)),
        Basis::new(Quantity::angle(75f32.to_radians())),
        Basis { whole: Quantity::length(2.0), auto_factor: 1.05 },
    ]
}

fn read(text: &str) -> ([f32; 3], Result<(), &'static str>) {
    let mut out = [0.0; 3];
    let result = read_list(text, &orbit(), 0.25, &mut out);
    (out, result)
}

fn assert_reads(text: &str, theta_deg: f32, phi_deg: f32, radius: f32) {
    let (out, result) = read(text);
    assert_eq!(result, Ok(()), "{text}");
    let expected = [theta_deg.to_radians(), phi_deg.to_radians(), radius];
    for (found, expected) in out.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-5, "{text}: {out:?}");
    }
}

#[test]
fn units_percentages_and_auto_are_read() {
    assert_reads("0deg 75deg 105%", 0.0, 75.0, 2.1);
    assert_reads("-30deg auto 50%", -30.0, 75.0, 1.0);
    assert_reads("auto auto auto", 0.0, 75.0, 2.1);
    assert_reads("", 0.0, 75.0, 2.1);
    assert_reads("1.5rad", 1.5f32.to_degrees(), 75.0, 2.1);
    assert_reads(" 10deg  20deg 300cm ", 10.0, 20.0, 3.0);
    assert_reads("+.5rad 1e1deg 1500mm", 0.5f32.to_degrees(), 10.0, 1.5);
}

#[test]
fn sums_products_brackets_and_scroll_are_calculated() {
    assert_reads("calc(10deg + 5deg * 2) 75deg 1m", 20.0, 75.0, 1.0);
    assert_reads("calc((10deg + 5deg) * 2) 75deg 1m", 30.0, 75.0, 1.0);
    assert_reads("calc(90deg / 2 - 5deg) 75deg calc(100% - 50cm)", 40.0, 75.0, 1.5);
    assert_reads("calc(-20deg + env(window-scroll-y) * 40deg) calc(2 * calc(10deg + 1deg)) 1m", -10.0, 22.0, 1.0);
}

#[test]
fn what_cannot_be_read_takes_its_own_default_only() {
    for (text, theta_deg) in [("15deg 3m 1m", 15.0), ("15deg 12 1m", 15.0), ("15deg 12px 1m", 15.0)] {
        let (out, result) = read(text);
        assert!(result.is_err(), "{text}");
        assert!((out[0] - f32::to_radians(theta_deg)).abs() < 1e-6 && (out[1] - 75f32.to_radians()).abs() < 1e-6);
        assert!((out[2] - 1.0).abs() < 1e-6, "{text}: {out:?}");
    }
    for text in
        ["calc(1deg + 1m)", "calc(1deg", "calc()", "calc(1deg 1deg)", "calc(1deg / 0)", "env(x)", "min(1deg)", "§"]
    {
        let (out, result) = read(text);
        assert!(result.is_err(), "{text} was read as {out:?}");
        assert_eq!(out[0], 0.0, "{text}");
        assert!((out[1] - 75f32.to_radians()).abs() < 1e-6, "{text}");
    }
    assert!(read("1deg 2deg 3m 4m").1.is_err());
    assert!(read(&"(".repeat(100_000)).1.is_err());
}

#[test]
fn orientation_is_roll_pitch_yaw_and_scale_takes_one_or_three() {
    let turned = read_orientation("0 0 90deg").unwrap() * Vec3::Z;
    assert!((turned - Vec3::X).length() < 1e-6);
    let pitched = read_orientation("0deg 90deg 0deg").unwrap() * Vec3::Z;
    assert!((pitched - Vec3::NEG_Y).length() < 1e-6);
    let rolled = read_orientation("1.5707964rad 0 0").unwrap() * Vec3::X;
    assert!((rolled - Vec3::Y).length() < 1e-6);
    let all = read_orientation("30deg 40deg 50deg").unwrap() * Vec3::Z;
    let (pitch, yaw) = (40f32 * PI / 180.0, 50f32 * PI / 180.0);
    let expected = Vec3::new(pitch.cos() * yaw.sin(), -pitch.sin(), pitch.cos() * yaw.cos());
    assert!((all - expected).length() < 1e-6, "yaw is applied last");
    assert!(read_orientation("0 0").is_err() && read_orientation("1m 0 0").is_err());
    assert_eq!(read_scale("2"), Ok(Vec3::splat(2.0)));
    assert_eq!(read_scale("1 2 -3"), Ok(Vec3::new(1.0, 2.0, -3.0)));
    assert!(read_scale("1 2").is_err() && read_scale("1 2 3 4").is_err() && read_scale("x").is_err());
}

#[test]
fn numbers_and_words_are_strict() {
    assert_eq!(read_number(" 1.5 "), Ok(1.5));
    assert!(read_number("").is_err() && read_number("inf").is_err() && read_number("1px").is_err());
    assert_eq!(read_word("pan-y", &["none", "pan-y"]), Ok(1));
    assert!(read_word("Pan-Y", &["none", "pan-y"]).is_err());
}

#[test]
fn every_attribute_has_one_entry_and_a_default_that_reads() {
    for (position, attribute) in ATTRIBUTES.iter().enumerate() {
        assert!(ATTRIBUTES.iter().skip(position + 1).all(|other| other.name != attribute.name), "{}", attribute.name);
        match attribute.kind {
            Kind::Number => assert!(read_number(attribute.default).is_ok(), "{}", attribute.name),
            Kind::Word(words) => assert_eq!(read_word(attribute.default, words), Ok(0), "{}", attribute.name),
            Kind::Orientation => assert!(read_orientation(attribute.default).is_ok()),
            Kind::Scale => assert!(read_scale(attribute.default).is_ok()),
            Kind::Length => assert_eq!(attribute.default, "0"),
            Kind::List(places) => assert!(attribute.default.split(' ').count() <= places),
            Kind::Flag | Kind::Text | Kind::Url => assert!(attribute.default.is_empty()),
        }
    }
}
