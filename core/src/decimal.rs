//! Decimal numbers as links and fields hold them, read exactly.
//!
//! The standard library's reader does the same and carries ten kilobytes of tables for the
//! rest: for numbers of more than nineteen figures, or far from one. A page that is
//! fetched has no room for those.

/// How many figures fit into 64 bits, whatever they are.
const FIGURES: usize = 19;

/// Powers of ten up to this one fit into 64 bits.
const MOST: u32 = 19;

/// Reads a number such as `-12.5` or `3e-2`; none where the text is not one. It is the
/// nearest that a float can hold, as far as nineteen figures say, for every number whose
/// last figure stands between the nineteenth before and the nineteenth after the point;
/// beyond, it may be off in its last bits.
#[inline]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (figures, exponent) = match rest.split_once(['e', 'E']) {
        Some((figures, exponent)) => (figures, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, part) = figures.split_once('.').unwrap_or((figures, ""));
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let (mut number, mut taken, mut power) = (0_u64, 0, exponent);
    for (figure, behind) in whole
        .bytes()
        .map(|figure| (figure, false))
        .chain(part.bytes().map(|figure| (figure, true)))
    {
        if !figure.is_ascii_digit() {
            return None;
        }
        if taken < FIGURES {
            number = 10 * number + u64::from(figure - b'0');
            taken += usize::from(number > 0);
            power = power.saturating_sub(i32::from(behind));
        } else {
            power = power.saturating_add(i32::from(!behind));
        }
    }
    let size = scaled(number, power);
    Some(if negative { -size } else { size })
}

/// A whole number times a power of ten.
#[inline]
fn scaled(mut number: u64, mut power: i32) -> f64 {
    // Noughts at the end say nothing, and more of the rest is exact without them.
    while power < 0 && number > 0 && number.is_multiple_of(10) {
        number /= 10;
        power += 1;
    }
    if number == 0 {
        return 0.0;
    }
    let near = power.unsigned_abs().min(MOST);
    let ten = 10_u64.pow(near);
    let size = if power < 0 {
        quotient(number, ten)
    } else {
        // A product of 128 bits is rounded once.
        (u128::from(number) * u128::from(ten)) as f64
    };
    // What is as far from one as this is clamped by whoever asked.
    let beyond = power.unsigned_abs() - near;
    let factor = libm::pow(10.0, f64::from(beyond));
    if power < 0 {
        size / factor
    } else {
        size * factor
    }
}

/// The float nearest to a quotient.
#[inline]
fn quotient(number: u64, by: u64) -> f64 {
    let up = number.leading_zeros();
    let numerator = u128::from(number << up) << 64;
    let by = u128::from(by);
    let whole = numerator / by;
    // More than 64 bits stand before what is cut off: a bit for all of that is enough to
    // round by.
    let whole = whole | u128::from(numerator % by > 0);
    libm::ldexp(whole as f64, -64 - up.cast_signed())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_as_the_standard_library_does() {
        let mut seed = 1_u64;
        let mut next = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            seed >> 11
        };
        for _ in 0..200_000 {
            let value = (next() as f64) / libm::pow(10.0, (next() % 19) as f64);
            for text in [
                value.to_string(),
                format!("{value:.6}"),
                format!("-{value:.3}"),
            ] {
                let wanted: f64 = text.parse().expect("it is a number");
                let figures = text.bytes().filter(u8::is_ascii_digit).count();
                if figures <= 19 {
                    assert_eq!(
                        parse(&text).map(f64::to_bits),
                        Some(wanted.to_bits()),
                        "{text}"
                    );
                }
            }
        }
        for text in [
            "0",
            "-0",
            "1.5e3",
            "1e-7",
            "00012.50",
            ".5",
            "5.",
            "+3",
            "9007199254740993",
        ] {
            let wanted: f64 = text.parse().expect("it is a number");
            assert_eq!(
                parse(text).map(f64::to_bits),
                Some(wanted.to_bits()),
                "{text}"
            );
        }
    }

    #[test]
    fn reads_nothing_else() {
        for text in [
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1.2.3",
            "12a",
            "NaN",
            "inf",
            " 1",
            "1 ",
            "1e99999999999",
            "٣",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("1e400"), Some(f64::INFINITY));
        assert_eq!(parse("1e-400"), Some(0.0));
    }
}
