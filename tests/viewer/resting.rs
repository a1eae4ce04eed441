//! Nothing is drawn while nothing changes.

use anprobe::viewer::{Command, Effect, Event, Key, PointerAct};

use crate::shell::{Shell, names};

fn wake(shell: &Shell) -> Option<f32> {
    shell
        .log
        .iter()
        .rev()
        .find_map(|effect| if let Effect::Wake { after_secs } = effect { Some(*after_secs) } else { None })
}

#[test]
fn what_changes_nothing_asks_for_nothing() {
    let mut shell = Shell::with_model(&[]);
    shell.set("exposure", "1.2");
    shell.settle();
    shell.log.clear();
    shell.set("exposure", "1.2");
    shell.set("class", "big");
    shell.place(true);
    shell.send(Event::ReducedMotion(false));
    shell.send(Event::Resized { width_css_px: 400.0, height_css_px: 300.0, pixel_ratio: 2.0 });
    shell.send(Event::Resized { width_css_px: 0.0, height_css_px: f32::NAN, pixel_ratio: 2.0 });
    shell.mouse(PointerAct::Move, 10.0, 10.0, false);
    shell.send(Event::Tick { now_secs: shell.now_secs + 5.0 });
    shell.send(Event::Drawn { now_secs: shell.now_secs });
    shell.send(Event::Scrolled { window_scroll_y: 0.7 });
    shell.command(Command::JumpCameraToGoal);
    assert!(shell.log.is_empty(), "{:?}", names(&shell.log));
}

#[test]
fn a_change_is_drawn_once_and_a_move_until_it_rests() {
    let mut shell = Shell::with_model(&[]);
    shell.set("exposure", "2");
    shell.set("tone-mapping", "aces");
    assert_eq!(shell.redraws(), 1, "two changes, one picture");
    shell.settle();
    assert_eq!(shell.redraws(), 1);
    shell.key(Key::Left, false);
    shell.settle();
    let drawn = shell.redraws();
    assert!((10..80).contains(&drawn), "a move of 50 ms decay takes about half a second: {drawn} frames");
    assert!(!shell.frame(0.016));
}

#[test]
fn each_settling_is_saved_once() {
    let mut shell = Shell::with_model(&[]);
    let saves = |shell: &Shell| names(&shell.log).iter().filter(|name| *name == "save").count();
    for expected in 1..4 {
        shell.key(Key::Left, false);
        shell.key(Key::Up, false);
        shell.settle();
        assert_eq!(saves(&shell), expected);
    }
}

#[test]
fn the_view_is_saved_while_the_product_moves_by_itself() {
    let mut shell = Shell::with_model(&[]);
    shell.set("autoplay", "");
    shell.key(Key::Left, false);
    for _ in 0..120 {
        shell.frame(1.0 / 60.0);
    }
    assert!(!shell.viewer.paused());
    let saved = shell.saved().expect("a snapshot");
    let snapshot: serde_json::Value = serde_json::from_str(saved).expect("JSON");
    let bits = snapshot["camera"]["orbit"][0].as_u64().expect("an angle");
    let theta = f32::from_bits(u32::try_from(bits).expect("32 bits"));
    assert!((theta - shell.viewer.camera_orbit()[0]).abs() < 1e-3);
}

#[test]
fn a_frame_that_could_not_be_drawn_is_asked_for_again() {
    let mut shell = Shell::with_model(&[]);
    shell.set("exposure", "2");
    shell.open.clear();
    shell.send(Event::Tick { now_secs: shell.now_secs + 0.1 });
    shell.log.clear();
    shell.send(Event::Missed);
    assert_eq!(shell.redraws(), 1);
}

#[test]
fn near_is_not_seen() {
    let mut shell = Shell::with_model(&[]);
    shell.set("autoplay", "");
    shell.send(Event::Visible(false));
    assert!(!shell.viewer.model_is_visible());
    shell.settle();
    shell.log.clear();
    shell.set("exposure", "2");
    assert_eq!(shell.redraws(), 1, "but it is kept ready");
}

