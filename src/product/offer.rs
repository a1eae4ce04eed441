//! What the shop says now: prices, stock, other currencies.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the shop says now of one thing that it sells.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Offer {
    /// Minor units of the file's currency.
    pub price: Option<i64>,
    /// How many there are; 0 is sold out.
    pub stock: Option<u32>,
    /// Days until it can be had.
    pub lead_time_days: Option<u32>,
    /// Seconds since 1970 after which the price is stale.
    pub valid_until_secs: Option<f64>,
}

/// All offers, by SKU.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offers {
    /// By SKU.
    pub by_sku: BTreeMap<String, Offer>,
    /// When they were made, seconds since 1970.
    pub made_secs: Option<f64>,
}

/// More than this does not add up safely; such an offer is not believed.
const MOST: i64 = 1_000_000_000_000;

impl Offers {
    /// Of JSON, `{ sku: { price, stock, leadTimeDays, validUntilSecs } }`; entries that are none are left out.
    pub fn from_json(text: &str, made_secs: Option<f64>) -> Self {
        let tree: BTreeMap<String, serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
        let by_sku = tree.into_iter().filter_map(|(sku, offer)| Some((sku, serde_json::from_value(offer).ok()?)));
        Self { by_sku: by_sku.collect(), made_secs }
    }

    /// The same for a server, where a price that was not understood must not be charged as the file has it.
    ///
    /// # Errors
    /// What is wrong, with the SKU where it is one entry.
    pub fn strictly_from_json(text: &str) -> Result<Self, String> {
        let tree: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        let offer = |(sku, offer): (String, serde_json::Value)| match serde_json::from_value(offer) {
            Ok(offer) => Ok((sku, offer)),
            Err(error) => Err(format!("{sku}: {error}")),
        };
        Ok(Self { by_sku: tree.into_iter().map(offer).collect::<Result<_, _>>()?, made_secs: None })
    }

    /// The offer for a SKU.
    pub fn get(&self, sku: Option<&str>) -> Option<&Offer> {
        self.by_sku.get(sku?)
    }

    /// As offered, or as the file says.
    pub fn price(&self, sku: Option<&str>, in_file: i64) -> i64 {
        let offered =
            self.get(sku).and_then(|offer| offer.price).filter(|price| price.unsigned_abs() <= MOST.unsigned_abs());
        offered.unwrap_or(in_file)
    }
}

/// A currency to show prices in.
#[derive(Clone, Debug, PartialEq)]
pub struct Currency {
    /// Such as `EUR` or `BTC`.
    pub code: String,
    /// Digits behind the point: 2 for cents, 8 for satoshis, which are the most.
    pub digits: u32,
    /// So many of it are one of the file's currency.
    pub rate: f64,
}

impl Currency {
    /// Of `USD=1.08` or `JPY=162.5/0`: so many of it are one of the file's, and its digits, two without.
    pub fn from_rate(text: &str) -> Option<Self> {
        let (code, rest) = text.split_once('=')?;
        let (rate, digits) = rest.split_once('/').unwrap_or((rest, "2"));
        let rate = rate.parse().ok().filter(|rate: &f64| rate.is_finite() && *rate > 0.0)?;
        let is_code = !code.is_empty() && code.bytes().all(|c| c.is_ascii_uppercase());
        is_code.then_some(Self {
            code: code.to_owned(),
            digits: digits.parse().ok().filter(|digits| *digits <= 8)?,
            rate,
        })
    }

    /// An amount of the file's currency, minor units there, in this one's minor units: the nearest, and of two the even
    /// one.
    pub fn converted(&self, amount: i64, file_digits: u32) -> i64 {
        let digits = |digits: u32| digits.min(8) as i32;
        let shift = 10_f64.powi(digits(self.digits) - digits(file_digits));
        (amount as f64 * (self.rate * shift)).round_ties_even() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_win_where_they_can_be_read() {
        let offers = Offers::from_json(
            r#"{"a":{"price":5,"stock":0},"b":{"price":"x"},"c":{},"d":{"price":-9223372036854775808}}"#,
            Some(3.0),
        );
        assert_eq!([("a", 5), ("b", 7), ("c", 7), ("d", 7)].map(|(sku, _)| offers.price(Some(sku), 7)), [5, 7, 7, 7]);
        assert_eq!(offers.price(None, 7), 7);
        assert_eq!(offers.get(Some("a")).unwrap().stock, Some(0));
        assert_eq!(Offers::from_json("[", None), Offers::default());
    }

    #[test]
    fn other_currencies_are_rounded_to_the_nearest() {
        let bitcoin = Currency { code: "BTC".to_owned(), digits: 8, rate: 0.000_015 };
        assert_eq!(bitcoin.converted(24_900, 2), 373_500);
        let yen = Currency { code: "JPY".to_owned(), digits: 0, rate: 162.5 };
        assert_eq!((yen.converted(100, 2), yen.converted(300, 2), yen.converted(-100, 2)), (162, 488, -162));
    }
}
