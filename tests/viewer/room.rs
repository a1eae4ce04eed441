//! The product in a room: placing, moving, scaling, measuring and leaving, as a phone and a headset would.

use anprobe::place::GripKind;
use anprobe::viewer::{
    Command, Effect, Event, Eye, Moment, Pointed, ProductCommand, XrCommand, XrEvent, XrOrder, XrSession,
};
use glam::{Mat4, Quat, Vec2, Vec3};
use serde_json::json;

use crate::product::{code, order, select, standing};
use crate::shell::{Shell, names};

pub(crate) const PHONE: XrSession =
    XrSession { immersive: false, overlay: true, worn: false, hit_test: true, anchors: true };
const GOGGLES: XrSession = XrSession { immersive: false, overlay: false, worn: true, hit_test: false, anchors: false };

/// A device that is held at 1.4 m, and looks down by 45°.
pub(crate) fn head() -> Mat4 {
    Mat4::from_rotation_translation(Quat::from_rotation_x(-std::f32::consts::FRAC_PI_4), Vec3::new(0.0, 1.4, 0.0))
}

/// As WebXR has it: depth from −1 to 1, 1.2 rad high, half as wide, and not symmetric.
fn gl_projection() -> Mat4 {
    let (up, near, far) = (1.0 / 0.6_f32.tan(), 0.1, 1000.0);
    let mut out = Mat4::from_diagonal(glam::Vec4::new(2.0 * up, up, (near + far) / (near - far), 0.0));
    out.z_axis.x = 0.1;
    out.z_axis.w = -1.0;
    out.w_axis.z = 2.0 * near * far / (near - far);
    out
}

fn eye(world_from_view: Mat4, viewport_px: [u32; 4]) -> Eye {
    let gl_projection_from_view = gl_projection();
    Eye { world_from_view, gl_projection_from_view, viewport_px }
}

/// The floor where the line of sight meets it.
fn on_floor() -> Mat4 {
    Mat4::from_translation(Vec3::new(0.0, 0.0, -1.4))
}

pub(crate) fn moment() -> Moment {
    Moment { eyes: vec![eye(head(), [0, 0, 500, 1000])], hits: vec![on_floor()], ..Moment::default() }
}

/// A ray from the phone's camera to a point of the room.
fn towards(point: Vec3) -> Mat4 {
    let origin = head().w_axis.truncate();
    Mat4::from_rotation_translation(Quat::from_rotation_arc(Vec3::NEG_Z, (point - origin).normalize_or_zero()), origin)
}

pub(crate) fn finger(id: u32, at: Vec3) -> Pointed {
    Pointed { id, kind: GripKind::Screen, world_from_ray: towards(at), hit: None, stick: 0.0 }
}

impl Shell {
    pub(crate) fn enter(&mut self, session: XrSession) {
        self.send(Event::Xr(XrEvent::Began(session)));
        self.settle();
    }

    pub(crate) fn live(&mut self, moment: Moment) {
        self.now_secs += 1.0 / 60.0;
        self.send(Event::Tick { now_secs: self.now_secs });
        self.send(Event::Xr(XrEvent::Moment(Box::new(moment))));
        self.viewer.arrange_room();
    }

    pub(crate) fn press(&mut self, pointed: Pointed, down: bool) {
        self.send(Event::Xr(XrEvent::Pressed { pointed, down }));
    }

    pub(crate) fn tap(&mut self, pointed: Pointed) {
        self.press(pointed, true);
        self.live(Moment { pointers: vec![pointed], ..moment() });
        self.press(pointed, false);
        self.live(moment());
    }

    pub(crate) fn ask(&mut self, command: XrCommand) {
        self.send(Event::Xr(XrEvent::Order(command)));
    }

    pub(crate) fn placed(&mut self) {
        self.enter(PHONE);
        self.live(moment());
        self.tap(finger(1, Vec3::new(0.0, 0.0, -1.4)));
        assert!(self.viewer.world_from_placed().is_some());
    }

