//! Numbers in text, exactly as [`str::parse`] reads them, eight digits at a time.

/// Bytes that must follow the end of what is parsed, so that both parts of a number can be looked at whole.
pub(super) const PAD: usize = 16;

/// Powers of ten that are exact.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Powers of ten that fit the digits of eight bytes.
const WHOLE: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// Most digits that a mantissa surely holds.
const DIGITS: usize = 19;

/// A number as written: mantissa times a power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    /// All digits, with the sign.
    pub(super) mantissa: i64,
    /// Power of ten.
    pub(super) exponent: i32,
    is_negative: bool,
}

/// The number that begins at `at`, and the place behind it. `mark` is the decimal mark.
///
/// None when there is no number, or one that is not plain: a sign `+`, more digits than fit, words such as `nan`. `bytes` must hold
/// [`PAD`] bytes more than the text.
#[inline]
pub(super) fn decimal(bytes: &[u8], at: usize, mark: u8) -> Option<(Decimal, usize)> {
    let is_negative = *bytes.get(at)? == b'-';
    let start = at + usize::from(is_negative);
    let (whole, end) = digits(bytes, start, 0);
    let (mut mantissa, mut next, mut count, mut exponent) = (whole, end, end - start, 0);
    if *bytes.get(next)? == mark {
        let (all, end) = digits(bytes, next + 1, whole);
        let places = end - next - 1;
        exponent = -i32::try_from(places).ok()?;
        (mantissa, next, count) = (all, end, count + places);
    }
    if count == 0 || count > DIGITS {
        return None;
    }
    if bytes.get(next)? | 0x20 == b'e' {
        let (power, end) = power(bytes, next + 1)?;
        (exponent, next) = (exponent + power, end);
    }
    let mantissa = i64::try_from(mantissa).ok()?;
    Some((Decimal { mantissa: if is_negative { -mantissa } else { mantissa }, exponent, is_negative }, next))
}

/// The digits from `at` behind those of `before`, and the place behind them.
#[inline]
fn digits(bytes: &[u8], mut at: usize, before: u64) -> (u64, usize) {
    let mut number = before;
    loop {
        let (more, count) = some(bytes, at);
        number = number.wrapping_mul(WHOLE[count]).wrapping_add(more);
        at += count;
        if count < 8 {
            return (number, at);
        }
    }
}

/// The number of eight digits (0-9 each, the first in the lowest byte): neighbours are joined to pairs, fours and eight.
#[inline]
fn eight(digits: u64) -> u64 {
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let low = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    low.wrapping_add(high) >> 32
}

/// The power of ten behind an e.
fn power(bytes: &[u8], at: usize) -> Option<(i32, usize)> {
    let sign = *bytes.get(at)?;
    let start = at + usize::from(sign == b'-' || sign == b'+');
    let (number, end) = digits(bytes, start, 0);
    let power = i32::try_from(number).ok().filter(|_| (1..=4).contains(&(end - start)))?;
    Some((if sign == b'-' { -power } else { power }, end))
}

/// The number that begins at `at`, and the place behind it, bit for bit that of [`str::parse`]; none as for [`decimal`].
#[inline]
pub(super) fn value(bytes: &[u8], at: usize, mark: u8) -> Option<(f64, usize)> {
    match plain(bytes, at, mark) {
        (_, 0) => rare(bytes, at, mark),
        found => Some(found),
    }
}

/// A number of fewer than eight digits on either side of its mark, as nearly all are: no loop, and exact. Its end is zero when
/// it is another; so the answer stays in registers, which an option of it would not.
#[inline]
fn plain(bytes: &[u8], at: usize, mark: u8) -> (f64, usize) {
    let none = (0.0, 0);
    // The sign, and both parts with the byte behind them.
    let Some(bytes) = bytes.get(at..at + PAD + 1) else { return none };
    let is_negative = bytes[0] == b'-';
    let start = usize::from(is_negative);
    let (whole, left) = some(bytes, start);
    let middle = start + left;
    if left == 8 {
        return none;
    }
    if bytes[middle] != mark {
        let is_number = left > 0 && bytes[middle] | 0x20 != b'e';
        return if is_number { (signed(whole as f64, is_negative), at + middle) } else { none };
    }
    let (part, right) = some(bytes, middle + 1);
    let end = middle + 1 + right;
    if left + right == 0 || right == 8 || bytes[end] | 0x20 == b'e' {
        return none;
    }
    // Fewer than fifteen digits stay below 2^53.
    let mantissa = whole * WHOLE[right] + part;
    (signed(mantissa as f64 / POWERS[right], is_negative), at + end)
}

#[inline]
fn signed(size: f64, is_negative: bool) -> f64 {
    if is_negative { -size } else { size }
}

/// Up to eight digits from `at`, and how many they are.
#[inline]
fn some(bytes: &[u8], at: usize) -> (u64, usize) {
    let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) else { return (0, 0) };
    let chunk = u64::from_le_bytes(*chunk) ^ 0x3030_3030_3030_3030;
    // A byte is no digit when it, or it and 0x76, has its highest bit set.
    let others = (chunk.wrapping_add(0x7676_7676_7676_7676) | chunk) & 0x8080_8080_8080_8080;
    let count = (others.trailing_zeros() / 8) as usize;
    // In two halves, for a shift by all 64 bits is not one.
    let half = 32 - 4 * count;
    (eight(chunk << half << half), count)
}

