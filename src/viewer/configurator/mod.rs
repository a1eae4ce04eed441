//! A product that can be configured: its file, what the customer chose, and the models that show it.
//!
//! The product's body is the viewer's own model, as if `src` named it; further ones are [`Part`]s. A choice changes
//! what is *wanted*; it is shown, in one frame, as soon as all that it needs is there, and what was shown stays until then.

mod command;
mod compare;
mod costume;
mod file;
mod fitting;
mod look;
mod marks;
mod onto;
mod part;
mod print;
mod surface;
mod trial;
mod twin;

pub use command::ProductCommand;
pub use compare::Compared;
pub(super) use onto::OntoView;
pub(super) use part::Part;
pub(super) use print::Prints;
pub use trial::{Trial, TrialSide};

use std::collections::BTreeMap;

use super::{Effect, RequestId, Viewer};
use crate::product::view::{Record, Standing, Tone};
use crate::product::{Currency, Offers, Outcome, PartLook, Session};
use crate::scene::Overlay;

/// Everything about the product of one element.
#[derive(Debug)]
pub(super) struct Configurator {
    /// The file's text, while its compiled rules are on their way.
    text: String,
    /// The file on its way, or after it its rules.
    fetching: Option<(RequestId, String)>,
    /// The address that could not be read, until it changes or is tried again.
    failed: Option<String>,
    /// The address of the file that stands.
    url: Option<String>,
    session: Option<Session>,
    standing: Option<Standing>,
    /// The models' addresses, by index.
    models: Vec<Option<String>>,
    /// The model that stands, or is on its way, as the viewer's own, by its index.
    pub(super) body: usize,
    /// Every other model that was wanted so far.
    parts: Vec<Part>,
    /// What is seen of them, in the order of the file.
    shown: Vec<PartLook>,
    /// What is chosen is not shown yet.
    waits: bool,
    tone: Tone,
    /// By currency: so many of it are one of the file's, and digits behind the point.
    rates: BTreeMap<String, (f64, u32)>,
    /// What the page offered before there was a product.
    offers: Offers,
    /// What became of the last wish.
    outcome: Outcome,
    /// Of a snapshot that waits for its file.
    record: Option<Record>,
    /// Counts what a page has to read anew: each [`Announcement::ConfigurationChange`](super::Announcement) has another.
    revision: u32,
    /// What a model lacks is said once.
    said: Vec<(usize, String)>,
    /// Materials as single choices would have them, for pipelines ahead of time.
    ahead: Vec<Overlay>,
    comparison: Option<compare::Comparison>,
    fitting: Option<fitting::Fitting>,
    trial: Option<costume::Costume>,
    onto: Option<onto::Onto>,
}

impl Default for Configurator {
    fn default() -> Self {
        Self {
            text: String::new(),
            fetching: None,
            failed: None,
            url: None,
            session: None,
            standing: None,
            models: Vec::new(),
            body: 0,
            parts: Vec::new(),
            shown: Vec::new(),
            waits: false,
            tone: Tone { language: "en".to_owned(), currency: None },
            rates: BTreeMap::new(),
            offers: Offers::default(),
            outcome: Outcome::Unknown,
            record: None,
            revision: 0,
            said: Vec::new(),
            ahead: Vec::new(),
            comparison: None,
            fitting: None,
            trial: None,
            onto: None,
        }
    }
}

impl Configurator {
    /// The address of the product's body.
    pub(super) fn model_url(&self) -> Option<&str> {
        self.models.get(self.body)?.as_deref()
    }

    /// What is chosen wants of each model, and where.
    fn wanted(&self) -> Vec<PartLook> {
        let look = |session: &Session| {
            let mut looks = session.catalog().look(session.configuration(), &session.played());
            if let Some(group) = session.marked() {
                session.catalog().outline(group, &mut looks);
            }
            looks
        };
        self.session.as_ref().map(look).unwrap_or_default()
    }
}

impl Viewer {
    /// The product that stands and what the customer chose.
    pub fn session(&self) -> Option<&Session> {
        self.configurator.session.as_ref()
    }