    pub(crate) fn stands_at(&self) -> Vec3 {
        self.viewer.world_from_placed().expect("placed").w_axis.truncate()
    }

    pub(crate) fn hint(&self) -> &'static str {
        self.viewer.room().expect("in a room").hint
    }

    fn orders(&self) -> Vec<XrOrder> {
        self.log.iter().filter_map(|effect| if let Effect::Xr(order) = effect { Some(*order) } else { None }).collect()
    }

    fn said(&self, what: &str) -> usize {
        names(&self.log).iter().filter(|name| *name == what).count()
    }
}

pub(crate) fn near(a: Vec3, b: Vec3) {
    assert!(a.abs_diff_eq(b, 1e-3), "{a} is not {b}");
}

#[test]
fn a_tap_puts_the_product_on_the_floor_at_true_size_and_the_page_is_told_once() {
    let mut shell = Shell::with_model(&[]);
    shell.enter(PHONE);
    assert_eq!(shell.said("ArStatus(\"session-started\")"), 1);
    shell.live(Moment { hits: Vec::new(), ..moment() });
    assert_eq!(shell.hint(), "look-floor");
    shell.live(moment());
    assert_eq!(shell.hint(), "tap");
    assert!(shell.viewer.world_from_placed().is_none());
    shell.tap(finger(1, Vec3::new(0.3, 0.0, -1.2)));
    assert_eq!(shell.hint(), "");
    near(shell.stands_at(), Vec3::new(0.3, 0.0, -1.2));
    assert_eq!(shell.viewer.placed_scale(), Some(1.0));
    for _ in 0..3 {
        shell.live(moment());
    }
    assert_eq!(shell.said("ArStatus(\"object-placed\")"), 1);
    assert!(matches!(shell.orders().as_slice(), [XrOrder::Anchor(_)]), "{:?}", shell.orders());
    shell.send(Event::Xr(XrEvent::Ended));
    assert_eq!(shell.said("ArStatus(\"not-presenting\")"), 1);
    assert_eq!(shell.said("ArTracking(\"not-tracking\")"), 1);
    assert!(!shell.viewer.is_in_room() && shell.viewer.room_frame(100, 100).is_none());
    let uploads = names(&shell.log).iter().filter(|name| name.starts_with("upload")).count();
    assert_eq!(uploads, names(&shell.log).iter().filter(|name| name.starts_with("release")).count(), "nothing stays");
}

#[test]
fn frames_have_one_view_an_eye_as_the_device_says_and_a_see_through_background() {
    let mut shell = Shell::with_model(&[("skybox-image", "sky.jpg")]);
    shell.placed();
    let (left, right) = (head(), Mat4::from_translation(Vec3::X * 0.064) * head());
    let eyes = vec![eye(left, [0, 10, 500, 600]), eye(right, [500, 10, 500, 600])];
    shell.live(Moment { eyes, ..moment() });
    let frame = shell.viewer.room_frame(1000, 700).expect("a frame");
    assert_eq!(
        frame.views.iter().map(|view| view.viewport_px).collect::<Vec<_>>(),
        [[0, 90, 500, 600], [500, 90, 500, 600]]
    );
    assert_eq!(frame.background, anprobe::frame::Background::Transparent);
    // The same picture, with a depth of 0 to 1.
    let point = Vec3::new(0.1, 0.2, -3.0);
    let gl = gl_projection().project_point3(point);
    let ours = frame.views[0].projection_from_view.project_point3(point);
    near(ours, Vec3::new(gl.x, gl.y, 0.5 * gl.z + 0.5));
    let shadow = frame.floor_shadow.expect("what stands in a room has a shadow");
    near(shadow.world_from_floor.transform_point3(shadow.center), Vec3::new(0.0, 0.0, -1.4));
    assert_eq!(frame.looks.len(), 1);
    assert_eq!(frame.looks[0].placed.len(), 2, "the product, and the session's own things");
}

