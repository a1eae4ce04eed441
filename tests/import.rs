//! glTF in, scene out: real models, broken ones, and small literals for each rule.

#[path = "import/corpus.rs"]
mod corpus;
#[path = "import/fixture.rs"]
mod fixture;
#[path = "import/hostile.rs"]
mod hostile;
