//! Whether a product is fit for where it is to be shown: the Khronos 3D Commerce asset creation guidelines 1.0
//! (<https://www.khronos.org/files/3dcommerce_assetcreation_guidelines.pdf>), names that lead from the product file into its
//! models, and languages.

mod guideline;
mod language;
mod name;
mod target;
#[cfg(test)]
mod tests;

pub use guideline::guidelines;
pub use language::languages;
pub use name::names;
pub use target::{Figures, Target};