#[test]
fn the_turntable_waits_from_the_moment_the_hand_lets_go() {
    let mut shell = Shell::with_model(&[("auto-rotate", "")]);
    shell.mouse(PointerAct::Down, 100.0, 100.0, false);
    shell.settle();
    shell.now_secs += 30.0;
    shell.log.clear();
    shell.mouse(PointerAct::Up, 100.0, 100.0, false);
    shell.settle();
    assert!(wake(&shell).is_some_and(|after| (2.5..=3.0).contains(&after)), "{:?}", wake(&shell));
}

#[test]
fn the_turntable_waits_without_drawing_turns_and_is_stopped_by_a_hand() {
    let mut shell = Shell::with_model(&[]);
    shell.set("auto-rotate", "");
    shell.set("rotation-per-second", "10deg");
    let mut waited = 0.0;
    while let Some(after) = wake(&shell) {
        shell.log.clear();
        waited += after;
        shell.now_secs += f64::from(after);
        shell.send(Event::Tick { now_secs: shell.now_secs });
        assert!(shell.redraws() <= 1);
    }
    assert!((waited - 3.0).abs() < 0.1, "waited {waited} s");
    let start = shell.viewer.turntable_rotation();
    for _ in 0..20 {
        assert!(shell.frame(0.05));
    }
    let turned = (shell.viewer.turntable_rotation() - start).to_degrees();
    assert!((turned - 10.0).abs() < 0.6, "{turned} degrees in a second");
    shell.mouse(PointerAct::Down, 100.0, 100.0, false);
    shell.settle();
    let stands = shell.viewer.turntable_rotation();
    assert!(!shell.frame(0.05));
    shell.log.clear();
    shell.mouse(PointerAct::Up, 100.0, 100.0, false);
    shell.settle();
    assert!(shell.viewer.turntable_rotation() - stands < 1e-6);
    assert!(wake(&shell).is_some_and(|after| after > 2.0), "and waits again: {:?}", names(&shell.log));
    shell.now_secs += 2.9;
    shell.key(Key::Left, false);
    shell.log.clear();
    shell.settle();
    assert!(wake(&shell).is_some_and(|after| after > 2.95), "from when the camera rests: {:?}", wake(&shell));
}

#[test]
fn the_invitation_comes_once_and_never_to_a_hand_that_is_there() {
    for touched in [false, true] {
        let mut shell = Shell::with_model(&[]);
        shell.unset("src");
        shell.set("interaction-prompt", "auto");
        shell.settle();
        shell.set("src", "box.glb");
        shell.settle();
        assert!(wake(&shell).is_some_and(|after| after > 2.0));
        if touched {
            shell.key(Key::Left, false);
            shell.settle();
        }
        let before = shell.viewer.camera_orbit();
        shell.log.clear();
        shell.now_secs += 3.1;
        shell.send(Event::Tick { now_secs: shell.now_secs });
        shell.settle();
        let swayed = names(&shell.log).contains(&"camera automatic".to_owned());
        assert_eq!(swayed, !touched);
        let after = shell.viewer.camera_orbit();
        assert!(before.iter().zip(after).all(|(before, after)| (before - after).abs() < 1e-4), "it comes back");
        assert!(wake(&shell).is_none(), "once is enough");
    }
}

#[test]
fn out_of_sight_nothing_moves() {
    let mut shell = Shell::with_model(&[("auto-rotate-delay", "0")]);
    shell.set("auto-rotate", "");
    shell.place(false);
    shell.settle();
    shell.log.clear();
    shell.now_secs += 10.0;
    shell.send(Event::Tick { now_secs: shell.now_secs });
    shell.set("exposure", "3");
    assert_eq!((shell.redraws(), wake(&shell)), (0, None));
    shell.place(true);
    assert!(shell.redraws() == 1, "what changed meanwhile is drawn when it is seen again");
}

#[test]
fn a_long_pause_does_not_leap() {
    let mut shell = Shell::with_model(&[]);
    shell.command(Command::Play { repetitions: f32::INFINITY, pingpong: false });
    shell.frame(0.016);
    let before = shell.viewer.current_time();
    shell.frame(100.7);
    assert!(shell.viewer.current_time() - before < 0.3);
}
