//! A sample product: a running shirt on a tailor's form, with vents that open and cloth that tightens.
//!
//! Lengths are millimetres until the file is written; +Y is up, the chest faces +Z, and the
//! form stands on its foot.

mod body;
mod cloth;
mod form;
mod knit;
mod material;
mod print;
mod sleeve;
mod torso;
mod vents;

use std::path::Path;

use anyhow::{Context, Result};

use crate::shape::document::{Clip, Node, Piece, Product, Tally};
use crate::shape::mesh::Mesh;

/// Where the shirt lies in the repository.
const FILE: &str = "assets/shirt.glb";

/// Writes the shirt under the repository's root and says how large it is.
pub(crate) fn write(root: &Path) -> Result<()> {
    let (bytes, tally) = build()?;
    let path = root.join(FILE);
    std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let [front, back] = [print::FRONT, print::BACK].map(|[width, height]| format!("{width} x {height} mm"));
    println!(
        "{FILE}: {} triangles, {} draws, {} kB, prints {front} and {back}",
        tally.triangles,
        tally.draws,
        bytes.len() / 1000
    );
    Ok(())
}

/// The finished file and its counts.
fn build() -> Result<(Vec<u8>, Tally)> {
    let cloth = |material, mesh| Piece { material, mesh, textured: true, bumpy: true, ..Piece::default() };
    let plain = |material, mesh| Piece { material, mesh, ..Piece::default() };
    let print = |material, mesh| Piece { material, mesh, textured: true, ..Piece::default() };
    let node = |name, pieces| Node { name, pieces, ..Node::default() };
    let tight = |piece: Piece, morph: Mesh| Piece { morphs: vec![morph], ..piece };
    let shrinking = |name, pieces| Node { targets: vec!["tight"], ..node(name, pieces) };
    let (body, side) = body::panels(0.0);
    let (body_tight, side_tight) = body::panels(1.0);
    let body =
        vec![tight(cloth("knit_body", body), body_tight), tight(plain("seam", body::seams(0.0)), body::seams(1.0))];
    let sleeves = vec![cloth("knit_sleeves", sleeve::sleeves()), plain("seam", sleeve::seams())];
    let root = Node {
        name: "running_shirt",
        children: vec![
            node("form", vec![plain("form", form::form()), plain("stand", form::stand())]),
            shrinking("shirt_body", body),
            node("shirt_sleeves", sleeves),
            shrinking("shirt_side", vec![tight(cloth("knit_side", side), side_tight)]),
            node("collar", vec![cloth("collar", body::collar())]),
            shrinking("print_front", vec![tight(print("print_front", print::front(0.0)), print::front(1.0))]),
            shrinking("print_back", vec![tight(print("print_back", print::back(0.0)), print::back(1.0))]),
            Node { targets: vec!["open", "tight"], ..node("vents", vented()) },
        ],
        ..Node::default()
    };
    let product = Product {
        generator: "Anprobe shirt generator",
        root,
        materials: material::all(),
        textures: knit::all(),
        variants: Vec::new(),
        clips: vec![Clip {
            name: "Breathe",
            node: "vents",
            keys: vec![(0.0, vec![0.0, 0.0]), (1.5, vec![1.0, 0.0]), (3.0, vec![0.0, 0.0])],
        }],
        ..Product::default()
    };
    product.pack()
}

/// The vents at rest with both of their morph targets.
fn vented() -> Vec<Piece> {
    let [rest, open, tight] = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)].map(|(open, tight)| vents::vents(open, tight));
    let piece = |material, textured, meshes: [Mesh; 3]| {
        let [mesh, open, tight] = meshes;
        Piece { material, mesh, morphs: vec![open, tight], textured, bumpy: textured, ..Piece::default() }
    };
    vec![
        piece("knit_body", true, [rest.back, open.back, tight.back]),
        piece("knit_side", true, [rest.side, open.side, tight.side]),
        piece("vent_lining", false, [rest.lining, open.lining, tight.lining]),
    ]
}

#[cfg(test)]
mod tests {
    use super::{FILE, build};
    use std::path::Path;

    #[test]
    fn the_committed_shirt_is_the_generated_one_and_keeps_its_budgets() {
        let (bytes, tally) = build().unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(FILE);
        let committed = std::fs::read(path).unwrap();
        assert!(bytes == committed, "run `cargo xtask assets` and commit {FILE}");
        assert!(bytes.len() < 3_000_000, "{} bytes", bytes.len());
        assert!(tally.triangles < 60_000, "{} triangles", tally.triangles);
        assert!(tally.draws < 20, "{} draws", tally.draws);
    }
}
