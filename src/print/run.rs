//! Pieces looked at one after the other, and the file of them all.

use std::collections::VecDeque;
use std::rc::Rc;

use super::bed::Bed;
use super::check::{Checked, check};
use super::file::Printable;
use super::order::Head;
use super::pace::Job;
use super::piece::Piece;
use super::relief::{Embossed, Fonts, emboss, font_files};
use super::seen::{See, Seen, seen};
use super::stl::stl;
use super::threemf::{Package, threemf};
use crate::issue::{Code, Issue, Issues};

/// How much of the whole is looking, where a file is written, too.
const LOOKING: f32 = 0.85;
/// How much of looking at a piece is that it comes together.
const GATHERING: f32 = 0.05;

/// What comes of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Reports alone.
    Report,
    /// And a 3MF.
    ThreeMf,
    /// And a binary STL.
    Stl,
    /// And the first piece on its bed, to be looked at.
    See,
}

/// What is at work.
#[derive(Debug)]
enum Now {
    Gathers(Box<Head>, Job<Piece>),
    Carves(Box<Head>, Job<Embossed>),
    Looks(Box<Head>, Job<Checked>),
    Packs(Job<Result<Package, Issue>>),
    Writes(Job<Result<Vec<u8>, Issue>>),
    Shows(Job<Seen>),
    Waits,
    Done,
}

/// Work on pieces, slice by slice; dropping it ends it.
#[derive(Debug)]
pub struct Run {
    format: Format,
    thumbnail: Option<Vec<u8>>,
    bed_name: Option<(Vec<u8>, f32)>,
    waiting: VecDeque<(Head, Job<Piece>)>,
    now: Now,
    count: usize,
    checked: Vec<(Head, Rc<Checked>)>,
    package: Option<Package>,
    file: Option<Vec<u8>>,
    seen: Option<Seen>,
    fonts: Fonts,
    issues: Vec<(String, Issues)>,
}

impl Run {
    /// A run without pieces. `thumbnail` is a PNG of at most 256 pixels a side, for a 3MF.
    pub fn new(format: Format, thumbnail: Option<Vec<u8>>) -> Self {
        Self {
            format,
            thumbnail,
            bed_name: None,
            waiting: VecDeque::new(),
            now: Now::Waits,
            count: 0,
            checked: Vec::new(),
            package: None,
            file: None,
            seen: None,
            fonts: Fonts::default(),
            issues: Vec::new(),
        }
    }

    /// The bed's name as it stands on its edge: a PNG, and how wide it is for its height.
    pub fn name_bed(&mut self, png: Vec<u8>, aspect: f32) {
        self.bed_name = Some((png, aspect));
    }

    /// One more piece, and what makes it; it is called as its head has it.
    pub fn add(&mut self, head: Head, piece: Job<Piece>) {
        self.count += 1;
        self.waiting.push_back((head, piece));
    }

