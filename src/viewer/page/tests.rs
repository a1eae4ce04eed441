use super::{Change, Page};
use crate::frame::ToneMap;

fn set(page: &mut Page, name: &str, value: &str) -> usize {
    let mut issues = Vec::new();
    page.set(name, Some(value.to_owned()), &mut issues);
    issues.len()
}

#[test]
fn defaults_are_those_of_the_table() {
    let page = Page::default();
    let numbers = [page.orbit_sensitivity(), page.zoom_sensitivity(), page.pan_sensitivity(), page.exposure()];
    assert_eq!(numbers, [1.0; 4]);
    assert_eq!((page.shadow_intensity(), page.shadow_softness()), (0.0, 1.0));
    assert_eq!((page.interpolation_decay_secs(), page.crossfade_secs()), (0.05, 0.3));
    assert_eq!((page.auto_rotate_delay_secs(), page.invites_after_secs()), (3.0, Some(3.0)));
    assert!((page.rotation_per_second() - std::f32::consts::PI / 32.0).abs() < 1e-7);
    assert!(page.reveals_by_itself() && !page.loads_at_once() && !page.has_controls());
    assert_eq!(page.tone_map(), ToneMap::Neutral);
}

#[test]
fn what_cannot_be_read_is_said_once_and_has_its_default() {
    let mut page = Page::default();
    assert_eq!(set(&mut page, "exposure", "bright"), 1);
    assert_eq!(page.exposure(), 1.0);
    assert_eq!(set(&mut page, "exposure", "bright"), 0, "the same again says nothing");
    assert_eq!(set(&mut page, "camera-orbit", "1m 2deg"), 1);
    assert_eq!(set(&mut page, "tone-mapping", "cineon"), 1);
    assert_eq!(page.tone_map(), ToneMap::Aces);
    assert_eq!(set(&mut page, "reveal", "interaction"), 1);
    assert!(page.reveals_by_itself());
    assert_eq!(set(&mut page, "class", "big"), 0);
}

#[test]
fn a_flag_is_on_by_being_there() {
    let mut page = Page::default();
    set(&mut page, "camera-controls", "");
    assert!(page.has_controls());
    assert_eq!(page.set("camera-controls", None, &mut Vec::new()), Change::Changed("camera-controls"));
    assert!(!page.has_controls());
}
