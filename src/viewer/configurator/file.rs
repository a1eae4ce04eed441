//! From the address of a product file to a session that stands.

use super::super::load::{announce_progress, next};
use super::super::{Announcement, Answer, Effect, FetchKind, RequestId, Viewer};
use super::{Configurator, bad_code};
use crate::issue::{Code, Issue};
use crate::product::view::{Record, Standing};
use crate::product::{Catalog, Outcome, Session};

impl Viewer {
    /// Starts or ends the product file's way, by what the page wants. True while a file is on its way, or could not be had:
    /// then what stands stays.
    pub(in super::super) fn consider_product(&mut self, wanted: bool, effects: &mut Vec<Effect>) -> bool {
        let Some(url) = self.page.product().map(str::to_owned) else {
            self.drop_product(effects);
            return false;
        };
        let configurator = &mut self.configurator;
        if configurator.failed.as_ref().is_some_and(|failed| *failed != url) {
            configurator.failed = None;
        }
        if configurator.fetching.as_ref().is_some_and(|(_, fetching)| *fetching != url) {
            self.abort_product(effects);
        }
        let configurator = &mut self.configurator;
        if configurator.url.as_ref() == Some(&url) {
            return false;
        }
        if wanted && configurator.fetching.is_none() && configurator.failed.is_none() {
            let request = next(&mut self.requests);
            effects.push(Effect::Fetch { request, url: url.clone(), base: None, kind: FetchKind::Product });
            announce_progress(0.0, effects);
            configurator.fetching = Some((request, url));
            // What was on its way is not of this product.
            self.abort_loading(effects);
        }
        true
    }

    /// An address that the product file names, as a page may ask for it.
    pub(in super::super) fn beside_product(&self, relative: &str) -> String {
        joined(self.configurator.url.as_deref().unwrap_or_default(), relative)
    }

    fn abort_product(&mut self, effects: &mut Vec<Effect>) {
        self.configurator.text.clear();
        if let Some((request, _)) = self.configurator.fetching.take() {
            effects.push(Effect::Abort(request));
            announce_progress(1.0, effects);
        }
    }

    fn drop_product(&mut self, effects: &mut Vec<Effect>) {
        self.configurator.failed = None;
        self.configurator.record = None;
        if self.configurator.url.is_none() && self.configurator.fetching.is_none() {
            return;
        }
        self.abort_product(effects);
        self.end_exhibit(effects);
        self.drop_parts(effects);
        self.undress(effects);
        let old = std::mem::take(&mut self.configurator);
        self.configurator = Configurator {
            rates: old.rates,
            offers: old.offers,
            tone: old.tone,
            revision: old.revision,
            ..Configurator::default()
        };
        self.tell_all(effects);
    }

