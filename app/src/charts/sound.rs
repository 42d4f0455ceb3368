//! A series as sound: how it goes, for whoever hears a curve better than a table.
//!
//! A place of the chart is a moment, a value a pitch: two octaves between the least and the
//! greatest value of all the chart's series, so that two of them, heard one after the other,
//! can be compared. A tick stands at the start and at the end, and another where the series
//! crosses one of the others.

/// A series of a chart, by its places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// What it is called.
    pub label: String,
    /// One value a place; none where it has no value.
    pub values: Vec<Option<f64>>,
}

/// What is to be played.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tune {
    /// How long it takes, in seconds.
    pub seconds: f64,
    /// Its tones, one for each place with a value, in order.
    pub tones: Vec<Tone>,
    /// Its ticks, in order.
    pub ticks: Vec<Tick>,
}

/// A tone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// When it is reached, in seconds from the start.
    pub at: f64,
    /// The place that it stands for.
    pub place: usize,
    /// Its pitch.
    pub hertz: f64,
}

/// A moment that is marked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// When, in seconds from the start.
    pub at: f64,
    /// What it marks.
    pub sign: Sign,
}

/// What a tick marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The first value.
    Start,
    /// Another series is met.
    Crossing,
    /// The last value.
    End,
}

/// The lowest pitch: the A below middle C.
const LOWEST: f64 = 220.0;
/// How many octaves the pitches span.
const OCTAVES: f64 = 2.0;
/// How long a place takes, in seconds, where that is not too long in all.
const PLACE: f64 = 0.12;
/// How long a tune takes at most.
const LONGEST: f64 = 6.0;

/// One of some series as a tune; none where it has no value.
pub fn tune(all: &[Heard], which: usize) -> Option<Tune> {
    let heard = all.get(which)?;
    let first = heard.values.iter().position(Option::is_some)?;
    let last = heard.values.iter().rposition(Option::is_some)?;
    let known = all.iter().flat_map(|other| other.values.iter().flatten());
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
        (low.min(value), high.max(value))
    });
    let pitch = |value: f64| {
        // A level series has no shape: it stands in the middle.
        let part = if high > low {
            (value - low) / (high - low)
        } else {
            0.5
        };
        LOWEST * libm::exp2(OCTAVES * part)
    };
    let steps = (last - first) as f64;
    let seconds = (PLACE * steps).clamp(PLACE, LONGEST);
    let moment = |place: f64| {
        if steps > 0.0 {
            seconds * (place - first as f64) / steps
        } else {
            0.0
        }
    };
    let tones = heard
        .values
        .iter()
        .enumerate()
        .filter_map(|(place, value)| {
            Some(Tone {
                at: moment(place as f64),
                place,
                hertz: pitch((*value)?),
            })
        });
    let mut ticks = vec![Tick {
        at: 0.0,
        sign: Sign::Start,
    }];
    let others = all.iter().enumerate().filter(|(other, _)| *other != which);
    let met = others.flat_map(|(_, other)| crossings(&heard.values, &other.values));
    ticks.extend(met.map(|place| Tick {
        at: moment(place),
        sign: Sign::Crossing,
    }));
    ticks.push(Tick {
        at: seconds,
        sign: Sign::End,
    });
    ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
    Some(Tune {
        seconds,
        tones: tones.collect(),
        ticks,
    })
}

/// Where one series passes another, in places: between two of them, as straight lines meet.
fn crossings(one: &[Option<f64>], other: &[Option<f64>]) -> Vec<f64> {
    let apart: Vec<Option<f64>> = one
        .iter()
        .zip(other)
        .map(|(one, other)| Some((*one)? - (*other)?))
        .collect();
    let mut met = vec![];
    // The place last left behind where the two stood apart.
    let mut before: Option<(usize, f64)> = None;
    for (place, gap) in apart.iter().enumerate() {
        match (*gap, before) {
            (None, _) => before = None,
            (Some(gap), Some((then, was))) if gap * was < 0.0 => {
                let span = (place - then) as f64;
                met.push(then as f64 + span * was / (was - gap));
                before = Some((place, gap));
            }
            // Where they touch, they have not crossed yet.
            (Some(0.0), _) => {}
            (Some(gap), _) => before = Some((place, gap)),
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(values: &[Option<f64>]) -> Heard {
        Heard {
            label: String::new(),
            values: values.to_vec(),
        }
    }

    #[test]
    fn a_tune_follows_the_values_and_marks_where_they_meet() {
        let up = heard(&[None, Some(0.0), Some(1.0), Some(2.0), Some(3.0)]);
        let level = heard(&[Some(1.5), Some(1.5), Some(1.5), Some(1.5), Some(1.5)]);
        let tune = tune(&[up, level], 0).expect("it has values");
        let pitches: Vec<f64> = tune.tones.iter().map(|tone| tone.hertz).collect();
        assert!((pitches[0] - 220.0).abs() < 1e-9 && (pitches[3] - 880.0).abs() < 1e-9);
        assert!(pitches.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(tune.tones[0].place, 1);
        let signs: Vec<Sign> = tune.ticks.iter().map(|tick| tick.sign).collect();
        assert_eq!(signs, [Sign::Start, Sign::Crossing, Sign::End]);
        assert!((tune.ticks[1].at - tune.seconds / 2.0).abs() < 1e-9);
    }

    #[test]
    fn what_touches_does_not_cross_and_what_has_no_value_is_silent() {
        let level = [Some(1.0); 5];
        let touching = [Some(0.0), Some(1.0), Some(0.0), Some(1.0), Some(2.0)];
        assert_eq!(crossings(&touching, &level), [3.0]);
        let broken = [Some(0.0), None, Some(2.0), None, None];
        assert!(crossings(&broken, &level).is_empty());
        assert_eq!(tune(&[heard(&[None, None])], 0), None);
        let one = tune(&[heard(&[None, Some(4.0)])], 0).expect("one value");
        assert_eq!(one.tones.len(), 1);
        assert!(one.tones[0].hertz.is_finite() && one.seconds > 0.0);
    }
}
