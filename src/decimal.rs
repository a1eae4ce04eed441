//! Numbers as CSS, HTML and JSON write them: `-1.5`, `.25`, `+3e-2`.
//!
//! The standard library's reader is exact for any number of digits by means of a table that costs 10 kB of Brotli. What
//! people write into attributes, and programs into glTF, needs no such table: see [`split_decimal`].

/// Digits that count; those behind change no `f32`.
const DIGITS: u32 = 16;

/// The number at the front of a text, and the text behind it; none when there is no number there, or none that is
/// finite as `f32`: see [`split_decimal`].
pub(crate) fn split_number(text: &str) -> Option<(f32, &str)> {
    let (number, rest) = split_decimal(text)?;
    let number = number as f32;
    number.is_finite().then_some((number, rest))
}

/// The number at the front of a text, and the text behind it; none when there is no number there
/// (grammar: <https://www.w3.org/TR/css-syntax-3/#consume-number>).
///
/// Whole numbers to 2⁵³ are exact. Up to 15 digits and 22 places both factors are exact, so that one division or product
/// rounds like any reader's; others are near enough to round to the right `f32`, but for one in a hundred million.
/// Beyond 10⁹⁹ the number is some other one that is infinite or zero as `f32`.
pub(crate) fn split_decimal(text: &str) -> Option<(f64, &str)> {
    let bytes = text.as_bytes();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let (mut digits, mut counted, mut value, mut exponent) = (0_u32, 0_u32, 0.0_f64, 0_i32);
    let mut point = false;
    loop {
        match bytes.get(at) {
            Some(&byte) if byte.is_ascii_digit() => {
                digits += 1;
                if counted < DIGITS {
                    value = value * 10.0 + f64::from(byte - b'0');
                    counted += u32::from(value > 0.0);
                    exponent -= i32::from(point);
                } else {
                    exponent += i32::from(!point);
                }
            }
            // A point belongs to the number only with a digit behind it.
            Some(b'.') if !point && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => point = true,
            _ => break,
        }
        at += 1;
    }
    if digits == 0 {
        return None;
    }
    if let Some((shift, length)) = bytes.get(at..).and_then(read_exponent) {
        exponent = exponent.saturating_add(shift);
        at += length;
    }
    // Farther away than this, an `f32` of 15 digits is zero or infinite.
    let power = 10.0_f64.powi(exponent.unsigned_abs().min(99) as i32);
    value = if exponent < 0 { value / power } else { value * power };
    Some((if bytes.first() == Some(&b'-') { -value } else { value }, text.get(at..)?))
}

/// `e-2`: the exponent and how many bytes it takes; none for the unit `em`, say.
fn read_exponent(bytes: &[u8]) -> Option<(i32, usize)> {
    let (b'e' | b'E', rest) = bytes.split_first()? else { return None };
    let signed = usize::from(matches!(rest.first(), Some(b'+' | b'-')));
    let digits = || rest.iter().skip(signed).take_while(|byte| byte.is_ascii_digit());
    let size = digits().fold(0_i32, |size, byte| size.saturating_mul(10).saturating_add(i32::from(byte - b'0')));
    let shift = if rest.first() == Some(&b'-') { -size } else { size };
    (digits().count() > 0).then(|| (shift, 1 + signed + digits().count()))
}

#[cfg(test)]
mod tests {
    use super::split_number;

    #[test]
    fn numbers_end_where_css_says() {
        for (text, number, rest) in [
            ("105%", 105.0, "%"),
            ("-.5rad", -0.5, "rad"),
            ("+3", 3.0, ""),
            ("1.5.2", 1.5, ".2"),
            ("7.", 7.0, "."),
            ("2em", 2.0, "em"),
            ("2e3m", 2000.0, "m"),
            ("2E-2", 0.02, ""),
            ("1-2", 1.0, "-2"),
            ("-0", -0.0, ""),
            ("1e-99999999999", 0.0, ""),
        ] {
            assert_eq!(split_number(text), Some((number, rest)), "{text}");
        }
        for text in ["", "-", ".", "e5", "auto", "- 1", "1e39", "1e99999999999"] {
            assert_eq!(split_number(text), None, "{text}");
        }
        assert!(split_number("-0").is_some_and(|(zero, _)| zero.is_sign_negative()));
    }

    #[test]
    fn digits_round_as_the_standard_library_has_it() {
        let mut state = 1_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..20_000 {
            let text = format!("{}.{:0width$}", next(100_000), next(1_000_000), width = 6 + next(9) as usize);
            assert_eq!(split_number(&text).map(|(number, _)| number), text.parse().ok(), "{text}");
        }
        for text in
            ["3.4028234e38", "0.00000000000000000000000000000000000001", "123456789012345678901234567890", "1e-40"]
        {
            let (number, exact) = (split_number(text).map(|(number, _)| number), text.parse::<f32>().ok());
            let apart = number.zip(exact).map(|(a, b)| a.to_bits().abs_diff(b.to_bits()));
            assert!(apart.is_some_and(|units| units <= 1), "{text}: {number:?}, {exact:?}");
        }
    }
}