    /// The states of all that can be chosen.
    pub fn standing(&self) -> Option<&Standing> {
        self.configurator.standing.as_ref()
    }

    /// The page's language and currency.
    pub fn tone(&self) -> &Tone {
        &self.configurator.tone
    }

    /// What became of the last [`ProductCommand`].
    pub fn outcome(&self) -> &Outcome {
        &self.configurator.outcome
    }

    /// What is shown in place of what is chosen: a step of how something is fitted, else a comparison.
    pub(super) fn with_exhibit<'a>(
        &'a self,
        mut frame: crate::frame::Frame<'a>,
        stage: &super::stage::Stage,
        turned: glam::Mat4,
    ) -> crate::frame::Frame<'a> {
        // A picture of the thing is none of the room.
        let is_photo = !self.is_elsewhere() && self.show_photo_in(&mut frame);
        if !is_photo && !self.show_fitting(&mut frame, turned) {
            self.show_comparison(&mut frame, stage, turned);
        }
        frame
    }

    /// The pose of this moment, in what is shown in place of what is chosen.
    pub(super) fn strike_exhibit(&mut self) {
        self.strike_comparison();
        self.strike_onto();
        self.arrange_fitting();
    }

    /// What belongs to another product is no longer shown.
    fn end_exhibit(&mut self, effects: &mut Vec<Effect>) {
        self.end_fitting();
        self.end_photo();
        self.end_onto();
        #[cfg(feature = "xr")]
        self.end_owning();
        self.end_comparison(effects);
        self.configurator.trial = None;
    }

    /// Something was chosen, owned or loaded: what is shown in place of what is chosen follows.
    pub(super) fn exhibit_differs(&mut self, effects: &mut Vec<Effect>) {
        self.comparison_differs(effects);
        self.fitting_differs();
        self.onto_differs();
        #[cfg(feature = "xr")]
        self.owning_differs();
        self.photo_differs();
    }

    /// Whether the product that stands is the one that the page names.
    pub(super) fn has_page_product(&self) -> bool {
        self.configurator.session.is_some() && self.configurator.url.as_deref() == self.page.product()
    }

    /// An attribute of products changed.
    pub(super) fn set_product_attribute(&mut self, name: &str, effects: &mut Vec<Effect>) {
        match name {
            // What is meant for a product that is not there yet is read when it comes, and wins over a snapshot.
            "config" if !self.has_page_product() => self.configurator.record = None,
            "owned" if !self.has_page_product() => {}
            "config" => {
                if let Some(code) = self.page.config().map(str::to_owned) {
                    self.open_code("config", &code, effects);
                }
            }
            "owned" => {
                self.own_page_code(effects);
                self.tell_all(effects);
            }
            "currency" => {
                self.take_tone(effects);
                self.tell_all(effects);
            }
            _ => {}
        }
    }

    /// The page's language, and its currency as far as there is a rate.
    fn take_tone(&mut self, effects: &mut Vec<Effect>) {
        let own = self.session().and_then(|session| session.catalog().product().price.as_ref());
        let own = own.map(|price| price.currency.clone());
        let wanted = self.page.currency().map(str::to_owned).filter(|code| own.as_ref() != Some(code));
        let known = wanted.as_ref().and_then(|code| self.configurator.rates.get(code).copied());
        if let (Some(code), None, true) = (&wanted, known, self.configurator.session.is_some()) {
            effects.push(super::look::not_there("currency", "rate for", code));
        }
        let currency = wanted.zip(known).map(|(code, (rate, digits))| Currency { code, digits: digits.min(8), rate });
        self.configurator.tone.currency = currency;
    }
}

/// Says that a text of the page is no configuration's code.
fn bad_code(attribute: &str, code: &str) -> Effect {
    let detail = format!("“{code}” is no configuration's code");
    let issue = crate::issue::Issue::new(crate::issue::Code::Attribute, attribute, detail);
    Effect::Announce(super::Announcement::Issue(issue))
}