#[test]
fn a_finger_on_it_drags_along_the_floor_and_one_beside_it_turns() {
    let mut shell = Shell::with_model(&[]);
    shell.placed();
    let from = Vec3::new(0.0, 0.5, -1.2);
    let start = finger(2, from);
    shell.press(start, true);
    shell.live(Moment { pointers: vec![start], ..moment() });
    near(shell.stands_at(), Vec3::new(0.0, 0.0, -1.4));
    // The floor under the finger moves by as much as the product.
    let floor = |at: Vec3| {
        let origin = head().w_axis.truncate();
        origin + (at - origin) * (origin.y / (origin.y - at.y))
    };
    let to = Vec3::new(0.4, 0.5, -1.4);
    shell.live(Moment { pointers: vec![finger(2, to)], ..moment() });
    near(shell.stands_at(), Vec3::new(0.0, 0.0, -1.4) + floor(to) - floor(from));
    let anchors = shell.orders().len();
    shell.press(finger(2, to), false);
    shell.live(moment());
    assert_eq!(shell.orders().len(), anchors + 1, "the new place is kept when it is let go");
    let front = |shell: &Shell| shell.viewer.world_from_placed().unwrap().transform_vector3(Vec3::Z);
    let before = (shell.stands_at(), front(&shell));
    let beside = Vec3::new(-2.0, 0.0, -1.4);
    shell.press(finger(3, beside), true);
    shell.live(Moment { pointers: vec![finger(3, beside)], ..moment() });
    shell.live(Moment { pointers: vec![finger(3, beside + Vec3::X * 0.4)], ..moment() });
    near(shell.stands_at(), before.0);
    assert!(front(&shell).dot(before.1) < 0.99 && front(&shell).x > before.1.x, "to the right turns its front there");
}

fn pinch(shell: &mut Shell, apart: &[f32], turned: f32) {
    let at =
        |sign: f32, half: f32, angle: f32| Vec3::new(sign * half * angle.cos(), 0.3 + sign * half * angle.sin(), -1.4);
    let fingers = |half: f32, angle: f32| vec![finger(5, at(-1.0, half, angle)), finger(6, at(1.0, half, angle))];
    for pointed in fingers(apart[0], 0.0) {
        shell.press(pointed, true);
    }
    for (step, half) in apart.iter().enumerate() {
        let angle = turned * step as f32 / (apart.len() - 1).max(1) as f32;
        shell.live(Moment { pointers: fingers(*half, angle), ..moment() });
    }
    for pointed in fingers(*apart.last().unwrap(), turned) {
        shell.press(pointed, false);
    }
    shell.live(moment());
}

#[test]
fn a_pinch_scales_with_a_rest_at_true_size_unless_it_is_fixed() {
    let mut shell = Shell::with_model(&[]);
    shell.placed();
    pinch(&mut shell, &[0.1, 0.103, 0.105], 0.0);
    assert_eq!(shell.viewer.placed_scale(), Some(1.0));
    pinch(&mut shell, &[0.1, 0.15, 0.2], 0.0);
    let scale = shell.viewer.placed_scale().unwrap();
    assert!((scale - 2.0 / 1.1).abs() < 0.02, "{scale}");
    let (top, foot) = (Vec3::new(0.0, 1.0, 0.0), Vec3::ZERO);
    let world = shell.viewer.world_from_placed().unwrap();
    assert!((world.transform_point3(top).y - scale).abs() < 1e-3 && world.transform_point3(foot).y.abs() < 1e-5);
    shell.ask(XrCommand::TrueSize);
    assert_eq!(shell.viewer.placed_scale(), Some(1.0));
    shell.set("ar-scale", "fixed");
    let before = shell.viewer.world_from_placed().unwrap();
    pinch(&mut shell, &[0.1, 0.3], 0.0);
    assert_eq!(shell.viewer.world_from_placed().unwrap(), before);
    pinch(&mut shell, &[0.1, 0.1, 0.1], 0.5);
    assert_eq!(shell.viewer.placed_scale(), Some(1.0));
    assert_ne!(shell.viewer.world_from_placed().unwrap(), before, "a twist turns what is fixed, too");
}