/// Any number.
fn rare(bytes: &[u8], at: usize, mark: u8) -> Option<(f64, usize)> {
    let (decimal, end) = decimal(bytes, at, mark)?;
    if let Some(exact) = decimal.exact() {
        return Some((exact, end));
    }
    let text = std::str::from_utf8(bytes.get(at..end)?).ok()?;
    let number = if mark == b'.' { text.parse() } else { text.replace(char::from(mark), ".").parse() };
    number.ok().filter(|number: &f64| number.is_finite()).map(|number| (number, end))
}

impl Decimal {
    /// A whole number.
    pub(super) fn whole(number: i64) -> Self {
        Self { mantissa: number, exponent: 0, is_negative: number < 0 }
    }

    /// A number that is known as a float only, to a billionth of its unit.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float too large saturates, and stamps so large never go forward"
    )]
    pub(super) fn near(number: f64) -> Self {
        Self { mantissa: (number * 1e9).round() as i64, exponent: -9, is_negative: number < 0.0 }
    }

    /// The number, when mantissa and power are exact: then one operation rounds once, as reading should.
    #[inline]
    fn exact(self) -> Option<f64> {
        let power = POWERS.get(self.exponent.unsigned_abs() as usize)?;
        if self.mantissa.unsigned_abs() >= 1 << 53 {
            return None;
        }
        let mantissa = self.mantissa.unsigned_abs() as f64;
        let size = if self.exponent < 0 { mantissa / power } else { mantissa * power };
        Some(if self.is_negative { -size } else { size })
    }

    /// How much more this is than `first`, times ten to `unit`, rounded once: stamps in ns since 1970 do not fit a float, their
    /// differences do.
    #[inline]
    pub(super) fn since(self, first: Self, unit: i32) -> f64 {
        match self.mantissa.checked_sub(first.mantissa).filter(|_| self.exponent == first.exponent) {
            Some(difference) => scaled(difference, self.exponent + unit),
            None => self.since_other(first, unit),
        }
    }

    /// The same for stamps with other places than the first.
    fn since_other(self, first: Self, unit: i32) -> f64 {
        let exponent = self.exponent.min(first.exponent);
        let raised = |decimal: Self| {
            let steps = u32::try_from(decimal.exponent - exponent).ok().filter(|steps| *steps <= 18)?;
            decimal.mantissa.checked_mul(10_i64.checked_pow(steps)?)
        };
        let difference = raised(self).and_then(|own| own.checked_sub(raised(first)?));
        difference.map_or_else(
            || (self.rounded() - first.rounded()) * 10f64.powi(unit),
            |difference| scaled(difference, exponent + unit),
        )
    }

    fn rounded(self) -> f64 {
        self.exact().unwrap_or_else(|| self.mantissa as f64 * 10f64.powi(self.exponent))
    }
}

/// A whole number times a power of ten.
#[inline]
fn scaled(number: i64, power: i32) -> f64 {
    match POWERS.get(power.unsigned_abs() as usize) {
        Some(scale) if power < 0 => number as f64 / scale,
        Some(scale) => number as f64 * scale,
        None => number as f64 * 10f64.powi(power),
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these numbers are exact")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<f64> {
        let padded = [text.as_bytes(), b",", &[b' '; PAD]].concat();
        value(&padded, 0, b'.').filter(|(_, end)| *end == text.len()).map(|(number, _)| number)
    }

    #[test]
    fn numbers_as_files_write_them() {
        for text in [
            "0",
            "-0",
            "1.5",
            "-12.345678",
            "007.250",
            "123456789.123456789",
            "1e3",
            "1.5E-7",
            "-.5",
            "5.",
            "0.000000001",
            "9007199254740993",
        ] {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(read(text).map(f64::to_bits), Some(expected.to_bits()), "{text}");
        }
        for text in ["", "-", ".", "nan", "inf", "1.2.3", "--1", "1e", "e5", "1,5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn stamps_are_subtracted_before_they_are_rounded() {
        let stamp = |text: &str| decimal(&[text.as_bytes(), b",", &[b' '; PAD]].concat(), 0, b'.').unwrap().0;
        let (first, next) = (stamp("1706374296195324001"), stamp("1706374296195324003"));
        assert_eq!(next.since(first, -9), 2e-9);
        assert_eq!(stamp("1.75").since(stamp("0.5"), 0), 1.25);
        assert_eq!(stamp("0.10").since(stamp("0.030"), 0), 0.07);
    }

    proptest! {
        #[test]
        fn every_number_is_that_of_the_standard_library(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
            for text in [format!("{number}"), format!("{number:e}"), format!("{number:.6}")] {
                if let Some(found) = read(&text) {
                    prop_assert_eq!(found.to_bits(), text.parse::<f64>().unwrap().to_bits());
                }
            }
        }

        #[test]
        fn every_digit_string_is_that_of_the_standard_library(text in "-?[0-9]{0,20}(\\.[0-9]{0,20})?([eE][-+]?[0-9]{1,3})?") {
            if let Some(found) = read(&text) {
                prop_assert_eq!(found.to_bits(), text.parse::<f64>().unwrap().to_bits());
            }
        }

        #[test]
        fn usual_numbers_take_the_fast_way(whole in -99_999_i64..99_999, places in 0_i64..9_999_999) {
            let text = format!("{whole}.{places:07}");
            prop_assert_eq!(read(&text).map(f64::to_bits), Some(text.parse::<f64>().unwrap().to_bits()));
        }
    }
}
