//! Nodes and movements of the car as one glTF document.

use anyhow::Result;

use super::decor::{self, Place};
use super::form::{AXLES, HUB, Spot};
use super::patch::Ring;
use super::skin::{Panel, Parts, Skin, add, from_boot, mirrored, ring, rolled, whole, whole_parts};
use super::trim::{self, On};
use super::{cabin, lights, lines, material, seat, wheel};
use crate::shape::angle::degrees;
use crate::shape::document::{Node, Piece, Product, Swing, Tally, Turn};
use crate::shape::mesh::Mesh;
use crate::shape::texture::Texture;

/// The left door's hinge.
const HINGE: [f64; 3] = [776.0, 0.0, 722.0];
/// The tailgate's hinge.
const TAIL_HINGE: [f64; 3] = [0.0, 1392.0, -1345.0];
/// Half the track.
const TRACK: f64 = 680.0;

/// The finished file and its counts.
pub(super) fn build() -> Result<(Vec<u8>, Tally)> {
    let (skin, coarse) = (Skin::fine(), Skin::coarse());
    let mut children =
        vec![body(&skin, &coarse), door(&skin, &coarse, true), door(&skin, &coarse, false), tailgate(&skin, &coarse)];
    children.push(shown("badge", trim::badge(true)));
    children.extend(roofs(&skin, &coarse));
    children.push(shown("lamps_round", lights::round(&skin)));
    children.push(hidden("lamps_matrix", lights::matrix(&skin)));
    children.push(shown("lamps_rear", lights::rear(&skin)));
    children.push(hidden("decor_stripe", only("decor", whole(&decor::stripe(Place::Body)))));
    children.push(hidden("decor_side", only("decor", whole(&decor::side(Place::Body)))));
    children.push(hidden("decor_dots", only("decor", whole(&decor::dots(Place::Body)))));
    children.extend(clips(&whole(&trim::clips(&skin, On::Body))));
    children.push(wheels("tyres", TYRES, wheel::tyre(), false));
    children.push(wheels("wheels_five", FIVE, wheel::five(), false));
    children.push(wheels("wheels_steel", STEEL, wheel::steel(), true));
    children.push(wheels("wheels_turbine", TURBINE, wheel::turbine(), true));
    children.push(wheels("wheels_wire", WIRE, wheel::wire(), true));
    children.push(shown("carpet", only("carpet", cabin::carpet())));
    children.push(shown("dash", cabin::dash()));
    children.push(shown("ambient_light", only("ambient", cabin::ambient())));
    children.push(shown("wheel_round", cabin::wheel_round()));
    children.push(hidden("wheel_flat", cabin::wheel_flat()));
    children.push(hidden("wheel_yoke", cabin::wheel_yoke()));
    children.push(shown("seats_standard", seat::standard()));
    children.push(hidden("seats_sport", seat::sport()));
    children.push(hidden("seats_bench", seat::bench()));
    children.push(shown("seats_rear", seat::rear()));
    children.push(Node { name: "roof", at: [0.0, 1492.0, -420.0], ..Node::default() });
    children.push(Node { name: "hitch", at: [0.0, 350.0, -1800.0], ..Node::default() });
    let product = Product {
        generator: "Anprobe car generator",
        root: Node { name: "anton", children, ..Node::default() },
        materials: material::all(),
        textures: vec![weave()],
        swings: swings(),
        ..Product::default()
    };
    product.pack()
}

fn body(skin: &Skin, coarse: &Skin) -> Node {
    let mut half = skin.panel(&[Panel::Body], openings);
    for panel in [Panel::Bonnet, Panel::Face, Panel::Plate] {
        for (material, mesh) in skin.panel(&[panel], openings) {
            add(&mut half, material, mesh);
        }
    }
    add(&mut half, "trim", skin.shut_lines());
    let houses = skin.wheel_houses();
    add(&mut half, "trim", from_boot(&houses));
    add(&mut half, "trim", houses);
    add(&mut half, "trim", coarse.lining(&[Panel::Body], 52.0));
    add(&mut half, "glass", skin.sheet(&[Panel::BodyGlass], -3.0, false));
    let mut parts = whole_parts(half);
    for (material, mesh) in trim::fixed(skin) {
        add(&mut parts, material, mesh);
    }
    add(&mut parts, "trim", trim::wipers());
    add(&mut parts, "detail", trim::aerial());
    for (material, mesh) in cabin::mirror() {
        add(&mut parts, material, mesh);
    }
    shown("body", parts)
}