    /// True when the answer was for the product file.
    pub(in super::super) fn product_answered(
        &mut self,
        request: RequestId,
        answer: &Answer,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Some((_, url)) = self.configurator.fetching.take_if(|(fetching, _)| *fetching == request) else {
            return false;
        };
        let text = std::mem::take(&mut self.configurator.text);
        let read = match answer {
            Answer::Bytes(bytes) if !text.is_empty() => Catalog::with_rules(&text, Some(bytes)),
            // Rules that cannot be had are compiled here.
            _ if !text.is_empty() => Catalog::with_rules(&text, Some(&[])),
            Answer::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => match Catalog::compiled_address(text) {
                    Some(rules) => {
                        let request = next(&mut self.requests);
                        let base = Some(url.clone());
                        effects.push(Effect::Fetch { request, url: rules, base, kind: FetchKind::Product });
                        self.configurator.text = text.to_owned();
                        self.configurator.fetching = Some((request, url));
                        return true;
                    }
                    None => Catalog::from_json(text),
                },
                Err(_) => Err(Issue::new(Code::Product, "", "it is not UTF-8")),
            },
            Answer::Failed(why) => Err(Issue::new(Code::Fetch, "", why.as_str())),
            _ => Err(Issue::new(Code::Fetch, "", "no bytes came")),
        };
        match read {
            Ok((catalog, issues)) => {
                let issues = issues.iter().cloned().map(|issue| Effect::Announce(Announcement::Issue(issue)));
                effects.extend(issues);
                self.stand_for(url, catalog, effects);
            }
            Err(issue) => {
                self.configurator.failed = Some(url);
                effects.push(Effect::Announce(Announcement::Error { kind: "loadfailure", issue }));
                announce_progress(1.0, effects);
            }
        }
        true
    }

    /// A new product: starts from the page's wishes or the snapshot's.
    fn stand_for(&mut self, url: String, catalog: Catalog, effects: &mut Vec<Effect>) {
        self.end_exhibit(effects);
        self.drop_parts(effects);
        let entries = catalog.product().models.iter();
        let mut models = vec![None; catalog.product().models.len()];
        for (at, model) in entries {
            if let Some(place) = models.get_mut(at) {
                *place = Some(joined(&url, &model.src));
            }
        }
        let record = self.configurator.record.take();
        self.configurator.standing = None;
        let configurator = &mut self.configurator;
        configurator.models = models;
        configurator.url = Some(url);
        configurator.said.clear();
        configurator.ahead.clear();
        configurator.outcome = Outcome::Same;
        let mut session = Session::new(catalog);
        session.set_offers(configurator.offers.clone());
        configurator.session = Some(session);
        let code = self.page.config().map(str::to_owned);
        if let Some(code) = code.filter(|code| self.configurator.begin_with(code).is_none()) {
            effects.push(bad_code("config", &code));
        }
        if let (Some(session), Some(record)) = (&mut self.configurator.session, record) {
            session.restore(&record);
        }
        self.begin_with_body(effects);
        self.own_page_code(effects);
        self.take_tone(effects);
        self.configurator.waits = true;
        self.tell_all(effects);
    }

    /// Takes a snapshot's record: now, or when its file is there.
    pub(in super::super) fn restore_session(&mut self, text: &str, effects: &mut Vec<Effect>) {
        let Some(record) = Record::from_json(text) else { return };
        let stands = self.has_page_product();
        match &mut self.configurator.session {
            Some(session) if stands => {
                session.restore(&record);
                self.chosen_differently(effects);
            }
            _ => self.configurator.record = Some(record),
        }
    }

    /// `owned` is what the customer has.
    pub(super) fn own_page_code(&mut self, effects: &mut Vec<Effect>) {
        let code = self.page.owned().unwrap_or_default().to_owned();
        let Some(session) = &mut self.configurator.session else { return };
        if session.own(&code).is_err() {
            effects.push(bad_code("owned", &code));
        }
    }

    /// Reads all states anew and says that anything may differ.
    pub(super) fn tell_all(&mut self, effects: &mut Vec<Effect>) {
        self.exhibit_differs(effects);
        self.configurator.revision = self.configurator.revision.wrapping_add(1);
        let Some(session) = &self.configurator.session else { return };
        let catalog = session.catalog();
        self.configurator.standing = Some(Standing::new(catalog, session.configuration()));
        let mut all: Vec<_> = catalog.all_items().map(|item| catalog.name_of(item)).collect();
        all.dedup();
        self.announce_changes(all, effects);
    }

    /// Says that something differs, and no group or choice of it.
    pub(super) fn tell_nothing(&mut self, effects: &mut Vec<Effect>) {
        self.configurator.revision = self.configurator.revision.wrapping_add(1);
        self.announce_changes(Vec::new(), effects);
    }

    pub(super) fn announce_changes(&mut self, changed: Vec<String>, effects: &mut Vec<Effect>) {
        if self.configurator.standing.is_some() {
            let revision = self.configurator.revision;
            effects.push(Effect::Announce(Announcement::ConfigurationChange { revision, changed }));
            self.unsaved |= self.stage.is_some();
        }
    }
}

impl Configurator {
    /// Begins with what a code says; that is no step to take back. None when it is no code.
    fn begin_with(&mut self, code: &str) -> Option<()> {
        let session = self.session.as_mut()?;
        let mut record = session.record();
        session.open(code).ok()?;
        record.now = session.record().now;
        session.restore(&record);
        Some(())
    }
}

/// An address that a file names, as a page may ask for it. The browser makes `..` good.
fn joined(base: &str, relative: &str) -> String {
    let scheme = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))?;
        (end > 0 && text.get(end..)?.starts_with(':')).then_some(end + 1)
    };
    if scheme(relative).is_some() {
        return relative.to_owned();
    }
    let path = base.get(..base.find(['?', '#']).unwrap_or(base.len())).unwrap_or_default();
    // Behind `https://shop.example`.
    let host = scheme(path).map_or(0, |end| {
        let slashes = if path.get(end..).is_some_and(|rest| rest.starts_with("//")) { end + 2 } else { end };
        let rest = path.get(slashes..).unwrap_or_default();
        slashes + rest.find('/').unwrap_or(rest.len())
    });
    if relative.starts_with("//") {
        return format!("{}{relative}", path.get(..scheme(path).unwrap_or(0)).unwrap_or_default());
    }
    if relative.starts_with('/') {
        return format!("{}{relative}", path.get(..host).unwrap_or_default());
    }
    match path.rfind('/').filter(|at| *at >= host) {
        Some(at) => format!("{}/{relative}", path.get(..at).unwrap_or_default()),
        None if host > 0 => format!("{path}/{relative}"),
        None => relative.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn models_lie_beside_their_file() {
        for (base, relative, expected) in [
            ("lamp.json", "lamp.glb", "lamp.glb"),
            ("a/lamp.json?v=2/3#x", "lamp.glb", "a/lamp.glb"),
            ("/a/lamp.json", "../b.glb", "/a/../b.glb"),
            ("https://shop.example", "b.glb", "https://shop.example/b.glb"),
            ("https://shop.example/a/p.json", "/b.glb", "https://shop.example/b.glb"),
            ("https://shop.example/a/p.json", "//cdn.example/b.glb", "https://cdn.example/b.glb"),
            ("a/p.json", "/b.glb", "/b.glb"),
            ("a/p.json", "https://cdn.example/b.glb", "https://cdn.example/b.glb"),
            ("a/p.json", "b:c.glb", "b:c.glb"),
        ] {
            assert_eq!(joined(base, relative), expected, "{base} {relative}");
        }
    }
}