#[test]
fn two_controllers_never_scale_what_is_fixed() {
    let mut shell = Shell::with_model(&[("ar-scale", "fixed")]);
    shell.enter(GOGGLES);
    let hand = |id: u32, x: f32| Pointed {
        id,
        kind: GripKind::Tracked,
        world_from_ray: Mat4::from_translation(Vec3::X * x) * towards(Vec3::new(0.0, 0.0, -1.4)),
        hit: None,
        stick: 0.0,
    };
    let both = |half: f32| Moment {
        pointers: vec![hand(1, -half), hand(2, half)],
        floor: Some(0.0),
        hits: Vec::new(),
        ..moment()
    };
    shell.live(both(0.2));
    shell.press(hand(1, 0.0), true);
    shell.live(both(0.2));
    shell.press(hand(1, 0.0), false);
    shell.live(both(0.2));
    assert_eq!(shell.viewer.placed_scale(), Some(1.0));
    shell.press(hand(1, -0.2), true);
    shell.press(hand(2, 0.2), true);
    for step in 0..60 {
        shell.live(both(0.2 + 0.02 * step as f32));
    }
    assert_eq!(shell.viewer.placed_scale(), Some(1.0));
    // Hands that come back while it is fixed change nothing, either.
    shell.live(both(0.2));
    shell.set("ar-scale", "auto");
    for step in 0..60 {
        shell.live(both(0.2 + 0.02 * step as f32));
    }
    let scale = shell.viewer.placed_scale().unwrap();
    assert!(scale > 1.5 && scale <= 10.0, "{scale}");
}

#[test]
fn a_controllers_ray_puts_it_on_the_known_floor() {
    let mut shell = Shell::with_model(&[]);
    shell.enter(GOGGLES);
    let at = Vec3::new(0.8, 0.0, -2.0);
    let pointed = Pointed { kind: GripKind::Tracked, ..finger(4, at) };
    let world = || Moment { pointers: vec![pointed], hits: Vec::new(), floor: Some(0.0), ..moment() };
    shell.live(world());
    assert_eq!(shell.hint(), "tap");
    shell.press(pointed, true);
    shell.live(world());
    shell.press(pointed, false);
    shell.live(world());
    near(shell.stands_at(), at);
    assert_eq!(shell.said("ArStatus(\"object-placed\")"), 1);
    assert!(shell.viewer.room().unwrap().menu.is_some(), "no page is seen over the picture");
}

#[test]
fn a_hand_that_rests_does_not_take_the_reticle_from_the_other() {
    let mut shell = Shell::with_model(&[]);
    shell.enter(GOGGLES);
    let up = Pointed { kind: GripKind::Tracked, ..finger(3, Vec3::new(0.0, 5.0, -1.0)) };
    let down = Pointed { kind: GripKind::Tracked, ..finger(4, Vec3::new(0.3, 0.0, -1.5)) };
    shell.live(Moment { pointers: vec![up, down], hits: Vec::new(), floor: Some(0.0), ..moment() });
    assert_eq!(shell.hint(), "tap");
    shell.live(Moment { pointers: vec![up], hits: Vec::new(), floor: Some(0.0), ..moment() });
    assert_eq!(shell.hint(), "look-floor");
}