    /// The files of fonts, without their ending, that the pieces' words take: to be given before the first step.
    pub fn font_files(&self) -> Vec<String> {
        let words = self.waiting.iter().flat_map(|(head, _)| &head.reliefs).flat_map(|relief| &relief.words);
        let mut files: Vec<String> = words.flat_map(|words| font_files(&words.font, &words.text)).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// Takes one of them.
    ///
    /// # Errors
    ///
    /// [`Code::PrintFont`] where it is no WOFF2 with a font.
    pub fn give_font(&mut self, file: &str, woff2: &[u8]) -> Result<(), Issue> {
        self.fonts.add(file, woff2)
    }

    /// What is not as it was wished, by piece: words in another font, pictures that have no outlines.
    pub fn issues(&self, id: &str) -> impl Iterator<Item = &Issue> {
        self.issues.iter().filter(move |(known, _)| known == id).flat_map(|(_, issues)| issues.iter())
    }

    /// Works for so many units, as [`Job::step`] has them; true when all is done.
    ///
    /// # Errors
    ///
    /// [`Code::ExportEmpty`] without pieces, and for one without triangles; where a file is wanted, [`Code::PrintRefused`] for a piece that is no solid, why
    /// words cannot be made, and what [`stl`] and [`threemf`] have.
    pub fn step(&mut self, units: usize) -> Result<bool, Issue> {
        match std::mem::replace(&mut self.now, Now::Done) {
            Now::Gathers(head, mut job) => match job.step(units) {
                Some(piece) if piece.triangles.is_empty() => return Err(Issue::new(Code::ExportEmpty, "", head.id)),
                Some(piece) => self.carve(*head, piece),
                None => self.now = Now::Gathers(head, job),
            },
            Now::Carves(head, mut job) => match job.step(units) {
                Some(made) => {
                    let refusal = made.refusal().filter(|_| self.format != Format::Report).cloned();
                    self.issues.push((head.id.clone(), made.issues));
                    if let Some(refusal) = refusal {
                        return Err(refusal);
                    }
                    self.look(*head, made.piece);
                }
                None => self.now = Now::Carves(head, job),
            },
            Now::Looks(head, mut job) => match job.step(units) {
                Some(checked) => {
                    self.checked.push((*head, Rc::new(checked)));
                    self.now = Now::Waits;
                }
                None => self.now = Now::Looks(head, job),
            },
            Now::Packs(mut job) => match job.step(units) {
                Some(made) => {
                    self.package = Some(made?);
                    return Ok(true);
                }
                None => self.now = Now::Packs(job),
            },
            Now::Writes(mut job) => match job.step(units) {
                Some(made) => {
                    self.file = Some(made?);
                    return Ok(true);
                }
                None => self.now = Now::Writes(job),
            },
            Now::Shows(mut job) => match job.step(units) {
                Some(made) => {
                    self.seen = Some(made);
                    return Ok(true);
                }
                None => self.now = Now::Shows(job),
            },
            Now::Waits => return self.begin(),
            Now::Done => return Ok(true),
        }
        Ok(false)
    }

    fn carve(&mut self, mut head: Head, piece: Piece) {
        let piece = Piece { name: head.name.clone(), part_number: head.part_number.clone(), ..piece };
        let reliefs = std::mem::take(&mut head.reliefs);
        if reliefs.is_empty() {
            self.look(head, piece);
        } else {
            self.now = Now::Carves(Box::new(head), emboss(piece, reliefs, self.fonts.clone()));
        }
    }

    fn look(&mut self, head: Head, piece: Piece) {
        let job = check(piece, head.options.clone());
        self.now = Now::Looks(Box::new(head), job);
    }

    /// The next thing to do; true when there is none.
    fn begin(&mut self) -> Result<bool, Issue> {
        if let Some((head, piece)) = self.waiting.pop_front() {
            self.now = Now::Gathers(Box::new(head), piece);
            return Ok(false);
        }
        let Some((first, first_checked)) = self.checked.first() else {
            return Err(Issue::new(Code::ExportEmpty, "", ""));
        };
        if self.format == Format::Report {
            return Ok(true);
        }
        if self.format == Format::See {
            let options = &first.options;
            let how = See {
                bed_from_print: first_checked.report().best.bed_from_print,
                settings: options.settings,
                bed: options.beds.first().cloned().unwrap_or_else(|| Bed::new("", [200.0; 3])),
                color: options.materials.first().and_then(|material| material.color),
                scale: options.scale,
                name: self.bed_name.take(),
            };
            self.now = Now::Shows(seen(Rc::clone(first_checked), how));
            return Ok(false);
        }
        let mut labels = first.labels.clone();
        // What one part may be used for is not what another may.
        let mut licences: Vec<&str> = Vec::new();
        for (head, _) in self.checked.iter().filter(|(head, _)| !head.labels.licence.is_empty()) {
            if !licences.contains(&head.labels.licence.as_str()) {
                licences.push(&head.labels.licence);
            }
        }
        labels.licence = licences.join("\n");
        let printables: Result<Vec<Printable>, Issue> = self
            .checked
            .iter()
            .map(|(head, checked)| {
                let printable = checked.printable(checked.report().best.bed_from_print)?;
                Ok(match head.options.materials.first() {
                    Some(material) => printable.of(&material.name, material.color),
                    None => printable,
                })
            })
            .collect();
        self.now = match self.format {
            Format::Stl => Now::Writes(stl(printables?)),
            Format::ThreeMf | Format::Report | Format::See => {
                Now::Packs(threemf(printables?, labels, self.thumbnail.take()))
            }
        };
        Ok(false)
    }

    /// How much is done, `[0, 1]`.
    pub fn progress(&self) -> f32 {
        let share = if self.format == Format::Report { 1.0 } else { LOOKING };
        let looked = |now: f32| share * (self.checked.len() as f32 + now) / self.count.max(1) as f32;
        match &self.now {
            Now::Gathers(_, job) => looked(GATHERING * job.progress()),
            Now::Looks(_, job) => looked(GATHERING + (1.0 - GATHERING) * job.progress()),
            Now::Packs(job) => share + (1.0 - share) * job.progress(),
            Now::Writes(job) => share + (1.0 - share) * job.progress(),
            Now::Shows(job) => share + (1.0 - share) * job.progress(),
            Now::Carves(..) => looked(GATHERING),
            Now::Waits => looked(0.0),
            Now::Done => 1.0,
        }
    }

    /// What was looked at so far, in the order in which it came.
    pub fn checked(&self) -> &[(Head, Rc<Checked>)] {
        &self.checked
    }

    /// The 3MF that is to be deflated and written, once.
    pub fn take_package(&mut self) -> Option<Package> {
        self.package.take()
    }

    /// The first piece on its bed.
    pub fn seen(&self) -> Option<&Seen> {
        self.seen.as_ref()
    }

    /// The STL, once.
    pub fn take_file(&mut self) -> Option<Vec<u8>> {
        self.file.take()
    }
}
