//! glTF in, scene out: real models, broken ones, and small literals for each rule.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "import/accessors.rs"]
mod accessors;
#[path = "import/corpus.rs"]
mod corpus;
#[path = "import/damage.rs"]
mod damage;
#[path = "import/faults.rs"]
mod faults;
#[path = "import/fixture.rs"]
mod fixture;
#[path = "corpus/folder.rs"]
mod folder;
#[path = "import/glossiness.rs"]
mod glossiness;
#[path = "import/hostile.rs"]
mod hostile;
#[path = "import/layers.rs"]
mod layers;
#[path = "import/limits.rs"]
mod limits;
#[path = "import/literal.rs"]
mod literal;
#[path = "import/looks.rs"]
mod looks;
#[path = "import/motion.rs"]
mod motion;
#[path = "import/oracle.rs"]
mod oracle;
#[path = "import/shapes.rs"]
mod shapes;
#[path = "import/sound.rs"]
mod sound;