#[test]
fn a_wall_takes_what_is_for_walls_and_a_change_of_mind_begins_anew() {
    let mut shell = Shell::with_model(&[("ar-placement", "wall")]);
    shell.enter(PHONE);
    shell.live(moment());
    assert_eq!(shell.hint(), "look-wall", "a floor is no wall");
    let turn = Quat::from_rotation_arc(Vec3::Y, Vec3::Z);
    let wall = Mat4::from_rotation_translation(turn, Vec3::new(0.1, 1.3, -2.0));
    let sees = || Moment { hits: vec![on_floor(), wall], ..moment() };
    shell.live(sees());
    assert_eq!(shell.hint(), "tap");
    let touch = Pointed { hit: Some(wall), ..finger(1, Vec3::new(0.1, 1.3, -2.0)) };
    shell.press(touch, true);
    shell.live(Moment { pointers: vec![touch], ..sees() });
    shell.press(touch, false);
    shell.live(sees());
    let world = shell.viewer.world_from_placed().expect("on the wall");
    // The box is 0.5 m deep, and its back is at the wall.
    assert!((world.transform_point3(Vec3::new(0.0, 0.5, -0.25)).z + 2.0).abs() < 1e-4);
    let frame = shell.viewer.room_frame(500, 1000).unwrap();
    let shadow = frame.floor_shadow.expect("on the wall, too");
    near(shadow.world_from_floor.transform_vector3(Vec3::Y), Vec3::Z);
    near(shadow.world_from_floor.transform_point3(shadow.center), Vec3::new(0.1, 1.3, -2.0));
    drop(frame);
    shell.set("ar-placement", "floor");
    shell.live(sees());
    assert!(shell.viewer.world_from_placed().is_none() && shell.hint() == "tap");
}

#[test]
fn elsewhere_brings_the_reticle_back() {
    let mut shell = Shell::with_model(&[]);
    shell.placed();
    shell.ask(XrCommand::Replace);
    shell.live(moment());
    assert!(shell.viewer.world_from_placed().is_none() && shell.hint() == "tap");
    assert_eq!(shell.orders().last(), Some(&XrOrder::Release));
    shell.tap(finger(1, Vec3::new(-0.5, 0.0, -1.0)));
    near(shell.stands_at(), Vec3::new(-0.5, 0.0, -1.0));
    assert_eq!(shell.said("ArStatus(\"object-placed\")"), 2);
}

#[test]
fn lost_tracking_is_said_and_the_product_waits_where_it_was() {
    let mut shell = Shell::with_model(&[]);
    shell.placed();
    let before = shell.stands_at();
    shell.live(Moment::default());
    assert_eq!((shell.hint(), shell.said("ArTracking(\"not-tracking\")")), ("lost", 1));
    shell.live(Moment { emulated: true, ..moment() });
    assert_eq!(shell.hint(), "lost", "a guessed position is none");
    shell.live(moment());
    assert_eq!((shell.hint(), shell.said("ArTracking(\"tracking\")")), ("", 2));
    near(shell.stands_at(), before);
}

#[test]
fn an_anchor_that_moves_takes_the_product_along() {
    let mut shell = Shell::with_model(&[]);
    shell.placed();
    let before = shell.stands_at();
    let anchor = Mat4::from_translation(before);
    shell.live(Moment { anchor: Some(anchor), ..moment() });
    near(shell.stands_at(), before);
    let drift = Vec3::new(0.02, 0.01, -0.03);
    shell.live(Moment { anchor: Some(Mat4::from_translation(drift) * anchor), ..moment() });
    near(shell.stands_at(), before + drift);
}

#[test]
fn a_stage_of_its_own_shows_the_product_at_once_on_its_floor() {
    let mut shell = Shell::with_model(&[]);
    shell.enter(XrSession { immersive: true, worn: true, ..XrSession::default() });
    let standing = Mat4::from_translation(Vec3::new(0.0, 1.7, 0.0));
    shell.live(Moment { eyes: vec![eye(standing, [0, 0, 500, 500])], floor: Some(0.0), ..Moment::default() });
    let at = shell.stands_at();
    assert!(at.y.abs() < 1e-5 && at.z < -1.2 && at.x.abs() < 1e-5, "{at}");
    assert_eq!(shell.viewer.placed_scale(), Some(1.0));
    assert_eq!(shell.said("ArStatus(\"object-placed\")"), 1);
}

