//! Powers with any exponent from arithmetic alone, so that every machine writes the same file.

use std::f64::consts::{LN_2, SQRT_2};

/// `base` to the power of `exponent`; zero for a base that is not positive.
pub(crate) fn power(base: f64, exponent: f64) -> f64 {
    if base <= 0.0 {
        return 0.0;
    }
    exponential(exponent * logarithm(base))
}

/// e to the power of `x`, accurate to about 1e-14 for moderate `x`.
pub(crate) fn exponential(x: f64) -> f64 {
    let whole = (x / LN_2).round();
    let rest = x - whole * LN_2;
    let mut sum = 1.0;
    for k in (1..16).rev() {
        sum = 1.0 + sum * rest / f64::from(k);
    }
    let whole = whole.clamp(-1000.0, 1000.0) as i64;
    sum * f64::from_bits(((1023 + whole) as u64) << 52)
}

/// Natural logarithm of a positive normal number.
fn logarithm(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut whole = ((bits >> 52) & 0x7FF) as i64 - 1023;
    let mut rest = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | (1023 << 52));
    if rest > SQRT_2 {
        rest /= 2.0;
        whole += 1;
    }
    let z = (rest - 1.0) / (rest + 1.0);
    let square = z * z;
    let mut sum = 0.0;
    for k in (0..12).rev() {
        sum = sum * square + 1.0 / f64::from(2 * k + 1);
    }
    2.0 * z * sum + whole as f64 * LN_2
}

#[cfg(test)]
mod tests {
    use super::{exponential, power};

    #[test]
    fn agrees_with_the_platform() {
        for step in 1..200 {
            let base = f64::from(step) * 0.07;
            for exponent in [0.4, 0.8, 1.5, 2.6, -0.41] {
                assert!((power(base, exponent) / base.powf(exponent) - 1.0).abs() < 1e-11, "{base}^{exponent}");
            }
            assert!((exponential(-base) / (-base).exp() - 1.0).abs() < 1e-11, "e^-{base}");
        }
    }
}
