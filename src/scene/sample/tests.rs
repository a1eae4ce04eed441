use glam::Quat;

use crate::scene::{Channel, Interpolation, Property};

fn channel(property: Property, interpolation: Interpolation, components: usize, values: &[f32]) -> Channel {
    let times = vec![0.5, 1.5, 3.5];
    Channel { node: 0, property, interpolation, times, values: values.to_vec(), components }
}

fn at(channel: &Channel, time_secs: f32) -> Vec<f32> {
    let mut out = vec![f32::NAN; channel.components];
    channel.sample(time_secs, &mut out);
    out
}

const THREE: [f32; 9] = [0.1, 0.2, 0.3, 1.7, -2.3, 3.9, -4.0, 5.0, 6.0];

#[test]
fn a_key_is_met_exactly_and_outside_the_nearest_key_holds() {
    for interpolation in [Interpolation::Step, Interpolation::Linear] {
        let channel = channel(Property::Translation, interpolation, 3, &THREE);
        for (time, key) in [(0.5, 0), (1.5, 1), (3.5, 2), (-9.0, 0), (f32::NAN, 0), (0.0, 0), (99.0, 2)] {
            assert_eq!(at(&channel, time), &THREE[3 * key..3 * key + 3], "{interpolation:?} at {time}");
        }
    }
}

#[test]
fn linear_goes_straight_and_step_holds_until_the_next_key() {
    let linear = channel(Property::Scale, Interpolation::Linear, 3, &THREE);
    for (got, want) in at(&linear, 2.0).iter().zip([1.7 * 0.75 - 1.0, -2.3 * 0.75 + 1.25, 3.9 * 0.75 + 1.5]) {
        assert!((got - want).abs() < 1e-5, "{got} {want}");
    }
    let step = channel(Property::Scale, Interpolation::Step, 3, &THREE);
    assert_eq!(at(&step, 3.499), &THREE[3..6]);
}

#[test]
fn a_rotation_goes_the_short_way_at_even_speed() {
    let (start, end) = (Quat::from_rotation_y(0.2), Quat::from_rotation_y(1.4));
    // The same rotation with the other sign: without care the long way.
    let values = [start.to_array(), (-end).to_array(), end.to_array()].concat();
    let channel = channel(Property::Rotation, Interpolation::Linear, 4, &values);
    for step in 1..10 {
        let factor = step as f32 / 10.0;
        let got = Quat::from_slice(&at(&channel, 0.5 + factor));
        let want = Quat::from_rotation_y(0.2 + 1.2 * factor);
        assert!(got.dot(want).abs() > 1.0 - 1e-6, "{factor}");
    }
}

#[test]
fn a_cubic_spline_follows_appendix_c() {
    // Keys at 0.5 and 1.5 and 3.5: in-tangent, value, out-tangent each.
    let values = [0.0, 1.0, 2.0, -1.0, 5.0, 0.5, 0.25, -3.0, 9.0];
    let channel = channel(Property::Weights, Interpolation::CubicSpline, 1, &values);
    assert_eq!(at(&channel, 0.5), [1.0]);
    assert_eq!(at(&channel, 1.5), [5.0]);
    assert_eq!(at(&channel, 9.0), [-3.0]);
    // t = 0.25, td = 1: 0.84375·1 + 0.140625·2 + 0.15625·5 + (−0.046875)·(−1).
    assert!((at(&channel, 0.75)[0] - 1.953125).abs() < 1e-6);
    // t = 0.5, td = 2: 0.5·5 + 2·0.125·0.5 + 0.5·(−3) + 2·(−0.125)·0.25.
    assert!((at(&channel, 2.5)[0] - 1.0625).abs() < 1e-6);
}

#[test]
fn a_cubic_rotation_stays_a_unit_quaternion() {
    let key = |angle: f32| [[0.3, -0.1, 0.7, 0.2], Quat::from_rotation_z(angle).to_array(), [1.0, 0.0, -2.0, 0.4]];
    let values: Vec<f32> = [key(0.0), key(1.0), key(2.0)].as_flattened().as_flattened().to_vec();
    let channel = channel(Property::Rotation, Interpolation::CubicSpline, 4, &values);
    for step in 0..40 {
        let length: f32 = at(&channel, step as f32 * 0.1).iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-5, "{step}");
    }
}

#[test]
fn a_channel_without_enough_values_writes_nothing_wild() {
    let channel = channel(Property::Translation, Interpolation::Linear, 3, &THREE[..4]);
    let mut out = [0.0; 3];
    for step in 0..40 {
        channel.sample(step as f32 * 0.1, &mut out);
        assert!(out.iter().all(|value| value.is_finite()));
    }
}
