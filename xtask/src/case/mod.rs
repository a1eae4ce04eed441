//! A sample product: a printed phone case in two sizes, with a ring stand and a magnetic ring to add.
//!
//! Lengths are millimetres until the file is written; +Y is up. The case stands on its lower
//! side with its printed back to the front, +Z; the screen of the phone in it faces -Z.

mod extras;
mod material;
mod phone;
mod print;
mod shell;
mod size;
mod trim;

use std::path::Path;

use anyhow::{Context, Result};

use crate::shape::document::{Node, Piece, Product, Tally};
use crate::shape::mesh::Mesh;
use crate::shape::texture::Texture;
use size::{SIZES, Size};

/// Writes both sizes under the repository's root and says how large they are.
pub(crate) fn write(root: &Path) -> Result<()> {
    for size in &SIZES {
        let (bytes, tally) = build(size)?;
        let path = root.join(size.file);
        std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
        let [width, height] = print::area(size);
        println!(
            "{}: {} triangles, {} draws, {} kB, print {width:.2} x {height:.2} mm",
            size.file,
            tally.triangles,
            tally.draws,
            bytes.len() / 1000
        );
    }
    Ok(())
}

/// The finished file of a size and its counts.
fn build(size: &Size) -> Result<(Vec<u8>, Tally)> {
    let plain = |name, material, mesh| Node { name, pieces: vec![piece(material, mesh)], ..Node::default() };
    let shell = Piece { variants: vec!["shell", "shell_gloss", "shell_clear"], ..piece("shell", shell::shell(size)) };
    let print = Piece { textured: true, ..piece("print", print::print(size)) };
    let backing = Node { hidden: true, ..plain("backing", "backing", print::backing(size)) };
    let root = Node {
        name: "phone_case",
        at: [0.0, f64::from(size.outer()[1]), -1.3],
        children: vec![
            Node { name: "case", pieces: vec![shell], ..Node::default() },
            backing,
            Node { name: "print", pieces: vec![print], ..Node::default() },
            plain("lip_camera", "accent", trim::lip_camera(size)),
            plain("buttons", "buttons", trim::buttons(size)),
            extras::ring_stand(size),
            Node { hidden: true, ..plain("magsafe", "metal", extras::magsafe(size)) },
            Node { name: "phone", pieces: phone::phone(size), ..Node::default() },
        ],
        ..Node::default()
    };
    let product = Product {
        generator: "Anprobe case generator",
        root,
        materials: material::all(),
        textures: vec![Texture::clear("print")],
        variants: vec!["Soft touch", "Gloss", "Clear"],
        ..Product::default()
    };
    product.pack()
}

fn piece(material: &'static str, mesh: Mesh) -> Piece {
    Piece { material, mesh, ..Piece::default() }
}

#[cfg(test)]
mod tests {
    use super::{SIZES, build};
    use std::path::Path;

    #[test]
    fn the_committed_cases_are_the_generated_ones() {
        for size in &SIZES {
            let (bytes, _) = build(size).unwrap();
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(size.file);
            let committed = std::fs::read(path).unwrap();
            assert!(bytes == committed, "run `cargo xtask assets` and commit {}", size.file);
        }
    }

    #[test]
    fn the_cases_keep_their_budgets() {
        for size in &SIZES {
            let (bytes, tally) = build(size).unwrap();
            assert!(bytes.len() < 1_200_000, "{} bytes", bytes.len());
            assert!(tally.triangles < 40_000, "{} triangles", tally.triangles);
            assert!(tally.draws < 20, "{} draws", tally.draws);
        }
    }
}