#[test]
fn a_session_may_begin_before_there_is_a_model() {
    let mut shell = Shell::new();
    shell.file("box.glb", crate::model::glb());
    shell.place(true);
    shell.enter(PHONE);
    shell.live(moment());
    assert_eq!(shell.hint(), "loading");
    assert!(shell.viewer.room_frame(500, 1000).is_some(), "the room is seen meanwhile");
    shell.set("src", "box.glb");
    shell.settle();
    shell.live(moment());
    assert_eq!(shell.hint(), "tap");
}

#[test]
fn choices_and_before_and_after_go_on_in_the_room() {
    let mut shell = standing();
    shell.set("owned", &code(&shell));
    shell.placed();
    select(&mut shell, "lid", json!("flat"));
    shell.settle();
    shell.live(moment());
    let parts = |shell: &Shell| shell.viewer.room_frame(500, 1000).unwrap().looks[0].placed.len();
    assert_eq!(parts(&shell), 3, "box, lid and the session's own");
    shell.ask(XrCommand::BeforeAfter);
    shell.settle();
    shell.live(moment());
    assert!(shell.viewer.room().unwrap().before);
    assert_eq!(parts(&shell), 2, "what is owned has no lid");
    shell.ask(XrCommand::BeforeAfter);
    shell.live(moment());
    assert_eq!(parts(&shell), 3);
    // A line across the picture cuts each eye.
    order(&mut shell, ProductCommand::Wipe(0.25));
    let views: Vec<_> = {
        let frame = shell.viewer.room_frame(500, 1000).unwrap();
        frame.views.iter().map(|view| (view.viewport_px, view.look)).collect()
    };
    assert_eq!(views, [([0, 0, 125, 1000], 0), ([125, 0, 375, 1000], 1)]);
}

#[test]
fn a_finger_that_is_lifted_meant_what_it_met_before() {
    let mut shell = Shell::with_model(&[]);
    shell.enter(PHONE);
    shell.live(moment());
    shell.ask(XrCommand::Measure(true));
    for at in [Vec3::new(-0.3, 0.62, -1.1), Vec3::new(0.5, 0.62, -1.1)] {
        let pointed = Pointed { hit: Some(Mat4::from_translation(at)), ..finger(1, at) };
        shell.press(pointed, true);
        shell.live(Moment { pointers: vec![pointed], ..moment() });
        shell.press(finger(1, at), false);
        shell.live(moment());
    }
    let sides = shell.viewer.room().unwrap().sides;
    assert!((sides[0].have - 0.8).abs() < 1e-4, "not what lies on the floor behind: {sides:?}");
}

#[test]
fn a_gap_is_tapped_and_judged_and_stays_after_the_session() {
    let mut shell = Shell::with_model(&[]);
    shell.enter(PHONE);
    shell.live(moment());
    shell.ask(XrCommand::Measure(true));
    assert_eq!(shell.hint(), "measure-width");
    let planes = vec![anprobe::place::Plane {
        world_from_plane: Mat4::IDENTITY,
        outline: vec![Vec2::new(-9.0, -9.0), Vec2::new(9.0, -9.0), Vec2::new(9.0, 9.0), Vec2::new(-9.0, 9.0)],
    }];
    for point in
        [Vec3::new(-0.9, 0.0, -1.5), Vec3::new(0.9, 0.0, -1.5), Vec3::new(0.0, 0.0, -1.0), Vec3::new(0.0, 0.0, -2.0)]
    {
        let pointed = finger(1, point);
        shell.press(pointed, true);
        shell.live(Moment { pointers: vec![pointed], planes: planes.clone(), ..moment() });
        shell.press(pointed, false);
        shell.live(Moment { planes: planes.clone(), ..moment() });
    }
    assert_eq!(shell.hint(), "measure-height");
    shell.ask(XrCommand::Skip);
    let sides = shell.viewer.room().unwrap().sides;
    let verdicts: Vec<_> = sides.iter().map(|side| (side.axis, side.verdict)).collect();
    assert_eq!(verdicts, [("width", "collides"), ("depth", "fits")]);
    assert!((sides[0].spare + 0.2).abs() < 1e-3 && (sides[1].spare - 0.5).abs() < 1e-3, "{sides:?}");
    assert!(shell.viewer.world_from_placed().is_none(), "taps that measure do not place");
    shell.send(Event::Xr(XrEvent::Ended));
    let [width, height, depth] = shell.viewer.measured_gap().size();
    assert!((width - 1.8).abs() < 1e-3 && height == 0.0 && (depth - 1.0).abs() < 1e-3);
    assert!(!shell.viewer.fits([width, height, depth]).unwrap().fits);
}

