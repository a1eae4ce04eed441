//! Which environments are wanted, on their way and there.

use super::page::Page;
use super::{Announcement, Effect, RequestId};
use crate::frame::{Background, EnvironmentId, Ground, Lighting};
use crate::issue::{Code, Issue};

/// The light and what is behind the product.
#[derive(Debug)]
pub(super) struct Light {
    /// What lights now.
    environment: EnvironmentId,
    /// What is behind now.
    skybox: Option<EnvironmentId>,
    pending: Vec<(RequestId, EnvironmentId, String)>,
    there: Vec<EnvironmentId>,
    failed: Vec<EnvironmentId>,
}

impl Default for Light {
    fn default() -> Self {
        Self {
            environment: EnvironmentId::STUDIO,
            skybox: None,
            pending: Vec::new(),
            there: vec![EnvironmentId::STUDIO],
            failed: Vec::new(),
        }
    }
}

impl Light {
    pub(super) fn lighting(&self) -> Lighting {
        Lighting { environment: self.environment, ..Lighting::default() }
    }

    pub(super) fn background(&self, ground: Option<Ground>) -> Background {
        self.skybox.map_or(Background::Transparent, |environment| Background::Skybox { environment, ground })
    }

    /// True while an environment is on its way.
    pub(super) fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Asks for what the page wants and is not there; lets go of what it no longer wants.
    pub(super) fn want(&mut self, page: &Page, mut request: impl FnMut() -> RequestId, effects: &mut Vec<Effect>) {
        let wanted = Wanted::by(page);
        self.pending.retain(|(request, environment, _)| {
            let stays = wanted.all().any(|(wanted, ..)| wanted == *environment);
            if !stays {
                effects.push(Effect::Abort(*request));
            }
            stays
        });
        for (environment, url, seen) in wanted.all() {
            let pending = self.pending.iter().any(|(_, pending, _)| *pending == environment);
            if pending || self.there.contains(&environment) || self.failed.contains(&environment) {
                continue;
            }
            let (request, url) = (request(), url.to_owned());
            self.pending.push((request, environment, url.clone()));
            effects.push(Effect::LoadEnvironment { request, environment, url, seen });
            effects.push(Effect::Prepare);
        }
    }

    /// Takes an answer; false when it was not asked here.
    pub(super) fn answered(&mut self, request: RequestId, failure: Option<&str>, effects: &mut Vec<Effect>) -> bool {
        let Some(place) = self.pending.iter().position(|(pending, _, _)| *pending == request) else { return false };
        let (_, environment, url) = self.pending.remove(place);
        match failure {
            None => self.there.push(environment),
            Some(why) => {
                self.failed.push(environment);
                let issue = Issue::new(Code::Environment, url, why);
                effects.push(Effect::Announce(Announcement::Issue(issue)));
            }
        }
        true
    }

    /// Forgets failures, to try again.
    pub(super) fn retry(&mut self) {
        self.failed.clear();
    }

    /// Changes to what the page wants as far as it is there; true when something changed.
    pub(super) fn follow(&mut self, page: &Page, effects: &mut Vec<Effect>) -> bool {
        let before = (self.environment, self.skybox);
        let wanted = Wanted::by(page);
        let skybox = wanted.seen.map(|(environment, ..)| environment);
        let lit_by_sky = if page.wants_studio() { None } else { skybox };
        let lit = wanted.lit.map(|(environment, ..)| environment);
        let environment = lit.or(lit_by_sky).unwrap_or(EnvironmentId::STUDIO);
        if self.there.contains(&environment) {
            self.environment = environment;
        }
        match skybox {
            None => self.skybox = None,
            Some(found) if self.there.contains(&found) => self.skybox = Some(found),
            Some(_) => {}
        }
        self.let_go(effects);
        before != (self.environment, self.skybox)
    }

    /// Keeps what is used and the last ones that were, as pages go back and forth.
    fn let_go(&mut self, effects: &mut Vec<Effect>) {
        let used =
            |id: &EnvironmentId| *id == self.environment || Some(*id) == self.skybox || *id == EnvironmentId::STUDIO;
        // Behind all others stands what was used last.
        let (now, before): (Vec<_>, Vec<_>) = self.there.iter().partition(|id| used(id));
        let spare = before.len().saturating_sub(SPARE);
        effects.extend(before.iter().take(spare).copied().map(Effect::ReleaseEnvironment));
        self.there = before.into_iter().skip(spare).chain(now).collect();
    }
}

/// So many environments stay that are not used now.
const SPARE: usize = 1;

/// What the page asks for: name, address, and whether it is seen.
struct Wanted<'a> {
    seen: Option<(EnvironmentId, &'a str, bool)>,
    lit: Option<(EnvironmentId, &'a str, bool)>,
}

impl<'a> Wanted<'a> {
    fn by(page: &'a Page) -> Self {
        let skybox = page.skybox_image();
        let named = |url: &'a str, seen| (name_of(url, seen), url, seen);
        // What is seen lights as well, and is there only once.
        let lit = page.environment_image().map(|url| named(url, skybox == Some(url)));
        Self { seen: skybox.map(|url| named(url, true)), lit }
    }

    fn all(&self) -> impl Iterator<Item = (EnvironmentId, &'a str, bool)> {
        self.seen.into_iter().chain(self.lit)
    }
}

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>) of an address and of whether it is seen; never the studio's 0.
fn name_of(url: &str, seen: bool) -> EnvironmentId {
    let hash = url
        .bytes()
        .chain(seen.then_some(b'#'))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    EnvironmentId(hash.max(1))
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use crate::frame::EnvironmentId;

    #[test]
    fn names_are_fnv_1a() {
        assert_eq!(name_of("a", false), EnvironmentId(0xaf63_dc4c_8601_ec8c));
        assert_ne!(name_of("a", true), name_of("a", false));
        assert_ne!(name_of("", false), EnvironmentId::STUDIO);
    }
}
