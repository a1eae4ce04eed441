//! How a piece comes together: what the viewer shows of it as plain arrays, and in slices the triangles of a printer's space.
//!
//! The first half costs the page no more than copies ([`Share::new`]); the second is done beside it.

use std::collections::HashMap;

use glam::{Mat3, Mat4, Vec2, Vec3, Vec4};
use serde::{Deserialize, Serialize};

use super::order::no_such;
use super::pace::{Job, Pace};
use super::paint::{Bitmap, Paint};
use super::piece::{Body, Piece, print_from_world};
use crate::frame::Placed;
use crate::issue::Issue;
use crate::scene::{Material, Mesh, Primitive};

/// So many triangles, or vertices, at once.
const AT_ONCE: usize = 1024;

/// What is known of a share beside its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// What its body is called: the node, or its mesh; may be empty.
    pub name: String,
    /// Which body: shares of one stand behind each other.
    pub body: usize,
    /// From where its positions are to where the piece is looked at from; a matrix by columns.
    pub world_from_scene: [f32; 16],
    /// Its triangles go round the other way.
    pub is_mirrored: bool,
    /// The model says that its body is closed ([`Body::is_declared`]).
    pub is_declared: bool,
    /// Linear colour and alpha of its material.
    pub factor: [f32; 4],
    /// Which of the pictures colours it, and where in it a texture coordinate of (0, 0), (1, 0) and (0, 1) lies.
    pub picture: Option<(usize, [[f32; 2]; 3])>,
}

impl About {
    /// As its JSON has it.
    ///
    /// # Errors
    ///
    /// [`crate::issue::Code::PrintOption`] for what is no such JSON.
    pub fn from_json(json: &str) -> Result<Self, Issue> {
        serde_json::from_str(json).map_err(|error| no_such(&error.to_string()))
    }
}

/// One primitive of one node as it is shown: what a piece is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What is known of it.
    pub about: About,
    /// Posed, in scene space, metres.
    pub positions: Vec<Vec3>,
    /// Three a triangle, counter-clockwise but for [`About::is_mirrored`].
    pub indices: Vec<u32>,
    /// For each vertex its texture coordinate; empty where no picture colours it.
    pub uvs: Vec<Vec2>,
    /// For each vertex what multiplies its colour; or empty.
    pub colors: Vec<Vec4>,
    /// For each vertex which of the mesh's it is; empty where they are the same.
    pub origins: Vec<u32>,
    /// Vertices of the mesh that are one (`EXT_mesh_manifold`). Without, none are.
    pub merges: Vec<[u32; 2]>,
}

impl Share {
    /// A primitive of a node as a scene is placed and posed. `body` counts the nodes, `picture` tells which picture is a
    /// texture's.
    pub fn new(
        placed: &Placed<'_>,
        (node, mesh, primitive): (usize, &Mesh, &Primitive),
        body: usize,
        picture: &dyn Fn(usize) -> Option<usize>,
    ) -> Self {
        let (scene, pose) = (placed.scene, placed.pose);
        let found = scene.nodes.get(node);
        let named = found.map(|node| node.name.as_str()).filter(|name| !name.is_empty());
        let material = primitive.material_under(placed.overlay.variant);
        let material = material.and_then(|index| placed.overlay.material(scene, index));
        let default = Material::default();
        let material = material.unwrap_or(&default);
        let info = material.base_color_texture.as_ref();
        let colored = info.and_then(|info| Some((info, picture(info.texture)?)));
        let vertices = &primitive.vertices;
        let mirrored = Mat3::from_mat4(placed.world_from_scene).determinant() < 0.0;
        let mut indices = primitive.indices.clone();
        let is_skinned = found.is_some_and(|node| node.skin.is_some()) && !vertices.joints.is_empty();
        let is_mirrored = if is_skinned {
            // Bones may mirror it at one end and not at the other.
            let (_, turns) = pose.normals(scene, node, primitive);
            for corners in indices.chunks_exact_mut(3) {
                let turns = corners.first().and_then(|corner| turns.get(*corner as usize)).copied();
                if turns == Some(true) {
                    corners.swap(1, 2);
                }
            }
            mirrored
        } else {
            let scene_from_node = pose.scene_from_node.get(node).copied().unwrap_or_default();
            mirrored != (Mat3::from_mat4(scene_from_node).determinant() < 0.0)
        };
        Self {
            about: About {
                name: named.unwrap_or(&mesh.name).to_owned(),
                body,
                world_from_scene: placed.world_from_scene.to_cols_array(),
                is_mirrored,
                is_declared: mesh.manifold.is_some(),
                factor: material.base_color_factor.to_array(),
                picture: colored.map(|(info, picture)| {
                    (picture, [Vec2::ZERO, Vec2::X, Vec2::Y].map(|uv| info.transform.apply(uv).to_array()))
                }),
            },
            positions: pose.positions(scene, node, primitive),
            indices,
            uvs: colored.and_then(|(info, _)| vertices.uvs.get(info.uv_set).cloned()).unwrap_or_default(),
            colors: vertices.colors.clone(),
            origins: vertices.origins.clone(),
            merges: mesh.manifold.as_ref().map(|manifold| manifold.merges.clone()).unwrap_or_default(),
        }
    }
}

