//! Fingers, pens and the mouse to turning, zooming and panning.
//!
//! One finger or the mouse turns; two fingers zoom and pan; the mouse with another button or a held key pans. What a
//! gesture means is decided once, at its first move, and stays so until the last finger is lifted.

use glam::Vec2;

/// What a pointer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerAct {
    /// Touched down or pressed.
    Down,
    /// Moved, pressed or not.
    Move,
    /// Lifted or released.
    Up,
    /// Taken away by the browser, for a scroll for example.
    Cancel,
}

/// What a pointer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerDevice {
    /// A mouse or touchpad.
    Mouse,
    /// A finger or pen.
    Touch,
}

/// What is held while a pointer acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// A button other than the first, or Shift, Ctrl or Meta: pan instead of turn.
    pub pan: bool,
}

/// One act of one pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// What it did.
    pub act: PointerAct,
    /// Tells fingers apart.
    pub pointer: i32,
    /// What it is.
    pub device: PointerDevice,
    /// CSS pixels from the element's upper left.
    pub at_css_px: Vec2,
    /// Held keys and buttons.
    pub modifiers: Modifiers,
    /// The event's own time.
    pub now_secs: f64,
}

/// Which first move of a finger belongs to the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TouchAction {
    /// None: all belong to the product.
    #[default]
    None,
    /// Mostly vertical ones scroll the page.
    PanY,
    /// Mostly horizontal ones do.
    PanX,
}

/// What the page allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Two fingers do nothing.
    pub no_zoom: bool,
    /// Nothing pans, and taps do nothing.
    pub no_pan: bool,
    /// Taps do nothing.
    pub no_tap: bool,
    /// What is left to the page.
    pub touch_action: TouchAction,
}

/// What an act means; all in CSS pixels, zero or false where it means nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Meaning {
    /// A gesture began.
    pub began: bool,
    /// The product is turned: right and down.
    pub turn: Vec2,
    /// Two fingers came nearer by so much; negative is apart.
    pub pinch: f32,
    /// The product is moved: right and down.
    pub pan: Vec2,
    /// Panning ended.
    pub pan_ended: bool,
    /// The product was tapped here.
    pub tap: Option<Vec2>,
}

/// A tap is at most so long.
const TAP_SECS: f64 = 0.3;
/// A mouse click moves at most so far; a finger is less steady.
const CLICK_CSS_PX: f32 = 2.0;
const TAP_CSS_PX: f32 = 6.0;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// Left to the page, or nothing yet.
    #[default]
    Nothing,
    Turn,
    /// Two fingers.
    Pinch,
    /// The mouse with a key or another button.
    Pan,
}

/// The gesture that is going on.
#[derive(Clone, Debug, Default)]
pub struct Gesture {
    fingers: Vec<(i32, Vec2)>,
    mode: Mode,
    /// Whether the page or the product has it is settled.
    decided: bool,
    started_secs: f64,
    started_at: Vec2,
    /// Nothing but a tap so far.
    may_tap: bool,
    separation: f32,
}

impl Gesture {
    /// True while a finger or button is down.
    pub fn is_going_on(&self) -> bool {
        !self.fingers.is_empty()
    }

    /// True while a gesture is settled to be the product's and not the page's.
    pub fn holds(&self) -> bool {
        self.decided && self.mode != Mode::Nothing
    }

    /// True while the product is being moved rather than turned.
    pub fn pans(&self) -> bool {
        matches!(self.mode, Mode::Pan | Mode::Pinch)
    }

    /// Lets go of everything.
    pub fn end(&mut self) {
        *self = Self::default();
    }

    /// What one act means.
    pub fn act(&mut self, pointer: &Pointer, allowed: &Allowed) -> Meaning {
        match pointer.act {
            PointerAct::Down => self.down(pointer, allowed),
            PointerAct::Move => self.moved(pointer, allowed),
            PointerAct::Up | PointerAct::Cancel => self.up(pointer, allowed),
        }
    }

