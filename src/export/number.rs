//! Numbers in files that are text: as short as they can be, without the standard library's exact decimals.

/// Adds a number with at most so many digits behind the point; what is no number is 0.
pub(crate) fn push_number(out: &mut String, value: f32, places: u32) {
    let unit = 10_i64.pow(places.min(9));
    let scaled = (f64::from(value) * unit as f64).round();
    let number = if scaled.abs() < 9e15 { scaled as i64 } else { 0 };
    if number < 0 {
        out.push('-');
    }
    let (whole, mut part) = (number.unsigned_abs() / unit as u64, number.unsigned_abs() % unit as u64);
    push_digits(out, whole, 1);
    if part == 0 {
        return;
    }
    let mut width = places.min(9) as usize;
    while part.is_multiple_of(10) {
        part /= 10;
        width -= 1;
    }
    out.push('.');
    push_digits(out, part, width);
}

/// Adds a whole number with at least so many digits.
pub(crate) fn push_digits(out: &mut String, mut number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while number > 0 || digits.len() - at < least {
        at -= 1;
        if let Some(digit) = digits.get_mut(at) {
            *digit = b'0' + (number % 10) as u8;
        }
        number /= 10;
    }
    digits.iter().skip(at).for_each(|digit| out.push(char::from(*digit)));
}
