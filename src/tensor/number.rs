//! Numbers as people read them.
//!
//! The minus is a true one (U+2212), thousands are set off by commas, and
//! large and small numbers carry a power of ten in superscripts, which every
//! font of ours has: `−12,500`, `1.25×10⁶`.

/// U+2212, as wide as a digit, unlike the hyphen.
pub(crate) const MINUS: char = '−';

/// Numbers from this on are written with a power of ten.
const LARGE: i32 = 6;

/// Numbers below ten to this power are written with a power of ten.
const SMALL: i32 = -4;

/// A number with up to four significant digits, but all digits of its whole
/// part below a million: `0.3333`, `123,457`, `6.022×10²³`.
pub(crate) fn short(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_string();
    }
    if value.is_infinite() {
        return signed(value < 0.0, "∞");
    }
    let (digits, exponent) = significant(value.abs(), 4);
    if digits == 0 {
        return "0".to_string();
    }
    let text = if (SMALL..LARGE).contains(&exponent) {
        plain(value.abs(), (3 - exponent).max(0) as usize)
    } else {
        scientific(digits, exponent)
    };
    signed(value < 0.0, &text)
}

/// A number written out, without a power of ten: `0.001`, `100,000`.
pub(crate) fn short_plain(value: f64) -> String {
    let (_, exponent) = significant(value.abs(), 4);
    let decimals = (3 - exponent).clamp(0, 20) as usize;
    signed(value < 0.0, &plain(value.abs(), decimals))
}

/// A number of things, all digits: `60,000`.
pub(crate) fn count(value: usize) -> String {
    grouped(&value.to_string())
}

/// A part in percent, with one digit after the point: never 0 % of what there is, nor
/// 100 % of what lacks something.
pub(crate) fn percent(part: usize, whole: usize) -> String {
    let tenths = (part as f64 / whole.max(1) as f64 * 1000.0).round();
    match tenths {
        0.0 if part > 0 => "under 0.1 %".to_owned(),
        1000.0 if part < whole => "over 99.9 %".to_owned(),
        tenths => format!("{} %", tenths / 10.0),
    }
}

/// An amount of memory, in powers of 1,000: `6 KB`, `1.25 MB`.
pub(crate) fn bytes(bytes: usize) -> String {
    const UNITS: [&str; 6] = ["KB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} bytes");
    }
    let (mut size, mut unit) = (bytes as f64 / 1000.0, 0);
    // What would be rounded to 1,000 is one of the next unit.
    while size >= 999.5 && unit + 1 < UNITS.len() {
        (size, unit) = (size / 1000.0, unit + 1);
    }
    let decimals = if size < 10.0 {
        2
    } else {
        usize::from(size < 100.0)
    };
    format!("{} {}", plain(size, decimals), UNITS[unit])
}

/// An integer, all digits: `−9,007,199,254,740,993`.
pub(crate) fn integer(value: i128) -> String {
    signed(value < 0, &grouped(&value.unsigned_abs().to_string()))
}

/// `text` with a minus before it where `negative`.
pub(crate) fn signed(negative: bool, text: &str) -> String {
    if negative {
        format!("{MINUS}{text}")
    } else {
        text.to_string()
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `×10ⁿ`.
pub(crate) fn power_of_ten(exponent: i32) -> String {
    let superscript = |c| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    };
    let exponent: String = exponent.to_string().chars().map(superscript).collect();
    format!("×10{exponent}")
}

/// The first `count` significant digits as an integer, rounded, and the power
/// of ten of the first one.
fn significant(value: f64, count: usize) -> (u64, i32) {
    let text = format!("{value:.*e}", count - 1);
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(0), exponent.parse().unwrap_or(0))
}

fn plain(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    // Four digits stand together: 2024 may be a year.
    let whole = if whole.len() > 4 {
        grouped(whole)
    } else {
        whole.to_string()
    };
    match fraction.trim_end_matches('0') {
        "" => whole,
        fraction => format!("{whole}.{fraction}"),
    }
}

fn scientific(digits: u64, exponent: i32) -> String {
    let digits = digits.to_string();
    let (first, rest) = digits.split_at(1);
    let power = power_of_ten(exponent);
    match rest.trim_end_matches('0') {
        "" => format!("{first}{power}"),
        rest => format!("{first}.{rest}{power}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_matter() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (3.0, "3"),
            (-2.5, "−2.5"),
            (1.0 / 3.0, "0.3333"),
            (0.1 + 0.2, "0.3"),
            (12.3456, "12.35"),
            (2024.0, "2024"),
            (1234.56, "1235"),
            (99_999.6, "100,000"),
            (123_456.7, "123,457"),
            (999_999.9, "1×10⁶"),
            (1_250_000.0, "1.25×10⁶"),
            (0.000_12, "0.00012"),
            (0.000_099_999_9, "0.0001"),
            (0.000_012_345, "1.234×10⁻⁵"),
            (6.022_140_76e23, "6.022×10²³"),
            (f64::MAX, "1.798×10³⁰⁸"),
            (5e-324, "4.941×10⁻³²⁴"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "−∞"),
        ];
        for (value, text) in cases {
            assert_eq!(short(value), text, "{value:e}");
        }
    }

    #[test]
    fn counts_have_all_their_digits() {
        assert_eq!(count(0), "0");
        assert_eq!(count(150), "150");
        assert_eq!(count(1797), "1,797");
        assert_eq!(count(60_000), "60,000");
        assert_eq!(integer(-9_007_199_254_740_993), "−9,007,199,254,740,993");
        assert_eq!(integer(i128::from(u64::MAX)), "18,446,744,073,709,551,615");
    }

    #[test]
    fn a_share_that_is_not_whole_never_looks_it() {
        let percents = [(0, 0), (0, 9), (1, 3), (1, 5_000), (4_999, 5_000), (9, 9)];
        assert_eq!(
            percents.map(|(part, whole)| percent(part, whole)),
            [
                "0 %",
                "0 %",
                "33.3 %",
                "under 0.1 %",
                "over 99.9 %",
                "100 %"
            ]
        );
    }

    #[test]
    fn memory_is_told_in_its_unit() {
        let cases = [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1000, "1 KB"),
            (6_024, "6.02 KB"),
            (999_999, "1 MB"),
            (12_345_678, "12.3 MB"),
            (2_000_000_000, "2 GB"),
            (usize::MAX, "18.4 EB"),
        ];
        for (n, text) in cases {
            assert_eq!(bytes(n), text);
        }
    }
}
