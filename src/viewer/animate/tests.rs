use super::{Passed, Player, Repeat};

fn playing(repetitions: f32, pingpong: bool) -> Player {
    let mut player = Player { repeat: Repeat { repetitions, pingpong }, ..Player::default() };
    player.play();
    player.choose(0, 2.0, 0.3);
    player
}

#[test]
fn endless_play_wraps_and_counts() {
    let mut player = playing(f32::INFINITY, false);
    assert_eq!(player.step(1.5), Passed::default());
    assert_eq!(player.step(1.0).looped, Some(1));
    assert!((player.current_time_secs() - 0.5).abs() < 1e-6);
    assert_eq!(player.step(4.0).looped, Some(3));
}

#[test]
fn a_last_pass_stands_at_its_end_and_pauses() {
    let mut player = playing(2.0, false);
    assert_eq!(player.step(2.5).looped, Some(1));
    let passed = player.step(2.0);
    assert!(passed.finished && passed.looped.is_none() && player.is_paused());
    assert_eq!(player.current_time_secs(), 2.0);
    player.play();
    player.choose(0, 2.0, 0.3);
    assert_eq!(player.current_time_secs(), 0.0, "play again starts anew");
}

#[test]
fn there_and_back_runs_backwards_every_second_pass() {
    let mut player = playing(2.0, true);
    player.step(2.5);
    assert!((player.current_time_secs() - 1.5).abs() < 1e-6);
    assert!(player.step(2.0).finished);
    assert_eq!(player.current_time_secs(), 0.0, "it ends where it began");
}

#[test]
fn backwards_and_no_speed_and_no_length_do_no_harm() {
    let mut player = playing(f32::INFINITY, false);
    player.time_scale = -1.0;
    assert_eq!(player.step(0.5).looped, Some(1));
    assert!((player.current_time_secs() - 1.5).abs() < 1e-6);
    player.time_scale = f32::NAN;
    player.step(0.5);
    assert!(player.current_time_secs().is_finite());
    let mut still = Player::default();
    still.play();
    still.choose(0, 0.0, 0.3);
    assert_eq!(still.step(1.0), Passed::default());
}

#[test]
fn another_motion_fades_in_while_playing_only() {
    let mut player = playing(f32::INFINITY, false);
    player.step(0.5);
    player.choose(1, 1.0, 0.4);
    player.step(0.1);
    let (from, left) = player.fading().unwrap();
    assert_eq!((from.animation, from.time_secs), (0, 0.5));
    assert!((left - 0.75).abs() < 1e-6);
    player.step(0.4);
    assert!(player.fading().is_none());
    player.pause();
    player.choose(0, 2.0, 0.4);
    assert!(player.fading().is_none());
    assert_eq!(player.current_time_secs(), 0.0);
}

#[test]
fn seeking_wraps_and_reaches_the_end() {
    let mut player = playing(f32::INFINITY, false);
    player.seek(2.5);
    assert!((player.current_time_secs() - 0.5).abs() < 1e-6);
    player.seek(2.0);
    assert_eq!(player.current_time_secs(), 2.0);
    player.seek(f32::NAN);
    assert_eq!(player.current_time_secs(), 0.0);
}
