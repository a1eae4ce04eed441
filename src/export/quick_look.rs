//! What iOS Quick Look is told beside the file: the fragment of its address
//! (<https://developer.apple.com/documentation/arkit/adding-an-apple-pay-button-or-a-custom-action-in-ar-quick-look>).

use super::percent_encoded;
use crate::issue::{Code, Issue};

/// Which button of Apple Pay.
const PAY_BUTTONS: [&str; 7] = ["plain", "pay", "buy", "check-out", "book", "donate", "subscribe"];
/// How high a page of one's own in the banner is.
const HEIGHTS: [&str; 3] = ["small", "medium", "large"];
/// Parameters that are shown as they are, or checked below; in the order in which they are written.
const PARAMETERS: [&str; 9] = [
    "allowsContentScaling",
    "canonicalWebPageURL",
    "callToAction",
    "checkoutTitle",
    "checkoutSubtitle",
    "price",
    "custom",
    "customHeight",
    "applePayButtonType",
];

/// What Quick Look offers around the product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Banner(Vec<(&'static str, String)>);

impl Banner {
    /// Sets a parameter by Apple's name for it; an empty value takes it away.
    ///
    /// `allowsContentScaling` is `0` or `1`; `canonicalWebPageURL`, what is shared instead of the file, and `custom`, a page
    /// that is the banner, are absolute `https:` addresses; `callToAction`, `checkoutTitle`, `checkoutSubtitle` and `price`
    /// are texts in the customer's language; `customHeight` is `small`, `medium` or `large`; `applePayButtonType` is `plain`,
    /// `pay`, `buy`, `check-out`, `book`, `donate` or `subscribe`.
    ///
    /// # Errors
    ///
    /// [`Code::ArAddress`] for an address that is not `https:`, [`Code::ArValue`] for another value or name; nothing is set
    /// then.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Issue> {
        let wrong = |code| Issue::new(code, name, value);
        let known = PARAMETERS.iter().find(|known| **known == name).ok_or_else(|| wrong(Code::ArValue))?;
        let holds = value.is_empty()
            || match *known {
                "allowsContentScaling" => matches!(value, "0" | "1"),
                "customHeight" => HEIGHTS.contains(&value),
                "applePayButtonType" => PAY_BUTTONS.contains(&value),
                "canonicalWebPageURL" | "custom" if !is_https(value) => return Err(wrong(Code::ArAddress)),
                _ => true,
            };
        if !holds {
            return Err(wrong(Code::ArValue));
        }
        self.0.retain(|(other, _)| other != known);
        if !value.is_empty() {
            self.0.push((known, value.to_owned()));
        }
        Ok(())
    }

    /// What comes behind the file's address, `#` included; empty without parameters.
    pub fn fragment(&self) -> String {
        let mut out = String::new();
        let of = |name: &&str| self.0.iter().find(|(known, _)| known == name);
        for (name, value) in PARAMETERS.iter().filter_map(of) {
            out.push(if out.is_empty() { '#' } else { '&' });
            out.push_str(name);
            out.push('=');
            out.push_str(&percent_encoded(value));
        }
        out
    }
}

/// Whether an address is absolute, encrypted and has a host.
pub(super) fn is_https(address: &str) -> bool {
    let (scheme, rest) = address.split_at_checked(8).unwrap_or_default();
    let host = rest.bytes().next();
    scheme.eq_ignore_ascii_case("https://")
        && host.is_some_and(|first| !matches!(first, b'/' | b'?' | b'#' | b':'))
        && !address.bytes().any(|byte| byte <= b' ')
}