/// How deep the body's edges go in: far around doors and lamps, less around windows.
fn openings(spot: &Spot) -> Vec<Ring> {
    let at = |field: fn(&Spot) -> f64| field(spot).abs() < 8.0;
    rolled(match () {
        () if at(lines::door) => 58.0,
        () if at(lines::tailgate) => 50.0,
        () if at(lines::lamp) || at(lines::intake) => 66.0,
        () if at(lines::windscreen) || at(lines::quarter) => 50.0,
        () if at(lines::arch) => 26.0,
        () => 16.0,
    })
}

fn door(skin: &Skin, coarse: &Skin, left: bool) -> Node {
    let mut parts = skin.panel(&[Panel::Door], |_| rolled(44.0));
    add(&mut parts, "glass", skin.sheet(&[Panel::DoorGlass], -3.0, false));
    add(&mut parts, "door_trim", coarse.sheet(&[Panel::Door], -44.0, true));
    for (material, mesh) in cabin::door() {
        add(&mut parts, material, mesh);
    }
    let side = |parts: Parts| -> Parts {
        let to = |mesh: &Mesh| {
            let moved = mesh.clone().moved(-HINGE[0] as f32, 0.0, -HINGE[2] as f32);
            if left { moved } else { mirrored(&moved) }
        };
        parts.into_iter().map(|(material, mesh)| (material, to(&mesh))).collect()
    };
    let mut children = vec![
        shown("mirrors_body", side(trim::mirror())),
        hidden("mirrors_camera", side(trim::mirror_camera())),
        hidden("decor_side", side(only("decor", decor::side(Place::Door)))),
        hidden("decor_dots", side(only("decor", decor::dots(Place::Door)))),
        shown("ambient_light", side(only("ambient", cabin::door_light()))),
    ];
    let mouldings = side(only("clip", trim::clips(skin, On::Door)));
    children.extend(mouldings.values().flat_map(clips));
    Node {
        name: if left { "door_left" } else { "door_right" },
        at: if left { HINGE } else { [-HINGE[0], HINGE[1], HINGE[2]] },
        children,
        ..shown("", side(parts))
    }
}

fn tailgate(skin: &Skin, coarse: &Skin) -> Node {
    let mut half = skin.panel(&[Panel::Tailgate], |_| rolled(36.0));
    add(&mut half, "glass", skin.sheet(&[Panel::TailgateGlass], -3.0, false));
    add(&mut half, "trim", coarse.sheet(&[Panel::Tailgate], -36.0, true));
    let mut parts = whole_parts(half);
    add(&mut parts, "tail_light", lights::brake());
    add(&mut parts, "trim", trim::wiper());
    let there = |parts: Parts| -> Parts {
        let moved = |mesh: Mesh| mesh.moved(0.0, -TAIL_HINGE[1] as f32, -TAIL_HINGE[2] as f32);
        parts.into_iter().map(|(material, mesh)| (material, moved(mesh))).collect()
    };
    let children = vec![
        shown("badge", there(trim::badge(false))),
        hidden("decor_stripe", there(only("decor", whole(&decor::stripe(Place::Tailgate))))),
    ];
    Node { name: "tailgate", at: TAIL_HINGE, children, ..shown("", there(parts)) }
}

/// The roofs, with what is below each.
fn roofs(skin: &Skin, coarse: &Skin) -> Vec<Node> {
    let all = [Panel::Roof, Panel::Sunroof];
    let mut closed = skin.panel(&all, |_| rolled(16.0));
    add(&mut closed, "trim", coarse.lining(&all, 34.0));
    let mut frame = skin.panel(&[Panel::Roof], |_| rolled(16.0));
    add(&mut frame, "trim", coarse.lining(&[Panel::Roof], 34.0));
    let mut glass = frame.clone();
    add(&mut glass, "glass", skin.sheet(&[Panel::Sunroof], -1.5, false));
    let mut soft = frame;
    let canvas =
        skin.panel(&[Panel::Sunroof], |_| vec![ring(0.0, -7.0, 0.0), ring(9.0, -6.0, 0.4), ring(13.0, 2.0, 1.0)]);
    for mesh in canvas.values() {
        add(&mut soft, "canvas", mesh.clone());
    }
    add(&mut soft, "canvas", skin.sheet(&[Panel::Sunroof], 7.0, false));
    add(&mut soft, "trim", coarse.lining(&[Panel::Sunroof], 34.0));
    let mut soft = whole_parts(soft);
    add(&mut soft, "canvas", trim::ribs());
    let stripes = || hidden("decor_stripe", only("decor", whole(&decor::stripe(Place::Roof))));
    vec![
        Node { children: vec![stripes()], ..shown("roof_closed", whole_parts(closed)) },
        hidden("roof_glass", whole_parts(glass)),
        hidden("roof_soft", soft),
        hidden("roof_rack", only("clip_black", trim::rack())),
    ]
}

