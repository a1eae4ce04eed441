//! Which environments are wanted, on their way and there.

use super::page::Page;
use super::{Announcement, Effect, RequestId};
use crate::frame::{Background, EnvironmentId, Lighting};
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

    pub(super) fn background(&self) -> Background {
        self.skybox.map_or(Background::Transparent, Background::Skybox)
    }

    /// True while an environment is on its way.
    pub(super) fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Asks for what the page wants and is not there; lets go of what it no longer wants.
    pub(super) fn want(&mut self, page: &Page, mut request: impl FnMut() -> RequestId, effects: &mut Vec<Effect>) {
        let wanted = [page.environment_image(), page.skybox_image()];
        self.pending.retain(|(request, _, url)| {
            let stays = wanted.contains(&Some(url.as_str()));
            if !stays {
                effects.push(Effect::Abort(*request));
            }
            stays
        });
        for url in wanted.into_iter().flatten() {
            let environment = name_of(url);
            let pending = self.pending.iter().any(|(_, pending, _)| *pending == environment);
            if pending || self.there.contains(&environment) || self.failed.contains(&environment) {
                continue;
            }
            let request = request();
            self.pending.push((request, environment, url.to_owned()));
            effects.push(Effect::LoadEnvironment { request, environment, url: url.to_owned() });
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
    pub(super) fn follow(&mut self, page: &Page) -> bool {
        let before = (self.environment, self.skybox);
        let skybox = page.skybox_image().map(name_of);
        let lit_by_sky = if page.wants_studio() { None } else { skybox };
        let environment = page.environment_image().map(name_of).or(lit_by_sky).unwrap_or(EnvironmentId::STUDIO);
        if self.there.contains(&environment) {
            self.environment = environment;
        }
        match skybox {
            None => self.skybox = None,
            Some(found) if self.there.contains(&found) => self.skybox = Some(found),
            Some(_) => {}
        }
        before != (self.environment, self.skybox)
    }
}

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>) of an address; never the studio's 0.
fn name_of(url: &str) -> EnvironmentId {
    let hash = url
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    EnvironmentId(hash.max(1))
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use crate::frame::EnvironmentId;

    #[test]
    fn names_are_fnv_1a() {
        assert_eq!(name_of("a"), EnvironmentId(0xaf63_dc4c_8601_ec8c));
        assert_ne!(name_of(""), EnvironmentId::STUDIO);
    }
}