    fn down(&mut self, pointer: &Pointer, allowed: &Allowed) -> Meaning {
        if self.fingers.len() > 1 || self.fingers.iter().any(|(finger, _)| *finger == pointer.pointer) {
            return Meaning::default();
        }
        if self.fingers.is_empty() {
            self.end();
            self.started_secs = pointer.now_secs;
            self.started_at = pointer.at_css_px;
        }
        self.fingers.push((pointer.pointer, pointer.at_css_px));
        self.may_tap = self.fingers.len() == 1;
        match pointer.device {
            PointerDevice::Mouse => {
                let pans = pointer.modifiers.pan && !allowed.no_pan;
                self.mode = if pans { Mode::Pan } else { Mode::Turn };
                self.decided = true;
            }
            PointerDevice::Touch => self.count_fingers(allowed),
        }
        Meaning { began: true, ..Meaning::default() }
    }

    fn count_fingers(&mut self, allowed: &Allowed) {
        if let [(_, one), (_, two)] = self.fingers.as_slice() {
            let page_has_it = self.decided && self.mode == Mode::Nothing;
            self.mode = if allowed.no_zoom || page_has_it { Mode::Nothing } else { Mode::Pinch };
            self.decided = true;
            self.separation = one.distance(*two);
        } else {
            self.mode = Mode::Turn;
        }
    }

    fn moved(&mut self, pointer: &Pointer, allowed: &Allowed) -> Meaning {
        let count = self.fingers.len();
        let Some((_, at)) = self.fingers.iter_mut().find(|(finger, _)| *finger == pointer.pointer) else {
            return Meaning::default();
        };
        // Each of two fingers brings half of their common move.
        let delta = (pointer.at_css_px - *at) / count as f32;
        if !delta.is_finite() || delta == Vec2::ZERO {
            return Meaning::default();
        }
        *at = pointer.at_css_px;
        let slack = if pointer.device == PointerDevice::Mouse { CLICK_CSS_PX } else { TAP_CSS_PX };
        self.may_tap &= (pointer.at_css_px - self.started_at).abs().max_element() <= slack;
        if !self.decided {
            self.decided = true;
            let sideways = delta.x.abs() > delta.y.abs();
            let upright = delta.y.abs() > delta.x.abs();
            let left_to_page = match allowed.touch_action {
                TouchAction::None => false,
                TouchAction::PanY => upright,
                TouchAction::PanX => sideways,
            };
            if left_to_page {
                self.mode = Mode::Nothing;
                self.may_tap = false;
            }
        }
        match self.mode {
            Mode::Nothing => Meaning::default(),
            Mode::Turn => Meaning { turn: delta, ..Meaning::default() },
            Mode::Pan => Meaning { pan: delta, ..Meaning::default() },
            Mode::Pinch => {
                let pan = if allowed.no_pan { Vec2::ZERO } else { delta };
                Meaning { pinch: self.pinched(), pan, ..Meaning::default() }
            }
        }
    }

    fn pinched(&mut self) -> f32 {
        let [(_, one), (_, two)] = self.fingers.as_slice() else { return 0.0 };
        let separation = one.distance(*two);
        let nearer = self.separation - separation;
        self.separation = separation;
        nearer
    }

    fn up(&mut self, pointer: &Pointer, allowed: &Allowed) -> Meaning {
        let Some(place) = self.fingers.iter().position(|(finger, _)| *finger == pointer.pointer) else {
            return Meaning::default();
        };
        self.fingers.remove(place);
        let pan_ended = self.pans() && !allowed.no_pan;
        let mut tap = None;
        if self.fingers.is_empty() {
            let quick = pointer.now_secs <= self.started_secs + TAP_SECS;
            if self.may_tap && quick && pointer.act == PointerAct::Up && !allowed.no_tap && !allowed.no_pan {
                tap = Some(pointer.at_css_px);
            }
            self.end();
        } else if self.mode != Mode::Nothing {
            self.count_fingers(allowed);
        }
        Meaning { pan_ended, tap, ..Meaning::default() }
    }
}