/// One piece of shares as they stand to each other, in slices; 1 is true size. Corners that are no numbers or not there are
/// left out with their triangles.
pub fn gather(shares: Vec<Share>, scale: f32, pictures: Vec<Option<Bitmap>>) -> Job<Piece> {
    Job::new(move |pace| async move {
        let count = shares.len().max(1);
        let mut gathering = Gathering { scale, ..Gathering::default() };
        let mut last = None;
        for (at, share) in shares.into_iter().enumerate() {
            if last.replace(share.about.body) != Some(share.about.body) {
                gathering.solid.clear();
                let (name, is_declared) = (share.about.name.clone(), share.about.is_declared);
                gathering.piece.bodies.push(Body { name, triangles: 0, is_declared });
            }
            let paint = Paint::new(&share, &pictures);
            gathering.add(share, &paint, &pace).await;
            pace.reach((at + 1) as f32 / count as f32);
        }
        // What has left nothing behind is no body.
        gathering.piece.bodies.retain(|body| body.triangles > 0);
        gathering.piece
    })
}

/// A piece that grows.
#[derive(Default)]
struct Gathering {
    piece: Piece,
    scale: f32,
    palette: HashMap<[u8; 4], u32>,
    /// Of the body's solid where each vertex is in the piece.
    solid: HashMap<u32, u32>,
}

impl Gathering {
    async fn add(&mut self, share: Share, paint: &Paint, pace: &Pace) {
        let mut classes = if share.about.is_declared { Some(classes(&share.merges, pace).await) } else { None };
        let world_from_scene = Mat4::from_cols_array(&share.about.world_from_scene);
        let mut names = vec![u32::MAX; share.positions.len()];
        let mut before = None;
        for some in share.indices.chunks(3 * AT_ONCE) {
            pace.spend(some.len() / 3).await;
            for corners in some.chunks_exact(3) {
                let &[a, b, c] = corners else { continue };
                let corners = if share.about.is_mirrored { [a, c, b] } else { [a, b, c] };
                let places = corners.map(|corner| {
                    let at = world_from_scene.transform_point3(*share.positions.get(corner as usize)?);
                    Some(print_from_world(at, self.scale)).filter(|at_mm| at_mm.is_finite())
                });
                let [Some(one), Some(two), Some(three)] = places else { continue };
                let mut named = [0; 3];
                for ((name, corner), at_mm) in named.iter_mut().zip(corners).zip([one, two, three]) {
                    *name = self.name(&share, &mut names, classes.as_mut(), (corner, at_mm));
                }
                self.piece.triangles.push(named);
                let color = paint.color(&share, corners);
                let known = match before {
                    Some((last, known)) if last == color => known,
                    _ => self.color(color),
                };
                before = Some((color, known));
                self.piece.color_of.push(known);
                if let Some(body) = self.piece.bodies.last_mut() {
                    body.triangles += 1;
                }
            }
        }
    }

    /// Which vertex of the piece it is; one that is new is added. Those of a solid that other shares have brought are there.
    fn name(
        &mut self,
        share: &Share,
        names: &mut [u32],
        classes: Option<&mut HashMap<u32, u32>>,
        (corner, at_mm): (u32, Vec3),
    ) -> u32 {
        let Some(name) = names.get_mut(corner as usize) else { return 0 };
        if *name != u32::MAX {
            return *name;
        }
        let new = self.piece.positions_mm.len() as u32;
        *name = new;
        if let Some(classes) = classes {
            let origin = share.origins.get(corner as usize).copied().unwrap_or(corner);
            let known = *self.solid.entry(root(classes, origin)).or_insert(new);
            // What moves apart is not one, whatever the file says.
            if known != new && self.piece.positions_mm.get(known as usize) == Some(&at_mm) {
                *name = known;
                return known;
            }
        }
        self.piece.positions_mm.push(at_mm);
        new
    }

    fn color(&mut self, color: [u8; 4]) -> u32 {
        let new = self.piece.colors.len() as u32;
        let known = *self.palette.entry(color).or_insert(new);
        if known == new {
            self.piece.colors.push(color);
        }
        known
    }
}

/// For vertices of a mesh another one that is the same.
async fn classes(merges: &[[u32; 2]], pace: &Pace) -> HashMap<u32, u32> {
    let mut classes = HashMap::new();
    for some in merges.chunks(AT_ONCE) {
        pace.spend(some.len()).await;
        for [one, other] in some {
            let (one, other) = (root(&mut classes, *one), root(&mut classes, *other));
            if one != other {
                classes.insert(one, other);
            }
        }
    }
    classes
}

/// The one vertex that stands for all that are the same. Each walk halves the way of the next one: a file may chain them all.
fn root(classes: &mut HashMap<u32, u32>, mut vertex: u32) -> u32 {
    while let Some(next) = classes.get(&vertex).copied() {
        if let Some(after) = classes.get(&next).copied() {
            classes.insert(vertex, after);
        }
        vertex = next;
    }
    vertex
}