/// One set of clips in each material.
fn clips(mesh: &Mesh) -> Vec<Node> {
    vec![
        shown("clips_chrome", only("clip_chrome", mesh.clone())),
        hidden("clips_black", only("clip_black", mesh.clone())),
        hidden("clips_wood", only("clip_wood", mesh.clone())),
    ]
}

const TYRES: [&str; 4] = ["tyre_fl", "tyre_fr", "tyre_rl", "tyre_rr"];
const FIVE: [&str; 4] = ["five_fl", "five_fr", "five_rl", "five_rr"];
const STEEL: [&str; 4] = ["steel_fl", "steel_fr", "steel_rl", "steel_rr"];
const TURBINE: [&str; 4] = ["turbine_fl", "turbine_fr", "turbine_rl", "turbine_rr"];
const WIRE: [&str; 4] = ["wire_fl", "wire_fr", "wire_rl", "wire_rr"];

/// A part at all four corners: one mesh.
fn wheels(name: &'static str, names: [&'static str; 4], parts: Parts, hidden: bool) -> Node {
    let places = [(TRACK, AXLES[0]), (-TRACK, AXLES[0]), (TRACK, AXLES[1]), (-TRACK, AXLES[1])];
    let mut children: Vec<Node> = Vec::new();
    for (name, (x, z)) in names.into_iter().zip(places) {
        let rotation = (x < 0.0).then_some([0.0, 1.0, 0.0, 0.0]);
        children.push(Node { name, at: [x, HUB, z], rotation, like: Some(names[0]), ..Node::default() });
    }
    children[0].like = None;
    children[0].pieces = pieces(parts);
    Node { name, hidden, children, ..Node::default() }
}

fn swings() -> Vec<Swing> {
    let about = |axis: usize, angle: f64| {
        let (sine, cosine) = degrees(angle / 2.0);
        let mut turn = [0.0, 0.0, 0.0, cosine];
        turn[axis] = sine;
        turn
    };
    let keys = |axis, angle| {
        vec![(0.0, about(axis, 0.0)), (1.4, about(axis, angle)), (2.0, about(axis, angle)), (3.4, about(axis, 0.0))]
    };
    let turn = |node, axis, angle| Turn { node, keys: keys(axis, angle) };
    vec![
        Swing { name: "Open doors", turns: vec![turn("door_left", 1, -62.0), turn("door_right", 1, 62.0)] },
        Swing { name: "Open tailgate", turns: vec![turn("tailgate", 0, 72.0)] },
    ]
}

fn only(material: &'static str, mesh: Mesh) -> Parts {
    Parts::from([(material, mesh)])
}

fn shown(name: &'static str, parts: Parts) -> Node {
    Node { name, pieces: pieces(parts), ..Node::default() }
}

fn hidden(name: &'static str, parts: Parts) -> Node {
    Node { hidden: true, ..shown(name, parts) }
}

fn pieces(parts: Parts) -> Vec<Piece> {
    let filled = parts.into_iter().filter(|(_, mesh)| !mesh.indices.is_empty());
    filled
        .map(|(material, mesh)| {
            let woven = matches!(material, "seat_fabric" | "seat_accent" | "canvas" | "carpet");
            Piece { material, mesh, textured: woven, bumpy: woven, ..Piece::default() }
        })
        .collect()
}

/// Threads over and under each other.
fn weave() -> Texture {
    Texture::relief("weave", [32, 32], 1.6, |x, y| {
        let over = (x / 8 + y / 8) % 2 == 0;
        let across = if over { y % 8 } else { x % 8 };
        let round = (across as f32 - 3.5) / 4.0;
        1.0 - round * round
    })
}