#[test]
fn what_meets_nothing_is_not_measured() {
    let mut shell = Shell::with_model(&[]);
    shell.enter(PHONE);
    shell.live(moment());
    shell.ask(XrCommand::Measure(true));
    let tap = |shell: &mut Shell, point: Vec3, floor: Option<f32>| {
        let pointed = finger(1, point);
        shell.press(pointed, true);
        shell.live(Moment { pointers: vec![pointed], floor, ..moment() });
        shell.press(pointed, false);
        shell.live(Moment { floor, ..moment() });
        shell.viewer.room().unwrap().trouble
    };
    // Nothing is known of this room but where the phone is.
    assert_eq!(tap(&mut shell, Vec3::new(-0.4, 0.0, -1.5), None), "ALIGN_MISSED");
    assert_eq!(shell.viewer.measured_gap().points().count(), 0);
    // The floor is: for what is level it will do.
    for x in [-0.4, 0.4] {
        assert_eq!(tap(&mut shell, Vec3::new(x, 0.0, -1.5), Some(0.0)), "");
    }
    shell.ask(XrCommand::Skip);
    assert_eq!(shell.hint(), "measure-height");
    assert_eq!(
        tap(&mut shell, Vec3::new(0.0, 0.0, -1.5), Some(0.0)),
        "ALIGN_MISSED",
        "nothing ends on the floor behind it"
    );
    assert_eq!(shell.viewer.measured_gap().points().count(), 2);
    shell.ask(XrCommand::Measure(false));
    assert_eq!(shell.viewer.room().unwrap().trouble, "");
}

#[test]
fn the_menu_turns_choices_by_a_ray() {
    let mut shell = standing();
    shell.enter(GOGGLES);
    shell.live(Moment { floor: Some(0.0), ..moment() });
    assert_eq!(shell.viewer.menu_words(), Some(["Paint".to_owned(), "red".to_owned()]));
    shell.ask(XrCommand::Turn { groups: 0, choices: 1 });
    shell.settle();
    assert_eq!(shell.viewer.menu_words(), Some(["Paint".to_owned(), "blue".to_owned()]));
    shell.ask(XrCommand::Turn { groups: 1, choices: 0 });
    assert_eq!(shell.viewer.menu_words(), Some(["Lid".to_owned(), "none".to_owned()]));
    shell.command(Command::Pause);
}

#[test]
fn a_ray_goes_through_what_the_menu_does_not_show() {
    let placed_through = |shell: &mut Shell, name: &str| {
        shell.enter(GOGGLES);
        shell.live(Moment { floor: Some(0.0), ..moment() });
        let [_, at] = shell.viewer.menu_ray(name).unwrap();
        let pointed = Pointed { kind: GripKind::Tracked, ..finger(4, at) };
        let world = || Moment { pointers: vec![pointed], hits: Vec::new(), floor: Some(0.0), ..moment() };
        shell.live(world());
        shell.press(pointed, true);
        shell.live(world());
        shell.press(pointed, false);
        shell.live(world());
        let placed = shell.said("ArStatus(\"object-placed\")") == 1;
        shell.send(Event::Xr(XrEvent::Ended));
        placed
    };
    assert!(placed_through(&mut Shell::with_model(&[]), "choice"), "there is nothing to choose");
    assert!(!placed_through(&mut Shell::with_model(&[]), "true-size"));
    assert!(!placed_through(&mut standing(), "choice"));
    assert!(placed_through(&mut standing(), "own"), "nothing is owned");
}
